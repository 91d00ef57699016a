import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";

type Recurring = Extract<PlanInput["components"][number], { model: "recurring" }>;

const plan = (more: Partial<Recurring>) => ({
  currency: "USD",
  components: [
    {
      code: "saas",
      model: "recurring",
      limit: "life",
      ...(more.amount === undefined ? { rate: "0.20" } : {}),
      ...more,
    } as Recurring,
  ],
});
const pay = (on: string, amount: string, more: object = {}) => ({
  type: "sale",
  customer: "c1",
  on,
  sale: amount,
  ...more,
});
const monthly = (months: readonly number[], amount = "99") =>
  months.map((n) => pay(`2026-${String(n).padStart(2, "0")}-05`, amount, { order: `i${n}` }));
const evaluation = (more: Partial<Recurring>, facts: readonly object[]) => evaluatePlan(plan(more), facts);
const total = (more: Partial<Recurring>, facts: readonly object[]) => evaluation(more, facts).total;
const amounts = (more: Partial<Recurring>, facts: readonly object[]) =>
  byMonth(evaluation(more, facts)).map((one) => one.split(" ")[1]);
const six = [1, 2, 3, 4, 5, 6];

describe("subscriptions, published cases", () => {
  it("SAAS02 six payments of 99 at 20 %, one refunded: 99.00, and 19.80 taken back", () => {
    const refund = { type: "refund", customer: "c1", on: "2026-07-01", refund: "99", order: "i6" };
    const found = evaluation({ limit: { payments: 6 } }, [...monthly(six), refund]);
    assert.equal(found.total, "99.00");
    assert.equal(found.months.at(-1)?.amount, "-19.80");
  });
  it("SAAS03 all of the first monthly price, rounded up; an annual plan at its monthly price: 5 and 5", () => {
    const terms: Partial<Recurring> = {
      rate: "1.00",
      limit: { payments: 1 },
      annual: "monthly_price",
      itemRounding: { places: 0, mode: "up" },
    };
    assert.deepEqual(amounts(terms, monthly([1, 2], "4.99")), ["5.00", "0.00"]);
    const annual = pay("2026-01-05", "47.88", { billing: "annual", monthly_price: "4.99" });
    assert.deepEqual(amounts(terms, [annual]), ["5.00"]);
  });
});

describe("payments that count", () => {
  const three: Partial<Recurring> = { limit: { payments: 3 } };
  const refund = (order: string, on: string) => ({ type: "refund", customer: "c1", on, refund: "99", order });
  for (const [name, more, facts, earned] of [
    ["the first three", three, monthly(six), "59.40"],
    [
      "the first three of every customer",
      three,
      [...monthly(six), ...monthly(six).map((one) => ({ ...one, customer: "c2" }))],
      "118.80",
    ],
    ["a pause does not matter to payments", three, monthly([1, 4, 9, 10]), "59.40"],
    ["a refunded payment has used up its place", three, [...monthly(six), refund("i2", "2026-02-20")], "39.60"],
    [
      "a refund of a payment that did not count takes nothing",
      three,
      [...monthly(six), refund("i5", "2026-05-20")],
      "59.40",
    ],
    ["a trial of nothing uses up no place", three, [pay("2025-12-05", "0"), ...monthly(six)], "59.40"],
    [
      "upgrades and downgrades change the basis",
      three,
      [pay("2026-01-05", "50"), pay("2026-02-05", "200"), pay("2026-03-05", "20")],
      "54.00",
    ],
    ["without an end", {}, monthly(six), "118.80"],
    [
      "three of each subscription",
      { ...three, each: "subscription" },
      ["a", "b"].flatMap((subscription) =>
        monthly(six).map((one, n) => ({ ...one, order: `${n}${subscription}`, subscription })),
      ),
      "118.80",
    ],
    ["a flat amount for each", { amount: "10", limit: { payments: 2 } }, monthly(six), "20.00"],
  ] as readonly (readonly [string, Partial<Recurring>, readonly object[], string])[]) {
    it(name, () => assert.equal(total(more, facts), earned));
  }
});

describe("months that count", () => {
  const months = (count: number, from: "first_payment" | "registration" = "first_payment"): Partial<Recurring> => ({
    limit: { months: count, from },
  });
  const registered = { customer: "c1", on: "2025-12-20", milestone: "registration" };
  for (const [name, more, facts, earned] of [
    ["three from the first payment: that of the same day three months later is out", months(3), monthly(six), "59.40"],
    ["the day before is in", months(3), [...monthly([1, 2, 3]), pay("2026-04-04", "99")], "79.20"],
    ["a pause does not prolong them", months(3), monthly([1, 3, 5]), "39.60"],
    ["from the registration", months(3, "registration"), [registered, ...monthly(six)], "59.40"],
    ["from a registration nobody knows: from the first payment", months(2, "registration"), monthly(six), "39.60"],
    [
      "from the last of a month: the shorter month ends on its last",
      months(1),
      [pay("2026-01-31", "99"), pay("2026-02-27", "99"), pay("2026-02-28", "99")],
      "39.60",
    ],
  ] as readonly (readonly [string, Partial<Recurring>, readonly object[], string])[]) {
    it(name, () => assert.equal(total(more, facts), earned));
  }
});

describe("annual payments", () => {
  const annual = (more: object = {}) => pay("2026-01-15", "120", { billing: "annual", order: "y1", ...more });
  const next = pay("2027-01-15", "120", { billing: "annual", order: "y2" });
  for (const [name, more, facts, earned] of [
    ["as paid: one payment", { limit: { payments: 1 } }, [annual(), next], "24.00"],
    ["as paid: within the months", { limit: { months: 12, from: "first_payment" } }, [annual(), next], "24.00"],
    [
      "as if it were a month's: the list price",
      { annual: "monthly_price", limit: { payments: 2 } },
      [annual({ monthly_price: "12" }), next],
      "4.40",
    ],
    [
      "as twelve payments: as many twelfths as places are left",
      { annual: "twelve_payments", limit: { payments: 6 } },
      [annual(), next],
      "12.00",
    ],
    [
      "as twelve payments: over two years",
      { annual: "twelve_payments", limit: { payments: 18 } },
      [annual(), next],
      "36.00",
    ],
    [
      "as twelve payments: after three monthly ones",
      { annual: "twelve_payments", limit: { payments: 6 } },
      [pay("2025-10-01", "10"), pay("2025-11-01", "10"), pay("2025-12-01", "10"), annual()],
      "12.00",
    ],
    [
      "as twelve payments: as many twelfths as months are left",
      { annual: "twelve_payments", limit: { months: 6, from: "first_payment" } },
      [annual(), next],
      "12.00",
    ],
    [
      "refunded in part: of what was paid for it",
      { annual: "twelve_payments", limit: { payments: 6 } },
      [annual(), { type: "refund", customer: "c1", on: "2026-03-01", refund: "60", order: "y1" }],
      "6.00",
    ],
  ] as readonly (readonly [string, Partial<Recurring>, readonly object[], string])[]) {
    it(name, () => assert.equal(total(more, facts), earned));
  }
});
