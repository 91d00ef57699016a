import { type Component, PlanDocument, type PlanInput } from "@tributary/contract";
import { decimal, formatDecimal } from "../../kernel/decimal.ts";
import { currency, toMinor } from "../../kernel/money.ts";
import type { ComponentResult, ModelOf } from "./component-run.ts";
import { type Customer, type Entry, NO_FACTS, type Stated } from "./entries.ts";
import { calculateCommissionShare } from "./models/commission-share.ts";
import { calculateCpc } from "./models/cpc.ts";
import { calculateCpm } from "./models/cpm.ts";
import { calculateLotRebate } from "./models/lot-rebate.ts";
import { calculateNotional } from "./models/notional.ts";
import { calculatePerEvent } from "./models/per-event.ts";
import { calculatePipRebate } from "./models/pip-rebate.ts";
import { calculatePointRebate } from "./models/point-rebate.ts";
import { calculateSpreadShare } from "./models/spread-share.ts";
import { calculateTheoretical } from "./models/theoretical.ts";
import { RateTable } from "./rates.ts";
import { Run } from "./run.ts";
import type { Terms } from "./terms.ts";
import { World } from "./world.ts";

/** A fact as a row of a table: amounts, numbers and words by name. */
export type Row = Readonly<Record<string, string>>;
export type ComponentInput = PlanInput["components"][number];

export interface Situation {
  readonly currency?: string;
  readonly stated?: readonly Stated[];
  readonly rates?: readonly (readonly [day: string, code: string, rate: string])[];
  readonly month?: string;
  readonly plan?: Partial<PlanInput>;
  readonly partner?: Readonly<Record<string, string>>;
}

const AMOUNTS = [
  "spread",
  "commission",
  "notional",
  "markup",
  "payout",
  "stake",
  "turnover",
  "deposit",
  "average_spread_amount",
];
const NUMBER = /^-?\d+(\.\d+)?$/;
const TEXTS = ["order", "position", "customer", "on", "type", "currency", "symbol", "group", "visitor"];

const MODELS: { readonly [name: string]: unknown } = {
  lot_rebate: calculateLotRebate,
  pip_rebate: calculatePipRebate,
  point_rebate: calculatePointRebate,
  spread_share: calculateSpreadShare,
  commission_share: calculateCommissionShare,
  notional: calculateNotional,
  theoretical: calculateTheoretical,
  cpc: calculateCpc,
  cpm: calculateCpm,
  per_event: calculatePerEvent,
};

/** A component alone, over one month of facts of one partner. */
export function resultOf(component: ComponentInput, rows: readonly Row[], situation: Situation = {}): ComponentResult {
  const code = situation.currency ?? "USD";
  const plan = PlanDocument.parse({ language: 1, currency: code, ...situation.plan, components: [component] });
  const terms: Terms = {
    agreementVersionId: "",
    version: 1,
    validFrom: "2020-01-01",
    validTo: null,
    customers: "move",
    plan,
    planHash: "h",
  };
  const entries = rows.map((row, index) => entryOf(row, index, code));
  const isTraffic = (entry: Entry) => entry.type === "click" || entry.type === "impression";
  const people = Map.groupBy(
    entries.filter((entry) => !isTraffic(entry)),
    (entry) => entry.customerId ?? "",
  );
  const rates = (situation.rates ?? []).map(([day, name, rate]) => ({ day, currency: name, rate }));
  const world = new World({
    terms: [terms],
    termsFor: () => terms,
    facts: {
      ...NO_FACTS,
      partnerAttributes: situation.partner ?? {},
      customers: [...people].map(([customerId, own]) => customerOf(customerId, own)),
      traffic: entries.filter(isTraffic),
      stated: situation.stated ?? [],
    },
    rates: new RateTable("stated", rates),
  });
  const parsed = plan.components[0] as Component;
  const calculate = MODELS[parsed.model] as ModelOf<"lot_rebate">;
  const month = situation.month ?? "2026-03-01";
  const run = new Run({
    world,
    terms,
    component: parsed,
    month,
    state: {},
    stateLeftBy: null,
    bandsBefore: new Map(),
    bands: new Map(),
    earlier: [],
    replacement: null,
  });
  return calculate(run as unknown as Parameters<typeof calculate>[0]);
}

/** What it pays before the line is rounded; null: no line. */
export function unrounded(component: ComponentInput, rows: readonly Row[], situation: Situation = {}): string | null {
  const [draft] = resultOf(component, rows, situation).drafts;
  return draft === undefined ? null : formatDecimal(draft.value);
}

/** What it pays in minor units of the currency, halves up. */
export function paidMinor(component: ComponentInput, rows: readonly Row[], situation: Situation = {}): bigint | null {
  const value = unrounded(component, rows, situation);
  return value === null ? null : toMinor(decimal(value), currency(situation.currency ?? "USD"));
}

/** Codes of the steps of the working, with one value each where it says something. */
export function stepCodes(component: ComponentInput, rows: readonly Row[], situation: Situation = {}): string[] {
  return resultOf(component, rows, situation).drafts.flatMap((draft) => draft.working.steps.map((step) => step.code));
}

function customerOf(customerId: string, entries: readonly Entry[]): Customer {
  return { customerId, partnerId: "self", cohort: "", attributes: {}, milestones: {}, firstDeposit: null, entries };
}

function entryOf(row: Row, index: number, code: string): Entry {
  const { on = "2026-03-10", type = "trade", customer = "c1", currency: own = code, count = "1", ...values } = row;
  const named = Object.entries(values).map(([name, value]) => {
    if (TEXTS.includes(name) || !NUMBER.test(value)) return ["dimensions", name, value] as const;
    return [AMOUNTS.includes(name) ? "measures" : "quantities", name, decimal(value)] as const;
  });
  const part = (kind: string) =>
    Object.fromEntries(named.filter(([of]) => of === kind).map(([, name, value]) => [name, value]));
  return {
    day: on,
    at: Date.parse(`${on}T00:00:00Z`) + index,
    type,
    id: `t${index}`,
    customerId: type === "click" || type === "impression" ? null : customer,
    cohort: "",
    currency: own,
    measures: part("measures") as Entry["measures"],
    quantities: part("quantities") as Entry["quantities"],
    dimensions: part("dimensions") as Entry["dimensions"],
    count: Number(count),
  };
}
