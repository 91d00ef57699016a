import { type ClicksReport, DIMENSIONS } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { dayIn } from "../kit/day-ranges.ts";
import { DaysMenu } from "../kit/days-menu.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { ClicksAnswer } from "./clicks-answer.tsx";
import { useBreakdowns } from "./funnel-controls.tsx";
import { GrainMenu } from "./grain-menu.tsx";
import { ReportFile } from "./report-file.tsx";
import { ReportFilters } from "./report-filters.tsx";
import { narrowingOf, periodOf } from "./report-question.ts";

const GRAINS = ["hour", "day", "week", "month"] as const;

/** When the clicks come, and what became of all requests. */
export function ClicksPage() {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const [address, change] = useAddress();
  const program = useProgramQuery();
  const period = periodOf(address, dayIn(format.zone, new Date()));
  const grain = GRAINS.find((one) => one === address.grain) ?? "day";
  const by = DIMENSIONS.find((one) => one === address.by);
  const query = { ...narrowingOf(address), ...program, ...period, grain, by, top: 6 };
  const report = useRecord<ClicksReport>("/reports/clicks", query);
  return (
    <ExplorationPage
      title={t("clicksOverTime")}
      subtitle={
        report.data === undefined
          ? t("clicksText")
          : t(grain === "hour" ? "asOfHours" : "asOfDays", {
              at: format.instant(report.data.asOf, "second"),
              zone: report.data.timeZone,
            })
      }
      actions={<ReportFile report="clicks" query={query} />}
      controls={
        <>
          <DaysMenu {...period} onChange={(from, to) => change({ from, to })} />
          <GrainMenu grain={grain} grains={GRAINS} />
          <ByMenu by={by} />
          <ReportFilters />
        </>
      }
      table={<Loaded query={report}>{(answer) => <ClicksAnswer report={answer} />}</Loaded>}
    />
  );
}

function ByMenu({ by }: { readonly by: (typeof DIMENSIONS)[number] | undefined }) {
  const { t } = useTranslation("reporting");
  const [, change] = useAddress();
  const choices = useBreakdowns().filter((one) => DIMENSIONS.some((dimension) => dimension === one.value));
  return (
    <ChoiceMenu
      label={t("brokenBy")}
      value={by ?? ""}
      choices={[{ value: "", label: t("nothing") }, ...choices]}
      onChange={(value) => change({ by: value })}
    />
  );
}
