import type { LiveReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Sparkline } from "../kit/sparkline.tsx";
import { useSession } from "../session/session.tsx";

const LIVE_SECONDS = 5;

/** What comes in at this moment. */
export function LiveCard() {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const { can } = useSession();
  const live = useRecord<LiveReport>("/reports/live", {}, { liveSeconds: LIVE_SECONDS });
  const report = live.data;
  if (report === undefined) return null;
  const log = can("intake.read") ? <Go to="/intake">{t("openLog")}</Go> : undefined;
  return (
    <Card title={t("now")} actions={<span style={{ paddingInlineEnd: 6 }}>{log}</span>}>
      <Properties
        items={[
          [
            t("clicksLastMinute"),
            <span key="minute" style={{ display: "flex", gap: 10, justifyContent: "space-between" }}>
              {format.number(report.clicksLastMinute)}
              <Sparkline values={report.perSecond} label={t("clicksLastMinute")} width={120} height={20} />
            </span>,
          ],
          [t("clicksLastHour"), format.number(report.clicksLastHour)],
          [t("eventsLastHour"), format.number(report.eventsLastHour)],
        ]}
      />
    </Card>
  );
}
