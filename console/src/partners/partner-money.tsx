import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** The partner's statements, newest month first. */
export function PartnerMoney({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const money = (one: Statement, minor: string) => ({ minor, currency: one.currency });
  return (
    <ListPanel<Statement>
      embedded
      name="partner-statements"
      title={t("tabs.money")}
      resource="/statements"
      fixed={{ partnerId }}
      rowId={(one) => one.id}
      open={(one) => `/statements/${one.id}`}
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
          width: 110,
          phone: "line",
        },
        {
          id: "accrued",
          label: t("accrued"),
          cell: (one) => <MoneyText money={money(one, one.figures.accrued)} signed />,
          text: (one) => one.figures.accrued,
          width: 150,
          align: "end",
        },
        {
          id: "held",
          label: t("held"),
          cell: (one) => <MoneyText money={money(one, one.figures.closingHeld)} />,
          text: (one) => one.figures.closingHeld,
          width: 150,
          align: "end",
        },
        {
          id: "payable",
          label: t("payable"),
          cell: (one) => <MoneyText money={money(one, one.figures.closingPayable)} />,
          text: (one) => one.figures.closingPayable,
          width: 150,
          align: "end",
          phone: "value",
        },
      ]}
      empty={{ title: t("emptyStatements"), text: t("emptyStatementsText") }}
    />
  );
}
