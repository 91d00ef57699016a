import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  add,
  compare,
  decimal,
  divide,
  divideRounded,
  formatDecimal,
  multiply,
  parseDecimal,
  roundTo,
  subtract,
} from "./decimal.ts";

test("a decimal is read exactly or not at all", () => {
  for (const [text, back] of [
    ["0", "0"],
    ["-0.50", "-0.5"],
    ["007.100", "7.1"],
    ["+3", "3"],
    ["123456789012345678901234567890.000000001", "123456789012345678901234567890.000000001"],
  ] as const) {
    assert.equal(formatDecimal(decimal(text)), back);
  }
  for (const text of ["", ".5", "5.", "1e3", "12,34", "1 000", "NaN", "Infinity", "0x10", "--1", "1.2.3", "١"]) {
    assert.equal(parseDecimal(text), undefined, text);
  }
});

test("rounding: each rule at the half and beside it", () => {
  const table = [
    // value      half_up half_even up  down floor ceiling
    ["2.5", "3", "2", "3", "2", "2", "3"],
    ["-2.5", "-3", "-2", "-3", "-2", "-3", "-2"],
    ["3.5", "4", "4", "4", "3", "3", "4"],
    ["2.4", "2", "2", "3", "2", "2", "3"],
    ["-2.4", "-2", "-2", "-3", "-2", "-3", "-2"],
    ["2.0", "2", "2", "2", "2", "2", "2"],
  ] as const;
  for (const [value, ...expected] of table) {
    const rules = ["half_up", "half_even", "up", "down", "floor", "ceiling"] as const;
    assert.deepEqual(
      rules.map((rule) => formatDecimal(roundTo(decimal(value), 0, rule))),
      expected,
      value,
    );
  }
});

const anyDecimal = fc.record({
  units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  scale: fc.integer({ min: 0, max: 12 }),
});

test("adding and taking away, multiplying and dividing give back what was there", () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      assert.equal(compare(subtract(add(a, b), b), a), 0);
      if (b.units !== 0n) assert.equal(compare(divide(multiply(a, b), b, a.scale), a), 0);
    }),
  );
});

test("a rounded quotient is never further from the truth than one unit, half_up never further than half", () => {
  fc.assert(
    fc.property(
      fc.bigInt(),
      fc.bigInt().filter((d) => d !== 0n),
      (dividend, divisor) => {
        const size = divisor < 0n ? -divisor : divisor;
        for (const rule of ["up", "down", "floor", "ceiling", "half_up", "half_even"] as const) {
          const miss = divideRounded(dividend, divisor, rule) * divisor - dividend;
          const distance = miss < 0n ? -miss : miss;
          assert.ok(distance < size || distance === 0n);
          if (rule.startsWith("half")) assert.ok(distance * 2n <= size);
        }
      },
    ),
  );
});
