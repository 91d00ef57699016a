import type { Base, HighRoller, MonthDays, RevenueShareComponent, WorkingStep } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import { type BaseTermResult, evaluateBase } from "./bases.ts";
import type { ComponentRun, Priced } from "./component-run.ts";
import { type Counted, capCustomers } from "./customer-cap.ts";
import type { Entry } from "./entries.ts";
import type { ConversionLog } from "./exchange.ts";
import { type CustomerResult, dated, type Fences, quarantine, standing } from "./high-roller.ts";
import { isOnDays } from "./narrow.ts";
import { type Group, partsOf } from "./netting.ts";
import { PLACES } from "./rates.ts";
import { signedAmounts } from "./share-price.ts";

export type ShareRun = ComponentRun<RevenueShareComponent>;

/** Whether a share has to look at single customers; sums over all of them are enough otherwise. */
export function looksAtCustomers(component: RevenueShareComponent): boolean {
  const { customerAtMost, highRoller, recoups } = component;
  return (
    customerAtMost !== undefined || highRoller !== undefined || (recoups !== undefined && recoups.scope !== "agreement")
  );
}

/** What a share asks of every group in the same way. */
export interface ShareAsks {
  readonly base: Base;
  readonly dimensions: readonly string[];
  readonly cuts: readonly string[];
  readonly log: ConversionLog;
  /** Whether single customers have to be looked at. */
  readonly customers: boolean;
}

export interface GroupMemory {
  readonly fences: Fences;
  readonly counted: ReadonlyMap<string, Counted>;
}

/** A group's month before anything was carried into it. */
export interface GroupMonth {
  readonly group: Group;
  /** Below zero when the month was negative. */
  readonly base: Decimal;
  /** What the base consists of, priced apart. */
  readonly things: readonly Priced[];
  readonly terms: readonly BaseTermResult[];
  readonly steps: readonly WorkingStep[];
  readonly memory: GroupMemory;
  /** Of this month's negative: what fences took over, in base; zero or above. */
  readonly fenced: Decimal;
  /** What fenced customers bring in again, in commission. */
  readonly deduction: Decimal;
  /** What each customer's base counts with, when customers are looked at. */
  readonly byCustomer: ReadonlyMap<string, Decimal>;
}

/** The base of a group after limits per customer and the rule about high rollers. */
export function monthOfGroup(run: ShareRun, group: Group, asks: ShareAsks, memory: GroupMemory): GroupMonth {
  if (!asks.customers) return pooled(run, group, asks, memory, NOBODY);
  return pooled(run, group, asks, memory, lookAtCustomers(run, group, asks, memory));
}

interface Customers {
  /** What counts of customers whose own base does not count as it is. */
  readonly counted: ReadonlyMap<string, Decimal>;
  readonly values: ReadonlyMap<string, Decimal>;
  readonly memory: GroupMemory | null;
  readonly fenced: Decimal;
  readonly deduction: Decimal;
  readonly steps: readonly WorkingStep[];
}

const NOBODY: Customers = {
  counted: new Map(),
  values: new Map(),
  memory: null,
  fenced: ZERO,
  deduction: ZERO,
  steps: [],
};

function lookAtCustomers(run: ShareRun, group: Group, asks: ShareAsks, memory: GroupMemory): Customers {
  const { customerAtMost, highRoller } = run.component;
  const own = ownBase(asks.base);
  const byCustomer = Map.groupBy(group.entries, (entry) => entry.customerId ?? "");
  const options = { log: asks.log, periodAmounts: false };
  const results = [...byCustomer].sort(byId).map(([customerId, entries]) => ({
    customerId,
    value: evaluateBase(own, entries, run, options).value,
  }));
  const people = results.filter((one) => one.customerId !== "");
  const capped = customerAtMost === undefined ? null : capCustomers(customerAtMost, people, memory.counted, run);
  const after = people.map((one) => ({ ...one, value: capped?.counted.get(one.customerId) ?? one.value }));
  const others = results.find((one) => one.customerId === "")?.value ?? ZERO;
  const fences = highRoller === undefined ? memory.fences : standing(highRoller, memory.fences, run.month);
  const fencing =
    highRoller === undefined
      ? null
      : highRoller.monthDays === undefined
        ? fence(run, group, after, others, fences)
        : fenceLate(run, highRoller, after, others, fences, (days) => {
            const some = group.entries.filter((entry) => isOnDays(entry.day, days));
            return new Map(
              [...Map.groupBy(some, (entry) => entry.customerId ?? "")].map(([id, entries]) => [
                id,
                evaluateBase(own, entries, run, options).value,
              ]),
            );
          });
  const counted = new Map([...(capped?.counted ?? []), ...(fencing?.counted ?? [])]);
  return {
    counted,
    values: new Map(after.map((one) => [one.customerId, counted.get(one.customerId) ?? one.value])),
    memory: {
      fences:
        fencing === null || highRoller === undefined
          ? memory.fences
          : dated(highRoller, memory.fences, fencing.fences, run.month),
      counted: capped?.state ?? memory.counted,
    },
    fenced: fencing?.fenced ?? ZERO,
    deduction: fencing?.deduction ?? ZERO,
    steps: [...(capped?.steps ?? []), ...(fencing?.steps ?? [])],
  };
}

