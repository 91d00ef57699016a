import type { PlanInput } from "@tributary/contract";
import { CASINO_PLANS } from "./casino-plans.ts";
import { FX_PLANS } from "./fx-plans.ts";
import { SAAS_PLANS } from "./saas-plans.ts";
import type { PartnerPlan, Vertical } from "./world.ts";

const PLANS = { fx: FX_PLANS, casino: CASINO_PLANS, saas: SAAS_PLANS };
const CURRENCY: Record<Vertical, string> = { fx: "USD", casino: "EUR", saas: "EUR" };

/** The deals that a vertical offers. */
export function dealsOf(vertical: Vertical): readonly string[] {
  return Object.keys(PLANS[vertical]);
}

export function dealName(vertical: Vertical, deal: string): string {
  return PLANS[vertical][deal]?.name ?? deal;
}

/** The commission plan of a deal. */
export function planOf(vertical: Vertical, deal: string): PlanInput {
  const plan = PLANS[vertical][deal]?.plan;
  if (plan === undefined) throw new Error(`${vertical} has no deal ${deal}`);
  return { language: 1, currency: CURRENCY[vertical], ...plan };
}

/** The deal that a partner really gets: its own, or what its kind is usually paid by. */
export function dealOf(partner: PartnerPlan): string {
  if (partner.plan !== undefined) return partner.plan;
  if (partner.vertical === "saas") return saasDeal(partner);
  if (partner.story !== "ordinary" || partner.portalUser !== undefined) return partner.deal;
  const other = everyOther(partner);
  if (partner.vertical === "casino")
    return other
      ? { cpa: "cpa_country", revenue_share: "tiered_share", hybrid: "advance" }[partner.deal]
      : partner.deal;
  if (partner.kind === "introducing_broker") return other ? "lots" : "ib_levels";
  return other && partner.deal === "revenue_share" ? "spread_tiers" : partner.deal;
}

function saasDeal(partner: PartnerPlan): string {
  if (partner.portalUser !== undefined) return "revenue_share";
  if (partner.kind === "affiliate") return "tenancy";
  if (partner.kind === "agency") return "guarantee";
  return everyOther(partner) ? "sale_tiers" : "revenue_share";
}

/** The same half of all partners, whatever else the sample draws. */
function everyOther({ code }: PartnerPlan): boolean {
  let sum = 0;
  for (const letter of code) sum += letter.charCodeAt(0);
  return sum % 2 === 1;
}
