import { Button, Group } from "@mantine/core";
import type { BankStatementRecord } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { AgoText, DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { STATEMENT_TONES } from "./states.ts";

const STATES = ["taken", "held", "accepted", "rejected", "duplicate"] as const;

/** Statements one after the other; what does not add up or leaves a gap waits for a second person. */
export function StatementsTab() {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<BankStatementRecord>
      embedded
      name="bank-statements"
      title={t("tabs.statements")}
      resource="/reconciliation/bank-statements"
      rowId={(one) => one.id}
      filters={[
        {
          kind: "choice",
          field: "status",
          label: t("state"),
          several: true,
          options: STATES.map((value) => ({ value, label: t(`statementState.${value}`) })),
        },
      ]}
      columns={useColumns()}
      preview={(one) => <StatementPreview statement={one} />}
      empty={{ title: t("noEntries"), text: t("noEntriesText") }}
    />
  );
}

function StatementPreview({ statement }: { readonly statement: BankStatementRecord }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const [decision, setDecision] = useState<"accept" | "reject" | null>(null);
  return (
    <>
      {statement.problems.map((one) => (
        <NoteLine key={one.sentence} tone="warn">
          {one.sentence}
        </NoteLine>
      ))}
      <Properties
        items={[
          [t("from"), <DayText key="f" day={statement.from} />],
          [t("until"), <DayText key="u" day={statement.to} />],
          [t("uploadedBy"), <NameText key="b" id={statement.uploadedBy} />],
          ...(statement.decidedBy === null
            ? []
            : [
                [t("decidedBy"), <NameText key="d" id={statement.decidedBy} />] as const,
                [t("why"), statement.reason ?? ""] as const,
              ]),
        ]}
      />
      {statement.state === "held" && can("reconciliation.approve") ? (
        <Group gap="xs">
          <Button onClick={() => setDecision("accept")}>{t("accept")}</Button>
          <Button variant="default" onClick={() => setDecision("reject")}>
            {t("reject")}
          </Button>
        </Group>
      ) : null}
      <ConfirmDialog
        opened={decision !== null}
        onClose={() => setDecision(null)}
        title={t(decision ?? "accept")}
        text={t("decisionText")}
        action={t(decision ?? "accept")}
        reason="required"
        danger={decision === "reject"}
        send={(reason) =>
          api.post(`/reconciliation/bank-statements/${statement.id}/decision`, {
            accept: decision === "accept",
            reason,
          })
        }
        refresh={["reconciliation", "audit"]}
      />
    </>
  );
}

function useColumns(): readonly Column<BankStatementRecord>[] {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string | null, one: BankStatementRecord) => (
    <MoneyText money={minor === null ? null : { minor, currency: one.currency }} signed />
  );
  return [
    {
      id: "to",
      label: t("until"),
      cell: (one) => <DayText day={one.to} />,
      text: (one) => one.to,
      width: 110,
      phone: "title",
    },
    {
      id: "account",
      label: t("account"),
      cell: (one) => <NameText id={one.bankAccountId} />,
      text: (one) => one.bankAccountId,
      phone: "line",
    },
    { id: "number", label: t("number"), cell: (one) => one.number ?? "–", text: (one) => one.number, width: 100 },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`statementState.${one.state}`)} tones={STATEMENT_TONES} />,
      text: (one) => one.state,
      width: 130,
      phone: "value",
    },
    {
      id: "entries",
      label: t("entries"),
      cell: (one) => one.entries,
      text: (one) => one.entries,
      align: "end",
      width: 90,
    },
    { id: "fresh", label: t("fresh"), cell: (one) => one.fresh, text: (one) => one.fresh, align: "end", width: 90 },
    {
      id: "opening",
      label: t("opening"),
      cell: (one) => money(one.opening, one),
      text: (one) => one.opening,
      align: "end",
      width: 140,
    },
    {
      id: "closing",
      label: t("closing"),
      cell: (one) => money(one.closing, one),
      text: (one) => one.closing,
      align: "end",
      width: 140,
      phone: "line",
    },
    {
      id: "takenAt",
      label: t("takenAt"),
      cell: (one) => <AgoText at={one.takenAt} />,
      text: (one) => one.takenAt,
      align: "end",
      width: 130,
    },
  ];
}
