import type {
  CaseCondition,
  CaseDetail,
  CaseListed,
  CaseStage,
  CaseStep,
  CaseTask,
  CaseWaiver,
} from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context, Page, PageRequest } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { doerOf, requireSight, touchOf } from "./acting.ts";
import { dueOfTask, escalationTimes, type LoadedCase, loadCase, momentOf } from "./cases.ts";
import { type Doer, mayDo } from "./core/act.ts";
import { conditionsFor, factKey, isDecision, stageOf, tasksFor, textIn } from "./core/conditions.ts";
import { type ConditionState, conditionState, shutAgainOf } from "./core/gate.ts";
import { lastMove, type Step, type Waiver } from "./core/state.ts";
import { evidenceOf } from "./evidence.ts";
import { aboutStep } from "./step-words.ts";
import * as store from "./store/cases.ts";
import { newestOf, versionsById } from "./store/versions.ts";
import { openWaitsOf } from "./store/waits.ts";
import { definitionIn } from "./versions.ts";

interface CaseListQuery extends PageRequest {
  readonly procedure?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly stage?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly regionId?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly language: string;
}

/** Cases within reach, the newest first. */
export async function listCases(ctx: Context, actor: Actor, query: CaseListQuery): Promise<Page<CaseListed>> {
  const within = await reachOf(ctx, actor, "procedures.read");
  const overdueAt = query.overdue === true ? ctx.clock.now() : undefined;
  const { rows, nextCursor } = await store.casePage(ctx.db, within, { ...query, overdueAt }, query);
  return { rows: await listedOf(ctx, rows, query.language), nextCursor };
}

