import assert from "node:assert/strict";
import { test } from "node:test";
import { shiftPoint } from "./shift-point.ts";

test("a per cent becomes a share of one and back without floating point", () => {
  const rows = [
    ["35", "0.35"],
    ["12.5", "0.125"],
    ["0.1", "0.001"],
    ["100", "1"],
    ["7", "0.07"],
  ] as const;
  for (const [percent, share] of rows) {
    assert.equal(shiftPoint(percent, -2), share);
    assert.equal(shiftPoint(share, 2), percent);
  }
  assert.equal(shiftPoint("x", 2), "x");
});
