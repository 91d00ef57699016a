import type { ProcedureDefinition, ProcedureTask } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { applies, isDecision, stageOf } from "./conditions.ts";
import type { CaseState } from "./state.ts";

/** Where a case comes to lie on another version, and what of it still counts. */
export interface Move {
  readonly to: string;
  /** same: its own stage; chosen: as somebody said; nearest: the first that it has not been through. */
  readonly how: "same" | "chosen" | "nearest";
  readonly kept: readonly string[];
  readonly fresh: readonly string[];
  readonly gone: readonly string[];
  readonly signed: readonly string[];
  readonly void: readonly string[];
  /** Stages behind it that stay passed. */
  readonly passed: readonly string[];
}

/**
 * Nothing is passed over: a stage of the new version that lies before the one that the case was in, and that it has not been through, comes first.
 * @param chosen old stage → new stage, where somebody said so
 */
export function moveTo(
  from: ProcedureDefinition,
  to: ProcedureDefinition,
  state: CaseState,
  chosen: Readonly<Record<string, string>>,
): Move {
  const { stage, how } = landing(from, to, state, chosen);
  const before = to.stages.slice(0, to.stages.indexOf(stageOf(to, stage))).map(({ key }) => key);
  const tasks = tasksOf(to);
  const olds = tasksOf(from);
  const done = Object.keys(state.tasks);
  const kept = done.filter((key) => counts(olds.get(key), tasks.get(key), state));
  const here = stageOf(to, stage).tasks.filter((task) => applies(task.when, state.traits));
  const signed = decisionsThatCount(to, state, kept);
  return {
    to: stage,
    how,
    kept,
    fresh: here.map(({ key }) => key).filter((key) => !olds.has(key)),
    gone: [...olds.keys()].filter((key) => !tasks.has(key)),
    signed,
    void: Object.keys(state.decisions).filter((key) => !signed.includes(key)),
    passed: before,
  };
}

function landing(
  from: ProcedureDefinition,
  to: ProcedureDefinition,
  state: CaseState,
  chosen: Readonly<Record<string, string>>,
): { readonly stage: string; readonly how: Move["how"] } {
  const keys = to.stages.map(({ key }) => key);
  const wish = chosen[state.stage];
  const passed = new Set(state.passed.map(({ stage }) => stage));
  const wanted = wish !== undefined && keys.includes(wish) ? wish : nearest(from, keys, state.stage);
  const missed = keys.slice(0, keys.indexOf(wanted)).find((key) => !passed.has(key));
  if (missed !== undefined) return { stage: missed, how: "nearest" };
  return { stage: wanted, how: wanted === state.stage ? "same" : wanted === wish ? "chosen" : "nearest" };
}

/** Its own stage, else the last one before it that is still there, else the first. */
function nearest(from: ProcedureDefinition, keys: readonly string[], stage: string): string {
  const olds = from.stages.map(({ key }) => key);
  const back = olds.slice(0, olds.indexOf(stage) + 1).findLast((key) => keys.includes(key));
  const found = back ?? keys[0];
  if (found === undefined) throw new Error("a procedure has a stage");
  return found;
}

const tasksOf = (definition: ProcedureDefinition): ReadonlyMap<string, ProcedureTask> =>
  new Map(definition.stages.flatMap(({ tasks }) => tasks.map((task) => [task.key, task])));

/** What was done counts while it is the same work: the same owner, nothing more to tick, ended by the same fact. */
function counts(old: ProcedureTask | undefined, now: ProcedureTask | undefined, state: CaseState): boolean {
  if (old === undefined || now === undefined || old.owner !== now.owner) return false;
  if (canonicalJson(old.doneBy) !== canonicalJson(now.doneBy)) return false;
  const ticked = state.ticks[now.key] ?? [];
  return now.doneBy !== undefined || now.checklist.every(({ key }) => ticked.includes(key));
}

/** A signature counts while the decision asks for no more than it gave: the evidence, other people than those that it names. */
function decisionsThatCount(to: ProcedureDefinition, state: CaseState, tasks: readonly string[]): readonly string[] {
  const decisions = to.stages.flatMap(({ gate }) => gate.filter(isDecision));
  const counting = new Set<string>();
  const byWhom = (key: string): string | undefined =>
    (counting.has(key) ? state.decisions[key]?.person : undefined) ??
    (tasks.includes(key) ? state.tasks[key]?.person : undefined);
  for (const decision of decisions) {
    const signature = state.decisions[decision.decision];
    if (signature === undefined) continue;
    const proved = decision.evidence === "optional" || signature.evidence.length > 0;
    const naming = decisions.filter((one) => one.otherThan.includes(decision.decision)).map((one) => one.decision);
    const same = [...decision.otherThan, ...naming].some((other) => byWhom(other) === signature.person);
    if (proved && !same) counting.add(decision.decision);
  }
  return [...counting];
}
