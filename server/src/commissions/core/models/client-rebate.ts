import type { ClientRebateComponent, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, negate, roundTo, subtract, ZERO } from "../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../kernel/period.ts";
import type { ComponentRun, Draft, ModelOf, Price, Priced } from "../component-run.ts";
import { type About, dimension } from "../match.ts";
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
  const drafts = rewards(run);
  const pieces = drafts.flatMap((draft) => piecesOf(run, draft));
  const reward = sum(drafts.map((draft) => draft.value));
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
    figures: { [to === "customers" ? "passed_on" : "given_to_upline"]: price.total },
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
function piecesOf(run: Run, draft: Draft): Piece[] {
  const found = new Map<string, { about: About; day: Day; customerId: string; value: Decimal }>();
  const customer = draft.subjectKind === "customer" ? run.customer(draft.subjectId) : undefined;
  const whole = { about: customer === undefined ? { partner: {} } : run.aboutCustomer(customer), day: draft.earnedOn };
  const items = customer === undefined ? (draft.items ?? []) : [{ ...whole, value: draft.value }];
  for (const { about, day, value } of items) {
    const customerId = dimension(about, "customer");
    if (customerId === undefined) continue;
    const key = `${bucketOf(run, day)} ${customerId}`;
    const before = found.get(key);
    found.set(key, { about, day, customerId, value: add(before?.value ?? ZERO, value) });
  }
  const rest = subtract(draft.value, sum([...found.values()].map((one) => one.value)));
  const named = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { about, day, customerId, value }]) => pieceOf(run, about, day, customerId, value));
  return rest.units === 0n
    ? named
    : [...named, pieceOf(run, { partner: run.facts.partnerAttributes }, draft.earnedOn, null, rest)];
}

function pieceOf(run: Run, about: About, day: Day, customerId: string | null, quantity: Decimal): Piece {
  const thing = { quantity, about, day, at: null, name: customerId ?? run.component.code };
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
