import type {
  Condition,
  MonthDays,
  PlanDocument,
  Qualification,
  Threshold,
  Window,
  WorkingConversion,
} from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  multiply,
  negate,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import { lastDay, monthOf } from "../../kernel/period.ts";
import type { Customer, Entry, Reached } from "./entries.ts";
import { ConversionLog, type Exchange, measuresOf } from "./exchange.ts";
import { firstDepositOf } from "./first-deposit.ts";
import { matches } from "./match.ts";
import { fits, isOnDays } from "./narrow.ts";
import { countedPart, weigh } from "./trades.ts";
import { isBy, type WindowEnd, windowEnd } from "./windows.ts";

/** One condition of the tree, tried on one customer. */
export interface Tried {
  readonly path: string;
  readonly condition: Condition;
  /** When it first held inside its windows; null: never. */
  readonly met: Reached | null;
  /** Last day on which it could count; null: no end. */
  readonly until: string | null;
  /** What was there against what was asked, in the plan's currency. */
  readonly found: string;
  readonly asked: string;
  /** Why it did not hold. */
  readonly missed: "not_reached" | "too_late" | "window_not_started" | "attribute" | null;
  readonly conversions: readonly WorkingConversion[];
}

export interface QualifiedBy {
  readonly met: Reached | null;
  readonly tried: readonly Tried[];
}

export interface Question {
  readonly plan: PlanDocument;
  readonly exchange: Exchange;
  readonly window: Window | "none";
  readonly customer: Customer;
  readonly partner: Readonly<Record<string, string>>;
  /** What the component would pay, for conditions that compare with it. */
  readonly amount?: Decimal;
  /** Only facts of these days are looked at (an active customer of a month). */
  readonly between?: { readonly first: string; readonly last: string };
}

/** An attribute holds from the beginning: it never decides the day. */
const ALWAYS: Reached = { day: "0001-01-01", at: null };

/**
 * When a tree of conditions first holds for a customer. Every condition, once met, stays met (unless it says that it must last), so that `all`
 * holds on the latest of its days and `any` on the earliest.
 */
export function qualify(question: Question, node: Qualification, path = "qualification"): QualifiedBy {
  const word = "all" in node ? "all" : "any" in node ? "any" : undefined;
  if (word === undefined) {
    const tried = tryCondition(question, node as Condition, path);
    return { met: tried.met, tried: [tried] };
  }
  const nodes = "all" in node ? node.all : "any" in node ? node.any : [];
  const parts = nodes.map((child, index) => qualify(question, child, `${path}.${word}[${index}]`));
  const met = parts.map((part) => part.met);
  return { met: word === "all" ? latestOf(met) : earliestOf(met), tried: parts.flatMap((part) => part.tried) };
}

/** Of a tree that holds from the beginning (nothing but attributes) the day is that of registration, else of the first fact. */
export function dayOfMeeting(met: Reached, customer: Customer): Reached {
  if (met.day !== ALWAYS.day) return met;
  const [first] = customer.entries;
  return customer.milestones.registration ?? first ?? met;
}

export function isBefore(a: Reached, b: Reached): boolean {
  return a.day === b.day ? (a.at ?? 0) < (b.at ?? 0) : a.day < b.day;
}

function latestOf(all: readonly (Reached | null)[]): Reached | null {
  return all.reduce((late, one) => (late === null || one === null ? null : isBefore(late, one) ? one : late), ALWAYS);
}

function earliestOf(all: readonly (Reached | null)[]): Reached | null {
  return all.reduce(
    (early, one) => (one === null ? early : early === null || isBefore(one, early) ? one : early),
    null,
  );
}

interface Found {
  readonly met: Reached | null;
  readonly found: string;
  readonly asked: string;
  readonly conversions: readonly WorkingConversion[];
}

