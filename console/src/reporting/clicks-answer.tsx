import type { ClicksReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { NumberText, ShareText } from "../kit/money-text.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useKeyText } from "./use-key-text.ts";

type Series = ClicksReport["series"][number];

/** The picture, the sums of its series, and the verdicts. */
export function ClicksAnswer({ report }: { readonly report: ClicksReport }) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const nameOf = useSeriesName(report);
  const isWhole = report.series.length === 1 && report.series[0]?.key === null;
  const uncounted = report.series[0]?.uncounted ?? [];
  return (
    <>
      <Card title={t("clicksOverTime")}>
        <Chart
          label={t("clicksOverTime")}
          categoryLabel={t(`grain.${report.grain}`)}
          categories={report.times.map((time) => timeText(format.day, report.grain, time))}
          format={(value) => format.number(value)}
          height={280}
          series={[
            ...report.series.map((series) => ({
              name: nameOf(series),
              kind: isWhole ? ("area" as const) : ("line" as const),
              values: series.clicks,
            })),
            ...(isWhole ? [{ name: t("metric.uncounted"), quiet: true, values: uncounted }] : []),
          ]}
        />
      </Card>
      <Board main={<SeriesTable report={report} />} side={<Verdicts report={report} />} />
    </>
  );
}

function useSeriesName(report: ClicksReport): (series: Series) => string {
  const { t } = useTranslation("reporting");
  const keyText = useKeyText();
  return (series) => {
    if (series.key !== null) return keyText(series.key);
    return report.series.length === 1 ? t("metric.clicks") : t("everythingElse");
  };
}

function timeText(day: (text: string) => string, grain: ClicksReport["grain"], time: string): string {
  if (grain === "hour") return `${day(time.slice(0, 10))} ${time.slice(11, 16)}`;
  return day(grain === "month" ? time.slice(0, 7) : time);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function SeriesTable({ report }: { readonly report: ClicksReport }) {
  const { t } = useTranslation("reporting");
  const nameOf = useSeriesName(report);
  const total = sum(report.series.map((series) => sum(series.clicks)));
  const uncounted = sum(report.series.map((series) => sum(series.uncounted)));
  return (
    <Card title={t("sums")} flush>
      <PlainTable
        label={t("sums")}
        rows={report.series}
        rowId={(series) => series.key?.value ?? "\u0000"}
        columns={[
          { id: "name", label: t("series"), cell: nameOf, foot: t("total") },
          {
            id: "clicks",
            label: t("metric.clicks"),
            align: "end",
            cell: (series) => <NumberText value={sum(series.clicks)} />,
            foot: <NumberText value={total} />,
          },
          {
            id: "share",
            label: t("share"),
            align: "end",
            cell: (series) => <ShareText share={total === 0 ? null : sum(series.clicks) / total} />,
            foot: "",
          },
          {
            id: "uncounted",
            label: t("metric.uncounted"),
            align: "end",
            cell: (series) => <NumberText value={sum(series.uncounted)} />,
            foot: <NumberText value={uncounted} />,
          },
          {
            id: "impressions",
            label: t("metric.impressions"),
            align: "end",
            cell: (series) => <NumberText value={sum(series.impressions)} />,
            foot: <NumberText value={sum(report.series.map((series) => sum(series.impressions)))} />,
          },
        ]}
      />
    </Card>
  );
}

/** What became of all requests: why some are answered and not counted. */
function Verdicts({ report }: { readonly report: ClicksReport }) {
  const { t, i18n } = useTranslation("reporting");
  const total = sum(report.verdicts.map((one) => one.requests));
  const word = (verdict: string) =>
    i18n.exists(`verdict.${verdict}`, { ns: "reporting" }) ? t(`verdict.${verdict}`) : verdict.replaceAll("_", " ");
  return (
    <Card title={t("verdicts")} flush>
      <PlainTable
        label={t("verdicts")}
        rows={report.verdicts}
        rowId={(one) => one.verdict}
        columns={[
          { id: "verdict", label: t("outcome"), cell: (one) => word(one.verdict) },
          {
            id: "requests",
            label: t("requests"),
            align: "end",
            cell: (one) => <NumberText value={one.requests} />,
          },
          {
            id: "share",
            label: t("share"),
            align: "end",
            cell: (one) => <ShareText share={total === 0 ? null : one.requests / total} />,
          },
        ]}
        empty={<p style={{ padding: "0 14px" }}>{t("nothingFound")}</p>}
      />
    </Card>
  );
}
