import { Button } from "@mantine/core";
import type { OpenItem } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

/** Questions with an owner and a day; of a comparison, or all of them. */
export function OpenItemsTab({ comparisonId }: { readonly comparisonId?: string }) {
  const { t } = useTranslation("reconciliation");
  const [answered, setAnswered] = useState<OpenItem | null>(null);
  return (
    <>
      <ListPanel<OpenItem>
        embedded
        name="open-items"
        title={t("tabs.items")}
        resource="/reconciliation/open-items"
        {...(comparisonId !== undefined && { fixed: { comparisonId } })}
        rowId={(one) => one.id}
        filters={[
          {
            kind: "choice",
            field: "status",
            label: t("state"),
            options: ["open", "answered"].map((value) => ({ value, label: t(`itemState.${value}`) })),
          },
        ]}
        columns={useColumns(setAnswered)}
        empty={{ title: t("noItems"), text: t("noItemsText") }}
      />
      <ConfirmDialog
        opened={answered !== null}
        onClose={() => setAnswered(null)}
        title={t("answerIt")}
        text={answered?.title ?? ""}
        action={t("answerIt")}
        reason="required"
        send={(answer) => api.post(`/reconciliation/open-items/${answered?.id}/answer`, { answer })}
        refresh={["reconciliation", "audit"]}
      />
    </>
  );
}

function useColumns(answer: (one: OpenItem) => void): readonly Column<OpenItem>[] {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const stateOf = (one: OpenItem) => (one.overdue ? "overdue" : one.state);
  return [
    { id: "title", label: t("question"), cell: (one) => one.title, text: (one) => one.title, phone: "title" },
    {
      id: "state",
      label: t("state"),
      cell: (one) => (
        <StatusBadge
          state={stateOf(one)}
          label={t(`itemState.${stateOf(one)}`)}
          tones={{ open: "info", overdue: "bad", answered: "good" }}
        />
      ),
      text: stateOf,
      width: 130,
      phone: "value",
    },
    {
      id: "owner",
      label: t("owner"),
      cell: (one) => <NameText id={one.owner} />,
      text: (one) => one.owner,
      width: 180,
      phone: "line",
    },
    {
      id: "due",
      label: t("dueOn"),
      cell: (one) => <DayText day={one.dueOn} />,
      text: (one) => one.dueOn,
      width: 120,
      phone: "line",
    },
    {
      id: "answer",
      label: t("answer"),
      cell: (one) =>
        one.answer ??
        (can("reconciliation.write") ? (
          <Button size="compact-xs" variant="default" onClick={() => answer(one)}>
            {t("answerIt")}
          </Button>
        ) : (
          "–"
        )),
      text: (one) => one.answer,
      width: 240,
    },
  ];
}
