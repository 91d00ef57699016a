import type { ClientRebateComponent, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, negate, roundTo, subtract, ZERO } from "../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../kernel/period.ts";
import type { ComponentRun, Draft, Item, ModelOf, Price, Priced } from "../component-run.ts";
import { dimension, matches, matchesAny } from "../match.ts";
import { isOnDays } from "../narrow.ts";
import { monthName } from "../terms.ts";
import { linePlaces, splitDecimal } from "./levels/shares.ts";

type Run = ComponentRun<ClientRebateComponent>;

/** Customers that a working still lists. */
const MOST_CUSTOMERS = 30;

/** A part of the reward that is given away, by customer and time of payment; without a customer: what nobody in particular brought. */
interface Piece {
  readonly thing: Priced;
  readonly customerId: string | null;
  readonly bucket: string;
}

/**
 * The share of the partner's own reward that it gives to its customers, or to the partner above it: a negative line. A month whose reward is not above zero
 * gives nothing away.
 */
export const calculateClientRebate: ModelOf<"client_rebate"> = (run) => {
  const counts = counting(run);
  const pieces = rewards(run).flatMap((draft) => piecesOf(run, draft, counts));
  const reward = sum(pieces.map((piece) => piece.thing.quantity));
  if (pieces.length === 0 || reward.units <= 0n) return { drafts: [], state: null };
  const price = run.price(
    run.component.share,
    pieces.map((piece) => piece.thing),
  );
  if (price.total.units <= 0n) return { drafts: [], state: null };
  const { to } = run.component;
  const given = roundTo(price.total, linePlaces(run), run.plan.rounding.mode);
  const parts = to === "customers" ? partSteps(run, pieces, price, given) : [];
  const draft: Draft = {
    subjectKind: "period",
    subjectId: monthName(run.month),
    earnedOn: run.last,
    value: negate(price.total),
    working: {
      inputs: [{ name: "reward", value: formatDecimal(reward), currency: run.plan.currency }],
      steps: [
        ...rewardSteps(run),
        ...price.steps,
        {
          code: to === "customers" ? "rebate_to_customers" : "rebate_to_parent",
          values: givenValues(run, reward, price),
        },
        ...parts,
      ],
      conversions: [],
      rate: price.rate === null ? null : formatDecimal(price.rate),
      tier: price.tier,
    },
  };
  return {
    drafts: [draft],
    state: null,
    figures: { [to === "customers" ? "passed_on" : "given_to_parent"]: price.total },
  };
};

/** Components of these terms that the rebate is a share of, as they came out this month. */
function shared(run: Run): Run["earlier"] {
  const { of } = run.component;
  return run.earlier.filter(({ component }) => {
    // Another version of the agreement may have been calculated in the same month: its own rebate takes care of it.
    if (!run.plan.components.includes(component)) return false;
    if (of !== "all") return of.includes(component.code);
    return component.model !== "sub_partner" && component.model !== "client_rebate";
  });
}

function rewards(run: Run): Draft[] {
  return shared(run).flatMap(({ result }) => result.drafts);
}

/** Which parts of the reward are given away: those of facts that the component looks at, where it does not look at all. */
function counting(run: Run): (item: Counted) => boolean {
  const { only, except, where, from, until, monthDays, lifetime, customers } = run.component;
  if ([only, except, where, from, until, monthDays, lifetime, customers].every((one) => one === undefined))
    return () => true;
  const facts = new Set(run.entries());
  const isCovered = (day: Day) =>
    (from === undefined || day >= from) && (until === undefined || day <= until) && isOnDays(day, monthDays);
  return ({ about, day }) => {
    if (about.entry !== undefined) return facts.has(about.entry);
    return isCovered(day) && matches(about, only) && !matchesAny(about, except);
  };
}

function rewardSteps(run: Run): WorkingStep[] {
  return shared(run)
    .filter(({ result }) => result.drafts.length > 0)
    .map(({ component, result }) => {
      const value = formatDecimal(sum(result.drafts.map((draft) => draft.value)));
      return { code: "rebate_of", values: { component: component.code, value, currency: run.plan.currency } };
    });
}

function givenValues(run: Run, reward: Decimal, price: Price): Record<string, string> {
  const arithmetic =
    price.rate === null ? {} : { arithmetic: `${formatDecimal(reward)} × ${formatDecimal(price.rate)}` };
  return { ...arithmetic, value: formatDecimal(price.total), currency: run.plan.currency };
}

