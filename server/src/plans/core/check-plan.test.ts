import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkPlan } from "./check-plan.ts";
import { hashPlan } from "./hash-plan.ts";
import { renderPlan } from "./render-plan.ts";

const cpa = {
  code: "cpa",
  model: "cpa",
  amount: "120.00",
  window: { from: "registration", days: 30 },
  qualification: {
    all: [
      { metric: "first_deposit", atLeast: "20.00" },
      { metric: "deposits", atLeast: "50.00" },
      { milestone: "kyc_passed" },
    ],
  },
  hold: { days: 30 },
};
const share = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  carryover: { mode: "full" },
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }, { deduct: "fees" }, { deduct: "taxes" }] },
};
const plan = (...components: object[]) => ({ language: 1, currency: "EUR", components });

describe("the plan language", () => {
  it("takes a hybrid and writes every default out", () => {
    const check = checkPlan(plan(cpa, share));
    assert.ok(check.valid, JSON.stringify(check.findings));
    assert.deepEqual(check.findings, []);
    assert.deepEqual(check.plan.conversion, { source: "ecb", at: "day" });
    assert.deepEqual(check.plan.components[0]?.hold, { days: 30, from: "earned" });
    const spelled = checkPlan({
      ...plan(cpa, { ...share, hold: { days: 0, from: "earned" } }),
      conversion: { at: "day" },
    });
    assert.ok(spelled.valid);
    assert.equal(hashPlan(spelled.plan), hashPlan(check.plan), "a default written out is the same plan");
  });

  const without = (object: object, key: string) =>
    Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  const refusals: readonly (readonly [string, object, string, string])[] = [
    ["a CPA without a window", plan(without(cpa, "window")), "components[0].window", "two_readings"],
    ["a share without a carryover", plan(without(share, "carryover")), "components[0].carryover", "two_readings"],
    ["a rate in per cent", plan({ ...share, rate: "30" }), "components[0].rate", "two_readings"],
    ["a rate with a per cent sign", plan({ ...share, rate: "30%" }), "components[0].rate", "two_readings"],
    [
      "carryover none with a unit",
      plan({ ...share, carryover: { mode: "none", unit: "base" } }),
      "components[0].carryover",
      "two_readings",
    ],
    [
      "net revenue with a part of it",
      plan({ ...share, base: { name: "net", terms: [{ add: "ngr" }, { deduct: "bonus" }] } }),
      "components[0].base.terms",
      "two_readings",
    ],
    [
      "a measure twice",
      plan({ ...share, base: { name: "net", terms: [{ add: "ggr" }, { add: "ggr" }] } }),
      "components[0].base.terms",
      "two_readings",
    ],
    [
      "conditions in a bare list",
      plan({ ...cpa, qualification: [{ milestone: "kyc_passed" }] }),
      "components[0].qualification",
      "two_readings",
    ],
    [
      "all and any in one node",
      plan({ ...cpa, qualification: { all: [{ milestone: "kyc_passed" }], any: [{ milestone: "registration" }] } }),
      "components[0].qualification",
      "two_readings",
    ],
    ["two CPAs", plan(cpa, { ...cpa, code: "cpa2" }), "components[1]", "two_readings"],
    ["a hold without days", plan({ ...cpa, hold: {} }), "components[0].hold.days", "two_readings"],
    ["a decimal comma", plan({ ...cpa, amount: "12,34" }), "components[0].amount", "not_a_plan"],
    ["a number for an amount", plan({ ...cpa, amount: 120 }), "components[0].amount", "not_a_plan"],
    [
      "more decimals than the currency",
      plan({ ...cpa, amount: "12.345" }),
      "components[0].amount",
      "too_many_decimals",
    ],
    ["an unknown word", plan({ ...cpa, colour: "red" }), "components[0]", "not_a_plan"],
    ["an unknown currency", { ...plan(share), currency: "XXX" }, "currency", "unknown_currency"],
    ["one code twice", plan(cpa, { ...share, code: "cpa" }), "components[1].code", "duplicate_code"],
    ["no components", plan(), "components", "not_a_plan"],
  ];
  for (const [name, document, path, code] of refusals) {
    it(`refuses ${name}`, () => {
      const check = checkPlan(document);
      assert.equal(check.valid, false);
      const found = check.findings.find((one) => one.path === path && one.code === code);
      assert.ok(found, JSON.stringify(check.findings));
      if (code !== "two_readings") return;
      assert.equal(found.readings?.length, 2);
      assert.equal(check.findings.filter((one) => one.path === path).length, 1, "one sentence per question");
      assert.ok(found.readings?.every((reading) => found.message.includes(reading)));
    });
  }

  it("warns of what can never happen", () => {
    const late = { milestone: "kyc_passed", within: { from: "registration", days: 60 } };
    const sums = { all: [{ metric: "first_deposit", atLeast: "50" }, { metric: "deposits", atLeast: "50" }, late] };
    const check = checkPlan(plan({ ...cpa, amount: "0", qualification: sums }));
    assert.ok(check.valid);
    assert.deepEqual(check.findings.map((one) => one.code).sort(), ["pays_nothing", "redundant", "unreachable"]);
  });

  it("reads the plan out in English and Spanish", () => {
    const check = checkPlan(plan(cpa, share));
    assert.ok(check.valid);
    assert.deepEqual(renderPlan(check.plan, "en"), [
      "Amounts are in EUR.",
      "cpa: 120.00 EUR for each customer who qualifies, once in the customer's life.",
      "A customer qualifies with all of (a first deposit of at least 20.00 EUR; and deposits of at least 50.00 EUR in all; and identity verified (KYC)) within 30 days after registration, the last day included.",
      "A chargeback at any time takes the whole amount back.",
      "Payable 30 days after it was earned.",
      "share: 30 % of ngr = ggr − bonus − fees − taxes, all customers together, month by month; never below zero.",
      "A negative base is carried into the following months until it is used up.",
      "Payable at once.",
      "Other currencies are converted at the European Central Bank's rate of the day.",
      "Each line is rounded once, halves away from zero.",
    ]);
    const spanish = renderPlan(check.plan, "es");
    assert.equal(spanish.length, 10);
    assert.match(spanish[2] ?? "", /primer depósito de al menos 20.00 EUR/);
  });
});
