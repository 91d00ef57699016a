import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";
import { calculateVersions, linesOf } from "../test-versions.ts";

type Plan = Omit<PlanInput, "language">;
type Share = Extract<PlanInput["components"][number], { model: "revenue_share" }>;

const NGR = { name: "ngr", terms: [{ add: "ngr" }] };
const share = (more: Partial<Share> = {}): Share => ({
  code: "share",
  model: "revenue_share",
  base: NGR,
  rate: "0.30",
  carryover: { mode: "none" },
  ...more,
});
const plan = (component: Share, more: Partial<Plan> = {}): Plan => ({
  currency: "EUR",
  components: [component],
  ...more,
});
const on = (month: number, measures: object, customer = "c1") => ({
  type: "activity",
  customer,
  on: `2026-${String(month).padStart(2, "0")}-10`,
  ...measures,
});
const months = (...values: readonly string[]) => values.map((ngr, index) => on(index + 1, { ngr }));
const amounts = (terms: Plan, facts: readonly object[]) =>
  byMonth(evaluatePlan(terms, facts)).map((one) => one.split(" ")[1]);
const base = (terms: Plan, facts: readonly object[]) => evaluatePlan(terms, facts).months[0]?.figures.share?.base;
const bands = (...rows: readonly (readonly [string, string])[]) => rows.map(([from, value]) => ({ from, value }));

describe("negative months", () => {
  it("NC01 carried in full: 0, 300, 600 of -1,000, 2,000, 2,000", () => {
    assert.deepEqual(amounts(plan(share({ carryover: { mode: "full" } })), months("-1000", "2000", "2000")), [
      "0.00",
      "300.00",
      "600.00",
    ]);
    assert.deepEqual(amounts(plan(share()), months("-1000", "2000", "2000")), ["0.00", "600.00", "600.00"]);
  });
  it("NC02 for three settlements, the rest is the operator's", () => {
    const terms = plan(share({ carryover: { mode: "limited", settlements: 3 } }));
    assert.deepEqual(amounts(terms, months("-9000", "2000", "3000", "1000", "5000")), [
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "1500.00",
    ]);
  });
  it("NC02 a month in which nothing happened is a settlement too", () => {
    const terms = plan(share({ carryover: { mode: "limited", settlements: 2 } }));
    const facts = [on(1, { ngr: "-9000" }), on(2, { ngr: "2000" }), on(4, { ngr: "1000" })];
    assert.deepEqual(amounts(terms, facts), ["0.00", "0.00", "0.00", "300.00"]);
  });
  it("NC04 never more than twice the average of three months", () => {
    const most = { times: "2", averageOfMonths: 3 };
    const inCommission = plan(share({ carryover: { mode: "capped", most, unit: "commission" } }));
    // Months of 300, 600 and 900: average 600, so 1,200 of the 3,000 are carried; 4,000 brings 1,200, all of it used up.
    assert.deepEqual(amounts(inCommission, months("1000", "2000", "3000", "-10000", "4000", "1000")), [
      "300.00",
      "600.00",
      "900.00",
      "0.00",
      "0.00",
      "300.00",
    ]);
    const fixed = plan(share({ carryover: { mode: "capped", most: "2500" } }));
    assert.deepEqual(amounts(fixed, months("-10000", "-10000", "3500")), ["0.00", "0.00", "300.00"]);
  });
  it("only as far as chargebacks made it negative", () => {
    const terms = [{ add: "ngr" }, { deduct: "chargeback" }];
    const byReason = plan(
      share({ base: { name: "net", terms }, carryover: { mode: "by_reason", measures: ["chargeback"] } }),
    );
    const facts = [on(1, { ngr: "-500", chargeback: "200" }), on(2, { ngr: "1000" })];
    assert.deepEqual(amounts(byReason, facts), ["0.00", "240.00"]);
    assert.deepEqual(amounts(byReason, [on(1, { ngr: "100", chargeback: "200" }), on(2, { ngr: "1000" })]), [
      "0.00",
      "270.00",
    ]);
  });
  it("-10,000 at 30 % before a month at 40 %: 4,000 are offset in base, 3,000 in commission", () => {
    const overrides = [{ name: "from February", from: "2026-02-01", value: "0.40" }];
    const carried = (unit: "base" | "commission") =>
      amounts(plan(share({ overrides, carryover: { mode: "full", unit } })), months("-10000", "20000"));
    assert.deepEqual(carried("base"), ["0.00", "4000.00"]);
    assert.deepEqual(carried("commission"), ["0.00", "5000.00"]);
  });
  it("NC03 everything together: nothing; each brand by itself: 8,000", () => {
    const facts = [
      ...Array.from({ length: 8 }, (_, n) => on(1, { ngr: "1000", brand: `b${n}` })),
      on(1, { ngr: "-10000", brand: "whale" }),
    ];
    assert.deepEqual(amounts(plan(share({ rate: "1" })), facts), ["0.00"]);
    assert.deepEqual(amounts(plan(share({ rate: "1", netting: ["brand"] })), facts), ["8000.00"]);
  });
  it("each brand keeps its own negative", () => {
    const terms = plan(share({ netting: ["brand"], carryover: { mode: "full" } }));
    const facts = [
      on(1, { ngr: "1000", brand: "a" }),
      on(1, { ngr: "-500", brand: "b" }),
      on(2, { ngr: "1000", brand: "a" }),
      on(2, { ngr: "800", brand: "b" }),
    ];
    assert.deepEqual(amounts(terms, facts), ["300.00", "390.00"]);
  });
  it("a cap for each brand", () => {
    const caps = [
      {
        name: "brand",
        limit: "200",
        of: "amount" as const,
        per: "month" as const,
        each: ["brand"],
        overflow: "reject" as const,
      },
    ];
    const facts = [on(1, { ngr: "1000", brand: "a" }), on(1, { ngr: "500", brand: "b" })];
    assert.deepEqual(amounts(plan(share({ netting: ["brand"], caps })), facts), ["350.00"]);
  });
  it("a base that is never below zero", () => {
    const floored = { ...NGR, floor: "zero" as const };
    assert.equal(base(plan(share({ base: floored })), months("-1000")), "0");
    assert.equal(base(plan(share()), months("-1000")), "-1000");
  });
  it("a tiered rate still knows what a negative commission is", () => {
    const rate = {
      metric: { base: "net" },
      mode: "whole" as const,
      bounds: "at_least" as const,
      bands: bands(["0", "0.20"], ["15000", "0.40"]),
    };
    const terms = plan(share({ base: "net", rate, carryover: { mode: "full", unit: "commission" } }), {
      bases: { net: NGR },
    });
    assert.deepEqual(amounts(terms, months("-10000", "20000")), ["0.00", "6000.00"]);
  });
});

