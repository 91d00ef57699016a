import { FUNNEL_METRICS, type FunnelReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { Card } from "../kit/record/card.tsx";
import { groupPicture, type Picture, timePicture } from "./funnel-picture.ts";
import { type FunnelQuestion, isShare, isTime } from "./report-question.ts";
import { useKeyText } from "./use-key-text.ts";

interface FunnelChartProps {
  readonly report: FunnelReport;
  readonly question: FunnelQuestion;
}

/** One metric of the groups: a course over time, or bars beside each other. */
export function FunnelChart({ report, question }: FunnelChartProps) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const keyText = useKeyText();
  const [, change] = useAddress();
  const { metric } = question;
  if (report.rows.length === 0) return null;
  const words = { now: t("thisPeriod"), before: t("periodBefore"), keyText };
  const picture: Picture = isTime(question.by)
    ? timePicture(report, metric, words)
    : groupPicture(report, metric, words);
  const write = (value: number) => (isShare(metric) ? format.share(value) : format.number(value));
  return (
    <Card
      title={t("metricBy", { metric: t(`metric.${metric}`), by: t(`by.${question.by}`) })}
      actions={
        <ChoiceMenu
          label={t("show")}
          value={metric}
          choices={FUNNEL_METRICS.map((value) => ({ value, label: t(`metric.${value}`) }))}
          onChange={(value) => change({ metric: value })}
        />
      }
    >
      <Chart
        label={t("metricBy", { metric: t(`metric.${metric}`), by: t(`by.${question.by}`) })}
        categoryLabel={t(`by.${question.by}`)}
        format={write}
        named={!isTime(question.by)}
        {...picture}
      />
    </Card>
  );
}
