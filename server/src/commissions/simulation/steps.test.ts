import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stepsOf, Unwanted } from "./steps.ts";

describe("steps of a long run", () => {
  it("are written down now and then, with how many there will be", async () => {
    const written: (readonly [number, number])[] = [];
    let now = 0;
    const steps = stepsOf(
      async (done, all) => {
        written.push([done, all]);
        return true;
      },
      () => now,
    );
    steps.expect(5);
    for (let step = 0; step < 3; step += 1) await steps.done();
    now = 500;
    steps.expect(2);
    await steps.done();
    assert.deepEqual(written, [
      [1, 5],
      [4, 7],
    ]);
  });

  it("end when nobody wants the run any more", async () => {
    const steps = stepsOf(
      async () => false,
      () => 0,
    );
    steps.expect(2);
    await assert.rejects(steps.done(), Unwanted);
  });
});
