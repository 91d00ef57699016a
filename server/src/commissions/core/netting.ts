import type { Match, PlanValue, RevenueShareComponent } from "@tributary/contract";
import { addDays, type Day } from "../../kernel/period.ts";
import type { ComponentRun } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { dimension } from "./match.ts";
import { mondayOf } from "./windows.ts";

type Run = Pick<ComponentRun, "about" | "first" | "last">;

/** Facts that share one balance. */
export interface Group {
  /** Names the balance from month to month. */
  readonly key: string;
  /** For people: `casino`, `DE, casino`; empty when everything is balanced together. */
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly entries: readonly Entry[];
}

/** Entries of a group that are priced alike. */
export interface Part {
  readonly dimensions: Readonly<Record<string, string>>;
  /** A day of the stretch that they fall in, for values that hold from or until a day. */
  readonly day: Day;
  readonly entries: readonly Entry[];
}

/** Splits facts by the values of dimensions; those that say nothing are a group of their own. In the order of their keys. */
export function groupsOf(netting: readonly string[], entries: readonly Entry[], run: Run): Group[] {
  if (netting.length === 0) return entries.length === 0 ? [] : [{ key: "", name: "", dimensions: {}, entries }];
  const groups = new Map<string, { values: readonly string[]; entries: Entry[] }>();
  for (const entry of entries) {
    const about = run.about(entry);
    const values = netting.map((name) => dimension(about, name) ?? "");
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, entries: [] };
    groups.set(key, group);
    group.entries.push(entry);
  }
  return [...groups].sort(byKey).map(([key, group]) => ({
    key,
    name: groupName(key),
    dimensions: Object.fromEntries(netting.map((name, index) => [name, group.values[index] ?? ""])),
    entries: group.entries,
  }));
}

/** What people call a group by its key. */
export function groupName(key: string): string {
  if (!key.startsWith("[")) return "";
  return (JSON.parse(key) as string[]).map((value) => (value === "" ? "–" : value)).join(", ");
}

/** Splits a group where the rate may differ: by the dimensions that it asks about, and on days on which an override begins or ends. */
export function partsOf(group: Group, asked: readonly string[], cuts: readonly Day[], run: Run): Part[] {
  const names = asked.filter((name) => !(name in group.dimensions));
  if (names.length === 0 && cuts.length === 0) {
    return [{ dimensions: group.dimensions, day: run.last, entries: group.entries }];
  }
  const parts = new Map<string, { dimensions: Record<string, string>; day: Day; entries: Entry[] }>();
  for (const entry of group.entries) {
    const about = run.about(entry);
    const values = names.map((name) => dimension(about, name) ?? "");
    const day = cuts.findLast((cut) => cut <= entry.day) ?? run.first;
    const key = JSON.stringify([day, ...values]);
    const said = names.flatMap((name, index) => (values[index] === "" ? [] : [[name, values[index] ?? ""] as const]));
    const part = parts.get(key) ?? {
      dimensions: { ...group.dimensions, ...Object.fromEntries(said) },
      day,
      entries: [],
    };
    parts.set(key, part);
    part.entries.push(entry);
  }
  return [...parts].sort(byKey).map(([, part]) => part);
}

/** Dimensions that the rate of a share, its overrides and its factors look up. */
export function rateDimensions(component: RevenueShareComponent): string[] {
  const values = [component.rate, ...factorsOf(component)];
  const overridden = (component.overrides ?? []).flatMap((one) => [...matchNames(one.only), ...valueNames(one.value)]);
  return [...new Set([...values.flatMap(valueNames), ...overridden])].sort();
}

/** Days of the month on which an override begins to apply or no longer does. */
export function overrideCuts(component: RevenueShareComponent, run: Run): Day[] {
  const values = [component.rate, ...(component.overrides ?? []).map((one) => one.value), ...factorsOf(component)];
  const steps = values.map(stepOf);
  if (steps.includes("day")) return daysAfter(run, 1);
  const days = (component.overrides ?? []).flatMap((one) => [
    ...(one.from === undefined ? [] : [one.from]),
    ...(one.until === undefined ? [] : [addDays(one.until, 1)]),
  ]);
  const mondays = steps.includes("week") ? daysAfter(run, 7) : [];
  return [...new Set([...days, ...mondays].filter((day) => day > run.first && day <= run.last))].sort();
}

function factorsOf(component: RevenueShareComponent): PlanValue[] {
  return (component.factors ?? []).map((one) => one.factor);
}

/** How often within the month a value may become another one by itself. */
function stepOf(value: PlanValue): "day" | "week" | "month" {
  if (typeof value === "string" || "rows" in value) return "month";
  if (value.daily !== undefined) return "day";
  const metrics = "ratio" in value.metric ? value.metric.ratio : [value.metric];
  const periods = metrics.map((one) => ("item" in one ? "current" : one.period));
  return periods.includes("day") ? "day" : periods.includes("week") ? "week" : "month";
}

/** Every day of the month, or every Monday, but the first of the month. */
function daysAfter(run: Run, step: 1 | 7): Day[] {
  const first = step === 7 ? addDays(mondayOf(run.first), 7) : addDays(run.first, 1);
  const days: Day[] = [];
  for (let day = first; day <= run.last; day = addDays(day, step)) days.push(day);
  return days;
}

function valueNames(value: PlanValue): string[] {
  if (typeof value === "string") return [];
  if ("rows" in value) return value.rows.flatMap((row) => matchNames(row.when));
  const metrics = "ratio" in value.metric ? value.metric.ratio : [value.metric];
  const same = metrics.flatMap((one) => ("item" in one ? [] : (one.same ?? [])));
  return [...same, ...value.bands.flatMap((band) => valueNames(band.value))];
}

function matchNames(match: Match | undefined): string[] {
  return Object.keys(match ?? {});
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
