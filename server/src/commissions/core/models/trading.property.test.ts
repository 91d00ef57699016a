import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { add, compare, type Decimal, decimal, formatDecimal, ZERO } from "../../../kernel/decimal.ts";
import { type ComponentInput, type Row, resultOf, unrounded } from "../test-trades.ts";

const number = (most: number, places: number) =>
  fc.integer({ min: 0, max: most }).map((units) => formatDecimal({ units: BigInt(units), scale: places }));
const flag = fc.constantFrom("true", "false");

const trade: fc.Arbitrary<Row> = fc.record({
  symbol: fc.constantFrom("EURUSD", "XAUUSD", "VOL75"),
  lots: number(500, 2),
  spread: number(100_000, 2),
  commission: number(10_000, 2),
  notional: number(1_000_000, 0),
  spread_points: number(80, 0),
  average_spread: number(50_000, 2),
  pip_value: number(2_000, 2),
  tick: fc.constantFrom("0.00001", "0.01"),
  contract: fc.constantFrom("100000", "100", "1"),
  seconds: number(600, 0),
  points: number(90, 0),
  equity: number(10_000, 2),
  credit: number(10_000, 2),
  hedged: flag,
  close_by: flag,
  partial_close: flag,
});

const filter = fc.record({
  minSeconds: fc.integer({ min: 0, max: 300 }),
  minPoints: number(40, 0),
  bounds: fc.constantFrom("at_least", "more_than"),
  exclude: fc.constantFrom(["partial_close"], ["hedged"]),
  hedged: fc.constantFrom("whole", "half"),
  closeBy: fc.constantFrom("once", "each"),
  ownFunds: fc.boolean(),
});

const table = {
  rows: [
    { when: { symbol: ["XAUUSD"] }, value: "0.7" },
    { when: { symbol: ["EURUSD"] }, value: "0.33" },
  ],
  otherwise: "0.1",
};
const whole = {
  metric: { sum: "lots" },
  mode: "whole",
  bounds: "at_least",
  bands: [
    { from: "0", value: "0.2" },
    { from: "8", value: table },
  ],
};
const models: readonly object[] = [
  { model: "lot_rebate", amount: whole },
  { model: "pip_rebate", pips: whole },
  { model: "point_rebate", points: whole },
  {
    model: "spread_share",
    rate: whole,
    spread: { from: "measure" },
    mostPoints: "35",
    damping: "average_over_current",
  },
  { model: "commission_share", rate: whole },
  { model: "notional", amount: whole, per: "300" },
];
const component = fc
  .record({
    model: fc.constantFrom(...models),
    trades: filter,
    sides: fc.constantFrom("as_reported", "both", "round_turn"),
  })
  .map(({ model, ...more }) => ({ code: "x", ...model, ...more }) as unknown as ComponentInput);

