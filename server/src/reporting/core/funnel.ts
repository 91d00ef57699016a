import type { Breakdown, FunnelMetric } from "@tributary/contract";
import { addDays, type Day } from "../../kernel/period.ts";
import { columnOf, type Filters, filterConditions, isTime, timeOf } from "./dimensions.ts";
import { sortExpression } from "./metrics.ts";

export interface FunnelQuestion {
  readonly from: Day;
  /** exclusive */
  readonly to: Day;
  readonly basis: "happened" | "cohort";
  readonly by: readonly Breakdown[];
  readonly filters: Filters;
  readonly compare: boolean;
  readonly sort: FunnelMetric;
  readonly descending: boolean;
  /** Groups that get a row of their own. */
  readonly top: number;
  /** Currencies of first deposits: each has a sum of its own. Amounts in any other come in `ftdOther`. */
  readonly currencies: readonly string[];
}

/** A query for the one place that asks ClickHouse: `{{scope}}` stands where what the asker may see is put in. */
export interface Query {
  readonly sql: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Days of a half-open range. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** First day of the equally long range before. */
export function previousFrom(from: Day, to: Day): Day {
  return addDays(from, -daysBetween(from, to));
}

const COUNTED = ["impressions", "clicks", "uncounted", "registrations", "kyc", "ftds", "secondDeposits"] as const;

function sumsOf(question: FunnelQuestion): string[] {
  return [...COUNTED, ...question.currencies.map((_, index) => `ftd${index}`), "ftdOther"];
}

/**
 * The funnel in one query: clicks and customers are grouped on their own, added up per group, ranked; what ranks after `top`
 * becomes one row. The day is grouped by only where days or the comparison need it, so that ClickHouse can answer from the
 * smallest roll-up. (Names of columns win over names given in the same select: the asking place says so.)
 */
export function funnelQuery(question: FunnelQuestion): Query {
  const { conditions, params } = filterConditions(question.filters);
  const parts = [
    impressionsPart(question, conditions),
    clicksPart(question, conditions),
    customersPart(question, conditions),
  ].join("\n  union all\n  ");
  const keys = question.by.map((_, index) => `k${index}`);
  const groups = `select ${[...outerKeys(question), ...pivoted(question)].join(", ")}
  from (${parts}) as part${groupedBy(keys)}`;
  const ranking = [
    `${sortExpression(question.sort)} ${question.descending ? "desc" : "asc"} nulls last`,
    ...(question.sort === "clicks" ? [] : ["clicks desc"]),
    ...keys,
  ];
  const ranked = `select *, row_number() over (order by ${ranking.join(", ")}) as place from (${groups}) as grouped`;
  const sums = sumsOf(question);
  const columns = [
    ...keys.map((key) => `if(place > {top:UInt32}, '', ${key}) as ${key.replace("k", "key")}`),
    "place > {top:UInt32} as is_rest",
    "min(place) as first_place",
    "count() as groups",
    ...[...sums, ...(question.compare ? sums.map((name) => `${name}_before`) : [])].map(
      (name) => `sum(${name}) as ${name}`,
    ),
  ];
  return {
    sql: `select ${columns.join(", ")}
from (${ranked}) as ranked
group by ${[...keys.map((key) => key.replace("k", "key")), "is_rest"].join(", ")}
order by first_place`,
    params: {
      ...params,
      from: question.from,
      to: question.to,
      start: question.compare ? previousFrom(question.from, question.to) : question.from,
      ...(question.compare ? { shift: daysBetween(question.from, question.to) } : {}),
      top: question.top,
      currencies: question.currencies,
    },
  };
}

function groupedBy(keys: readonly string[]): string {
  return keys.length > 0 ? ` group by ${keys.join(", ")}` : "";
}

/** The sums of the days asked for and, beside them, of the days before. */
function pivoted(question: FunnelQuestion): string[] {
  const sums = sumsOf(question);
  if (!question.compare) return sums.map((name) => `sum(${name}) as ${name}`);
  return [
    ...sums.map((name) => `sumIf(${name}, now) as ${name}`),
    ...sums.map((name) => `sumIf(${name}, not now) as ${name}_before`),
  ];
}

/** Days of the period before are laid over the days of the period asked for. */
function timeKey(by: "day" | "week" | "month", day: string, compare: boolean): string {
  return timeOf(by, compare ? `if(${day} >= {from:Date}, ${day}, ${day} + {shift:Int32})` : day);
}

function outerKeys(question: FunnelQuestion): string[] {
  return question.by.map((by, index) => (isTime(by) ? `toString(k${index}) as k${index}` : `k${index}`));
}

/** What a part selects and groups by; with a comparison also which of the two periods it belongs to. */
function innerKeys(question: FunnelQuestion, day: string): { select: string[]; group: string } {
  const keys = question.by.map((by) => (isTime(by) ? timeKey(by, day, question.compare) : `toString(${columnOf(by)})`));
  if (question.compare) keys.push(`${day} >= {from:Date}`);
  const names = question.by.map((_, index) => `k${index}`);
  if (question.compare) names.push("now");
  return { select: keys.map((key, index) => `${key} as ${names[index]}`), group: groupedBy(names) };
}

/** What a part of clicks or impressions counts, and nothing of the rest: in the order of all sums. */
function trafficColumns(question: FunnelQuestion, counts: Readonly<Record<string, string>>): string[] {
  return sumsOf(question).map(
    (name) =>
      `${counts[name] ?? (name.startsWith("ftd") && name !== "ftds" ? "toInt64(0)" : "toUInt64(0)")} as ${name}`,
  );
}

function impressionsPart(question: FunnelQuestion, filters: readonly string[]): string {
  const keys = innerKeys(question, "day");
  const columns = [...keys.select, ...trafficColumns(question, { impressions: "countIf(verdict = 'impression')" })];
  const where = ["{{scope}}", "day >= {start:Date}", "day < {to:Date}", ...filters];
  return `select ${columns.join(", ")} from impressions where ${where.join(" and ")}${keys.group}`;
}

function clicksPart(question: FunnelQuestion, filters: readonly string[]): string {
  const keys = innerKeys(question, "day");
  const columns = [
    ...keys.select,
    ...trafficColumns(question, {
      clicks: "countIf(verdict = 'click')",
      uncounted: "toUInt64(count() - countIf(verdict = 'click'))",
    }),
  ];
  const where = ["{{scope}}", "day >= {start:Date}", "day < {to:Date}", ...filters];
  return `select ${columns.join(", ")} from clicks where ${where.join(" and ")}${keys.group}`;
}

const STAGES = ["registered_day", "kyc_day", "ftd_day", "second_deposit_day"] as const;

/**
 * By cohort a customer's stages all lie on the day of its click; as they happened, each lies on its own day. Only where the
 * answer hangs on that day is each customer looked at once per stage.
 */
function customersPart(question: FunnelQuestion, filters: readonly string[]): string {
  const perStage = question.basis === "happened" && (question.compare || question.by.some(isTime));
  const keys = innerKeys(question, perStage ? "stage.2" : "cohort_day");
  const within = (day: string): string => `${day} >= {start:Date} and ${day} < {to:Date}`;
  const reached = STAGES.map((day, index) =>
    perStage ? `stage.1 = ${index}` : question.basis === "cohort" ? `${day} > toDate(0)` : within(day),
  );
  const amounts = question.currencies.map(
    (_, index) =>
      `sumIf(ftd_minor, ${reached[2]} and ftd_currency = {currencies:Array(String)}[${index + 1}]) as ftd${index}`,
  );
  const columns = [
    ...keys.select,
    ...COUNTED.slice(0, 3).map((name) => `toUInt64(0) as ${name}`),
    ...COUNTED.slice(3).map((name, index) => `countIf(${reached[index]}) as ${name}`),
    ...amounts,
    `sumIf(ftd_minor, ${reached[2]} and ftd_currency not in {currencies:Array(String)}) as ftdOther`,
  ];
  const stages = STAGES.map((day, index) => `(toUInt8(${index}), ${day})`).join(", ");
  const source = perStage ? `customers final array join [${stages}] as stage` : "customers final";
  const days = perStage
    ? within("stage.2")
    : question.basis === "cohort"
      ? within("cohort_day")
      : `(${STAGES.map((day) => `(${within(day)})`).join(" or ")})`;
  const where = ["{{scope}}", days, ...filters];
  return `select ${columns.join(", ")} from ${source} where ${where.join(" and ")}${keys.group}`;
}
