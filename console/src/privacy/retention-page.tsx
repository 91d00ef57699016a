import { Button, Group } from "@mantine/core";
import { type RetentionRule, RetentionRuleChange, type RetentionRun } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

/** How long records of each kind live, what would go today, and what went. */
export function RetentionPage() {
  const { t } = useTranslation("privacy");
  const { can } = useSession();
  const rules = useRecord<{ readonly data: readonly RetentionRule[] }>("/privacy/retention");
  const runs = useRecord<{ readonly data: readonly RetentionRun[] }>("/privacy/retention-runs", { limit: 20 });
  const [changing, setChanging] = useState<RetentionRule | null>(null);
  const counting = useChange<boolean, RetentionRun>({
    send: (dry) => api.post<RetentionRun>("/privacy/retention-runs", { dry }),
    refresh: ["privacy", "audit"],
  });
  const actions = (
    <Group gap="xs">
      <Button variant="default" loading={counting.isPending} onClick={() => counting.mutate(true)}>
        {t("countOnly")}
      </Button>
      {can("privacy.approve") ? (
        <Button color="red.8" loading={counting.isPending} onClick={() => counting.mutate(false)}>
          {t("removeNow")}
        </Button>
      ) : null}
    </Group>
  );
  return (
    <Page title={t("retention")} subtitle={t("retentionText")} actions={actions}>
      {counting.isError ? <ProblemLine error={counting.error} /> : null}
      <Loaded query={rules}>
        {({ data }) => (
          <Card title={t("rules")} flush>
            <PlainTable
              label={t("rules")}
              rows={data}
              rowId={(one) => one.recordKind}
              columns={[
                { id: "kind", label: t("recordKind"), cell: (one) => t(`records.${one.recordKind}`) },
                { id: "days", label: t("keepDays"), align: "end", cell: (one) => one.keepDays ?? t("forEver") },
                {
                  id: "state",
                  label: t("status"),
                  cell: (one) => (
                    <StatusBadge state={one.active ? "active" : "deactivated"} label={t(one.active ? "on" : "off")} />
                  ),
                },
                { id: "basis", label: t("basis"), cell: (one) => one.basis || "–" },
                { id: "by", label: t("changedBy"), cell: (one) => <NameText id={one.changedBy} /> },
                {
                  id: "do",
                  label: t("action"),
                  align: "end",
                  cell: (one) =>
                    can("privacy.approve") ? (
                      <Button size="compact-xs" variant="subtle" onClick={() => setChanging(one)}>
                        {t("change")}
                      </Button>
                    ) : null,
                },
              ]}
            />
          </Card>
        )}
      </Loaded>
      <Loaded query={runs}>{({ data }) => <Runs runs={data} />}</Loaded>
      <RuleForm rule={changing} onClose={() => setChanging(null)} />
    </Page>
  );
}

function Runs({ runs }: { readonly runs: readonly RetentionRun[] }) {
  const { t } = useTranslation("privacy");
  const rows = runs.flatMap((run) => run.report.map((share) => ({ ...share, run })));
  return (
    <Card title={t("runs")} flush>
      <PlainTable
        label={t("runs")}
        rows={rows}
        rowId={(one) => `${one.run.id} ${one.recordKind}`}
        columns={[
          { id: "at", label: t("at"), cell: (one) => <DateText at={one.run.at} /> },
          { id: "dry", label: t("what"), cell: (one) => t(one.run.dry ? "counted" : "removed") },
          { id: "kind", label: t("recordKind"), cell: (one) => t(`records.${one.recordKind}`) },
          { id: "before", label: t("olderThan"), cell: (one) => <DayText day={one.before} /> },
          { id: "due", label: t("due"), align: "end", cell: (one) => one.due },
          { id: "removed", label: t("removed"), align: "end", cell: (one) => one.removed },
        ]}
        empty={<EmptyState title={t("emptyRuns")} text={t("emptyRunsText")} />}
      />
    </Card>
  );
}

const Entry = z.object({
  keepDays: z.string().regex(/^\d{1,5}$/),
  active: z.boolean(),
  basis: RetentionRuleChange.shape.basis,
});

function RuleForm({ rule, onClose }: { readonly rule: RetentionRule | null; readonly onClose: () => void }) {
  const { t } = useTranslation("privacy");
  return (
    <FormDialog<z.infer<typeof Entry>, RetentionRule>
      key={rule?.recordKind}
      opened={rule !== null}
      onClose={onClose}
      title={t(`records.${rule?.recordKind ?? "activity"}`)}
      submit={t("save")}
      schema={Entry}
      initial={{
        keepDays: String(rule?.keepDays ?? rule?.least ?? ""),
        active: rule?.active ?? true,
        basis: rule?.basis ?? "",
      }}
      fields={[
        {
          kind: "integer",
          name: "keepDays",
          label: t("keepDays"),
          hint: t("least", { days: rule?.least ?? 0 }),
          required: true,
        },
        { kind: "text", name: "basis", label: t("basis"), hint: t("basisHint"), required: true },
        { kind: "switch", name: "active", label: t("on") },
      ]}
      send={(values) =>
        api.put<RetentionRule>(`/privacy/retention/${rule?.recordKind}`, {
          ...values,
          keepDays: Number(values.keepDays),
          revision: rule?.revision ?? 0,
        })
      }
      done={() => undefined}
      refresh={["privacy", "audit"]}
    />
  );
}
