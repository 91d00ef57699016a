import { Button, Group, Select } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FunnelReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { queryString } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { dayIn, plusDays } from "../kit/day-ranges.ts";
import { DaysField } from "../kit/days-field.tsx";
import { NumberText, ShareText } from "../kit/money-text.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

type Report = z.infer<typeof FunnelReport>;
type Row = Report["rows"][number];
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
        <Group gap="md" align="flex-end">
          <Select
            label={t("by")}
            value={question.by}
            onChange={(by) => by !== null && ask({ by })}
            data={BREAKDOWNS.map((value) => ({ value, label: t(`breakdown.${value}`) }))}
            allowDeselect={false}
          />
          <DaysField from={question.from} to={question.to} onChange={(from, to) => ask({ from, to })} />
        </Group>
      }
      table={<Loaded query={report}>{(answer) => <ReportTable report={answer} by={question.by} />}</Loaded>}
    />
  );
}

function ReportTable({ report, by }: { readonly report: Report; readonly by: string }) {
  const { t } = useTranslation("portal");
  const nameOf = useRowName(by);
  const rows = by === "day" ? [...report.rows].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : report.rows;
  return (
    <>
      <Chart
        label={t("course")}
        categoryLabel={t(`breakdown.${by}`)}
        categories={rows.slice(0, 60).map(nameOf)}
        named={by !== "day"}
        series={[
          {
            name: t("clicks"),
            values: rows.slice(0, 60).map((row) => row.figures.clicks),
            kind: by === "day" ? "area" : "bar",
          },
          { name: t("registrations"), values: rows.slice(0, 60).map((row) => row.figures.registrations), kind: "bar" },
          { name: t("ftds"), values: rows.slice(0, 60).map((row) => row.figures.ftds), kind: "bar" },
        ]}
      />
      <PlainTable
        label={t("report")}
        rows={rows}
        rowId={idOf}
        columns={useReportColumns(report, by)}
        empty={t("emptyReport")}
      />
    </>
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
