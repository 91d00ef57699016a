import type { CpaLadderComponent, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, negate, subtract, ZERO } from "../../../kernel/decimal.ts";
import { monthOf } from "../../../kernel/period.ts";
import type { ComponentResult, ComponentRun, Draft, ModelOf } from "../component-run.ts";
import type { Customer, Entry } from "../entries.ts";
import { measuresOf } from "../exchange.ts";
import { stepOf } from "../qualified.ts";
import { milestoneOf, qualify, type Tried } from "../qualify.ts";
import { isBy, windowEnd } from "../windows.ts";
import { takenBack } from "./cpa.ts";

type Ladder = ComponentRun<CpaLadderComponent>;

/** A step of the ladder that a customer has reached: what it pays on top of what was paid before. */
interface Rise {
  readonly entry: Entry;
  readonly reached: Decimal;
  readonly before: Decimal;
  readonly amount: Decimal;
  /** How the condition was met. */
  readonly met: readonly Tried[];
}

/**
 * Amount of the step reached, less what was paid for the steps below. The whole life of a customer is walked through, so that it does not matter in which
 * month the steps lie; a line belongs to the month in which its step was reached.
 */
export const calculateCpaLadder: ModelOf<"cpa_ladder"> = (run): ComponentResult => {
  const drafts = run.customers().flatMap((customer) => draftsOf(run, customer));
  return { drafts, state: null };
};

function draftsOf(run: Ladder, customer: Customer): Draft[] {
  const rises = risesOf(run, customer).filter(({ entry }) => monthOf(entry.day) === run.month && run.counts(entry));
  const [first] = rises;
  if (first === undefined) return [];
  const about = run.aboutCustomer(customer);
  const things = rises.map((rise) => ({
    quantity: rise.amount,
    about,
    day: rise.entry.day,
    at: rise.entry.at,
    name: customer.customerId,
  }));
  const price = run.price("1", things);
  const reversal = takenBack(run.component.clawback, customer, first.entry.day);
  const value = reversal === null ? price.total : ZERO;
  const stepsOf = (rise: Rise): WorkingStep[] => [
    ...rise.met.map(stepOf),
    {
      code: "ladder_step",
      values: {
        reached: formatDecimal(rise.reached),
        metric: run.component.of,
        arithmetic: `${formatDecimal(add(rise.before, rise.amount))} − ${formatDecimal(rise.before)}`,
        value: formatDecimal(rise.amount),
        currency: run.plan.currency,
        day: rise.entry.day,
      },
    },
  ];
  const back = reversal === null ? [] : [{ code: "clawed_back", values: { kind: reversal.kind, day: reversal.day } }];
  return [
    {
      subjectKind: "customer",
      subjectId: customer.customerId,
      period: run.month.slice(0, 7),
      earnedOn: rises.at(-1)?.entry.day ?? first.entry.day,
      value,
      items: things.map((one, index) => {
        const worth = price.amounts[index] ?? ZERO;
        return reversal === null ? { ...one, value: worth } : { ...one, value: ZERO, takenBack: worth };
      }),
      working: { inputs: [], steps: [...rises.flatMap(stepsOf), ...price.steps, ...back], conversions: [] },
    },
  ];
}

/**
 * Every step that was reached in the customer's life, in order, by facts that `only` and `except` let through. One that is reached on a day or by a
 * customer that the component does not pay for is reached all the same: it is not paid later.
 */
function risesOf(run: Ladder, customer: Customer): Rise[] {
  const { component, exchange } = run;
  const start =
    component.window === "none" ? null : milestoneOf({ plan: run.plan, exchange, customer }, component.window.from);
  if (component.window !== "none" && start === null) return [];
  const end = component.window === "none" || start === null ? null : windowEnd(component.window, start);
  const steps = component.steps.toSorted((a, b) => compare(decimal(a.from), decimal(b.from)));
  const rises: Rise[] = [];
  let reached = ZERO;
  let paid = ZERO;
  for (const entry of customer.entries) {
    if (end !== null && !isBy(end, entry)) break;
    if (!run.looksAt(entry)) continue;
    for (const [sign, name] of measuresOf(component.of)) {
      const value = exchange.of(entry, name);
      reached = add(reached, sign === 1 ? value : negate(value));
    }
    // Step by step, also where one deposit reaches several: what is paid must not depend on into how many deposits a sum was cut.
    for (const step of steps.filter((one) => compare(reached, decimal(one.from)) >= 0)) {
      const due = decimal(step.amount);
      if (compare(due, paid) <= 0) continue;
      const met = conditionMet(run, customer, subtract(due, paid), entry);
      if (met === null) break;
      rises.push({ entry, reached, before: paid, amount: subtract(due, paid), met });
      paid = due;
    }
  }
  return rises;
}

/** How the condition holds; null: it does not. */
function conditionMet(run: Ladder, customer: Customer, amount: Decimal, entry: Entry): readonly Tried[] | null {
  const { condition } = run.component;
  if (condition === undefined) return [];
  const between = { first: "0001-01-01", last: entry.day };
  const partner = run.partner;
  const result = qualify(
    { plan: run.plan, exchange: run.exchange, window: "none", customer, partner, amount, between },
    condition,
  );
  return result.met === null ? null : result.tried.filter((one) => one.met !== null);
}
