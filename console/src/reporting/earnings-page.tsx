import type { EarningsReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { type Address, useAddress } from "../kit/address.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { dayIn, plusDays } from "../kit/day-ranges.ts";
import { DaysMenu } from "../kit/days-menu.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { EarningsAnswer } from "./earnings-answer.tsx";
import { GrainMenu } from "./grain-menu.tsx";
import { ReportFile } from "./report-file.tsx";
import { ReportFilters } from "./report-filters.tsx";
import { narrowingOf } from "./report-question.ts";

const BY = ["partner", "program", "component"] as const;
const GRAINS = ["month", "day"] as const;
const NARROWED_BY = ["program", "partner"] as const;

/** Half a year by the month, unless the address says otherwise; months are whole. */
function periodOf(address: Address, today: string): { readonly from: string; readonly to: string } {
  const month = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  month.setUTCMonth(month.getUTCMonth() - 5);
  return { from: address.from ?? month.toISOString().slice(0, 10), to: address.to ?? plusDays(today, 1) };
}

/** What partners earned, by the day or month it was earned in. */
export function EarningsPage() {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const [address, change] = useAddress();
  const program = useProgramQuery();
  const period = periodOf(address, dayIn(format.zone, new Date()));
  const by = BY.find((one) => one === address.by) ?? "partner";
  const grain = GRAINS.find((one) => one === address.grain) ?? "month";
  const { programId, partnerId } = { ...narrowingOf(address), ...program };
  const query = { programId, partnerId, ...period, by, grain, top: 50 };
  const report = useRecord<EarningsReport>("/reports/earnings", query);
  return (
    <ExplorationPage
      title={t("earnings")}
      subtitle={t("earningsText")}
      actions={<ReportFile report="earnings" query={query} />}
      controls={
        <>
          <DaysMenu {...period} onChange={(from, to) => change({ from, to })} />
          <ChoiceMenu
            label={t("brokenBy")}
            value={by}
            choices={BY.map((value) => ({ value, label: t(`by.${value}`) }))}
            onChange={(value) => change({ by: value })}
          />
          <GrainMenu grain={grain} grains={GRAINS} />
          <ReportFilters dimensions={NARROWED_BY} />
        </>
      }
      table={
        <Loaded query={report}>
          {(answer) =>
            answer.totals.length === 0 ? (
              <EmptyState title={t("nothingEarned")} text={t("nothingEarnedText")} />
            ) : (
              answer.totals.map((total) => (
                <EarningsAnswer key={total.currency} report={answer} currency={total.currency} />
              ))
            )
          }
        </Loaded>
      }
    />
  );
}
