import type { Forecast } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { useSettings } from "./words.ts";

const BY = ["month", "owner", "region", "stage"] as const;

/** What open leads are expected to bring, whole and weighted by the probability of their stage. */
export function ForecastPage() {
  const { t } = useTranslation("pipeline");
  const program = useProgramQuery();
  const [by, setBy] = useState<string>("month");
  const found = useRecord<Forecast>("/leads/forecast", { ...program, by });
  return (
    <Page title={t("forecast")} subtitle={<PipelineNav here="forecast" />}>
      <div style={{ marginBottom: 12 }}>
        <ChoiceMenu
          label={t("by")}
          value={by}
          choices={BY.map((value) => ({ value, label: t(`byKeys.${value}`) }))}
          onChange={setBy}
        />
      </div>
      <Loaded query={found}>{(one) => <ForecastTable forecast={one} />}</Loaded>
    </Page>
  );
}

function ForecastTable({ forecast }: { readonly forecast: Forecast }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const name = useKeyName(forecast.by);
  if (forecast.rows.length === 0) return <EmptyState title={t("noForecast")} text={t("noForecastText")} />;
  const months = forecast.rows.filter((row) => row.key !== "");
  return (
    <>
      {forecast.by === "month" && months.length > 1 ? (
        <Card title={t("byKeys.month")}>
          <Chart
            label={t("forecast")}
            categoryLabel={t("byKeys.month")}
            categories={months.map((row) => row.key)}
            format={format.number}
            series={[
              { name: t("weighted"), values: months.map((row) => Number(row.weightedFtds)), kind: "bar" },
              { name: t("target"), values: months.map((row) => row.target) },
            ]}
          />
        </Card>
      ) : null}
      <Card title={t(`byKeys.${forecast.by}`)} flush>
        <PlainTable
          label={t("forecast")}
          rows={forecast.rows}
          rowId={(row) => row.key}
          columns={[
            { id: "key", label: t(`byKeys.${forecast.by}`), cell: (row) => name(row.key) },
            { id: "leads", label: t("leads"), align: "end", cell: (row) => format.number(row.leads) },
            { id: "ftds", label: t("expectedFtds"), align: "end", cell: (row) => format.number(row.ftds) },
            {
              id: "weighted",
              label: t("weighted"),
              align: "end",
              cell: (row) => format.number(Number(row.weightedFtds)),
            },
            {
              id: "target",
              label: t("target"),
              align: "end",
              cell: (row) => (row.target === null ? "–" : format.number(row.target)),
            },
            {
              id: "revenue",
              label: t("expectedRevenue"),
              align: "end",
              cell: (row) => <Amounts amounts={row.revenue} />,
            },
            {
              id: "worth",
              label: t("weightedRevenue"),
              align: "end",
              cell: (row) => <Amounts amounts={row.weightedRevenue} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

function Amounts({ amounts }: { readonly amounts: Forecast["rows"][number]["revenue"] }) {
  if (amounts.length === 0) return "–";
  return (
    <>
      {amounts.map((one) => (
        <div key={one.currency}>
          <MoneyText money={one} />
        </div>
      ))}
    </>
  );
}

function useKeyName(by: string) {
  const { t } = useTranslation("pipeline");
  const { stageName } = useSettings();
  return (key: string) => {
    if (key === "") return t("notNamed");
    if (by === "stage") return stageName(key);
    return by === "month" ? key : <NameText id={key} />;
  };
}
