import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluatePlan } from "../test-run.ts";

const MONTH = "2026-03-01";
type Plan = Parameters<typeof evaluatePlan>[0];
type Component = Plan["components"][number];
type Rebate = Extract<Component, { model: "client_rebate" }>;
type Fact = Record<string, unknown>;

function plan(rewards: readonly Component[], rebate: Partial<Rebate> & Pick<Rebate, "share">): Plan {
  return {
    currency: "USD",
    components: [...rewards, { code: "rebate", model: "client_rebate", of: "all", ...rebate }],
  };
}

const trade = (customer: string, numbers: Fact, on = "2026-03-10"): Fact => ({
  type: "trade",
  customer,
  on,
  currency: "USD",
  ...numbers,
});

function evaluated(of: Plan, facts: readonly Fact[]) {
  const found = evaluatePlan(of, facts, { month: MONTH });
  const line = found.lines.find((one) => one.component === "rebate");
  const steps = (code: string) =>
    (line?.working.steps ?? [])
      .filter((step) => step.code === code)
      .map((step) => `${step.values.customer ?? step.values.day ?? ""} ${step.values.value}`.trim());
  return { total: found.total, rebate: line?.amount ?? null, figures: found.months[0]?.figures.rebate, steps, line };
}

describe("a rebate to customers", () => {
  const lots: Component = { code: "lots", model: "lot_rebate", amount: "6" };

  it("FX35: half of a reward of 40 (40 % of a spread of 100): 20 for the client, 20 left", () => {
    const spread: Component = { code: "spread", model: "spread_share", rate: "0.40", spread: { from: "measure" } };
    const found = evaluated(plan([spread], { share: "0.50" }), [trade("c", { spread: "100" })]);
    assert.equal(found.rebate, "-20.00");
    assert.equal(found.total, "20.00");
    assert.equal(found.figures?.passed_on, "20");
    assert.deepEqual(found.steps("rebate_customer"), ["c 20"]);
  });

  it("FX20: 80 % of 12.00 for the valid lots of 20 active clients: 9.60", () => {
    const bands = [
      { from: "0", value: "1" },
      { from: "5", value: "3" },
      { from: "15", value: "6" },
      { from: "30", value: "9" },
      { from: "60", value: "12" },
    ];
    const tiered: Component = {
      code: "lots",
      model: "lot_rebate",
      amount: { metric: { stated: "active_clients" }, mode: "whole", bounds: "at_least", bands },
      trades: { minSeconds: 180, minPoints: "30", exclude: ["partial_close", "multiple_close"] },
    };
    const facts = [
      { metric: "active_clients", value: "20", month: "2026-03" },
      trade("a", { lots: "2", seconds: "300", points: "45" }),
      trade("b", { lots: "1", seconds: "120", points: "60" }),
      trade("c", { lots: "0.5", seconds: "600", points: "20" }),
    ];
    const found = evaluated(plan([tiered], { share: "0.80" }), facts);
    assert.equal(found.rebate, "-9.60");
    assert.equal(found.total, "2.40");
    assert.deepEqual(found.steps("rebate_customer"), ["a 9.6"]);
  });

  it("customers' parts sum to what is passed on, to the cent", () => {
    const facts = [trade("a", { lots: "0.01" }), trade("b", { lots: "0.01" }), trade("c", { lots: "0.01" })];
    const found = evaluated(plan([lots], { share: "0.55" }), facts);
    assert.equal(found.rebate, "-0.10");
    assert.deepEqual(found.steps("rebate_customer"), ["a 0.04", "b 0.03", "c 0.03"]);
  });

  it("by day, and by week from Monday", () => {
    const facts = [
      trade("a", { lots: "1" }, "2026-03-01"),
      trade("a", { lots: "2" }, "2026-03-02"),
      trade("b", { lots: "1" }, "2026-03-08"),
    ];
    const of = (schedule: "daily" | "weekly") => evaluated(plan([lots], { share: "0.50", schedule }), facts);
    assert.deepEqual(of("daily").steps("rebate_day"), ["2026-03-01 3", "2026-03-02 6", "2026-03-08 3"]);
    assert.deepEqual(of("weekly").steps("rebate_week"), ["2026-02-23 3", "2026-03-02 9"]);
  });

  it("of all components or of those named, never of what sub-partners bring", () => {
    const network: Component = {
      code: "network",
      model: "sub_partner",
      pays: { mode: "percent_of_commission", rates: ["0.1"] },
    };
    const points: Component = { code: "extra", model: "lot_rebate", amount: "1" };
    const facts = [trade("a", { lots: "10" }), { partner: "s", earned: "100", month: "2026-03", model: "lot_rebate" }];
    assert.equal(evaluated(plan([lots, points, network], { share: "0.50" }), facts).rebate, "-35.00");
    assert.equal(evaluated(plan([lots, points, network], { share: "0.50", of: ["extra"] }), facts).rebate, "-5.00");
    assert.equal(evaluated(plan([lots, points, network], { share: "0.50", of: ["network"] }), facts).rebate, "-5.00");
  });

  it("a share by the customer's group", () => {
    const share = { rows: [{ when: { group: ["vip"] }, value: "1" }], otherwise: "0.5" };
    const facts = [{ customer: "v", group: "vip" }, trade("v", { lots: "1" }), trade("n", { lots: "1" })];
    const found = evaluated(plan([lots], { share }), facts);
    assert.equal(found.rebate, "-9.00");
    assert.deepEqual(found.steps("rebate_customer"), ["v 6", "n 3"]);
  });

  it("only to some customers, only of some trades, only from a day on", () => {
    const facts = [
      { customer: "v", group: "vip" },
      trade("v", { lots: "1", symbol: "EURUSD" }, "2026-03-05"),
      trade("v", { lots: "2", symbol: "XAUUSD" }, "2026-03-20"),
      trade("n", { lots: "4", symbol: "EURUSD" }, "2026-03-20"),
    ];
    const of = (more: Partial<Rebate>) => evaluated(plan([lots], { share: "0.50", ...more }), facts).rebate;
    assert.equal(of({}), "-21.00");
    assert.equal(of({ only: { group: ["vip"] } }), "-9.00");
    assert.equal(of({ only: { symbol: ["EURUSD"] } }), "-15.00");
    assert.equal(of({ from: "2026-03-06" }), "-18.00");
    const share = { rows: [{ when: { symbol: ["XAUUSD"] }, value: "1" }], otherwise: "0.5" };
    assert.equal(of({ share }), "-27.00");
  });

  it("a fee for a CPA customer is passed on to that customer", () => {
    const cpa: Component = {
      code: "cpa",
      model: "cpa",
      amount: "100",
      window: "none",
      qualification: { metric: "first_deposit", atLeast: "10" },
    };
    const facts = [{ type: "deposit", customer: "c", on: "2026-03-04", currency: "USD", amount: "50" }];
    const found = evaluated(plan([cpa], { share: "0.25" }), facts);
    assert.equal(found.total, "75.00");
    assert.deepEqual(found.steps("rebate_customer"), ["c 25"]);
  });

  it("without a reward there is no rebate", () => {
    assert.equal(evaluated(plan([lots], { share: "0.50" }), [trade("a", { other: "1" })]).rebate, null);
  });
});
