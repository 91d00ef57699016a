import { Text } from "@mantine/core";
import { DATA_RECORDS, DATA_SEVERITIES, type DataFinding, type ManyDone } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go } from "../kit/link.tsx";
import type { BulkAction, Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { say } from "../kit/notices.ts";
import { Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { Places } from "./places.tsx";
import { SEVERITY_TONES } from "./tones.ts";

type Asked = { readonly what: "assign" | "except"; readonly ids: readonly string[]; readonly done: () => void };

/** The work list: what is wrong, the gravest first, with the place where it is mended. */
export function FindingList() {
  const { t } = useTranslation("governance");
  const { language } = useFormat();
  const [asked, ask] = useState<Asked>();
  return (
    <>
      <ListPage<DataFinding>
        name="data-findings"
        title={t("places.findings")}
        parent={{ label: t("title"), to: "/data-quality" }}
        resource="/findings"
        fixed={{ language }}
        rowId={(one) => one.id}
        open={(one) => one.opens}
        views={[
          { id: "mine", label: t("views.mine"), filters: { mine: "true" } },
          { id: "all", label: t("views.all") },
          { id: "assigned", label: t("views.assigned"), filters: { assigned: "me" } },
          { id: "excepted", label: t("views.excepted"), filters: { state: "excepted" } },
        ]}
        filters={useFilters()}
        columns={useColumns()}
        preview={(one) => <FindingPreview finding={one} />}
        bulk={useBulk(ask)}
        actions={<Places />}
        empty={{ title: t("noFindings"), text: t("noFindingsText") }}
      />
      <AssignForm asked={asked?.what === "assign" ? asked : undefined} onClose={() => ask(undefined)} />
      <ExceptForm asked={asked?.what === "except" ? asked : undefined} onClose={() => ask(undefined)} />
    </>
  );
}

function useFilters() {
  const { t } = useTranslation("governance");
  return [
    {
      kind: "choice" as const,
      field: "severity",
      label: t("severity"),
      several: true,
      options: DATA_SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) })),
    },
    {
      kind: "choice" as const,
      field: "record",
      label: t("record"),
      several: true,
      options: DATA_RECORDS.map((value) => ({ value, label: t(`recordKinds.${value}`) })),
    },
    {
      kind: "record" as const,
      field: "ownerUserId",
      label: t("owner"),
      resource: "/users",
      toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "record" as const,
      field: "regionId",
      label: t("region"),
      resource: "/regions",
      toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
    },
    { kind: "text" as const, field: "ruleId", label: t("rule") },
    { kind: "text" as const, field: "partnerId", label: t("partner") },
  ];
}

function useColumns(): readonly Column<DataFinding>[] {
  const { t } = useTranslation("governance");
  return [
    {
      id: "title",
      label: t("fault"),
      cell: (one) => one.title,
      text: (one) => one.title,
      phone: "title",
      width: 300,
    },
    {
      id: "subject",
      label: t("record"),
      cell: (one) => one.subjectName,
      text: (one) => one.subjectName,
      width: 200,
      phone: "line",
    },
    { id: "value", label: t("value"), cell: (one) => one.value, text: (one) => one.value, width: 190 },
    {
      id: "severity",
      label: t("severity"),
      cell: (one) => (
        <StatusBadge state={one.severity} label={t(`severities.${one.severity}`)} tones={SEVERITY_TONES} />
      ),
      text: (one) => one.severity,
      width: 110,
      phone: "value",
    },
    {
      id: "owner",
      label: t("owner"),
      cell: (one) => (one.ownerUserId === null ? "" : <NameText id={one.ownerUserId} />),
      text: (one) => one.ownerUserId,
      width: 150,
    },
    {
      id: "assigned",
      label: t("assigned"),
      cell: (one) => (one.assignedTo === null ? "" : <NameText id={one.assignedTo} />),
      text: (one) => one.assignedTo,
      width: 150,
    },
    {
      id: "since",
      label: t("since"),
      cell: (one) => <AgoText at={one.since} />,
      text: (one) => one.since,
      align: "end",
      width: 120,
    },
  ];
}

function FindingPreview({ finding }: { readonly finding: DataFinding }) {
  const { t } = useTranslation("governance");
  const { exception } = finding;
  return (
    <>
      <Text fw={600} size="sm" mb={4}>
        {finding.title}
      </Text>
      <Properties
        items={[
          [t("why"), finding.why],
          [
            t("mend"),
            <Go key="mend" to={finding.opens}>
              {finding.mend}
            </Go>,
          ],
          [t("value"), finding.value],
          [t("weight"), String(finding.weight)],
          [t("role"), finding.ownerRole.replaceAll("_", " ")],
          ...(exception === null ? [] : ([[t("exception"), t("exceptionText", { ...exception })]] as const)),
        ]}
      />
    </>
  );
}

function useBulk(ask: (asked: Asked) => void): readonly BulkAction<DataFinding>[] {
  const { t } = useTranslation("governance");
  const { can } = useSession();
  const end = useChange<{ ids: readonly string[] }, ManyDone>({
    send: (body) => api.post("/findings/end-exceptions", body),
    refresh: ["findings", "data-scores"],
  });
  if (!can("governance.write")) return [];
  const ids = (rows: readonly DataFinding[]) => rows.map(({ id }) => id);
  return [
    { id: "assign", label: t("assign"), run: (rows, done) => ask({ what: "assign", ids: ids(rows), done }) },
    { id: "except", label: t("except"), run: (rows, done) => ask({ what: "except", ids: ids(rows), done }) },
    {
      id: "end",
      label: t("endException"),
      run: (rows, done) => end.mutate({ ids: ids(rows) }, { onSuccess: done }),
    },
  ];
}

interface FormProps {
  readonly asked: Asked | undefined;
  readonly onClose: () => void;
}
const Assign = z.object({ userId: z.string().min(1) });
const Except = z.object({ until: z.iso.date(), reason: z.string().trim().min(3).max(500) });

function AssignForm({ asked, onClose }: FormProps) {
  const { t } = useTranslation("governance");
  return (
    <FormDialog<{ userId: string }, ManyDone>
      opened={asked !== undefined}
      onClose={onClose}
      title={t("assign")}
      submit={t("assign")}
      schema={Assign}
      initial={{ userId: "" }}
      fields={[
        {
          kind: "record",
          name: "userId",
          label: t("to"),
          required: true,
          resource: "/users",
          query: () => ({ side: "operator" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
      ]}
      send={(values) => api.post("/findings/assign", { ids: asked?.ids, ...values })}
      done={({ done }) => {
        asked?.done();
        say(t("doneMany", { count: done }));
      }}
      refresh={["findings"]}
    />
  );
}

function ExceptForm({ asked, onClose }: FormProps) {
  const { t } = useTranslation("governance");
  return (
    <FormDialog<{ until: string; reason: string }, ManyDone>
      opened={asked !== undefined}
      onClose={onClose}
      title={t("except")}
      submit={t("except")}
      schema={Except}
      initial={{ until: "", reason: "" }}
      fields={[
        { kind: "day", name: "until", label: t("until"), hint: t("untilHint"), required: true },
        { kind: "textarea", name: "reason", label: t("reason"), rows: 2, required: true },
      ]}
      send={(values) => api.post("/findings/except", { ids: asked?.ids, ...values })}
      done={({ done }) => {
        asked?.done();
        say(t("doneMany", { count: done }));
      }}
      refresh={["findings", "data-scores"]}
    />
  );
}
