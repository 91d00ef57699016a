import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FunnelReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { queryString } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { dayIn, daysOf, plusDays } from "../kit/day-ranges.ts";
import { DaysMenu } from "../kit/days-menu.tsx";
import { NumberText, ShareText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

type Report = z.infer<typeof FunnelReport>;
type Row = Report["rows"][number];
const MOST_BARS = 60;
const BREAKDOWNS = ["day", "link", "offer", "sub1", "sub2", "country", "device", "source"] as const;

/** From click to second deposit, by whatever the partner asks for; the question is in the address. */
export function OwnReport() {
  const { t } = useTranslation("portal");
  const navigate = useNavigate();
  const { zone } = useFormat();
  const search: Record<string, string> = useSearch({ strict: false });
  const today = dayIn(zone, new Date());
  const question = {
    by: search.by ?? "day",
    from: search.from ?? plusDays(today, -29),
    to: search.to ?? plusDays(today, 1),
  };
  const report = useRecord<Report>("/reports/funnel", { ...question, top: 200 });
  const ask = (change: Record<string, string>) => void navigate({ to: ".", search: { ...question, ...change } });
  return (
    <ExplorationPage
      title={t("report")}
      subtitle={t("reportText")}
      actions={
        <Button
          component="a"
          variant="default"
          href={`/v1/reports/funnel${queryString({ ...question, format: "csv" })}`}
          download
        >
          {t("export")}
        </Button>
      }
      controls={
        <>
          <DaysMenu from={question.from} to={question.to} onChange={(from, to) => ask({ from, to })} />
          <ChoiceMenu
            label={t("by")}
            value={question.by}
            choices={BREAKDOWNS.map((value) => ({ value, label: t(`breakdown.${value}`) }))}
            onChange={(by) => ask({ by })}
          />
        </>
      }
      table={
        <Loaded query={report}>
          {(answer) => (
            <>
              <Course report={answer} question={question} />
              <ReportTable report={answer} by={question.by} />
            </>
          )}
        </Loaded>
      }
    />
  );
}

interface CourseProps {
  readonly report: Report;
  readonly question: { readonly by: string; readonly from: string; readonly to: string };
}

/** The picture: by day every day of the period, also those on which nothing happened; else the biggest rows. */
function Course({ report, question: { by, from, to } }: CourseProps) {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const nameOf = useRowName(by);
  if (report.rows.length === 0) return null;
  const byDay = new Map(report.rows.map((row) => [idOf(row), row.figures]));
  const points =
    by === "day"
      ? daysOf(from, to, report.asOf).map((day) => ({ name: format.day(day), figures: byDay.get(day) }))
      : report.rows.slice(0, MOST_BARS).map((row) => ({ name: nameOf(row), figures: row.figures }));
  const values = (name: "clicks" | "registrations" | "ftds") => points.map(({ figures }) => figures?.[name] ?? 0);
  return (
    <Card title={t("course")}>
      <Chart
        label={t("course")}
        categoryLabel={t(`breakdown.${by}`)}
        categories={points.map(({ name }) => name)}
        named={by !== "day"}
        series={[
          { name: t("clicks"), values: values("clicks"), kind: by === "day" ? "area" : "bar" },
          { name: t("registrations"), values: values("registrations"), kind: "bar" },
          { name: t("ftds"), values: values("ftds"), kind: "bar" },
        ]}
      />
    </Card>
  );
}

function ReportTable({ report, by }: { readonly report: Report; readonly by: string }) {
  const { t } = useTranslation("portal");
  const rows = by === "day" ? [...report.rows].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : report.rows;
  return (
    <Card title={t("figures")} flush>
      <PlainTable
        label={t("report")}
        rows={rows}
        rowId={idOf}
        columns={useReportColumns(report, by)}
        empty={t("emptyReport")}
      />
    </Card>
  );
}

function idOf(row: Row): string {
  return row.keys.map((key) => key.value).join(" · ");
}

/** What a row is about, in words: days and countries as people write them. */
function useRowName(by: string): (row: Row) => string {
  const { t, i18n } = useTranslation("portal");
  const format = useFormat();
  return (row) => {
    const [key] = row.keys;
    if (key === undefined || key.value === "") return "–";
    if (by === "day") return format.day(key.value);
    if (by === "country") return format.country(key.value);
    if (by === "device" && i18n.exists(`deviceKind.${key.value}`, { ns: "portal" }))
      return t(`deviceKind.${key.value}`);
    return key.label || "–";
  };
}

const COUNTS = ["clicks", "registrations", "kyc", "ftds", "secondDeposits"] as const;
const SHARES = ["clickToRegistration", "registrationToFtd"] as const;

function useReportColumns(report: Report, by: string): readonly PlainColumn<Row>[] {
  const { t } = useTranslation("portal");
  const nameOf = useRowName(by);
  const totals = report.totals.figures;
  return [
    {
      id: "key",
      label: t(`breakdown.${by}`),
      cell: nameOf,
      foot: t("total"),
    },
    ...COUNTS.map(
      (name): PlainColumn<Row> => ({
        id: name,
        label: t(name),
        align: "end",
        cell: (row) => <NumberText value={row.figures[name]} />,
        foot: <NumberText value={totals[name]} />,
      }),
    ),
    ...SHARES.map(
      (name): PlainColumn<Row> => ({
        id: name,
        label: t(name),
        align: "end",
        cell: (row) => <ShareText share={row.figures[name]} />,
        foot: <ShareText share={totals[name]} />,
      }),
    ),
  ];
}
