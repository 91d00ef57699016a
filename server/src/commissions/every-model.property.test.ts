import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkPlan } from "../plans/index.ts";
import { needsOf } from "./core/needs.ts";
import { evaluate } from "./evaluate.ts";

const ngr = { name: "n", terms: [{ add: "ngr" }] };
const first = { milestone: "first_deposit" };
/** Who is taken back lies within what a cap has counted. */
const clawback = { on: ["chargeback"] };

interface Model {
  readonly component: object;
  /** Whether its months do not know of each other. */
  readonly additive: boolean;
}

/** Every model, as plain as it can be. */
const MODELS: readonly Model[] = [
  { additive: true, component: { model: "cpa", amount: "40", window: "none", qualification: first, clawback } },
  { additive: true, component: { model: "cpl", amount: "7.50", qualification: { milestone: "kyc_passed" } } },
  {
    additive: true,
    component: {
      model: "cpa_ladder",
      of: "deposits",
      window: "none",
      steps: [
        { from: 20, amount: 10 },
        { from: 60, amount: 35 },
      ],
      condition: { metric: "commission", atLeast: { times: "0.3", of: "amount" } },
    },
  },
  { additive: true, component: { model: "cpc", amount: "0.35", count: "clicks" } },
  { additive: true, component: { model: "cpm", amount: "4" } },
  { additive: true, component: { model: "per_event", event: "install", each: "customer", amount: "3", clawback } },
  { additive: true, component: { model: "per_event", event: "install", each: "event", amount: "3" } },
  { additive: true, component: { model: "sale", rate: "0.10" } },
  { additive: true, component: { model: "sale", amount: "5", refunds: "whole", orders: "first" } },
  { additive: true, component: { model: "recurring", rate: "0.20", limit: { payments: 2 } } },
  { additive: true, component: { model: "revenue_share", rate: "0.30", base: ngr, carryover: { mode: "none" } } },
  { additive: false, component: { model: "revenue_share", rate: "0.30", base: ngr, carryover: { mode: "full" } } },
  {
    additive: false,
    component: { model: "revenue_share", rate: "0.30", base: ngr, netting: ["customer"], carryover: { mode: "full" } },
  },
  { additive: true, component: { model: "theoretical", edge: "0.04", rate: "0.5", turnover: "turnover" } },
  { additive: true, component: { model: "lot_rebate", amount: "5" } },
  { additive: true, component: { model: "pip_rebate", pips: "0.8", pipValue: "10" } },
  { additive: true, component: { model: "point_rebate", points: "10", tick: "0.01", contract: "100" } },
  { additive: true, component: { model: "spread_share", rate: "0.5", spread: { from: "measure" } } },
  { additive: true, component: { model: "commission_share", rate: "0.5" } },
  { additive: true, component: { model: "notional", rate: "0.001", contract: "1000" } },
  {
    additive: true,
    component: { model: "flat_fee", amount: "310", per: "month", proration: "days", from: "2026-01-22" },
  },
  {
    additive: true,
    component: {
      model: "sub_partner",
      pays: { mode: "percent_of_revenue", rates: ["0.1"], base: ngr, negative: "reduce" },
    },
  },
  { additive: true, component: { model: "sub_partner", pays: { mode: "percent_of_commission", rates: ["0.1"] } } },
  {
    additive: true,
    component: { model: "bonus", pays: "month", amount: "50", needs: { metric: { sum: "lots" }, atLeast: 5 } },
  },
];

const customer = fc.constantFrom("a", "b", "c", "below");
const day = fc
  .integer({ min: 0, max: 119 })
  .map((offset) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10));
const cents = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((value) => (value / 100).toFixed(2));
const numbers = fc.record({
  day,
  customer,
  one: cents(90),
  two: cents(90),
  minus: fc.boolean(),
  order: fc.nat({ max: 4 }),
});
const KINDS = [
  ...["registration", "kyc_passed", "install", "deposit", "withdrawal", "chargeback", "activity", "trade", "sale"],
  ...["refund", "click", "impression", "earned"],
] as const;
type Numbers = typeof numbers extends fc.Arbitrary<infer T> ? T : never;

