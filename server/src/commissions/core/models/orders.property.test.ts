import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import fc from "fast-check";
import { evaluatePlan } from "../test-run.ts";
import { calculateVersions, linesOf, monthByMonth } from "../test-versions.ts";

type Component = PlanInput["components"][number];

const RUNS = { numRuns: 60 };
const MONTHS = { from: "2026-01-01", to: "2026-06-01" };

const two = (value: number) => String(value).padStart(2, "0");
/** Each at an instant of its own, so that there is an order in which things happened. */
const at = (n: number) =>
  `2026-${two((n % 6) + 1)}-${two((n % 28) + 1)}T${two(n % 24)}:${two(n % 60)}:${two((n * 7) % 60)}Z`;

const orders = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 14 }).chain((times) =>
  fc.tuple(
    ...times.map((time, index) =>
      fc.record({
        type: fc.constant("sale"),
        customer: fc.constantFrom("c1", "c2", "c3"),
        at: fc.constant(at(time)),
        id: fc.constant(`o${index}`),
        order: fc.constant(`o${index}`),
        product: fc.constantFrom("a", "b"),
        sale: fc.integer({ min: 1, max: 100_000 }).map((cents) => (cents / 100).toFixed(2)),
      }),
    ),
  ),
);
type Order = {
  readonly customer: string;
  readonly order: string;
  readonly sale: string;
  readonly type: string;
  readonly at: string;
  readonly product: string;
};
const share = fc.integer({ min: 1, max: 150 });
/** Refunds of some of the orders: when, and how many hundredths. */
const withRefunds = orders.chain((sold) =>
  fc
    .array(fc.tuple(fc.nat(sold.length - 1), fc.integer({ min: 5001, max: 9000 }), share), { maxLength: 8 })
    .map((some) => [
      ...sold,
      ...some.map(([index, time, hundredths], n) => {
        const order = sold[index] as Order;
        const amount = ((Number(order.sale) * hundredths) / 100).toFixed(2);
        return {
          type: "refund",
          customer: order.customer,
          order: order.order,
          at: at(time + n),
          id: `r${n}`,
          refund: amount,
        };
      }),
    ]),
);

const byCount = {
  metric: { count: "sale" },
  mode: "whole",
  bounds: "at_least",
  bands: [
    { from: "0", value: "0.07" },
    { from: "3", value: "0.11" },
  ],
} as const;
const gliding = {
  metric: { sum: "sale" },
  mode: "marginal",
  bounds: "at_least",
  bands: [
    { from: "0", value: "0.05" },
    { from: "300", value: "0.13" },
  ],
} as const;
const table = { rows: [{ when: { product: ["a"] }, value: "0.21" }], otherwise: "0.09" } as const;
const components = (
  [
    { model: "sale", rate: "0.13" },
    { model: "sale", rate: table, itemAtMost: "40" },
    { model: "sale", rate: byCount },
    { model: "sale", rate: gliding },
    { model: "sale", amount: "7.77", orders: "first" },
    { model: "sale", rate: "0.13", refunds: "whole", itemRounding: { places: 0, mode: "up" } },
    { model: "recurring", rate: "0.2", limit: { payments: 3 } },
    { model: "recurring", rate: byCount, limit: { months: 2, from: "first_payment" } },
  ] as const
).map((one) => ({ code: "orders", ...one }) as unknown as Component);
const component = fc.constantFrom(...components);

const shuffled = (facts: readonly object[]) =>
  fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length });
const version = (one: Component) => [{ from: "2026-01-01", components: [one] }];

describe("orders and refunds, whatever they are", () => {
  it("the order in which they arrive does not change a cent", () => {
    const both = withRefunds.chain((facts) => fc.tuple(fc.constant(facts), shuffled(facts)));
    fc.assert(
      fc.property(component, both, (one, [facts, other]) => {
        const lines = (some: readonly object[]) => linesOf(calculateVersions(version(one), some, MONTHS));
        assert.deepEqual(lines(facts), lines(other));
      }),
      RUNS,
    );
  });

  it("orders that are all refunded leave nothing, in the books as in the sum", () => {
    fc.assert(
      fc.property(component, orders, fc.boolean(), (one, sold, inHalves) => {
        const refunds = sold.flatMap((order, index) =>
          (inHalves ? [1, 2] : [1]).map((part) => {
            const cents = Math.round(Number(order.sale) * 100);
            const half = inHalves ? (part === 1 ? Math.floor(cents / 2) : cents - Math.floor(cents / 2)) : cents;
            return {
              type: "refund",
              customer: order.customer,
              order: order.order,
              at: at(6000 + index * 3 + part),
              refund: (half / 100).toFixed(2),
            };
          }),
        );
        const plan = { currency: "EUR", components: [one], rounding: { places: 8 } };
        const found = evaluatePlan(plan, [...sold, ...refunds]);
        const left = found.lines.reduce((sum, line) => sum + Number(line.exact), 0);
        assert.ok(Math.abs(left) < 1e-8, `${left} is left`);
      }),
      RUNS,
    );
  });

  it("refunds never take back more than was paid", () => {
    fc.assert(
      fc.property(component, withRefunds, (one, facts) => {
        const total = Number(evaluatePlan({ currency: "EUR", components: [one] }, facts).total);
        assert.ok(total > -0.05, `${total}`);
      }),
      RUNS,
    );
  });

  it("month by month, from what was remembered, comes to the same as all months at once; twice as once", () => {
    fc.assert(
      fc.property(component, withRefunds, (one, facts) => {
        const once = linesOf(calculateVersions(version(one), facts, MONTHS));
        assert.deepEqual(monthByMonth(version(one), facts, MONTHS), once);
        assert.deepEqual(linesOf(calculateVersions(version(one), facts, MONTHS)), once);
      }),
      RUNS,
    );
  });

  it("no plan pays more than its caps", () => {
    const limit = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(component, withRefunds, limit, fc.boolean(), (one, facts, most, byCap) => {
        const caps = [{ name: "cap", limit: String(most), of: "amount", per: "month", overflow: "reject" }];
        const capped = { ...one, ...(byCap ? { caps } : { atMost: String(most) }) } as Component;
        for (const month of evaluatePlan({ currency: "EUR", components: [capped] }, facts).months) {
          assert.ok(Number(month.amount) <= most, `${month.amount} of ${most}`);
        }
      }),
      RUNS,
    );
  });
});

