import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type BreakName, falseAlarms, type ProgramWorld, plant, programWorld } from "./measure.ts";

// The measure of bench/health.ts on a few histories: seeded, so the answer is the same on every machine. The figures that are claimed are in
// docs/benchmarks.md; this holds what must not get lost.
describe("the watch over seeded histories", () => {
  const world: ProgramWorld = programWorld("small", 4);

  it("raises no more than one false alarm a partner in ninety days", () => {
    const told = falseAlarms(world);
    assert.ok(told.flat().length <= told.length, JSON.stringify(told.map((one) => one.length)));
  });

  for (const name of [
    "clicks stop",
    "conversions are lost, clicks go on",
    "time from click to conversion × 3",
    "postbacks fail (30–100 %)",
  ] as const satisfies readonly BreakName[])
    it(`tells in time: ${name}`, () => {
      const planted = world.histories.map((_, index) => plant(world, index, name)).filter((one) => one !== undefined);
      assert.ok(planted.length > 0);
      assert.deepEqual(
        planted.filter((one) => (one.afterHours ?? Number.POSITIVE_INFINITY) > one.allowedHours),
        [],
      );
    });
});