/** A line of a facts file; the ids say in which order facts of one day happened, whatever the file's order. */
function lineOf(
  kind: (typeof KINDS)[number],
  { day: on, customer: who, one, two, minus, order }: Numbers,
  id: number,
): object {
  const fact = { type: kind, customer: who, on, id: String(100 + id) };
  if (kind === "deposit" || kind === "withdrawal") return { ...fact, amount: one };
  if (kind === "activity") return { ...fact, ngr: minus ? `-${one}` : one, turnover: two };
  if (kind === "trade") return { ...fact, lots: one, spread: two, commission: one, price: "1.1" };
  if (kind === "sale") return { ...fact, amount: one, order: `${who}${order}` };
  if (kind === "refund") return { ...fact, amount: two, order: `${who}${order}` };
  if (kind === "click" || kind === "impression") return { type: kind, on, count: 10 * (order + 1) };
  if (kind === "earned") return { partner: "sub", earned: one, month: on.slice(0, 7), model: "cpa", component: "cpa" };
  return fact;
}

const facts = fc
  .array(fc.tuple(fc.constantFrom(...KINDS), numbers), { minLength: 1, maxLength: 40 })
  .map((rows) => rows.map(([kind, one], index) => lineOf(kind, one, index)));
const model = fc.constantFrom(...MODELS);
const PEOPLE = [
  { customer: "below", partner: "sub" },
  { type: "click", on: "2026-01-01", count: 1 },
  { type: "click", on: "2026-04-30", count: 1 },
];

function run(component: object, lines: readonly object[], month?: string) {
  const plan = { language: 1, currency: "EUR", components: [{ code: "one", ...component }] };
  const text = [...PEOPLE, ...lines].map((line) => JSON.stringify(line)).join("\n");
  return evaluate(plan, text, month === undefined ? {} : { month: `${month}-01` });
}

const units = (amount: string) => BigInt(amount.replace(".", ""));
const told = { numRuns: 120 };

describe("what holds for every model", () => {
  it("the order in which facts arrive does not change the result", () => {
    const check = ({ component }: Model, lines: readonly object[], salt: (index: number) => number) => {
      const shuffled = lines.map((line, index) => ({ line, at: salt(index) })).sort((x, y) => x.at - y.at);
      const again = run(
        component,
        shuffled.map(({ line }) => line),
      );
      assert.deepEqual(again.months, run(component, lines).months);
    };
    fc.assert(fc.property(model, facts, fc.func(fc.nat()), check), told);
  });

  it("lines sum to their months, and months to the whole", () => {
    const check = ({ component }: Model, lines: readonly object[]) => {
      const { months, lines: paid, total } = run(component, lines);
      for (const { month, amount } of months) {
        const own = paid.filter((line) => line.month === month).map((line) => units(line.amount));
        assert.equal(
          own.reduce((sum, one) => sum + one, 0n),
          units(amount),
        );
      }
      assert.equal(
        months.reduce((sum, one) => sum + units(one.amount), 0n),
        units(total),
      );
    };
    fc.assert(fc.property(model, facts, check), told);
  });

  it("a wider period is the sum of its months, where months do not know of each other", () => {
    const additive = fc.constantFrom(...MODELS.filter((one) => one.additive));
    const check = ({ component }: Model, lines: readonly object[]) => {
      for (const { month, amount } of run(component, lines).months)
        assert.equal(run(component, lines, month).total, amount, month);
    };
    fc.assert(fc.property(additive, facts, check), told);
  });
});

