import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluatePlan } from "../test-run.ts";
import { earned, type Fact, lines, MONTH, type Pays, type Plan, plan, sub, trade } from "./test-levels.ts";

describe("a share of what sub-partners earn", () => {
  const table: readonly (readonly [string, Pays, readonly Fact[], readonly string[]])[] = [
    [
      "SUB04: 5 % of a sub-partner's commission of 2,000",
      { mode: "percent_of_commission", rates: ["0.05"] },
      [earned("a", "2000")],
      ["a 100.00"],
    ],
    [
      "SUB02: 10 % of its revenue share of 300, its CPA left out",
      { mode: "percent_of_commission", rates: ["0.10"], models: ["revenue_share"] },
      [earned("a", "300"), earned("a", "150", { component: "cpa", model: "cpa", customer: "c1" })],
      ["a 30.00"],
    ],
    [
      "FX24: 10 % of a sub-partner's 4.80",
      { mode: "percent_of_commission", rates: ["0.10"] },
      [earned("a", "4.80", { component: "spread", model: "spread_share" })],
      ["a 0.48"],
    ],
    [
      "REF01: 5 % of a payout of 100",
      { mode: "percent_of_commission", rates: ["0.05"] },
      [earned("a", "100")],
      ["a 5.00"],
    ],
    [
      "by component of the sub-partner's plan",
      { mode: "percent_of_commission", rates: ["0.10"], components: ["casino"] },
      [earned("a", "300", { component: "casino" }), earned("a", "70", { component: "sports" })],
      ["a 30.00"],
    ],
    [
      "levels: 10 % of the direct ones, 4 % of theirs, nothing deeper",
      { mode: "percent_of_commission", rates: ["0.10", "0.04"] },
      [sub("a"), sub("b", "a"), sub("c", "b"), earned("a", "100"), earned("b", "200"), earned("c", "400")],
      ["a 10.00", "b 8.00"],
    ],
    [
      "what a sub-partner earns on its own ones is not counted again",
      { mode: "percent_of_commission", rates: ["0.10"] },
      [earned("a", "100"), earned("a", "50", { component: "network", model: "sub_partner" })],
      ["a 10.00"],
    ],
    [
      "unless the plan says so",
      { mode: "percent_of_commission", rates: ["0.10"], ownSubPartners: "included" },
      [earned("a", "100"), earned("a", "50", { component: "network", model: "sub_partner" })],
      ["a 15.00"],
    ],
    [
      "other months are not this month's",
      { mode: "percent_of_commission", rates: ["0.10"] },
      [earned("a", "100"), earned("a", "900", { month: "2026-02" }), earned("self", "700")],
      ["a 10.00"],
    ],
  ];
  for (const [name, pays, facts, expected] of table) {
    it(name, () => assert.deepEqual(lines(plan(pays), facts), expected));
  }

  it("FX34: overrides are of the affiliate's 300: 15 for the broker above it, 30 for the master", () => {
    const facts = [
      sub("b"),
      sub("affiliate", "b"),
      earned("affiliate", "300", { model: "lot_rebate", component: "lots" }),
    ];
    assert.deepEqual(lines(plan({ mode: "percent_of_commission", rates: ["0.05"] }), [facts[2] as Fact]), [
      "affiliate 15.00",
    ]);
    assert.deepEqual(lines(plan({ mode: "percent_of_commission", rates: ["0", "0.10"] }), facts), ["affiliate 30.00"]);
  });

  it("FX34: what the page prints (50 and 50) needs another rule: 0.50 a lot on each level", () => {
    const perLot: Pays = { mode: "percent_of_fee", rates: ["0.5", "0.5"], of: { quantity: "lots" } };
    const facts = [sub("b"), trade("affiliate", { lots: "100" })];
    assert.deepEqual(lines(plan(perLot), [sub("affiliate"), ...facts]), ["affiliate 50.00"]);
    assert.deepEqual(lines(plan(perLot), [sub("affiliate", "b"), ...facts]), ["affiliate 50.00"]);
  });

  it("a month below zero brings nothing, or takes from what the others bring, down to zero in all", () => {
    const facts = [earned("a", "300"), earned("b", "-100")];
    const of = (negative: "floor" | "reduce") => plan({ mode: "percent_of_commission", rates: ["0.10"], negative });
    assert.deepEqual(lines(of("floor"), facts), ["a 30.00", "b 0.00"]);
    assert.deepEqual(lines(of("reduce"), facts), ["a 30.00", "b -10.00"]);
    assert.deepEqual(lines(of("reduce"), [...facts, earned("c", "-500")]), ["a 30.00", "b -5.00", "c -25.00"]);
  });

  it("after what the sub-partner gives to its customers", () => {
    const facts = [earned("a", "100"), earned("a", "-40", { component: "rebate", model: "client_rebate" })];
    const of = (more: object) => plan({ mode: "percent_of_commission", rates: ["0.10"] }, more);
    assert.deepEqual(lines(of({}), facts), ["a 10.00"]);
    assert.deepEqual(lines(of({ afterRebate: true }), facts), ["a 6.00"]);
    assert.deepEqual(lines(of({ afterRebate: ["other"] }), facts), ["a 10.00"]);
    assert.throws(
      () =>
        of({ afterRebate: true, funding: "sub_partner" }) &&
        lines(of({ afterRebate: true, funding: "sub_partner" }), facts),
    );
  });

  it("taken from the sub-partner: the line says so, and how much", () => {
    const found = evaluatePlan(plan({ mode: "percent_of_commission", rates: ["0.10"] }, { funding: "sub_partner" }), [
      earned("a", "300"),
    ]);
    assert.equal(found.months[0]?.figures.network?.funded_by_sub_partners, "30");
    assert.ok(found.lines[0]?.explanation.some((line) => line.includes("its own agreement carries the deduction")));
  });

  it("the sub-partner's own plan carries what it gives to the one above", () => {
    const own: Plan = {
      currency: "USD",
      components: [
        { code: "lots", model: "lot_rebate", amount: "3" },
        { code: "parent", model: "client_rebate", share: "0.10", of: "all", to: "parent" },
      ],
    };
    assert.deepEqual(lines(own, [trade("self", { lots: "100" })], "parent"), ["2026-03 -30.00"]);
  });

  it("only for so many months from the day on which it came, and only sub-partners of a kind", () => {
    const facts = [
      sub("a", "self", { from: "2025-03-01", grade: "gold" }),
      sub("b", "self", { from: "2025-05-01", grade: "tin" }),
    ];
    const brought = [...facts, earned("a", "100"), earned("b", "200")];
    const of = (more: object) => plan({ mode: "percent_of_commission", rates: ["0.10"] }, more);
    assert.deepEqual(lines(of({ forMonths: 12 }), brought), ["b 20.00"]);
    assert.deepEqual(lines(of({ forMonths: 13 }), brought), ["a 10.00", "b 20.00"]);
    assert.deepEqual(lines(of({ subPartners: { grade: ["gold"] } }), brought), ["a 10.00"]);
  });

  it("what was earned in another currency is converted at the rate of its day", () => {
    const of: Plan = { ...plan({ mode: "percent_of_commission", rates: ["0.10"] }), currency: "EUR" };
    const rates = [
      { on: "2026-03-10", currency: "USD", rate: "1.25" },
      { on: "2026-03-31", currency: "USD", rate: "1.10" },
    ];
    const cpa = earned("a", "100", {
      component: "cpa",
      model: "cpa",
      customer: "c",
      on: "2026-03-10",
      currency: "USD",
    });
    // 100 ÷ 1.25 + 220 ÷ 1.10 = 280
    assert.deepEqual(lines(of, [...rates, cpa, earned("a", "220", { currency: "USD" })]), ["a 28.00"]);
  });

  it("rates by how many sub-partners there are, and capped", () => {
    const rate = {
      metric: { count: "sub_partners" },
      mode: "whole",
      bounds: "at_least",
      bands: [
        { from: "1", value: "0.05" },
        { from: "3", value: "0.10" },
      ],
    } as const;
    const three = ["a", "b", "c"].flatMap((name) => [sub(name), earned(name, "100")]);
    const of = (more: object) =>
      plan({ mode: "percent_of_commission", rates: [{ ...rate, bands: [...rate.bands] }] }, more);
    assert.deepEqual(lines(of({}), three), ["a 10.00", "b 10.00", "c 10.00"]);
    assert.deepEqual(lines(of({}), three.slice(0, 4)), ["a 5.00", "b 5.00"]);
    assert.deepEqual(lines(of({ atMost: "25" }), three), ["a 10.00", "b 10.00", "c 5.00"]);
  });

  it("rates by an attribute of the sub-partner, and by its level", () => {
    const rate = { rows: [{ when: { grade: ["gold"] }, value: "0.20" }], otherwise: "0.10" };
    const facts = [sub("a", "self", { grade: "gold" }), sub("b"), earned("a", "100"), earned("b", "100")];
    assert.deepEqual(lines(plan({ mode: "percent_of_commission", rates: [rate] }), facts), ["a 20.00", "b 10.00"]);
  });
});

