import { type Case, lots, spread, statuses, table } from "../test-trade-cases.ts";

table("published cases, per lot", [
  {
    name: "CPA08, IB half of a mixed plan",
    component: lots({ factors: [{ name: "half", factor: "0.5" }] }),
    trades: [{ lots: "10" }],
    pays: "5",
  },
  {
    name: "FX19, group lot size 0.4 then 2 a lot",
    component: lots({
      amount: "2",
      factors: [{ name: "group_lot", factor: { rows: [{ when: { group: ["cent"] }, value: "0.4" }], otherwise: "1" } }],
    }),
    trades: [{ lots: "100", group: "cent" }],
    pays: "80",
  },
  {
    name: "FX19, the second level's 0.3 of it",
    component: lots({
      amount: "2",
      factors: [
        { name: "group_lot", factor: "0.4" },
        { name: "level", factor: "0.3" },
      ],
    }),
    trades: [{ lots: "100" }],
    pays: "24",
  },
  {
    name: "FX20, 20 active clients, two of three orders too short or too small",
    component: lots({
      amount: statuses(
        [
          ["0", "1"],
          ["5", "3"],
          ["15", "6"],
          ["30", "9"],
          ["60", "12"],
        ],
        { metric: { stated: "active_clients" } },
      ),
      trades: { minSeconds: 180, minPoints: "30", exclude: ["partial_close", "multiple_close"] },
    }),
    trades: [
      { lots: "2", seconds: "300", points: "45" },
      { lots: "1", seconds: "120", points: "60" },
      { lots: "0.5", seconds: "600", points: "20" },
    ],
    in: { stated: [{ name: "active_clients", month: "2026-03-01", value: { units: 20n, scale: 0 } }] },
    pays: "12",
  },
  {
    name: "FX25 a, a quarter of the equity is credit",
    component: lots({ amount: "20", trades: { ownFunds: true }, itemAtMost: "500" }),
    trades: [{ lots: "1", equity: "1000", credit: "250" }],
    pays: "15",
  },
  {
    name: "FX25 b, 700 is more than the most per order",
    component: lots({ amount: "7", trades: { ownFunds: true }, itemAtMost: "500" }),
    trades: [{ lots: "100", equity: "5000", credit: "0" }],
    pays: "500",
  },
  {
    name: "FX27, ten thousand lots at 7",
    component: lots({ amount: "7" }),
    trades: [{ lots: "10000" }],
    pays: "70000",
  },
  {
    name: "FX27, the artificial 15 % of them",
    component: lots({ amount: "7", only: { artificial: ["yes"] } }),
    trades: [
      { lots: "1500", artificial: "yes" },
      { lots: "8500", artificial: "no" },
    ],
    pays: "10500",
  },
  {
    name: "FX29, gold by the lower of two months",
    component: lots({
      amount: statuses(
        [
          ["500", "1"],
          ["2000", "2"],
          ["5000", "3"],
        ],
        {
          metric: { sum: "lots", period: { months: 2, ending: "current", take: "lowest" } },
        },
      ),
    }),
    trades: [{ lots: "6000", on: "2026-02-11" }, { lots: "2040" }],
    pays: "4080",
  },
  {
    name: "FX29, the month before was silver",
    component: lots({
      amount: statuses(
        [
          ["500", "1"],
          ["2000", "2"],
          ["5000", "3"],
        ],
        {
          metric: { sum: "lots", period: { months: 2, ending: "current", take: "lowest" } },
        },
      ),
    }),
    trades: [{ lots: "700", on: "2026-02-11" }, { lots: "2040" }],
    pays: "2040",
  },
  {
    name: "FX32, lots × amount × the rate that the trade states, on close",
    component: lots({ amount: "10", currency: "trade_base", tradeRate: "usd_rate", sides: "close" }),
    trades: [
      { symbol: "USDCHF", lots: "1", usd_rate: "1", side: "close" },
      { symbol: "USDCHF", lots: "1", usd_rate: "1", side: "open" },
    ],
    pays: "10",
  },
  {
    name: "FX15, ten of the base currency a lot, in euros",
    component: lots({ amount: "10", currency: "trade_base" }),
    trades: [{ symbol: "EURUSD", lots: "1", currency: "USD" }],
    in: { currency: "EUR" },
    pays: "10",
  },
  {
    name: "FX15, the same in dollars at 1.25",
    component: lots({ amount: "10", currency: "trade_base" }),
    trades: [{ symbol: "EURUSD", lots: "1" }],
    in: {
      rates: [
        ["2026-03-10", "USD", "1.25"],
        ["2026-03-10", "EUR", "1"],
      ],
    },
    pays: "12.5",
  },
]);

