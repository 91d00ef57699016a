import type { WorkingInput, WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, divide, formatDecimal, multiply, ZERO } from "../../../../kernel/decimal.ts";
import { currency, exponent, splitByWeights } from "../../../../kernel/money.ts";
import type { Day } from "../../../../kernel/period.ts";
import type { Draft, Item, Price, Priced } from "../../component-run.ts";
import type { About } from "../../match.ts";
import { monthName } from "../../terms.ts";
import type { Below, SubPartnerRun } from "./brought.ts";

/** Rows of a working that a person still reads; the rest is summed in one. */
const MOST_ROWS = 30;
const RATE_PLACES = 12;

/** What the partner gets for something that a sub-partner (or a customer of its own) brought. */
export interface Share {
  /** Whose customer it is; null: the partner's own. */
  readonly partnerId: string | null;
  /** Its level for the partner; 0: own customers. */
  readonly level: number;
  /** What the value was applied to. */
  readonly base: Decimal;
  readonly amount: Decimal;
  readonly day: Day;
  readonly at: number | null;
  readonly about: About;
  readonly name: string;
  /** What came before, when it is more than a sum of what events carry. */
  readonly steps?: readonly WorkingStep[];
  /** Names the sentence of its row when it is no value of a level but a correction. */
  readonly code?: string;
}

/** What a mode comes to. */
export interface Shared {
  readonly shares: readonly Share[];
  /** What the base is called: commission, spread, lots … */
  readonly base: string;
  /** false: the base is a plain number. */
  readonly isMoney: boolean;
  readonly rate: Decimal | null;
  readonly tier: string | null;
  /** Steps that concern all sub-partners: the tier, the factors. */
  readonly steps: readonly WorkingStep[];
}

/** A thing of some level before it has a price. */
export type Unpriced = Omit<Share, "amount">;

export function asPriced(one: Unpriced): Priced {
  return { quantity: one.base, about: one.about, day: one.day, at: one.at, name: one.name };
}

/** Puts together what each level's price came to. */
export function sharedOf(
  parts: readonly { readonly things: readonly Unpriced[]; readonly price: Price }[],
  base: string,
  isMoney: boolean,
): Shared {
  const shares = parts.flatMap(({ things, price }) =>
    things.map((thing, index) => ({ ...thing, amount: price.amounts[index] ?? ZERO })),
  );
  const rates = new Set(parts.map(({ price }) => (price.rate === null ? "" : formatDecimal(price.rate))));
  const first = parts[0]?.price;
  return {
    shares,
    base,
    isMoney,
    rate: rates.size === 1 ? (first?.rate ?? null) : null,
    tier: first?.tier ?? null,
    steps: parts.flatMap(({ price }) => price.steps),
  };
}

/** One draft for each sub-partner, and one for own customers, in the order of their names. */
export function draftsOf(below: Below, shared: Shared): Draft[] {
  const groups = Map.groupBy(shared.shares, (share) => share.partnerId ?? "");
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([partnerId, shares]) => draftOf(below, shared, partnerId, shares));
}

function draftOf(below: Below, shared: Shared, partnerId: string, shares: readonly Share[]): Draft {
  const { run } = below;
  const own = partnerId === "";
  const value = sumOf(shares);
  const funded: WorkingStep[] =
    own || run.component.funding === "operator" ? [] : [{ code: "level_funded", values: money(run, value) }];
  const caps = [...(run.component.caps ?? []), ...(run.plan.caps ?? [])].length > 0;
  return {
    subjectKind: own ? "period" : "partner",
    subjectId: own ? monthName(run.month) : partnerId,
    earnedOn: run.last,
    value,
    working: {
      inputs: [inputOf(run, shared, shares)],
      steps: [
        ...shares.flatMap((share) => share.steps ?? []),
        ...shared.steps,
        ...rowsOf(run, shared, shares),
        ...funded,
      ],
      conversions: below.logOf(partnerId).rows(),
      rate: shared.rate === null ? null : formatDecimal(shared.rate),
      tier: shared.tier,
    },
    ...(caps ? { items: shares.map(itemOf) } : {}),
  };
}

