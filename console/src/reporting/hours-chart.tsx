import type { TodayReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";

interface HoursChartProps {
  readonly report: TodayReport;
  readonly weekday: string;
}

/** Clicks hour by hour; hours that are still to come have no figure. */
export function HoursChart({ report, weekday }: HoursChartProps) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const reached = Math.max(
    hourIn(format.zone, report.now),
    report.hours.findLastIndex((hour) => hour.clicks > 0),
  );
  return (
    <Chart
      label={t("clicksByHour")}
      categoryLabel={t("hour")}
      categories={report.hours.map((hour) => `${String(hour.hour).padStart(2, "0")}:00`)}
      format={(value) => format.number(value)}
      height={230}
      series={[
        {
          name: t("today"),
          kind: "area",
          values: report.hours.map((hour) => (hour.hour <= reached ? hour.clicks : null)),
        },
        { name: t("lastWeekday", { weekday }), quiet: true, values: report.hours.map((hour) => hour.before) },
      ]}
    />
  );
}

function hourIn(zone: string, instant: string): number {
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone });
  return Number(hour.format(new Date(instant)));
}
