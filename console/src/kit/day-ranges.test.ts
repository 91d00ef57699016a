import assert from "node:assert/strict";
import { test } from "node:test";
import { type DayRange, dayIn, daysOf, rangeOf } from "./day-ranges.ts";

test("ranges are half-open, from the first day to the day after the last", () => {
  const table: [DayRange, string, string, string][] = [
    ["today", "2026-03-31", "2026-03-31", "2026-04-01"],
    ["last7", "2026-03-31", "2026-03-25", "2026-04-01"],
    ["last30", "2026-03-01", "2026-01-31", "2026-03-02"],
    ["thisMonth", "2026-12-31", "2026-12-01", "2027-01-01"],
    ["lastMonth", "2026-01-15", "2025-12-01", "2026-01-01"],
    ["lastMonth", "2024-03-31", "2024-02-01", "2024-03-01"],
  ];
  for (const [range, today, first, end] of table)
    assert.deepEqual(rangeOf(range, today), [first, end], `${range} on ${today}`);
});

test("the day depends on the zone", () => {
  const instant = new Date("2026-03-31T22:30:00Z");
  assert.deepEqual([dayIn("UTC", instant), dayIn("Asia/Tokyo", instant)], ["2026-03-31", "2026-04-01"]);
});

test("a period has all its days, also those on which nothing happened", () => {
  assert.deepEqual(daysOf("2028-02-28", "2028-03-02", "2028-04-01T00:00:00Z"), [
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
  ]);
  assert.deepEqual(daysOf("2026-03-02", "2026-03-02", "2028-04-01T00:00:00Z"), []);
  assert.deepEqual(daysOf("2026-03-01", "2026-04-01", "2026-03-02T09:00:00Z"), ["2026-03-01", "2026-03-02"]);
});