function itemOf({ day, at, amount, about, name }: Share): Item {
  return { day, at, value: amount, about, name };
}

function inputOf(run: SubPartnerRun, shared: Shared, shares: readonly Share[]): WorkingInput {
  const value = formatDecimal(shares.reduce((sum, share) => add(sum, share.base), ZERO));
  return { name: shared.base, value, ...(shared.isMoney ? { currency: run.plan.currency } : {}) };
}

interface Row {
  readonly code: string;
  readonly level: number;
  readonly rate: Decimal | null;
  base: Decimal;
  amount: Decimal;
}

/** `1,200 × 0.1` by level and rate, the largest first. */
function rowsOf(run: SubPartnerRun, shared: Shared, shares: readonly Share[]): WorkingStep[] {
  const rows = new Map<string, Row>();
  for (const share of shares) {
    // Parts of a whole have said in their own steps how they came about.
    if (share.code === "split_said") continue;
    const rate = rateOf(share.base, share.amount);
    const code = share.code ?? (share.level === 0 ? "level_own" : "level_share");
    const key = `${code} ${share.level} ${rate === null ? "" : formatDecimal(rate)}`;
    const row = rows.get(key) ?? { code, level: share.level, rate, base: ZERO, amount: ZERO };
    rows.set(key, { ...row, base: add(row.base, share.base), amount: add(row.amount, share.amount) });
  }
  // What corrects the sum stands last.
  const late = (row: Row) => (row.code === "level_own" || row.code === "level_share" ? 0 : 1);
  const sorted = [...rows.values()].sort(
    (a, b) => late(a) - late(b) || a.level - b.level || compare(b.amount, a.amount),
  );
  const rest = sorted.slice(MOST_ROWS);
  const more: WorkingStep[] =
    rest.length === 0
      ? []
      : [
          {
            code: "levels_more",
            values: { count: String(rest.length), ...money(run, rest.map((row) => row.amount).reduce(add, ZERO)) },
          },
        ];
  return [...sorted.slice(0, MOST_ROWS).map((row) => rowStep(run, shared, row)), ...more];
}

function rowStep(run: SubPartnerRun, shared: Shared, row: Row): WorkingStep {
  const arithmetic = row.rate === null ? {} : { arithmetic: `${formatDecimal(row.base)} × ${formatDecimal(row.rate)}` };
  return {
    code: row.code,
    values: { base: shared.base, level: String(row.level), ...arithmetic, ...money(run, row.amount) },
  };
}

/** The value for one unit, when it is a number that can be written down. */
export function rateOf(base: Decimal, amount: Decimal): Decimal | null {
  if (base.units === 0n) return null;
  const rate = divide(amount, base, RATE_PLACES);
  return compare(multiply(rate, base), amount) === 0 ? rate : null;
}

export function money(run: SubPartnerRun, value: Decimal): { readonly value: string; readonly currency: string } {
  return { value: formatDecimal(value), currency: run.plan.currency };
}

export function sumOf(shares: readonly { readonly amount: Decimal }[]): Decimal {
  return shares.reduce((sum, share) => add(sum, share.amount), ZERO);
}

/** Decimals of a line. */
export function linePlaces(run: { readonly plan: SubPartnerRun["plan"] }): number {
  return run.plan.rounding.places ?? exponent(currency(run.plan.currency));
}

/** Parts of a whole in the ratio of some decimals, at so many places: they sum to the whole, what is left goes to the largest remainders. */
export function splitDecimal(whole: Decimal, places: number, weights: readonly Decimal[]): Decimal[] {
  const scale = Math.max(...weights.map((weight) => weight.scale));
  const units = weights.map((weight) => weight.units * 10n ** BigInt(scale - weight.scale));
  return splitByWeights(atPlaces(whole, places), units).map((part) => ({ units: part, scale: places }));
}

function atPlaces(value: Decimal, places: number): bigint {
  if (value.scale <= places) return value.units * 10n ** BigInt(places - value.scale);
  throw new Error("a whole is rounded before it is split");
}
