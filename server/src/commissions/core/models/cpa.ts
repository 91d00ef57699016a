import type { Clawback, Component, CpaComponent, CplComponent } from "@tributary/contract";
import { formatDecimal, ZERO } from "../../../kernel/decimal.ts";
import { addDays, type Day, monthOf } from "../../../kernel/period.ts";
import type { ComponentResult, ComponentRun, Draft, ModelOf, Price, Priced, Qualified } from "../component-run.ts";
import type { Customer } from "../entries.ts";
import { isOnDays } from "../narrow.ts";
import { isBefore } from "../qualify.ts";

/** A fixed amount for each customer that qualifies, once in life; the customers of a month in the order in which they qualified. */
export const calculateCpa: ModelOf<"cpa"> = (run) => acquisition(run);

/** The same for leads. */
export const calculateCpl: ModelOf<"cpl"> = (run) => acquisition(run);

function acquisition(run: ComponentRun<CpaComponent | CplComponent>): ComponentResult {
  const { component } = run;
  const all = [...run.qualified(component.code).values()] as (Qualified & { readonly terms?: unknown })[];
  const qualified = all
    .filter((one) => monthOf(one.on) === run.month && one.terms === run.terms && isCovered(component, one.on))
    .sort((a, b) =>
      isBefore({ day: a.on, at: a.at }, { day: b.on, at: b.at }) ? -1 : isSame(a, b) ? byName(a, b) : 1,
    );
  const things = qualified.map((one, index): Priced => thing(run, one, index));
  const price = run.price(component.amount, things);
  const isByCustomer =
    typeof component.amount === "object" && "bands" in component.amount && "item" in component.amount.metric;
  const drafts = qualified.map((one, index): Draft => {
    const reversal = takenBack(component.clawback, one.customer, one.met);
    const value = price.amounts[index] ?? ZERO;
    const own = priceOf(run, things[index], price);
    const steps = [
      ...one.steps,
      ...(index === 0 || qualified.length <= 50 || isByCustomer ? own.steps : []),
      { code: "amount", values: { amount: formatDecimal(value), currency: run.plan.currency } },
      ...(reversal === null ? [] : [{ code: "clawed_back", values: { kind: reversal.kind, day: reversal.day } }]),
    ];
    return {
      subjectKind: "customer",
      subjectId: one.customer.customerId,
      period: "life",
      earnedOn: one.on,
      ...(one.met === one.on ? {} : { heldFrom: one.met }),
      value: reversal === null ? value : ZERO,
      items: [
        {
          day: one.on,
          at: one.at,
          value: reversal === null ? value : ZERO,
          ...(reversal === null ? {} : { takenBack: value }),
          about: run.aboutCustomer(one.customer),
          name: one.customer.customerId,
        },
      ],
      working: {
        inputs: one.inputs,
        steps,
        conversions: one.conversions,
        tier: own.tier,
        alternatives: one.alternatives,
      },
    };
  });
  return { drafts, state: null, figures: { qualified: { units: BigInt(qualified.length), scale: 0 } } };
}

/** How a customer's own amount came about: nothing of what the others' numbers led to, unless all move through the bands together. */
function priceOf(run: ComponentRun<CpaComponent | CplComponent>, thing: Priced | undefined, all: Price): Price {
  const { amount, overrides, factors } = run.component;
  const isPlain = overrides === undefined && factors === undefined && (typeof amount === "string" || "rows" in amount);
  if (thing === undefined || isPlain) return all;
  const together = [amount, ...(overrides ?? []).map((one) => one.value)].some(
    (value) => typeof value === "object" && "bands" in value && value.mode !== "whole" && !("item" in value.metric),
  );
  if (together) return all;
  const own = run.price(amount, [thing]);
  const limits = all.steps.filter((step) => step.code.startsWith("tier_at_most"));
  return { ...own, steps: [...own.steps, ...limits] };
}

function isSame(a: Qualified, b: Qualified): boolean {
  return a.on === b.on && (a.at ?? 0) === (b.at ?? 0);
}

function byName(a: Qualified, b: Qualified): number {
  return a.customer.customerId < b.customer.customerId ? -1 : 1;
}

function thing(run: ComponentRun, one: Qualified, _index: number): Priced {
  const about = run.aboutCustomer(one.customer, one.on);
  return { quantity: { units: 1n, scale: 0 }, about, day: one.on, at: one.at, name: one.customer.customerId };
}

function isCovered(component: Component, day: Day): boolean {
  return (
    (component.from === undefined || day >= component.from) &&
    (component.until === undefined || day <= component.until) &&
    isOnDays(day, component.monthDays)
  );
}

export interface Reversal {
  readonly kind: string;
  readonly day: Day;
}

/** The first event that takes an amount back which was earned on a day; null: none did in time. */
export function takenBack(clawback: Clawback | "none", customer: Customer, earnedOn: Day): Reversal | null {
  if (clawback === "none") return null;
  const until = clawback.within === "ever" ? null : addDays(earnedOn, clawback.within.days);
  const found = customer.entries.find(
    (entry) => clawback.on.includes(entry.type) && (until === null || entry.day <= until),
  );
  return found === undefined ? null : { kind: found.type, day: found.day };
}
