import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";

type Plan = Omit<PlanInput, "language">;
type Share = Extract<PlanInput["components"][number], { model: "revenue_share" }>;

const NGR = { name: "ngr", terms: [{ add: "ngr" }] } as const;
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

describe("declared bases, published cases", () => {
  it("RS01 fees and bonus deducted, 40 %: 9,720", () => {
    const terms = [
      { add: "member_loss" },
      { deduct: "bonus" },
      { deduct: "transaction_fee" },
      { deduct: "royalty_fee" },
    ];
    const facts = [on(1, { member_loss: "27000", bonus: "1000", transaction_fee: "500", royalty_fee: "1200" })];
    const terms40 = plan(share({ rate: "0.40", base: { name: "net", terms } }), { currency: "BDT" });
    assert.equal(base(terms40, facts), "24300");
    assert.deepEqual(amounts(terms40, facts), ["9720.00"]);
  });

  it("RS03 tiers on the net itself, gate of five members: 2,960, and nothing with four", () => {
    const net = { name: "net", terms: [{ add: "net_loss" }, { deduct: "bonuses" }] };
    const rate = {
      metric: { base: "net" },
      mode: "whole" as const,
      bounds: "more_than" as const,
      bands: bands(["0", "0.27"], ["5777", "0.37"], ["87777", "0.45"]),
    };
    const gate = { needs: { metric: { stated: "active_members" }, atLeast: "5" }, otherwise: "nothing" as const };
    const terms = plan(share({ base: "net", rate, gate }), { currency: "USD", bases: { net } });
    const facts = (members: string) => [
      on(1, { net_loss: "10000", bonuses: "2000" }),
      { metric: "active_members", month: "2026-01", value: members },
    ];
    assert.deepEqual(amounts(terms, facts("6")), ["2960.00"]);
    assert.deepEqual(amounts(terms, facts("4")), ["0.00"]);
  });

  it("RS03 poker at 30 % beside the tiers: each part at its own rate", () => {
    const overrides = [{ name: "poker", only: { product: ["poker"] }, value: "0.30" }];
    const facts = [on(1, { ngr: "7000", product: "casino" }), on(1, { ngr: "1000", product: "poker" })];
    assert.deepEqual(amounts(plan(share({ rate: "0.37", overrides })), facts), ["2890.00"]);
    const losing = [on(1, { ngr: "7000", product: "casino" }), on(1, { ngr: "-1000", product: "poker" })];
    assert.deepEqual(
      amounts(plan(share({ rate: "0.37", overrides })), losing),
      ["2290.00"],
      "the losing part counts against the other",
    );
    assert.deepEqual(
      amounts(plan(share({ rate: "0.37", overrides, netting: ["product"] })), losing),
      ["2590.00"],
      "balanced apart it does not",
    );
  });

  it("RS05 the band of the last closed month, 5 % of deposits and withdrawals: 5,460", () => {
    const rate = {
      metric: { stated: "new_depositors", period: "last_closed" as const },
      mode: "whole" as const,
      bounds: "at_least" as const,
      bands: bands(["0", "0.25"], ["16", "0.30"], ["31", "0.35"], ["51", "0.40"], ["100", "0.45"]),
    };
    const terms = [{ add: "ggr" }, { deduct: "bonus" }, { deduct: { rate: "0.05", of: ["deposits", "withdrawals"] } }];
    const facts = [
      on(2, { ggr: "20000", bonus: "2000" }),
      { type: "deposit", customer: "c1", on: "2026-02-01", amount: "30000" },
      { type: "withdrawal", customer: "c1", on: "2026-02-02", amount: "18000" },
      { metric: "new_depositors", month: "2026-01", value: "31" },
      { metric: "new_depositors", month: "2026-02", value: "4" },
    ];
    const result = evaluatePlan(plan(share({ rate, base: { name: "partner_base", terms } })), facts);
    assert.equal(result.months.at(-1)?.figures.share?.base, "15600");
    assert.equal(result.months.at(-1)?.amount, "5460.00");
  });

  it("RS06 another base per licence: 19,400 and 16,500", () => {
    const list = (keep: string, fee: string) => [
      { add: { measure: "ggr", times: keep } },
      { deduct: "promo" },
      { deduct: { rate: fee, of: ["deposits", "withdrawals"] } },
    ];
    const licensed = {
      name: "ngr",
      terms: list("0.835", "0.10"),
      variants: [{ when: { licence: ["ON"] }, terms: list("0.65", "0.05") }],
    };
    const terms = plan(share({ rate: "1", base: licensed }));
    const facts = (licence: string) => [
      { customer: "c1", licence },
      on(1, { ggr: "40000", promo: "5000" }),
      { type: "deposit", customer: "c1", on: "2026-01-01", amount: "60000" },
      { type: "withdrawal", customer: "c1", on: "2026-01-02", amount: "30000" },
    ];
    assert.equal(base(terms, facts("MGA")), "19400");
    assert.equal(base(terms, facts("ON")), "16500");
  });

  it("RS15 18 % operating fee, bonus, 2 % in, 1.5 % out, 45 %: 2,988", () => {
    const terms = [
      { add: "winloss" },
      { deduct: { rate: "0.18", of: "winloss" } },
      { deduct: "bonus" },
      { deduct: { rate: "0.02", of: "deposits" } },
      { deduct: { rate: "0.015", of: "withdrawals" } },
    ];
    const facts = [
      on(1, { winloss: "10000", bonus: "1200" }),
      { type: "deposit", customer: "c1", on: "2026-01-01", amount: "15000" },
      { type: "withdrawal", customer: "c1", on: "2026-01-02", amount: "4000" },
    ];
    const whole = plan(share({ rate: "0.45", base: { name: "net", terms } }));
    assert.equal(base(whole, facts), "6640");
    assert.deepEqual(amounts(whole, facts), ["2988.00"]);
  });

  it("RS11 half a cent up: 4.73; half to even: 4.72", () => {
    assert.deepEqual(amounts(plan(share({ rate: "0.45" })), months("10.50")), ["4.73"]);
    assert.deepEqual(amounts(plan(share({ rate: "0.45" }), { rounding: { mode: "half_even" } }), months("10.50")), [
      "4.72",
    ]);
  });

  it("RS13 35 % of 1.3 million: 455,000; PAY05's share of 4,000: 1,000 beside the fee", () => {
    assert.deepEqual(amounts(plan(share({ rate: "0.35" })), months("1300000")), ["455000.00"]);
    assert.deepEqual(amounts(plan(share({ rate: "0.25" })), months("4000")), ["1000.00"]);
  });

  it("RS18 rake over the players dealt, hand by hand: 0.0222 before rounding", () => {
    const mgr = { name: "mgr", terms: [{ add: { measure: "rake", over: "players_dealt" } }] };
    const hand = { type: "hand", customer: "c1", on: "2026-01-10", rake: "1.00", players_dealt: "9" };
    const result = evaluatePlan(plan(share({ rate: "0.20", base: mgr }), { currency: "USD" }), [hand]);
    assert.equal(result.lines[0]?.exact, "0.022222222");
    assert.equal(result.lines[0]?.amount, "0.02");
    const many = evaluatePlan(
      plan(share({ rate: "0.20", base: mgr }), { currency: "USD" }),
      Array.from({ length: 45 }, () => hand),
    );
    assert.equal(many.lines[0]?.amount, "1.00", "45 hands are rounded once");
  });

  const laddered = (mode: "marginal" | "whole") => ({
    metric: { base: "net_revenue" },
    mode,
    bounds: "more_than" as const,
    bands: bands(["0", "0.20"], ["10000", "0.25"], ["50000", "0.30"], ["100000", "0.35"]),
  });
  it("RS10 laddered 20/25/30/35 %: 15,000 by slices, 18,000 as a whole", () => {
    const bases = { net_revenue: { name: "net_revenue", terms: [{ add: "ngr" }] } };
    const read = (mode: "marginal" | "whole") =>
      amounts(plan(share({ base: "net_revenue", rate: laddered(mode) }), { bases }), months("60000"));
    assert.deepEqual(read("marginal"), ["15000.00"]);
    assert.deepEqual(read("whole"), ["18000.00"]);
  });

  it("RS08 the top bands only with ten new players: 19,250 and 18,750", () => {
    const needs = { metric: { stated: "new_players" }, atLeast: "10" };
    const rate = {
      metric: { base: "net" },
      mode: "marginal" as const,
      bounds: "more_than" as const,
      bands: [
        ...bands(["0", "0.25"], ["15000", "0.30"], ["30000", "0.35"]),
        { from: "50000", value: "0.40", needs },
        { from: "100000", value: "0.45", needs },
      ],
    };
    const terms = plan(share({ base: "net", rate }), { bases: { net: NGR } });
    const facts = (players: string) => [
      ...months("60000"),
      { metric: "new_players", month: "2026-01", value: players },
    ];
    assert.deepEqual(amounts(terms, facts("12")), ["19250.00"]);
    assert.deepEqual(amounts(terms, facts("9")), ["18750.00"]);
  });
});