function tryCondition(question: Question, condition: Condition, path: string): Tried {
  const windows = [question.window, "within" in condition ? condition.within : undefined].filter(
    (window) => typeof window === "object",
  );
  const starts = windows.map((window) => milestoneOf(question, window.from));
  const ends = windows.flatMap((window, index) => {
    const start = starts[index] ?? null;
    return start === null ? [] : [windowEnd(window, start)];
  });
  const found = find(question, condition, ends);
  const started = !starts.includes(null);
  // What happened before the window began counts when it begins: a qualification never lies before anything it rests on.
  const met = found.met === null || "attribute" in condition ? found.met : latestOf([found.met, ...starts]);
  const late = met !== null && !ends.every((end) => isBy(end, met));
  const missed =
    "attribute" in condition && met === null
      ? "attribute"
      : found.met !== null && !started
        ? "window_not_started"
        : late
          ? "too_late"
          : "not_reached";
  const holds = started && !late && met !== null;
  const until = ends.map((end) => end.day).sort()[0] ?? null;
  const { found: was, asked, conversions } = found;
  return {
    path,
    condition,
    met: holds ? met : null,
    until,
    found: was,
    asked,
    missed: holds ? null : missed,
    conversions,
  };
}

/** The first time of a milestone; `first_x` is the first event of type x as well. */
export function milestoneOf(question: Pick<Question, "plan" | "exchange" | "customer">, name: string): Reached | null {
  const { plan, customer, exchange } = question;
  if (name === "first_deposit") return firstDepositOf(plan, customer, exchange);
  const known = customer.milestones[name];
  if (known !== undefined) return known;
  const type = name.startsWith("first_") ? name.slice("first_".length) : name;
  return customer.entries.find((entry) => entry.type === type) ?? null;
}

function find(question: Question, condition: Condition, ends: readonly WindowEnd[]): Found {
  if ("milestone" in condition) {
    const met = onDays(milestoneOf(question, condition.milestone), condition.monthDays);
    return { met, found: met?.day ?? "", asked: condition.milestone, conversions: [] };
  }
  if ("attribute" in condition) return attribute(question, condition);
  if ("metric" in condition && condition.metric === "first_deposit") return firstDeposit(question, condition);
  return accumulated(question, condition, ends);
}

function onDays(met: Reached | null, days: MonthDays | undefined): Reached | null {
  return met !== null && isOnDays(met.day, days) ? met : null;
}

type Bounded = { readonly atLeast?: Threshold | undefined; readonly moreThan?: Threshold | undefined };

function attribute(question: Question, condition: Extract<Condition, { attribute: string }>): Found {
  const { customer, partner } = question;
  const value = customer.attributes[condition.attribute] ?? partner[condition.attribute] ?? "";
  const holds =
    (condition.in === undefined || condition.in.includes(value)) &&
    (condition.notIn === undefined || !condition.notIn.includes(value));
  const asked = condition.in?.join(", ") ?? `≠ ${condition.notIn?.join(", ")}`;
  return { met: holds ? ALWAYS : null, found: value, asked, conversions: [] };
}

function firstDeposit(question: Question, condition: Bounded & { readonly monthDays?: MonthDays | undefined }): Found {
  const log = new ConversionLog();
  const first = firstDepositOf(question.plan, question.customer, question.exchange, log);
  const limit = limitOf(question, condition, () => first?.value ?? null);
  if (first === null) return { met: null, found: "0", asked: limit.text, conversions: [] };
  const grown = first.grown?.find((one) => limit.holds(one.value));
  const reached = grown === undefined || isBefore(grown, first) ? first : grown;
  return {
    met: limit.holds(first.value) ? onDays({ day: reached.day, at: reached.at }, condition.monthDays) : null,
    found: formatDecimal(first.value),
    asked: limit.text,
    conversions: log.rows(),
  };
}

/** A sum or count over the customer's entries in their order: the moment from which it holds. Later entries are not looked at. */
function accumulated(
  question: Question,
  condition: Extract<Condition, { metric: string } | { count: string }>,
  ends: readonly WindowEnd[],
): Found {
  const log = new ConversionLog();
  const step = stepOf(question, condition, log);
  const others = new Map<string, Decimal>();
  const limit = limitOf(question, condition, (name) => others.get(name) ?? ZERO);
  let sum = ZERO;
  let since: Reached | null = null;
  for (const entry of entriesOf(question)) {
    if (ends.some((end) => entry.day > end.day)) break;
    if (since !== null && !lasting(condition)) break;
    if (since !== null && monthOf(entry.day) > monthOf(since.day)) break;
    const change = step(entry);
    if (change !== null) sum = isLevel(condition) ? larger(sum, change) : add(sum, change);
    const tracked = limit.tracks;
    if (tracked !== null) others.set(tracked, add(others.get(tracked) ?? ZERO, measured(question, tracked, entry)));
    if (change === null && tracked === null) continue;
    if (!limit.holds(sum)) since = null;
    else since ??= entry;
  }
  const found = { found: formatDecimal(sum), asked: limit.text, conversions: log.rows() };
  // A count or sum of at least nothing holds without any entry.
  if (since === null && limit.tracks === null && limit.holds(ZERO)) return { ...found, met: ALWAYS };
  return {
    ...found,
    met: since === null ? null : { day: lasting(condition) ? atMonthEnd(since) : since.day, at: since.at },
  };
}

