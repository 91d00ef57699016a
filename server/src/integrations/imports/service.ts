import type {
  Import,
  ImportBlocker,
  ImportDetail,
  ImportFailure,
  ImportMapping,
  ImportQuery,
  ImportRecord,
  ImportRecordQuery,
  ImportVendor,
  NewImport,
} from "@tributary/contract";
import { importProblemText, NewImport as NewImportSchema } from "@tributary/contract";
import { type Actor, actorOfUser, isWithin, personOf, requirePermission, systemActor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, transact } from "../../database/index.ts";
import { requireMove } from "../../kernel/life-cycle.ts";
import { isTimeZone } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { reachOf } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import type { ImportNeeds, ImportWork } from "./contracts.ts";
import { KIND_ORDER } from "./core/fields.ts";
import { IMPORT_LIFE } from "./core/life.ts";
import { FetchRefusal } from "./pull/fetch-refusal.ts";
import { checkImport } from "./running/check.ts";
import { offersOf } from "./running/decide.ts";
import { runImport } from "./running/run.ts";
import { columnsHash, settleForms, stageWhole, tablesOf, understand } from "./running/stage.ts";
import { undoBlockers, undoImport } from "./running/undo.ts";
import * as store from "./store/imports.ts";
import { countChanges } from "./store/made.ts";
import { type RecordRow, recordPage } from "./store/records.ts";
import { sheetsOf } from "./store/rows.ts";

/** Everything that an import may touch: whoever imports must be allowed to do it by hand. */
const TOUCHED = ["partners.write", "partners.approve", "links.write", "customers.write", "events.write"] as const;

export function requireImporter(actor: Actor, programId: string): void {
  for (const permission of TOUCHED) requirePermission(actor, permission, { programId });
}

/** Opens an import; files are added to it. @throws Refusal forbidden, not_found */
export async function createImport(ctx: Context, actor: Actor, given: NewImport): Promise<Import> {
  const input = NewImportSchema.parse(given);
  return await transact(ctx, async (tx) => {
    if ((await programById(tx.db, input.programId)) === undefined) throw notFound("program", input.programId);
    requireImporter(actor, input.programId);
    const id = tx.ids.next("imp");
    await store.insertImport(tx.db, {
      import_id: id,
      program_id: input.programId,
      vendor: input.vendor ?? "plain",
      name: input.name,
      status: "open",
      connection_id: null,
      actor_kind: actor.kind === "system" ? "system" : "user",
      created_by: actor.kind === "system" ? actor.id : personOf(actor),
      actor_name: actor.name,
      created_at: tx.clock.now(),
    });
    await note(tx, actor, "integrations.import_created", id, { ...input });
    return importWire(await rowOf(tx, id));
  });
}

/**
 * Reads a file into an open import and finds out what it is. @param said the platform, where whoever imports named it
 * @throws Refusal wrong_state
 */
export async function addFile(
  ctx: Context,
  actor: Actor,
  id: string,
  file: { readonly path: string; readonly name: string },
  said?: ImportVendor,
): Promise<ImportDetail> {
  const row = await workable(ctx, actor, id, ["open"]);
  await stageWhole(ctx, id, file.path, file.name);
  await propose(ctx, row, said);
  await transact(ctx, (tx) => note(tx, actor, "integrations.file_added", id, { file: file.name }));
  return await getImport(ctx, actor, id);
}

/** Recognises the tables, proposes their mapping and the questions that their rows leave open. */
export async function propose(ctx: Context, row: store.ImportRow, said?: ImportVendor): Promise<void> {
  const { vendor, mapping, remembered } = await understand(ctx, row, said);
  const work = await workOf(ctx, { ...row, vendor, mapping });
  const settled = await settleForms(ctx, work.row, (await offersOf(work)).length);
  await store.updateImport(ctx.db, row.import_id, { vendor, remembered, ...settled });
}

