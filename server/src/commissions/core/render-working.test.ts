import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanDocument, PlanInput } from "@tributary/contract";
import type { Evaluation } from "../evaluate.ts";
import { renderWorking } from "./render-working.ts";
import { evaluatePlan } from "./test-run.ts";

type Component = PlanInput["components"][number];

const trade = (customer: string, lots: string, more: object = {}) => ({
  type: "trade",
  customer,
  on: "2026-03-02",
  currency: "EUR",
  lots,
  ...more,
});

const run = (component: Component, facts: readonly object[]): Evaluation =>
  evaluatePlan({ currency: "EUR", components: [component] }, facts, { month: "2026-03-01" });

/** The one line, in words. */
function rendered(component: Component, facts: readonly object[], language: "en" | "es" = "en") {
  const [line] = run(component, facts).lines;
  assert.ok(line !== undefined, "a line");
  const [working] = [line.working];
  return renderWorking(
    working,
    {
      currency: line.currency,
      amountMinor: 0n,
      subjectKind: /^\d{4}-\d{2}$/.test(line.subject) ? "period" : "customer",
      subject: line.subject,
      earnedOn: line.earnedOn,
      component: component as PlanDocument["components"][number],
    },
    language,
  );
}

const lots: Component = {
  code: "gold",
  model: "lot_rebate",
  amount: {
    metric: { sum: "lots", period: "current" },
    mode: "whole",
    bounds: "at_least",
    bands: [
      { from: "0", value: "5" },
      { from: "10", value: "7" },
      { from: "100", value: "9" },
    ],
  },
  overrides: [
    { name: "Metals", only: { symbol: ["XAUUSD"] }, value: "12" },
    { name: "Autumn", from: "2026-09-01", value: "20" },
  ],
  caps: [{ name: "month_cap", limit: "1000", of: "amount", per: "month", overflow: "reject" }],
};

describe("a working in words", () => {
  it("names model, component, month, and an amount as money", () => {
    const { title, rate } = rendered(lots, [trade("a", "20")]);
    assert.equal(title, "Lot rebate (gold), March 2026");
    assert.deepEqual(rate, { name: "Amount", value: "7 EUR", tier: "10 – 100" });
    assert.equal(rendered(lots, [trade("a", "20")], "es").title, "Rebate por lote (gold), marzo de 2026");
  });

  it("shows a share as per cent", () => {
    const share: Component = {
      code: "rs",
      model: "revenue_share",
      rate: "0.35",
      base: { name: "ngr", terms: [{ add: "ngr" }] },
      carryover: { mode: "none" },
    };
    const one = rendered(share, [{ customer: "a", on: "2026-03-02", measure: "ngr", amount: "100", currency: "EUR" }]);
    assert.equal(one.title, "Revenue share (rs), March 2026");
    assert.ok(JSON.stringify(one).includes("Plus NGR"), JSON.stringify(one.steps));
  });

  it("lists the tiers, special terms and caps that were tried and lost", () => {
    assert.deepEqual(rendered(lots, [trade("a", "20")]).alternatives, [
      { name: "Tier 0 – 10: 5 EUR", reason: "a higher tier was reached" },
      { name: "Tier 100 +: 9 EUR", reason: "needs 100 (lots); 20 were reached" },
      { name: "Special terms Metals: 12 EUR", reason: "only for symbol XAUUSD; nothing of this line is" },
      { name: "Special terms Autumn: 20 EUR", reason: "only from 1 September 2026" },
      { name: "Cap month cap (1000 EUR)", reason: "not reached" },
    ]);
  });

  it("says a cap that was passed once, with how often", () => {
    const per: Component = {
      code: "lead",
      model: "per_event",
      event: "lead",
      each: "event",
      amount: "1",
      caps: [{ name: "offer", limit: "2", of: "items", per: "month", overflow: "reject" }],
    };
    const facts = ["a", "b", "c", "d"].map((customer) => ({ type: "lead", customer, on: "2026-03-02" }));
    const steps = rendered(per, facts).steps.filter((one) => one.name.includes("cap"));
    assert.deepEqual(
      steps.map((one) => one.name),
      ["Over the cap offer (2), 2 times: not paid"],
    );
  });

  it("says what an amount waits for, and never shows a far day", () => {
    const gated: Component = {
      code: "lead",
      model: "per_event",
      event: "lead",
      each: "event",
      amount: "1",
      gate: { needs: { metric: { count: "clicks", period: "current" }, atLeast: "100" }, otherwise: "hold" },
    };
    const facts = [{ type: "lead", customer: "a", on: "2026-03-02" }];
    for (const language of ["en", "es"] as const) {
      const text: string = JSON.stringify(rendered(gated, facts, language));
      assert.ok(!text.includes("9999"), text);
      assert.match(
        text,
        language === "en" ? /Held until a later month fulfils/ : /Retenido hasta que un mes posterior/,
      );
    }
  });
});
