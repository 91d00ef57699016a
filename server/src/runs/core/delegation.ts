import type { RunLevel } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";

export interface Delegated {
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly validFrom: Day;
  /** The last day. */
  readonly validTo: Day;
  readonly levels: readonly RunLevel[];
  readonly endedAt: Date | null;
}

/** People that somebody may stand in for at a level today. A right that was handed on is not handed on again. */
export function standsInFor(person: string, level: RunLevel, today: Day, all: readonly Delegated[]): readonly string[] {
  const mine = all.filter(
    (one) =>
      one.toUserId === person &&
      one.endedAt === null &&
      one.levels.includes(level) &&
      one.validFrom <= today &&
      today <= one.validTo,
  );
  return [...new Set(mine.map((one) => one.fromUserId))].sort();
}
