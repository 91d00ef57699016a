import type { TodayReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { HealthCard } from "../health/health-card.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { Page } from "../kit/page.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { HoursChart } from "./hours-chart.tsx";
import { LiveCard } from "./live-card.tsx";
import { TodayAttention } from "./today-attention.tsx";
import { TodayFigures } from "./today-figures.tsx";
import { TodayMoney } from "./today-money.tsx";
import { TopPartners } from "./top-partners.tsx";

/** The day so far beside the same weekday a week ago, and what deserves a look. */
export function DaySoFar() {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const narrowed = useProgramQuery();
  const report = useRecord<TodayReport>("/reports/today", narrowed, { liveSeconds: 30 });
  const now = report.data?.now;
  const weekday = now === undefined ? "" : weekdayOf(format.language, format.zone, now);
  const subtitle =
    now === undefined ? undefined : t("todayText", { day: format.instant(now, "full"), weekday: weekday });
  return (
    <Page title={t("today")} subtitle={subtitle}>
      <Loaded query={report}>
        {(today) => (
          <>
            <TodayFigures report={today} day={dayIn(format.zone, new Date(today.now))} />
            <Board
              main={
                <>
                  <Card title={t("clicksByHour")}>
                    <HoursChart report={today} weekday={weekday} />
                  </Card>
                  <TopPartners report={today} day={dayIn(format.zone, new Date(today.now))} />
                </>
              }
              side={
                <>
                  <TodayAttention attention={today.attention} />
                  <HealthCard />
                  <LiveCard />
                  <TodayMoney report={today} />
                </>
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function weekdayOf(language: string, zone: string, instant: string): string {
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: zone }).format(new Date(instant));
}
