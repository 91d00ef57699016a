import type { GateCondition, ProcedureDefinition, ProcedureRole, ProcedureStage } from "@tributary/contract";
import type { FactAnswer } from "../contracts.ts";
import { conditionKey, conditionsFor, factKey, isDecision, stageOf, tasksFor, textIn } from "./conditions.ts";
import type { CaseState, Signature, Waiver } from "./state.ts";

/** Whether a condition of a gate holds, how, and if not, the sentence why. */
export interface ConditionState {
  readonly key: string;
  readonly kind: "fact" | "decision";
  readonly holds: boolean;
  readonly how: "fact" | "signed" | "waived" | null;
  readonly role: ProcedureRole;
  /** Which sentence, for screens: a fact's own code, or one of `not_asked`, `not_signed`, `refused`, `signed`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly sentence: string;
  readonly answer: (FactAnswer & { readonly at: Date }) | null;
  readonly signature: Signature | null;
  readonly waiver: Waiver | null;
  readonly condition: GateCondition;
}

/** Required tasks of a stage that are still to be done. */
export interface GateState {
  readonly open: boolean;
  readonly conditions: readonly ConditionState[];
  readonly tasks: readonly string[];
  /** Conditions of stages behind it that only a waiver opened, and that hold no more. */
  readonly shutAgain: readonly { readonly stage: string; readonly condition: ConditionState }[];
}

/**
 * What keeps a case where it is.
 * @param day today in the calendar of the case, ISO date: waivers and facts with an end are compared with it
 */
export function gateOf(definition: ProcedureDefinition, state: CaseState, day: string): GateState {
  const stage = stageOf(definition, state.stage);
  const conditions = conditionsFor(stage, state.traits).map((one) => conditionState(state, stage, one, day));
  const tasks = tasksFor(stage, state.traits)
    .filter((task) => task.required && state.tasks[task.key] === undefined)
    .map((task) => task.key);
  const shutAgain = shutAgainOf(definition, state, day);
  const open = tasks.length === 0 && shutAgain.length === 0 && conditions.every(({ holds }) => holds);
  return { open, conditions, tasks, shutAgain };
}

export function shutAgainOf(
  definition: ProcedureDefinition,
  state: CaseState,
  day: string,
): readonly { readonly stage: string; readonly condition: ConditionState }[] {
  return state.passed.flatMap(({ stage: key, waived }) => {
    if (waived.length === 0) return [];
    const stage = stageOf(definition, key);
    return conditionsFor(stage, state.traits)
      .filter((condition) => waived.includes(conditionKey(condition)))
      .map((condition) => ({ stage: key, condition: conditionState(state, stage, condition, day) }))
      .filter(({ condition }) => !condition.holds);
  });
}

/** A signed waiver of a stage's condition on a day; the last day is still its own. */
export function waiverOn(state: CaseState, stage: string, condition: string, day: string): Waiver | undefined {
  return state.waivers.find(
    (one) => one.state === "signed" && one.stage === stage && one.condition === condition && one.until >= day,
  );
}

export function conditionState(
  state: CaseState,
  stage: ProcedureStage,
  condition: GateCondition,
  day: string,
): ConditionState {
  const key = conditionKey(condition);
  const plain = isDecision(condition) ? decided(state, condition) : proved(state, stage, condition, day);
  const waiver = state.waivers.findLast((one) => one.stage === stage.key && one.condition === key) ?? null;
  const active = condition.waivable ? waiverOn(state, stage.key, key, day) : undefined;
  if (plain.holds || active === undefined) return { ...plain, key, condition, waiver };
  return { ...plain, key, condition, holds: true, how: "waived", waiver: active };
}

type Plain = Omit<ConditionState, "key" | "condition" | "waiver">;

function decided(state: CaseState, condition: Extract<GateCondition, { decision: string }>): Plain {
  const signature = state.decisions[condition.decision] ?? null;
  const title = textIn(condition.title, "en");
  const plain = { kind: "decision", role: condition.role, answer: null, signature } as const;
  if (signature?.verdict === "approved")
    return {
      ...plain,
      holds: true,
      how: "signed",
      code: "signed",
      values: { name: signature.name },
      sentence: `${signature.name} signed: ${title}.`,
    };
  if (signature !== null) {
    const sentence = `${signature.name} refused to sign "${title}": ${signature.comment || "no reason was given"}.`;
    return {
      ...plain,
      holds: false,
      how: null,
      code: "refused",
      values: { name: signature.name, comment: signature.comment },
      sentence,
    };
  }
  const sentence = `Nobody has signed "${title}" yet; ${roleWords(condition.role)} may.`;
  return { ...plain, holds: false, how: null, code: "not_signed", values: {}, sentence };
}

function proved(
  state: CaseState,
  stage: ProcedureStage,
  condition: Extract<GateCondition, { fact: string }>,
  day: string,
): Plain {
  const answer = state.facts[factKey(condition)] ?? null;
  const plain = { kind: "fact", role: helperOf(stage, condition.fact), answer, signature: null } as const;
  if (answer === null)
    return {
      ...plain,
      holds: false,
      how: null,
      code: "not_asked",
      values: { fact: condition.fact },
      sentence: `It has not been looked at yet whether ${condition.fact} holds.`,
    };
  const ended = answer.holds && answer.until !== null && answer.until < day;
  if (ended) {
    const values = { day: answer.until };
    return { ...plain, holds: false, how: null, code: "ended", values, sentence: `It held until ${answer.until}.` };
  }
  const { holds, code, values, sentence } = answer;
  return { ...plain, holds, how: holds ? "fact" : null, code, values, sentence };
}

/** Who can bring a fact about: whoever has the task that it ends, else the stage's owner. */
function helperOf(stage: ProcedureStage, fact: string): ProcedureRole {
  return stage.tasks.find(({ doneBy }) => doneBy?.fact === fact)?.owner ?? stage.owner;
}

/** `partner_operations` → "partner operations". */
export function roleWords(role: ProcedureRole): string {
  if (role === "owner") return "the partner's owner";
  if (role === "partner") return "the partner";
  return role.replaceAll("_", " ");
}