describe("fixed fees and guarantees", () => {
  const visits = Array.from({ length: 12 }, (_, n) => ({ type: "visit", customer: "c1", on: `2028-${two(n + 1)}-10` }));
  const cuts = fc
    .uniqueArray(fc.integer({ min: 2, max: 365 }), { minLength: 1, maxLength: 6 })
    .map((some) => some.toSorted((a, b) => a - b));
  const dayOfYear = (n: number) =>
    Temporal.PlainDate.from("2028-01-01")
      .add({ days: n - 1 })
      .toString();

  for (const per of ["month", "quarter", "year"] as const) {
    it(`the parts of a ${per} that is cut anywhere sum to the whole year`, () => {
      fc.assert(
        fc.property(cuts, fc.integer({ min: 1, max: 1_000_000 }), (days, cents) => {
          const amount = (cents / 100).toFixed(2);
          const starts = [1, ...days].map(dayOfYear);
          const parts = starts.map((from, index): Component => {
            const next = days[index];
            const until = next === undefined ? "2028-12-31" : dayOfYear(next - 1);
            return { code: `part${index}`, model: "flat_fee", amount, per, proration: "days", from, until };
          });
          const found = evaluatePlan({ currency: "EUR", components: parts, rounding: { places: 8 } }, visits);
          const sum = found.lines.reduce((all, line) => all + Number(line.exact), 0);
          const whole = (cents / 100) * { month: 12, quarter: 4, year: 1 }[per];
          assert.ok(Math.abs(sum - whole) < 1e-6, `${sum} of ${whole}`);
        }),
        RUNS,
      );
    });
  }

  const earnings = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 6, maxLength: 6 });
  const guarantee = (
    kind: "top_up" | "advance",
    shortfall: "forgiven" | "carried",
    per: "month" | "quarter",
    amount: number,
  ): Component => ({
    code: "least",
    model: "minimum_guarantee",
    amount: String(amount),
    per,
    of: "all",
    kind,
    shortfall,
  });
  const earner: Component = { code: "ib", model: "commission_share", rate: "1" };
  const traded = (values: readonly number[]) =>
    values.map((value, n) => ({
      type: "trade",
      customer: "c1",
      on: `2026-${two(n + 1)}-10`,
      commission: String(value),
    }));
  const settings = fc.record({
    kind: fc.constantFrom("top_up" as const, "advance" as const),
    shortfall: fc.constantFrom("forgiven" as const, "carried" as const),
    per: fc.constantFrom("month" as const, "quarter" as const),
    amount: fc.integer({ min: 1, max: 4000 }),
  });

  it("a period pays at least the guarantee; forgiven, exactly the higher of the two; carried, never more than both together", () => {
    fc.assert(
      fc.property(settings, earnings, ({ kind, shortfall, per, amount }, values) => {
        const found = evaluatePlan(
          { currency: "EUR", components: [earner, guarantee(kind, shortfall, per, amount)] },
          traded(values),
        );
        const length = per === "month" ? 1 : 3;
        for (let first = 0; first < values.length; first += length) {
          const earned = values.slice(first, first + length).reduce((a, b) => a + b, 0);
          const paid = found.months.slice(first, first + length).reduce((sum, month) => sum + Number(month.amount), 0);
          assert.ok(paid >= Math.min(amount, Math.max(amount, earned)), `${paid} of ${amount}`);
          if (shortfall === "forgiven") assert.equal(paid, Math.max(amount, earned));
          else assert.ok(paid <= Math.max(amount, earned));
        }
      }),
      RUNS,
    );
  });

  it("month by month, from what was remembered and booked, comes to the same", () => {
    fc.assert(
      fc.property(settings, earnings, ({ kind, shortfall, per, amount }, values) => {
        const version = [{ from: "2026-01-01", components: [earner, guarantee(kind, shortfall, per, amount)] }];
        const booked = (month: string) =>
          values.flatMap((value, n) => {
            const of = `2026-${two(n + 1)}`;
            return `${of}-01` < month
              ? [{ earned: String(value), month: of, component: "ib", model: "commission_share" }]
              : [];
          });
        const once = linesOf(calculateVersions(version, traded(values), MONTHS));
        assert.deepEqual(monthByMonth(version, traded(values), MONTHS, booked), once);
      }),
      RUNS,
    );
  });
});
