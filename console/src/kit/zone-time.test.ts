import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instantAt, wallClockAt } from "./zone-time.ts";

describe("the clock of a zone", () => {
  const rows: readonly (readonly [zone: string, wallClock: string, instant: string])[] = [
    ["UTC", "2026-11-21T10:00", "2026-11-21T10:00:00.000Z"],
    ["Europe/Madrid", "2026-07-01T00:00", "2026-06-30T22:00:00.000Z"],
    ["Europe/Madrid", "2026-01-01T00:00", "2025-12-31T23:00:00.000Z"],
    ["America/Sao_Paulo", "2026-01-01T12:30", "2026-01-01T15:30:00.000Z"],
    ["Asia/Kolkata", "2026-03-01T05:30", "2026-03-01T00:00:00.000Z"],
    ["Europe/Madrid", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
    ["Europe/Madrid", "2026-10-25T04:00", "2026-10-25T03:00:00.000Z"],
  ];
  for (const [zone, wallClock, instant] of rows)
    it(`${wallClock} in ${zone}`, () => {
      assert.equal(instantAt(wallClock, zone), instant);
      assert.equal(wallClockAt(instant, zone), wallClock);
    });

  it("a time that is leapt over is read as if the clock had not leapt", () => {
    assert.equal(instantAt("2026-03-29T02:30", "Europe/Madrid"), "2026-03-29T01:30:00.000Z");
  });
});
