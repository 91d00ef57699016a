import type { ProcedureDefinition } from "@tributary/contract";
import type { FactAnswer } from "../contracts.ts";
import type { Moment } from "./act.ts";
import {
  conditionKey,
  conditionsFor,
  factKey,
  factsFor,
  isDecision,
  nextStage,
  stageOf,
  tasksFor,
} from "./conditions.ts";
import { gateOf, shutAgainOf } from "./gate.ts";
import type { CaseEvent, CaseState } from "./state.ts";

/** A fact to ask, with its parameters. */
export type Question = ReturnType<typeof factsFor> extends ReadonlyMap<string, infer Asked> ? Asked : never;

/** What has to be asked now: the facts of the stage that a case is in, and those behind it that a waiver stands for. */
export function questionsOf(definition: ProcedureDefinition, state: CaseState): ReadonlyMap<string, Question> {
  const asked = new Map<string, Question>();
  if (state.status === "running")
    for (const [key, one] of factsFor(stageOf(definition, state.stage), state.traits)) asked.set(key, one);
  if (state.status !== "dropped")
    for (const { stage, waived } of state.passed)
      for (const condition of conditionsFor(stageOf(definition, stage), state.traits))
        if (!isDecision(condition) && waived.includes(conditionKey(condition)))
          asked.set(factKey(condition), condition);
  return asked;
}

/** Answers that say something else than the last time. */
export function newAnswers(state: CaseState, answers: ReadonlyMap<string, FactAnswer>): readonly CaseEvent[] {
  const events: CaseEvent[] = [];
  for (const [key, answer] of answers) {
    const known = state.facts[key];
    if (known === undefined || known.holds !== answer.holds || textOf(known) !== textOf(answer))
      events.push({ kind: "fact", key, answer });
  }
  return events;
}

const textOf = ({ code, sentence, until }: FactAnswer): string => `${code}\n${sentence}\n${until}`;

/** Tasks that a fact has ended since, or opened again. */
export function tasksByFacts(definition: ProcedureDefinition, state: CaseState): readonly CaseEvent[] {
  if (state.status !== "running") return [];
  return tasksFor(stageOf(definition, state.stage), state.traits).flatMap((task): readonly CaseEvent[] => {
    if (task.doneBy === undefined) return [];
    const answer = state.facts[factKey(task.doneBy)];
    const isDone = state.tasks[task.key] !== undefined;
    if (answer?.holds === true && !isDone)
      return [{ kind: "task_done", task: task.key, by: "fact", sentence: answer.sentence }];
    if (answer?.holds !== true && isDone)
      return [{ kind: "task_open", task: task.key, reason: answer?.sentence ?? "" }];
    return [];
  });
}

/** Waivers whose last day is over; `shut` when nothing else keeps the gate open that it opened. */
export function endedWaivers(definition: ProcedureDefinition, state: CaseState, day: string): readonly CaseEvent[] {
  const ended = state.waivers.filter((one) => one.state === "signed" && one.until < day);
  if (ended.length === 0) return [];
  const shut = shutAgainOf(definition, state, day).map((one) => `${one.stage} ${one.condition.key}`);
  const here =
    state.status === "running"
      ? gateOf(definition, state, day)
          .conditions.filter(({ holds }) => !holds)
          .map(({ key }) => `${state.stage} ${key}`)
      : [];
  return ended.map(({ waiver, stage, condition }) => {
    const key = `${stage} ${condition}`;
    return { kind: "waiver_ended", waiver, condition, shut: shut.includes(key) || here.includes(key) };
  });
}

/** Gates behind a case that are shut again since the last look, or open again. */
export function gatesBehind(definition: ProcedureDefinition, state: CaseState, day: string): readonly CaseEvent[] {
  if (state.status === "dropped") return [];
  const now = new Map(shutAgainOf(definition, state, day).map((one) => [`${one.stage} ${one.condition.key}`, one]));
  const shut = [...now]
    .filter(([key]) => !state.shut.includes(key))
    .map(([, { stage: gate, condition }]): CaseEvent => {
      return { kind: "gate_shut", gate, condition: condition.key, sentence: condition.sentence };
    });
  const opened = state.shut
    .filter((key) => !now.has(key))
    .map((key): CaseEvent => {
      const at = key.indexOf(" ");
      return { kind: "gate_opened", gate: key.slice(0, at), condition: key.slice(at + 1), sentence: "" };
    });
  return [...shut, ...opened];
}

/**
 * The one way on: through an open gate, right after its facts were asked.
 * @returns nothing while the gate is shut
 */
export function passGate(
  definition: ProcedureDefinition,
  state: CaseState,
  answered: ReadonlySet<string>,
  moment: Moment,
): readonly CaseEvent[] {
  if (state.status !== "running") return [];
  // a gate never opens on what was seen another time
  for (const key of questionsOf(definition, state).keys()) if (!answered.has(key)) return [];
  const gate = gateOf(definition, state, moment.day);
  if (!gate.open) return [];
  const waived = gate.conditions.filter(({ how }) => how === "waived").map(({ key }) => key);
  const next = nextStage(definition, state.stage);
  if (next === undefined) return [{ kind: "finished", waived }];
  return [{ kind: "passed", to: next.key, dueAt: moment.dueOf(next.key), waived }];
}