describe("high rollers", () => {
  const rule = { threshold: "10000", unit: "base", when: "always", month: "excluded", carry: "whole" } as const;
  const five = [
    ["1", "1750"],
    ["2", "700"],
    ["3", "-10000"],
    ["4", "2050"],
    ["5", "1500"],
  ] as const;
  const winners = (month: number, rows: readonly (readonly [string, string])[]) =>
    rows.map(([customer, ngr]) => on(month, { ngr }, customer));

  it("HR01 a winner of 10,000 is fenced in until played back: 6,000 instead of 0", () => {
    assert.deepEqual(amounts(plan(share({ rate: "1" })), winners(1, five)), ["0.00"]);
    const result = evaluatePlan(plan(share({ rate: "1", highRoller: rule })), winners(1, five));
    assert.equal(result.months[0]?.amount, "6000.00");
    assert.deepEqual(result.carry[0]?.state, { groups: { "": { fenced: { "3": "-10000" } } } });
  });
  it("HR01 and comes back with what is over", () => {
    const facts = [
      ...winners(1, five),
      ...winners(2, [
        ["3", "4000"],
        ["1", "100"],
      ]),
      ...winners(3, [["3", "7000"]]),
    ];
    assert.deepEqual(amounts(plan(share({ rate: "1", highRoller: rule })), facts), ["6000.00", "100.00", "1000.00"]);
  });
  it("HR02 exactly the threshold only where the terms say so", () => {
    const over = plan(share({ rate: "1", highRoller: { ...rule, bound: "more_than" } }));
    assert.deepEqual(amounts(over, winners(1, five)), ["0.00"]);
  });
  it("HR03 one month of -100,000, then gone: 0, 5,000, 5,000", () => {
    const highRoller = { ...rule, month: "netted" } as const;
    const terms = plan(share({ rate: "1", highRoller, carryover: { mode: "full" } }));
    const others = (month: number) => on(month, { ngr: "5000" }, "others");
    const facts = [on(1, { ngr: "-100000" }, "whale"), others(1), others(2), others(3)];
    assert.deepEqual(amounts(terms, facts), ["0.00", "5000.00", "5000.00"]);
  });
  for (const unit of ["base", "commission"] as const) {
    it(`HR04 the partner's negative, pro rata to the cent, in ${unit}`, () => {
      const highRoller = {
        threshold: "5000",
        unit,
        when: "partner_negative",
        month: "netted",
        carry: "partner_negative",
      } as const;
      const terms = plan(share({ rate: "1", highRoller }));
      const first = winners(1, [
        ["A", "-12000"],
        ["B", "-6000"],
        ["others", "10000"],
      ]);
      const one = evaluatePlan(terms, first);
      assert.equal(one.months[0]?.amount, "0.00");
      assert.deepEqual(one.carry[0]?.state, { groups: { "": { fenced: { A: "-5333.33", B: "-2666.67" } } } });
      const two = evaluatePlan(terms, [
        ...first,
        ...winners(2, [
          ["A", "6000"],
          ["others", "4000"],
        ]),
      ]);
      assert.equal(two.months[1]?.amount, "4666.67");
      assert.deepEqual(two.carry[0]?.state, { groups: { "": { fenced: { B: "-2666.67" } } } });
    });
  }
  it("HR05 removed for good: neither later wins nor later losses count", () => {
    const terms = plan(share({ rate: "1", highRoller: { ...rule, carry: "nothing" } }));
    const facts = [
      ...winners(1, five),
      ...winners(2, [
        ["3", "50000"],
        ["1", "100"],
      ]),
    ];
    assert.deepEqual(amounts(terms, facts), ["6000.00", "100.00"]);
  });
  it("HR05 what is fenced in is given up after two months", () => {
    const terms = plan(share({ rate: "1", highRoller: { ...rule, writtenOffAfterMonths: 2 } }));
    const facts = [...winners(1, five), ...winners(3, [["3", "4000"]]), ...winners(4, [["3", "500"]])];
    assert.deepEqual(amounts(terms, facts), ["6000.00", "0.00", "0.00", "500.00"]);
  });
  it("HR06 a customer counts up to what was deposited in life: 210", () => {
    const terms = plan(share({ customerAtMost: { metric: "deposits", period: "lifetime" } }));
    const rows = [
      ["p1", "500", "900"],
      ["p2", "0", "120"],
      ["p3", "300", "200"],
    ] as const;
    const facts = rows.flatMap(([customer, amount, ngr]) => [
      { type: "deposit", customer, on: "2026-01-02", amount },
      on(1, { ngr }, customer),
    ]);
    assert.equal(base(terms, facts), "700");
    assert.deepEqual(amounts(terms, facts), ["210.00"]);
    const later = [
      ...facts,
      { type: "deposit", customer: "p1", on: "2026-02-02", amount: "100" },
      on(2, { ngr: "50" }, "p1"),
    ];
    assert.deepEqual(amounts(terms, later), ["210.00", "30.00"], "600 deposited in all, 500 of 950 counted before");
  });
});

