import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";

type Component = PlanInput["components"][number];
type Fee = Extract<Component, { model: "flat_fee" }>;
type Guarantee = Extract<Component, { model: "minimum_guarantee" }>;
type Bonus = Extract<Component, { model: "bonus" }>;

/** What the partner earns by itself: 1:1 what is stated per month. */
const earner: Component = { code: "ib", model: "commission_share", rate: "1.00" };
const traded = (...values: readonly string[]) =>
  values.map((commission, index) => ({
    type: "trade",
    customer: "c1",
    on: `2026-${String(index + 1).padStart(2, "0")}-10`,
    commission,
  }));
const amounts = (components: readonly Component[], facts: readonly object[]) =>
  byMonth(evaluatePlan({ currency: "EUR", components: [...components] }, facts)).map((one) => one.split(" ")[1]);
const all = (components: readonly Component[], ...values: readonly string[]) => amounts(components, traded(...values));

describe("fixed fees", () => {
  const fee = (more: Partial<Fee>): Fee => ({
    code: "fee",
    model: "flat_fee",
    amount: "310",
    per: "month",
    proration: "days",
    ...more,
  });
  const months = (more: Partial<Fee>, year = "2026") => {
    const facts = Array.from({ length: 12 }, (_, n) => ({
      type: "visit",
      customer: "c1",
      on: `${year}-${String(n + 1).padStart(2, "0")}-10`,
    }));
    return amounts([fee(more)], facts);
  };
  const none = (count: number) => Array<string>(count).fill("0.00");

  it("PAY05 a listing for 500 and a quarter of 4,000: 1,500", () => {
    const share: Component = {
      code: "share",
      model: "revenue_share",
      base: { name: "ngr", terms: [{ add: "ngr" }] },
      rate: "0.25",
      carryover: { mode: "none" },
    };
    const facts = [{ type: "activity", customer: "c1", on: "2026-01-10", ngr: "4000" }];
    assert.deepEqual(amounts([fee({ amount: "500", placement: "listing" }), share], facts), ["1500.00"]);
  });
  for (const [name, more, earned] of [
    ["every month", {}, Array<string>(12).fill("310.00")],
    ["once, on its day", { per: "once", from: "2026-03-15" }, [...none(2), "310.00", ...none(9)]],
    [
      "from the 22nd of a month of 31 days: ten of them",
      { from: "2026-01-22" },
      ["100.00", ...Array<string>(11).fill("310.00")],
    ],
    ["until the 7th of February: 7 of 28", { until: "2026-02-07" }, ["310.00", "77.50", ...none(10)]],
    ["ten days inside one month", { from: "2026-01-11", until: "2026-01-20" }, ["100.00", ...none(11)]],
    [
      "not prorated: whole as soon as a day is covered",
      { from: "2026-01-22", until: "2026-02-07", proration: "none" },
      ["310.00", "310.00", ...none(10)],
    ],
    [
      "every quarter, in its last month",
      { per: "quarter" },
      ["0.00", "0.00", "310.00", "0.00", "0.00", "310.00", "0.00", "0.00", "310.00", "0.00", "0.00", "310.00"],
    ],
    [
      "every quarter, in its first month",
      { per: "quarter", due: "period_start" },
      ["310.00", "0.00", "0.00", "310.00", "0.00", "0.00", "310.00", "0.00", "0.00", "310.00", "0.00", "0.00"],
    ],
    [
      "a quarter from 15 February: 45 of its 90 days",
      { per: "quarter", from: "2026-02-15", until: "2026-03-31" },
      [...none(2), "155.00", ...none(9)],
    ],
    [
      "a year until 14 March: 73 of 365 days, earned in March",
      { per: "year", until: "2026-03-14", amount: "365" },
      [...none(2), "73.00", ...none(9)],
    ],
    [
      "a year, at its beginning",
      { per: "year", due: "period_start", from: "2026-10-20", proration: "none" },
      [...none(9), "310.00", ...none(2)],
    ],
  ] as readonly (readonly [string, Partial<Fee>, readonly string[]])[]) {
    it(name, () => assert.deepEqual(months(more), earned));
  }
  it("half of February in a leap year is 15 of 29 days", () => {
    assert.equal(months({ amount: "290", until: "2028-02-15" }, "2028")[1], "150.00");
    assert.equal(months({ amount: "280", until: "2026-02-14" })[1], "140.00");
    assert.equal(months({ per: "year", amount: "366", until: "2028-02-29" }, "2028")[1], "60.00");
  });
});

