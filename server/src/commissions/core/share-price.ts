import type { PlanValue, RevenueShareComponent } from "@tributary/contract";
import { compare, type Decimal, decimal, ZERO } from "../../kernel/decimal.ts";
import type { ComponentRun, Priced } from "./component-run.ts";

/**
 * What bases come to at the component's rate, negative ones too. Where no band is reached, as in a month below zero, the lowest band's rate
 * says what the negative amounts to.
 */
export function signedAmounts(run: ComponentRun<RevenueShareComponent>, things: readonly Priced[]): readonly Decimal[] {
  if (things.length === 0) return [];
  const { rate } = run.component;
  const price = run.price(rate, things);
  if (price.rate !== null || price.total.units !== 0n || price.amounts.some((one) => one.units !== 0n))
    return price.amounts;
  const lowest = lowestBand(rate);
  return lowest === null ? things.map(() => ZERO) : run.price(lowest, things).amounts;
}

function lowestBand(value: PlanValue): PlanValue | null {
  if (typeof value === "string" || !("bands" in value)) return null;
  const [first] = value.bands.toSorted((a, b) => compare(decimal(a.from), decimal(b.from)));
  return first?.value ?? null;
}
