import type { Run, RunMark, RunState } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const STATE_TONES: Readonly<Record<RunState, Tone>> = {
  open: "quiet",
  frozen: "info",
  calculated: "info",
  validated: "warn",
  regionally_approved: "warn",
  centrally_approved: "warn",
  finance_approved: "good",
  paid: "good",
  closed: "quiet",
  cancelled: "quiet",
};

export const SEVERITY_TONES: Readonly<Record<RunMark["severity"], Tone>> = {
  block: "bad",
  warn: "warn",
  info: "quiet",
};

export const CAUSES = ["volume", "mix", "tier", "rate", "adjustment", "earlier"] as const;

/** Everything that a change of a run may touch on other screens. */
export const TOUCHED = ["runs", "statements", "audit"] as const;

/** The last day of a half-open period. */
export function lastDayOf(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** One month as its name, everything else by its first and last day. */
export function periodText(run: Pick<Run, "from" | "to" | "mode" | "months">, day: (iso: string) => string): string {
  const [only] = run.months;
  if (run.mode === "statement" && run.months.length === 1 && only !== undefined) return day(only);
  return `${day(run.from)} – ${day(lastDayOf(run.to))}`;
}

export function difference(after: string, before: string): string {
  return String(BigInt(after) - BigInt(before));
}

/** Percent of a change, one decimal; null when there was nothing before. */
export function percentOf(change: string, before: string): number | null {
  const whole = BigInt(before);
  if (whole === 0n) return null;
  return Number((BigInt(change) * 1_000n) / (whole < 0n ? -whole : whole)) / 1_000;
}
