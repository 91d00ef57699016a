const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a delivery is tried before it is given up (it can still be resent by hand). */
export const RETRY_WINDOW_MS = 72 * HOUR;
const FIRST_WAIT_MS = 10 * SECOND;
const LONGEST_WAIT_MS = 4 * HOUR;

/**
 * How long to wait after the n-th failed attempt: 10 s, 20 s, 40 s … doubled up to 4 hours, each with "equal jitter" (half fixed, half
 * random), so that a receiver that comes back is not met by everything at once. A receiver's Retry-After lengthens the wait, up to 4 hours.
 * About 28 attempts fit into the 72 hours.
 * @param attempt 1 for the first
 * @param random in [0, 1)
 */
export function waitAfter(attempt: number, random: number, retryAfterMs: number | null = null): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 30), LONGEST_WAIT_MS);
  const jittered = Math.round(full / 2 + (full / 2) * random);
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS));
}

export type NextStep =
  | { readonly state: "delivered" }
  | { readonly state: "waiting"; readonly nextAt: Date }
  | { readonly state: "dead" };

/** What becomes of a delivery after an attempt. The last attempt is made at the very end of the window rather than a wait before it. */
export function nextStep(input: {
  readonly delivered: boolean;
  readonly attempt: number;
  readonly windowFrom: Date;
  readonly now: Date;
  readonly random: number;
  readonly retryAfterMs: number | null;
}): NextStep {
  if (input.delivered) return { state: "delivered" };
  const end = input.windowFrom.getTime() + RETRY_WINDOW_MS;
  if (input.now.getTime() >= end) return { state: "dead" };
  const next = input.now.getTime() + waitAfter(input.attempt, input.random, input.retryAfterMs);
  return { state: "waiting", nextAt: new Date(Math.min(next, end)) };
}
