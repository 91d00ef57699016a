import type { GateCondition, ProcedureDefinition, ProcedureStage } from "@tributary/contract";
import { conditionKey, isDecision, textIn } from "./conditions.ts";

export interface Finding {
  readonly level: "error" | "warning";
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

/** What the linter has to know of the facts: their names, with the parameters that each takes. */
export type KnownFacts = ReadonlyMap<string, readonly string[]>;

/** What is wrong with a procedure, or only unwise, each in a plain sentence. */
export function lint(definition: ProcedureDefinition, facts: KnownFacts): readonly Finding[] {
  return [
    ...doubled(definition),
    ...definition.stages.flatMap((stage, index) => [
      ...stageFindings(definition, stage, index),
      ...stage.gate.flatMap((condition, at) => conditionFindings(definition, stage, condition, facts, [index, at])),
      ...stage.tasks.flatMap((task, at) =>
        task.doneBy === undefined ? [] : factFindings(task.doneBy, facts, ["stages", index, "tasks", at, "doneBy"]),
      ),
    ]),
    ...schedule(definition),
  ];
}

const found = (level: Finding["level"], code: string, path: Finding["path"], sentence: string): Finding => ({
  level,
  code,
  path,
  sentence,
});

function doubled(definition: ProcedureDefinition): Finding[] {
  const findings: Finding[] = [];
  const stages = new Set<string>();
  const keys = new Set<string>();
  const see = (known: Set<string>, key: string, path: Finding["path"], what: string) => {
    if (known.has(key)) findings.push(found("error", "doubled", path, `Two ${what} are called "${key}".`));
    known.add(key);
  };
  definition.stages.forEach((stage, index) => {
    see(stages, stage.key, ["stages", index, "key"], "stages");
    const here = new Set<string>();
    stage.tasks.forEach((task, at) => {
      see(keys, task.key, ["stages", index, "tasks", at, "key"], "tasks or decisions");
      const items = new Set<string>();
      task.checklist.forEach((item, place) => {
        see(items, item.key, ["stages", index, "tasks", at, "checklist", place], "items of a checklist");
      });
    });
    stage.gate.forEach((condition, at) => {
      const path = ["stages", index, "gate", at];
      if (isDecision(condition)) see(keys, condition.decision, path, "tasks or decisions");
      else
        see(here, `${conditionKey(condition)} ${JSON.stringify(condition.when ?? {})}`, path, "conditions of a gate");
    });
  });
  return findings;
}

function stageFindings(definition: ProcedureDefinition, stage: ProcedureStage, index: number): Finding[] {
  const path = ["stages", index];
  const title = textIn(stage.title, "en");
  const findings: Finding[] = [];
  const holdsNobody = stage.gate.length === 0 && !stage.tasks.some(({ required }) => required);
  if (holdsNobody)
    findings.push(
      found(
        "warning",
        "empty_stage",
        path,
        `"${title}" has no gate and no required task: every case passes it at once.`,
      ),
    );
  if (stage.guide === undefined && stage.tasks.every(({ guide }) => guide === undefined))
    findings.push(found("warning", "guide_missing", path, `Nothing says how "${title}" is done: it has no guide.`));
  if (stage.due === undefined)
    findings.push(found("warning", "due_missing", path, `"${title}" has no due time, so nobody sees that it is late.`));
  if (stage.due === undefined && stage.escalations.length > 0)
    findings.push(
      found("error", "escalation_without_due", path, `"${title}" escalates after its due time, but has none.`),
    );
  stage.tasks.forEach((task, at) => {
    if (task.checklist.length > 0 && task.doneBy !== undefined)
      findings.push(
        found(
          "warning",
          "checklist_unused",
          [...path, "tasks", at],
          `"${textIn(task.title, "en")}" is done by itself: nobody has to tick its checklist.`,
        ),
      );
  });
  const never = definition.stages.slice(0, index).find((before) => before.gate.some(neverOpens));
  if (never !== undefined)
    findings.push(
      found(
        "error",
        "unreachable",
        path,
        `No case ever comes to "${title}": the gate of "${textIn(never.title, "en")}" never opens.`,
      ),
    );
  return findings;
}

/** A decision that only the partner may sign and nobody else, with evidence of another decision of its own, cannot be; nor one that excludes itself. */
function neverOpens(condition: GateCondition): boolean {
  return isDecision(condition) && condition.otherThan.includes(condition.decision) && !condition.waivable;
}

function conditionFindings(
  definition: ProcedureDefinition,
  stage: ProcedureStage,
  condition: GateCondition,
  facts: KnownFacts,
  [index, at]: readonly [number, number],
): Finding[] {
  const path = ["stages", index, "gate", at];
  if (!isDecision(condition)) return factFindings(condition, facts, path);
  const findings: Finding[] = [];
  const title = textIn(condition.title, "en");
  if (condition.otherThan.includes(condition.decision))
    findings.push(
      found(
        "error",
        "never_opens",
        path,
        `Nobody can ever sign "${title}": its signer has to be another than its own signer.`,
      ),
    );
  const known = knownKeys(definition);
  for (const other of condition.otherThan) {
    const there = known.get(other);
    if (there === undefined)
      findings.push(found("error", "unknown_step", path, `"${title}" names "${other}", which is no task or decision.`));
    else if (there > index)
      findings.push(
        found(
          "warning",
          "later_step",
          path,
          `"${title}" wants another signer than "${other}", which only comes later.`,
        ),
      );
    else if (isByFact(definition, other))
      findings.push(
        found(
          "warning",
          "no_signer",
          path,
          `"${title}" wants another signer than "${other}", which nobody does: a fact ends it.`,
        ),
      );
  }
  if (
    condition.role === "partner" &&
    stage.gate.some(
      (one) =>
        isDecision(one) && one.role === "partner" && one !== condition && condition.otherThan.includes(one.decision),
    )
  )
    findings.push(
      found(
        "warning",
        "two_of_partner",
        path,
        `"${title}" needs two people of the partner: many partners are one person.`,
      ),
    );
  return findings;
}

function knownKeys(definition: ProcedureDefinition): ReadonlyMap<string, number> {
  return new Map(
    definition.stages.flatMap((stage, index) => [
      ...stage.tasks.map(({ key }) => [key, index] as const),
      ...stage.gate.filter(isDecision).map(({ decision }) => [decision, index] as const),
    ]),
  );
}

function isByFact(definition: ProcedureDefinition, key: string): boolean {
  return definition.stages.some(({ tasks }) => tasks.some((task) => task.key === key && task.doneBy !== undefined));
}

function factFindings(
  condition: { readonly fact: string; readonly with?: Readonly<Record<string, unknown>> | undefined },
  facts: KnownFacts,
  path: Finding["path"],
): Finding[] {
  const takes = facts.get(condition.fact);
  if (takes === undefined)
    return [found("error", "unknown_fact", path, `"${condition.fact}" is no fact that the program knows.`)];
  return Object.keys(condition.with ?? {})
    .filter((parameter) => !takes.includes(parameter))
    .map((parameter) =>
      found("error", "unknown_parameter", path, `"${condition.fact}" takes no "${parameter}"${takesWords(takes)}.`),
    );
}

function takesWords(takes: readonly string[]): string {
  return takes.length === 0 ? "; it takes nothing" : `; it takes ${takes.join(", ")}`;
}

function schedule(definition: ProcedureDefinition): Finding[] {
  const scheduled = definition.starts.includes("schedule");
  if (scheduled && definition.every === undefined)
    return [
      found(
        "error",
        "schedule_without_every",
        ["every"],
        "It starts by a schedule, but does not say every how many months.",
      ),
    ];
  if (!scheduled && definition.every !== undefined)
    return [
      found("warning", "every_unused", ["every"], "It says every how many months, but does not start by a schedule."),
    ];
  return [];
}
