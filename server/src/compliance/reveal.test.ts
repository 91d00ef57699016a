import assert from "node:assert/strict";
import { it } from "node:test";
import { maskNumber } from "./wire.ts";

for (const [number, shown] of [
  ["", ""],
  ["1234567", "••••"],
  ["X1234567L", "••••567L"],
] as const)
  it(`an identity number ${number} is shown as ${shown}`, () => assert.equal(maskNumber(number), shown));
