import type { ProcedureRole } from "@tributary/contract";
import { type Actor, can, personOf, requirePermission, type Touch } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, announceMany, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { partnerById, partnerTouch } from "../partners/index.ts";
import { programById, regionById } from "../programs/index.ts";
import { workingCalendar } from "./calendars.ts";
import { addEvents, byActor, caseFacts, holdCase, type LoadedCase, loadCase, momentOf, settle } from "./cases.ts";
import type { CaseFacts, Subject } from "./contracts.ts";
import { act, type Command, type Doer } from "./core/act.ts";
import { applies } from "./core/conditions.ts";
import { replay, type Step, type Traits } from "./core/state.ts";
import { dueAfter } from "./core/working-time.ts";
import { evidenceOf, type HandedIn, writeEvidence } from "./evidence.ts";
import * as store from "./store/cases.ts";
import { newestOf } from "./store/versions.ts";
import { definitionIn } from "./versions.ts";

/** What a case touches, for permissions. */
export async function touchOf(
  ctx: Context,
  row: Pick<store.CaseRow, "partner_id" | "program_id" | "region_id">,
): Promise<Touch> {
  if (row.partner_id !== null) return await partnerTouch(ctx, row.partner_id, row.program_id);
  return { regionId: row.region_id, programId: row.program_id };
}

const OPERATOR_ROLES = [
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "administrator",
] as const satisfies readonly ProcedureRole[];

/** The roles that somebody has where a case is. The administrator may do what any role of the house may, but not be two people. */
export function rolesOf(actor: Actor, touch: Touch): ReadonlySet<ProcedureRole> {
  const roles = new Set<ProcedureRole>();
  if (actor.partnerId !== undefined) return actor.partnerId === touch.partnerId ? roles.add("partner") : roles;
  const has = (role: string) => {
    const grants = actor.grants.filter((grant) => grant.role === role);
    return can({ ...actor, grants }, "procedures.write", touch);
  };
  const all = has("administrator") || has("system");
  for (const role of OPERATOR_ROLES) if (all || has(role)) roles.add(role);
  if (all || (touch.ownerUserId != null && touch.ownerUserId === personOf(actor))) roles.add("owner");
  return roles;
}

export function doerOf(actor: Actor, touch: Touch): Doer {
  const steers = actor.partnerId === undefined;
  return {
    person: personOf(actor),
    name: actor.name,
    roles: rolesOf(actor, touch),
    isPerson: actor.kind === "user" || actor.kind === "partner_user",
    may: {
      steer: steers && can(actor, "procedures.write", touch),
      approve: steers && can(actor, "procedures.approve", touch),
    },
  };
}

