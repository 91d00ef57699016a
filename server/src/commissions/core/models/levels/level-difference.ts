import type { WorkingStep } from "@tributary/contract";
import {
  compare,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from "../../../../kernel/decimal.ts";
import { Refusal } from "../../../../kernel/refusal.ts";
import type { Price } from "../../component-run.ts";
import type { SubPartner } from "../../entries.ts";
import type { Chain } from "../../tree.ts";
import { type Below, nameOf, type PaysBy } from "./brought.ts";
import { ownThings, producer, thingsOf } from "./by-level.ts";
import { asPriced, type Share, type Shared, type Unpriced } from "./shares.ts";

const FACTOR_PLACES = 18;

interface Difference {
  readonly thing: Unpriced;
  readonly own: Decimal;
  readonly highest: Decimal;
}

/**
 * (Own value − the highest of the sub-partners below on the way, not below zero) × the measure or quantity. Where values fall from level to level that
 * is the next below; where one does not, the chain still gets no more than its highest value.
 */
export function levelDifference(below: Below, pays: PaysBy<"level_difference">): Shared {
  const { run } = below;
  const own = pays.ownCustomers === "paid" ? ownThings(below, pays.of).map((thing) => ({ thing, highest: ZERO })) : [];
  const brought = thingsOf(below, pays.of).map(({ chain, ...thing }) => ({
    thing: { ...thing, level: chain.length, partnerId: producer(chain) },
    highest: highestOf(below, chain, pays.attribute),
  }));
  const differences = [...own, ...brought].flatMap(({ thing, highest }): Difference[] => {
    const value = run.resolve(pays.own, thing.about).value;
    return value === null ? [] : [{ thing, own: value, highest }];
  });
  const { amounts, steps } = multiplied(below, pays, differences);
  const shares = differences.map(({ thing }, index): Share => ({ ...thing, amount: amounts[index] ?? ZERO }));
  const noted = new Set<string>();
  return {
    shares: shares.map((share, index) => ({ ...share, steps: stepsOf(differences[index] as Difference, noted) })),
    base: nameOf(pays.of),
    isMoney: typeof pays.of === "string",
    rate: null,
    tier: null,
    steps,
  };
}

/** Base × difference × the component's factors. */
function multiplied(
  below: Below,
  pays: PaysBy<"level_difference">,
  differences: readonly Difference[],
): Pick<Price, "amounts" | "steps"> {
  const plain = differences.map((one) => multiply(one.thing.base, differenceOf(one)));
  if (below.run.component.factors === undefined) return { amounts: plain, steps: [] };
  // The same factors as on the partner's whole own value.
  const whole = below.run.price(
    pays.own,
    differences.map(({ thing }) => asPriced(thing)),
  );
  const amounts = plain.map((amount, index) => {
    const one = differences[index] as Difference;
    const unit = multiply(one.thing.base, one.own);
    return unit.units === 0n ? ZERO : multiply(amount, divide(whole.amounts[index] ?? ZERO, unit, FACTOR_PLACES));
  });
  return { amounts, steps: whole.steps };
}

function differenceOf({ own, highest }: Difference): Decimal {
  const difference = subtract(own, highest);
  return difference.units < 0n ? ZERO : difference;
}

/** Each difference is said once for a sub-partner. */
function stepsOf(one: Difference, noted: Set<string>): WorkingStep[] {
  const [own, highest] = [formatDecimal(one.own), formatDecimal(one.highest)];
  const key = `${one.thing.partnerId} ${own} ${highest}`;
  if (one.thing.partnerId === null || noted.has(key)) return [];
  noted.add(key);
  const value = formatDecimal(differenceOf(one));
  const code = compare(one.own, one.highest) < 0 ? "level_difference_none" : "level_difference";
  return [{ code, values: { arithmetic: `${own} − ${highest}`, value } }];
}

function highestOf(below: Below, chain: Chain, attribute: string): Decimal {
  const { inactive } = below.run.component;
  const counted = chain.filter((one, index) => one.active || inactive === "skip" || index === chain.length - 1);
  return counted
    .map((one) => statedBy(one, attribute))
    .reduce((highest, one) => (compare(one, highest) > 0 ? one : highest), ZERO);
}

function statedBy(sub: SubPartner, attribute: string): Decimal {
  const text = sub.attributes[attribute];
  const value = text === undefined ? undefined : parseDecimal(text);
  if (value !== undefined && value.units >= 0n) return value;
  const said = text === undefined ? "states no" : `has no number as its`;
  throw new Refusal(
    "invalid_input",
    `Sub-partner ${sub.partnerId} ${said} "${attribute}" from ${sub.from}, so there is no difference to the partner above it.`,
    [
      {
        field: `tree.${attribute}`,
        value: text ?? sub.partnerId,
        message: "its own value is missing",
        hint: `give the sub-partner the attribute "${attribute}", e.g. 0.8`,
      },
    ],
  );
}