describe("hybrids", () => {
  const cpa = (amount: string) => ({
    code: "cpa",
    model: "cpa" as const,
    amount,
    qualification: { milestone: "first_deposit" },
    window: "none" as const,
  });
  const hybrid = (amount: string, component: Share): Plan => ({
    currency: "EUR",
    components: [cpa(amount), component],
  });
  const first = (customer: string, month = 1) => ({
    type: "deposit",
    customer,
    on: `2026-${String(month).padStart(2, "0")}-02`,
    amount: "100",
  });
  const shares = (terms: Plan, facts: readonly object[]) =>
    evaluatePlan(terms, facts).months.map((one) => one.components.share);

  for (const scope of ["agreement", "customer", "month_cohort"] as const) {
    it(`HYB02 CPA as an advance, by ${scope}: 1; 0 and 7`, () => {
      const terms = hybrid("20", share({ rate: "1", recoups: { component: "cpa", scope } }));
      assert.deepEqual(shares(terms, [first("c1"), ...months("21")]), ["1.00"]);
      assert.deepEqual(shares(terms, [first("c1"), ...months("12", "15")]), ["0.00", "7.00"]);
    });
  }
  it("HYB02 each customer against its own advance, or all together", () => {
    const facts = [first("a"), first("b"), on(1, { ngr: "50" }, "a"), on(1, { ngr: "5" }, "b")];
    const by = (scope: "agreement" | "customer") =>
      shares(hybrid("20", share({ rate: "1", recoups: { component: "cpa", scope } })), facts);
    assert.deepEqual(by("customer"), ["30.00"]);
    assert.deepEqual(by("agreement"), ["15.00"]);
  });
  it("HYB02 an advance that is taken back is paid out again as share", () => {
    const terms = hybrid("20", share({ rate: "1", recoups: { component: "cpa", scope: "agreement" } }));
    const facts = [
      first("c1"),
      on(1, { ngr: "15" }),
      { type: "chargeback", customer: "c1", on: "2026-02-05", amount: "100" },
      on(2, { ngr: "1" }),
    ];
    const result = evaluatePlan(terms, facts);
    assert.equal(result.total, "16.00");
  });
  it("HYB03 four CPA of 50 and a share of -200: 200 ring-fenced, 0 otherwise", () => {
    const facts = [...["a", "b", "c", "d"].map((customer) => first(customer)), on(1, { ngr: "-1000" }, "a")];
    assert.deepEqual(amounts(hybrid("50", share({ rate: "0.20" })), facts), ["200.00"]);
    assert.deepEqual(amounts(hybrid("50", share({ rate: "0.20", ringFenced: false })), facts), ["0.00"]);
    const less = [...facts, on(1, { ngr: "500" }, "b")];
    assert.deepEqual(amounts(hybrid("50", share({ rate: "0.20", ringFenced: false })), less), ["100.00"]);
  });
  it("HYB03 what the CPA made up for is not carried as well", () => {
    const facts = [
      ...["a", "b", "c", "d"].map((customer) => first(customer)),
      on(1, { ngr: "-2000" }, "a"),
      on(2, { ngr: "1500" }, "a"),
    ];
    const carried = (ringFenced: boolean) =>
      amounts(hybrid("50", share({ rate: "0.20", ringFenced, carryover: { mode: "full" } })), facts);
    assert.deepEqual(carried(true), ["200.00", "0.00"]);
    assert.deepEqual(
      carried(false),
      ["0.00", "100.00"],
      "half of the 400 was taken from the CPA, 1,000 of base remain",
    );
  });
  it("ACT01 25 % after three months without a new account", () => {
    const metric = { stated: "new_qualified", period: { months: 3, ending: "current" as const, take: "sum" as const } };
    const gate = { needs: { metric, atLeast: "1" }, otherwise: { value: "0.25" } };
    const stated = ["1", "0", "0", "0", "1"].map((value, index) => ({
      metric: "new_qualified",
      month: `2026-0${index + 1}`,
      value,
    }));
    const facts = [...months("10000", "10000", "10000", "10000", "10000"), ...stated];
    assert.deepEqual(amounts(plan(share({ gate })), facts), ["3000.00", "3000.00", "3000.00", "2500.00", "3000.00"]);
  });
});