export interface NewCase {
  readonly procedure: string;
  readonly subject: Subject;
  /** Kept with the case; `entity` and `risk` count for `when`. A lead brings kind, country, region (id) too. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** Starts a case on the newest version. @throws Refusal `not_found`, `already_exists` while one runs, `wrong_state` for somebody it is not for */
export async function startCase(ctx: Context, actor: Actor, input: NewCase): Promise<CaseFacts> {
  return await transact(ctx, async (tx) => {
    const version = await newestOf(tx.db, input.procedure);
    if (version === undefined) throw notFound("published procedure", input.procedure);
    const definition = definitionIn(version);
    if (definition.subject !== input.subject.kind)
      throw new Refusal("wrong_state", `"${input.procedure}" is a procedure for a ${definition.subject}.`);
    const { traits, regionId } = await traitsOf(tx, input.subject, input.parameters ?? {});
    if (!applies(definition.for, traits))
      throw new Refusal("wrong_state", `"${input.procedure}" is not for such a ${definition.subject}.`);
    const partnerId = input.subject.kind === "partner" ? input.subject.id : null;
    const seat = { partner_id: partnerId, program_id: input.subject.programId, region_id: regionId };
    requirePermission(actor, "procedures.write", await touchOf(tx, seat));
    const running = await store.caseOfSubject(tx.db, input.procedure, input.subject.id, input.subject.programId);
    if (running?.status === "running")
      throw new Refusal("already_exists", `The case ${running.case_id} of "${input.procedure}" is running already.`);
    const [first] = definition.stages;
    if (first === undefined) throw new Error("a procedure has a stage");
    const now = tx.clock.now();
    const calendar = await workingCalendar(tx, regionId);
    const dueAt = first.due === undefined ? null : (dueAfter(calendar, now, first.due)?.toISOString() ?? null);
    const step: Step = {
      ...{ kind: "started", version: version.version_id, traits, dueAt },
      ...{ number: 1, stage: first.key, at: now, ...byActor(actor) },
    };
    const row = await store.insertCase(tx.db, {
      case_id: tx.ids.next("pca"),
      procedure: input.procedure,
      version_id: version.version_id,
      subject_kind: input.subject.kind,
      subject_id: input.subject.id,
      ...seat,
      status: "running",
      stage: first.key,
      stage_since: now,
      due_at: dueAt,
      parameters: JSON.stringify(input.parameters ?? {}),
      started_by: personOf(actor),
      started_at: now,
      events: 1,
    });
    await store.insertSteps(tx.db, row.case_id, [step]);
    const loaded = await settle(tx, { row, version, definition, calendar, history: [step], state: replay([step]) });
    await note(tx, actor, loaded, "procedures.case_started", { procedure: input.procedure, version: version.version });
    await announce(tx, "procedures.case_started", {
      ...input.subject,
      subjectId: input.subject.id,
      partnerId,
      caseId: row.case_id,
      procedure: input.procedure,
      stage: first.key,
    });
    await askToLook(tx, row.case_id);
    return caseFacts(tx, loaded);
  });
}

/** What `when` compares with, as it is now. */
export async function traitsOf(
  ctx: Context,
  subject: Subject,
  parameters: Readonly<Record<string, string>>,
): Promise<{ readonly traits: Traits; readonly regionId: string | null }> {
  const partner = subject.kind === "partner" ? await partnerById(ctx.db, subject.id) : undefined;
  if (subject.kind === "partner" && partner === undefined) throw notFound("partner", subject.id);
  const program = subject.programId === null ? undefined : await programById(ctx.db, subject.programId);
  const regionId = partner === undefined ? (parameters.region ?? null) : partner.regionId;
  const region = regionId === null ? undefined : await regionById(ctx.db, regionId);
  const known = {
    kind: partner?.kind ?? parameters.kind,
    country: partner?.country ?? parameters.country,
    region: region?.code,
    program: program?.code,
    entity: parameters.entity,
    risk: parameters.risk,
  };
  const traits = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { traits, regionId: region?.regionId ?? null };
}

/** The worker looks at the case as soon as this is committed. */
export async function askToLook(tx: Context, caseId: string): Promise<void> {
  await announce(tx, "procedures.look", { caseId });
}

/** Looks at all running cases of somebody soon: for notices of other rooms. */
export async function askToLookAt(tx: Context, subjectIds: readonly string[]): Promise<void> {
  const caseIds = await store.livingCasesOf(tx.db, subjectIds);
  await announceMany(
    tx,
    "procedures.look",
    caseIds.map((caseId) => ({ caseId })),
  );
}

/** A command with evidence that is handed in together with it. */
export type Order = Command & { readonly handedIn?: HandedIn };

/**
 * Does what somebody orders in a case. The case itself moves on only when its facts were asked again: `lookAgain`, or the worker a moment later.
 * @param seen the length of the history that the person saw; left out: whatever there is
 */
export async function order(
  ctx: Context,
  actor: Actor,
  caseId: string,
  command: Order,
  seen?: number,
): Promise<CaseFacts> {
  return await transact(ctx, async (tx) => {
    const loaded = await holdCase(tx, caseId);
    const touch = await touchOf(tx, loaded.row);
    requireSight(actor, touch, caseId);
    if (seen !== undefined && seen !== loaded.state.events) throw changedMeanwhile("case", seen);
    const { handedIn, ...plain } = command;
    const doer = doerOf(actor, touch);
    const kept = handedIn === undefined ? [] : await writeEvidence(tx, loaded.row, doer, handedIn);
    const whole =
      "evidence" in plain ? { ...plain, evidence: [...plain.evidence, ...kept.map((one) => one.evidence)] } : plain;
    if ("evidence" in whole) await requireEvidence(tx, caseId, whole.evidence);
    const events = act(loaded.definition, loaded.state, whole as Command, doer, momentOf(tx, loaded));
    const changed = await addEvents(tx, loaded, [...kept, ...events], byActor(actor));
    for (const event of events) {
      const { kind, ...what } = event;
      await note(tx, actor, loaded, `procedures.${kind}`, what, "reason" in event ? event.reason : undefined);
    }
    await askToLook(tx, caseId);
    return caseFacts(tx, changed);
  });
}

async function requireEvidence(tx: TxContext, caseId: string, ids: readonly string[]): Promise<void> {
  const known = new Set((await evidenceOf(tx, [caseId])).map((one) => one.evidence_id));
  for (const id of ids) if (!known.has(id)) throw notFound("evidence of this case", id);
}

export function requireSight(actor: Actor, touch: Touch, caseId: string): void {
  const own = actor.partnerId !== undefined && actor.partnerId === touch.partnerId;
  if (!own && !can(actor, "procedures.read", touch)) throw notFound("case", caseId);
}

async function note(
  tx: TxContext,
  actor: Actor,
  { row }: LoadedCase,
  action: string,
  after: object,
  reason?: string,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "procedure_case",
    subjectId: row.case_id,
    partnerId: row.partner_id,
    after: { procedure: row.procedure, ...after },
    ...(reason ? { reason } : {}),
  });
}