describe("customers of sub-partners that count", () => {
  const facts = [
    { type: "registration", customer: "customer of a", partner: "a", on: "2026-01-20" },
    trade("a", { fee: "100" }, { on: "2026-03-10" }),
    trade("a", { fee: "10" }, { on: "2026-03-20" }),
  ];
  const of = (more: object) => lines(plan({ mode: "percent_of_fee", rates: ["0.10"], of: "fee" }, more), facts);

  it("only the months of their life that the component pays for", () => {
    assert.deepEqual(of({ lifetime: { from: "registration", endsAfterMonths: 2 } }), ["a 10.00"]);
    assert.deepEqual(of({ lifetime: { from: "registration", startsAfterMonths: 2 } }), ["a 1.00"]);
    assert.deepEqual(of({ lifetime: { from: "kyc_passed" } }), []);
  });

  it("only facts of a kind and of some days", () => {
    assert.deepEqual(of({ until: "2026-03-19" }), ["a 10.00"]);
    assert.deepEqual(of({ from: "2026-03-20" }), ["a 1.00"]);
    assert.deepEqual(of({ only: { level: ["2"] } }), []);
    assert.deepEqual(of({ except: { partner: ["a"] } }), []);
  });
});

describe("a sub-partner that moves in the middle of the month", () => {
  const moved = [
    sub("a"),
    sub("b"),
    { ...sub("x", "a"), until: "2026-03-16" },
    { ...sub("x", "b"), from: "2026-03-16", until: "2026-03-26" },
    { ...sub("x", "elsewhere"), from: "2026-03-26" },
  ];

  it("facts belong to the parent partner of their day", () => {
    const facts = [
      ...moved.slice(0, 2),
      sub("x", "a", { until: "2026-03-16" }),
      sub("x", "self", { from: "2026-03-16" }),
      trade("x", { commission: "100" }, { on: "2026-03-15" }),
      trade("x", { commission: "1000" }, { on: "2026-03-16" }),
    ];
    const pays: Pays = { mode: "percent_of_fee", rates: ["0.30", "0.20"], of: "commission" };
    assert.deepEqual(lines(plan(pays), facts), ["x 320.00"]);
  });

  it("commission of a day belongs where it stood on that day, a month's on its last day or by days", () => {
    const of = (more: Partial<Extract<Pays, { mode: "percent_of_commission" }>>) =>
      plan({ mode: "percent_of_commission", rates: ["0", "0.10"], ...more });
    const day = earned("x", "100", { on: "2026-03-20", component: "cpa", model: "cpa", customer: "c" });
    assert.deepEqual(lines(of({}), [...moved, day]), ["x 10.00"]);
    assert.deepEqual(lines(of({}), [...moved, earned("x", "310")]), []);
    // 25 of 31 days were below this partner.
    assert.deepEqual(lines(of({ moved: "by_days" }), [...moved, earned("x", "310")]), ["x 25.00"]);
  });
});

