import type { Component, Model } from "@tributary/contract";
import { add, type Decimal, decimal, ZERO } from "../../../kernel/decimal.ts";
import { carriedInto as carried, writeBalance } from "../carryover.ts";
import type { ComponentResult, ComponentRun, ModelOf, State } from "../component-run.ts";
import { readMemory } from "../share-state.ts";
import { calculateBonus } from "./bonus.ts";
import { calculateClientRebate } from "./client-rebate.ts";
import { calculateCommissionShare } from "./commission-share.ts";
import { calculateCpa, calculateCpl } from "./cpa.ts";
import { calculateCpaLadder } from "./cpa-ladder.ts";
import { calculateCpc } from "./cpc.ts";
import { calculateCpm } from "./cpm.ts";
import { calculateFlatFee } from "./flat-fee.ts";
import { calculateLotRebate } from "./lot-rebate.ts";
import { calculateMinimumGuarantee } from "./minimum-guarantee.ts";
import { calculateNotional } from "./notional.ts";
import { calculatePerEvent } from "./per-event.ts";
import { calculatePipRebate } from "./pip-rebate.ts";
import { calculatePointRebate } from "./point-rebate.ts";
import { calculateRecurring } from "./recurring.ts";
import { calculateRevenueShare } from "./revenue-share.ts";
import { calculateSale } from "./sale.ts";
import { calculateSpreadShare } from "./spread-share.ts";
import { calculateSubPartner } from "./sub-partner.ts";
import { calculateTheoretical } from "./theoretical.ts";

const MODELS: { readonly [M in Model]: ModelOf<M> } = {
  cpa: calculateCpa,
  cpl: calculateCpl,
  cpa_ladder: calculateCpaLadder,
  cpc: calculateCpc,
  cpm: calculateCpm,
  per_event: calculatePerEvent,
  sale: calculateSale,
  recurring: calculateRecurring,
  flat_fee: calculateFlatFee,
  minimum_guarantee: calculateMinimumGuarantee,
  bonus: calculateBonus,
  revenue_share: calculateRevenueShare,
  theoretical: calculateTheoretical,
  lot_rebate: calculateLotRebate,
  pip_rebate: calculatePipRebate,
  point_rebate: calculatePointRebate,
  spread_share: calculateSpreadShare,
  commission_share: calculateCommissionShare,
  notional: calculateNotional,
  sub_partner: calculateSubPartner,
  client_rebate: calculateClientRebate,
};

/** The negative base that a share carries on, all groups together; null when it carries none. */
export function carriedInto(component: Component, own: State): Decimal | null {
  if (component.model !== "revenue_share" || component.carryover.mode === "none") return null;
  const { balances } = readMemory({ state: own, stateLeftBy: null });
  return [...balances.values()].map(carried).reduce(add, ZERO);
}

/** A negative base as a share remembers it that balances everything together. */
export function rememberCarry(base: string, month: string): State {
  return { balances: { "": writeBalance({ lots: [{ month, left: decimal(base) }], history: [] }) } };
}

/** One month of one component, by its model. */
export function calculateModel(run: ComponentRun<Component>): ComponentResult {
  const model = MODELS[run.component.model] as (run: ComponentRun<Component>) => ComponentResult;
  return model(run);
}