/** The running case of a subject, else its newest; undefined when there was none. For other rooms: no permission is asked. */
export async function caseOf(ctx: Context, subject: Subject, procedure: string): Promise<CaseFacts | undefined> {
  const row = await store.caseOfSubject(ctx.db, procedure, subject.id, subject.programId);
  return row && caseFacts(ctx, await loadCase(ctx, row));
}

export interface Signing {
  readonly caseId: string;
  readonly decision: string;
  readonly verdict: "approved" | "refused";
  readonly comment?: string;
  /** Ids of evidence that is there already. */
  readonly evidence?: readonly string[];
  readonly handedIn?: HandedIn;
}

/** A named person's decision. @throws Refusal `forbidden`, `same_person`, `wrong_state`, `invalid_input`, `not_found` */
export async function signDecision(ctx: Context, actor: Actor, input: Signing): Promise<CaseFacts> {
  const { caseId, handedIn, ...rest } = input;
  const sign = { do: "sign", comment: "", evidence: [], ...rest } as const;
  return await order(ctx, actor, caseId, handedIn === undefined ? sign : { ...sign, handedIn });
}

interface Waiving {
  readonly caseId: string;
  /** Key of the condition: a decision's, or the fact as {@link CaseFacts} names it. */
  readonly condition: string;
  readonly reason: string;
  /** Last day on which it holds, ISO date. */
  readonly until: string;
  readonly evidence?: readonly string[];
}

/** Proposes a waiver of a condition of the stage that the case is in. @returns its id, for the second person */
export async function waive(ctx: Context, actor: Actor, input: Waiving): Promise<string> {
  const waiver = ctx.ids.next("wvr");
  const { condition, reason, until, evidence = [] } = input;
  await order(ctx, actor, input.caseId, { do: "waive", waiver, condition, reason, until, evidence });
  return waiver;
}

/** The second person's word on a waiver. @throws Refusal `same_person` for whoever proposed it */
export async function signWaiver(
  ctx: Context,
  actor: Actor,
  input: { readonly caseId: string; readonly waiver: string; readonly comment?: string; readonly agree?: boolean },
): Promise<CaseFacts> {
  const { waiver, comment = "", agree = true } = input;
  return await order(ctx, actor, input.caseId, { do: agree ? "sign_waiver" : "decline_waiver", waiver, comment });
}
