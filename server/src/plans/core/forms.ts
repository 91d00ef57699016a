import { Component, PlanDocument } from "@tributary/contract";
import { z } from "zod";
import type { Say } from "./findings.ts";

/** How a field is written, by its name: for who wrote something else in its place. */
export const FORMS: Readonly<Record<string, string>> = {
  language: "language: 1",
  currency: "currency: EUR",
  model:
    "model: cpa, cpl, cpa_ladder, cpc, cpm, per_event, sale, recurring, revenue_share, theoretical, lot_rebate, pip_rebate, point_rebate, spread_share, commission_share, notional, flat_fee, minimum_guarantee, bonus, sub_partner, client_rebate",
  window: 'window: { from: registration, days: 30 }, or window: "none"',
  within: "within: { from: first_deposit, days: 30 }, or clawback within: ever or { days: 60 }",
  hold: "hold: { days: 30 }, with from: month_end where it is counted from the month's end, from: event where each order is held from its own day",
  carryover: "carryover: { mode: none } or { mode: full }",
  clawback: 'clawback: { on: [chargeback], within: ever }, or clawback: "none"',
  qualification: "qualification: { metric: first_deposit, atLeast: 20 }, { milestone: kyc_passed } or { all: [ … ] }",
  metric:
    "metric: { count: first_deposits }, { sum: lots }, { base: ngr }, { commission: all }, { stated: active_members } or { item: amount }; of a customer's condition: a name, metric: deposits",
  base: "base: { name: ngr, terms: [{ add: ggr }, { deduct: bonus }] }, or the name of one of the plan's bases",
  terms: "terms: [{ add: ggr }, { deduct: bonus }, { deduct: { rate: 0.05, of: deposits } }]",
  amount:
    "amount: 120, a table { rows: [{ when: { country: [DE] }, value: 120 }], otherwise: 25 }, or tiers { metric, mode, bounds, bands }",
  rate: "rate: 0.30, a table { rows: [{ when: { product: [poker] }, value: 0.30 }], otherwise: 0.40 }, or tiers { metric, mode, bounds, bands }",
  value: "value: 120 or value: 0.30, as the field around it asks for",
  bands: "bands: [{ from: 0, value: 0.25 }, { from: 10, value: 0.30 }]",
  rows: "{ rows: [{ when: { country: [DE] }, value: 120 }], otherwise: 25 }",
  otherwise: 'otherwise: a value for everything else, or otherwise: "nothing"',
  only: "only: { country: [DE, AT] }",
  except: "except: { country: [DE, AT] }",
  when: "when: { country: [DE, AT] }",
  gate: "gate: { needs: { metric: { stated: active_members }, atLeast: 5 }, otherwise: nothing }",
  needs: "needs: { metric: { count: first_deposits }, atLeast: 5 }",
  caps: "caps: [{ name: monthly, limit: 1000, of: amount, per: month, overflow: reject }]",
  customers: "customers: { qualified: cpa } or { notQualified: cpa, from: window_end }",
  lifetime: "lifetime: { from: registration, endsAfterMonths: 12 }",
  settlements: "settlements: 3",
  most: "most: 500, or most: { times: 2, averageOfMonths: 3 }",
  measures: "measures: [chargebacks]",
  edge: "edge: 0.01, a table by game, or edge: stated where each event says its own",
  returns: "returns: true where the next such event brings the customer back, else returns: false",
  rates: "rates: [0.10, 0.04], one for each level",
  amounts: "amounts: [20, 5], one for each level",
  component: "component: cpa, the code of a component",
  direction: "direction: up, or direction: down",
  depth: "depth: 3",
  booked: "booked: { from: 2026-06-15, until: 2026-07-14 }",
  limit: "limit: life, { payments: 12 } or { months: 12, from: first_payment }",
  steps: "steps: [{ from: 100, amount: 50 }, { from: 500, amount: 120 }]",
  spread: "spread: { from: measure }, { from: prices, at: open } or { from: points, pointValue: 1 }",
  pays: "pays: { mode: percent_of_commission, rates: [0.10] }",
  mode: "a mode of the ones that docs/reference/plan-language.md has at this place",
  of: "of: a name (deposits, spread), a list of names, or { quantity: lots }",
  period:
    "period: current, last_closed, quarter, year, lifetime, day, week, { months: 3, ending: last_closed, take: average } or { days: 90 }",
  where: "where: { deposit: { atLeast: 10 } }, with atLeast, moreThan, atMost, lessThan",
  monthDays: "monthDays: { from: 20, until: 31 }; 31 is the last day of every month",
  same: "same: [offer]",
  beside: "beside: [cpa], or beside: all",
  uniqueBy: "uniqueBy: [person]",
  daily:
    "daily: { counts: day_before } or { counts: same_day }, with down: month_start where a band is kept until the month is over",
  counts: "counts: day_before (from the next day on) or counts: same_day (the whole day)",
  lapses:
    "lapses: { without: deposit, months: 3, returns: true }, or `days` instead of `months`; a list for several rules",
  months: "months: 3, or days: 90 in its place where the rule is one of inactivity",
  programs: "programs: this, or programs: all for every program of the operator",
  resets: "resets: quarter, half_year or year",
  atMost: "atMost: 500; of a band also atMost: { amount: 50, per: day }",
  factors: "factors: [{ name: half, factor: 0.5 }]",
  overrides: "overrides: [{ name: boost, only: { country: [DE] }, from: 2026-03-10, until: 2026-03-23, value: 0.50 }]",
  payout: "payout: { minimum: 100, bound: at_least }",
  refunds: "refunds: proportional, whole or kept; refundsWithin: { days: 60 } where they count for so long only",
  conversion: "conversion: { source: ecb, at: day }",
  rounding: "rounding: { mode: half_up }",
};

