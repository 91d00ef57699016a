import type { ProcedureDefinition, ProcedureRole } from "@tributary/contract";
import { stageOf, tasksFor } from "./conditions.ts";
import { gateOf } from "./gate.ts";
import type { CaseState } from "./state.ts";

/** One thing that a case waits for. */
export interface Wait {
  readonly stage: string;
  readonly kind: "task" | "decision" | "fact" | "waiver";
  readonly key: string;
  readonly role: ProcedureRole;
  readonly dueAt: Date | null;
}

/** All that a case waits for, and on whom. A fact that a task brings about is waited for by the task alone. */
export function waitsOf(
  definition: ProcedureDefinition,
  state: CaseState,
  day: string,
  dueOf: (stage: string, task: string) => Date | null,
): readonly Wait[] {
  if (state.status === "dropped") return [];
  const waits: Wait[] = [];
  for (const { waiver, stage, state: is } of state.waivers)
    if (is === "proposed") waits.push({ stage, kind: "waiver", key: waiver, role: "approver", dueAt: state.dueAt });
  const gate = gateOf(definition, state, day);
  for (const { stage, condition } of gate.shutAgain)
    waits.push({ stage, kind: condition.kind, key: condition.key, role: condition.role, dueAt: state.dueAt });
  if (state.status === "finished") return waits;
  const stage = stageOf(definition, state.stage);
  const brought = new Set<string>();
  for (const task of tasksFor(stage, state.traits)) {
    if (state.tasks[task.key] !== undefined) continue;
    if (task.doneBy !== undefined) brought.add(task.doneBy.fact);
    const dueAt = dueOf(stage.key, task.key) ?? state.dueAt;
    if (task.required) waits.push({ stage: stage.key, kind: "task", key: task.key, role: task.owner, dueAt });
  }
  for (const { holds, kind, key, role, condition } of gate.conditions)
    if (!holds && !("fact" in condition && brought.has(condition.fact)))
      waits.push({ stage: stage.key, kind, key, role, dueAt: state.dueAt });
  return waits;
}
