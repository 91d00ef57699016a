import type { SubPartnerComponent } from "@tributary/contract";
import { add, type Decimal, ZERO } from "../../../kernel/decimal.ts";
import type { ComponentResult, ModelOf } from "../component-run.ts";
import { withinRevenue, withNegatives } from "./levels/bounds.ts";
import { Below } from "./levels/brought.ts";
import { cascade } from "./levels/cascade.ts";
import { decrement } from "./levels/decrement.ts";
import { fixedPot } from "./levels/fixed-pot.ts";
import { levelDifference } from "./levels/level-difference.ts";
import { levelRatio } from "./levels/level-ratio.ts";
import { perQualified } from "./levels/per-qualified.ts";
import { perReferral } from "./levels/per-referral.ts";
import { percentOfCommission } from "./levels/percent-of-commission.ts";
import { percentOfFee } from "./levels/percent-of-fee.ts";
import { percentOfRevenue } from "./levels/percent-of-revenue.ts";
import { draftsOf, type Shared, sumOf } from "./levels/shares.ts";

/**
 * What a partner earns on what those below it brought in the month: a line for each of them that brought something, and one for its own customers where
 * the mode pays them too. Facts belong to the parent partner of their day.
 * @throws Refusal `invalid_input` when the parent partners lead in a circle or a sub-partner has two at once
 */
export const calculateSubPartner: ModelOf<"sub_partner"> = (run) => {
  const below = new Below(run);
  const { pays } = run.component;
  const shared = sharedBy(below, pays);
  const bounded = withinRevenue(below, "negative" in pays ? withNegatives(shared, pays.negative) : shared);
  return { drafts: draftsOf(below, bounded), state: null, figures: figuresOf(run.component.funding, bounded) };
};

function sharedBy(below: Below, pays: SubPartnerComponent["pays"]): Shared {
  switch (pays.mode) {
    case "percent_of_commission":
      return percentOfCommission(below, pays);
    case "percent_of_revenue":
      return percentOfRevenue(below, pays);
    case "per_qualified":
      return perQualified(below, pays);
    case "per_referral":
      return perReferral(below, pays);
    case "percent_of_fee":
      return percentOfFee(below, pays);
    case "level_difference":
      return levelDifference(below, pays);
    case "cascade":
      return cascade(below, pays);
    case "fixed_pot":
      return fixedPot(below, pays);
    case "level_ratio":
      return levelRatio(below, pays);
    case "decrement":
      return decrement(below, pays);
  }
}

function figuresOf(funding: "operator" | "sub_partner", shared: Shared): NonNullable<ComponentResult["figures"]> {
  const onSubPartners = shared.shares.filter((share) => share.partnerId !== null);
  const brought: Decimal = onSubPartners.reduce((sum, share) => add(sum, share.base), ZERO);
  return {
    sub_partners_brought: brought,
    ...(funding === "operator" ? {} : { funded_by_sub_partners: sumOf(onSubPartners) }),
  };
}
