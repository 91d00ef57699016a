import type { Threshold } from "../contracts.ts";

/**
 * Whether an amount is paid, or waits for more. `exceeds` 100: 100.00 waits, 100.01 is paid; `at_least` 100: 100.00 is paid.
 * @throws when the amount is of another currency than the threshold: the caller converts it first
 */
export function thresholdMet(threshold: Threshold | null, minor: bigint, currency: string): boolean {
  if (threshold === null) return minor > 0n;
  if (threshold.currency !== currency)
    throw new Error(`a threshold of ${threshold.currency} cannot be compared with ${currency}`);
  return threshold.kind === "exceeds" ? minor > threshold.minor : minor >= threshold.minor && minor > 0n;
}
