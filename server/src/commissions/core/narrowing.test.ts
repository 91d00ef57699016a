import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkPlan } from "../../plans/index.ts";
import { evaluate } from "../evaluate.ts";

const ngr = { name: "ngr", terms: [{ add: "ngr" }] };
const share = { code: "share", model: "revenue_share", rate: 0.3, base: ngr, carryover: { mode: "none" } };
const lots = { code: "lots", model: "lot_rebate", amount: 5 };
const plan = (component: object, more: object = {}) => ({
  language: 1,
  currency: "EUR",
  components: [component],
  ...more,
});
const facts = (...lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join("\n");
const bet = (on: string, amount: number, more: object = {}) => ({
  type: "activity",
  customer: "c",
  on,
  ngr: amount,
  ...more,
});
const trade = (on: string, number: number, more: object = {}) => ({
  type: "trade",
  customer: "c",
  on,
  lots: number,
  ...more,
});
const amounts = (document: object, ...lines: readonly object[]) =>
  evaluate(document, facts(...lines)).months.map((one) => one.amount);

describe("what is narrowed to parts of a month, to numbers of single events, to days", () => {
  it("counts the last day of a short month as the 31st", () => {
    const late = plan({ ...share, monthDays: { from: 31, until: 31 } });
    assert.deepEqual(
      amounts(late, bet("2026-02-27", 10), bet("2026-02-28", 20), bet("2026-03-30", 40), bet("2026-03-31", 50)),
      ["6.00", "15.00"],
    );
  });

  it("looks at numbers of every event by itself, not at their sum", () => {
    const odds = plan({ ...share, where: { odds: { atLeast: 1.5, lessThan: 10 } } });
    const bets = [
      bet("2026-03-01", 100, { odds: 1.5 }),
      bet("2026-03-02", 100, { odds: 1.49 }),
      bet("2026-03-03", 100),
      bet("2026-03-04", 100, { odds: 10 }),
    ];
    assert.deepEqual(amounts(odds, ...bets), ["30.00"]);
  });

  it("lets a metric count only large orders", () => {
    const metric = { count: "sale", where: { sale: { moreThan: 50 } } };
    const tiers = {
      metric,
      mode: "whole",
      bounds: "at_least",
      bands: [
        { from: 0, value: 0.05 },
        { from: 2, value: 0.1 },
      ],
    };
    const sale = (on: string, amount: number) => ({ type: "sale", customer: "c", on, amount });
    const orders = plan({ code: "sale", model: "sale", rate: tiers });
    assert.deepEqual(amounts(orders, sale("2026-03-01", 50), sale("2026-03-02", 51)), ["5.05"]);
    assert.deepEqual(amounts(orders, sale("2026-03-01", 51), sale("2026-03-02", 51)), ["10.20"]);
  });

  it("pays a share by days, negative days against the others", () => {
    const metric = { count: "activity" };
    const rate = {
      metric,
      mode: "whole",
      bounds: "at_least",
      daily: { counts: "same_day" },
      bands: [
        { from: 0, value: 0.1 },
        { from: 2, value: 0.5 },
      ],
    };
    assert.deepEqual(
      amounts(plan({ ...share, rate }), bet("2026-03-01", 100), bet("2026-03-02", 100), bet("2026-03-03", -20)),
      ["50.00"],
    );
  });

  it("begins a prospective tier again every week, which ends with the month", () => {
    const metric = { sum: "lots", period: "week" };
    const amount = {
      metric,
      mode: "prospective",
      bounds: "at_least",
      bands: [
        { from: 0, value: 1 },
        { from: 10, value: 2 },
      ],
    };
    // Monday 30 March and Wednesday 1 April are of one week, and of two months.
    const days = [trade("2026-03-30", 10), trade("2026-03-31", 10), trade("2026-04-01", 10), trade("2026-04-06", 10)];
    assert.deepEqual(amounts(plan({ ...lots, amount }), ...days), ["30.00", "20.00"]);
  });

  it("keeps a limit of the whole plan from month to month", () => {
    const caps = [{ name: "all", limit: 70, of: "amount", per: "total", overflow: "reject" }];
    assert.deepEqual(
      amounts(plan(lots, { caps }), trade("2026-01-05", 10), trade("2026-02-05", 10), trade("2026-03-05", 1)),
      ["50.00", "20.00", "0.00"],
    );
  });

  it("offsets late wins by the same customer's later losses only", () => {
    const highRoller = {
      threshold: 500,
      monthDays: { from: 20, until: 31 },
      when: "always",
      month: "excluded",
      carry: "whole",
    };
    const other = (on: string, amount: number) => ({ ...bet(on, amount), customer: "d" });
    const late = plan({ ...share, highRoller });
    const lines = [
      bet("2026-03-19", -100),
      bet("2026-03-25", -600),
      other("2026-03-25", 400),
      bet("2026-04-25", 700),
      other("2026-04-25", 100),
    ];
    assert.deepEqual(amounts(late, ...lines), ["90.00", "60.00"]);
  });

  it("pays a CPA only for those whom it is for, and several beside each other where the plan says so", () => {
    const [window, milestone] = ["none", "first_deposit"];
    const first = { code: "first", model: "cpa", amount: 30, window, qualification: { milestone } };
    const large = {
      code: "large",
      model: "cpa",
      amount: 100,
      window,
      qualification: { metric: "deposits", atLeast: 100 },
    };
    const deposit = (customer: string, on: string, amount: number) => ({ type: "deposit", customer, on, amount });
    const lines = [deposit("c", "2026-03-01", 150), deposit("d", "2026-03-01", 50), deposit("d", "2026-03-05", 50)];
    const both = (one: object) => amounts({ language: 1, currency: "EUR", components: [large, one] }, ...lines);
    const notQualified = { customers: { notQualified: "large", from: "start" } };
    assert.deepEqual(
      both({ ...first, ...notQualified }),
      ["230.00"],
      "who brings enough at once is not paid for as the smaller one too",
    );
    assert.deepEqual(both({ ...first, beside: ["large"] }), ["260.00"]);
    assert.throws(() => both(first), /"beside"/);
    const early = { ...large, lifetime: { from: "registration", endsAfterMonths: 1 } };
    const late = [{ customer: "c", milestone: "registration", on: "2026-01-01" }, deposit("c", "2026-02-01", 150)];
    assert.deepEqual(amounts(plan(early), ...late), ["0.00", "0.00"], "the month of a customer that counts is over");
  });

  it("pays the steps of a ladder only for customers and days that it is for", () => {
    const steps = [
      { from: 100, amount: 50 },
      { from: 500, amount: 120 },
    ];
    const ladder = { code: "ladder", model: "cpa_ladder", of: "deposits", window: "none", steps };
    const deposit = (customer: string, on: string, amount: number) => ({ type: "deposit", customer, on, amount });
    const countries = [
      { customer: "c", country: "DE" },
      { customer: "d", country: "FR" },
    ];
    const lines = [
      ...countries,
      deposit("c", "2026-03-01", 100),
      deposit("d", "2026-03-01", 100),
      deposit("c", "2026-04-01", 400),
    ];
    assert.deepEqual(amounts(plan(ladder), ...lines), ["100.00", "70.00"]);
    assert.deepEqual(amounts(plan({ ...ladder, only: { country: ["DE"] } }), ...lines), ["50.00", "70.00"]);
    assert.deepEqual(
      amounts(plan({ ...ladder, from: "2026-04-01" }), ...lines),
      ["0.00", "70.00"],
      "a step that was reached before is not paid later",
    );
  });

  it("refuses what says nothing, with the place and the way out", () => {
    const refused = (component: object, more: object = {}) =>
      checkPlan(plan(component, more))
        .findings.filter((one) => one.severity === "error")
        .map((one) => [one.path, one.wayOut !== undefined]);
    const cpa = {
      code: "cpa",
      model: "cpa",
      amount: 10,
      window: "none",
      qualification: { milestone: "first_deposit" },
    };
    const rate = {
      metric: { sum: "ngr" },
      mode: "marginal",
      bounds: "at_least",
      daily: { counts: "day_before" },
      bands: [{ from: 0, value: 0.1 }],
    };
    assert.deepEqual(refused({ ...share, monthDays: { from: 20, until: 3 } }), [["components[0].monthDays", true]]);
    assert.deepEqual(refused({ ...share, where: { odds: {} } }), [["components[0].where.odds", true]]);
    assert.deepEqual(refused({ ...cpa, where: { deposit: { atLeast: 10 } } }), [["components[0].where", true]]);
    assert.deepEqual(refused({ ...share, rate }), [["components[0].rate.mode", true]]);
    const caps = [{ name: "all", limit: 70, of: "amount", per: "month", overflow: "next_period" }];
    assert.deepEqual(refused(lots, { caps }), [["caps[0].overflow", true]]);
  });

  it("refuses a day on what the records say of a customer, with the line", () => {
    assert.throws(
      () => amounts(plan(share), { customer: "c", status: "vip", from: "2026-03-01" }, bet("2026-03-02", 1)),
      /line 1: .*has no day \(`from`\)/,
    );
  });
});
