import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { percentOfShare, shareOfPercent } from "./percent.ts";

describe("percentages", () => {
  for (const [percent, share] of [
    ["21", "0.21"],
    ["5.5", "0.055"],
    ["0", "0"],
    ["100", "1"],
    ["7", "0.07"],
    ["10", "0.1"],
  ] as const)
    it(`${percent} % is ${share}`, () => {
      assert.equal(shareOfPercent(percent), share);
      assert.equal(percentOfShare(share), percent);
    });

  it("takes a comma, and nothing that is no percentage", () => {
    assert.deepEqual([shareOfPercent("5,5"), shareOfPercent(""), shareOfPercent("x")], ["0.055", null, null]);
  });
});
