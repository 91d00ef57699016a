import type { CappedConversion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import type { Column, ListDeclaration } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";

interface Deciding {
  readonly rows: readonly CappedConversion[];
  readonly decision: "release" | "stop";
  readonly done: () => void;
}

/** Conversions beyond a cap that wait for somebody, or were stopped: ticked and decided together. */
export function CappedList() {
  const { list, dialog } = useCappedList(useProgramQuery());
  const { t } = useTranslation("programs");
  return (
    <>
      <ListPage<CappedConversion>
        {...list}
        views={[
          { id: "waiting", label: t("capped.waiting"), filters: { outcome: "pend" } },
          { id: "stopped", label: t("capped.stopped"), filters: { outcome: "stop" } },
        ]}
      />
      {dialog}
    </>
  );
}

/** The same of one cap. */
export function CappedPanel({ capId }: { readonly capId: string }) {
  const { list, dialog } = useCappedList({ capId, outcome: "pend,stop" });
  return (
    <>
      <ListPanel<CappedConversion> embedded {...list} />
      {dialog}
    </>
  );
}

function useCappedList(fixed: Readonly<Record<string, string>>) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const action = (decision: Deciding["decision"]) => ({
    id: decision,
    label: t(`capped.do.${decision}`),
    danger: decision === "stop",
    run: (rows: readonly CappedConversion[], done: () => void) => setDeciding({ rows, decision, done }),
  });
  const list: ListDeclaration<CappedConversion> = {
    name: "capped-conversions",
    title: t("capped.title"),
    resource: "/caps/capped",
    fixed,
    rowId: (one) => one.eventId,
    columns: useCappedColumns(),
    ...(can("programs.write") ? { bulk: [action("release"), action("stop")] } : {}),
    empty: { title: t("capped.empty"), text: t("capped.emptyText") },
  };
  const dialog = (
    <ConfirmDialog
      opened={deciding !== null}
      onClose={() => setDeciding(null)}
      title={t(`capped.do.${deciding?.decision ?? "release"}`)}
      text={t(`capped.text.${deciding?.decision ?? "release"}`, { count: deciding?.rows.length ?? 0 })}
      action={t(`capped.do.${deciding?.decision ?? "release"}`)}
      reason="required"
      danger={deciding?.decision === "stop"}
      send={(reason) =>
        api.post("/caps/capped/decide", {
          eventIds: deciding?.rows.map((one) => one.eventId),
          decision: deciding?.decision,
          reason,
        })
      }
      refresh={["caps", "lines", "audit"]}
      done={() => deciding?.done()}
    />
  );
  return { list, dialog };
}

function useCappedColumns(): readonly Column<CappedConversion>[] {
  const { t } = useTranslation("programs");
  return [
    {
      id: "customer",
      label: t("capped.customer"),
      cell: (one) => <NameText id={one.customerId} to={`/customers/${one.customerId}`} />,
      text: (one) => one.customerId,
      phone: "title",
    },
    {
      id: "type",
      label: t("caps.eventType"),
      cell: (one) => t(`caps.eventTypes.${one.type}`, { defaultValue: one.type }),
      text: (one) => one.type,
      width: 150,
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 180,
      phone: "line",
    },
    {
      id: "at",
      label: t("capped.happened"),
      cell: (one) => <DateText at={one.occurredAt} />,
      text: (one) => one.occurredAt,
      width: 150,
      align: "end",
      phone: "line",
    },
    {
      id: "amount",
      label: t("capped.amount"),
      cell: (one) => <MoneyText money={one.amount} />,
      width: 130,
      align: "end",
    },
    {
      id: "outcome",
      label: t("status"),
      cell: (one) => (
        <StatusBadge
          state={one.outcome}
          label={t(`capped.outcome.${one.outcome}`)}
          tones={{ pend: "warn", stop: "bad" }}
        />
      ),
      text: (one) => one.outcome,
      width: 130,
      phone: "value",
    },
  ];
}
