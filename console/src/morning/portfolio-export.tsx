import { Button } from "@mantine/core";
import type { Portfolio } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { csvField, saveFile } from "../kit/list/csv.ts";

/** The table as a file, amounts in minor units. */
export function PortfolioExport({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation("morning");
  const rows = portfolio.rows.map((row) => [
    row.id ?? "",
    row.name,
    portfolio.month,
    row.plan.ftds,
    row.actual.ftds,
    row.forecast.ftds,
    row.plan.revenueMinor,
    row.actual.revenueMinor,
    row.plan.commissionMinor,
    row.actual.commissionMinor,
    row.forecast.commissionMinor,
  ]);
  const head = [
    "id",
    "name",
    "month",
    "plan_ftds",
    "ftds",
    "forecast_ftds",
    "plan_revenue_minor",
    "revenue_minor",
    "plan_commission_minor",
    "commission_minor",
    "forecast_commission_minor",
  ];
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() =>
        saveFile(
          `portfolio-${portfolio.month}.csv`,
          [head, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n"),
        )
      }
    >
      {t("export")}
    </Button>
  );
}
