import type { InvoiceSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { INVOICE_TONES } from "./states.ts";

/** @param own a partner's own: without whose it is */
export function useInvoiceColumns(own: boolean): readonly Column<InvoiceSummary>[] {
  const { t } = useTranslation("invoices");
  const money = (one: InvoiceSummary, minor: string) => ({ minor, currency: one.currency });
  const amount = (id: "net" | "vat" | "withheld" | "payable", width: number): Column<InvoiceSummary> => ({
    id,
    label: t(id),
    cell: (one) => <MoneyText money={money(one, one[id])} signed />,
    text: (one) => plainAmount(money(one, one[id])),
    align: "end",
    width,
    ...(id === "payable" ? { phone: "value" as const } : {}),
  });
  const payee: Column<InvoiceSummary> = {
    id: "payee",
    label: t("payee"),
    cell: (one) => <NameText id={one.payeeId} />,
    text: (one) => one.payeeId,
    width: 200,
    phone: "line",
  };
  return [
    { id: "number", label: t("number"), cell: (one) => one.number, text: (one) => one.number, phone: "title" },
    ...(own ? [] : [payee]),
    {
      id: "kind",
      label: t("kind"),
      cell: (one) => t(`kinds.${one.kind}`),
      text: (one) => one.kind,
      width: 130,
      phone: "line",
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={INVOICE_TONES} />,
      text: (one) => one.state,
      width: 120,
    },
    {
      id: "issuedOn",
      label: t("issuedOn"),
      cell: (one) => <DayText day={one.issuedOn} />,
      text: (one) => one.issuedOn,
      width: 120,
    },
    amount("net", 120),
    amount("vat", 110),
    amount("withheld", 110),
    amount("payable", 130),
  ];
}
