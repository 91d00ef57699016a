import type { EarningsReport, MoneyValue } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { currencyDigits } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { Go } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useKeyText } from "./use-key-text.ts";

interface EarningsAnswerProps {
  readonly report: EarningsReport;
  readonly currency: string;
}

type Earned = EarningsReport["totals"][number];
interface Row {
  readonly key: { readonly by: string; readonly value: string; readonly label: string } | null;
  readonly earned: Earned;
}

const MOST_STACKED = 5;
/** Days of more than a month have no room as columns; the picture shows them. */
const MOST_COLUMNS = 13;

/** One currency: amounts of different currencies are never added up. */
export function EarningsAnswer({ report, currency }: EarningsAnswerProps) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const rows = rowsOf(report, currency);
  const total = report.totals.find((one) => one.currency === currency);
  const nameOf = useRowName(report);
  const timeText = (time: string) => format.day(report.grain === "month" ? time.slice(0, 7) : time);
  // a picture is read, not booked: here, and only here, an amount becomes a float
  const drawn = (minor: string) => Number(minor) / 10 ** currencyDigits(currency);
  const rough = (value: number) =>
    format.number(value, { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 });
  return (
    <>
      <Card title={t("earnedIn", { currency })}>
        <Chart
          label={t("earnedIn", { currency })}
          categoryLabel={t(`grain.${report.grain}`)}
          categories={report.times.map(timeText)}
          format={rough}
          series={stackOf(rows, total).map((row) => ({
            name: nameOf(row.key),
            kind: "bar" as const,
            stack: "earned",
            values: row.earned.minor.map(drawn),
          }))}
        />
      </Card>
      <Card title={t("amountsIn", { currency })} flush>
        <EarningsTable
          label={t("amountsIn", { currency })}
          rows={rows}
          total={total}
          times={report.times}
          timeText={timeText}
          nameOf={nameOf}
        />
      </Card>
    </>
  );
}

function useRowName(report: EarningsReport): (key: Row["key"]) => string {
  const { t } = useTranslation("reporting");
  const keyText = useKeyText();
  return (key) => {
    if (key === null) return t("rest", { count: report.rest?.groups ?? 0 });
    return key.by === "rest" ? t("everythingElse") : keyText(key);
  };
}

function rowsOf(report: EarningsReport, currency: string): readonly Row[] {
  const own = (earned: readonly Earned[]) => earned.find((one) => one.currency === currency);
  const rows = report.rows.flatMap(({ key, earned }): Row[] => {
    const amounts = own(earned);
    return amounts === undefined ? [] : [{ key, earned: amounts }];
  });
  const sorted = rows.toSorted((a, b) => compareAmounts(b.earned.totalMinor, a.earned.totalMinor));
  const rest = own(report.rest?.earned ?? []);
  return rest === undefined ? sorted : [...sorted, { key: null, earned: rest }];
}

function compareAmounts(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** The largest, and everything else as one, so that the stack is as high as the total. */
function stackOf(rows: readonly Row[], total: Earned | undefined): readonly Row[] {
  const shown = rows.filter((row) => row.key !== null).slice(0, MOST_STACKED);
  if (total === undefined || shown.length === rows.length) return shown;
  const minor = total.minor.map((all, index) =>
    shown.reduce((left, row) => left - BigInt(row.earned.minor[index] ?? "0"), BigInt(all)).toString(),
  );
  const others = { by: "rest", value: "rest", label: "" };
  return [...shown, { key: others, earned: { ...total, minor } }];
}

interface EarningsTableProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly total: Earned | undefined;
  readonly times: readonly string[];
  readonly timeText: (time: string) => string;
  readonly nameOf: (key: Row["key"]) => string;
}

function EarningsTable({ label, rows, total, times, timeText, nameOf }: EarningsTableProps) {
  const { t } = useTranslation("reporting");
  const money = (earned: Earned | undefined, minor: string | undefined) => (
    <MoneyText money={amount(earned, minor)} signed />
  );
  const columns = times.length > MOST_COLUMNS ? [] : times;
  return (
    <PlainTable
      label={label}
      rows={rows}
      rowId={(row) => row.key?.value ?? "\u0000"}
      columns={[
        {
          id: "name",
          label: t("series"),
          cell: (row) =>
            row.key?.by === "partner" && row.key.value !== "" ? (
              <Go to={`/lines?partnerId=${row.key.value}`} quiet fw={500}>
                {nameOf(row.key)}
              </Go>
            ) : (
              nameOf(row.key)
            ),
          foot: t("total"),
        },
        ...columns.map((time, index) => ({
          id: time,
          label: timeText(time),
          align: "end" as const,
          cell: (row: Row) => money(row.earned, row.earned.minor[index]),
          foot: money(total, total?.minor[index]),
        })),
        {
          id: "total",
          label: t("total"),
          align: "end",
          cell: (row) => money(row.earned, row.earned.totalMinor),
          foot: money(total, total?.totalMinor),
        },
      ]}
    />
  );
}

/** A month without earnings is a dash, so that the others stand out. */
function amount(earned: Earned | undefined, minor: string | undefined): MoneyValue | null {
  if (earned === undefined || minor === undefined || minor === "0") return null;
  return { minor, currency: earned.currency };
}
