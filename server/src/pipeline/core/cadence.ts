export interface DueReport {
  /** The week or month that is over: `2026-W10`, `2026-03`; sorts by time. */
  readonly period: string;
  /** Months that it tells of; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
}

/** Six months of arrivals make a cohort that can be compared. */
const MONTHS = 6;

/** The report that is due on a day: of the last whole week (Monday to Sunday, ISO 8601) or the last whole month. */
export function dueReport(cadence: "weekly" | "monthly", day: string): DueReport {
  const date = new Date(`${day}T00:00:00Z`);
  if (cadence === "monthly") {
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0));
    return { period: month(last), from: month(shifted(last, 1 - MONTHS)), to: month(shifted(last, 1)) };
  }
  const sunday = new Date(date.getTime() - (date.getUTCDay() === 0 ? 7 : date.getUTCDay()) * 86_400_000);
  return { period: isoWeek(sunday), from: month(shifted(date, 1 - MONTHS)), to: month(shifted(date, 1)) };
}

function month(date: Date): string {
  return date.toISOString().slice(0, 7);
}

function shifted(date: Date, months: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** The week's year is that of its Thursday. */
function isoWeek(sunday: Date): string {
  const thursday = new Date(sunday.getTime() - 3 * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * 86_400_000)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}
