import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";

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
    const facts = (customers: string) => [
      ...months("60000"),
      { metric: "new_players", month: "2026-01", value: customers },
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
  it("a base of bases, and none of itself", () => {
    const net = { name: "net", terms: [{ add: { base: "gross" } }, { deduct: "bonus" }] };
    const gross = { name: "gross", terms: [{ add: "ggr" }], floor: "zero" as const };
    const terms = plan(share({ rate: "1", base: "net" }), { bases: { net, gross } });
    assert.deepEqual(amounts(terms, [on(1, { ggr: "100", bonus: "30" })]), ["70.00"]);
    assert.equal(base(terms, [on(1, { ggr: "-100", bonus: "30" })]), "-30", "the inner floor holds");
    const circle = { net, gross: { name: "gross", terms: [{ add: { base: "net" } }] } };
    assert.throws(
      () => amounts(plan(share({ base: "net" }), { bases: circle }), [on(1, { ggr: "1" })]),
      /net → gross → net/,
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

describe("customers who have become inactive", () => {
  const deposit = (month: number) => ({ type: "deposit", customer: "c1", on: `2026-0${month}-15`, amount: "50" });
  const all = [1, 2, 3, 4, 5, 6, 7].map((month) => on(month, { ngr: "100" }));
  const left = (returns: boolean, facts: readonly object[]) =>
    amounts(plan(share({ lifetime: { from: "registration", lapses: { without: "deposit", months: 3, returns } } })), [
      { type: "registration", customer: "c1", on: "2026-01-01" },
      ...all,
      ...facts,
    ]).filter((amount) => amount !== "0.00").length;
  it("three months without a deposit: counted from the 1st of January to the 31st of March", () => {
    assert.equal(left(false, []), 3);
  });
  it("each deposit gives three months more", () => {
    assert.equal(left(false, [deposit(2)]), 5);
    assert.equal(left(false, [deposit(2), deposit(5)]), 5, "on the day on which the time is up it is too late");
  });
  it("or the customer comes back with the next one", () => {
    assert.equal(left(true, [deposit(2), deposit(6)]), 6);
  });
});
