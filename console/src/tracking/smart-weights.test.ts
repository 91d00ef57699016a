import assert from "node:assert/strict";
import { it } from "node:test";
import { weightShares } from "./smart-weights.ts";

it("weights are shares among the options of one rank", () => {
  const options = [
    { rank: 1, weight: 300 },
    { rank: 1, weight: 100 },
    { rank: 2, weight: 5 },
    { rank: 3, weight: 0 },
  ];
  assert.deepEqual([...weightShares(options).values()], [0.75, 0.25, 1, 0]);
  assert.equal(weightShares([]).size, 0);
});
