import { divideRounded } from "../../kernel/decimal.ts";

/** What a component brought at one tier, in a period and in the one before. Quantities in hundred-millionths of their unit. */
export interface Cell {
  /** Quantities of one kind may be added: customers of two programs may, customers and revenue may not. */
  readonly unit: string;
  readonly component: string;
  readonly tier: string;
  readonly quantity: bigint;
  readonly amount: bigint;
  readonly quantityBefore: bigint;
  readonly amountBefore: bigint;
}

/** Why an amount changed, in minor units; they sum to the change. */
export interface Causes {
  /** More or fewer of the same, at what each was worth before. */
  readonly volume: bigint;
  /** Between components and programs of the same unit. */
  readonly mix: bigint;
  /** The same component at another tier. */
  readonly tier: bigint;
  /** The same tier is worth more or less each. */
  readonly rate: bigint;
  /** Corrections by hand. */
  readonly adjustment: bigint;
  /** Lines of earlier months that changed: late data, refunds, clawbacks. */
  readonly earlier: bigint;
}

export const CAUSES = ["volume", "mix", "tier", "rate", "adjustment", "earlier"] as const;

interface Sum {
  quantity: bigint;
  amount: bigint;
  quantityBefore: bigint;
  amountBefore: bigint;
}

/**
 * Price, volume and mix, exactly: with P the price before of a unit's all components, Pc of a component and Pt of a tier,
 * volume = (Q1 − Q0)·P, mix = Σ Q1c·Pc − Q1·P, tier = Σ Q1t·Pt − Σ Q1c·Pc, and rate is what is left of the change, so that rounding loses no
 * cent. What had no price before (a new component, a new tier) is taken at its present one: a new component is mix, a new tier is tier.
 */
export function decompose(
  cells: readonly Cell[],
  others: {
    readonly adjustment: bigint;
    readonly adjustmentBefore: bigint;
    readonly earlier: bigint;
    readonly earlierBefore: bigint;
  },
): Causes {
  let [volume, mix, tier, rate] = [0n, 0n, 0n, 0n];
  for (const unit of Map.groupBy(cells, (cell) => cell.unit).values()) {
    const all = sum(unit);
    const components = [...Map.groupBy(unit, (cell) => cell.component).values()];
    const grown = atPrice(all.quantity - all.quantityBefore, all);
    const atUnit = atPrice(all.quantity, all);
    const atComponents = components.reduce((total, own) => total + atPrice(sum(own).quantity, sum(own)), 0n);
    const atTiers = components.reduce((total, own) => total + ofTiers(own), 0n);
    const change = all.amount - all.amountBefore;
    const shifted = atComponents - atUnit;
    const moved = atTiers - atComponents;
    volume += grown;
    mix += shifted;
    tier += moved;
    rate += change - grown - shifted - moved;
  }
  return {
    volume,
    mix,
    tier,
    rate,
    adjustment: others.adjustment - others.adjustmentBefore,
    earlier: others.earlier - others.earlierBefore,
  };
}

export function sumOfCauses(causes: Causes): bigint {
  return CAUSES.reduce((total, cause) => total + causes[cause], 0n);
}

function ofTiers(component: readonly Cell[]): bigint {
  return [...Map.groupBy(component, (cell) => cell.tier).values()].reduce(
    (total, own) => total + atPrice(sum(own).quantity, sum(own)),
    0n,
  );
}

/** A quantity at the price before, or at the present one when there was none. */
function atPrice(quantity: bigint, of: Sum): bigint {
  const [amount, whole] = of.quantityBefore === 0n ? [of.amount, of.quantity] : [of.amountBefore, of.quantityBefore];
  if (whole === 0n) return 0n;
  const sign = whole < 0n ? -1n : 1n;
  return divideRounded(amount * quantity * sign, whole * sign, "half_up");
}

function sum(cells: readonly Cell[]): Sum {
  const total: Sum = { quantity: 0n, amount: 0n, quantityBefore: 0n, amountBefore: 0n };
  for (const cell of cells) {
    total.quantity += cell.quantity;
    total.amount += cell.amount;
    total.quantityBefore += cell.quantityBefore;
    total.amountBefore += cell.amountBefore;
  }
  return total;
}
