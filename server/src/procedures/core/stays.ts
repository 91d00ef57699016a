import type { Step } from "./state.ts";

/** A time in a stage. */
export interface Stay {
  /** Of the step that began it. */
  readonly number: number;
  readonly stage: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly how: "passed" | "sent_back" | "dropped" | "migrated" | null;
  readonly dueAt: Date | null;
}

/** The times in stages of a case, from its history. */
export function staysOf(history: readonly Step[]): readonly Stay[] {
  const stays: Stay[] = [];
  let undone: readonly Stay[] = [];
  const end = (at: Date, how: Stay["how"]) => {
    const last = stays.at(-1);
    if (last?.until === null) stays[stays.length - 1] = { ...last, until: at, how };
  };
  const begin = (step: Step, stage: string, dueAt: string | null) => {
    stays.push({
      number: step.number,
      stage,
      from: step.at,
      until: null,
      how: null,
      dueAt: dueAt === null ? null : new Date(dueAt),
    });
  };
  for (const step of history) {
    if (step.kind === "started" || step.kind === "reopened") begin(step, step.stage, step.dueAt);
    else if (step.kind === "passed" || step.kind === "sent_back") {
      end(step.at, step.kind);
      begin(step, step.to, step.dueAt);
    } else if (step.kind === "finished") end(step.at, "passed");
    else if (step.kind === "dropped") end(step.at, "dropped");
    else if (step.kind === "migrated") {
      undone = [...stays];
      if (step.to === step.stage) continue;
      end(step.at, "migrated");
      begin(step, step.to, step.dueAt);
    } else if (step.kind === "migration_undone") stays.splice(0, stays.length, ...undone);
  }
  return stays;
}
