import type { Context } from "../../database/index.ts";
import { type Day, dayOf } from "../../kernel/period.ts";
import type { FactAnswer, FactEvidence, Subject } from "../../procedures/index.ts";
import { programById } from "../../programs/index.ts";

type Values = Readonly<Record<string, string | number>>;

interface More {
  readonly values?: Values;
  readonly evidence?: readonly FactEvidence[];
  readonly until?: string | null;
}

/** The fact holds. @param sentence English, a whole sentence */
export function holds(code: string, sentence: string, more: More = {}): FactAnswer {
  return answer(true, code, sentence, more);
}

/** The fact does not hold, and the sentence says why. */
export function fails(code: string, sentence: string, more: More = {}): FactAnswer {
  return answer(false, code, sentence, more);
}

function answer(verdict: boolean, code: string, sentence: string, more: More): FactAnswer {
  return {
    holds: verdict,
    code,
    values: more.values ?? {},
    sentence,
    evidence: more.evidence ?? [],
    until: more.until ?? null,
  };
}

export function seen(what: string, id: string | null, text: string, screen: string | null): FactEvidence {
  return { what, id, text, screen };
}

/** A lead has none of what partners are asked about. @throws Error: procedures about leads may not name these facts */
export function partnerOf(subject: Subject): string {
  if (subject.kind !== "partner") throw new Error(`A ${subject.kind} is asked about facts of partners`);
  return subject.id;
}

/** Today where the case's program is; without one, in UTC. */
export async function todayOf(ctx: Context, programId: string | null): Promise<Day> {
  const program = programId === null ? undefined : await programById(ctx.db, programId);
  return dayOf(ctx.clock.now(), program?.timeZone ?? "UTC");
}

/** `a, b and c`, for sentences. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
