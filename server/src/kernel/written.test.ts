import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findDayOrder, readDate } from "./written-days.ts";
import { findMark, fromMinor, readAmount } from "./written-numbers.ts";

const NUMBERS: readonly (readonly [string, "." | ",", string | undefined])[] = [
  ["1,234.56", ".", "1234.56"],
  ["1.234,56", ",", "1234.56"],
  ["1 234,56 €", ",", "1234.56"],
  ["1'234.50", ".", "1234.50"],
  ["$12.5", ".", "12.5"],
  ["(12.50)", ".", "-12.50"],
  ["12,50-", ",", "-12.50"],
  ["\u22127", ".", "-7"],
  ["1,23,456.00", ".", "123456.00"],
  [".5", ".", "0.5"],
  ["EUR 10", ".", "10"],
  ["1,234", ".", "1234"],
  ["1,234", ",", "1.234"],
  ["1.2.3", ",", undefined],
  ["12,34", ".", undefined],
  ["abc", ".", undefined],
  ["", ".", undefined],
  ["1e3", ".", undefined],
];
for (const [text, mark, value] of NUMBERS) {
  test(`the amount ${text} with the mark ${mark} is ${value}`, () => assert.equal(readAmount(text, mark), value));
}

const MARKS: readonly (readonly [readonly string[], string])[] = [
  [["1,234", "5,678"], "unsure"],
  [["1,234", "5,67"], ","],
  [["1,234", "5.67"], "."],
  [["1.234,00"], ","],
  [["1.234.567"], ","],
  [["0,500"], ","],
  [["12", "7"], "none"],
];
for (const [samples, found] of MARKS) {
  test(`${samples.join(" and ")} say of the decimal mark: ${found}`, () => assert.equal(findMark(samples), found));
}

const DATES: readonly (readonly [string, "dmy" | "mdy" | null, string | undefined])[] = [
  ["25/12/2024", null, "2024-12-25"],
  ["12/25/2024", null, "2024-12-25"],
  ["03/04/2024", null, undefined],
  ["03/04/2024", "dmy", "2024-04-03"],
  ["3/4/24 5:06 PM", "mdy", "2024-03-04T17:06:00"],
  ["03.04.2024 17:06", "dmy", "2024-04-03T17:06:00"],
  ["12/12/2024", null, "2024-12-12"],
  ["2024-03-04 17:06:00 UTC", null, "2024-03-04 17:06:00Z"],
  ["2024-03-04T17:06:00+02:00", null, "2024-03-04T17:06:00+02:00"],
  ["2024/03/04", null, "2024-03-04"],
  ["September 15 2026", null, "2026-09-15"],
  ["15 sept 2026 10:00", null, "2026-09-15T10:00:00"],
  ["3 de marzo de 2026", null, "2026-03-03"],
  ["Mon, 02 Mar 2026 10:00:00 GMT", null, "2026-03-02T10:00:00Z"],
  ["1704067200", null, "1704067200"],
  ["1704067200000", null, "1704067200000"],
  ["30/02/2024", "dmy", undefined],
  ["tomorrow", null, undefined],
];
for (const [text, order, value] of DATES) {
  test(`the date ${text} (${order ?? "order not known"}) is ${value}`, () =>
    assert.equal(readDate(text, order), value));
}

test("the order of day and month is found in the data, and asked for where they do not say it", () => {
  assert.equal(findDayOrder(["03/04/2024", "25/12/2024"]), "dmy");
  assert.equal(findDayOrder(["03/04/2024", "12/25/2024"]), "mdy");
  assert.equal(findDayOrder(["03/04/2024", "05/06/2024"]), "unsure");
  assert.equal(findDayOrder(["13/04/2024", "04/13/2024"]), "mixed");
  assert.equal(findDayOrder(["2024-03-04", "05/05/2024"]), "none");
});

test("cents become amounts, whatever the places of the currency", () => {
  assert.deepEqual(
    [fromMinor("1999", 2), fromMinor("-5", 2), fromMinor("1999", 0), fromMinor("1", 3), fromMinor("1.5", 2)],
    ["19.99", "-0.05", "1999", "0.001", undefined],
  );
});

test("what was written in either form is read back exactly", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.constantFrom(".", ","), (minor, mark) => {
      const sign = minor < 0n ? "-" : "";
      const digits = String(minor < 0n ? -minor : minor).padStart(3, "0");
      const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, mark === "." ? "," : ".");
      const text = `${sign}${whole}${mark}${digits.slice(-2)}`;
      assert.equal(
        readAmount(text, mark as "."),
        minor === 0n ? "0.00" : `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`,
      );
    }),
  );
});
