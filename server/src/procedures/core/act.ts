import type { DecisionCondition, ProcedureDefinition, ProcedureRole, ProcedureTask } from "@tributary/contract";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { conditionKey, conditionsFor, isDecision, stageOf, tasksFor, textIn } from "./conditions.ts";
import { roleWords } from "./gate.ts";
import type { CaseEvent, CaseState, Verdict } from "./state.ts";

/** Who acts: the person behind it, and the roles that this person has where the case is. */
export interface Doer {
  readonly person: string;
  readonly name: string;
  readonly roles: ReadonlySet<ProcedureRole>;
  /** A key or the program itself may do tasks; it never signs. */
  readonly isPerson: boolean;
  /** May send back, drop, reopen and propose waivers; and sign those of others. */
  readonly may: { readonly steer: boolean; readonly approve: boolean };
}

export type Command =
  | { readonly do: "finish_task"; readonly task: string; readonly comment?: string | undefined }
  | { readonly do: "open_task"; readonly task: string; readonly reason: string }
  | { readonly do: "tick" | "untick"; readonly task: string; readonly item: string }
  | {
      readonly do: "sign";
      readonly decision: string;
      readonly verdict: Verdict;
      readonly comment: string;
      readonly evidence: readonly string[];
    }
  | { readonly do: "withdraw"; readonly decision: string; readonly reason: string }
  | {
      readonly do: "waive";
      readonly waiver: string;
      readonly condition: string;
      readonly reason: string;
      readonly until: string;
      readonly evidence: readonly string[];
    }
  | { readonly do: "sign_waiver" | "decline_waiver"; readonly waiver: string; readonly comment: string }
  | { readonly do: "send_back"; readonly to: string; readonly reason: string }
  | { readonly do: "drop" | "reopen"; readonly reason: string };

/** When and where a command is given. */
export interface Moment {
  /** Today in the calendar of the case. */
  readonly day: string;
  /** When a stage is due that begins now. */
  readonly dueOf: (stage: string) => string | null;
}

/** A waiver of longer than this is a change of the procedure. */
const LONGEST_WAIVER_DAYS = 366;

/**
 * What a command makes happen. Nothing here moves a case on: only a look at its facts does ({@link lookOn}).
 * @throws Refusal `wrong_state`, `forbidden`, `same_person`, `invalid_input`, `not_found`
 */
export function act(
  definition: ProcedureDefinition,
  state: CaseState,
  command: Command,
  doer: Doer,
  moment: Moment,
): readonly CaseEvent[] {
  if (command.do === "reopen") return reopen(state, command.reason, doer, moment);
  if (command.do === "send_back") return sendBack(definition, state, command, doer, moment);
  // a finished case lives on with its waivers: they may be renewed
  const onlyWaiver = command.do === "waive" || command.do === "sign_waiver" || command.do === "decline_waiver";
  if (state.status !== "running" && !(onlyWaiver && state.status === "finished"))
    throw new Refusal("wrong_state", `This case is ${state.status}: reopen it first.`);
  switch (command.do) {
    case "finish_task":
    case "open_task":
    case "tick":
    case "untick":
      return onTask(definition, state, command, doer);
    case "sign":
      return sign(definition, state, command, doer);
    case "withdraw":
      return withdraw(state, command, doer);
    case "waive":
      return waive(definition, state, command, doer, moment);
    case "sign_waiver":
    case "decline_waiver":
      return onWaiver(state, command, doer, moment);
    case "drop":
      requireSteer(doer, "drop a case");
      return [{ kind: "dropped", reason: command.reason }];
  }
}

type TaskCommand = Extract<Command, { task: string }>;

function onTask(
  definition: ProcedureDefinition,
  state: CaseState,
  command: TaskCommand,
  doer: Doer,
): readonly CaseEvent[] {
  const task = tasksFor(stageOf(definition, state.stage), state.traits).find(({ key }) => key === command.task);
  if (task === undefined) throw notFound("task of this stage", command.task);
  if (!mayDo(doer, task)) requireRole(doer, task.owner, `do "${textIn(task.title, "en")}"`);
  const ticked = state.ticks[task.key] ?? [];
  switch (command.do) {
    case "tick":
    case "untick":
      if (!task.checklist.some(({ key }) => key === command.item)) throw notFound("item of this task", command.item);
      if (ticked.includes(command.item) === (command.do === "tick")) return [];
      return [
        ...(command.do === "untick" && state.tasks[task.key] !== undefined
          ? [{ kind: "task_open", task: task.key, reason: "" } as const]
          : []),
        { kind: command.do === "tick" ? "ticked" : "unticked", task: task.key, item: command.item },
      ];
    case "open_task":
      if (state.tasks[task.key] === undefined) return [];
      requireByHand(task);
      return [{ kind: "task_open", task: task.key, reason: command.reason }];
    case "finish_task":
      return finishTask(definition, state, task, ticked, doer, command.comment ?? "");
  }
}

