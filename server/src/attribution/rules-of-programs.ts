import type { Db } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { programById } from "../programs/index.ts";
import type { AttributionRules, RulesVersion } from "./contracts.ts";
import { readRules } from "./core/rules.ts";
import { type RulesTimeline, rulesOn, rulesTimeline } from "./core/timeline.ts";
import { rulesVersions } from "./store/rules-versions.ts";

/** What attribution has to know of a program. */
export interface ProgramRules {
  readonly timeZone: string;
  readonly timeline: RulesTimeline;
}

/** A program as its room tells of it; `attribution` are the rules with which it began. */
export interface RuledProgram {
  readonly programId: string;
  readonly timeZone: string;
  readonly attribution: unknown;
}

/** The rules of programs with all their versions. Until they are changed for the first time, a program's own are version 1. */
export async function rulesOfPrograms(
  db: Db,
  programs: readonly RuledProgram[],
): Promise<ReadonlyMap<string, ProgramRules>> {
  const stored = Map.groupBy(
    await rulesVersions(
      db,
      programs.map((program) => program.programId),
    ),
    (one) => one.programId,
  );
  return new Map(
    programs.map((program) => {
      const versions = stored.get(program.programId) ?? [firstVersion(program)];
      return [program.programId, { timeZone: program.timeZone, timeline: rulesTimeline(versions) }];
    }),
  );
}

/** How long a visitor's browser has to remember, in days. */
export interface TouchDays {
  readonly clickDays: number;
  /** null: impressions are not used */
  readonly impressionDays: number | null;
}

/** The longest windows of the rules that hold today or will, by program. */
export async function touchDaysOf(
  db: Db,
  programs: readonly RuledProgram[],
  now: Date,
): Promise<ReadonlyMap<string, TouchDays>> {
  const days = new Map<string, TouchDays>();
  for (const [programId, { timeZone, timeline }] of await rulesOfPrograms(db, programs)) {
    const today = dayOf(now, timeZone);
    const inForce = rulesOn(timeline, today);
    const versions = timeline.versions.filter(
      (one) => one === inForce || (one.validFrom !== null && one.validFrom > today),
    );
    const { needs } = rulesTimeline(versions);
    const uses = versions.some((one) => one.rules.priority.includes("impression"));
    days.set(programId, { clickDays: needs.windowDays, impressionDays: uses ? needs.impressionWindowDays : null });
  }
  return days;
}

/** The rules with which a program began, as its version 1. */
export function firstVersion(program: RuledProgram): RulesVersion {
  return { version: 1, rules: readRules(program.attribution), validFrom: null, validUntil: null };
}

/** The rules as they stand in a version of the program's. */
export async function rulesVersion(db: Db, programId: string, version: number): Promise<AttributionRules | undefined> {
  const program = await programById(db, programId);
  if (program === undefined) return undefined;
  const [rules] = (await rulesOfPrograms(db, [program])).values();
  return rules?.timeline.versions.find((one) => one.version === version)?.rules;
}