async function listedOf(ctx: Context, rows: readonly store.CaseRow[], language: string): Promise<CaseListed[]> {
  const versions = await versionsById(ctx.db, [...new Set(rows.map((row) => row.version_id))]);
  const waits = await openWaitsOf(
    ctx.db,
    rows.map((row) => row.case_id),
  );
  const now = ctx.clock.now();
  return rows.map((row) => {
    const version = versions.get(row.version_id);
    if (version === undefined) throw new Error(`${row.case_id} runs on a version that is not there`);
    const { title, stages } = definitionIn(version);
    const place = stages.findIndex(({ key }) => key === row.stage);
    return {
      id: row.case_id,
      procedure: row.procedure,
      title: textIn(title, language),
      version: version.version,
      subjectKind: row.subject_kind as "partner",
      subjectId: row.subject_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      regionId: row.region_id,
      status: row.status as "running",
      stage: row.stage,
      stageTitle: textIn(stages[place]?.title ?? row.stage, language),
      stageNumber: place + 1,
      stages: stages.length,
      since: row.stage_since.toISOString(),
      dueAt: row.due_at?.toISOString() ?? null,
      overdue: row.status === "running" && row.due_at !== null && row.due_at < now,
      waitingOn: [...new Set(waits.filter((wait) => wait.case_id === row.case_id).map(({ role }) => role))],
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  });
}

/** A case within reach. @throws Refusal not_found also for one that the actor may not see */
export async function seenCase(ctx: Context, actor: Actor, caseId: string) {
  const row = await store.caseRow(ctx.db, caseId);
  if (row === undefined) throw notFound("case", caseId);
  const touch = await touchOf(ctx, row);
  requireSight(actor, touch, caseId);
  return { row, doer: doerOf(actor, touch) };
}

/** Everything of a case: what is done, what is shut and why, who has to do what by when. */
export async function getCase(ctx: Context, actor: Actor, caseId: string, language: string): Promise<CaseDetail> {
  requirePermission(actor, "procedures.read");
  const { row, doer } = await seenCase(ctx, actor, caseId);
  const loaded = await loadCase(ctx, row);
  const [listed] = await listedOf(ctx, [row], language);
  if (listed === undefined) throw new Error("a case is listed");
  const { definition, state } = loaded;
  const { day } = momentOf(ctx, loaded);
  const place = definition.stages.findIndex(({ key }) => key === state.stage);
  const newest = await newestOf(ctx.db, row.procedure);
  const times = state.status === "running" ? escalationTimes(loaded) : [];
  return {
    ...listed,
    stagesOf: definition.stages.map((stage, index) =>
      stageWire(
        ctx,
        loaded,
        doer,
        stage.key,
        index < place || state.status === "finished" ? "done" : index > place ? "ahead" : "here",
        language,
      ),
    ),
    shutAgain: shutAgainOf(definition, state, day).map(({ stage, condition }) => ({
      ...conditionWire(condition, doer, language),
      stage,
    })),
    evidence: (await evidenceOf(ctx, [caseId])).map((one) => ({
      id: one.evidence_id,
      kind: one.kind as "file",
      name: one.name,
      mediaType: one.media_type,
      sha256: one.sha256,
      addedBy: one.added_name,
      addedAt: one.added_at.toISOString(),
    })),
    escalations: times.map((at, index) => ({
      to: stageOf(definition, state.stage).escalations[index]?.to ?? "",
      at: at?.toISOString() ?? null,
      done: state.escalated.includes(index),
    })),
    waivers: state.waivers.map((one) => waiverWire(one, doer)),
    revision: state.events,
    may: doer.may,
    mayUndoMove: doer.may.approve && lastMove(loaded.history) !== undefined,
    newerVersion: newest !== undefined && newest.version > loaded.version.version ? newest.version : null,
  };
}

function stageWire(
  ctx: Context,
  loaded: LoadedCase,
  doer: Doer,
  key: string,
  is: CaseStage["state"],
  language: string,
): CaseStage {
  const { definition, state } = loaded;
  const stage = stageOf(definition, key);
  const { day } = momentOf(ctx, loaded);
  return {
    key,
    title: textIn(stage.title, language),
    owner: stage.owner,
    state: is,
    guide: stage.guide === undefined ? null : textIn(stage.guide, language),
    tasks: tasksWire(ctx, loaded, doer, key, language),
    conditions: conditionsFor(stage, state.traits).map((one) =>
      conditionWire(conditionState(state, stage, one, day), { ...doer, here: is === "here" }, language),
    ),
  };
}

export function tasksWire(ctx: Context, loaded: LoadedCase, doer: Doer, key: string, language: string): CaseTask[] {
  const { definition, state, row } = loaded;
  const stage = stageOf(definition, key);
  const isHere = state.status === "running" && state.stage === key;
  const now = ctx.clock.now();
  return tasksFor(stage, state.traits).map((task) => {
    const done = state.tasks[task.key];
    const dueAt = isHere ? (dueOfTask(loaded, key, task.key) ?? state.dueAt) : null;
    const answer = task.doneBy === undefined ? undefined : state.facts[factKey(task.doneBy)];
    return {
      key: task.key,
      title: textIn(task.title, language),
      owner: task.owner,
      required: task.required,
      guide: task.guide === undefined ? null : textIn(task.guide, language),
      link: task.link?.replace("{partner}", row.partner_id ?? "").replace("{case}", row.case_id) ?? null,
      byFact: task.doneBy?.fact ?? null,
      sentence: done === undefined ? (answer?.sentence ?? null) : null,
      dueAt: dueAt?.toISOString() ?? null,
      overdue: done === undefined && dueAt !== null && dueAt < now,
      done: done === undefined ? null : { name: done.name, at: done.at.toISOString(), by: done.by },
      checklist: task.checklist.map((item) => ({
        key: item.key,
        title: textIn(item.title, language),
        ticked: (state.ticks[task.key] ?? []).includes(item.key),
      })),
      mayDo: isHere && task.doneBy === undefined && mayDo(doer, task),
    };
  });
}

function conditionWire(one: ConditionState, doer: Doer & { readonly here?: boolean }, language: string): CaseCondition {
  const { condition, answer, signature } = one;
  const title = condition.title === undefined ? one.key : textIn(condition.title, language);
  const decision = isDecision(condition) ? condition : undefined;
  return {
    key: one.key,
    kind: one.kind,
    title,
    holds: one.holds,
    how: one.how,
    role: one.role,
    code: one.code,
    values: { ...one.values },
    sentence: one.sentence,
    until: one.how === "waived" ? (one.waiver?.until ?? null) : (answer?.until ?? null),
    seenAt: answer?.at === undefined ? null : new Date(answer.at).toISOString(),
    evidence: answer?.evidence.map((seen) => ({ ...seen })) ?? [],
    signature:
      signature === null
        ? null
        : {
            verdict: signature.verdict,
            name: signature.name,
            at: signature.at.toISOString(),
            comment: signature.comment,
            evidence: [...signature.evidence],
          },
    waiver: one.waiver === null ? null : waiverWire(one.waiver, doer),
    waivable: condition.waivable,
    evidenceNeeded: decision?.evidence === "required",
    otherThan: [...(decision?.otherThan ?? [])],
    maySign: decision !== undefined && doer.here === true && doer.isPerson && doer.roles.has(decision.role),
  };
}

function waiverWire(one: Waiver, doer: Doer): CaseWaiver {
  return {
    id: one.waiver,
    stage: one.stage,
    condition: one.condition,
    reason: one.reason,
    until: one.until,
    evidence: [...one.evidence],
    proposedBy: one.proposedName,
    proposedAt: one.proposedAt.toISOString(),
    signedBy: one.signedName,
    state: one.state,
    mine: one.proposedBy === doer.person,
  };
}

/** What happened in a case, the newest first. */
export async function caseHistory(
  ctx: Context,
  actor: Actor,
  caseId: string,
  language: string,
): Promise<readonly CaseStep[]> {
  requirePermission(actor, "procedures.read");
  const loaded = await loadCase(ctx, (await seenCase(ctx, actor, caseId)).row);
  return loaded.history.map((step) => stepWire(loaded, step, language)).reverse();
}

function stepWire({ definition }: LoadedCase, step: Step, language: string): CaseStep {
  const { about, text } = aboutStep(definition, step, language);
  const stage = definition.stages.find(({ key }) => key === step.stage);
  return {
    number: step.number,
    kind: step.kind,
    stage: step.stage,
    stageTitle: stage === undefined ? step.stage : textIn(stage.title, language),
    at: step.at.toISOString(),
    name: step.name,
    about,
    text,
  };
}
