import type { FunnelFigures, Partner, PartnerReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { HealthCard } from "../health/health-card.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { Go, useGo } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { DeltaText, Sparkline } from "../kit/sparkline.tsx";
import { ReadinessCard } from "../onboarding/readiness-page.tsx";
import { useSession } from "../session/session.tsx";
import { PartnerSummary } from "./record/partner-summary.tsx";

/** What it brings in thirty days, what goes on, then who it is: one card for each matter. */
export function PartnerOverview({ partner }: { readonly partner: Partner }) {
  const { can } = useSession();
  return (
    <>
      <ReadinessCard partnerId={partner.id} />
      <HealthCard partnerId={partner.id} />
      {can("reports.read") ? <PartnerFigures partnerId={partner.id} /> : null}
      <PartnerSummary partner={partner} />
    </>
  );
}

function PartnerFigures({ partnerId }: { readonly partnerId: string }) {
  const report = useRecord<PartnerReport>(`/reports/partners/${partnerId}`);
  return (
    <Loaded query={report}>
      {(answer) => (
        <>
          <CountFigures report={answer} />
          <Course report={answer} />
          <Earned report={answer} />
        </>
      )}
    </Loaded>
  );
}

const COURSES = ["clicks", "registrations", "ftds"] as const;

function CountFigures({ report }: { readonly report: PartnerReport }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const go = useGo();
  const open = () => go(`/reports/funnel?partnerId=${report.partnerId}&by=day&from=${report.from}&to=${report.to}`);
  const delta = (name: keyof FunnelFigures) => (
    <DeltaText now={Number(report.totals[name] ?? 0)} before={Number(report.previous[name] ?? 0)} />
  );
  return (
    <Figures>
      {COURSES.map((name) => (
        <Figure
          key={name}
          label={t(`report.${name}`)}
          value={format.number(report.totals[name])}
          compare={delta(name)}
          course={<Sparkline values={report[name]} label={t(`report.${name}`)} />}
          onOpen={open}
        />
      ))}
      <Figure
        label={t("report.clickToFtd")}
        value={report.totals.clickToFtd === null ? "–" : format.share(report.totals.clickToFtd)}
        compare={delta("clickToFtd")}
        course={report.lastClickAt === null ? undefined : <LastClick at={report.lastClickAt} />}
        onOpen={open}
      />
    </Figures>
  );
}

function LastClick({ at }: { readonly at: string }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return (
    <small style={{ color: "var(--mantine-color-dimmed)" }}>
      {t("report.lastClick", { ago: format.ago(at, Math.max(Date.now(), Date.parse(at))) })}
    </small>
  );
}

function Course({ report }: { readonly report: PartnerReport }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const more = <Go to={`/reports/clicks?partnerId=${report.partnerId}`}>{t("report.more")}</Go>;
  return (
    <Card title={t("report.course")} actions={<span style={{ paddingInlineEnd: 6 }}>{more}</span>}>
      <Chart
        label={t("report.course")}
        categoryLabel={t("report.day")}
        categories={report.days.map((day) => format.day(day))}
        format={(value) => format.number(value)}
        height={180}
        series={COURSES.map((name) => ({
          name: t(`report.course_of.${name}`),
          values: report[name],
          ...(name === "clicks" ? { kind: "area" as const } : {}),
        }))}
      />
    </Card>
  );
}

/** What the partner earned this month and last, and what is held, by currency. */
function Earned({ report }: { readonly report: PartnerReport }) {
  const { t } = useTranslation("partners");
  if (report.earnings.length === 0) return null;
  const amount = (id: "thisMonthMinor" | "lastMonthMinor" | "heldMinor") => ({
    id,
    label: t(`report.${id}`),
    align: "end" as const,
    cell: (one: PartnerReport["earnings"][number]) => (
      <MoneyText money={{ minor: one[id], currency: one.currency }} signed />
    ),
  });
  return (
    <Card title={t("report.earned")} flush>
      <PlainTable
        label={t("report.earned")}
        rows={report.earnings}
        rowId={(one) => one.currency}
        columns={[
          { id: "currency", label: t("report.currency"), cell: (one) => one.currency },
          amount("thisMonthMinor"),
          amount("lastMonthMinor"),
          amount("heldMinor"),
        ]}
      />
    </Card>
  );
}
