import { type Breakdown, DIMENSIONS, type Dimension, FUNNEL_METRICS, type FunnelMetric } from "@tributary/contract";
import type { QueryParams, QueryValue } from "../api/client.ts";
import type { Address } from "../kit/address.ts";
import { plusDays, rangeOf } from "../kit/day-ranges.ts";

/** Dimensions whose values are ids of records; the API's parameter is `<dimension>Id`. */
const RECORDS: ReadonlySet<Dimension> = new Set<Dimension>(["program", "partner", "offer", "link"]);

/** The API's parameter that narrows a report to values of a dimension. */
export function fieldOf(dimension: Dimension): string {
  return RECORDS.has(dimension) ? `${dimension}Id` : dimension;
}

export function isTime(by: Breakdown): by is "day" | "week" | "month" {
  return by === "day" || by === "week" || by === "month";
}

/** Ratios are named after what they lead from and to. */
export function isShare(metric: FunnelMetric): boolean {
  return metric.includes("To");
}

/** The period that the address says, else the last thirty days. */
export function periodOf(address: Address, today: string): { readonly from: string; readonly to: string } {
  const [first, end] = rangeOf("last30", today);
  return { from: address.from ?? first, to: address.to ?? end };
}

/** What the address narrows a report to, as the API takes it. Texts are one value each: a comma belongs to them. */
export function narrowingOf(address: Address): QueryParams {
  const narrowed = DIMENSIONS.flatMap((dimension): [string, QueryValue][] => {
    const value = address[fieldOf(dimension)];
    if (value === undefined || value === "") return [];
    return [[fieldOf(dimension), RECORDS.has(dimension) ? value : { each: [value] }]];
  });
  return Object.fromEntries(narrowed);
}

export interface FunnelQuestion {
  readonly from: string;
  readonly to: string;
  readonly by: Breakdown;
  readonly second: Breakdown | null;
  readonly basis: "happened" | "cohort";
  readonly compare: "none" | "previous";
  readonly sort: FunnelMetric;
  readonly descending: boolean;
  /** The order was asked for; days otherwise stand in their own. */
  readonly sorted: boolean;
  /** What the picture shows. */
  readonly metric: FunnelMetric;
}

const BREAKDOWNS: readonly string[] = [...DIMENSIONS, "day", "week", "month"];

function metricOf(text: string | undefined): FunnelMetric | undefined {
  return FUNNEL_METRICS.find((metric) => metric === text);
}

/** The question that the funnel report's address asks; what it does not say, or says wrongly, is the usual. */
export function funnelQuestionOf(address: Address, today: string): FunnelQuestion {
  const known = (text: string | undefined) => (BREAKDOWNS.includes(text ?? "") ? (text as Breakdown) : undefined);
  const by = known(address.by) ?? "partner";
  const second = known(address.second);
  const sort = metricOf(address.sort?.replace(/^-/, ""));
  return {
    ...periodOf(address, today),
    by,
    second: second === undefined || second === by ? null : second,
    basis: address.basis === "cohort" ? "cohort" : "happened",
    compare: address.compare === "none" ? "none" : "previous",
    sort: sort ?? "clicks",
    descending: !(sort !== undefined && address.sort?.startsWith("-") === false),
    sorted: sort !== undefined,
    metric: metricOf(address.metric) ?? sort ?? "clicks",
  };
}

/** Rows that are shown; the server sums up the rest. Days are all shown, whatever the order. */
const TOP = 100;
const TOP_TIMES = 1000;

export function funnelQueryOf(question: FunnelQuestion, narrowing: QueryParams): QueryParams {
  const { from, to, by, second, basis, compare, sort } = question;
  const order = question.descending ? "desc" : "asc";
  const top = isTime(by) ? TOP_TIMES : TOP;
  return { ...narrowing, from, to, by: second === null ? by : [by, second], basis, compare, sort, order, top };
}

/** What people ask next about one value of a dimension. */
const NEXT: Readonly<Partial<Record<Breakdown, Breakdown>>> = {
  program: "partner",
  partner: "offer",
  offer: "sub1",
  link: "sub1",
  landing: "country",
  country: "partner",
  device: "os",
  os: "browser",
  browser: "partner",
  language: "partner",
  source: "sub1",
  creative: "partner",
  referrer: "partner",
  sub1: "sub2",
  sub2: "sub3",
  sub3: "sub4",
};

/** The address of the same report inside one group: narrowed to it and broken down by what comes next. */
export function insideGroup(
  key: { readonly by: Breakdown; readonly value: string },
  question: FunnelQuestion,
): Address {
  const others = [question.by, question.second].filter((by) => by !== null && by !== key.by);
  const by = others[0] ?? NEXT[key.by] ?? "partner";
  const narrowed = isTime(key.by) ? timeOf(key.by, key.value, question) : { [fieldOf(key.by)]: key.value };
  return { ...narrowed, by, second: undefined };
}

function timeOf(by: "day" | "week" | "month", first: string, period: { readonly from: string; readonly to: string }) {
  const end = by === "month" ? rangeOf("thisMonth", first)[1] : plusDays(first, by === "week" ? 7 : 1);
  // the first and last week or month of a report may be cut; days as text sort as days
  const [from = first] = [first, period.from].sort().slice(1);
  const [to = end] = [end, period.to].sort();
  return { from, to };
}