/** A line of the reward by customer and time; what its items do not explain (a bound, a guarantee) is nobody's in particular. */
function piecesOf(run: Run, draft: Draft, counts: (item: Counted) => boolean): Piece[] {
  const customer = draft.subjectKind === "customer" ? run.customer(draft.subjectId) : undefined;
  const about = customer === undefined ? { partner: run.partner } : run.aboutCustomer(customer);
  const whole = { about, day: draft.earnedOn, value: draft.value };
  const items = (customer === undefined ? (draft.items ?? []) : [whole]).filter((item) => named(item) !== undefined);
  const rest = { ...whole, value: subtract(draft.value, sum(items.map((item) => item.value))) };
  // A share that depends on the single fact is looked up for each of them.
  const single = typeof run.component.share !== "string";
  const groups = Map.groupBy(items.filter(counts).entries(), ([index, item]) =>
    single ? String(index) : `${bucketOf(run, item.day)} ${named(item)}`,
  );
  const pieces = [...groups.values()].flatMap((same): Piece[] => {
    const [first] = same;
    if (first === undefined) return [];
    const [, item] = first;
    return [pieceOf(run, { ...item, value: sum(same.map(([, one]) => one.value)) }, named(item) ?? null)];
  });
  return customer !== undefined || rest.value.units === 0n || !counts(rest)
    ? pieces
    : [...pieces, pieceOf(run, rest, null)];
}

/** A part of a line. */
type Counted = Pick<Item, "about" | "day" | "value">;

function named({ about }: Counted): string | undefined {
  return dimension(about, "customer");
}

function pieceOf(run: Run, { about, day, value }: Counted, customerId: string | null): Piece {
  const thing = { quantity: value, about, day, at: null, name: customerId ?? run.component.code };
  return { thing, customerId, bucket: bucketOf(run, day) };
}

/** The day, or the Monday of its week. */
function bucketOf(run: Run, day: Day): Day {
  if (run.component.schedule === "monthly") return run.month;
  if (run.component.schedule === "daily") return day;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** Who gets how much and when; each list sums to what is given away to the cent. */
function partSteps(run: Run, pieces: readonly Piece[], price: Price, given: Decimal): WorkingStep[] {
  const amounts = pieces.map((piece, index) => ({ ...piece, amount: price.amounts[index] ?? ZERO }));
  const byTime = run.component.schedule === "monthly" ? [] : split(run, amounts, given, (piece) => piece.bucket);
  const byCustomer = amounts.some((piece) => piece.customerId !== null)
    ? split(run, amounts, given, (piece) => piece.customerId ?? "")
    : [];
  const code = run.component.schedule === "daily" ? "rebate_day" : "rebate_week";
  const times = byTime.map(([day, value]) => ({ code, values: { day, ...money(run, value) } }));
  const largest = byCustomer.toSorted(([a, x], [b, y]) => compare(y, x) || (a < b ? -1 : 1));
  const rest = largest.slice(MOST_CUSTOMERS);
  return [
    ...times,
    ...largest.slice(0, MOST_CUSTOMERS).map(([customer, value]) => ({
      code: customer === "" ? "rebate_nobody" : "rebate_customer",
      values: { customer, ...money(run, value) },
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            code: "rebate_more",
            values: { count: String(rest.length), ...money(run, sum(rest.map(([, value]) => value))) },
          },
        ]),
  ];
}

/** The whole by the ratio of what each part came to; nobody gets less than nothing. */
function split(
  run: Run,
  pieces: readonly (Piece & { readonly amount: Decimal })[],
  given: Decimal,
  keyOf: (piece: Piece) => string,
): (readonly [string, Decimal])[] {
  const parts = [...Map.groupBy(pieces, keyOf)]
    .map(([key, same]) => ({ key, weight: sum(same.map((piece) => piece.amount)) }))
    .filter(({ weight }) => weight.units > 0n)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const amounts = splitDecimal(
    given,
    linePlaces(run),
    parts.map(({ weight }) => weight),
  );
  return parts.map(({ key }, index) => [key, amounts[index] ?? ZERO] as const);
}

function money(run: Run, value: Decimal): { readonly value: string; readonly currency: string } {
  return { value: formatDecimal(value), currency: run.plan.currency };
}

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce(add, ZERO);
}