const STAND_INS = ["owner", "key_account_manager", "partner_operations"] as const;

/** Whoever looks after a partner may do its tasks for it (a form that came by mail); its decisions never. */
export function mayDo(doer: Doer, task: Pick<ProcedureTask, "owner">): boolean {
  return doer.roles.has(task.owner) || (task.owner === "partner" && STAND_INS.some((role) => doer.roles.has(role)));
}

function finishTask(
  definition: ProcedureDefinition,
  state: CaseState,
  task: ProcedureTask,
  ticked: readonly string[],
  doer: Doer,
  sentence: string,
): readonly CaseEvent[] {
  if (state.tasks[task.key] !== undefined) return [];
  requireByHand(task);
  const missing = task.checklist.filter(({ key }) => !ticked.includes(key));
  if (missing.length > 0) {
    const names = missing.map(({ title }) => `"${textIn(title, "en")}"`).join(", ");
    throw new Refusal(
      "wrong_state",
      `Tick the whole checklist first: ${names} ${missing.length > 1 ? "are" : "is"} open.`,
    );
  }
  requireOther(definition, state, task.key, doer);
  return [{ kind: "task_done", task: task.key, by: "hand", sentence }];
}

function requireByHand(task: ProcedureTask): void {
  if (task.doneBy !== undefined)
    throw new Refusal("wrong_state", `This task is done by itself when ${task.doneBy.fact} holds.`);
}

function sign(
  definition: ProcedureDefinition,
  state: CaseState,
  command: Extract<Command, { do: "sign" }>,
  doer: Doer,
): readonly CaseEvent[] {
  const decision = decisionHere(definition, state, command.decision);
  const title = textIn(decision.title, "en");
  if (!doer.isPerson) throw new Refusal("forbidden", `"${title}" is signed by a person, not by a key or the program.`);
  requireRole(doer, decision.role, `sign "${title}"`);
  requireOther(definition, state, decision.decision, doer);
  if (decision.evidence === "required" && command.verdict === "approved" && command.evidence.length === 0)
    throw invalid("evidence", "", "is needed", "add a file, a text or a link that shows why");
  if (command.verdict === "refused" && command.comment.trim() === "")
    throw invalid("comment", "", "is needed", "say why you refuse");
  const { verdict, comment, evidence } = command;
  return [{ kind: "signed", decision: decision.decision, verdict, comment, evidence }];
}

function withdraw(state: CaseState, command: Extract<Command, { do: "withdraw" }>, doer: Doer): readonly CaseEvent[] {
  const signature = state.decisions[command.decision];
  if (signature === undefined) throw notFound("signature", command.decision);
  if (signature.person !== doer.person && !doer.may.approve)
    throw new Refusal("forbidden", "Whoever signed takes it back, or somebody who may approve.");
  return [{ kind: "withdrawn", decision: command.decision, reason: command.reason }];
}

function decisionHere(definition: ProcedureDefinition, state: CaseState, key: string): DecisionCondition {
  const stage = stageOf(definition, state.stage);
  const found = conditionsFor(stage, state.traits).find((one) => isDecision(one) && one.decision === key);
  if (found === undefined || !isDecision(found)) throw notFound("decision of this stage", key);
  return found;
}

/**
 * Four eyes, from both sides: neither may the signer be one of those that this step names, nor may a step that names this one have been signed by
 * the same person before.
 */
function requireOther(definition: ProcedureDefinition, state: CaseState, key: string, doer: Doer): void {
  const decisions = definition.stages.flatMap(({ gate }) => gate.filter(isDecision));
  const named = decisions.find(({ decision }) => decision === key)?.otherThan ?? [];
  const naming = decisions.filter(({ otherThan }) => otherThan.includes(key)).map(({ decision }) => decision);
  for (const other of new Set([...named, ...naming])) {
    const by = state.decisions[other]?.person ?? state.tasks[other]?.person;
    if (by === doer.person)
      throw new Refusal("same_person", `You did "${other}" of this case: somebody else has to do "${key}".`);
  }
}