/** Customers by themselves: the floor is the group's, not theirs. */
function ownBase(base: Base): Base {
  return base.floor === "none" ? base : { ...base, floor: "none" };
}

interface Fencing {
  readonly counted: ReadonlyMap<string, Decimal>;
  readonly fences: Fences;
  readonly fenced: Decimal;
  readonly deduction: Decimal;
  readonly steps: readonly WorkingStep[];
}

/** The rule about high rollers, in base or, customer by customer, in commission. */
function fence(
  run: ShareRun,
  group: Group,
  customers: readonly CustomerResult[],
  others: Decimal,
  before: Fences,
): Fencing {
  const rule = run.component.highRoller;
  if (rule === undefined) throw new Error("no rule about high rollers");
  const { currency } = run.plan;
  if (rule.unit === "base") {
    const { counted, fences, taken, steps } = quarantine(rule, customers, others, before, currency);
    return { counted, fences, fenced: negate([...taken.values()].reduce(add, ZERO)), deduction: ZERO, steps };
  }
  const things = [...customers, { customerId: "", value: others }].map((one) =>
    thingOf(run, group, run.last, one.customerId, one.value),
  );
  const amounts = signedAmounts(run, things);
  const inCommission = customers.map((one, index) => ({ customerId: one.customerId, value: amounts[index] ?? ZERO }));
  const found = quarantine(rule, inCommission, amounts.at(-1) ?? ZERO, before, currency);
  const counted = new Map<string, Decimal>();
  let deduction = ZERO;
  let fenced = ZERO;
  customers.forEach((one, index) => {
    const value = inCommission[index]?.value ?? ZERO;
    const left = found.counted.get(one.customerId);
    if (left === undefined) return;
    const gone = found.fences.removed.includes(one.customerId) && left.units === 0n;
    if (value.units > 0n && !gone) deduction = add(deduction, subtract(value, left));
    else counted.set(one.customerId, compare(left, value) === 0 ? one.value : ZERO);
    const taken = found.taken.get(one.customerId);
    if (taken !== undefined && value.units !== 0n) {
      fenced = subtract(fenced, divide(multiply(taken, one.value), value, PLACES));
    }
  });
  return { counted, fences: found.fences, fenced, deduction, steps: found.steps };
}

/** More than anybody wins: nobody is a high roller. */
const NEVER = "999999999999999";

/**
 * The rule about wins of some days of the month only. The other days come first: they count as they are, and what a fenced customer loses on them is offset
 * against the fence. What these days brought is then looked at by itself.
 */
function fenceLate(
  run: ShareRun,
  rule: HighRoller,
  customers: readonly CustomerResult[],
  others: Decimal,
  before: Fences,
  of: (days: MonthDays | undefined) => ReadonlyMap<string, Decimal>,
): Fencing {
  const { currency } = run.plan;
  const late = of(rule.monthDays);
  const rest = customers.map((one) => ({ ...one, value: subtract(one.value, late.get(one.customerId) ?? ZERO) }));
  const first = quarantine({ ...rule, threshold: NEVER, month: "netted" }, rest, others, before, currency);
  const counts = (one: CustomerResult) => first.counted.get(one.customerId) ?? one.value;
  const sum = rest.reduce((total, one) => add(total, counts(one)), others);
  const lateOf = (id: string) => late.get(id) ?? ZERO;
  const window = customers.map(({ customerId }) => ({ customerId, value: lateOf(customerId) }));
  const second = quarantine(rule, window, sum, first.fences, currency);
  const touched = rest.filter((one) => first.counted.has(one.customerId) || second.counted.has(one.customerId));
  const counted = touched.map((one) => {
    const lately = second.counted.get(one.customerId) ?? lateOf(one.customerId);
    return [one.customerId, add(counts(one), lately)] as const;
  });
  return {
    counted: new Map(counted),
    fences: second.fences,
    fenced: negate([...second.taken.values()].reduce(add, ZERO)),
    deduction: ZERO,
    steps: [...first.steps, ...second.steps],
  };
}

