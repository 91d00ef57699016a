import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkPlan } from "../../plans/index.ts";
import { evaluate } from "../evaluate.ts";

/** One customer from Germany, registered on 5 January; everything that anybody is paid for happens on 10 February. */
const about = { customer: "a", on: "2026-02-10", x: 5 };
const FACTS = [
  { customer: "a", country: "DE" },
  { partner: "sub", parent: "self", from: "2026-01-01", active: true, country: "DE" },
  { partner: "sub", earned: 200, month: "2026-02", component: "share", model: "revenue_share" },
  { type: "registration", customer: "a", on: "2026-01-05" },
  { customer: "a", on: "2026-01-06", milestone: "lead" },
  { ...about, type: "deposit", amount: 50 },
  { ...about, type: "sale", amount: 100, order: "1" },
  {
    ...about,
    type: "trade",
    lots: 2,
    symbol: "EURUSD",
    spread: 20,
    commission: 10,
    notional: 200000,
    pip_value: 10,
    tick: "0.00001",
    contract: 100000,
  },
  { ...about, type: "activity", turnover: 1000, ggr: 100 },
  { ...about, type: "install" },
  { type: "click", on: "2026-02-10", country: "DE", x: 5 },
  { type: "impression", on: "2026-02-10", country: "DE", x: 5, count: 1000 },
];

const lead = { code: "lead", model: "cpl", amount: 3, qualification: { milestone: "lead" } };
const deposited = { window: "none", qualification: { milestone: "first_deposit" } };

/** A component of each model; `lead` is paid in January. */
const COMPONENTS: readonly Readonly<Record<string, unknown>>[] = [
  { model: "cpa", amount: 10, beside: "all", ...deposited },
  { model: "cpl", amount: 10, beside: "all", qualification: { milestone: "first_deposit" } },
  { model: "cpa_ladder", of: "deposits", window: "none", steps: [{ from: 50, amount: 10 }] },
  { model: "cpc", amount: 1, count: "clicks" },
  { model: "cpm", amount: 1 },
  { model: "per_event", event: "install", each: "event", amount: 2 },
  { model: "sale", rate: 0.1 },
  { model: "recurring", rate: 0.1, limit: "life" },
  { model: "lot_rebate", amount: 5 },
  { model: "pip_rebate", pips: 1 },
  { model: "point_rebate", points: 10 },
  { model: "spread_share", rate: 0.5, spread: { from: "measure" } },
  { model: "commission_share", rate: 0.5 },
  { model: "notional", amount: 10, per: 100000 },
  { model: "theoretical", edge: 0.05, rate: 0.3 },
  { model: "revenue_share", rate: 0.3, base: { name: "net", terms: [{ add: "ggr" }] }, carryover: { mode: "none" } },
  { model: "flat_fee", amount: 10, per: "month", proration: "none" },
  { model: "sub_partner", pays: { mode: "percent_of_commission", rates: [0.1] } },
  { model: "bonus", pays: "month", amount: 10, needs: { metric: { count: "sale" }, atLeast: 1 } },
  { model: "minimum_guarantee", amount: 10, per: "month", of: ["lead"], kind: "top_up", shortfall: "forgiven" },
  { model: "client_rebate", share: 0.5, of: ["reward"] },
];

/** A field that lets the tenth of February through, and one that does not. */
const FIELDS: readonly (readonly [name: string, lets: unknown, shuts: unknown])[] = [
  ["only", { country: ["DE"] }, { country: ["FR"] }],
  ["except", { country: ["FR"] }, { country: ["DE"] }],
  ["from", "2026-02-10", "2026-02-11"],
  ["until", "2026-02-10", "2026-02-09"],
  ["monthDays", { from: 10, until: 10 }, { from: 11, until: 31 }],
  ["where", { x: { atLeast: 5 } }, { x: { atLeast: 6 } }],
  ["customers", { qualified: "lead" }, { notQualified: "lead", from: "start" }],
  ["lifetime", { from: "registration", endsAfterMonths: 2 }, { from: "registration", endsAfterMonths: 1 }],
];

/** What is paid for a whole month is paid as long as a day of it is covered. */
const OF_MONTHS = ["flat_fee", "bonus", "minimum_guarantee", "sub_partner"];
const MONTHS: Readonly<Record<string, readonly [lets: unknown, shuts: unknown]>> = {
  from: ["2026-02-01", "2026-03-01"],
  until: ["2026-02-28", "2026-01-31"],
};

function planOf(component: object) {
  const reward = { code: "reward", model: "lot_rebate", amount: 20 };
  return { language: 1, currency: "USD", components: [lead, reward, { code: "own", ...component }] };
}

function paid(component: object): string {
  const result = evaluate(planOf(component), FACTS.map((fact) => JSON.stringify(fact)).join("\n"), {
    until: "2026-02-01",
  });
  return result.months.find((one) => one.month === "2026-02")?.components.own ?? "0.00";
}

describe("a field that every component may have reaches every model, or is refused", () => {
  for (const component of COMPONENTS) {
    it(String(component.model), () => {
      const whole = paid(component);
      assert.notEqual(Number(whole), 0, "something is paid without the field");
      for (const [field, ...byDay] of FIELDS) {
        const byMonth = OF_MONTHS.includes(String(component.model)) ? MONTHS[field] : undefined;
        const [lets, shuts] = byMonth ?? byDay;
        const { findings } = checkPlan(planOf({ ...component, [field]: shuts }));
        const refused = findings.find((one) => one.severity === "error" && one.path === `components[2].${field}`);
        if (refused !== undefined) {
          assert.ok(refused.message.length > 20 && refused.wayOut, `${field} is refused with a way out`);
          continue;
        }
        assert.equal(paid({ ...component, [field]: lets }), whole, `${field} lets the day through`);
        assert.equal(Number(paid({ ...component, [field]: shuts })), 0, `${field} shuts the day out`);
      }
    });
  }
});
