import type { ProcedureDefinition } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import { announce, type Context, type TxContext } from "../database/index.ts";
import { dayOf, startOfDay } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import { workingCalendar } from "./calendars.ts";
import type { CaseFacts, ConditionFacts, Subject } from "./contracts.ts";
import type { Moment } from "./core/act.ts";
import { stageOf } from "./core/conditions.ts";
import { type ConditionState, gateOf } from "./core/gate.ts";
import { after, type CaseEvent, type CaseState, replay, type Step } from "./core/state.ts";
import { staysOf } from "./core/stays.ts";
import { waitsOf } from "./core/waits.ts";
import { dueAfter, type WorkingCalendar, workingBetween } from "./core/working-time.ts";
import * as store from "./store/cases.ts";
import { type VersionRow, versionById } from "./store/versions.ts";
import { writeWaits } from "./store/waits.ts";
import { definitionIn } from "./versions.ts";

/** A case with all that is needed to go on with it. */
export interface LoadedCase {
  readonly row: store.CaseRow;
  readonly version: VersionRow;
  readonly definition: ProcedureDefinition;
  readonly calendar: WorkingCalendar;
  readonly history: readonly Step[];
  readonly state: CaseState;
}

/** How often a running case is looked at, whatever else happens: a fact may change without a word. */
const LOOK_EVERY_MS = 60 * 60_000;

export async function loadCase(ctx: Context, row: store.CaseRow): Promise<LoadedCase> {
  const history = (await store.historyOf(ctx.db, [row.case_id])).get(row.case_id) ?? [];
  const state = replay(history);
  const version = await versionById(ctx.db, state.version);
  if (version === undefined) throw new Error(`${row.case_id} runs on a version that is not there`);
  const calendar = await workingCalendar(ctx, row.region_id);
  return { row, version, definition: definitionIn(version), calendar, history, state };
}

/** The case, held for a change. @throws Refusal not_found */
export async function holdCase(tx: TxContext, caseId: string): Promise<LoadedCase> {
  const row = await store.lockCase(tx.db, caseId);
  if (row === undefined) throw notFound("case", caseId);
  return await loadCase(tx, row);
}

/** Now, for a case: today in its calendar, and when a stage is due that begins now. */
export function momentOf(ctx: Context, loaded: Pick<LoadedCase, "definition" | "calendar">): Moment {
  const now = ctx.clock.now();
  return {
    day: dayOf(now, loaded.calendar.timeZone),
    dueOf: (key) => {
      const { due } = stageOf(loaded.definition, key);
      return due === undefined ? null : (dueAfter(loaded.calendar, now, due)?.toISOString() ?? null);
    },
  };
}

/** Who did it, as the history names them. */
export interface By {
  readonly person: string;
  readonly name: string;
}
export const byActor = (actor: Actor): By => ({ person: personOf(actor), name: actor.name });
export const BY_ITSELF: By = { person: "procedures", name: "Tributary" };

/** Adds events to a history, and writes what follows from them; tells whoever listens. */
export async function addEvents(
  tx: TxContext,
  loaded: LoadedCase,
  events: readonly CaseEvent[],
  by: By,
): Promise<LoadedCase> {
  return events.length === 0 ? loaded : await settle(tx, await appendEvents(tx, loaded, events, by));
}

/** Adds events to a history and tells whoever listens; whoever calls settles the case when it has added all of its own. */
export async function appendEvents(
  tx: TxContext,
  loaded: LoadedCase,
  events: readonly CaseEvent[],
  by: By,
): Promise<LoadedCase> {
  if (events.length === 0) return loaded;
  const at = tx.clock.now();
  let { state } = loaded;
  const steps: Step[] = [];
  for (const event of events) {
    const step: Step = { ...event, number: state.events + 1, stage: state.stage, at, ...by };
    steps.push(step);
    state = after(state, step);
  }
  await store.insertSteps(tx.db, loaded.row.case_id, steps);
  const history = [...loaded.history, ...steps];
  for (const step of steps) await tell(tx, loaded.row, step);
  const version =
    state.version === loaded.version.version_id ? loaded.version : await versionById(tx.db, state.version);
  if (version === undefined) throw new Error(`there is no version ${state.version}`);
  return { ...loaded, version, definition: definitionIn(version), history, state };
}

/** Writes what lists and measures read. */
export async function settle(tx: TxContext, loaded: LoadedCase): Promise<LoadedCase> {
  const { state, calendar, history } = loaded;
  const now = tx.clock.now();
  const row = await store.updateCase(tx.db, loaded.row.case_id, {
    version_id: state.version,
    status: state.status,
    stage: state.stage,
    stage_since: state.since,
    due_at: state.dueAt,
    next_look_at: nextLook(loaded, now),
    ended_at: state.status === "running" ? null : (loaded.row.ended_at ?? now),
    events: state.events,
  });
  await store.writeStays(tx.db, row.case_id, staysOf(history), (stay) =>
    stay.until === null ? null : BigInt(Math.round(workingBetween(calendar, stay.from, stay.until) / 1000)),
  );
  await settleWaits(tx, loaded);
  return { ...loaded, row };
}

