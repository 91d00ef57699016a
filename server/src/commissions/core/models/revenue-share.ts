import type { Base, RevenueShareComponent } from "@tributary/contract";
import { add, compare, type Decimal, divide, multiply, ZERO } from "../../../kernel/decimal.ts";
import { evaluateBase, namesOf, says } from "../bases.ts";
import { type Balance, balanceIn, carriedInto, NO_BALANCE, type Settled, settle } from "../carryover.ts";
import type { ComponentResult, ModelOf, Price, Priced } from "../component-run.ts";
import { measuresOf } from "../exchange.ts";
import { NO_FENCES } from "../high-roller.ts";
import { groupName, groupsOf, overrideCuts, rateDimensions } from "../netting.ts";
import { advancesNow, type Recouped, recoup } from "../recoupment.ts";
import {
  type GroupMemory,
  type GroupMonth,
  looksAtCustomers,
  monthOfGroup,
  resized,
  type ShareAsks,
  type ShareRun,
} from "../share-group.ts";
import { signedAmounts } from "../share-price.ts";
import { balanceKey, readMemory, type ShareMemory, writeMemory } from "../share-state.ts";
import { type GroupOutcome, type PricedPart, shareDraft } from "../share-working.ts";

const EMPTY: GroupMemory = { fences: NO_FENCES, counted: new Map() };

/**
 * A share of a declared base in one month: for each group of netting rate × max(0, base + carried), the groups' results added, less what was paid in
 * advance.
 */
export const calculateRevenueShare: ModelOf<"revenue_share"> = (run): ComponentResult => {
  const { component } = run;
  const before = readMemory(run);
  const base = baseOf(run);
  const asked = new Set([...namesOf(base, run.plan.bases), ...reasonsOf(component)]);
  const entries = run.entries().filter((entry) => says(entry, asked));
  const asks: ShareAsks = {
    base,
    dimensions: rateDimensions(component),
    cuts: overrideCuts(component, run),
    log: run.log(),
    customers: looksAtCustomers(component),
  };
  const groups = groupsOf(component.netting, entries, run).map((group) =>
    monthOfGroup(run, group, asks, before.groups.get(group.key) ?? EMPTY),
  );
  const price = priceOf(run, groups, before);
  const outcomes = groups.map((month) => outcomeOf(run, month, price, balanceOf(run, before, month), asks));
  const share = outcomes.reduce((sum, one) => add(sum, one.amount), ZERO);
  const recouped = recoupedFrom(run, share, groups, before);
  const deficit = outcomes.reduce((sum, one) => add(sum, one.deficit), ZERO);
  const memory: ShareMemory = {
    balances: new Map([
      ...before.balances,
      ...outcomes.map((one) => [keyOf(run, one.month), one.settled.balance] as const),
    ]),
    groups: new Map([...before.groups, ...groups.map((month) => [month.group.key, month.memory] as const)]),
    advances: recouped?.advances ?? before.advances,
  };
  const result = {
    state: writeMemory(component, memory),
    figures: figuresOf(outcomes),
    ...(deficit.units < 0n ? { deficit } : {}),
  };
  if (entries.length === 0 && (recouped === null || recouped.deduction.units === 0n)) return { drafts: [], ...result };
  return {
    drafts: [shareDraft(run, { outcomes, price: price.price, share, recouped, log: asks.log, base })],
    ...result,
  };
};

function baseOf(run: ShareRun): Base {
  const { base } = run.component;
  const declared = typeof base === "string" ? run.plan.bases?.[base] : base;
  if (declared === undefined) throw new Error(`the plan declares no base ${String(base)}`);
  return declared;
}

function reasonsOf(component: RevenueShareComponent): string[] {
  const { carryover } = component;
  return carryover.mode === "by_reason"
    ? carryover.measures.flatMap((name) => measuresOf(name).map(([, one]) => one))
    : [];
}

interface GroupPrice {
  readonly price: Price;
  /** Of each group that has something to pay: what its whole base comes to. */
  readonly amounts: ReadonlyMap<string, Decimal>;
  /** Of each such group: its parts that are priced apart, with what they come to. */
  readonly parts: ReadonlyMap<string, readonly PricedPart[]>;
}

