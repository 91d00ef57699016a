import type { Targeting } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import { weekdayNames } from "./weekdays.ts";

const DIMENSIONS = ["country", "device", "os", "browser", "language", "source"] as const;

/** Who may come, in words: one line for each condition; `Everybody` when there is none. */
export function TargetingText({ targeting }: { readonly targeting: Targeting }) {
  const { t } = useTranslation("kit");
  const lines = useTargetingLines(targeting);
  if (lines.length === 0) return <>{t("targeting.everybodyText")}</>;
  return lines.map((line) => <div key={line}>{line}</div>);
}

function useTargetingLines(targeting: Targeting): readonly string[] {
  const { t, i18n } = useTranslation("kit");
  const format = useFormat();
  const nameOf = (dimension: (typeof DIMENSIONS)[number], value: string) => {
    if (dimension === "country") return format.country(value);
    if (dimension === "device") return t(`targeting.device.${value}`);
    return value;
  };
  const days = weekdayNames(i18n.language);
  return [
    ...DIMENSIONS.flatMap((dimension) =>
      (["is", "isNot"] as const).flatMap((side) => {
        const values = targeting[dimension][side];
        if (values.length === 0) return [];
        const said = values.map((value) => nameOf(dimension, value)).join(", ");
        return [
          `${t(`targeting.of.${dimension}`)}: ${t(side === "is" ? "targeting.onlyText" : "targeting.neverText", { values: said })}`,
        ];
      }),
    ),
    ...targeting.schedule.map(
      (window) =>
        `${window.days.length === 7 ? t("targeting.everyDay") : window.days.map((day) => days[day - 1]).join(", ")} ${window.from}–${window.to}`,
    ),
  ];
}