describe("declared bases, what else they can say", () => {
  const value = (terms: Share["base"], facts: readonly object[]) => base(plan(share({ base: terms })), facts);
  const b = (...terms: readonly object[]) => ({ name: "b", terms }) as Share["base"];
  const deposit = (amount: string, more: object = {}) => ({
    type: "deposit",
    customer: "c1",
    on: "2026-01-05",
    amount,
    ...more,
  });

  it("a percentage of a negative measure is no fee unless the terms say so", () => {
    assert.equal(value(b({ add: "ggr" }, { deduct: { rate: "0.18", of: "ggr" } }), [on(1, { ggr: "-100" })]), "-100");
    assert.equal(
      value(b({ add: "ggr" }, { deduct: { rate: "0.18", of: "ggr", negative: "as_is" } }), [on(1, { ggr: "-100" })]),
      "-82",
    );
  });
  it("of the original or of what the terms before have left", () => {
    const facts = [on(1, { ggr: "1000", bonus: "200" })];
    assert.equal(value(b({ add: "ggr" }, { deduct: "bonus" }, { deduct: { rate: "0.10", of: "ggr" } }), facts), "700");
    assert.equal(
      value(b({ add: "ggr" }, { deduct: "bonus" }, { deduct: { rate: "0.10", of: "remainder" } }), facts),
      "720",
    );
  });
  it("amounts per event and once a month", () => {
    const terms = b(
      { add: "ggr" },
      { deduct: { amount: "0.10", per: "registration" } },
      { deduct: { amount: "25", per: "period" } },
    );
    const facts = [
      on(1, { ggr: "1000" }),
      ...["a", "b", "c"].map((customer) => ({ type: "registration", customer, on: "2026-01-03" })),
    ];
    assert.equal(value(terms, facts), "974.7");
  });
  it("RS12 a fee per payment with a least and a most", () => {
    const fee = { rate: "0.03", of: "deposits", each: { atLeast: "0.50", atMost: "10" } };
    const facts = [on(1, { ggr: "1000" }), deposit("10"), deposit("100"), deposit("1000")];
    assert.equal(value(b({ add: "ggr" }, { deduct: fee }), facts), "986.5");
  });
  it("a fee by product with a fallback for all others", () => {
    const rate = { rows: [{ when: { product: ["poker"] }, value: "0.05" }], otherwise: "0.20" };
    const facts = [
      on(1, { ggr: "100", product: "poker" }),
      on(1, { ggr: "100", product: "casino" }),
      on(1, { ggr: "100", product: "bingo" }),
    ];
    assert.equal(value(b({ add: "ggr" }, { deduct: { rate, of: "ggr" } }), facts), "255");
  });
  it("only some products", () => {
    const some = { name: "b", terms: [{ add: "ggr" }], products: ["casino"] };
    assert.equal(
      value(some, [
        on(1, { ggr: "100", product: "casino" }),
        on(1, { ggr: "70", product: "poker" }),
        on(1, { ggr: "5" }),
      ]),
      "100",
    );
  });
  it("RS17 the lowest of several bases", () => {
    const lowest = b({ add: { lowestOf: ["ggr", { measure: "deposits", times: "0.4" }, "net_deposits"] } });
    assert.equal(value(lowest, [on(1, { ggr: "900" }), deposit("1000")]), "400");
    assert.equal(value(lowest, [on(1, { ggr: "300" }), deposit("1000")]), "300");
    assert.equal(
      value(b({ add: { highestOf: ["ggr", "deposits"] } }), [on(1, { ggr: "900" }), deposit("1000")]),
      "1000",
    );
  });
  it("RS14 a least share of the month", () => {
    assert.deepEqual(amounts(plan(share({ atLeast: "50" })), months("100")), ["50.00"]);
    assert.deepEqual(amounts(plan(share({ atLeast: "50" })), months("1000")), ["300.00"]);
  });
  it("a boost in the middle of the month takes the facts of its days", () => {
    const overrides = [{ name: "fortnight", from: "2026-01-10", until: "2026-01-23", value: "0.50" }];
    const day = (date: string) => ({ type: "activity", customer: "c1", on: date, ngr: "100" });
    const facts = [day("2026-01-09"), day("2026-01-10"), day("2026-01-23"), day("2026-01-24")];
    assert.deepEqual(amounts(plan(share({ overrides })), facts), ["160.00"]);
  });
});

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
  const players = (month: number, rows: readonly (readonly [string, string])[]) =>
    rows.map(([customer, ngr]) => on(month, { ngr }, customer));

  it("HR01 a winner of 10,000 is fenced in until played back: 6,000 instead of 0", () => {
    assert.deepEqual(amounts(plan(share({ rate: "1" })), players(1, five)), ["0.00"]);
    const result = evaluatePlan(plan(share({ rate: "1", highRoller: rule })), players(1, five));
    assert.equal(result.months[0]?.amount, "6000.00");
    assert.deepEqual(result.carry[0]?.state, { groups: { "": { fenced: { "3": "-10000" } } } });
  });
  it("HR01 and comes back with what is over", () => {
    const facts = [
      ...players(1, five),
      ...players(2, [
        ["3", "4000"],
        ["1", "100"],
      ]),
      ...players(3, [["3", "7000"]]),
    ];
    assert.deepEqual(amounts(plan(share({ rate: "1", highRoller: rule })), facts), ["6000.00", "100.00", "1000.00"]);
  });
  it("HR02 exactly the threshold only where the terms say so", () => {
    const over = plan(share({ rate: "1", highRoller: { ...rule, bound: "more_than" } }));
    assert.deepEqual(amounts(over, players(1, five)), ["0.00"]);
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
      const first = players(1, [
        ["A", "-12000"],
        ["B", "-6000"],
        ["others", "10000"],
      ]);
      const one = evaluatePlan(terms, first);
      assert.equal(one.months[0]?.amount, "0.00");
      assert.deepEqual(one.carry[0]?.state, { groups: { "": { fenced: { A: "-5333.33", B: "-2666.67" } } } });
      const two = evaluatePlan(terms, [
        ...first,
        ...players(2, [
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
      ...players(1, five),
      ...players(2, [
        ["3", "50000"],
        ["1", "100"],
      ]),
    ];
    assert.deepEqual(amounts(terms, facts), ["6000.00", "100.00"]);
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
