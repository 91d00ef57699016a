import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nextStep, RETRY_WINDOW_MS, waitAfter } from "./schedule.ts";

const WAITS = [
  // failed attempt, least wait s, most wait s
  [1, 5, 10],
  [2, 10, 20],
  [3, 20, 40],
  [6, 160, 320],
  [11, 5120, 10240],
  [12, 7200, 14400],
  [40, 7200, 14400],
] as const;

test("waits double from ten seconds to four hours, half of each left to chance", () => {
  for (const [attempt, least, most] of WAITS) {
    assert.equal(waitAfter(attempt, 0), least * 1000);
    assert.ok(waitAfter(attempt, 0.999999) <= most * 1000);
    assert.ok(waitAfter(attempt, 0.999999) > most * 999);
  }
});

test("Retry-After lengthens the wait, never beyond four hours", () => {
  assert.equal(waitAfter(1, 0, 120_000), 120_000);
  assert.equal(waitAfter(1, 0, 1000), 5000);
  assert.equal(waitAfter(1, 0, 999_999_999), 4 * 3600 * 1000);
});

test("a delivery that always fails is tried for exactly 72 hours and then dead, whatever chance does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 200, maxLength: 200 }),
      (chances) => {
        const windowFrom = new Date("2026-01-01T00:00:00Z");
        let now = windowFrom;
        for (const [index, random] of chances.entries()) {
          const step = nextStep({ delivered: false, attempt: index + 1, windowFrom, now, random, retryAfterMs: null });
          if (step.state === "dead") {
            assert.equal(now.getTime() - windowFrom.getTime(), RETRY_WINDOW_MS);
            assert.ok(index >= 24 && index <= 60, `${index + 1} attempts`);
            return;
          }
          assert.ok(step.state === "waiting" && step.nextAt > now);
          now = step.nextAt;
        }
        assert.fail("never gave up");
      },
    ),
  );
});