describe("trades, whatever they are", () => {
  it("their order does not change the result", () => {
    fc.assert(
      fc.property(
        component,
        fc.array(trade, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (one, trades, random) => {
          const shuffled = trades.map((row) => ({ row, at: random.next().value })).sort((a, b) => a.at - b.at);
          assert.equal(
            unrounded(one, trades),
            unrounded(
              one,
              shuffled.map(({ row }) => row),
            ),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it("partial closes sum to the whole when nothing is rounded per trade", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    const amount = fc.constantFrom("7", "0.333", "12.05");
    fc.assert(
      fc.property(sizes, amount, filter, (parts, value, trades) => {
        const rest = { seconds: "400", points: "50", equity: "7", credit: "3" };
        const some = {
          code: "x",
          model: "lot_rebate",
          amount: value,
          trades: { ...trades, exclude: ["pending"] },
        } as unknown as ComponentInput;
        const all = parts.reduce((sum, part) => sum + part, 0);
        const hundredths = (units: number) => formatDecimal({ units: BigInt(units), scale: 2 });
        const split = unrounded(
          some,
          parts.map((part) => ({ ...rest, lots: hundredths(part) })),
        );
        const one = unrounded(some, [{ ...rest, lots: hundredths(all) }]);
        // Sevenths of a lot have no last decimal: each part is exact to its sixteenth.
        const gap = compare(difference(split, one), decimal("0.00000000000001"));
        assert.ok(gap < 0, `${split} and ${one}`);
      }),
      { numRuns: 150 },
    );
  });

  it("an order closed in parts earns what it earns in one, also under a most per order", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, number(900, 2), (parts, most) => {
        const some: ComponentInput = { code: "x", model: "lot_rebate", amount: "7.3", itemAtMost: most };
        const all = parts.reduce((sum, part) => sum + part, 0);
        const hundredths = (units: number) => formatDecimal({ units: BigInt(units), scale: 2 });
        const closes = parts.map((part) => ({ lots: hundredths(part), order_lots: hundredths(all) }));
        const gap = difference(unrounded(some, closes), unrounded(some, [{ lots: hundredths(all) }]));
        assert.ok(compare(gap, decimal("0.00000000000001")) < 0);
      }),
      { numRuns: 120 },
    );
  });

  it("slices of lots come to the same however the lots are cut into trades", () => {
    const bands = [
      { from: "0", value: "1" },
      { from: "5", value: "2.5" },
      { from: "12.5", value: "3.1" },
    ];
    const amount = { metric: { sum: "lots" }, mode: "marginal", bounds: "at_least", bands } as const;
    const some: ComponentInput = { code: "x", model: "lot_rebate", amount };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 8 }), (parts) => {
        const hundredths = (units: number) => formatDecimal({ units: BigInt(units), scale: 2 });
        const trades = parts.map((part) => ({ lots: hundredths(part) }));
        const whole = [{ lots: hundredths(parts.reduce((sum, part) => sum + part, 0)) }];
        assert.equal(unrounded(some, trades), unrounded(some, whole));
        assert.equal(unrounded(some, trades.toReversed()), unrounded(some, whole));
      }),
      { numRuns: 120 },
    );
  });

  it("halves of shares and both sides are exactly the double", () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 8 }), (trades) => {
        const base = { code: "x", model: "lot_rebate", amount: "0.37" } as const;
        const single = decimal(unrounded(base, trades) ?? "0");
        assert.equal(unrounded({ ...base, sides: "both" }, trades), formatDecimal(add(single, single)));
      }),
      { numRuns: 60 },
    );
  });

  it("no trade pays more than the most per trade, rounded or not, and what is taken back no more than that", () => {
    const signed = fc
      .tuple(trade, fc.boolean())
      .map(([row, back]) => (back ? { ...row, lots: `-${row.lots}`, spread: `-${row.spread}` } : row));
    fc.assert(
      fc.property(
        component,
        fc.array(signed, { minLength: 1, maxLength: 10 }),
        number(2_000, 3),
        fc.constantFrom("down", "up", "half_up"),
        (one, trades, most, mode) => {
          const caps = [{ name: "none", limit: "999999999999", of: "amount", per: "month", overflow: "reject" }];
          const rounding = { places: 2, mode };
          const limited = { ...one, itemAtMost: most, itemRounding: rounding, caps } as ComponentInput;
          const [draft] = resultOf(limited, trades).drafts;
          const items = draft?.items ?? [];
          for (const { value } of items)
            assert.ok(compare(sizeOf(value), decimal(most)) <= 0, `${formatDecimal(value)} > ${most}`);
          assert.equal(
            formatDecimal(items.reduce((sum, item) => add(sum, item.value), ZERO)),
            formatDecimal(draft?.value ?? ZERO),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it("a trade and its reversal come to nothing", () => {
    const names = ["lots", "spread", "commission", "notional"];
    fc.assert(
      fc.property(component, trade, number(2_000, 2), (one, row, most) => {
        const back = Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, names.includes(name) ? negative(value) : value]),
        );
        const flat = { ...one, ...flatValue(one), itemAtMost: most } as ComponentInput;
        // Damping compares sizes and points are those of the trade, so the reversal mirrors the trade.
        assert.equal(unrounded(flat, [row, back]), "0");
      }),
      { numRuns: 150 },
    );
  });

  it("no spread beyond the limits is shared", () => {
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 8 }),
        number(60, 0),
        number(3_000, 2),
        (trades, points, perLot) => {
          const from = { from: "points", pointValue: "1" } as const;
          const one: ComponentInput = {
            code: "x",
            model: "spread_share",
            rate: "1",
            spread: from,
            mostPoints: points,
            mostPerLot: perLot,
          };
          const lots = trades.reduce((sum, row) => sum + Number(row.lots) * (row.close_by === "true" ? 0.5 : 1), 0);
          const most = Math.min(Number(points), Number(perLot)) * lots;
          assert.ok(Number(unrounded(one, trades)) <= most + 1e-6);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function negative(value: string): string {
  return decimal(value).units === 0n ? value : `-${value}`;
}

/** Tiers over a sum of lots that nets out to nothing say nothing about the trade itself: one value for all. */
function flatValue(component: ComponentInput): object {
  const name = ["amount", "pips", "points", "rate"].find((one) => one in component) ?? "amount";
  return { [name]: "0.31" };
}

function sizeOf(value: Decimal): Decimal {
  return value.units < 0n ? { units: -value.units, scale: value.scale } : value;
}

function difference(a: string | null, b: string | null): Decimal {
  return sizeOf(add(decimal(a ?? "0"), decimal(b === null ? "0" : b.startsWith("-") ? b.slice(1) : `-${b}`)));
}
