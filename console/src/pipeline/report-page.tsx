import { Anchor, Button, Group, MultiSelect, Select } from "@mantine/core";
import type { PipelineReport, ReportSchedules } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { complain } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { useSettings } from "./words.ts";

/** Coverage against the plan, conversion by owner, source and month, lost reasons, ageing; and who gets it regularly. */
export function ReportPage() {
  const { t, i18n } = useTranslation("pipeline");
  const program = useProgramQuery();
  const report = useRecord<PipelineReport>("/pipeline/report", program);
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const file = (as: string) => `/v1/pipeline/report/file?${new URLSearchParams({ ...program, as, language })}`;
  return (
    <Page
      title={t("report")}
      subtitle={<PipelineNav here="report" />}
      actions={
        <Group gap={10}>
          <Anchor href={file("xlsx")}>XLSX</Anchor>
          <Anchor href={file("csv")}>CSV</Anchor>
        </Group>
      }
    >
      <Loaded query={report}>{(one) => <Tables report={one} />}</Loaded>
      <Schedules />
    </Page>
  );
}

type Rate = PipelineReport["byOwner"][number];

function Tables({ report }: { readonly report: PipelineReport }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const { stageName, reasonName } = useSettings();
  const days = (value: number | null) => (value === null ? "–" : format.number(Math.round(value * 10) / 10));
  const share = (value: number | null) => (value === null ? "–" : format.share(value));
  const right = <T,>(id: string, cell: (row: T) => string): PlainColumn<T> => ({
    id,
    label: t(`report_.${id}`),
    align: "end",
    cell,
  });
  const rates = (first: PlainColumn<Rate>): readonly PlainColumn<Rate>[] => [
    first,
    right("came", (row) => format.number(row.came)),
    right("won", (row) => format.number(row.won)),
    right("lost", (row) => format.number(row.lost)),
    right("open", (row) => format.number(row.open)),
    right("share", (row) => share(row.share)),
    right("medianDays", (row) => days(row.medianDays)),
  ];
  const table = <T,>(
    title: string,
    rows: readonly T[],
    rowId: (row: T) => string,
    columns: readonly PlainColumn<T>[],
  ) => (
    <Card title={title} flush>
      <PlainTable
        label={title}
        rows={rows}
        rowId={rowId}
        columns={columns}
        empty={<p style={{ padding: "0 14px" }}>{t("nothingYet")}</p>}
      />
    </Card>
  );
  return (
    <>
      {table(t("coverage"), report.coverage, (row) => row.month, [
        { id: "month", label: t("byKeys.month"), cell: (row) => row.month },
        right("target", (row) => (row.target === null ? "–" : format.number(row.target))),
        right("expected", (row) => format.number(row.expected)),
        right("weighted", (row) => format.number(row.weighted)),
        right("covered", (row) => share(row.share)),
      ])}
      {table(
        t("byOwner"),
        report.byOwner,
        (row) => row.key,
        rates({
          id: "owner",
          label: t("owner"),
          cell: (row) => (row.key === "" ? t("noOwner") : <NameText id={row.key} />),
        }),
      )}
      {table(
        t("bySource"),
        report.bySource,
        (row) => row.key,
        rates({ id: "source", label: t("source"), cell: (row) => row.key || t("notNamed") }),
      )}
      {table(
        t("byCohort"),
        report.byCohort,
        (row) => row.key,
        rates({ id: "cohort", label: t("byKeys.month"), cell: (row) => row.key }),
      )}
      {table(t("byStage"), report.byStage, (row) => row.key, [
        { id: "stage", label: t("stage"), cell: (row) => stageName(row.key) },
        right("entered", (row) => format.number(row.entered)),
        right("left", (row) => format.number(row.left)),
        right("lost", (row) => format.number(row.lost)),
        right("share", (row) => share(row.share)),
        right("medianDays", (row) => days(row.medianDays)),
        right("p90Days", (row) => days(row.p90Days)),
      ])}
      {table(t("lostReasons"), report.lostReasons, (row) => row.key, [
        { id: "reason", label: t("lostReason"), cell: (row) => reasonName(row.key) },
        right("leads", (row) => format.number(row.leads)),
      ])}
      {table(t("ageing"), report.ageing, (row) => row.key, [
        { id: "stage", label: t("stage"), cell: (row) => stageName(row.key) },
        right("open", (row) => format.number(row.open)),
        right("late", (row) => format.number(row.late)),
        right("oldestDays", (row) => format.number(row.oldestDays)),
      ])}
    </>
  );
}

const ROLES = [
  "administrator",
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "analyst",
];

function Schedules() {
  const { t } = useTranslation("pipeline");
  const { t: tAdmin } = useTranslation("admin");
  const { can } = useSession();
  const [cadence, setCadence] = useState<string>("weekly");
  const [format, setFormat] = useState<string>("xlsx");
  const [roles, setRoles] = useState<string[]>([]);
  const found = useRecord<ReportSchedules>("/pipeline/report-schedules");
  const add = useChange<undefined, ReportSchedules>({
    send: () => api.post("/pipeline/report-schedules", { cadence, format, roles }),
    refresh: ["pipeline"],
  });
  const remove = useChange<string, unknown>({
    send: (id) => api.delete(`/pipeline/report-schedules/${id}`),
    refresh: ["pipeline"],
  });
  const roleName = (role: string) => tAdmin(`roles.${role}`, { defaultValue: role });
  return (
    <Card title={t("schedules")}>
      {can("pipeline.approve") ? (
        <Group align="flex-end" mb="md">
          <Select
            label={t("cadence")}
            value={cadence}
            allowDeselect={false}
            onChange={(value) => setCadence(value ?? "weekly")}
            data={["weekly", "monthly"].map((value) => ({ value, label: t(`cadences.${value}`) }))}
          />
          <Select
            label={t("fileKind")}
            value={format}
            allowDeselect={false}
            onChange={(value) => setFormat(value ?? "xlsx")}
            data={[
              { value: "xlsx", label: "XLSX" },
              { value: "csv", label: "CSV" },
            ]}
          />
          <MultiSelect
            label={t("toRoles")}
            value={roles}
            onChange={setRoles}
            data={ROLES.map((value) => ({ value, label: roleName(value) }))}
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
      ) : null}
      <Loaded query={found}>
        {(one) => (
          <>
            <PlainTable
              label={t("schedules")}
              rows={one.data}
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
            {one.sent.length === 0 ? null : (
              <PlainTable
                label={t("sentReports")}
                rows={one.sent}
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
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
