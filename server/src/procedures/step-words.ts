import type { ProcedureDefinition } from "@tributary/contract";
import { conditionKey, textIn } from "./core/conditions.ts";
import type { Step } from "./core/state.ts";

/** What a step of a history is about, in the words of the procedure, and what was said with it. */
export function aboutStep(
  definition: ProcedureDefinition,
  step: Step,
  language: string,
): { readonly about: string; readonly text: string } {
  const words = (key: string) => titleOf(definition, key, language);
  switch (step.kind) {
    case "task_done":
      return { about: words(step.task), text: step.sentence };
    case "task_open":
      return { about: words(step.task), text: step.reason };
    case "ticked":
    case "unticked":
      return { about: words(step.task), text: itemOf(definition, step.task, step.item, language) };
    case "signed":
      return { about: words(step.decision), text: step.comment };
    case "withdrawn":
      return { about: words(step.decision), text: step.reason };
    case "fact":
      return { about: words(step.key), text: step.answer.sentence };
    case "waiver_proposed":
      return { about: words(step.condition), text: `${step.reason} (${step.until})` };
    case "waiver_ended":
      return { about: words(step.condition), text: "" };
    case "gate_shut":
    case "gate_opened":
      return { about: words(step.condition), text: step.sentence };
    case "waiver_signed":
    case "waiver_declined":
      return { about: "", text: step.comment };
    case "passed":
      return { about: stageTitle(definition, step.to, language), text: "" };
    case "sent_back":
      return { about: stageTitle(definition, step.to, language), text: step.reason };
    case "migrated":
      return { about: stageTitle(definition, step.to, language), text: "" };
    case "dropped":
    case "reopened":
      return { about: "", text: step.reason };
    case "escalated":
      return { about: step.to, text: step.note };
    case "evidence_added":
      return { about: step.title, text: `SHA-256 ${step.sha256.slice(0, 16)}…` };
    case "traits":
      return { about: "", text: Object.values(step.traits).join(", ") };
    default:
      return { about: "", text: "" };
  }
}

function stageTitle(definition: ProcedureDefinition, key: string, language: string): string {
  const stage = definition.stages.find((one) => one.key === key);
  return stage === undefined ? key : textIn(stage.title, language);
}

/** A task, decision or fact by its title; a fact without one by its name. */
export function titleOf(definition: ProcedureDefinition, key: string, language: string): string {
  for (const stage of definition.stages) {
    const task = stage.tasks.find((one) => one.key === key);
    if (task !== undefined) return textIn(task.title, language);
    const condition = stage.gate.find((one) => conditionKey(one) === key);
    if (condition?.title !== undefined) return textIn(condition.title, language);
  }
  return key;
}

function itemOf(definition: ProcedureDefinition, task: string, item: string, language: string): string {
  const found = definition.stages
    .flatMap(({ tasks }) => tasks)
    .find(({ key }) => key === task)
    ?.checklist.find(({ key }) => key === item);
  return found === undefined ? item : textIn(found.title, language);
}