describe("a new version of the agreement", () => {
  const moved = (onChange: "follows" | "ends") => {
    const component = share({ carryover: { mode: "full", onChange } });
    const versions = [
      { from: "2026-01-01", components: [component] },
      { from: "2026-02-15", components: [share({ ...component, rate: "0.50" })] },
    ];
    const day = (date: string, ngr: string) => ({ type: "activity", customer: "c1", on: date, ngr });
    const facts = [
      day("2026-01-10", "-1000"),
      day("2026-02-10", "400"),
      day("2026-02-20", "800"),
      day("2026-03-10", "1000"),
    ];
    return linesOf(calculateVersions(versions, facts, { from: "2026-01-01", to: "2026-03-01" }));
  };
  it("takes the balance over", () => {
    assert.deepEqual(moved("follows"), ["2026-02 v2 share 10000", "2026-03 v2 share 50000"]);
  });
  it("or begins with a balance of its own", () => {
    assert.deepEqual(moved("ends"), ["2026-02 v2 share 40000", "2026-03 v2 share 50000"]);
  });
  it("an advance is owed once, whichever version brings it in", () => {
    const cpa = {
      code: "cpa",
      model: "cpa" as const,
      amount: "100",
      qualification: { milestone: "first_deposit" },
      window: "none" as const,
    };
    const versions = ["2026-01-01", "2026-02-15"].map((from) => ({
      from,
      components: [cpa, share({ rate: "1", recoups: { component: "cpa", scope: "agreement" } })],
    }));
    const day = (date: string, ngr: string) => ({ type: "activity", customer: "c1", on: date, ngr });
    const facts = [
      { type: "deposit", customer: "c1", on: "2026-02-01", amount: "10" },
      day("2026-02-10", "60"),
      day("2026-02-20", "70"),
    ];
    assert.deepEqual(linesOf(calculateVersions(versions, facts, { from: "2026-01-01", to: "2026-03-01" })), [
      "2026-02 v1 cpa 10000",
      "2026-02 v2 share 3000",
    ]);
  });
});
