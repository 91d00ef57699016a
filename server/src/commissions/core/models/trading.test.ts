import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lots, spread, statuses, table } from "../test-trade-cases.ts";
import { type ComponentInput, paidMinor, type Row, stepCodes, unrounded } from "../test-trades.ts";

describe("trades that do not say what is asked", () => {
  const rows: readonly (readonly [string, ComponentInput, Row, string])[] = [
    ["no duration", lots({ trades: { minSeconds: 180 } }), { lots: "1" }, "left_out_seconds_unknown"],
    ["no movement", lots({ trades: { minPoints: "30" } }), { lots: "1" }, "left_out_points_unknown"],
    ["no equity", lots({ trades: { ownFunds: true } }), { lots: "1" }, "left_out_equity_unknown"],
    ["no side", lots({ sides: "close" }), { lots: "1" }, "left_out_side_unknown"],
    ["no lots", lots(), { spread: "3" }, "left_out_lots_unknown"],
    [
      "no base currency",
      lots({ currency: "trade_base" }),
      { lots: "1", symbol: "XAUUSD" },
      "left_out_currency_unknown",
    ],
    ["no pip value", { code: "pips", model: "pip_rebate", pips: "1" }, { lots: "1" }, "left_out_pip_value_unknown"],
    [
      "no points of spread",
      spread({ mostPoints: "35" }),
      { lots: "1", spread: "12" },
      "left_out_spread_points_unknown",
    ],
    [
      "no ask and bid",
      spread({ spread: { from: "prices", at: "open", contract: "1" } }),
      { lots: "1" },
      "left_out_prices_unknown",
    ],
    [
      "no commission",
      { code: "share", model: "commission_share", rate: "0.1" },
      { lots: "1" },
      "left_out_amount_unknown",
    ],
    [
      "no price",
      { code: "volume", model: "notional", rate: "0.1", contract: "1" },
      { lots: "1" },
      "left_out_price_unknown",
    ],
  ];
  for (const [name, component, trade, code] of rows) {
    it(`${name}: nothing is paid and the working says so`, () => {
      assert.equal(unrounded(component, [trade]), "0");
      assert.ok(stepCodes(component, [trade]).includes(code));
    });
  }
  it("no trade at all: no line", () => assert.equal(unrounded(lots(), []), null));
});

