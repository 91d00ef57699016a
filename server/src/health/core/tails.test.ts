import assert from "node:assert/strict";
import { test } from "node:test";
import { logGamma, lowerTail, shareTail, twoSided, upperTail } from "./tails.ts";

/** Values by R 4.3: lgamma, ppois, pnbinom(size, prob), pbinom, pnorm. */
const KNOWN: readonly (readonly [what: string, found: number, value: number])[] = [
  ["ln 9!", logGamma(10), 12.801827480081469],
  ["Poisson 10, at most 3", lowerTail(3, 10, 10), 0.010336050675925726],
  ["Poisson 10, at least 20", upperTail(20, 10, 10), 0.0034543419758568],
  ["Poisson 100, none", lowerTail(0, 100, 100), Math.exp(-100)],
  ["negative binomial 10 with variance 20, at most 3", lowerTail(3, 10, 20), 0.046142578125],
  ["negative binomial 10 with variance 20, at least 4", upperTail(4, 10, 20), 1 - 0.046142578125],
  ["binomial 20 of a tenth, at least 5", shareTail(5, 20, 0.1, 0), 0.0431745],
  ["normal, beyond 1.96", twoSided(1.959964), 0.05],
  ["normal, beyond 6", twoSided(6), 1.973175e-9],
];

for (const [what, found, value] of KNOWN)
  test(`${what} is ${value}`, () => {
    assert.ok(Math.abs(found / value - 1) < 0.005, String(found));
  });

test("a share that varies has a heavier tail than one that does not", () => {
  assert.ok(shareTail(10, 40, 0.1, 0.05) > 4 * shareTail(10, 40, 0.1, 0));
});