function isLevel(condition: object): boolean {
  return "take" in condition && condition.take === "highest";
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b;
}

function lasting(condition: object): boolean {
  return "lasting" in condition && condition.lasting === true;
}

/** What must last until the end of the month is only certain then. */
function atMonthEnd(since: Reached): string {
  return lastDay(monthOf(since.day));
}

function entriesOf({ customer, between }: Question): readonly Entry[] {
  if (between === undefined) return customer.entries;
  return customer.entries.filter((entry) => entry.day >= between.first && entry.day <= between.last);
}

/** What an entry adds to the sum or count; null: it does not concern it. */
function stepOf(
  question: Question,
  condition: Extract<Condition, { metric: string } | { count: string }>,
  log: ConversionLog,
): (entry: Entry) => Decimal | null {
  const { customer, partner } = question;
  const part = (entry: Entry) =>
    isOnDays(entry.day, condition.monthDays) &&
    matches({ entry, customer, partner }, condition.only) &&
    fits(entry, condition.where, (one, name) => measured(question, name, one))
      ? countedPart(entry, condition.trades)
      : null;
  const concerns = (entry: Entry) => part(entry) !== null;
  if ("metric" in condition) {
    return (entry) => {
      const counted = carries(entry, condition.metric) ? part(entry) : null;
      return counted === null ? null : weigh(measured(question, condition.metric, entry, log), counted);
    };
  }
  if (condition.count !== "active_days") {
    return (entry) => (entry.type === condition.count && concerns(entry) ? decimal(entry.count) : null);
  }
  const days = new Set<string>();
  return (entry) => {
    if (!concerns(entry) || days.has(entry.day)) return null;
    days.add(entry.day);
    return decimal(1);
  };
}

function carries(entry: Entry, name: string): boolean {
  return measuresOf(name).some(([, one]) => entry.measures[one] !== undefined || entry.quantities[one] !== undefined);
}

function measured({ exchange }: Question, name: string, entry: Entry, log?: ConversionLog): Decimal {
  return measuresOf(name)
    .map(([sign, one]) => (sign === 1 ? exchange.of(entry, one, log) : negate(exchange.of(entry, one, log))))
    .reduce(add);
}

interface Limit {
  readonly text: string;
  /** The metric whose multiple is asked for, when it has to be summed alongside. */
  readonly tracks: string | null;
  holds(value: Decimal): boolean;
}

function sized(value: Decimal | null): string {
  return value === null ? "" : ` ${formatDecimal(value)}`;
}

function limitOf(question: Question, bounded: Bounded, other: (name: string) => Decimal | null): Limit {
  const strict = bounded.atLeast === undefined;
  const threshold = bounded.atLeast ?? bounded.moreThan ?? "0";
  const enough = (value: Decimal, least: Decimal) => compare(subtract(value, least), ZERO) >= (strict ? 1 : 0);
  if (typeof threshold === "string") {
    const least = decimal(threshold);
    return { text: strict ? `> ${threshold}` : threshold, tracks: null, holds: (value) => enough(value, least) };
  }
  const times = decimal(threshold.times);
  const fixed = threshold.of === "amount" || threshold.of === "first_deposit";
  const current = (): Decimal | null => {
    if (threshold.of === "amount") return question.amount ?? null;
    if (threshold.of === "first_deposit")
      return firstDepositOf(question.plan, question.customer, question.exchange)?.value ?? null;
    return other(threshold.of);
  };
  return {
    text: `${strict ? "> " : ""}${threshold.times} × ${threshold.of}${fixed ? sized(current()) : ""}`,
    tracks: fixed ? null : threshold.of,
    holds: (value) => {
      const base = current();
      return base !== null && enough(value, multiply(times, base));
    },
  };
}