/** The base of everybody who counts as is, worked out together, and what counts of the others. */
function pooled(run: ShareRun, group: Group, asks: ShareAsks, memory: GroupMemory, customers: Customers): GroupMonth {
  const { counted } = customers;
  const entries =
    counted.size === 0 ? group.entries : group.entries.filter((one) => !counted.has(one.customerId ?? ""));
  const found = evaluateParts(run, { ...group, entries }, asks);
  const apart = [...counted]
    .filter(([, value]) => value.units !== 0n)
    .sort(byId)
    .map(([customerId, value]) => thingOf(run, group, run.last, customerId, value));
  const things = [...found.things, ...apart];
  const sum = things.reduce((total, one) => add(total, one.quantity), ZERO);
  const floored = asks.base.floor === "zero" && sum.units < 0n;
  const total: WorkingStep[] =
    counted.size === 0 ? [] : [{ code: "base_with_customers", values: { name: asks.base.name, ...money(sum, run) } }];
  return {
    group,
    base: floored ? ZERO : sum,
    things: floored ? [] : things,
    terms: found.terms,
    steps: [...found.steps, ...customers.steps, ...total],
    memory: customers.memory ?? memory,
    fenced: customers.fenced,
    deduction: customers.deduction,
    byCustomer: customers.values,
  };
}

interface Parts {
  readonly things: readonly Priced[];
  readonly terms: readonly BaseTermResult[];
  readonly steps: readonly WorkingStep[];
}

function evaluateParts(run: ShareRun, group: Group, asks: ShareAsks): Parts {
  const parts = partsOf(group, asks.dimensions, asks.cuts, run);
  const several = parts.length > 1;
  const base = several ? ownBase(asks.base) : asks.base;
  const results = parts.map((part, index) => {
    const result = evaluateBase(base, part.entries, run, { log: asks.log, periodAmounts: index === 0 });
    const said = Object.entries(part.dimensions).filter(([name]) => !(name in group.dimensions));
    const name = [...said.map(([, value]) => value), ...(asks.cuts.length === 0 ? [] : [part.day])].join(", ");
    const head: WorkingStep[] = several
      ? [{ code: "share_part", values: { name: name === "" ? "–" : name, ...money(result.value, run) } }]
      : [];
    return { part, result, head };
  });
  return {
    things: results.map(({ part, result }) => shareThing(run, part.dimensions, part.day, result.value)),
    terms: results.flatMap(({ result }) => result.terms),
    steps: results.flatMap(({ head, result }) => [...head, ...result.steps]),
  };
}

function thingOf(run: ShareRun, group: Group, day: string, customerId: string, value: Decimal): Priced {
  const dimensions = customerId === "" ? group.dimensions : { ...group.dimensions, customer: customerId };
  return shareThing(run, dimensions, day, value);
}

/** A base, or a part of it, as something that is priced: rates may look up its dimensions, and ask about it as `item`. */
function shareThing(run: ShareRun, dimensions: Readonly<Record<string, string>>, day: string, value: Decimal): Priced {
  const entry: Entry = {
    day,
    at: null,
    type: "share",
    id: null,
    customerId: dimensions.customer ?? null,
    cohort: "",
    currency: run.plan.currency,
    measures: { base: value },
    quantities: {},
    dimensions,
    count: 1,
  };
  return { quantity: value, about: run.about(entry), day, at: null, name: Object.values(dimensions).join(", ") };
}

/** The same thing with another quantity. */
export function resized(thing: Priced, quantity: Decimal): Priced {
  const { entry } = thing.about;
  if (entry === undefined) return { ...thing, quantity };
  return { ...thing, quantity, about: { ...thing.about, entry: { ...entry, measures: { base: quantity } } } };
}

function money(value: Decimal, run: ShareRun): { readonly value: string; readonly currency: string } {
  return { value: formatDecimal(value), currency: run.plan.currency };
}

function byId([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