table("published cases, spread", [
  {
    name: "FX02, platinum, spread of 10 points",
    component: spread({ rate: "0.40", spread: { from: "points", pointValue: "1" }, mostPoints: "35" }),
    trades: [{ lots: "1", spread_points: "10" }],
    pays: "4",
  },
  {
    name: "FX02, premier, 46 points count as 35",
    component: spread({
      rate: { rows: [{ when: { level: ["premier"] }, value: "0.45" }], otherwise: "0.40" },
      spread: { from: "points", pointValue: "1" },
      mostPoints: "35",
    }),
    trades: [{ lots: "1", spread_points: "46" }],
    in: { partner: { level: "premier" } },
    pays: "15.75",
  },
  {
    name: "FX04, 5 lots at 13.6 a lot, 30 %",
    component: spread({ rate: "0.30", spread: { from: "measure", perLot: true } }),
    trades: [{ symbol: "GBPUSD", lots: "5", spread: "13.6" }],
    pays: "20.4",
  },
  {
    name: "FX05, a news spread of 40.8 counts as the usual 13.6",
    component: spread({ rate: "0.30", spread: { from: "measure", perLot: true }, damping: "average_over_current" }),
    trades: [{ lots: "5", spread: "40.8", average_spread: "13.6" }],
    pays: "20.4",
  },
  {
    name: "FX05, the usual and the current spread stated in points",
    component: spread({ rate: "0.30", damping: "average_over_current" }),
    trades: [{ lots: "5", spread: "204", average_spread: "136", current_spread: "408" }],
    pays: "20.4",
  },
  {
    name: "FX09, (ask − bid) × contract × 50 %",
    component: spread({ rate: "0.50", spread: { from: "prices", at: "open" } }),
    trades: [{ symbol: "XAUUSD", lots: "1", contract: "100", bid: "4581.23", ask: "4581.39" }],
    pays: "8",
  },
  {
    name: "FX24, direct part",
    component: spread({ mostPerLot: "30" }),
    trades: [{ lots: "1", spread: "12" }],
    pays: "4.8",
  },
  {
    name: "FX24, three pips at most",
    component: spread({ mostPoints: "30" }),
    trades: [{ lots: "1", spread: "40", spread_points: "40" }],
    pays: "12",
  },
  {
    name: "FX30, converted at 1.25 and then 20 %",
    component: spread({ rate: "0.20" }),
    trades: [{ spread: "20000", notional: "250000000", currency: "USD" }],
    in: {
      currency: "GBP",
      rates: [
        ["2026-03-10", "USD", "1.25"],
        ["2026-03-10", "GBP", "1"],
      ],
    },
    pays: "3200",
  },
]);