/** Changes how tables and columns are understood. What is answered is not asked again. */
export async function changeMapping(
  ctx: Context,
  actor: Actor,
  id: string,
  change: { readonly revision: number; readonly mapping: ImportMapping },
): Promise<ImportDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id, ["open", "checked", "failed"]);
    if (row.revision !== change.revision) throw changedMeanwhile("import", change.revision);
    const zone = change.mapping.timeZone;
    if (zone !== undefined && !isTimeZone(zone))
      throw invalid("timeZone", zone, "is no time zone", "Write Europe/Madrid, UTC …");
    const work = await workOf(tx, { ...row, mapping: change.mapping });
    const settled = await settleForms(tx, work.row, (await offersOf(work)).length);
    await store.updateImport(tx.db, id, { ...settled, status: "open" });
    await note(tx, actor, "integrations.mapping_changed", id, {
      tables: change.mapping.tables.map((table) => table.table),
    });
  });
  return await getImport(ctx, actor, id);
}

/** Has the dry run made, in the background. @throws Refusal wrong_state while questions are open */
export async function startCheck(ctx: Context, actor: Actor, id: string): Promise<ImportDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id, ["open", "checked", "failed"]);
    refuseOpen(row);
    await store.updateImport(tx.db, id, { status: "checking", done: 0, failure: null, beat_at: tx.clock.now() });
    await rememberMapping(tx, row);
    await note(tx, actor, "integrations.import_checked", id, {});
    await announce(tx, "integrations.work", { importId: id });
  });
  return await getImport(ctx, actor, id);
}

function refuseOpen(row: store.ImportRow): void {
  if (row.mapping.tables.every((table) => !table.use))
    throw new Refusal("wrong_state", "No table of the import is used: choose what at least one of them is.");
  const [question] = row.questions;
  if (question === undefined) return;
  throw new Refusal("wrong_state", "The data leave something open that has to be said first.", [
    {
      field: question.column ?? question.code,
      value: question.samples[0] ?? "",
      message: QUESTIONS[question.code] ?? "is open",
      hint: question.options.join(" / "),
    },
  ]);
}

const QUESTIONS: Readonly<Record<string, string>> = {
  day_order: "says nothing about the order of day and month",
  decimal_mark: "says nothing about the decimal mark",
  offer: "is asked for: which offer do links lead to that name none?",
  mapping: "is not mapped",
  mixed_days: "has days both before and behind months",
};

/** Has the import made, in the background. */
export async function startRun(ctx: Context, actor: Actor, id: string): Promise<ImportDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id, ["checked"]);
    const now = tx.clock.now();
    requireMove(IMPORT_LIFE, row.status, "running");
    await store.updateImport(tx.db, id, { status: "running", done: 0, started_at: now, beat_at: now });
    await note(tx, actor, "integrations.import_started", id, { counts: row.counts });
    await announce(tx, "integrations.work", { importId: id });
  });
  return await getImport(ctx, actor, id);
}

/** Takes an import back, unless something stands on it: then nothing is touched, and it is said what. @throws Refusal wrong_state */
export async function startUndo(ctx: Context, actor: Actor, id: string, needs: ImportNeeds): Promise<ImportDetail> {
  const row = await workable(ctx, actor, id, ["done", "failed"]);
  const blockers = await undoBlockers(await workOf(ctx, row, needs));
  if (blockers.length > 0) {
    await store.updateImport(ctx.db, id, { blockers });
    throw new Refusal(
      "wrong_state",
      "The import cannot be undone any more: something stands on what it made.",
      blockers.map(({ code, count }) => ({ field: "import", value: String(count), message: BLOCKED[code] })),
    );
  }
  await transact(ctx, async (tx) => {
    const total = await countChanges(tx.db, id);
    await store.updateImport(tx.db, id, { status: "undoing", blockers: [], done: 0, total, beat_at: tx.clock.now() });
    await note(tx, actor, "integrations.undo_started", id, {});
    await announce(tx, "integrations.work", { importId: id });
  });
  return await getImport(ctx, actor, id);
}