/** Prices the groups that are above zero together, so that tiers which glide go through them one after the other. */
function priceOf(run: ShareRun, groups: readonly GroupMonth[], before: ShareMemory): GroupPrice {
  const lists = groups.map((month) => {
    const payable = inBase(run) ? add(month.base, carriedInto(balanceOf(run, before, month))) : month.base;
    if (payable.units <= 0n) return { key: month.group.key, things: [] };
    const [only, ...others] = month.things;
    const things = only !== undefined && others.length === 0 ? [resized(only, payable)] : month.things;
    return { key: month.group.key, things };
  });
  const carried = inBase(run)
    ? groups.reduce((sum, month) => add(sum, carriedInto(balanceOf(run, before, month))), ZERO)
    : ZERO;
  const price = run.price(
    run.component.rate,
    lists.flatMap((list) => list.things),
    carried,
  );
  const amounts = new Map<string, Decimal>();
  const parts = new Map<string, readonly PricedPart[]>();
  let position = 0;
  for (const { key, things } of lists) {
    const some = price.amounts.slice(position, position + things.length);
    position += things.length;
    amounts.set(key, some.reduce(add, ZERO));
    parts.set(
      key,
      things.map((thing, index) => ({ thing, amount: some[index] ?? ZERO })),
    );
  }
  return { price, amounts, parts };
}

/** What the parts of a group come to; in a month below zero only where the negative is kept in commission. */
function partsOf(run: ShareRun, month: GroupMonth, price: GroupPrice): readonly PricedPart[] {
  const found = price.parts.get(month.group.key) ?? [];
  if (found.length > 0 || inBase(run)) return found;
  const amounts = signedAmounts(run, month.things);
  return month.things.map((thing, index) => ({ thing, amount: amounts[index] ?? ZERO }));
}

function outcomeOf(
  run: ShareRun,
  month: GroupMonth,
  price: GroupPrice,
  balance: Balance,
  asks: ShareAsks,
): GroupOutcome {
  const priced = price.amounts.get(month.group.key) ?? ZERO;
  const carried = carriedInto(balance);
  const outcome = inBase(run)
    ? shareInBase(run, month, priced, carried)
    : shareInCommission(run, month, priced, carried);
  const deduction = compare(month.deduction, outcome.amount) > 0 ? outcome.amount : month.deduction;
  const reason = reasonOf(run, month, asks);
  const result = { month: run.month, own: outcome.own, fenced: outcome.fenced, reason };
  const settled = eased(run, settle(run.component.carryover, balance, result), outcome.deficit);
  return {
    month,
    carried,
    settled,
    after: outcome.after,
    own: outcome.own,
    deduction,
    parts: partsOf(run, month, price),
    amount: add(outcome.amount, { units: -deduction.units, scale: deduction.scale }),
    deficit: run.component.ringFenced ? ZERO : outcome.deficit,
  };
}

interface Shared {
  /** The month by itself, and with what was carried, in the unit of the balance. */
  readonly own: Decimal;
  readonly after: Decimal;
  readonly fenced: Decimal;
  /** Commission, zero or above. */
  readonly amount: Decimal;
  /** Commission below zero. */
  readonly deficit: Decimal;
}

function shareInBase(run: ShareRun, month: GroupMonth, priced: Decimal, carried: Decimal): Shared {
  const after = add(month.base, carried);
  const whole = month.things.length <= 1 || carried.units === 0n;
  // Of a base in parts that are priced apart, what was carried takes the same share of every part.
  const amount = whole || after.units <= 0n ? priced : divide(multiply(priced, after), month.base, RATIO_PLACES);
  const negative = after.units < 0n && !run.component.ringFenced ? negativeAmount(run, month, after) : ZERO;
  return { own: month.base, after, fenced: month.fenced, amount: positive(amount), deficit: negative };
}

function shareInCommission(run: ShareRun, month: GroupMonth, priced: Decimal, carried: Decimal): Shared {
  const own = month.base.units > 0n ? priced : negativeAmount(run, month, month.base);
  const after = add(own, carried);
  const fenced =
    month.fenced.units === 0n || month.base.units === 0n
      ? ZERO
      : divide(multiply(own, month.fenced), absolute(month.base), PLACES);
  return { own, after, fenced: absolute(fenced), amount: positive(after), deficit: after.units < 0n ? after : ZERO };
}

const PLACES = 8;
const RATIO_PLACES = 18;

/**
 * What a negative base comes to, never above zero; parts that are priced apart in proportion to what is left of the base.
 */
