import assert from "node:assert/strict";
import { test } from "node:test";
import { decimalOf, formatAgo, formatDay, formatInstant, formatMoney } from "./format.ts";

test("minor units become decimals without passing a float", () => {
  const table: [string, number, string][] = [
    ["0", 2, "0.00"],
    ["5", 2, "0.05"],
    ["-5", 2, "-0.05"],
    ["12345", 2, "123.45"],
    ["12345", 0, "12345"],
    ["12345", 3, "12.345"],
    ["9007199254740993", 2, "90071992547409.93"],
  ];
  for (const [minor, digits, expected] of table) assert.equal(decimalOf(minor, digits), expected);
});

test("money is written in the reader's language, exact beyond 2^53, with the currency said", () => {
  assert.equal(formatMoney("en", { minor: "9007199254740993", currency: "EUR" }), "€90,071,992,547,409.93");
  assert.equal(formatMoney("es", { minor: "123456", currency: "EUR" }, "code"), "1234,56 EUR");
  assert.equal(formatMoney("en", { minor: "1234", currency: "JPY" }), "¥1,234");
});

test("an instant is shown in the program's zone, a calendar day as it was said", () => {
  assert.match(formatInstant("en", "Asia/Tokyo", "2026-03-31T20:00:00Z", "minute"), /Apr 1, 2026.*05:00/);
  assert.equal(formatDay("en", "2026-03-31"), "Mar 31, 2026");
  assert.equal(formatDay("en", "2026-03"), "March 2026");
});

test("the age of an instant uses the largest whole unit", () => {
  const now = Date.parse("2026-03-31T12:00:00Z");
  assert.equal(formatAgo("en", "2026-03-31T11:58:30Z", now), "1 minute ago");
  assert.equal(formatAgo("en", "2026-03-29T11:00:00Z", now), "2 days ago");
});