describe("customers who stand by themselves", () => {
  const acquisition = fc.constantFrom(...MODELS.slice(0, 2).map((one) => one.component));
  const share = { code: "share", model: "revenue_share", rate: "0.3", base: ngr, carryover: { mode: "full" } };
  const document = (component: object, beside: boolean) => ({
    language: 1,
    currency: "EUR",
    components: [{ code: "one", ...component }, ...(beside ? [share] : [])],
  });
  const linesOf = (plan: object, lines: readonly object[], who: string) =>
    evaluate(plan, lines.map((line) => JSON.stringify(line)).join("\n"))
      .lines.filter((line) => line.subject === who)
      .map(({ component, amount, month, working }) => ({ component, amount, month, working }));
  const isApart = (plan: object) => {
    const checked = checkPlan(plan);
    assert.ok(checked.valid, JSON.stringify(checked.findings));
    return needsOf([checked.plan]).apart;
  };

  it("earn the same, for the same reasons, when nobody else is looked at", () => {
    const check = (component: object, beside: boolean, lines: readonly object[], who: string) => {
      const plan = document(component, beside);
      assert.ok(isApart(plan), "of these only some customers are calculated");
      const alone = lines.filter((line) => "customer" in line && line.customer === who);
      fc.pre(alone.length > 0);
      assert.deepEqual(linesOf(plan, alone, who), linesOf(plan, [...PEOPLE, ...lines], who));
    };
    fc.assert(fc.property(acquisition, fc.boolean(), facts, fc.constantFrom("a", "b"), check), told);
  });

  it("are all who have no limit, tier, gate or fence in common with others", () => {
    const cpa = { model: "cpa", amount: "40", window: "none", qualification: first };
    const cap = { name: "most", limit: "100", of: "amount", per: "month", overflow: "reject" };
    const apart = (component: object, more: object = {}) => isApart({ ...document(component, false), ...more });
    assert.equal(apart(cpa), true);
    for (const common of [
      { caps: [cap] },
      { atMost: "100" },
      { atLeast: "10" },
      { uniqueBy: ["device"] },
      { factors: [{ name: "grade", factor: "0.5" }] },
      { gate: { needs: { metric: { count: "first_deposits" }, atLeast: "2" }, otherwise: "nothing" } },
    ])
      assert.equal(apart({ ...cpa, ...common }), false, JSON.stringify(common));
    assert.equal(apart(cpa, { caps: [cap] }), false);
    assert.equal(apart(share), true);
    assert.equal(apart({ ...share, ringFenced: false }), false);
  });
});

const limits = fc.integer({ min: 1, max: 60 }).map(String);
const periods = fc.constantFrom("month", "quarter", "total");
const rest = fc.record({ overflow: fc.constantFrom("reject", "next_period"), refill: fc.boolean() });

describe("what holds for every model with a cap", () => {
  const bucketOf = (per: string, month: string) =>
    per === "month" ? month : per === "total" ? per : month < "2026-04" ? "Q1" : "Q2";

  it("no plan pays more than its caps", () => {
    const check = ({ component }: Model, lines: readonly object[], most: string, per: string, rest: object) => {
      const limit = { name: "most", limit: most, of: "amount", per, ...rest };
      const paid = new Map<string, bigint>();
      for (const { month, amount } of run({ ...component, caps: [limit] }, lines).months) {
        const bucket = bucketOf(per, month);
        paid.set(bucket, (paid.get(bucket) ?? 0n) + units(amount));
      }
      for (const [bucket, sum] of paid) assert.ok(sum <= units(`${most}.00`), `${bucket}: ${sum} of ${most}`);
    };
    fc.assert(fc.property(model, facts, limits, periods, rest, check), { numRuns: 200 });
  });

  it("no more customers are paid than a cap has places, whoever is taken back", () => {
    const acquisition = fc.constantFrom(
      ...MODELS.filter(({ component }) => "clawback" in component && "qualification" in component),
    );
    const check = ({ component }: Model, lines: readonly object[], most: number, refill: boolean) => {
      const rule = { name: "most", limit: String(most), of: "items", per: "month", overflow: "reject", refill };
      const capped = run({ ...component, caps: [rule] }, lines);
      const free = run(component, lines);
      for (const { month } of capped.months) {
        const places = (all: typeof capped) =>
          all.lines.filter((line) => line.month === month && units(line.amount) > 0n);
        assert.ok(places(capped).length <= most, month);
        if (refill) assert.equal(places(capped).length, Math.min(most, places(free).length), month);
      }
    };
    fc.assert(fc.property(acquisition, facts, fc.integer({ min: 1, max: 3 }), fc.boolean(), check), told);
  });
});