table("which trades count, and how much of them", [
  {
    name: "exactly as long as asked",
    component: lots({ trades: { minSeconds: 180 } }),
    trades: [{ lots: "1", seconds: "180" }],
    pays: "1",
  },
  {
    name: "exactly as long, but more is asked",
    component: lots({ trades: { minSeconds: 180, bounds: "more_than" } }),
    trades: [{ lots: "1", seconds: "180" }],
    pays: "0",
  },
  {
    name: "a filter of zero seconds is none",
    component: lots({ trades: { minSeconds: 0 } }),
    trades: [{ lots: "1" }],
    pays: "1",
  },
  {
    name: "movement either way",
    component: lots({ trades: { minPoints: "30" } }),
    trades: [{ lots: "1", points: "-31" }],
    pays: "1",
  },
  {
    name: "partial closes add up",
    component: lots(),
    trades: [
      { lots: "0.4", partial_close: "true" },
      { lots: "0.6", partial_close: "true" },
    ],
    pays: "1",
  },
  {
    name: "partial closes left out",
    component: lots({ trades: { exclude: ["partial_close"] } }),
    trades: [{ lots: "0.4", partial_close: "true" }, { lots: "0.6" }],
    pays: "0.6",
  },
  {
    name: "two positions closed by each other count once",
    component: lots(),
    trades: [
      { lots: "1", close_by: "true" },
      { lots: "1", close_by: "true" },
    ],
    pays: "1",
  },
  {
    name: "or each of them",
    component: lots({ trades: { closeBy: "each" } }),
    trades: [
      { lots: "1", close_by: "true" },
      { lots: "1", close_by: "true" },
    ],
    pays: "2",
  },
  {
    name: "hedged volume counts half",
    component: lots({ trades: { hedged: "half" } }),
    trades: [{ lots: "3", hedged: "true" }, { lots: "1" }],
    pays: "2.5",
  },
  {
    name: "only the locked part of it",
    component: lots({ trades: { hedged: "half" } }),
    trades: [{ lots: "3", hedged_lots: "1" }],
    pays: "2.5",
  },
  {
    name: "orders that made the balance negative (FX26)",
    component: lots({ trades: { exclude: ["stop_out_negative", "same_price"] } }),
    trades: [
      { lots: "1", stop_out_negative: "true" },
      { lots: "2", open_price: "1.1", close_price: "1.10" },
      { lots: "4" },
    ],
    pays: "4",
  },
  {
    name: "a third of the equity is own: exact",
    component: lots({ trades: { ownFunds: true } }),
    trades: [{ lots: "30", equity: "3", credit: "2" }],
    pays: "10",
  },
  {
    name: "more credit than equity",
    component: lots({ trades: { ownFunds: true } }),
    trades: [{ lots: "1", equity: "100", credit: "150" }],
    pays: "0",
  },
  {
    name: "equity without credit",
    component: lots({ trades: { ownFunds: true } }),
    trades: [{ lots: "1", equity: "100" }],
    pays: "1",
  },
  { name: "both sides of a round turn", component: lots({ sides: "both" }), trades: [{ lots: "1" }], pays: "2" },
  {
    name: "sides reported one by one are not doubled",
    component: lots({ sides: "both" }),
    trades: [
      { lots: "1", side: "open" },
      { lots: "1", side: "close" },
    ],
    pays: "2",
  },
  {
    name: "per round turn, reported by sides",
    component: lots({ sides: "round_turn" }),
    trades: [
      { lots: "1", side: "open" },
      { lots: "1", side: "close" },
    ],
    pays: "1",
  },
  {
    name: "paid on close only",
    component: lots({ sides: "close" }),
    trades: [
      { lots: "1", side: "open" },
      { lots: "1.5", side: "close" },
    ],
    pays: "1.5",
  },
  { name: "zero volume", component: lots(), trades: [{ lots: "0" }], pays: "0" },
  {
    name: "negative volume takes back",
    component: lots({ amount: "7" }),
    trades: [{ lots: "2" }, { lots: "-0.5" }],
    pays: "10.5",
  },
  {
    name: "also what the most per trade cut",
    component: lots({ amount: "7", itemAtMost: "10" }),
    trades: [{ lots: "2" }, { lots: "-2" }],
    pays: "0",
  },
  {
    name: "a symbol in two groups: the first row wins",
    component: lots({
      amount: {
        rows: [
          { when: { symbol: ["XAUUSD"] }, value: "9" },
          { when: { group: ["metals"] }, value: "5" },
          { when: { group: ["majors"] }, value: "2" },
        ],
        otherwise: "nothing",
      },
    }),
    trades: [
      { symbol: "XAUUSD", group: "metals", lots: "1" },
      { symbol: "XAGUSD", group: "metals", lots: "1" },
      { symbol: "EURUSD", group: "majors", lots: "1" },
      { symbol: "BTCUSD", group: "crypto", lots: "1" },
    ],
    pays: "16",
  },
]);

table("rounding per trade against the sum", [
  {
    name: "a hundred tiny trades, summed",
    component: lots({ amount: "0.10" }),
    trades: Array.from({ length: 100 }, () => ({ lots: "0.01" })),
    pays: "0.1",
  },
  {
    name: "the same, each rounded to cents",
    component: lots({ amount: "0.10", itemRounding: { places: 2, mode: "half_up" } }),
    trades: Array.from({ length: 100 }, () => ({ lots: "0.01" })),
    pays: "0",
  },
  {
    name: "rounding for some symbols only",
    component: lots({ amount: "0.10", itemRounding: { places: 2, mode: "up", only: { symbol: ["A"] } } }),
    trades: [
      { lots: "0.01", symbol: "A" },
      { lots: "0.01", symbol: "B" },
    ],
    pays: "0.011",
  },
]);

table("tiers over lots", [
  {
    name: "every slice at its own amount",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
          ["20", "3"],
        ],
        { mode: "marginal", metric: { sum: "lots" } },
      ),
    }),
    trades: [{ lots: "15" }, { lots: "10" }],
    pays: "45",
  },
  {
    name: "only lots that count move through the slices",
    component: lots({
      trades: { hedged: "half" },
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
        ],
        { mode: "marginal", metric: { sum: "lots" } },
      ),
    }),
    trades: [{ lots: "20", hedged: "true" }, { lots: "5" }],
    pays: "20",
  },
  {
    name: "whole, by last month's lots",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
        ],
        { metric: { sum: "lots", period: "last_closed" } },
      ),
    }),
    trades: [{ lots: "10", on: "2026-02-28" }, { lots: "3" }],
    pays: "6",
  },
  {
    name: "exactly at a bound that has to be exceeded",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
        ],
        { bounds: "more_than", metric: { sum: "lots" } },
      ),
    }),
    trades: [{ lots: "10" }],
    pays: "10",
  },
  {
    name: "below the first band nothing",
    component: lots({ amount: statuses([["10", "2"]], { metric: { sum: "lots" } }) }),
    trades: [{ lots: "9.99" }],
    pays: "0",
  },
  {
    name: "notional in slices (0.8 then 1.0 a million)",
    component: {
      code: "million",
      model: "notional",
      per: "1000000",
      amount: statuses(
        [
          ["0", "8"],
          ["5000000", "10"],
        ],
        { mode: "marginal", metric: { sum: "notional" } },
      ) as never,
    },
    trades: [{ notional: "7000000" }],
    pays: "60",
  },
]);