/** The API's own words; screens have theirs. */
const BLOCKED: Readonly<Record<ImportBlocker["code"], string>> = {
  customers_with_lines: "customers have commission lines",
  customers_with_events: "customers have events of other sources",
  partners_with_lines: "partners have commission lines",
  partners_with_terms: "partners have accepted terms",
  partners_with_other_customers: "customers of these partners were not brought by this import",
};

/** Puts an import away that was never run. */
export async function cancelImport(ctx: Context, actor: Actor, id: string): Promise<ImportDetail> {
  await transact(ctx, async (tx) => {
    await workable(tx, actor, id, ["open", "checked", "failed"]);
    if ((await countChanges(tx.db, id)) > 0)
      throw new Refusal("wrong_state", "Part of the import was made: undo it instead.");
    await store.updateImport(tx.db, id, { status: "cancelled", finished_at: tx.clock.now() });
    await note(tx, actor, "integrations.import_cancelled", id, {});
  });
  return await getImport(ctx, actor, id);
}

/**
 * Does what an import is waiting for: the dry run, the run or the undo. Bears repetition: it goes on where it was left. While another process is at it,
 * nothing is done here.
 * @param fetch reads a platform's API for an import that is to be fetched
 */
export async function workOn(
  ctx: Context,
  id: string,
  needs: ImportNeeds,
  more: { readonly progress?: ImportWork["progress"]; readonly fetch?: (work: ImportWork) => Promise<void> } = {},
): Promise<store.ImportRow | undefined> {
  await store.alone(ctx.db, id, async () => {
    const row = await store.findImport(ctx.db, id);
    if (row === undefined) return;
    try {
      const work = await workOf(ctx, row, needs);
      await workOnce({ ...work, ...(more.progress === undefined ? {} : { progress: more.progress }) }, more.fetch);
    } catch (error) {
      // Databases and logs that are away for a moment come back: the work stays as it is, and is taken up again.
      if (!(error instanceof Refusal) || error.code === "log_unavailable") throw error;
      const failure = failureOf(error);
      await store.updateImport(ctx.db, id, { status: "failed", failure, finished_at: ctx.clock.now() });
    }
  });
  return await store.findImport(ctx.db, id);
}

function failureOf(error: Refusal): ImportFailure {
  return error instanceof FetchRefusal ? error.failure : { code: "as_told", details: { said: error.message } };
}

async function workOnce(work: ImportWork, fetch: ((work: ImportWork) => Promise<void>) | undefined): Promise<void> {
  const { row, ctx } = work;
  if (row.status === "fetching" && fetch !== undefined) {
    await fetch(work);
    await propose(ctx, row, row.vendor);
    await store.updateImport(ctx.db, row.import_id, { status: "open" });
  } else if (row.status === "checking") await checkImport(work);
  else if (row.status === "running") await runImport(work);
  else if (row.status === "undoing") await undoImport(work);
}

/** An import of this name that a command began and did not end: whoever gives the command again goes on with it. */
export async function unfinishedImport(ctx: Context, programId: string, name: string): Promise<string | undefined> {
  return await store.unfinishedByCommand(ctx.db, programId, name);
}

/** Imports that are to be worked on: whoever is at one of them keeps the others away from it. */
export async function atWork(ctx: Context): Promise<readonly string[]> {
  return (await store.importsAtWork(ctx.db)).map((row) => row.import_id);
}

/** The import with its program and whoever answers for it. @throws Refusal forbidden when that person may do nothing any more */
export async function workOf(ctx: Context, row: store.ImportRow, needs: ImportNeeds = NO_NEEDS): Promise<ImportWork> {
  const program = await programById(ctx.db, row.program_id);
  if (program === undefined) throw notFound("program", row.program_id);
  const actor = row.actor_kind === "system" ? systemActor(row.created_by) : await actorOfUser(ctx, row.created_by);
  if (actor === undefined)
    throw new Refusal(
      "forbidden",
      `${row.actor_name} may not sign in any more: whose import it is must be allowed to make it.`,
    );
  return { ctx, row, program, actor, needs };
}

