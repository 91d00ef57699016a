import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addDays } from "../../../kernel/period.ts";
import { type DayCount, readiness } from "./readiness.ts";

const THRESHOLDS = { days: 3, conversions: 20, agreement: "0.99", worstDay: "0.95", amount: "0.01" };

/** Days up to the tenth, each with so many conversions that agree and so many that do not. */
function days(...counts: readonly (readonly [agreed: number, not: number])[]): DayCount[] {
  return counts.map(([agreed, not], at) => ({
    day: addDays("2026-03-10", at + 1 - counts.length),
    compared: agreed + not,
    agreed,
    amounts: new Map([["EUR", { theirs: BigInt(agreed + not) * 100n, ours: BigInt(agreed) * 100n }]]),
  }));
}
const unmet = (given: DayCount[], unmapped = 0) =>
  readiness(given, given.at(-1)?.day ?? null, THRESHOLDS, unmapped)
    .checks.filter(({ met }) => !met)
    .map(({ check }) => check);

describe("when it is safe to switch", () => {
  it("says so when everything is reached", () => {
    const result = readiness(days([200, 0], [199, 1], [100, 0]), "2026-03-10", THRESHOLDS, 0);
    assert.equal(result.safe, true);
    assert.match(result.sentence, /^Safe to switch: over the last 3 days 500 conversions .* 99\.8 % agree/);
  });
  it("names every threshold that is not reached, with what is", () => {
    assert.deepEqual(unmet([]), ["days", "conversions", "agreement", "worst_day", "amount"]);
    assert.deepEqual(unmet(days([10, 0], [5, 0])), ["days", "conversions"]);
    assert.deepEqual(unmet(days([300, 0], [300, 0], [18, 2])), ["worst_day"]);
    assert.deepEqual(unmet(days([100, 0], [100, 0], [80, 20])), ["agreement", "worst_day", "amount"]);
    assert.deepEqual(unmet(days([100, 0], [100, 0], [100, 0]), 2), ["partners"]);
  });
  it("is never rounded into safety", () => {
    const result = readiness(days([100_000, 0], [100_000, 0], [98_999, 3031]), "2026-03-10", THRESHOLDS, 0);
    const agreement = result.checks.find(({ check }) => check === "agreement");
    assert.deepEqual([agreement?.reached, agreement?.met], ["0.9899", false]);
  });
  it("neither are amounts that differ by a little more than they may", () => {
    const amounts = new Map([["EUR", { theirs: 1_000_000n, ours: 989_999n }]]);
    const given = days([100, 0], [100, 0], [100, 0]).map((one) => ({ ...one, amounts }));
    const amount = readiness(given, "2026-03-10", THRESHOLDS, 0).checks.find(({ check }) => check === "amount");
    assert.deepEqual([amount?.reached, amount?.met], ["0.0101", false]);
  });
  it("a bad day before the last ones is forgiven", () => {
    assert.deepEqual(unmet(days([0, 100], [100, 0], [100, 0], [100, 0])), []);
  });
  it("the sentence says what is missing", () => {
    const { sentence } = readiness(days([100, 0], [90, 10]), "2026-03-10", THRESHOLDS, 0);
    assert.equal(
      sentence,
      "Safe to switch when 3 days are compared (now 2); at least 99 % of the conversions agree (now 95 %); at least 95 % agree on every day (90 % on 2026-03-10); the amounts differ by 1 % at most (now 5 %).",
    );
  });
});