/** Writes what changes by time alone, in a case to which nothing happened: what is waited for, and when to look next. */
export async function settleTime(tx: TxContext, loaded: LoadedCase): Promise<void> {
  await store.setNextLook(tx.db, loaded.row.case_id, nextLook(loaded, tx.clock.now()));
  await settleWaits(tx, loaded);
}

async function settleWaits(tx: TxContext, loaded: LoadedCase): Promise<void> {
  const { definition, state, calendar, row } = loaded;
  const at = tx.clock.now();
  const waits = waitsOf(definition, state, dayOf(at, calendar.timeZone), (stage, task) =>
    dueOfTask(loaded, stage, task),
  );
  await writeWaits(tx.db, { caseId: row.case_id, partnerId: row.partner_id, at }, waits);
}

/** When a task of the stage that the case is in is due. */
export function dueOfTask({ definition, state, calendar }: LoadedCase, stage: string, key: string): Date | null {
  const due = stageOf(definition, stage).tasks.find((task) => task.key === key)?.due;
  return due === undefined ? null : dueAfter(calendar, state.since, due);
}

/** When a stage's escalations come, in their order. */
export function escalationTimes({ definition, state, calendar }: LoadedCase): readonly (Date | null)[] {
  const { dueAt } = state;
  return stageOf(definition, state.stage).escalations.map(({ after: time }) =>
    dueAt === null ? null : dueAfter(calendar, dueAt, time),
  );
}

function nextLook(loaded: LoadedCase, now: Date): Date | null {
  const { state, calendar } = loaded;
  if (state.status === "dropped") return null;
  const ends = state.waivers.filter((one) => one.state === "signed").map(({ until }) => until);
  const running = state.status === "running";
  if (running) for (const { holds, until } of Object.values(state.facts)) if (holds && until !== null) ends.push(until);
  const today = dayOf(now, calendar.timeZone);
  const times = ends
    .filter((day) => day >= today)
    .map((day) => startOfDay(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), calendar.timeZone).getTime());
  if (running) {
    times.push(now.getTime() + LOOK_EVERY_MS);
    escalationTimes(loaded).forEach((time, index) => {
      if (time !== null && time > now && !state.escalated.includes(index)) times.push(time.getTime());
    });
  } else if (state.passed.some(({ waived }) => waived.length > 0)) times.push(now.getTime() + 24 * LOOK_EVERY_MS);
  return times.length === 0 ? null : new Date(Math.min(...times));
}

const NOTICES: Partial<Record<Step["kind"], string>> = {
  started: "procedures.case_started",
  passed: "procedures.stage_entered",
  sent_back: "procedures.stage_entered",
  reopened: "procedures.stage_entered",
  finished: "procedures.case_finished",
  dropped: "procedures.case_dropped",
  escalated: "procedures.escalated",
  signed: "procedures.signed",
  gate_shut: "procedures.gate_shut_again",
  gate_opened: "procedures.gate_open_again",
};

async function tell(tx: TxContext, row: store.CaseRow, step: Step): Promise<void> {
  const notice = NOTICES[step.kind];
  if (notice === undefined) return;
  const { number, at: _, person: __, name: ___, ...what } = step;
  await announce(tx, notice, {
    ...what,
    number,
    caseId: row.case_id,
    procedure: row.procedure,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    stage: "to" in step && step.kind !== "escalated" ? step.to : step.stage,
  });
}

export function subjectOf(row: store.CaseRow): Subject {
  return { kind: row.subject_kind as Subject["kind"], id: row.subject_id, programId: row.program_id };
}

/** What other rooms read of a case. */
export function caseFacts(ctx: Context, loaded: LoadedCase): CaseFacts {
  const { row, state, definition, version } = loaded;
  const gate = gateOf(definition, state, momentOf(ctx, loaded).day);
  return {
    caseId: row.case_id,
    procedure: row.procedure,
    version: version.version,
    subject: subjectOf(row),
    status: state.status,
    stage: state.stage,
    stages: definition.stages.map(({ key }) => key),
    since: state.since,
    dueAt: state.dueAt,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    parameters: row.parameters as Record<string, string>,
    conditions: gate.conditions.map(conditionFacts),
    openTasks: gate.tasks,
    shutAgain: gate.shutAgain.map(({ condition }) => conditionFacts(condition)),
    decisions: Object.entries(state.decisions).map(([decision, { verdict, person, name, at }]) => ({
      decision,
      verdict,
      person,
      name,
      at,
    })),
  };
}

function conditionFacts({ key, kind, holds, how, sentence, waiver }: ConditionState): ConditionFacts {
  return { key, kind, holds, how, sentence, waivedUntil: how === "waived" ? (waiver?.until ?? null) : null };
}
