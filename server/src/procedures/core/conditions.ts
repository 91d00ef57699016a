import type {
  DecisionCondition,
  FactCondition,
  GateCondition,
  ProcedureDefinition,
  ProcedureStage,
  ProcedureTask,
  ProcedureText,
  ProcedureWhen,
} from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { FactParameters } from "../contracts.ts";
import type { Traits } from "./state.ts";

/** A fact with its parameters, as one name: `risk.rated` or `risk.rated {"max":"medium"}`. */
export function factKey(condition: { readonly fact: string; readonly with?: FactParameters | undefined }): string {
  const parameters = condition.with ?? {};
  return Object.keys(parameters).length === 0 ? condition.fact : `${condition.fact} ${canonicalJson(parameters)}`;
}

export function isDecision(condition: GateCondition): condition is DecisionCondition {
  return "decision" in condition;
}

/** What a condition is called in a case: the decision's key, or the fact with its parameters. */
export function conditionKey(condition: GateCondition): string {
  return isDecision(condition) ? condition.decision : factKey(condition);
}

/** A text in a language, else in English, else in any. */
export function textIn(text: ProcedureText, language: string): string {
  if (typeof text === "string") return text;
  return text[language] ?? text.en ?? Object.values(text)[0] ?? "";
}

/**
 * Does a step hold for somebody? All named properties must fit. What is not known of somebody fits: a check that might be needed is asked for until it is
 * known that it is not.
 */
export function applies(when: ProcedureWhen | undefined, traits: Traits): boolean {
  if (when === undefined) return true;
  const fits = (wanted: readonly string[] | string | undefined, is: string | undefined) =>
    wanted === undefined || is === undefined || wanted.includes(is);
  return (
    fits(when.kind, traits.kind) &&
    fits(when.entity === undefined ? undefined : [when.entity], traits.entity) &&
    fits(when.country, traits.country) &&
    fits(when.region, traits.region) &&
    fits(when.program, traits.program) &&
    fits(when.risk, traits.risk)
  );
}

export function stageOf(definition: ProcedureDefinition, key: string): ProcedureStage {
  const stage = definition.stages.find((one) => one.key === key);
  if (stage === undefined) throw new Error(`${definition.procedure} has no stage ${key}`);
  return stage;
}

export function nextStage(definition: ProcedureDefinition, key: string): ProcedureStage | undefined {
  return definition.stages[definition.stages.indexOf(stageOf(definition, key)) + 1];
}

export function tasksFor(stage: ProcedureStage, traits: Traits): readonly ProcedureTask[] {
  return stage.tasks.filter((task) => applies(task.when, traits));
}

export function conditionsFor(stage: ProcedureStage, traits: Traits): readonly GateCondition[] {
  return stage.gate.filter((condition) => applies(condition.when, traits));
}

/** The facts that a stage asks for, each once: of its gate and of tasks that are done by themselves. */
export function factsFor(
  stage: ProcedureStage,
  traits: Traits,
): ReadonlyMap<string, Pick<FactCondition, "fact" | "with">> {
  const conditions = conditionsFor(stage, traits).filter((condition) => !isDecision(condition));
  const tasks = tasksFor(stage, traits).flatMap(({ doneBy }) => (doneBy === undefined ? [] : [doneBy]));
  const asked = new Map<string, Pick<FactCondition, "fact" | "with">>();
  for (const one of [...conditions, ...tasks]) if ("fact" in one) asked.set(factKey(one), one);
  return asked;
}