function negativeAmount(run: ShareRun, month: GroupMonth, base: Decimal): Decimal {
  if (base.units === 0n) return ZERO;
  const [only, ...others] = month.things;
  if (only === undefined) return ZERO;
  const things: readonly Priced[] = others.length === 0 ? [resized(only, base)] : month.things;
  const sum = signedAmounts(run, things).reduce(add, ZERO);
  if (sum.units > 0n) return ZERO;
  if (others.length === 0 || month.base.units === 0n || compare(base, month.base) === 0) return sum;
  return divide(multiply(sum, base), month.base, RATIO_PLACES);
}

/** What other components of the month make up for is not carried as well. */
function eased(run: ShareRun, settled: Settled, deficit: Decimal): Settled {
  if (run.component.ringFenced || settled.carried.units === 0n || deficit.units === 0n) return settled;
  const others = run.earlier.flatMap(({ result }) => result.drafts).reduce((sum, draft) => add(sum, draft.value), ZERO);
  if (others.units <= 0n) return settled;
  const left = positive(add(absolute(deficit), { units: -others.units, scale: others.scale }));
  const lots = settled.balance.lots.map((lot) => ({
    month: lot.month,
    left: divide(multiply(lot.left, left), absolute(deficit), PLACES),
  }));
  const kept = lots.filter((lot) => lot.left.units !== 0n);
  return { ...settled, balance: { ...settled.balance, lots: kept }, carried: carriedInto({ lots: kept, history: [] }) };
}

/** What the measures of `by_reason` came to, in the unit of the balance. */
function reasonOf(run: ShareRun, month: GroupMonth, asks: ShareAsks): Decimal {
  const { carryover } = run.component;
  if (carryover.mode !== "by_reason" || month.base.units >= 0n) return ZERO;
  const terms = carryover.measures.map((measure) => ({ add: measure }));
  const base: Base = { name: "reason", terms, floor: "zero" };
  const { value } = evaluateBase(base, month.group.entries, run, { log: asks.log });
  if (carryover.unit === "base" || value.units === 0n) return value;
  return absolute(negativeAmount(run, month, { units: -value.units, scale: value.scale }));
}

function recoupedFrom(
  run: ShareRun,
  share: Decimal,
  groups: readonly GroupMonth[],
  before: ShareMemory,
): Recouped | null {
  const rule = run.component.recoups;
  if (rule === undefined) return null;
  const byCustomer = new Map<string, Decimal>();
  if (rule.scope !== "agreement") {
    const things = groups.flatMap((month) =>
      [...month.byCustomer].map(([customerId, value]) => ({
        customerId,
        thing: customerThing(run, month, customerId, value),
      })),
    );
    const amounts = signedAmounts(
      run,
      things.map(({ thing }) => thing),
    );
    things.forEach(({ customerId }, index) => {
      byCustomer.set(customerId, add(byCustomer.get(customerId) ?? ZERO, amounts[index] ?? ZERO));
    });
  }
  return recoup(rule, advancesNow(rule, before.advances, run), share, byCustomer, run);
}

function customerThing(run: ShareRun, month: GroupMonth, customerId: string, value: Decimal): Priced {
  const customer = run.customer(customerId);
  const about = customer === undefined ? { partner: run.partner } : run.aboutCustomer(customer);
  return { quantity: value, about, day: run.last, at: null, name: `${groupName(month.group.key)} ${customerId}` };
}

function figuresOf(outcomes: readonly GroupOutcome[]): Readonly<Record<string, Decimal>> {
  return {
    base: outcomes.reduce((sum, one) => add(sum, one.month.base), ZERO),
    carried_in: outcomes.reduce((sum, one) => add(sum, one.carried), ZERO),
    carried_out: outcomes.reduce((sum, one) => add(sum, one.settled.carried), ZERO),
  };
}

function balanceOf(run: ShareRun, before: ShareMemory, month: GroupMonth): Balance {
  // A balance that was stated at the beginning does not name a version.
  const stated = run.stateLeftBy === run.terms.agreementVersionId ? before.balances.get(month.group.key) : undefined;
  return balanceIn(run.component.carryover, before.balances.get(keyOf(run, month)) ?? stated ?? NO_BALANCE, run.month);
}

function keyOf(run: ShareRun, month: GroupMonth): string {
  return balanceKey(run.component, run.terms, month.group.key);
}

function inBase(run: ShareRun): boolean {
  const { carryover } = run.component;
  return carryover.mode === "none" || carryover.unit === "base";
}

function positive(value: Decimal): Decimal {
  return value.units > 0n ? value : ZERO;
}

function absolute(value: Decimal): Decimal {
  return value.units < 0n ? { units: -value.units, scale: value.scale } : value;
}