describe("minimum guarantees", () => {
  const guarantee = (more: Partial<Guarantee> = {}): Guarantee => ({
    code: "least",
    model: "minimum_guarantee",
    amount: "1000",
    per: "month",
    of: "all",
    kind: "top_up",
    shortfall: "forgiven",
    ...more,
  });
  for (const [name, more, earned, paid] of [
    ["a month is topped up, a better one is not", {}, ["600", "1500"], ["1000.00", "1500.00"]],
    ["an advance of a month comes to the same", { kind: "advance" }, ["600", "1500"], ["1000.00", "1500.00"]],
    ["exactly the guarantee", {}, ["1000"], ["1000.00"]],
    [
      "carried: recouped from what is earned above it",
      { shortfall: "carried", kind: "advance" },
      ["600", "1500", "1000"],
      ["1000.00", "1100.00", "1000.00"],
    ],
    [
      "carried over several months, never below the guarantee",
      { shortfall: "carried" },
      ["600", "1300", "1050", "1200"],
      ["1000.00", "1000.00", "1000.00", "1150.00"],
    ],
    ["a quarter is topped up at its end", { per: "quarter" }, ["600", "100", "50"], ["600.00", "100.00", "300.00"]],
    [
      "a quarter that earned it needs nothing",
      { per: "quarter" },
      ["600", "300", "150"],
      ["600.00", "300.00", "150.00"],
    ],
    [
      "an advance of a quarter is paid first and earned back",
      { per: "quarter", kind: "advance" },
      ["600", "300", "250"],
      ["1000.00", "0.00", "150.00"],
    ],
    [
      "an advance of a quarter that is not earned back",
      { per: "quarter", kind: "advance" },
      ["100", "100", "100", "900"],
      ["1000.00", "0.00", "0.00", "1000.00"],
    ],
    [
      "carried from quarter to quarter",
      { per: "quarter", kind: "advance", shortfall: "carried" },
      ["100", "100", "100", "900", "500", "500"],
      ["1000.00", "0.00", "0.00", "1000.00", "0.00", "200.00"],
    ],
    [
      "what is earned beyond a quarter's guarantee is recouped in the month that earns it, also when later ones are empty",
      { per: "quarter", shortfall: "carried" },
      ["100", "100", "100", "1200", "300", "0"],
      ["100.00", "100.00", "800.00", "1000.00", "0.00", "0.00"],
    ],
    [
      "a term is settled once, in its last month",
      { per: "term", from: "2026-01-01", until: "2026-03-31" },
      ["100", "200", "300"],
      ["100.00", "200.00", "700.00"],
    ],
    [
      "a month of which 10 of 31 days are covered",
      { from: "2026-01-22", proration: "days", amount: "310" },
      ["40", "400"],
      ["100.00", "400.00"],
    ],
    ["a month that a refund made negative", {}, ["-200"], ["1000.00"]],
  ] as readonly (readonly [string, Partial<Guarantee>, readonly string[], readonly string[]])[]) {
    it(name, () => assert.deepEqual(all([earner, guarantee(more)], ...earned), paid));
  }
  it("counts only the components it names, and never another guarantee", () => {
    const fee: Component = { code: "fee", model: "flat_fee", amount: "400", per: "month", proration: "none" };
    assert.deepEqual(all([earner, fee, guarantee({ of: ["ib"] })], "700"), ["1400.00"]);
    assert.deepEqual(all([earner, fee, guarantee()], "700"), ["1100.00"]);
    assert.deepEqual(all([earner, guarantee(), guarantee({ code: "more", amount: "1200" })], "700"), ["1500.00"]);
  });
});