/** What people write who know other systems, and what it is here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  to: "a band ends where the next one begins: write only `from`, and leave the end away",
  up_to: "a band ends where the next one begins: write `from` instead, and `bounds` for what is exactly there",
  upto: "a band ends where the next one begins: write `from` instead, and `bounds` for what is exactly there",
  below: "a band ends where the next one begins: write `from` instead, and `bounds` for what is exactly there",
  over: "write `from`, and bounds: more_than",
  tiers:
    "tiers are the value of `rate` or `amount`: { metric: { sum: lots }, mode: whole, bounds: at_least, bands: [ … ] }",
  bands: "bands stand in tiers: rate: { metric, mode, bounds, bands }",
  basis: "what tiers go by is `metric`",
  type: "the kind of a component is `model`",
  kind: "the kind of a component is `model`",
  formula: "a base is a list of terms: [{ add: ggr }, { deduct: bonus }]",
  percent: "write `rate` as a share of one: 0.30 is 30 %",
  percentage: "write `rate` as a share of one: 0.30 is 30 %",
  min: "write `atLeast` (equal is enough) or `moreThan`",
  minimum: "write `atLeast` (equal is enough) or `moreThan`",
  max: "write `atMost`, or a cap",
  maximum: "write `atMost`, or a cap",
  cap: "write caps: [{ name, limit, of, per, overflow }], or `atMost` for the most of a month",
  rate: "a band's or row's rate is its `value`; models without `rate` take `amount` or, for sub-partners, `pays`",
  amount: "a band's or row's amount is its `value`; models without `amount` take `rate`",
  days: "days stand in window: { from: registration, days: 30 } or hold: { days: 30 }",
  threshold: "write `atLeast` or `moreThan`; the least that is paid out is payout: { minimum, bound }",
  negativecarryover: "write carryover: { mode: none } or { mode: full }",
  negative_carryover: "write carryover: { mode: none } or { mode: full }",
  start: "write from: 2026-03-01",
  end: "write until: 2026-03-31, the last day that counts",
  startdate: "write from: 2026-03-01",
  enddate: "write until: 2026-03-31, the last day that counts",
  per_lot: "write model: lot_rebate with `amount`",
};

let names: readonly string[] | undefined;

/** Every field name of the language. */
export function fieldNames(): readonly string[] {
  if (names !== undefined) return names;
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === "properties") for (const field of Object.keys(child as object)) found.add(field);
      visit(child);
    }
  };
  visit(z.toJSONSchema(PlanDocument, { io: "input", unrepresentable: "any" }));
  names = [...found].sort();
  return names;
}

