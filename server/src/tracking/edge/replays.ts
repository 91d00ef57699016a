import { SIGNATURE_TOLERANCE_MS } from "../events/signature.ts";

/**
 * How long a signature is remembered: longer than one of ours is good, which may lie in the future as far as in the past. Platforms' own
 * signatures carry no time; within this one a repetition of theirs, or of whoever saw it, reaches nothing either.
 */
const REMEMBERED_MS = 2 * SIGNATURE_TOLERANCE_MS;
const MOST = 1_000_000;

/**
 * Signed calls that this process has received. One that comes again, from the sender whose answer was lost or from somebody who recorded it, is
 * answered with the receipt of the first time and reaches nothing. Beyond a million in ten minutes the oldest are forgotten; what they say
 * is a duplicate then.
 */
export class Replays {
  readonly #receipts = new Map<string, { readonly receipt: string; readonly until: number }>();

  /** The receipt of the same call; undefined: it comes for the first time. */
  receiptOf(signature: string, nowMs: number): string | undefined {
    const found = this.#receipts.get(signature);
    return found !== undefined && found.until > nowMs ? found.receipt : undefined;
  }

  note(signature: string, receipt: string, nowMs: number): void {
    this.#forget(nowMs);
    this.#receipts.set(signature, { receipt, until: nowMs + REMEMBERED_MS });
  }

  /** They stand in the order of their arrival. */
  #forget(nowMs: number): void {
    for (const [signature, { until }] of this.#receipts) {
      if (until > nowMs && this.#receipts.size < MOST) return;
      this.#receipts.delete(signature);
    }
  }
}
