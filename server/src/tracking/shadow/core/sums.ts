import type { Day } from "../../../kernel/period.ts";
import type { Comparison, OurConversion, TheirConversion } from "../contracts.ts";
import type { DayCount } from "./readiness.ts";

/** Sums of one day, partner and currency. `currency` is empty for what has no amount, `partnerId` for nobody's. */
export interface SumRow {
  readonly day: Day;
  readonly partnerId: string;
  readonly currency: string;
  compared: number;
  agreed: number;
  theirs: number;
  ours: number;
  theirMinor: bigint;
  ourMinor: bigint;
}

/**
 * Adds up results by day and partner, and by day. Amounts count on the side that has them, under that side's partner and currency;
 * what is rejected there or reversed here counts nothing. Late conversions are in no sum: nobody can say yet.
 */
export function sumUp(results: readonly Comparison[]): {
  readonly rows: readonly SumRow[];
  readonly days: readonly DayCount[];
} {
  const rows = new Map<string, SumRow>();
  for (const one of results) {
    if (one.class === "late") continue;
    const { theirs, ours } = one;
    const row = rowOf(rows, one.day, one.partnerId, (theirs ?? ours)?.currency ?? "");
    row.compared += 1;
    if (one.class === "agrees") row.agreed += 1;
    if (theirs !== null) addTheirs(rowOf(rows, one.day, one.theirPartnerId, theirs.currency ?? ""), theirs);
    if (ours !== null) addOurs(rowOf(rows, one.day, ours.partnerId, ours.currency ?? ""), ours);
  }
  const sorted = [...rows.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { rows: sorted, days: daysOf(sorted) };
}

function addTheirs(row: SumRow, { status, minor }: TheirConversion): void {
  row.theirs += 1;
  if (status !== "rejected") row.theirMinor += minor ?? 0n;
}

function addOurs(row: SumRow, { counts, minor }: OurConversion): void {
  row.ours += 1;
  if (counts) row.ourMinor += minor ?? 0n;
}

const keyOf = ({ day, partnerId, currency }: SumRow): string => `${day} ${partnerId} ${currency}`;

function rowOf(rows: Map<string, SumRow>, day: Day, partner: string | null, currency: string): SumRow {
  const partnerId = partner ?? "";
  const key = `${day} ${partnerId} ${currency}`;
  let row = rows.get(key);
  if (row === undefined) {
    row = { day, partnerId, currency, compared: 0, agreed: 0, theirs: 0, ours: 0, theirMinor: 0n, ourMinor: 0n };
    rows.set(key, row);
  }
  return row;
}

function daysOf(rows: readonly SumRow[]): DayCount[] {
  const days = new Map<
    Day,
    { day: Day; compared: number; agreed: number; amounts: Map<string, { theirs: bigint; ours: bigint }> }
  >();
  for (const row of rows) {
    let day = days.get(row.day);
    if (day === undefined) {
      day = { day: row.day, compared: 0, agreed: 0, amounts: new Map() };
      days.set(row.day, day);
    }
    day.compared += row.compared;
    day.agreed += row.agreed;
    if (row.currency === "") continue;
    const before = day.amounts.get(row.currency) ?? { theirs: 0n, ours: 0n };
    day.amounts.set(row.currency, { theirs: before.theirs + row.theirMinor, ours: before.ours + row.ourMinor });
  }
  return [...days.values()];
}
