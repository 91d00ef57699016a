import { DIMENSIONS, TIME_DIMENSIONS } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useAddress } from "../kit/address.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { DaysMenu } from "../kit/days-menu.tsx";
import { ReportFilters } from "./report-filters.tsx";
import type { FunnelQuestion } from "./report-question.ts";

const SUBS = DIMENSIONS.filter((dimension) => dimension.startsWith("sub"));
const OTHERS = DIMENSIONS.filter((dimension) => !dimension.startsWith("sub"));

/** Everything that a report can be broken down by, in three groups. */
export function useBreakdowns() {
  const { t } = useTranslation("reporting");
  const choice = (group: string) => (value: string) => ({ value, label: t(`by.${value}`), group });
  return [
    ...OTHERS.map(choice(t("group.what"))),
    ...TIME_DIMENSIONS.map(choice(t("group.time"))),
    ...SUBS.map(choice(t("group.subs"))),
  ];
}

/** Period, breakdowns, basis, comparison and filters; each stands in the address. */
export function FunnelControls({ question }: { readonly question: FunnelQuestion }) {
  const { t } = useTranslation("reporting");
  const [, change] = useAddress();
  const breakdowns = useBreakdowns();
  return (
    <>
      <DaysMenu from={question.from} to={question.to} onChange={(from, to) => change({ from, to })} />
      <ChoiceMenu label={t("brokenBy")} value={question.by} choices={breakdowns} onChange={(by) => change({ by })} />
      <ChoiceMenu
        label={t("thenBy")}
        value={question.second ?? ""}
        choices={[{ value: "", label: t("nothingMore") }, ...breakdowns.filter((one) => one.value !== question.by)]}
        onChange={(second) => change({ second })}
      />
      <ChoiceMenu
        label={t("basis")}
        value={question.basis}
        choices={(["happened", "cohort"] as const).map((value) => ({ value, label: t(`bases.${value}`) }))}
        onChange={(basis) => change({ basis: basis === "cohort" ? basis : undefined })}
      />
      <ChoiceMenu
        label={t("comparison")}
        value={question.compare}
        choices={(["previous", "none"] as const).map((value) => ({ value, label: t(`compare.${value}`) }))}
        onChange={(compare) => change({ compare: compare === "none" ? compare : undefined })}
      />
      <ReportFilters />
    </>
  );
}
