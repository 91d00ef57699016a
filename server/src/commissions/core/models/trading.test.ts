import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lots, spread, statuses, table } from "../test-trade-cases.ts";
import { paidMinor, type Row, resultOf } from "../test-trades.ts";

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
    name: "active clients: own funds are a level, not a flow (FX20)",
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
      { lots: "1", own_funds: "60" },
      { lots: "1", own_funds: "99.99" },
    ],
    in: { plan: { active: { metric: "own_funds", take: "highest", atLeast: "100" } } },
    pays: "2",
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

table("the most per trade", [
  {
    name: "no more than 80 % of the broker's commission",
    component: lots({ amount: "7", itemAtMostOf: { measure: "commission", share: "0.8" } }),
    trades: [{ lots: "1", commission: "10" }, { lots: "1", commission: "5" }, { lots: "1" }],
    pays: "11",
  },
  {
    name: "the lower of both",
    component: lots({ amount: "7", itemAtMost: "3", itemAtMostOf: { measure: "commission", share: "1" } }),
    trades: [
      { lots: "1", commission: "10" },
      { lots: "1", commission: "2" },
    ],
    pays: "5",
  },
  {
    name: "above it nothing at all",
    component: lots({ amount: "7", itemAtMost: "10", itemOver: "nothing" }),
    trades: [{ lots: "1" }, { lots: "2" }],
    pays: "7",
  },
]);

table("orders that are closed in parts", [
  {
    name: "one most for the order, however many parts it is closed in",
    component: lots({ amount: "7", itemAtMost: "500" }),
    trades: [
      { lots: "60", order_lots: "100" },
      { lots: "40", order_lots: "100" },
    ],
    pays: "500",
  },
  {
    name: "parts that do not say so are trades of their own",
    component: lots({ amount: "7", itemAtMost: "500" }),
    trades: [{ lots: "60" }, { lots: "40" }],
    pays: "700",
  },
  {
    name: "settled per order, in proportion",
    component: { code: "pips", model: "pip_rebate", pips: "0.5", settle: "order" },
    trades: [
      { lots: "1", order_lots: "3", pip_value: "10" },
      { lots: "2", order_lots: "3", pip_value: "10" },
    ],
    pays: "5",
  },
]);

table("lots of different sizes in tiers", [
  {
    name: "a cent lot is a hundredth, also for the tier",
    component: lots({
      factors: [
        { name: "group_lot", factor: { rows: [{ when: { group: ["cent"] }, value: "0.01" }], otherwise: "1" } },
      ],
      amount: statuses(
        [
          ["0", "1"],
          ["10", "2"],
        ],
        { metric: { base: "standard_lots" } },
      ),
    }),
    trades: [{ lots: "900", group: "cent" }, { lots: "1" }],
    in: {
      plan: {
        bases: {
          standard_lots: {
            name: "standard_lots",
            terms: [
              {
                add: {
                  measure: "lots",
                  times: { rows: [{ when: { group: ["cent"] }, value: "0.01" }], otherwise: "1" },
                },
              },
            ],
          },
        },
      },
    },
    pays: "20",
  },
]);

table("what the field also writes", [
  {
    name: "half of the spread with each side, as the sides are reported (FX06)",
    component: spread({
      rate: "0.50",
      spread: { from: "prices", at: "open", contract: "100000" },
      sides: "round_turn",
    }),
    trades: [
      { symbol: "EURUSD", lots: "1", ask: "1.1002", bid: "1.1001", side: "open" },
      { symbol: "EURUSD", lots: "1", ask: "1.1006", bid: "1.1003", side: "close" },
    ],
    pays: "10",
  },

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

describe("the working", () => {
  it("lets a person do the arithmetic with a pencil", () => {
    const component = lots({
      amount: { rows: [{ when: { symbol: ["EURUSD"] }, value: "4" }], otherwise: "2.5" },
      trades: { minSeconds: 60, ownFunds: true },
      factors: [{ name: "half", factor: "0.5" }],
      itemAtMost: "30",
    });
    const [draft] = resultOf(component, [
      { symbol: "EURUSD", lots: "2", seconds: "60", equity: "1000", credit: "250" },
      { symbol: "EURUSD", lots: "20", seconds: "61", equity: "1000" },
      { symbol: "XAUUSD", lots: "4", seconds: "90", equity: "1000" },
      { symbol: "XAUUSD", lots: "9", seconds: "59", equity: "1000" },
    ]).drafts;
    const steps = draft?.working.steps.map(({ code, values }) =>
      [code, values.arithmetic ?? "", values.value ?? ""].join(" ").trim(),
    );
    assert.deepEqual(steps, [
      "trades_counted  25.5",
      "trades_in_part  1.5",
      "left_out_too_short  9",
      "factor × 0.5",
      "trades_paid 21.5 × 2 43",
      "trades_paid 4 × 1.25 5",
      "trades_at_most  38",
    ]);
    assert.deepEqual(draft?.working.inputs, [{ name: "lots", value: "25.5" }]);
  });

  it("puts thirds of lots into one row", () => {
    const rows = Array.from(
      { length: 50 },
      (_, index): Row => ({ lots: String(index + 1), equity: String(3 * (index + 7)), credit: "2" }),
    );
    const [draft] = resultOf(lots({ amount: "6", trades: { ownFunds: true } }), rows).drafts;
    const paid = draft?.working.steps.filter((step) => step.code === "trades_paid_plain") ?? [];
    assert.deepEqual(
      paid.map((step) => step.values.arithmetic?.split(" × ")[1]),
      ["6"],
    );
  });

  it("puts all kinds of amounts for one lot into one row in the end", () => {
    const amounts = Array.from({ length: 40 }, (_, index) => ({
      when: { order: [`o${index}`] },
      value: String(index + 1),
    }));
    const rows = amounts.map((_, index): Row => ({ lots: "1", order: `o${index}` }));
    const [draft] = resultOf(lots({ amount: { rows: amounts, otherwise: "nothing" } }), rows).drafts;
    const paid = draft?.working.steps.filter((step) => step.code === "trades_paid_plain") ?? [];
    assert.equal(paid.length, 13);
    assert.equal(
      paid.reduce((total, step) => total + Number(step.values.value), 0),
      820,
    );
    assert.equal(paid.filter((step) => step.values.arithmetic === undefined).length, 1);
  });

  it("shows thirty rows and sums the rest in one", () => {
    const rows = Array.from({ length: 40 }, (_, index): Row => ({ symbol: `S${index}`, lots: String(index + 1) }));
    const [draft] = resultOf(lots(), rows).drafts;
    const paid = draft?.working.steps.filter((step) => step.code === "trades_paid") ?? [];
    const more = draft?.working.steps.find((step) => step.code === "rows_more");
    assert.equal(paid.length, 30);
    assert.deepEqual(more?.values, { count: "10", value: "55", currency: "USD" });
  });

  it("says what was converted, and how", () => {
    const rates = [
      ["2026-03-10", "USD", "1.25"],
      ["2026-03-10", "GBP", "1"],
    ] as const;
    const [draft] = resultOf(spread({ rate: "0.20" }), [{ spread: "20000", currency: "USD" }], {
      currency: "GBP",
      rates,
    }).drafts;
    const [conversion] = draft?.working.conversions ?? [];
    assert.deepEqual(
      [conversion?.name, conversion?.amount, conversion?.rate, conversion?.converted],
      ["spread", "20000", "0.8", "16000"],
    );
  });
});
