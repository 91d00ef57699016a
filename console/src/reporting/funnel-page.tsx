import type { FunnelReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { FunnelChart } from "./funnel-chart.tsx";
import { FunnelControls } from "./funnel-controls.tsx";
import { FunnelSteps } from "./funnel-steps.tsx";
import { FunnelTable } from "./funnel-table.tsx";
import { ReportFile } from "./report-file.tsx";
import { funnelQueryOf, funnelQuestionOf, narrowingOf } from "./report-question.ts";

/** How many go from a click to a second deposit, by whatever tells them apart. The question stands in the address. */
export function FunnelPage() {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const [address] = useAddress();
  const program = useProgramQuery();
  const question = funnelQuestionOf(address, dayIn(format.zone, new Date()));
  const query = funnelQueryOf(question, { ...narrowingOf(address), ...program });
  const report = useRecord<FunnelReport>("/reports/funnel", query);
  const found = report.data;
  return (
    <ExplorationPage
      title={t("funnel")}
      subtitle={
        found === undefined
          ? t("funnelText")
          : t("asOf", { at: format.instant(found.asOf, "second"), zones: found.timeZones.join(", ") })
      }
      actions={<ReportFile report="funnel" query={query} />}
      controls={<FunnelControls question={question} />}
      table={
        <Loaded query={report}>
          {(answer) => (
            <>
              <FunnelSteps report={answer} />
              <FunnelChart report={answer} question={question} />
              <FunnelTable report={answer} question={question} />
            </>
          )}
        </Loaded>
      }
    />
  );
}
