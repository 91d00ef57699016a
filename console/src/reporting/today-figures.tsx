import type { TodayReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { plusDays } from "../kit/day-ranges.ts";
import { useGo } from "../kit/link.tsx";
import { Figure, Figures } from "../kit/record/card.tsx";
import { DeltaText } from "../kit/sparkline.tsx";
import { Before } from "./before.tsx";

const COUNTS = ["clicks", "registrations", "ftds", "deposits"] as const;
const SORTS = { clicks: "clicks", registrations: "registrations", ftds: "ftds" } as const;

/** What is counted today; each figure opens the report behind it. */
export function TodayFigures({ report, day }: { readonly report: TodayReport; readonly day: string }) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const go = useGo();
  const behind = (name: (typeof COUNTS)[number]) =>
    name === "deposits"
      ? "/intake?kind=call&type=deposit"
      : `/reports/funnel?from=${day}&to=${plusDays(day, 1)}&compare=none&sort=${SORTS[name]}`;
  return (
    <Figures>
      {COUNTS.map((name) => (
        <Figure
          key={name}
          label={t(`metric.${name}`)}
          value={format.number(report[name].now)}
          compare={
            <Before text={format.number(report[name].before)}>
              <DeltaText now={report[name].now} before={report[name].before} />
            </Before>
          }
          onOpen={() => go(behind(name))}
        />
      ))}
    </Figures>
  );
}
