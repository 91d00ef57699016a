import type { Day } from "../../kernel/period.ts";
import type { PayeeOfProgram, Serving } from "../contracts.ts";

/** Who is paid on a day: a program's own payee, and the payee of all the others. */
export function servingOn(all: readonly Serving[], day: Day): readonly PayeeOfProgram[] {
  return all
    .filter((one) => one.validFrom <= day && (one.validTo === null || one.validTo > day))
    .map(({ partnerId, programId, payeeId }) => ({ partnerId, programId, payeeId }));
}

/** A program's own payee goes before the one of all programs. @returns undefined: nobody is named, so nobody is paid */
export function payeeFor(
  all: readonly PayeeOfProgram[],
  partnerId: string,
  programId: string | null,
): string | undefined {
  const of = all.filter((one) => one.partnerId === partnerId);
  const own = programId === null ? undefined : of.find((one) => one.programId === programId);
  return (own ?? of.find((one) => one.programId === null))?.payeeId;
}

/** Days of one partner and program of which it is not said who is paid. */
export interface Gap {
  readonly partnerId: string;
  readonly programId: string | null;
  readonly from: Day;
  /** Exclusive; null: open. */
  readonly to: Day | null;
}

interface Stretch {
  readonly from: Day;
  readonly to: Day | null;
}

/**
 * Where nobody is named for a partner's programs from a day on.
 * @param programIds the programs it works in; none: it is asked about as a whole
 */
export function gapsOf(
  partnerId: string,
  programIds: readonly string[],
  servings: readonly Serving[],
  from: Day,
): readonly Gap[] {
  const own = servings.filter((one) => one.partnerId === partnerId);
  const asked = programIds.length === 0 ? [null] : programIds;
  const gaps = asked.flatMap((programId) => {
    const covering = own.filter((one) => one.programId === null || one.programId === programId);
    return uncovered(covering.map(stretchOf), from).map((gap) => ({ partnerId, programId, ...gap }));
  });
  // The same days for every program are one gap of the partner.
  const [first] = gaps;
  const same = gaps.every((one) => one.from === first?.from && one.to === first.to);
  return first !== undefined && same && gaps.length === asked.length ? [{ ...first, programId: null }] : gaps;
}

function stretchOf(one: Serving): Stretch {
  return { from: one.validFrom, to: one.validTo };
}

function uncovered(stretches: readonly Stretch[], from: Day): Stretch[] {
  const gaps: Stretch[] = [];
  let at: Day | null = from;
  for (const one of stretches.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (at === null) break;
    if (one.to !== null && one.to <= at) continue;
    if (one.from > at) gaps.push({ from: at, to: one.from });
    at = one.to;
  }
  if (at !== null) gaps.push({ from: at, to: null });
  return gaps;
}
