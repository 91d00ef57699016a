import type { FunnelFigures, FunnelMetric, FunnelReport, ReportKey } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useAddress } from "../kit/address.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText, Nothing, NumberText, ShareText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { DeltaText } from "../kit/sparkline.tsx";
import { ReportKeyCell } from "./report-key-cell.tsx";
import { type FunnelQuestion, isShare, isTime } from "./report-question.ts";

interface FunnelTableProps {
  readonly report: FunnelReport;
  readonly question: FunnelQuestion;
}

interface TableRow {
  readonly keys: readonly ReportKey[];
  readonly figures: FunnelFigures;
  readonly previous: FunnelFigures | null;
  /** How many groups this row sums up. */
  readonly groups?: number;
}

const COLUMNS = [
  "impressions",
  "clicks",
  "registrations",
  "kyc",
  "ftds",
  "secondDeposits",
  "clickToRegistration",
  "registrationToFtd",
  "clickToFtd",
  "ftdToSecondDeposit",
] as const satisfies readonly FunnelMetric[];

/** The groups; a group's name opens the report inside it. */
export function FunnelTable({ report, question }: FunnelTableProps) {
  const { t } = useTranslation("reporting");
  const [, change] = useAddress();
  const rows = rowsOf(report, question);
  const keyColumns = [question.by, ...(question.second === null ? [] : [question.second])].map(
    (by, place): PlainColumn<TableRow> => ({
      id: `key${place}`,
      label: t(`by.${by}`),
      cell: (row) => <ReportKeyCell row={row} place={place} question={question} />,
      ...(place === 0 ? { foot: t("total") } : { foot: "" }),
    }),
  );
  // Most programs measure no impressions: a column of nothing would only take the room of the others.
  const shown = COLUMNS.filter((metric) => metric !== "impressions" || report.totals.figures.impressions > 0);
  const metricColumns = shown.map(
    (metric): PlainColumn<TableRow> => ({
      id: metric,
      label: t(`short.${metric}`),
      align: "end",
      sort: metric,
      cell: (row) => <MetricCell row={row} metric={metric} />,
      foot: <MetricCell row={report.totals} metric={metric} />,
    }),
  );
  const amounts: PlainColumn<TableRow> = {
    id: "ftdAmounts",
    label: t("short.ftdAmounts"),
    align: "end",
    cell: (row) => <Amounts figures={row.figures} />,
    foot: <Amounts figures={report.totals.figures} />,
  };
  return (
    <Card title={t("groups", { count: report.rows.length })} flush>
      <PlainTable
        dense
        label={t("funnel")}
        rows={rows}
        rowId={(row) => row.keys.map((key) => key.value).join("\u0000") || `rest ${row.groups ?? ""}`}
        columns={[...keyColumns, ...metricColumns, amounts]}
        empty={<EmptyState title={t("nothingFound")} text={t("nothingFoundText")} />}
        {...(isTime(question.by) && !question.sorted
          ? {}
          : { sorted: `${question.descending ? "-" : ""}${question.sort}` })}
        onSort={(sort) => change({ sort })}
      />
    </Card>
  );
}

/** Days stand in their own order, the latest first, until another is asked for. */
function rowsOf(report: FunnelReport, question: FunnelQuestion): readonly TableRow[] {
  const first = (row: TableRow) => row.keys[0]?.value ?? "";
  const rows =
    isTime(question.by) && !question.sorted
      ? report.rows.toSorted((a, b) => first(b).localeCompare(first(a)))
      : report.rows;
  return report.rest === null ? rows : [...rows, { ...report.rest, keys: [] }];
}

interface MetricCellProps {
  readonly row: Pick<TableRow, "figures" | "previous">;
  readonly metric: FunnelMetric;
}

function MetricCell({ row, metric }: MetricCellProps) {
  const value = row.figures[metric];
  if (isShare(metric)) return <ShareText share={value} />;
  const before = row.previous?.[metric];
  return (
    <>
      {before === undefined || before === null || value === null ? null : (
        <>
          <DeltaText now={value} before={before} />{" "}
        </>
      )}
      <NumberText value={value} />
    </>
  );
}

/** First deposits, one amount for each currency. */
function Amounts({ figures }: { readonly figures: FunnelFigures }) {
  if (figures.ftdAmounts.length === 0) return <Nothing />;
  return figures.ftdAmounts.map((amount) => (
    <div key={amount.currency}>
      <MoneyText money={amount} />
    </div>
  ));
}
