import { Button } from "@mantine/core";
import type { Agreement, PartnerReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page as Pages } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { Page } from "../kit/page.tsx";
import { Card, Figure, Figures, Properties } from "../kit/record/card.tsx";
import { Loaded, NextLine } from "../kit/record/record-page.tsx";
import { DeltaText, Sparkline } from "../kit/sparkline.tsx";
import { useSession } from "../session/session.tsx";

/** Thirty days beside the thirty before, and what is earned. */
export function Home() {
  const { t } = useTranslation("portal");
  const { me, can } = useSession();
  const format = useFormat();
  const report = useRecord<PartnerReport>("/reports/home", {}, { liveSeconds: 30 });
  return (
    <Page title={t("hello", { name: me.partner?.name ?? me.name })} subtitle={t("thirtyDays")}>
      {can("agreements.read") ? <WaitingTerms /> : null}
      <Loaded query={report}>
        {(one) => (
          <>
            <HomeFigures report={one} />
            <EarningFigures report={one} />
            <Card title={t("course")}>
              <Chart
                label={t("course")}
                categoryLabel={t("day")}
                categories={one.days.map((day) => format.day(day))}
                series={[
                  { name: t("clicks"), values: one.clicks, kind: "area" },
                  { name: t("registrations"), values: one.registrations, kind: "bar" },
                  { name: t("ftds"), values: one.ftds, kind: "bar" },
                ]}
              />
            </Card>
            <Card title={t("lately")}>
              <Properties
                items={[
                  [t("lastClick"), <AgoText key="click" at={one.lastClickAt} />],
                  [t("lastFtd"), <AgoText key="ftd" at={one.lastFtdAt} />],
                ]}
              />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Terms that were sent and wait for the partner's answer: before anything else. */
function WaitingTerms() {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const go = useGo();
  const agreements = useRecord<Pages<Agreement>>("/agreements", { limit: 100 });
  const waiting = (agreements.data?.data ?? []).flatMap(({ pending }) => (pending?.status === "sent" ? [pending] : []));
  return waiting.map((version) => (
    <NextLine
      key={version.id}
      step={{
        title: t("yourTurn"),
        text: t("yourTurnText", { day: format.day(version.answerBy ?? version.validFrom) }),
        tone: "warn",
        action: <Button onClick={() => go(`/agreements/${version.agreementId}`)}>{t("readTerms")}</Button>,
      }}
    />
  ));
}

function HomeFigures({ report }: { readonly report: PartnerReport }) {
  const { t } = useTranslation("portal");
  const figure = (name: "clicks" | "registrations" | "ftds") => (
    <Figure
      label={t(name)}
      value={<NumberText value={report.totals[name]} />}
      compare={<DeltaText now={report.totals[name]} before={report.previous[name]} />}
      course={<Sparkline values={report[name]} label={t(name)} />}
    />
  );
  return (
    <Figures>
      {figure("clicks")}
      {figure("registrations")}
      {figure("ftds")}
    </Figures>
  );
}

function EarningFigures({ report }: { readonly report: PartnerReport }) {
  const { t } = useTranslation("portal");
  const go = useGo();
  const open = () => go("/earnings");
  return (
    <Figures>
      {report.earnings.flatMap(({ currency, thisMonthMinor, lastMonthMinor, heldMinor }) => [
        <Figure
          key={`this ${currency}`}
          label={t("thisMonth")}
          value={<MoneyText money={{ minor: thisMonthMinor, currency }} />}
          onOpen={open}
        />,
        <Figure
          key={`last ${currency}`}
          label={t("lastMonth")}
          value={<MoneyText money={{ minor: lastMonthMinor, currency }} />}
          onOpen={open}
        />,
        <Figure
          key={`held ${currency}`}
          label={t("held")}
          value={<MoneyText money={{ minor: heldMinor, currency }} />}
          onOpen={open}
        />,
      ])}
    </Figures>
  );
}
