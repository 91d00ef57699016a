import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmount, writeAmount } from "./money-entry.ts";

test("amounts are read as people of both habits type them", () => {
  const table: [string, string, string | null][] = [
    ["100", "EUR", "10000"],
    ["100.5", "EUR", "10050"],
    ["1,234.50", "EUR", "123450"],
    ["1.234,50", "EUR", "123450"],
    ["1 234,50", "EUR", "123450"],
    ["-12,34", "EUR", "-1234"],
    ["0.00", "EUR", "0"],
    ["-0", "EUR", "0"],
    ["1500", "JPY", "1500"],
    ["1.234", "KWD", "1234"],
    // thousands or a slip of the finger? Money is not guessed
    ["12.345", "EUR", null],
    ["1,234,567", "EUR", "123456700"],
    ["12.3456", "EUR", null],
    ["abc", "EUR", null],
    ["", "EUR", null],
    ["1e5", "EUR", null],
    ["9007199254740993.00", "EUR", "900719925474099300"],
  ];
  for (const [text, currency, minor] of table)
    assert.equal(readAmount(text, currency)?.minor ?? null, minor, `${text} ${currency}`);
});

test("what was read is written back the same", () => {
  assert.equal(writeAmount(readAmount("1,234.5", "EUR")), "1234.50");
  assert.equal(writeAmount(null), "");
});
