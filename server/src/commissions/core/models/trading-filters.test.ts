import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lots, spread, table } from "../test-trade-cases.ts";
import { type ComponentInput, type Row, stepCodes, unrounded } from "../test-trades.ts";

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
  {
    name: "the share of own funds itself, three quarters",
    component: lots({ trades: { ownFunds: true } }),
    trades: [{ lots: "4", own_funds_share: "0.75" }],
    pays: "3",
  },
  {
    name: "the hedged share itself, a half",
    component: lots({ trades: { hedged: "half" } }),
    trades: [{ lots: "4", hedged_share: "0.5" }],
    pays: "3",
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
