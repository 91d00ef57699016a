import type { ClicksReport, EarningsReport, FunnelReport, IntakeRow } from "@tributary/contract";
import { type CsvValue, csvFile } from "../kernel/csv.ts";
import { currency, formatMoney } from "../kernel/money.ts";

const FIGURES = ["impressions", "clicks", "uncounted", "registrations", "kyc", "ftds", "secondDeposits"] as const;
const RATIOS = [
  "clickToRegistration",
  "registrationToKyc",
  "registrationToFtd",
  "clickToFtd",
  "ftdToSecondDeposit",
] as const;

/** The funnel's rows as a file: for records both id and name, one column of first deposits per currency. */
export function funnelCsv(report: FunnelReport): string {
  const currencies = report.totals.figures.ftdAmounts.map((amount) => amount.currency);
  const by = report.rows[0]?.keys.map((key) => key.by) ?? [];
  const header = [
    ...by.flatMap((name) => [name, `${name} name`]),
    ...FIGURES,
    ...currencies.map((code) => `first deposits ${code}`),
    ...RATIOS,
  ];
  const rows = report.rows.map(({ keys, figures }): CsvValue[] => [
    ...keys.flatMap((key) => [key.value, key.label]),
    ...FIGURES.map((name) => figures[name]),
    ...currencies.map((code) => {
      const amount = figures.ftdAmounts.find((one) => one.currency === code);
      return amount ? whole(amount.minor, code) : "0";
    }),
    ...RATIOS.map((name) => figures[name]),
  ]);
  return csvFile(header, rows);
}

export function clicksCsv(report: ClicksReport): string {
  const rows = report.series.flatMap((series) =>
    report.times.map((time, index): CsvValue[] => [
      time,
      series.key === null ? "" : series.key.value,
      series.key === null ? "" : series.key.label,
      series.clicks[index] ?? 0,
      series.uncounted[index] ?? 0,
      series.impressions[index] ?? 0,
    ]),
  );
  return csvFile(["time", "series", "name", "clicks", "uncounted", "impressions"], rows);
}

export function earningsCsv(report: EarningsReport): string {
  const rows = report.rows.flatMap(({ key, earned }) =>
    earned.flatMap((amounts) =>
      report.times.map((time, index): CsvValue[] => [
        key.value,
        key.label,
        time,
        whole(amounts.minor[index] ?? "0", amounts.currency),
        amounts.currency,
      ]),
    ),
  );
  return csvFile(["key", "name", "time", "amount", "currency"], rows);
}

const INTAKE = [
  "at",
  "id",
  "kind",
  "door",
  "fate",
  "reason",
  "detail",
  "programId",
  "partnerId",
  "sourceId",
  "type",
] as const;
const INTAKE_MORE = ["externalId", "customerRef", "clickId", "eventId"] as const;

export function intakeCsv(rows: readonly IntakeRow[]): string {
  const lines = rows.map((row): CsvValue[] => [
    ...INTAKE.map((name) => row[name]),
    ...INTAKE_MORE.map((name) => row[name]),
    JSON.stringify(row.params),
  ]);
  return csvFile([...INTAKE, ...INTAKE_MORE, "params"], lines);
}

/** `1234.50`: whole units of the currency, a plain number for a spreadsheet. */
function whole(minor: string, code: string): string {
  return formatMoney({ minor: BigInt(minor), currency: currency(code) }).split(" ")[0] ?? "";
}