table("tiers that ask for valid trades only", [
  {
    name: "lots that count",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
        ],
        { metric: { sum: "lots", trades: { minSeconds: 60, hedged: "half" } } },
      ),
    }),
    trades: [
      { lots: "9", seconds: "60" },
      { lots: "1", seconds: "70", hedged: "true" },
      { lots: "5", seconds: "59" },
    ],
    pays: "15",
  },
  {
    name: "valid orders",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["2", "2"],
        ],
        { metric: { count: "trade", trades: { minPoints: "30" } } },
      ),
    }),
    trades: [
      { lots: "1", points: "30" },
      { lots: "1", points: "29" },
      { lots: "1", points: "31" },
    ],
    pays: "6",
  },
  {
    name: "active clients: five valid orders are asked of each (FX20)",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["1", "3"],
        ],
        { metric: { count: "active_customers" } },
      ),
    }),
    trades: [
      ...Array.from({ length: 5 }, () => ({ lots: "1", seconds: "180" })),
      ...Array.from({ length: 5 }, () => ({ lots: "1", seconds: "10", customer: "c2" })),
    ],
    in: { plan: { active: { count: "trade", atLeast: "5", trades: { minSeconds: 180 } } } },
    pays: "30",
  },
]);

table("what the field also writes", [
  {
    name: "pips × value × lots",
    component: { code: "pips", model: "pip_rebate", pips: "0.5" },
    trades: [{ lots: "2", pip_value: "10" }],
    pays: "10",
  },
  {
    name: "the plan's own pip value",
    component: { code: "pips", model: "pip_rebate", pips: "0.5", pipValue: "8" },
    trades: [{ lots: "2", pip_value: "10" }],
    pays: "8",
  },
  {
    name: "settled per order",
    component: { code: "pips", model: "pip_rebate", pips: "0.5", settle: "order" },
    trades: [{ lots: "2", pip_value: "10" }],
    pays: "5",
  },
  {
    name: "half of the spread at open, half at close (FX06)",
    component: spread({ rate: "0.50", spread: { from: "prices", at: "half_each", contract: "100000" } }),
    trades: [
      { symbol: "EURUSD", lots: "1", open_ask: "1.1002", open_bid: "1.1001", close_ask: "1.1006", close_bid: "1.1003" },
    ],
    pays: "10",
  },
  {
    name: "crossed prices pay nothing",
    component: spread({ spread: { from: "prices", at: "open", contract: "100000" } }),
    trades: [{ lots: "1", ask: "1.1", bid: "1.2" }],
    pays: "0",
  },
  {
    name: "mark-up",
    component: { code: "markup", model: "commission_share", of: "markup", rate: "0.8" },
    trades: [{ markup: "12.5" }],
    pays: "10",
  },
  {
    name: "a spread below the usual is left as it is",
    component: spread({ damping: "average_over_current" }),
    trades: [{ spread: "10", average_spread: "13" }],
    pays: "4",
  },
  {
    name: "without a usual spread too",
    component: spread({ damping: "average_over_current" }),
    trades: [{ spread: "10" }],
    pays: "4",
  },
  {
    name: "damping and points: the one that leaves least",
    component: spread({ rate: "1", damping: "average_over_current", mostPoints: "20" }),
    trades: [{ spread: "40", spread_points: "40", average_spread: "30" }],
    pays: "20",
  },
  {
    name: "another amount for a fortnight",
    component: lots({ overrides: [{ name: "boost", from: "2026-03-10", until: "2026-03-23", value: "3" }] }),
    trades: [
      { lots: "1", on: "2026-03-09" },
      { lots: "1", on: "2026-03-10" },
      { lots: "1", on: "2026-03-23" },
      { lots: "1", on: "2026-03-24" },
    ],
    pays: "8",
  },
]);

describe("currency of the quote", () => {
  it("a yen spread is converted before the share", () => {
    const component = spread({ rate: "0.50", spread: { from: "prices", at: "open", contract: "100000" } });
    const rates = [
      ["2026-03-10", "USD", "1.25"],
      ["2026-03-10", "JPY", "200"],
    ] as const;
    assert.equal(
      paidMinor(component, [{ symbol: "USDJPY", lots: "1", ask: "160.02", bid: "160.00" }], { rates }),
      625n,
    );
  });
});
