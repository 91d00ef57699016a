import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { amountOf, paidOut } from "./minor.ts";

export function StatementList() {
  const { t } = useTranslation("money");
  return (
    <ListPage<Statement>
      name="statements"
      title={t("statements")}
      resource="/statements"
      rowId={(one) => one.id}
      open={(one) => `/statements/${one.id}`}
      views={[
        { id: "all", label: t("views.all") },
        { id: "open", label: t("views.open"), filters: { status: "open" } },
        { id: "toPay", label: t("views.toPay"), filters: { status: "closed" } },
        { id: "paid", label: t("views.paid"), filters: { status: "paid" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "status",
          label: t("status"),
          several: true,
          options: (["open", "closed", "paid"] as const).map((value) => ({ value, label: t(`state.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", field: "month", label: t("month"), placeholder: "2026-03" },
        { kind: "text", field: "currency", label: t("currency"), placeholder: "EUR" },
      ]}
      columns={useStatementColumns()}
      empty={{ title: t("emptyStatements"), text: t("emptyStatementsText") }}
    />
  );
}

function useStatementColumns(): readonly Column<Statement>[] {
  const { t } = useTranslation("money");
  const amount = (id: "accrued" | "closingHeld" | "settled" | "closingPayable", width = 140): Column<Statement> => ({
    id,
    label: t(`figure.${id}`),
    cell: (one) => <MoneyText money={id === "settled" ? paidOut(one) : amountOf(one, one.figures[id])} signed />,
    text: (one) => plainAmount(id === "settled" ? paidOut(one) : amountOf(one, one.figures[id])),
    align: "end",
    width,
    ...(id === "closingPayable" ? { phone: "value" as const } : {}),
  });
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    {
      id: "month",
      label: t("month"),
      cell: (one) => <DayText day={one.month} />,
      text: (one) => one.month,
      width: 130,
      phone: "line",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 110,
      phone: "line",
    },
    amount("accrued", 185),
    amount("closingHeld"),
    amount("settled"),
    amount("closingPayable", 160),
    {
      id: "reference",
      label: t("paymentReference"),
      cell: (one) => one.paymentReference ?? "–",
      text: (one) => one.paymentReference,
      width: 200,
      hidden: true,
    },
  ];
}
