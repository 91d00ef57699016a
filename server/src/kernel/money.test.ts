import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decimal } from "./decimal.ts";
import {
  currency,
  exponent,
  formatMoney,
  money,
  parseCurrency,
  splitByWeights,
  toDecimal,
  toMinor,
  toMinorExact,
} from "./money.ts";

test("minor units follow the currency", () => {
  for (const [code, text, minor, shown] of [
    ["EUR", "1234.5", 123450n, "1234.50 EUR"],
    ["JPY", "1234", 1234n, "1234 JPY"],
    ["KWD", "1.234", 1234n, "1.234 KWD"],
    ["HUF", "10.01", 1001n, "10.01 HUF"],
    ["EUR", "-0.05", -5n, "-0.05 EUR"],
  ] as const) {
    assert.equal(toMinorExact(decimal(text), currency(code)), minor);
    assert.equal(formatMoney(money(minor, code)), shown);
  }
});

test("an amount finer than the minor unit is not rounded in silence", () => {
  assert.equal(toMinorExact(decimal("0.005"), currency("EUR")), undefined);
  assert.equal(toMinorExact(decimal("0.500"), currency("EUR")), 50n);
  assert.equal(toMinor(decimal("0.005"), currency("EUR")), 1n);
});

test("codes that are not money of ISO 4217 are refused", () => {
  for (const code of ["eur", "XXX", "XAU", "XTS", "BTC", "", "EURO", "E R"])
    assert.equal(parseCurrency(code), undefined, code);
  assert.equal(exponent(currency("BHD")), 3);
});

test("parts of a split sum to the whole and differ from their share by less than a unit", () => {
  assert.deepEqual(splitByWeights(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
  assert.deepEqual(splitByWeights(-100n, [1n, 1n, 1n]), [-34n, -33n, -33n]);
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc
        .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 })
        .filter((w) => w.some((x) => x > 0n)),
      (minor, weights) => {
        const parts = splitByWeights(minor, weights);
        const total = weights.reduce((a, b) => a + b, 0n);
        assert.equal(
          parts.reduce((a, b) => a + b, 0n),
          minor,
        );
        parts.forEach((part, i) => {
          const miss = part * total - minor * (weights[i] ?? 0n);
          assert.ok((miss < 0n ? -miss : miss) < total);
        });
      },
    ),
  );
});

test("an amount as a decimal and back is the same", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
      fc.constantFrom("EUR", "JPY", "KWD"),
      (minor, code) => {
        assert.equal(toMinorExact(toDecimal(money(minor, code)), currency(code)), minor);
      },
    ),
  );
});
