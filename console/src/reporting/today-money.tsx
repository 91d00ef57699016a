import type { TodayReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { MoneyText, Nothing } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { DeltaText } from "../kit/sparkline.tsx";

type Amounts = TodayReport["commission"][number];

/** Deposits and commission of the day, each currency for itself. */
export function TodayMoney({ report }: { readonly report: TodayReport }) {
  const { t } = useTranslation("reporting");
  const currencies = [...new Set([...report.depositAmounts, ...report.commission].map((one) => one.currency))].sort();
  if (currencies.length === 0) return null;
  const rows = currencies.map((currency) => ({
    currency,
    deposits: report.depositAmounts.find((one) => one.currency === currency),
    commission: report.commission.find((one) => one.currency === currency),
  }));
  return (
    <Card title={t("moneyToday")} flush>
      <PlainTable
        label={t("moneyToday")}
        rows={rows}
        rowId={(row) => row.currency}
        columns={[
          { id: "currency", label: t("currency"), cell: (row) => row.currency },
          {
            id: "deposits",
            label: t("metric.deposits"),
            align: "end",
            cell: (row) => <Amount amounts={row.deposits} />,
          },
          {
            id: "commission",
            label: t("commission"),
            align: "end",
            cell: (row) => <Amount amounts={row.commission} />,
          },
        ]}
      />
    </Card>
  );
}

function Amount({ amounts }: { readonly amounts: Amounts | undefined }) {
  if (amounts === undefined) return <Nothing />;
  return (
    <>
      <MoneyText money={{ minor: amounts.nowMinor, currency: amounts.currency }} signed />{" "}
      <DeltaText now={Number(amounts.nowMinor)} before={Number(amounts.beforeMinor)} />
    </>
  );
}
