import type { PlanDocument } from "@tributary/contract";
import type { Entry, Facts } from "./entries.ts";
import { measuresOf } from "./exchange.ts";
import { namesIn, numbersNamed, READ_ANYWAY, visit } from "./plan-names.ts";

/**
 * What may be a slip of the pen: numbers of the facts that nothing in the plan reads, and numbers that the plan names and no fact tells. They count
 * as nothing, which is right where nothing happened.
 */
export function slips(plan: PlanDocument, facts: Facts): string[] {
  const told = new Set<string>(facts.stated.map((one) => one.name));
  const everybody = [...facts.customers, ...facts.elsewhere];
  const entries = [...everybody.flatMap((one) => one.entries), ...facts.traffic];
  for (const one of entries) {
    for (const name of [...Object.keys(one.measures), ...Object.keys(one.quantities), one.type]) told.add(name);
  }
  const written = namesIn(plan);
  const unread = [...told].filter((name) => !written.has(name) && !READ_ANYWAY.has(name) && isNumberOf(entries, name));
  const unreadMetrics = facts.stated.map((one) => one.name).filter((name) => !written.has(name));
  const untold = [...numbersNamed(plan)].filter((name) => !measuresOf(name).some(([, one]) => told.has(one)));
  return [
    ...[...new Set([...unread, ...unreadMetrics])].map(
      (name) => `The facts tell ${name}, and nothing in the plan reads it.`,
    ),
    ...untold.map((name) => `The plan reads ${name}, and no fact tells it: it counts as zero.`),
    ...refundsOfNothing(plan, facts),
    ...withoutLots(plan, entries),
    ...programsNowhere(plan, facts),
    ...milestonesUntold(plan, told),
    ...typesUnread(entries, written),
    ...withoutAmount(entries),
    ...lettersOfAnotherCase(plan, facts, entries),
  ];
}

/** Facts of other programs, where nobody says which one the plan is of. */
function programsNowhere(plan: PlanDocument, facts: Facts): string[] {
  if (facts.partnerAttributes.program !== undefined || facts.elsewhere.length === 0) return [];
  let acrossPrograms = false;
  visit(plan, (field, value) => {
    if (field === "programs" && value === "all") acrossPrograms = true;
  });
  if (acrossPrograms) return [];
  const names = [...new Set(facts.elsewhere.flatMap((one) => one.attributes.program ?? []))];
  const line = `{"partner": "self", "program": "${names[0]}"}`;
  return [
    `The customers of ${names.join(", ")} count nowhere: which program the plan is of is said by a line like ${line}.`,
  ];
}

/** Trades that do not say what a component pays by. */
function withoutLots(plan: PlanDocument, entries: readonly Entry[]): string[] {
  const without = entries.filter((one) => one.type === "trade" && one.quantities.lots === undefined).length;
  return plan.components
    .filter((one) => without > 0 && ["lot_rebate", "pip_rebate", "point_rebate"].includes(one.model))
    .map(
      ({ code }) => `The component ${code} pays by lots, and ${without} of the trades say none: they count as nothing.`,
    );
}

/** Refunds that name an order which nobody has told: they take nothing back. */
function refundsOfNothing(plan: PlanDocument, facts: Facts): string[] {
  const events = plan.components.flatMap((one) =>
    (one.model === "sale" || one.model === "recurring") && one.refunds !== "kept" ? [one.event] : [],
  );
  if (events.length === 0) return [];
  return facts.customers.flatMap(({ customerId, entries }) => {
    const known = new Set(entries.flatMap((one) => (events.includes(one.type) ? (one.dimensions.order ?? []) : [])));
    return entries.flatMap(({ type, day, dimensions: { order } }) =>
      (type === "refund" || type === "chargeback") && order !== undefined && !known.has(order)
        ? [`The ${type} of ${customerId} on ${day} is of order ${order}, which no fact tells: nothing is taken back.`]
        : [],
    );
  });
}

function isNumberOf(entries: readonly Entry[], name: string): boolean {
  return entries.some((one) => one.measures[name] !== undefined || one.quantities[name] !== undefined);
}