describe("a share of what sub-partners' customers bring", () => {
  const activity = (customer: string, partner: string, ggr: string): Fact => ({
    type: "activity",
    customer,
    partner,
    on: "2026-03-05",
    currency: "USD",
    ggr,
    bonus: "50",
  });
  const base = { name: "net_pnl", terms: [{ add: "ggr" }, { deduct: "bonus" }] };
  const pays = (more: object = {}): Pays => ({ mode: "percent_of_revenue", rates: ["0.05"], base, ...more });

  it("SUB03: 5 % of net P&L, players paid by CPA alone left out", () => {
    const facts = [
      activity("p1", "a", "1050"),
      activity("p2", "a", "550"),
      activity("p3", "a", "250"),
      { customer: "p2", deal: "cpa" },
      earned("a", "80", { component: "cpa", model: "cpa", customer: "p3" }),
    ];
    assert.deepEqual(lines(plan(pays()), facts), ["a 85.00"]);
    assert.deepEqual(lines(plan(pays({ cpaOnly: "excluded" })), facts), ["a 50.00"]);
  });

  it("a customer of a hybrid deal is not paid by CPA alone", () => {
    const facts = [
      activity("p1", "a", "1050"),
      earned("a", "80", { component: "cpa", model: "cpa", customer: "p1" }),
      earned("a", "200"),
    ];
    assert.deepEqual(lines(plan(pays({ cpaOnly: "excluded" })), facts), ["a 50.00"]);
  });

  it("what is due once a month is deducted once from a sub-partner that moved", () => {
    const fee = { name: "net", terms: [{ add: "ggr" }, { deduct: { amount: "100", per: "period" } }] };
    const facts = [
      sub("b"),
      sub("a", "b", { until: "2026-03-11" }),
      sub("a", "self", { from: "2026-03-11" }),
      activity("p1", "a", "500"),
      { ...activity("p2", "a", "700"), on: "2026-03-20" },
    ];
    assert.deepEqual(lines(plan({ mode: "percent_of_revenue", rates: ["0.10", "0.10"], base: fee }), facts), [
      "a 110.00",
    ]);
  });

  it("each sub-partner's loss stays its own, or reduces the others", () => {
    const facts = [activity("p1", "a", "1050"), activity("p2", "b", "-350")];
    assert.deepEqual(lines(plan(pays()), facts), ["a 50.00", "b 0.00"]);
    assert.deepEqual(lines(plan(pays({ negative: "reduce" })), facts), ["a 50.00", "b -20.00"]);
  });

  it("SUB01: 5 for each customer of a sub-partner that qualified, once and only in its month", () => {
    const perQualified = plan({ mode: "per_qualified", amounts: ["5", "2"], component: "cpa" });
    const paid = (customer: string, amount = "80", more: Fact = {}) =>
      earned("a", amount, { component: "cpa", model: "cpa", customer, ...more });
    const facts = [
      ...Array.from({ length: 7 }, (_, index) => paid(`c${index}`)),
      paid("c6", "-80"),
      paid("old", "80", { month: "2026-02" }),
    ];
    assert.deepEqual(lines(perQualified, facts), ["a 30.00"]);
  });

  it("by the conditions of the partner's own plan, a charged back one not counted", () => {
    const own: Plan = {
      currency: "USD",
      components: [
        {
          code: "cpa",
          model: "cpa",
          amount: "60",
          window: "none",
          qualification: { metric: "first_deposit", atLeast: "20" },
        },
        { code: "network", model: "sub_partner", pays: { mode: "per_qualified", amounts: ["5"], component: "cpa" } },
      ],
    };
    const deposit = (customer: string, partner: string, amount: string): Fact => ({
      type: "deposit",
      customer,
      partner,
      on: "2026-03-02",
      currency: "USD",
      amount,
    });
    const facts = [
      deposit("c1", "a", "20"),
      deposit("c2", "a", "19"),
      deposit("c3", "a", "50"),
      deposit("c4", "b", "50"),
      { type: "chargeback", customer: "c3", on: "2026-03-09", currency: "USD", amount: "50" },
    ];
    assert.deepEqual(lines(own, facts), ["a 5.00", "b 5.00"]);
  });

  it("REF01: 5 for each of ten referred partners, in the month in which they came, and once", () => {
    const facts = Array.from({ length: 10 }, (_, index) => sub(`r${index}`, "self", { from: "2026-03-04" }));
    const old = [sub("early", "self", { from: "2026-02-27" }), sub("theirs", "r1", { from: "2026-03-05" })];
    const back = [
      sub("back", "x", { from: "2026-01-01", until: "2026-03-03" }),
      sub("back", "self", { from: "2026-03-03" }),
    ];
    const found = evaluatePlan(plan({ mode: "per_referral", amount: "5" }), [...facts, ...old, ...back], {
      month: MONTH,
    });
    assert.equal(found.total, "50.00");
    assert.equal(found.lines.length, 10);
  });

  it("or when they first earned", () => {
    const facts = [
      sub("a", "self", { from: "2026-01-04" }),
      sub("b", "self", { from: "2026-01-04" }),
      earned("a", "1"),
      earned("b", "1"),
      earned("b", "1", { month: "2026-02" }),
    ];
    assert.deepEqual(lines(plan({ mode: "per_referral", amount: "5", needs: "earned" }), facts), ["a 5.00"]);
  });

  it("FX22: 30 % of the fee of own customers, 20 % a level below", () => {
    const of = plan({ mode: "percent_of_fee", own: "0.30", rates: ["0.20"], of: "fee" });
    assert.deepEqual(lines(of, [trade("self", { fee: "10" })]), ["2026-03 3.00"]);
    assert.deepEqual(lines(of, [trade("a", { fee: "10" })]), ["a 2.00"]);
  });

  it("FX19: 100 lots × 0.4 × 2, at ratio 1 for own customers and 0.3 a level below", () => {
    const of = plan(
      { mode: "level_ratio", reward: "2", of: { quantity: "lots" }, ratios: ["1", "0.3"] },
      { factors: [{ name: "group_lot_size", factor: "0.4" }] },
    );
    assert.deepEqual(lines(of, [trade("self", { lots: "100" })]), ["2026-03 80.00"]);
    assert.deepEqual(lines(of, [trade("a", { lots: "100" })]), ["a 24.00"]);
    assert.deepEqual(lines(of, [sub("a"), trade("b", { lots: "100" }), sub("b", "a")]), []);
  });

  it("a rate that falls by a step for each level, to a depth and not below zero", () => {
    const facts = [sub("a"), sub("b", "a"), sub("c", "b"), sub("d", "c")];
    const all = [...facts, ...["a", "b", "c", "d"].map((partner) => earned(partner, "100"))];
    const of = (depth: number, step: string) =>
      plan({ mode: "decrement", first: "0.10", step, depth, of: "commission" });
    assert.deepEqual(lines(of(3, "0.03"), all), ["a 10.00", "b 7.00", "c 4.00"]);
    assert.deepEqual(lines(of(4, "0.06"), all), ["a 10.00", "b 4.00", "c 0.00", "d 0.00"]);
  });
});
