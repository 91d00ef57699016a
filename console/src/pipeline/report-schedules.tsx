import { Anchor, Button, Group, MultiSelect, Select } from "@mantine/core";
import { OperatorRole, type ReportSchedules } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** Who gets the report regularly, and those that were sent. */
export function ReportScheduleCard() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const found = useRecord<ReportSchedules>("/pipeline/report-schedules");
  return (
    <Card title={t("schedules")}>
      {can("pipeline.approve") ? <ScheduleForm /> : null}
      <Loaded query={found}>
        {(one) => (
          <>
            <ScheduleTable schedules={one.data} />
            {one.sent.length === 0 ? null : <SentTable sent={one.sent} />}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function useRoleName() {
  const { t: tAdmin } = useTranslation("admin");
  return (role: string) => tAdmin(`roleName.${role}`);
}

function ScheduleForm() {
  const { t } = useTranslation("pipeline");
  const roleName = useRoleName();
  const [cadence, setCadence] = useState("weekly");
  const [format, setFormat] = useState("xlsx");
  const [roles, setRoles] = useState<string[]>([]);
  const add = useChange<undefined, ReportSchedules>({
    send: () => api.post("/pipeline/report-schedules", { cadence, format, roles }),
    refresh: ["pipeline"],
  });
  const cadences = ["weekly", "monthly"].map((value) => ({ value, label: t(`cadences.${value}`) }));
  const formats = ["xlsx", "csv"].map((value) => ({ value, label: value.toUpperCase() }));
  return (
    <Group align="flex-end" mb="md">
      <Select
        label={t("cadence")}
        value={cadence}
        allowDeselect={false}
        data={cadences}
        onChange={(value) => setCadence(value ?? "weekly")}
      />
      <Select
        label={t("fileKind")}
        value={format}
        allowDeselect={false}
        data={formats}
        onChange={(value) => setFormat(value ?? "xlsx")}
      />
      <MultiSelect
        label={t("toRoles")}
        value={roles}
        onChange={setRoles}
        data={OperatorRole.options.map((value) => ({ value, label: roleName(value) }))}
        miw={260}
      />
      <Button
        disabled={roles.length === 0}
        loading={add.isPending}
        onClick={() => add.mutate(undefined, { onError: (error) => complain(error.message, error.detail) })}
      >
        {t("schedule")}
      </Button>
    </Group>
  );
}

function ScheduleTable({ schedules }: { readonly schedules: ReportSchedules["data"] }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const roleName = useRoleName();
  const remove = useChange<string, unknown>({
    send: (id) => api.delete(`/pipeline/report-schedules/${id}`),
    refresh: ["pipeline"],
  });
  return (
    <PlainTable
      label={t("schedules")}
      rows={schedules}
      rowId={(row) => row.id}
      empty={<p>{t("noSchedules")}</p>}
      columns={[
        {
          id: "cadence",
          label: t("cadence"),
          cell: (row) => `${t(`cadences.${row.cadence}`)}, ${row.format.toUpperCase()}`,
        },
        { id: "roles", label: t("toRoles"), cell: (row) => row.roles.map(roleName).join(", ") },
        {
          id: "remove",
          label: t("decision"),
          align: "end",
          cell: (row) =>
            can("pipeline.approve") ? (
              <Button size="compact-sm" variant="default" onClick={() => remove.mutate(row.id)}>
                {t("remove")}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}

function SentTable({ sent }: { readonly sent: ReportSchedules["sent"] }) {
  const { t } = useTranslation("pipeline");
  return (
    <PlainTable
      label={t("sentReports")}
      rows={sent}
      rowId={(row) => row.id}
      columns={[
        {
          id: "file",
          label: t("sentReports"),
          cell: (row) => <Anchor href={`/v1/pipeline/reports/${row.id}/file`}>{row.fileName}</Anchor>,
        },
        { id: "period", label: t("period"), cell: (row) => row.period },
        { id: "at", label: t("at"), align: "end", cell: (row) => <DateText at={row.madeAt} /> },
      ]}
    />
  );
}
