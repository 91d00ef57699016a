import { type BankAccount, type BankEntry, BankEntryState } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText, Nothing } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { EntryPreview } from "./entry-preview.tsx";
import { ENTRY_TONES } from "./states.ts";

/** The inbox: movements at the bank with what they are about, and how old what is open is. */
export function EntriesTab({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<BankEntry>
      embedded
      name="bank-entries"
      title={t("tabs.entries")}
      resource="/reconciliation/bank-entries"
      rowId={(one) => one.id}
      open={(one) => `/reconciliation/entries/${one.id}`}
      views={[
        { id: "open", label: t("views.open"), filters: { status: "open,suggested" } },
        { id: "matched", label: t("views.matched"), filters: { status: "matched" } },
        { id: "booked", label: t("views.booked"), filters: { status: "booked" } },
        { id: "all", label: t("views.all") },
      ]}
      filters={[
        {
          kind: "choice",
          field: "status",
          label: t("state"),
          several: true,
          options: BankEntryState.options.map((value) => ({ value, label: t(`entryState.${value}`) })),
        },
        {
          kind: "choice",
          field: "bankAccountId",
          label: t("account"),
          options: accounts.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "days", field: "booked", label: t("bookedOn") },
      ]}
      search={t("searchEntries")}
      columns={useColumns()}
      preview={(one) => <EntryPreview id={one.id} />}
      empty={{ title: t("noEntries"), text: t("noEntriesText") }}
    />
  );
}

export function useColumns(): readonly Column<BankEntry>[] {
  const { t } = useTranslation("reconciliation");
  const format = useFormat();
  return [
    {
      id: "name",
      label: t("counterparty"),
      cell: (one) => one.name ?? one.text.slice(0, 40),
      text: (one) => one.name ?? one.text,
      phone: "title",
    },
    { id: "text", label: t("text"), cell: (one) => one.text, text: (one) => one.text, width: 320 },
    {
      id: "bookedOn",
      label: t("bookedOn"),
      cell: (one) => <DayText day={one.bookedOn} />,
      text: (one) => one.bookedOn,
      width: 110,
      phone: "line",
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`entryState.${one.state}`)} tones={ENTRY_TONES} />,
      text: (one) => one.state,
      width: 130,
      phone: "line",
    },
    {
      id: "score",
      label: t("score"),
      cell: (one) => (one.score === null ? <Nothing /> : format.number(one.score)),
      text: (one) => one.score,
      align: "end",
      width: 80,
    },
    {
      id: "age",
      label: t("age"),
      cell: (one) => (["open", "suggested"].includes(one.state) ? t("days", { count: one.ageDays }) : <Nothing />),
      text: (one) => one.ageDays,
      align: "end",
      width: 90,
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => <MoneyText money={one.amount} signed display="code" />,
      text: (one) => plainAmount(one.amount),
      align: "end",
      width: 150,
      phone: "value",
    },
  ];
}