/** Fields of other models, asked of a model that has something else for it. */
const OF_OTHER_MODELS: readonly (readonly [
  field: string,
  models: readonly string[],
  english: string,
  spanish: string,
])[] = [
  [
    "clawback",
    ["sale", "recurring"],
    "orders and payments are taken back by refund events: write refunds: proportional, whole or kept, and refundsWithin: { days: 60 } where they count for so long only",
    "los pedidos y pagos se retiran con eventos de reembolso: escriba refunds: proportional, whole o kept, y refundsWithin: { days: 60 } si solo cuentan durante ese tiempo",
  ],
  [
    "refunds",
    ["cpa", "cpl", "cpa_ladder"],
    "what is paid for customers is taken back by clawback: { on: [chargeback], within: ever }",
    "lo que se paga por clientes se retira con clawback: { on: [chargeback], within: ever }",
  ],
  [
    "carryover",
    ["sale", "recurring", "lot_rebate", "spread_share", "commission_share", "notional", "theoretical"],
    "only a revenue_share has negative months that are carried",
    "solo una revenue_share tiene meses negativos que se trasladan",
  ],
];

/** Which models have a field of this name. */
function modelsWith(field: string): readonly string[] {
  return Component.options
    .filter((one) => field in one.shape)
    .flatMap((one) => [...one.shape.model.values].map(String));
}

/** A field of this language that has no place where it stands. */
function notHere(field: string, model: string | undefined, say: Say): string {
  const other = OF_OTHER_MODELS.find(
    ([name, models]) => name === field && model !== undefined && models.includes(model),
  );
  if (other !== undefined) return `${field}: ${say(other[2], other[3])}`;
  const models = modelsWith(field);
  if (model === undefined || models.length === 0 || models.includes(model))
    return say(
      `${field} is a field of this language, but not here and beside these others: see docs/reference/plan-language.md`,
      `${field} es un campo de este lenguaje, pero no aquí ni junto a estos otros: vea docs/reference/plan-language.md`,
    );
  return say(
    `${field} is a field of ${models.join(", ")}, not of ${model}`,
    `${field} es un campo de ${models.join(", ")}, no de ${model}`,
  );
}

/**
 * What to write instead of a field that there is not.
 * @param model of the component in which it stands by itself; undefined deeper down
 */
export function insteadOf(fields: readonly string[], model: string | undefined, say: Say): string {
  const found = fields.flatMap((field) => {
    if (model !== undefined && modelsWith(field).length > 0) return [notHere(field, model, say)];
    const known = ELSEWHERE[field.toLowerCase()];
    if (known !== undefined) return [`${field}: ${known}`];
    if (fieldNames().includes(field)) return [notHere(field, model, say)];
    const near = nearest(field, fieldsOf(model)) ?? nearest(field, fieldNames());
    return near === undefined ? [] : [say(`${field}: perhaps ${near} is meant`, `${field}: quizá se trata de ${near}`)];
  });
  if (found.length > 0) return `${found.join("; ")}.`;
  return say(
    "Check the spelling, or take it out: a misspelt field is not silently a default.",
    "Revise la ortografía o quítelo: un campo mal escrito no pasa en silencio a un valor por defecto.",
  );
}

function fieldsOf(model: string | undefined): readonly string[] {
  return Component.options
    .filter((one) => model !== undefined && [...one.shape.model.values].map(String).includes(model))
    .flatMap((one) => Object.keys(one.shape));
}

function nearest(field: string, among: readonly string[]): string | undefined {
  const plain = (text: string) => text.replaceAll(/[_-]/g, "").toLowerCase();
  const close = among
    .map((name) => ({ name, distance: distance(plain(name), plain(field)) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return close !== undefined && close.distance <= Math.min(2, Math.floor(field.length / 3)) ? close.name : undefined;
}

/** How many letters have to be changed, put in or taken out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}
