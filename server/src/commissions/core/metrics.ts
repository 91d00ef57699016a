import type { Base, Metric, MetricCondition, MetricPeriod, OneMetric, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, divide, formatDecimal, negate, ZERO } from "../../kernel/decimal.ts";
import { addDays, addMonths, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import { clicksOf } from "./clicks.ts";
import type { Reading } from "./component-run.ts";
import type { Customer, Entry, Stated } from "./entries.ts";
import { measuresOf } from "./exchange.ts";
import { type About, dimension, matches } from "./match.ts";
import { fits, isOnDays } from "./narrow.ts";
import { countedPart, weigh } from "./trades.ts";
import { mondayOf } from "./windows.ts";

/** Decimals of an average or a ratio. */
const PLACES = 12;
const BEGINNING: Day = "0001-01-01";

export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

/** Where metrics get their numbers from; everything is the partner's, whichever terms its customers are on. */
export interface MetricSource {
  readonly partnerId: string;
  /** The component that asks: whose qualification is meant when none is named. */
  readonly component: string | null;
  readonly stated: readonly Stated[];
  readonly partner: Readonly<Record<string, string>>;
  /** Own customers, those of sub-partners, or both; with the other programs' where asked. */
  customers(subPartners: OneScope["subPartners"], programs: OneScope["programs"]): readonly Customer[];
  /** Entries of some days of the same people. */
  entries(range: DayRange, subPartners: OneScope["subPartners"], programs: OneScope["programs"]): readonly Entry[];
  traffic(range: DayRange): readonly Entry[];
  aboutEntry(entry: Entry): About;
  aboutCustomer(customer: Customer): About;
  /** An entry's measure or quantity in the plan's currency. */
  value(entry: Entry, name: string): Decimal;
  /** By the plan's rule; zero when there is none. */
  firstDeposit(customer: Customer): Decimal;
  /** Day of a milestone; of a first deposit by the plan's rule. */
  milestone(customer: Customer, name: string): Day | null;
  qualifiedOn(customer: Customer, component: string): Day | null;
  isActive(customer: Customer, range: DayRange): boolean;
  base(base: string | Base, entries: readonly Entry[], month: Month): Decimal;
  commission(components: "all" | readonly string[], month: Month): Decimal;
  /** Direct sub-partners under the partner on any of the days. */
  subPartners(range: DayRange): number;
}

type OneScope = Extract<OneMetric, { sum: string }>;
type Scoped = Exclude<OneMetric, { item: string }>;

/** From where a metric is looked at, where that is not the whole month. */
export interface Seen {
  /** The day of the thing that is paid for. */
  readonly day?: Day;
  /** The last day that counts: tiers that move by day. */
  readonly upTo?: Day;
}

/** Whether a metric may come out otherwise for every single thing that is paid for. */
export function looksAtThings(metric: Metric): boolean {
  return ("ratio" in metric ? metric.ratio : [metric]).some(
    (one) => !("item" in one) && (one.same !== undefined || one.period === "day" || one.period === "week"),
  );
}

/** Things with the same key read the same value. */
export function seenKey(metric: Metric, about: About | undefined, seen: Seen): string {
  const parts = ("ratio" in metric ? metric.ratio : [metric]).map((one) => {
    if ("item" in one) return "";
    const day = seen.upTo ?? seen.day ?? "";
    const when = one.period === "day" ? day : one.period === "week" && day !== "" ? weekOf(day).first : "";
    return JSON.stringify([
      when,
      ...(one.same ?? []).map((name) => (about === undefined ? null : dimension(about, name))),
    ]);
  });
  return [seen.upTo ?? "", ...parts].join(" ");
}

/** The value of a metric for the month that is calculated. @param about the single thing, for `item` metrics and those of its own kind (`same`) */
export function readMetric(
  source: MetricSource,
  metric: Metric,
  month: Month,
  about?: About,
  seen: Seen = {},
): Reading {
  if ("ratio" in metric) {
    const [over, under] = metric.ratio.map((one) => readMetric(source, one, month, about, seen));
    const name = metric.name ?? `${over?.name}/${under?.name}`;
    const stated = statedFor(source, name, month);
    if (stated !== undefined) return { value: stated, name, steps: [] };
    const value =
      over === undefined || under === undefined || under.value.units === 0n
        ? ZERO
        : divide(over.value, under.value, PLACES);
    const arithmetic = `${formatDecimal(over?.value ?? ZERO)} ÷ ${formatDecimal(under?.value ?? ZERO)}`;
    const step = { code: "metric", values: { metric: name, arithmetic, value: formatDecimal(value) } };
    return { value, name, steps: [step] };
  }
  if ("item" in metric) return { value: itemValue(source, metric.item, about), name: metric.item, steps: [] };
  return scoped(alike(source, metric, about), metric, month, seen);
}

/** Whether conditions about the month hold, and how each came out. */
export function holds(
  source: MetricSource,
  condition: MetricCondition,
  month: Month,
): { readonly holds: boolean; readonly steps: readonly WorkingStep[] } {
  if ("all" in condition || "any" in condition) {
    const parts = ("all" in condition ? condition.all : condition.any).map((one) => holds(source, one, month));
    const result = "all" in condition ? parts.every((one) => one.holds) : parts.some((one) => one.holds);
    return { holds: result, steps: parts.flatMap((one) => one.steps) };
  }
  const reading = readMetric(source, condition.metric, month);
  // The sign that is asked for, the one that is true when it does not hold, and which it is.
  const tests: readonly (readonly [string, string, string | undefined, (order: number) => boolean])[] = [
    ["≥", "<", condition.atLeast, (order) => order >= 0],
    [">", "≤", condition.moreThan, (order) => order > 0],
    ["≤", ">", condition.atMost, (order) => order <= 0],
    ["<", "≥", condition.lessThan, (order) => order < 0],
  ];
  const asked = tests.flatMap(([sign, otherwise, bound, test]) => {
    if (bound === undefined) return [];
    const fits = test(compare(reading.value, decimal(bound)));
    return [{ fits, sign: fits ? sign : otherwise, bound }];
  });
  const result = asked.every((one) => one.fits);
  const value = formatDecimal(reading.value);
  const arithmetic = asked.map(({ sign, bound }) => `${value} ${sign} ${bound}`).join(", ");
  const step = { code: "gate_metric", values: { metric: reading.name, arithmetic, value, held: String(result) } };
  return { holds: result, steps: [...reading.steps, step] };
}

function itemValue(source: MetricSource, name: string, about: About | undefined): Decimal {
  const entry = about?.entry;
  if (name === "first_deposit" && about?.customer !== undefined) return source.firstDeposit(about.customer);
  if (entry === undefined) return ZERO;
  if (name === "worth" && about?.worth !== undefined) return about.worth;
  if (name !== "amount") return source.value(entry, name);
  // An order's amount is its one measure, or the one that is called like its type.
  const measure = entry.measures[entry.type] === undefined ? Object.keys(entry.measures)[0] : entry.type;
  return measure === undefined ? ZERO : source.value(entry, measure);
}

/** The same source, narrowed to what a metric asks about: the days of the month, and what is of the same kind as the thing that is paid for. */
function alike(source: MetricSource, metric: Scoped, about: About | undefined): MetricSource {
  const { same, monthDays, where } = metric;
  if (same === undefined && monthDays === undefined && where === undefined) return source;
  const wanted = (same ?? []).map((name) => [name, about === undefined ? undefined : dimension(about, name)] as const);
  const isSame = (one: About) => wanted.every(([name, value]) => dimension(one, name) === value);
  const isMeant = (entry: Entry) => isOnDays(entry.day, monthDays) && isSame(source.aboutEntry(entry));
  const onDays = (day: Day | null) => (day !== null && isOnDays(day, monthDays) ? day : null);
  return {
    ...source,
    customers: (subPartners, programs) =>
      source
        .customers(subPartners, programs)
        .filter((customer) => isSame(source.aboutCustomer(customer)))
        .map((one) => (monthDays === undefined ? one : { ...one, entries: one.entries.filter(isMeant) })),
    entries: (range, subPartners, programs) =>
      source
        .entries(range, subPartners, programs)
        .filter((entry) => isMeant(entry) && fits(entry, where, (one, name) => source.value(one, name))),
    traffic: (range) => source.traffic(range).filter(isMeant),
    milestone: (customer, name) => onDays(source.milestone(customer, name)),
    qualifiedOn: (customer, component) => onDays(source.qualifiedOn(customer, component)),
  };
}

function weekOf(day: Day): DayRange {
  const [monday, month] = [mondayOf(day), monthOf(day)];
  const sunday = addDays(monday, 6);
  const [, first = month] = [monday, month].sort();
  const [last = sunday] = [sunday, lastDay(month)].sort();
  return { first, last };
}

function scoped(source: MetricSource, metric: Scoped, month: Month, seen: Seen): Reading {
  const name = metric.name ?? defaultName(metric);
  const period = metric.period;
  const last = seen.upTo ?? lastDay(month);
  if (seen.upTo !== undefined) {
    const told = source.stated.find((one) => one.name === name && one.day === seen.upTo);
    if (told !== undefined) return reading(name, told.value, seen.upTo);
  }
  if (period === "day" || period === "week") {
    const day = seen.upTo ?? seen.day ?? last;
    const whole = period === "day" ? { first: day, last: day } : weekOf(day);
    const range = seen.upTo !== undefined && whole.last > seen.upTo ? { first: whole.first, last: seen.upTo } : whole;
    return reading(name, inRange(source, metric, range, month), range.first);
  }
  if (typeof period === "object" && "days" in period) {
    const value =
      statedFor(source, name, month) ?? inRange(source, metric, { first: addDays(last, 1 - period.days), last }, month);
    return reading(name, value, `${period.days} d`);
  }
  if (period === "lifetime") return reading(name, lifetime(source, metric, name, month, last), "");
  // What glides is seen from the day itself: on the first of a month the month before is its newest.
  const rolls = typeof period === "object" && period.ending === "current";
  const newest = rolls ? monthOf(last) : month;
  const months = monthsOf(period, newest);
  const values = months.map((one) => ofMonth(source, metric, name, one, one === newest ? last : lastDay(one)));
  const value = taken(period, values);
  const shown = months.length === 1 ? (months[0]?.slice(0, 7) ?? "") : values.map(formatDecimal).join(", ");
  return reading(name, value, shown);
}

function reading(name: string, value: Decimal, from: string): Reading {
  const step = { code: "metric", values: { metric: name, arithmetic: from, value: formatDecimal(value) } };
  return { value, name, steps: [step] };
}

function defaultName(metric: Scoped): string {
  if ("count" in metric) return metric.count;
  if ("sum" in metric) return metric.sum;
  if ("base" in metric) return metric.base;
  if ("commission" in metric) return "commission";
  return metric.stated;
}

function monthsOf(period: Exclude<MetricPeriod, { days: number } | "day" | "week">, month: Month): Month[] {
  if (typeof period === "object") {
    const end = period.ending === "current" ? month : addMonths(month, -1);
    return Array.from({ length: period.months }, (_, index) => addMonths(end, index - period.months + 1));
  }
  if (period === "current" || period === "lifetime") return [month];
  if (period === "last_closed") return [addMonths(month, -1)];
  if (period === "same_month_last_year") return [addMonths(month, -12)];
  const number = Number(month.slice(5, 7));
  const back = period === "year" ? number - 1 : (number - 1) % 3;
  if (period === "last_quarter") return [3, 2, 1].map((before) => addMonths(month, -back - before));
  return Array.from({ length: back + 1 }, (_, index) => addMonths(month, index - back));
}

function taken(period: MetricPeriod, values: readonly Decimal[]): Decimal {
  const sum = values.reduce(add, ZERO);
  if (typeof period !== "object" || "days" in period) return sum;
  const order = values.toSorted(compare);
  switch (period.take) {
    case "sum":
      return sum;
    case "average":
      return divide(sum, decimal(values.length), PLACES);
    case "lowest":
      return order[0] ?? ZERO;
    case "highest":
      return order.at(-1) ?? ZERO;
  }
}

function statedFor(source: MetricSource, name: string, month: Month): Decimal | undefined {
  return source.stated.find((one) => one.name === name && one.month === month && one.day === undefined)?.value;
}

/** Of one month: what is stated goes before what the facts say. */
function ofMonth(source: MetricSource, metric: Scoped, name: string, month: Month, last: Day): Decimal {
  return statedFor(source, name, month) ?? inRange(source, metric, { first: month, last }, month);
}

/** Everything up to the month; months with a stated value count at that. */
function lifetime(source: MetricSource, metric: Scoped, name: string, month: Month, last: Day): Decimal {
  const stated = source.stated.filter((one) => one.name === name && one.month <= month && one.day === undefined);
  const whole = inRange(source, metric, { first: BEGINNING, last }, month);
  return stated.reduce((sum, one) => {
    const computed = inRange(source, metric, { first: one.month, last: lastDay(one.month) }, one.month);
    return add(sum, add(one.value, negate(computed)));
  }, whole);
}

function inRange(source: MetricSource, metric: Scoped, range: DayRange, month: Month): Decimal {
  if ("stated" in metric) return ZERO;
  if ("count" in metric) return decimal(counted(source, metric, range));
  if ("commission" in metric) return range.first === BEGINNING ? ZERO : source.commission(metric.commission, month);
  const entries = source
    .entries(range, metric.subPartners, metric.programs)
    .filter((entry) => matches(source.aboutEntry(entry), metric.only));
  if ("base" in metric) return source.base(metric.base, entries, month);
  return measuresOf(metric.sum)
    .map(([sign, name]) => {
      const sum = entries.map((entry) => partOf(metric, entry, source.value(entry, name))).reduce(add, ZERO);
      return sign === 1 ? sum : negate(sum);
    })
    .reduce(add);
}

/** The part of an entry's value that the metric counts. */
function partOf(metric: Pick<OneScope, "trades">, entry: Entry, value: Decimal): Decimal {
  const counted = countedPart(entry, metric.trades);
  return counted === null ? ZERO : weigh(value, counted);
}

function counted(source: MetricSource, metric: Extract<Scoped, { count: string }>, range: DayRange): number {
  const { count, only } = metric;
  if (count === "sub_partners") return source.subPartners(range);
  if (count === "clicks" || count === "unique_clicks" || count === "impressions")
    return trafficOf(source, metric, range);
  const people = () =>
    source
      .customers(metric.subPartners, metric.programs)
      .filter((customer) => matches(source.aboutCustomer(customer), only));
  const within = (day: Day | null) => day !== null && day >= range.first && day <= range.last;
  switch (count) {
    case "registrations":
      return people().filter((customer) => within(source.milestone(customer, "registration"))).length;
    case "first_deposits":
      return people().filter((customer) => within(source.milestone(customer, "first_deposit"))).length;
    case "qualified":
      return people().filter((customer) =>
        within(source.qualifiedOn(customer, metric.component ?? source.component ?? "")),
      ).length;
    case "active_customers":
      return people().filter((customer) => source.isActive(customer, range)).length;
    case "customers":
      return people().filter((customer) => customer.entries.some((entry) => within(entry.day))).length;
    default:
      return eventsOf(source, metric, range);
  }
}

function eventsOf(source: MetricSource, metric: Extract<Scoped, { count: string }>, range: DayRange): number {
  return source
    .entries(range, metric.subPartners, metric.programs)
    .filter(
      (entry) =>
        entry.type === metric.count &&
        countedPart(entry, metric.trades) !== null &&
        matches(source.aboutEntry(entry), metric.only),
    )
    .reduce((sum, entry) => sum + entry.count, 0);
}

function trafficOf(source: MetricSource, metric: Extract<Scoped, { count: string }>, range: DayRange): number {
  const entries = source.traffic(range).filter((entry) => matches(source.aboutEntry(entry), metric.only));
  if (metric.count === "clicks" || metric.count === "unique_clicks")
    return Number(formatDecimal(clicksOf(entries, metric.count)));
  return entries.filter((entry) => entry.type === "impression").reduce((total, entry) => total + entry.count, 0);
}

/** The calendar months that a metric looks at, for loaders: how far back facts have to reach. */
export function earliestMonth(metric: Metric, month: Month): Month {
  if ("item" in metric) return month;
  if ("ratio" in metric) return metric.ratio.map((one) => earliestMonth(one, month)).sort()[0] ?? month;
  const { period } = metric;
  if (period === "lifetime") return BEGINNING;
  if (period === "day" || period === "week") return month;
  // Seen from the first day of a month a window of days begins that much earlier.
  if (typeof period === "object" && "days" in period) return monthOf(addDays(month, -period.days));
  return monthsOf(period, month)[0] ?? month;
}
