import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EstimateFunnel, PlanDocument, type PlanInput } from "@tributary/contract";
import { estimate } from "./estimate.ts";

const FIRST = "2026-03-01";
const plan = (...components: PlanInput["components"]): PlanDocument =>
  PlanDocument.parse({ language: 1, currency: "EUR", components });
const funnel = (numbers: Readonly<Record<string, number>>, months = 3) => EstimateFunnel.parse({ numbers, months });
const ids = (of: PlanDocument) => estimate(of, funnel({ clicks: 10 }, 1), FIRST, "en").sliders.map((one) => one.id);

const cpa: PlanInput["components"][number] = {
  code: "cpa",
  model: "cpa",
  amount: {
    metric: { count: "first_deposits", period: "current" },
    mode: "whole",
    bounds: "at_least",
    bands: [
      { from: "0", value: "100" },
      { from: "50", value: "120" },
    ],
  },
  qualification: { milestone: "first_deposit" },
  window: "none",
  paidIn: "qualification",
  clawback: "none",
};
const share: PlanInput["components"][number] = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
  carryover: { mode: "none" },
};

describe("estimates", () => {
  it("pays the plan's own amount for each first deposit, and shows the tier with the next", () => {
    const made = estimate(plan(cpa), funnel({ clicks: 1000, registrationRate: 10, ftdRate: 40 }, 2), FIRST, "en");
    assert.deepEqual(
      made.months.map((one) => [one.month, one.registrations, one.ftds, one.amount]),
      [
        ["2026-03", 100, 40, "400000"],
        ["2026-04", 100, 40, "400000"],
      ],
    );
    assert.deepEqual([made.total, made.perDepositor], ["800000", "10000"]);
    const [component] = made.components;
    assert.deepEqual(component?.next, { from: "50", missing: "10", metric: "first deposits", value: "120 EUR" });
    const more = estimate(plan(cpa), funnel({ clicks: 1250, registrationRate: 10, ftdRate: 40 }, 1), FIRST, "en");
    assert.deepEqual([more.total, more.components[0]?.next], ["600000", null]);
  });

  it("shares what active customers bring, who become fewer month by month", () => {
    const numbers = {
      clicks: 1000,
      registrationRate: 10,
      ftdRate: 100,
      keptRate: 50,
      "brought:ggr": 100,
      "brought:bonus": 20,
    };
    const made = estimate(plan(share), funnel(numbers), FIRST, "en");
    assert.deepEqual(
      made.months.map((one) => [one.active, one.amount]),
      [
        [100, "240000"],
        [150, "360000"],
        [175, "420000"],
      ],
    );
  });

  it("shows the sliders that the plan looks at, and no other", () => {
    assert.deepEqual(ids(plan(cpa)), ["clicks", "registrationRate", "ftdRate"]);
    assert.ok(ids(plan(share)).includes("brought:ggr") && ids(plan(share)).includes("brought:bonus"));
    const lots = plan({ code: "lots", model: "lot_rebate", amount: "5" });
    assert.ok(ids(lots).includes("brought:lots") && !ids(lots).includes("brought:ggr"));
  });

  it("begins where the plan's conditions are met", () => {
    const strict = plan({ ...cpa, amount: "100", qualification: { metric: "first_deposit", atLeast: "250.00" } });
    const made = estimate(strict, funnel({}, 1), FIRST, "en");
    assert.equal(made.sliders.find((one) => one.id === "firstDeposit")?.value, 250);
    assert.equal(made.total, "600000");
  });

  it("splits exactly: components sum to the month", () => {
    const made = estimate(plan(cpa, share), funnel({ clicks: 999, "brought:ggr": 33.33 }), FIRST, "es");
    for (const month of made.months) {
      const cents = Object.values(month.components).reduce((sum, one) => sum + BigInt(one), 0n);
      assert.equal(cents, BigInt(month.amount));
    }
  });

  it("refuses a funnel that is larger than an estimate can be", () => {
    const numbers = { clicks: 20_000, registrationRate: 100, ftdRate: 100 };
    assert.throws(() => estimate(plan(cpa), funnel(numbers), FIRST, "en"), /up to 5000 registrations/);
  });
});

describe("estimates of what is earned on sub-partners", () => {
  const level = (pays: object): PlanDocument =>
    plan({ code: "network", model: "sub_partner", pays } as PlanInput["components"][number]);
  const rows: readonly (readonly [string, object, Readonly<Record<string, number>>, string])[] = [
    ["a share of their commission", { mode: "percent_of_commission", rates: ["0.10"] }, { below: 2000 }, "20000"],
    [
      "a share of a base of their customers",
      {
        mode: "percent_of_revenue",
        rates: ["0.05"],
        base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
      },
      { "below:ggr": 1000, "below:bonus": 200 },
      "4000",
    ],
    [
      "an amount for each who qualified",
      { mode: "per_qualified", amounts: ["20"], component: "their_cpa" },
      { belowQualified: 7 },
      "14000",
    ],
    ["an amount for each who was brought", { mode: "per_referral", amount: "50" }, { referrals: 3 }, "15000"],
    ["a share of a fee", { mode: "percent_of_fee", rates: ["0.20"], of: "spread" }, { "below:spread": 500 }, "10000"],
    [
      "the difference of two values",
      { mode: "level_difference", own: "10", of: { quantity: "lots" } },
      { "below:lots": 100, belowValue: 8 },
      "20000",
    ],
    [
      "a cascade",
      { mode: "cascade", direction: "up", pass: ["0.30"], amount: "10", of: { quantity: "lots" } },
      { "below:lots": 100 },
      "30000",
    ],
    [
      "a pot",
      { mode: "fixed_pot", amount: "10", of: { quantity: "lots" }, shares: ["0.60", "0.40"] },
      { "below:lots": 100 },
      "40000",
    ],
    [
      "a ratio of the level",
      { mode: "level_ratio", reward: "2", of: { quantity: "lots" }, ratios: ["1", "0.5"] },
      { "below:lots": 100 },
      "10000",
    ],
    [
      "a falling rate",
      { mode: "decrement", first: "0.10", step: "0.02", depth: 3, of: "commission" },
      { below: 1000 },
      "10000",
    ],
  ];
  for (const [name, pays, numbers, total] of rows)
    it(name, () => {
      const document = level(pays);
      const quiet = { clicks: 0, registrationRate: 0, ftdRate: 0 };
      assert.equal(estimate(document, funnel({ ...quiet, ...numbers }, 1), FIRST, "en").total, total);
      const known = ids(document);
      assert.deepEqual(
        Object.keys(numbers).filter((id) => !known.includes(id)),
        [],
      );
    });

  it("counts by the plan's own CPA, which pays nothing for other partners' customers", () => {
    const both = plan({ ...cpa, amount: "100", code: "cpa" }, {
      code: "network",
      model: "sub_partner",
      pays: { mode: "per_qualified", amounts: ["20"], component: "cpa" },
    } as PlanInput["components"][number]);
    const made = estimate(both, funnel({ clicks: 0, belowQualified: 5 }, 1), FIRST, "en");
    assert.deepEqual(made.months[0]?.components, { network: "10000" });
  });
});
