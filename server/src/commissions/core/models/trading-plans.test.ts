import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { evaluatePlan } from "../test-run.ts";

interface Case {
  readonly name: string;
  readonly plan: Omit<PlanInput, "language">;
  readonly facts: readonly object[];
  /** What each line comes to before rounding. */
  readonly lines: Readonly<Record<string, string>>;
  readonly month: string;
}

const on = "2026-03-03";
const trade = (more: object) => ({ type: "trade", customer: "c1", on, ...more });
const band = ([from, value]: readonly [string, string]) => ({ from, value });

const CASES: readonly Case[] = [
  {
    name: "CPA08, half a ladder and half a lot rebate",
    plan: {
      currency: "USD",
      components: [
        {
          code: "cpa",
          model: "cpa_ladder",
          of: "net_deposits",
          window: "none",
          factors: [{ name: "half", factor: "0.5" }],
          steps: [{ from: "500", amount: "120" }],
        },
        { code: "ib", model: "lot_rebate", amount: "1.00", factors: [{ name: "half", factor: "0.5" }] },
      ],
    },
    facts: [{ type: "deposit", customer: "c1", on, amount: "500" }, trade({ lots: "10" })],
    lines: { cpa: "60", ib: "5" },
    month: "65.00",
  },
  {
    name: "FX20, the reward and the 80 % of it that customers get",
    plan: {
      currency: "USD",
      components: [
        {
          code: "lots",
          model: "lot_rebate",
          trades: { minSeconds: 180, minPoints: "30", exclude: ["partial_close", "multiple_close"] },
          amount: {
            metric: { count: "active_customers", name: "active_clients" },
            mode: "whole",
            bounds: "at_least",
            bands: (
              [
                ["0", "1"],
                ["5", "3"],
                ["15", "6"],
                ["30", "9"],
                ["60", "12"],
              ] as const
            ).map(band),
          },
        },
        { code: "rebate", model: "client_rebate", share: "0.80", of: ["lots"] },
      ],
    },
    facts: [
      { metric: "active_clients", month: "2026-03", value: "20" },
      trade({ lots: "2", seconds: "300", points: "45" }),
      trade({ lots: "1", seconds: "120", points: "60" }),
      trade({ lots: "0.5", seconds: "600", points: "20" }),
    ],
    lines: { lots: "12", rebate: "-9.6" },
    month: "2.40",
  },
  {
    name: "FX24, the sub-partner's part and the master's tenth of it",
    plan: {
      currency: "USD",
      components: [
        { code: "spread", model: "spread_share", rate: "0.40", spread: { from: "measure" }, mostPoints: "30" },
        { code: "over", model: "sub_partner", pays: { mode: "percent_of_commission", rates: ["0.10"] } },
      ],
    },
    facts: [
      trade({ lots: "1", spread: "12", spread_points: "12" }),
      { partner: "sub" },
      { partner: "sub", earned: "4.80", month: "2026-03", component: "spread", model: "spread_share" },
    ],
    lines: { spread: "4.8", over: "0.48" },
    month: "5.28",
  },
  {
    name: "FX30, spread in dollars, partner in pounds, rate by the month's notional",
    plan: {
      currency: "GBP",
      conversion: { source: "stated" },
      components: [
        {
          code: "spread",
          model: "spread_share",
          spread: { from: "measure" },
          rate: {
            metric: { sum: "notional" },
            mode: "whole",
            bounds: "at_least",
            bands: (
              [
                ["0", "0.10"],
                ["100000000", "0.20"],
              ] as const
            ).map(band),
          },
        },
      ],
    },
    facts: [
      { rate: "1.25", from: "GBP", to: "USD", on },
      trade({ currency: "USD", notional: "250000000", spread: "20000" }),
    ],
    lines: { spread: "3200" },
    month: "3200.00",
  },
  {
    name: "FX07, cent accounts: currencies and gold with two decimals a trade, crypto with four",
    plan: {
      currency: "USD",
      rounding: { places: 4 },
      components: [
        {
          code: "points",
          model: "point_rebate",
          points: "10",
          except: { group: ["crypto"] },
          factors: [
            { name: "metals", factor: { rows: [{ when: { group: ["metals"] }, value: "1.5" }], otherwise: "1" } },
          ],
          itemRounding: { places: 2, mode: "half_up" },
        },
        {
          code: "crypto",
          model: "notional",
          rate: "0.002",
          contract: "0.01",
          only: { group: ["crypto"] },
          itemRounding: { places: 4, mode: "half_up" },
        },
      ],
    },
    facts: [
      ...["1", "0.1", "0.01"].map((lots) => trade({ symbol: "EURUSD.c", lots, tick: "0.00001", contract: "1000" })),
      trade({ symbol: "XAU.c", group: "metals", lots: "1", tick: "0.01", contract: "1" }),
      ...["1", "0.1", "0.01"].map((lots) => trade({ symbol: "BTCUSD.c", group: "crypto", lots, open: "110843.27" })),
    ],
    lines: { points: "0.26", crypto: "2.4608" },
    month: "2.72",
  },
  {
    name: "PAY08, impressions and unique clicks",
    plan: {
      currency: "USD",
      components: [
        { code: "cpm", model: "cpm", amount: "4.00" },
        { code: "cpc", model: "cpc", amount: "0.35", count: "unique_clicks" },
      ],
    },
    facts: [
      { type: "impression", on, count: "250000" },
      { type: "click", on, count: "1500", unique: "1200" },
    ],
    lines: { cpm: "1000", cpc: "420" },
    month: "1420.00",
  },
  {
    name: "FX01 and FX02, the older and the newer table by the day of the trade",
    plan: {
      currency: "USD",
      components: [
        {
          code: "spread",
          model: "spread_share",
          spread: { from: "points", pointValue: "1" },
          mostPoints: "35",
          rate: "0.40",
          overrides: [{ name: "until the new table", until: "2026-03-02", value: "0.35" }],
        },
      ],
    },
    facts: [trade({ on: "2026-03-02", lots: "1", spread_points: "10" }), trade({ lots: "1", spread_points: "10" })],
    lines: { spread: "7.5" },
    month: "7.50",
  },
  {
    name: "a cap per day over trades, in the order in which they happened",
    plan: {
      currency: "USD",
      components: [
        {
          code: "lots",
          model: "lot_rebate",
          amount: "10",
          caps: [{ name: "day", limit: "25", of: "amount", per: "day", overflow: "reject" }],
        },
      ],
    },
    facts: [trade({ lots: "2" }), trade({ lots: "2" }), trade({ on: "2026-03-04", lots: "1" })],
    lines: { lots: "35" },
    month: "35.00",
  },
];

describe("whole plans over trades and traffic", () => {
  for (const one of CASES) {
    it(one.name, () => {
      const evaluation = evaluatePlan(one.plan, one.facts);
      assert.deepEqual(Object.fromEntries(evaluation.lines.map((line) => [line.component, line.exact])), one.lines);
      assert.equal(evaluation.months[0]?.amount, one.month);
    });
  }
});