describe("bonuses", () => {
  const bonus = (more: Partial<Bonus> = {}): Bonus => ({ code: "bonus", model: "bonus", pays: "month", ...more });
  const rolling = { commission: "all", period: { months: 3, ending: "current", take: "average" } } as const;
  const platinum = {
    metric: rolling,
    mode: "whole",
    bounds: "more_than",
    bands: [{ from: "5000", name: "Platinum", value: "0.08" }],
  } as const;
  const fixed = (metric: object, atLeast: string, more: Partial<Bonus> = {}) =>
    bonus({ amount: "50", needs: { metric, atLeast } as Bonus["needs"], ...more });

  it("FX12 5,500, 4,800 and 6,800 are 5,700 on average: 8 % of the current month, 7,344 in all", () => {
    const facts = ["2025-10", "2025-11", "2025-12"].map((month, index) => ({
      type: "trade",
      customer: "c1",
      on: `${month}-10`,
      commission: ["5500", "4800", "6800"][index],
    }));
    const evaluation = evaluatePlan(
      { currency: "USD", components: [earner, bonus({ rate: { ...platinum, bands: [...platinum.bands] } })] },
      facts,
    );
    const december = evaluation.months.at(-1);
    assert.deepEqual(december?.components, { ib: "6800.00", bonus: "544.00" });
    assert.equal(december?.amount, "7344.00");
    const working = evaluation.lines.find((line) => line.component === "bonus")?.working;
    assert.equal(working?.tier, "Platinum");
    assert.ok(working?.steps.some((step) => step.code === "metric" && step.values.value === "5700"));
  });
  it("exactly 5,000 on average is not more than 5,000", () => {
    assert.deepEqual(
      all([earner, bonus({ rate: { ...platinum, bands: [...platinum.bands] } })], "5000", "5000", "5000"),
      ["5000.00", "5000.00", "5000.00"],
    );
  });
  it("is never part of its own basis, also not by the months before", () => {
    const half = {
      metric: rolling,
      mode: "whole",
      bounds: "at_least",
      bands: [
        { from: "0", value: "0.10" },
        { from: "101", value: "0.50" },
      ],
    } as const;
    const plan = [earner, bonus({ rate: { ...half, bands: [...half.bands] } })];
    assert.deepEqual(all(plan, "100", "100", "100", "100"), ["110.00", "110.00", "110.00", "110.00"]);
    const twice = [earner, bonus({ rate: "0.10" }), bonus({ code: "second", rate: "0.10" })];
    assert.deepEqual(all(twice, "100"), ["120.00"]);
    assert.deepEqual(
      all([twice[0], twice[1], bonus({ code: "second", rate: "0.10", of: ["ib", "bonus"] })] as Component[], "100"),
      ["121.00"],
    );
  });
  it("ten per cent of a quarter's commission, in its last month", () => {
    const quarterly = bonus({ pays: "quarter", over: "quarter", rate: "0.10" });
    assert.deepEqual(all([earner, quarterly], "100", "200", "300", "400"), ["100.00", "200.00", "360.00", "400.00"]);
    assert.deepEqual(all([earner, { ...quarterly, over: "month" }], "100", "200", "300"), [
      "100.00",
      "200.00",
      "330.00",
    ]);
  });
  it("once: when the target is first met, and never again", () => {
    const once = fixed({ commission: "all", period: "year" }, "250", {
      pays: "once",
    });
    assert.deepEqual(all([earner, once], "100", "200", "300"), ["100.00", "250.00", "300.00"]);
  });
  it("once: not again what the books know as paid", () => {
    const once = fixed({ commission: "all" }, "50", { pays: "once" });
    const paid = { earned: "50", month: "2025-06", component: "bonus", model: "bonus" };
    assert.deepEqual(amounts([earner, once], [paid, ...traded("100")]), ["100.00"]);
    assert.deepEqual(amounts([earner, once], [{ ...paid, partner: "sub" }, ...traded("100")]), ["150.00"]);
  });
  it("every month in which the target is met, and tiers by what was reached", () => {
    assert.deepEqual(all([earner, fixed({ commission: "all" }, "200")], "100", "200", "300"), [
      "100.00",
      "250.00",
      "350.00",
    ]);
    const amount = {
      metric: { commission: "all" },
      mode: "whole",
      bounds: "at_least",
      bands: [
        { from: "100", value: "10" },
        { from: "300", value: "40" },
      ],
    } as Bonus["amount"];
    assert.deepEqual(all([earner, bonus({ amount })], "99", "100", "300"), ["99.00", "110.00", "340.00"]);
  });
  it("a breaker cancels it: the lowest of the quarter's months is too low", () => {
    const lowest = {
      metric: { commission: "all", period: { months: 3, ending: "current", take: "lowest" } },
      atLeast: "150",
    };
    const quarterly = bonus({
      pays: "quarter",
      over: "quarter",
      rate: "0.10",
      needs: {
        all: [{ metric: { commission: "all", period: "quarter" }, atLeast: "500" }, lowest],
      } as never,
    });
    assert.deepEqual(all([earner, quarterly], "200", "200", "200"), ["200.00", "200.00", "260.00"]);
    assert.deepEqual(all([earner, quarterly], "400", "100", "400"), ["400.00", "100.00", "400.00"]);
  });
  it("a share of nothing or less is nothing", () => {
    assert.deepEqual(all([earner, bonus({ rate: "0.10" })], "-100"), ["-100.00"]);
  });
});