const NO_NEEDS: ImportNeeds = {
  moved: async () => undefined,
  openLog: async () => {
    throw new Error("nothing is appended here");
  },
};

async function rememberMapping(tx: Context, row: store.ImportRow): Promise<void> {
  const sheets = new Map((await sheetsOf(tx.db, row.import_id)).map((sheet) => [sheet.name, sheet]));
  const at = tx.clock.now();
  const base = { programId: row.program_id, vendor: row.vendor, at };
  for (const table of row.mapping.tables) {
    const sheet = sheets.get(table.table);
    if (sheet !== undefined)
      await store.remember(tx.db, { ...base, columns: columnsHash(sheet.columns), mapping: table });
  }
  await store.remember(tx.db, { ...base, columns: "*", mapping: { ...row.mapping, tables: [] } });
}

export async function listImports(ctx: Context, actor: Actor, query: ImportQuery): Promise<Page<Import>> {
  const page = await store.importPage(ctx.db, await reachOf(ctx, actor, "partners.write"), query);
  return { rows: page.rows.map(importWire), nextCursor: page.nextCursor };
}

export async function getImport(ctx: Context, actor: Actor, id: string): Promise<ImportDetail> {
  const row = await readable(ctx, actor, id);
  return {
    ...importWire(row),
    tables: [...(await tablesOf(ctx.db, row))],
    mapping: row.mapping,
    remembered: row.remembered,
    questions: [...row.questions],
    blockers: [...row.blockers],
  };
}

export async function listRecords(
  ctx: Context,
  actor: Actor,
  id: string,
  query: ImportRecordQuery,
): Promise<Page<ImportRecord>> {
  await readable(ctx, actor, id);
  const page = await recordPage(ctx.db, id, query);
  return { rows: page.rows.map((row) => recordWire(row, query.language)), nextCursor: page.nextCursor };
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.ImportRow> {
  const row = await store.findImport(ctx.db, id);
  const within = await reachOf(ctx, actor, "partners.write");
  if (row === undefined || actor.partnerId !== undefined || !isWithin(within, { programId: row.program_id }))
    throw notFound("import", id);
  return row;
}

async function workable(
  ctx: Context,
  actor: Actor,
  id: string,
  states: readonly store.ImportRow["status"][],
): Promise<store.ImportRow> {
  const row = await readable(ctx, actor, id);
  requireImporter(actor, row.program_id);
  if (!states.includes(row.status)) throw new Refusal("wrong_state", `The import is ${row.status}.`);
  return row;
}

async function rowOf(ctx: Context, id: string): Promise<store.ImportRow> {
  const row = await store.findImport(ctx.db, id);
  if (row === undefined) throw notFound("import", id);
  return row;
}

export async function note(tx: Context, actor: Actor, action: string, id: string, after: unknown): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "import", subjectId: id, after });
}

export function importWire(row: store.ImportRow): Import {
  return {
    id: row.import_id,
    programId: row.program_id,
    vendor: row.vendor,
    name: row.name,
    status: row.status,
    total: row.total,
    done: row.done,
    counts: Object.fromEntries(Object.entries(row.counts).map(([kind, counts]) => [kind, { ...counts }])),
    failure: row.failure,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    revision: row.revision,
  };
}

function recordWire(row: RecordRow, language: "en" | "es"): ImportRecord {
  const { problem } = row;
  const told = problem === null ? undefined : importProblemText(problem.code, problem.details ?? {}, language);
  return {
    kind: KIND_ORDER[row.stage] ?? "partner",
    externalId: row.external_id,
    table: row.sheet,
    line: row.line,
    action: row.action,
    content: { ...row.content },
    changes: [...(row.changes ?? [])],
    targetId: row.target_id,
    field: problem?.field ?? null,
    value: problem?.value ?? null,
    code: problem?.code ?? null,
    reason: told?.reason ?? null,
    wayOut: told?.wayOut ?? null,
    done: row.done_at !== null,
  };
}
