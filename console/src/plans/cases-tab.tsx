import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { PlanCase, PlanCaseResult, PlanDetail, PlanVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { CaseForm } from "./case-form.tsx";
import { useCaseRun } from "./cases-beside.tsx";

interface CasesTabProps {
  readonly plan: PlanDetail;
  readonly newest: PlanVersion;
}

/** The plan's test cases, run on its newest version: expected beside calculated, and how it was worked out. */
export function CasesTab({ plan, newest }: CasesTabProps) {
  const { t } = useTranslation("plans");
  const { can } = useSession();
  const cases = useRecord<{ data: PlanCase[] }>(`/plans/${plan.id}/cases`);
  const run = useCaseRun(plan.id, newest.document);
  const [editing, setEditing] = useState<PlanCase | "new" | null>(null);
  const add = can("plans.write") ? (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setEditing("new")}>
      {t("cases.add")}
    </Button>
  ) : undefined;
  return (
    <Loaded query={cases}>
      {({ data }) => (
        <Stack gap={12}>
          {data.length === 0 ? (
            <EmptyState title={t("cases.none")} text={t("cases.noneText")} action={add} />
          ) : (
            <Group justify="flex-end">{add}</Group>
          )}
          {data.map((one) => (
            <CaseCard
              key={one.id}
              plan={plan}
              one={one}
              result={run.data?.results.find((other) => other.caseId === one.id)}
              edit={() => setEditing(one)}
            />
          ))}
          {editing === null ? null : (
            <CaseForm
              plan={plan}
              newest={newest}
              one={editing === "new" ? null : editing}
              onClose={() => setEditing(null)}
            />
          )}
        </Stack>
      )}
    </Loaded>
  );
}

interface CaseCardProps {
  readonly plan: PlanDetail;
  readonly one: PlanCase;
  readonly result: PlanCaseResult | undefined;
  readonly edit: () => void;
}

function CaseCard({ plan, one, result, edit }: CaseCardProps) {
  const { t } = useTranslation("plans");
  const { can } = useSession();
  const [removing, setRemoving] = useState(false);
  const [open, setOpen] = useState(false);
  const state = result === undefined ? "pending" : result.passed ? "passed" : "failed";
  return (
    <Card
      title={one.name}
      actions={
        <Group gap={8}>
          <StatusBadge state={state} label={t(`cases.state.${state}`)} />
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("cases.hideWorking") : t("cases.showWorking")}
          </Button>
          {can("plans.write") ? (
            <>
              <Button size="compact-sm" variant="default" onClick={edit}>
                {t("cases.change")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setRemoving(true)}>
                {t("cases.remove")}
              </Button>
            </>
          ) : null}
        </Group>
      }
    >
      <Stack gap={10}>
        {result === undefined ? null : <Comparison result={result} />}
        {open && result !== undefined ? <Working one={one} result={result} /> : null}
      </Stack>
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t("cases.remove")}
        text={t("cases.removeText", { name: one.name })}
        action={t("cases.remove")}
        danger
        send={() => api.delete(`/plans/${plan.id}/cases/${one.id}`)}
        refresh={["plans", "audit"]}
      />
    </Card>
  );
}

export function Comparison({ result }: { readonly result: PlanCaseResult }) {
  const { t } = useTranslation("plans");
  return (
    <>
      {result.problem === null ? null : <Text>{result.problem}</Text>}
      <PlainTable
        label={t("cases.expected")}
        rows={result.months}
        rowId={(row) => `${row.month} ${row.component ?? ""}`}
        columns={[
          { id: "month", label: t("cases.month"), cell: (row) => row.month },
          { id: "component", label: t("cases.component"), cell: (row) => row.component ?? t("cases.wholePlan") },
          { id: "expected", label: t("cases.expected"), cell: (row) => row.amount, align: "end" },
          { id: "actual", label: t("cases.actual"), cell: (row) => row.actual ?? "–", align: "end" },
          {
            id: "matches",
            label: t("cases.result"),
            cell: (row) => (
              <StatusBadge
                state={row.matches ? "passed" : "failed"}
                label={t(row.matches ? "cases.state.passed" : "cases.state.failed")}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** Every line that was calculated, with the arithmetic that a person can follow; below it the facts. */
function Working({ one, result }: { readonly one: PlanCase; readonly result: PlanCaseResult }) {
  const { t } = useTranslation("plans");
  return (
    <Stack gap={10}>
      {result.lines.map((line) => (
        <div key={`${line.component} ${line.subject} ${line.month}`}>
          <Text fw={600}>
            {line.component} · {line.subject} · {line.month} · {line.amount}
          </Text>
          {line.explanation.map((sentence) => (
            <Text key={sentence} size="xs" style={{ whiteSpace: "pre-wrap" }}>
              {sentence}
            </Text>
          ))}
        </div>
      ))}
      {result.lines.length === 0 ? <Text c="dimmed">{t("cases.noLines")}</Text> : null}
      <Text fw={600}>{t("cases.facts")}</Text>
      <Text size="xs" ff="monospace" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {one.facts}
      </Text>
    </Stack>
  );
}