/** Milestones that another event stands for. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  first_deposit: "deposit",
  first_sale: "sale",
  first_trade: "trade",
};
/** Places of a plan that name a milestone, and words that stand there and are none. */
const NO_MILESTONES = new Set(["start", "window_end", "earned", "month_end", "event", "first_payment"]);

/** Milestones that the plan waits for and no customer has reached: a window that begins with one never begins. */
function milestonesUntold(plan: PlanDocument, told: ReadonlySet<string>): string[] {
  const asked = new Set<string>();
  visit(plan, (field, value) => {
    if (field === "milestone" && typeof value === "string") asked.add(value);
    if ((field !== "window" && field !== "within" && field !== "lifetime") || typeof value !== "object") return;
    const from = (value as { readonly from?: unknown } | null)?.from;
    if (typeof from === "string" && !NO_MILESTONES.has(from)) asked.add(from);
  });
  return [...asked]
    .filter((name) => !told.has(name) && !told.has(STANDS_FOR[name] ?? name))
    .map(
      (name) =>
        `The plan waits for the milestone ${name}, and no fact tells it: what depends on it is not paid. A line tells it: {"customer": "c1", "on": "2026-03-02", "milestone": "${name}"}.`,
    );
}

/** Events that happen beside what a plan pays for, and are told without being read. */
const BESIDE = new Set(
  "registration kyc_passed approved install email_verified phone_verified deposit withdrawal chargeback refund activity trade sale click impression login".split(
    " ",
  ),
);

/** Events without a number that the plan does not name: a voided order is not taken back by an event called void. */
function typesUnread(entries: readonly Entry[], written: ReadonlySet<string>): string[] {
  const read = (name: string) => written.has(name) || READ_ANYWAY.has(name);
  const types = new Set<string>();
  for (const { type, measures, quantities } of entries) {
    if (type === "first_deposit") types.add(type);
    if (types.has(type) || BESIDE.has(type) || read(type)) continue;
    if (Object.keys(measures).length === 0 && !Object.keys(quantities).some(read)) types.add(type);
  }
  return [...types].map((type) =>
    type === "first_deposit"
      ? "The facts tell a first_deposit beside deposits of the same customer: it is the first of those, and is not read by itself."
      : `The facts tell events of the type ${type}, and nothing in the plan reads them.`,
  );
}

const WITH_AMOUNT = ["deposit", "withdrawal", "sale"];

function withoutAmount(entries: readonly Entry[]): string[] {
  return WITH_AMOUNT.flatMap((type) => {
    const count = entries.filter(
      (one) => one.type === type && Object.keys(one.measures).length === 0 && Object.keys(one.quantities).length === 0,
    ).length;
    return count === 0 ? [] : [`${count} of the events ${type} say no \`amount\`: they count as zero.`];
  });
}

const MATCHED = new Set(["only", "except", "when", "subPartners"]);

/** Values that the plan compares and the facts write in other letters: `DE` and `de`. */
function lettersOfAnotherCase(plan: PlanDocument, facts: Facts, entries: readonly Entry[]): string[] {
  const asked = new Map<string, Set<string>>();
  visit(plan, (field, value) => {
    if (!MATCHED.has(field) || typeof value !== "object" || value === null) return;
    for (const [name, values] of Object.entries(value))
      for (const one of Array.isArray(values) ? values : [])
        asked.set(name, (asked.get(name) ?? new Set()).add(String(one)));
  });
  if (asked.size === 0) return [];
  const people = [...facts.customers, ...facts.elsewhere].map((one) => one.attributes);
  const all = [...entries.map((one) => one.dimensions), ...people, facts.partnerAttributes];
  return [...asked].flatMap(([name, values]) => {
    const told = new Set(all.flatMap((one) => one[name] ?? []));
    return [...values].flatMap((value) => {
      if (told.has(value)) return [];
      const other = [...told].find((one) => one.toLowerCase() === value.toLowerCase());
      if (other === undefined) return [];
      return [`The plan asks for ${name} ${value}, and the facts say ${other}: values are compared letter by letter.`];
    });
  });
}
