import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, addMonths, dayOf, isTimeZone, lastDay, monthOf, startOfDay } from "./period.ts";

test("an instant falls on the day of the program's zone, also where the clocks change", () => {
  for (const [instant, zone, day] of [
    ["2026-03-29T00:59:59Z", "Europe/Madrid", "2026-03-29"],
    ["2026-03-28T23:00:00Z", "Europe/Madrid", "2026-03-29"],
    ["2026-03-28T22:59:59Z", "Europe/Madrid", "2026-03-28"],
    ["2026-10-25T22:59:59Z", "Europe/Madrid", "2026-10-25"],
    ["2026-10-25T23:00:00Z", "Europe/Madrid", "2026-10-26"],
    ["2026-01-01T00:00:00Z", "America/New_York", "2025-12-31"],
    ["2026-01-01T00:00:00Z", "Asia/Kathmandu", "2026-01-01"],
    ["2026-01-01T18:14:59Z", "Asia/Kathmandu", "2026-01-01"],
    ["2026-01-01T18:15:00Z", "Asia/Kathmandu", "2026-01-02"],
    ["2026-02-28T23:59:59.999Z", "UTC", "2026-02-28"],
  ] as const) {
    assert.equal(dayOf(new Date(instant), zone), day, `${instant} ${zone}`);
  }
});

test("a day begins where its zone says, also when midnight does not exist", () => {
  assert.equal(startOfDay("2026-03-29", "Europe/Madrid").toISOString(), "2026-03-28T23:00:00.000Z");
  assert.equal(startOfDay("2026-09-06", "America/Santiago").toISOString(), "2026-09-06T04:00:00.000Z");
});

test("months and days are added by the calendar", () => {
  assert.equal(monthOf("2026-03-31"), "2026-03-01");
  assert.equal(addMonths("2026-12-01", 1), "2027-01-01");
  assert.equal(lastDay("2028-02-01"), "2028-02-29");
  assert.equal(addDays("2026-02-28", 1), "2026-03-01");
});

test("a time zone is one that the IANA database knows", () => {
  assert.ok(isTimeZone("Europe/Nicosia"));
  assert.ok(isTimeZone("Asia/Nicosia"));
  for (const name of ["Europe/Atlantis", "+02:00", ""]) assert.ok(!isTimeZone(name), name);
});