table("published cases, points, volume, commission, theoretical win", [
  ...(["1", "0.1", "0.01"] as const).map(
    (volume, index): Case => ({
      name: `FX07, ${volume} cent lots of EURUSD, each rounded`,
      component: { code: "points", model: "point_rebate", points: "10", itemRounding: { places: 2, mode: "half_up" } },
      trades: [{ symbol: "EURUSD.c", lots: volume, tick: "0.00001", contract: "1000" }],
      pays: ["0.1", "0.01", "0"][index] ?? "",
    }),
  ),
  {
    name: "FX07, a tiny lot that is not rounded",
    component: { code: "points", model: "point_rebate", points: "10" },
    trades: [{ symbol: "EURUSD.c", lots: "0.01", tick: "0.00001", contract: "1000" }],
    pays: "0.001",
  },
  {
    name: "FX07, gold at 150 %",
    component: {
      code: "points",
      model: "point_rebate",
      points: "10",
      factors: [{ name: "metals", factor: { rows: [{ when: { symbol: ["XAU.c"] }, value: "1.5" }], otherwise: "1" } }],
      itemRounding: { places: 2, mode: "half_up" },
    },
    trades: [{ symbol: "XAU.c", lots: "1", tick: "0.01", contract: "1" }],
    pays: "0.15",
  },
  ...(["1", "0.1", "0.01"] as const).map(
    (volume, index): Case => ({
      name: `FX07, ${volume} cent lots of BTC, 20 of ten thousand, four decimals`,
      component: {
        code: "crypto",
        model: "notional",
        rate: "0.002",
        contract: "0.01",
        itemRounding: { places: 4, mode: "half_up" },
      },
      trades: [{ symbol: "BTCUSD.c", lots: volume, open_price: "110843.27" }],
      pays: ["2.2169", "0.2217", "0.0222"][index] ?? "",
    }),
  ),
  {
    name: "FX10, 10 for 100,000, one side",
    component: { code: "volume", model: "notional", amount: "10", per: "100000" },
    trades: [{ symbol: "EURUSD", lots: "1", contract: "100000", price: "1.10" }],
    pays: "11",
  },
  {
    name: "FX10, both sides",
    component: { code: "volume", model: "notional", amount: "10", per: "100000", sides: "both", tradeRate: "to_usd" },
    trades: [{ symbol: "EURUSD", lots: "1", contract: "100000", price: "1.10", to_usd: "1" }],
    pays: "22",
  },
  {
    name: "FX15, 10 for 100,000 of Vol 75",
    component: { code: "vol", model: "notional", amount: "10", per: "100000", contract: "1" },
    trades: [{ symbol: "VOL75", lots: "1", price: "125000" }],
    pays: "12.5",
  },
  {
    name: "FX15, 0.3 % of crypto",
    component: { code: "crypto", model: "notional", rate: "0.003", contract: "1" },
    trades: [{ symbol: "BTCUSD", lots: "1", price: "10000" }],
    pays: "30",
  },
  {
    name: "FX17, 10 % of the commission",
    component: { code: "share", model: "commission_share", rate: "0.10" },
    trades: [{ commission: "70" }],
    pays: "7",
  },
  {
    name: "FX14, 2 % of payouts, each contract rounded",
    component: {
      code: "markup",
      model: "commission_share",
      rate: "0.02",
      of: "payout",
      event: "contract",
      itemRounding: { places: 2, mode: "half_up" },
    },
    trades: [
      { type: "contract", stake: "10", payout: "17.20" },
      { type: "contract", stake: "25.50", payout: "50" },
    ],
    pays: "1.34",
  },
  {
    name: "RS16, half of played × edge × rate",
    component: {
      code: "theoretical",
      model: "theoretical",
      turnover: "turnover",
      edge: "0.01",
      rate: "0.10",
      factors: [{ name: "half", factor: "0.5" }],
    },
    trades: [{ type: "activity", turnover: "1000" }],
    pays: "0.5",
  },
  {
    name: "RS16, each event states its edge",
    component: {
      code: "theoretical",
      model: "theoretical",
      edge: "stated",
      rate: "0.10",
      factors: [{ name: "half", factor: "0.5" }],
    },
    trades: [
      { type: "activity", turnover: "1000", edge: "0.01" },
      { type: "activity", turnover: "500" },
    ],
    pays: "0.5",
  },
]);
