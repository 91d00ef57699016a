import type { RunLevel, RunState, RunStep } from "@tributary/contract";

interface Stage {
  readonly to: RunState | null;
  /** What leads on: work that the worker does once it is asked for, approvals of all partners, payment, or a person's word alone. */
  readonly by: RunStep | RunLevel | "payment" | "person" | null;
  /** Where it may be sent back to, with a comment. */
  readonly back: readonly RunState[];
}

/**
 * The life of a commission run. Statements are closed on the way to `validated` and never change afterwards: from there on a run goes back to
 * `validated` at most, and what was wrong is put right by adjustments in the open month, or the partner is left out.
 */
export const RUN_LIFE: Readonly<Record<RunState, Stage>> = {
  open: { to: "frozen", by: "freeze", back: [] },
  frozen: { to: "calculated", by: "calculate", back: ["open"] },
  calculated: { to: "validated", by: "validate", back: ["open", "frozen"] },
  validated: { to: "regionally_approved", by: "regional", back: [] },
  regionally_approved: { to: "centrally_approved", by: "central", back: ["validated"] },
  centrally_approved: { to: "finance_approved", by: "finance", back: ["validated", "regionally_approved"] },
  finance_approved: { to: "paid", by: "payment", back: [] },
  paid: { to: "closed", by: "person", back: [] },
  closed: { to: null, by: null, back: [] },
  cancelled: { to: null, by: null, back: [] },
};

export const LEVELS = ["regional", "central", "finance"] as const satisfies readonly RunLevel[];

/** The level whose approvals a state waits for. */
export function levelAt(state: RunState): RunLevel | null {
  const { by } = RUN_LIFE[state];
  return LEVELS.find((level) => level === by) ?? null;
}

/** The state that a level's last approval leads to. */
export function stateAfter(level: RunLevel): RunState {
  if (level === "regional") return "regionally_approved";
  return level === "central" ? "centrally_approved" : "finance_approved";
}

/** Levels whose approvals fall when a run goes back to a state: all that come after it. */
export function levelsAfter(state: RunState): readonly RunLevel[] {
  if (state === "regionally_approved") return ["central", "finance"];
  if (state === "centrally_approved") return ["finance"];
  return LEVELS;
}

/** May a run still be given up? As long as no statement was closed for it. */
export function mayCancel(state: RunState): boolean {
  return state === "open" || state === "frozen" || state === "calculated";
}