function waive(
  definition: ProcedureDefinition,
  state: CaseState,
  command: Extract<Command, { do: "waive" }>,
  doer: Doer,
  moment: Moment,
): readonly CaseEvent[] {
  requireSteer(doer, "propose a waiver");
  if (!doer.isPerson) throw new Refusal("forbidden", "A waiver is proposed by a person.");
  const stage = stageOf(definition, state.stage);
  const condition = conditionsFor(stage, state.traits).find((one) => conditionKey(one) === command.condition);
  if (condition === undefined) throw notFound("condition of this stage", command.condition);
  if (!condition.waivable) throw new Refusal("forbidden", `No waiver opens "${command.condition}".`);
  if (command.reason.trim() === "") throw invalid("reason", "", "is needed");
  if (command.until < moment.day) throw invalid("until", command.until, "is over", "name a day that is still to come");
  const longest = Temporal.PlainDate.from(moment.day).add({ days: LONGEST_WAIVER_DAYS }).toString();
  if (command.until > longest) throw invalid("until", command.until, `is more than ${LONGEST_WAIVER_DAYS} days away`);
  const waiting = state.waivers.some(
    (one) => one.state === "proposed" && one.stage === state.stage && one.condition === command.condition,
  );
  if (waiting) throw new Refusal("wrong_state", "A waiver of this condition waits for its second signature already.");
  const { waiver, reason, until, evidence } = command;
  return [{ kind: "waiver_proposed", waiver, condition: command.condition, reason, until, evidence }];
}

function onWaiver(
  state: CaseState,
  command: Extract<Command, { waiver: string; comment: string }>,
  doer: Doer,
  moment: Moment,
): readonly CaseEvent[] {
  const waiver = state.waivers.find((one) => one.waiver === command.waiver);
  if (waiver === undefined) throw notFound("waiver", command.waiver);
  const { comment } = command;
  if (command.do === "decline_waiver") {
    if (waiver.state !== "proposed") throw new Refusal("wrong_state", `This waiver is ${waiver.state}.`);
    if (waiver.proposedBy !== doer.person) requireApprove(doer);
    return [{ kind: "waiver_declined", waiver: waiver.waiver, comment }];
  }
  if (waiver.state !== "proposed") throw new Refusal("wrong_state", `This waiver is ${waiver.state}.`);
  requireApprove(doer);
  if (!doer.isPerson) throw new Refusal("forbidden", "A waiver is signed by a person.");
  if (waiver.proposedBy === doer.person)
    throw new Refusal("same_person", "You proposed this waiver: somebody else has to sign it.");
  if (waiver.until < moment.day) throw new Refusal("wrong_state", "The last day of this waiver is over.");
  return [{ kind: "waiver_signed", waiver: waiver.waiver, comment }];
}

function sendBack(
  definition: ProcedureDefinition,
  state: CaseState,
  command: Extract<Command, { do: "send_back" }>,
  doer: Doer,
  moment: Moment,
): readonly CaseEvent[] {
  requireSteer(doer, "send a case back");
  if (state.status === "dropped") throw new Refusal("wrong_state", "This case is dropped: reopen it first.");
  const stages = definition.stages.map(({ key }) => key);
  const from = stages.indexOf(state.stage);
  const to = stages.indexOf(command.to);
  if (to < 0) throw notFound("stage", command.to);
  if (to > from || (to === from && state.status === "running"))
    throw new Refusal("wrong_state", "A case is sent back to an earlier stage; it goes on by its gates only.");
  const again = definition.stages.slice(to, from + 1);
  return [
    {
      kind: "sent_back",
      to: command.to,
      reason: command.reason,
      dueAt: moment.dueOf(command.to),
      stages: again.map(({ key }) => key),
      tasks: again.flatMap(({ tasks }) => tasks.map(({ key }) => key)).filter((key) => state.tasks[key] !== undefined),
      decisions: again
        .flatMap(({ gate }) => gate.filter(isDecision).map(({ decision }) => decision))
        .filter((key) => state.decisions[key] !== undefined),
    },
  ];
}

function reopen(state: CaseState, reason: string, doer: Doer, moment: Moment): readonly CaseEvent[] {
  requireSteer(doer, "reopen a case");
  if (state.status === "running") throw new Refusal("wrong_state", "This case is running.");
  return [{ kind: "reopened", reason, dueAt: moment.dueOf(state.stage) }];
}

function requireSteer(doer: Doer, what: string): void {
  if (!doer.may.steer) throw new Refusal("forbidden", `${doer.name} may not ${what} here.`);
}

function requireApprove(doer: Doer): void {
  if (!doer.may.approve) throw new Refusal("forbidden", `${doer.name} may not sign waivers here.`);
}

function requireRole(doer: Doer, role: ProcedureRole, what: string): void {
  if (doer.roles.has(role)) return;
  throw new Refusal("forbidden", `To ${what} is for ${roleWords(role)}; ${doer.name} is not.`);
}
