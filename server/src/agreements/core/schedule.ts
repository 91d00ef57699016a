import type { AgreementPhase, ScheduleSegment } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import { type TermsRange, termsInForce } from "./precedence.ts";

/**
 * Precedence, printed: the days from the first accepted terms on, cut wherever the version in force changes, with the versions that cover the
 * same days and lose because their number is lower (see precedence.ts).
 */
export function scheduleOf(accepted: readonly TermsRange[]): ScheduleSegment[] {
  const cuts = [
    ...new Set(accepted.flatMap((one) => (one.validTo === null ? [one.validFrom] : [one.validFrom, one.validTo]))),
  ].sort();
  const segments: ScheduleSegment[] = [];
  for (const [index, from] of cuts.entries()) {
    const winner = termsInForce(accepted, from);
    const overruled = accepted
      .filter((one) => one !== winner && one.validFrom <= from && (one.validTo === null || from < one.validTo))
      .map((one) => one.version)
      .sort((a, b) => b - a);
    const segment = { from, to: cuts[index + 1] ?? null, version: winner?.version ?? null, overruled };
    const last = segments.at(-1);
    const goesOn =
      last !== undefined && last.version === segment.version && String(last.overruled) === String(overruled);
    if (goesOn) segments[segments.length - 1] = { ...last, to: segment.to };
    else segments.push(segment);
  }
  // After the last end there are no terms: that goes without saying.
  return segments.at(-1)?.version === null ? segments.slice(0, -1) : segments;
}

/** Where signed terms stand on a day. */
export function phaseOf(version: TermsRange, schedule: readonly ScheduleSegment[], today: Day): AgreementPhase {
  const own = schedule.filter((segment) => segment.version === version.version);
  if (own.some((segment) => segment.from <= today && (segment.to === null || today < segment.to))) return "active";
  if (own.some((segment) => segment.from > today)) return "scheduled";
  return version.validTo === null || version.validTo > today ? "superseded" : "ended";
}

/** What applies after the segment of today: the next change that is signed already. */
export function nextSegment(schedule: readonly ScheduleSegment[], today: Day): ScheduleSegment | undefined {
  return schedule.find((segment) => segment.from > today);
}
