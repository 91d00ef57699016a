/**
 * Who may come: the conditions of an offer, a link or an option of a smart link, prepared once so that a click only looks up.
 */
import type { TargetDimension } from "@tributary/contract";
import type { WallTime } from "./zone-clock.ts";

/** What is known of whoever clicks. */
export interface Visit {
  readonly country: string | undefined;
  readonly device: string;
  readonly os: string | undefined;
  readonly browser: string | undefined;
  readonly language: string | undefined;
  readonly source: string | undefined;
  readonly wallTime: () => WallTime;
}

export type TargetCheck = (visit: Visit) => TargetDimension | undefined;

interface Lists {
  readonly is?: readonly string[];
  readonly isNot?: readonly string[];
}

interface Window {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

type ListDimension = Exclude<TargetDimension, "schedule">;
const LISTS: readonly ListDimension[] = ["country", "device", "os", "browser", "language", "source"];

/**
 * Prepares conditions as they are stored (`Targeting` of the contract; what is left out asks nothing).
 * @returns undefined when everybody may come; otherwise a check that names the first condition that does not hold
 */
export function prepareTargeting(stored: unknown): TargetCheck | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const given = stored as Readonly<Partial<Record<ListDimension, Lists>> & { schedule?: readonly Window[] }>;
  const checks: TargetCheck[] = [];
  for (const dimension of LISTS) {
    const check = listCheck(dimension, given[dimension]);
    if (check !== undefined) checks.push(check);
  }
  const windows = (given.schedule ?? []).map(prepareWindow);
  if (windows.length > 0)
    checks.push((visit) => (windows.some((open) => open(visit.wallTime())) ? undefined : "schedule"));
  if (checks.length === 0) return undefined;
  return (visit) => {
    for (const check of checks) {
      const failed = check(visit);
      if (failed !== undefined) return failed;
    }
    return undefined;
  };
}

function listCheck(dimension: ListDimension, lists: Lists | undefined): TargetCheck | undefined {
  const wanted = new Set((lists?.is ?? []).map(lower));
  const unwanted = new Set((lists?.isNot ?? []).map(lower));
  if (wanted.size + unwanted.size === 0) return undefined;
  return (visit) => {
    const value = visit[dimension]?.toLowerCase();
    // Whoever cannot be told is not among those who are named, neither the wanted nor the unwanted.
    if (value === undefined) return wanted.size > 0 ? dimension : undefined;
    if (wanted.size > 0 && !names(wanted, dimension, value)) return dimension;
    return names(unwanted, dimension, value) ? dimension : undefined;
  };
}

/** `es` names `es-mx` too. */
function names(set: ReadonlySet<string>, dimension: ListDimension, value: string): boolean {
  if (set.has(value)) return true;
  const dash = dimension === "language" ? value.indexOf("-") : -1;
  return dash > 0 && set.has(value.slice(0, dash));
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** A window that ends not later than it begins goes on into the next day. */
function prepareWindow({ days, from, to }: Window): (time: WallTime) => boolean {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const begins = new Set(days);
  if (end > begin) return ({ weekday, minute }) => begins.has(weekday) && minute >= begin && minute < end;
  return ({ weekday, minute }) =>
    (begins.has(weekday) && minute >= begin) || (begins.has(weekday === 1 ? 7 : weekday - 1) && minute < end);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
