import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { amountOf, paidOut } from "../money/minor.ts";

/** Month by month: earned, held, paid. */
export function Earnings() {
  const { t } = useTranslation("portal");
  const amount = (id: "accrued" | "closingHeld" | "settled" | "closingPayable"): Column<Statement> => {
    const money = (one: Statement) => (id === "settled" ? paidOut(one) : amountOf(one, one.figures[id]));
    return {
      id,
      label: t(`figure.${id}`),
      cell: (one) => <MoneyText money={money(one)} signed />,
      text: (one) => plainAmount(money(one)),
      width: id === "accrued" ? 210 : 160,
      align: "end",
      ...(id === "closingPayable" ? { phone: "value" as const } : {}),
    };
  };
  return (
    <ListPage<Statement>
      name="own-statements"
      title={t("earnings")}
      resource="/statements"
      rowId={(one) => one.id}
      open={(one) => `/earnings/${one.id}`}
      columns={[
        {
          id: "month",
          label: t("month"),
          cell: (one) => <DayText day={one.month} />,
          text: (one) => one.month,
          phone: "title",
        },
        {
          id: "status",
          label: t("status"),
          cell: (one) => <StatusBadge state={one.status} label={t(`statementState.${one.status}`)} />,
          text: (one) => one.status,
          width: 120,
          phone: "line",
        },
        amount("accrued"),
        amount("closingHeld"),
        amount("settled"),
        amount("closingPayable"),
      ]}
      empty={{ title: t("emptyEarnings"), text: t("emptyEarningsText") }}
    />
  );
}
