import type {
  BulkChange,
  BulkDetail,
  BulkMapping,
  BulkQuery,
  BulkQuestion,
  BulkRow,
  BulkRowQuery,
  BulkSubject,
  NewMassEdit,
} from "@tributary/contract";
import { NewMassEdit as NewMassEditSchema } from "@tributary/contract";
import { type Actor, actorOfUser, personOf, reach, requirePermission, systemActor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, transact } from "../../database/index.ts";
import type { LifeCycle } from "../../kernel/life-cycle.ts";
import { requireMove } from "../../kernel/life-cycle.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { findDayOrder } from "../../kernel/written-days.ts";
import { checkBulk } from "./check.ts";
import type { BulkRecord, BulkWork } from "./contracts.ts";
import { columnsInUse } from "./core/said.ts";
import { makeBulk } from "./make.ts";
import { partnersShown } from "./selection.ts";
import { columnsHash, proposeMapping, stageFile } from "./staging.ts";
import * as store from "./store/changes.ts";
import * as rows from "./store/rows.ts";
import { customFields, writableFields } from "./surroundings.ts";
import { undoBulk } from "./undo.ts";
import { bulkDetail, bulkRow, bulkWire } from "./wire.ts";

const LIFE: LifeCycle<BulkRecord["status"]> = {
  open: ["checking", "cancelled"],
  checking: ["checked", "failed"],
  checked: ["open", "checking", "running", "cancelled"],
  running: ["done", "failed"],
  done: ["undoing"],
  undoing: ["undone", "failed"],
  undone: [],
  failed: ["open", "checking", "cancelled"],
  cancelled: [],
};
const MOST_SELECTED = 100_000;

/** Takes a file in: its tables as they stand, and what their columns mean. @throws Refusal forbidden, bad_request, too_large */
export async function openBulk(
  ctx: Context,
  actor: Actor,
  file: { readonly path: string; readonly name: string },
  subject: BulkSubject,
): Promise<BulkDetail> {
  requireOperator(actor);
  const id = ctx.ids.next("pim");
  await transact(ctx, async (tx) => {
    await store.insertBulk(tx.db, {
      ...beginning(tx, actor),
      bulk_id: id,
      subject,
      source: "file",
      name: file.name,
      edit: null,
      total: 0,
    });
    const sheets = await stageFile(tx, id, file, subject);
    const custom = customFields(await writableFields(tx, actor, subject));
    const { mapping, remembered } = await proposeMapping(tx, subject, sheets, custom);
    const total = sheets[mapping.sheet]?.rows ?? 0;
    await store.updateBulk(tx.db, id, { sheets, mapping, remembered, total });
    await note(tx, actor, "partners.bulk_opened", id, { file: file.name, subject, rows: total });
  });
  return await getBulk(ctx, actor, id);
}

function beginning(ctx: Context, actor: Actor) {
  const own = actor.kind === "system";
  return {
    ...{ status: "open" as const, actor_kind: own ? "system" : "user", created_by: own ? actor.id : personOf(actor) },
    ...{ actor_name: actor.name, created_at: ctx.clock.now() },
  } as const;
}

function requireOperator(actor: Actor): void {
  requirePermission(actor, "partners.write");
  if (actor.partnerId !== undefined)
    throw new Refusal("forbidden", "Many records at once are changed by the operator.");
}

/**
 * Has the preview of an edit of many partners made. Named ones, or all that a list shows now.
 * @throws Refusal forbidden, invalid_input
 */
export async function openMassEdit(ctx: Context, actor: Actor, given: NewMassEdit): Promise<BulkDetail> {
  requireOperator(actor);
  const { ids: named, filter, edit } = NewMassEditSchema.parse(given);
  if (Object.keys(edit).filter((field) => field !== "reason").length === 0)
    throw invalid("edit", "", "names no field", "Say what the partners are given.");
  if ((named === undefined) === (filter === undefined))
    throw invalid("ids", "", "or filter is needed, and only one of them", "Name partners, or say which list is meant.");
  const shown = { sort: "name", merged: "false", ...filter } as const;
  const ids = named ?? (await partnersShown(ctx, actor, shown, MOST_SELECTED));
  if (ids.length > MOST_SELECTED)
    throw new Refusal("too_large", `More than ${MOST_SELECTED} partners are meant: narrow the list.`);
  if (ids.length === 0) throw invalid("filter", "", "finds no partner");
  const id = ctx.ids.next("pim");
  await transact(ctx, async (tx) => {
    const name = Object.keys(edit).join(", ");
    const unique = [...new Set(ids)];
    await store.insertBulk(tx.db, {
      ...beginning(tx, actor),
      ...{ bulk_id: id, subject: "partner", source: "selection", name, edit, total: unique.length },
    });
    const sheet = {
      name,
      columns: [{ name: "id", samples: [] }],
      rows: unique.length,
      hidden: false,
      notes: [],
      brokenOff: null,
    };
    await rows.stageRows(
      tx,
      id,
      0,
      unique.map((partnerId, at) => ({ line: at + 1, cells: [partnerId], problem: null })),
    );
    await store.updateBulk(tx.db, id, { sheets: [sheet], status: "checking", beat_at: tx.clock.now() });
    await note(tx, actor, "partners.bulk_opened", id, { edit, partners: unique.length });
    await announce(tx, "partners.bulk_work", { bulkId: id });
  });
  return await getBulk(ctx, actor, id);
}

/** Changes what the columns mean. @throws Refusal conflict, wrong_state, invalid_input */
export async function changeBulkMapping(
  ctx: Context,
  actor: Actor,
  id: string,
  change: { readonly revision: number; readonly mapping: BulkMapping },
): Promise<BulkDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id);
    if (row.revision !== change.revision) throw changedMeanwhile("bulk change", change.revision);
    if (row.status !== "open") requireMove(LIFE, row.status, "open");
    const sheet = row.sheets[change.mapping.sheet];
    if (sheet === undefined) throw invalid("mapping.sheet", String(change.mapping.sheet), "is no table of the file");
    const other = change.mapping.sheet !== row.mapping.sheet;
    const mapping = other
      ? (
          await proposeMapping(
            tx,
            row.subject,
            row.sheets,
            customFields(await writableFields(tx, actor, row.subject)),
            change.mapping.sheet,
          )
        ).mapping
      : change.mapping;
    await store.updateBulk(tx.db, id, { mapping, status: "open", counts: {}, total: sheet.rows });
    await note(tx, actor, "partners.bulk_mapped", id, { mapping });
  });
  return await getBulk(ctx, actor, id);
}

/** Has the dry run made, in the background. @throws Refusal wrong_state while something is open */
export async function startBulkCheck(ctx: Context, actor: Actor, id: string): Promise<BulkDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id);
    requireMove(LIFE, row.status, "checking");
    const [question] = await questionsOf(tx, row);
    if (question !== undefined)
      throw new Refusal("wrong_state", "Something has to be said about the columns first.", [
        {
          field: question.field ?? question.columns[0] ?? "mapping",
          value: question.columns.join(", "),
          message: QUESTIONS[question.code],
        },
      ]);
    const names = row.sheets[row.mapping.sheet]?.columns.map((one) => one.name) ?? [];
    if (row.source === "file")
      await store.rememberMapping(tx.db, {
        ...{ subject: row.subject, columns: columnsHash(names), mapping: row.mapping },
        ...{ by: personOf(actor), at: tx.clock.now() },
      });
    await store.updateBulk(tx.db, id, { status: "checking", done: 0, failure: null, beat_at: tx.clock.now() });
    await announce(tx, "partners.bulk_work", { bulkId: id });
  });
  return await getBulk(ctx, actor, id);
}

const QUESTIONS: Readonly<Record<BulkQuestion["code"], string>> = {
  no_key: "no column says which record a row means: id, code, e-mail address or name",
  no_name: "no column is the name, which new records need",
  no_kind: "no column and no default says the kind, which new partners need",
  twice: "two columns mean the same field",
  day_order: "the dates do not say whether the day or the month stands first",
};

/** What keeps the preview from being made. */
export async function questionsOf(ctx: Context, row: BulkRecord): Promise<readonly BulkQuestion[]> {
  if (row.source === "selection") return [];
  const { mapping, subject } = row;
  const columns = row.sheets[mapping.sheet]?.columns ?? [];
  const uses = columnsInUse(
    subject,
    mapping,
    columns.map((one) => one.name),
  );
  const has = (...fields: string[]) => fields.some((field) => uses.some((use) => use.rule.name === field));
  const questions: BulkQuestion[] = [];
  const twice = uses.find((use, at) => uses.findIndex((one) => one.rule.name === use.rule.name) !== at);
  if (twice !== undefined)
    questions.push({
      code: "twice",
      columns: uses.filter((one) => one.rule.name === twice.rule.name).map((one) => one.column),
      field: twice.rule.name,
    });
  if (!(subject === "partner" ? has("id", "code", "email", "name") : has("id") || (has("partner") && has("email"))))
    questions.push({ code: "no_key", columns: [], field: null });
  if (mapping.mode === "create" && !has("name")) questions.push({ code: "no_name", columns: [], field: "name" });
  if (mapping.mode === "create" && subject === "partner" && !has("kind") && mapping.defaults.kind === undefined)
    questions.push({ code: "no_kind", columns: [], field: "kind" });
  for (const { at, column, rule } of uses) {
    if (rule.value !== "day" || mapping.dayOrder !== undefined) continue;
    const found = findDayOrder(await rows.columnValues(ctx.db, row.bulk_id, mapping.sheet, at));
    if (found !== "none") questions.push({ code: "day_order", columns: [column], field: rule.name });
  }
  return questions;
}

/** Has it made what the preview shows, in the background. */
export async function startBulkRun(ctx: Context, actor: Actor, id: string): Promise<BulkDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id);
    requireMove(LIFE, row.status, "running");
    const total = (row.counts.create ?? 0) + (row.counts.update ?? 0);
    const now = tx.clock.now();
    await store.updateBulk(tx.db, id, { status: "running", done: 0, total, started_at: now, beat_at: now });
    await note(tx, actor, "partners.bulk_started", id, { counts: row.counts });
    await announce(tx, "partners.bulk_work", { bulkId: id });
  });
  return await getBulk(ctx, actor, id);
}

/** Has it taken back, row by row where nobody was there since. @throws Refusal wrong_state after its time */
export async function startBulkUndo(ctx: Context, actor: Actor, id: string): Promise<BulkDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id);
    requireMove(LIFE, row.status, "undoing");
    if (row.undo_until !== null && row.undo_until < tx.clock.now())
      throw new Refusal("wrong_state", `It could be taken back until ${row.undo_until.toISOString().slice(0, 10)}.`);
    const { made } = await rows.countUndone(tx.db, id);
    await store.updateBulk(tx.db, id, { status: "undoing", done: 0, total: made, beat_at: tx.clock.now() });
    await note(tx, actor, "partners.bulk_undo_started", id, {});
    await announce(tx, "partners.bulk_work", { bulkId: id });
  });
  return await getBulk(ctx, actor, id);
}

/** Puts away what was never made. */
export async function cancelBulk(ctx: Context, actor: Actor, id: string): Promise<BulkDetail> {
  await transact(ctx, async (tx) => {
    const row = await workable(tx, actor, id);
    requireMove(LIFE, row.status, "cancelled");
    if ((await rows.countUndone(tx.db, id)).made > 0)
      throw new Refusal("wrong_state", "Part of it was made: have it made to the end, then take it back.");
    await store.updateBulk(tx.db, id, { status: "cancelled", finished_at: tx.clock.now() });
    await note(tx, actor, "partners.bulk_cancelled", id, {});
  });
  return await getBulk(ctx, actor, id);
}

/**
 * Does what a bulk change is waiting for: dry run, making or undo. Bears repetition: it goes on where it was left. While another process is at it,
 * nothing is done here.
 */
export async function workOnBulk(ctx: Context, id: string, progress?: BulkWork["progress"]): Promise<void> {
  await store.alone(ctx.db, id, async () => {
    const row = await store.findBulk(ctx.db, id);
    if (row === undefined) return;
    try {
      const work: BulkWork = { ctx, row, actor: await actorOf(ctx, row), progress };
      if (row.status === "checking") await checkBulk(work);
      else if (row.status === "running") await makeBulk(work);
      else if (row.status === "undoing") await undoBulk(work);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await store.updateBulk(ctx.db, id, { status: "failed", failure: error.message, finished_at: ctx.clock.now() });
    }
  });
}

async function actorOf(ctx: Context, row: BulkRecord): Promise<Actor> {
  const actor = row.actor_kind === "system" ? systemActor(row.created_by) : await actorOfUser(ctx, row.created_by);
  if (actor === undefined)
    throw new Refusal(
      "forbidden",
      `${row.actor_name} may not sign in any more: whose change it is must be allowed to make it.`,
    );
  return actor;
}

export async function listBulks(ctx: Context, actor: Actor, query: BulkQuery): Promise<Page<BulkChange>> {
  requireOperator(actor);
  const page = await store.bulkPage(ctx.db, reach(actor, "partners.write").everything ? null : personOf(actor), query);
  return { rows: page.rows.map(bulkWire), nextCursor: page.nextCursor };
}

export async function getBulk(ctx: Context, actor: Actor, id: string): Promise<BulkDetail> {
  const row = await readable(ctx, actor, id);
  const custom = customFields(await writableFields(ctx, actor, row.subject));
  const asking = ["open", "checked", "failed"].includes(row.status);
  return bulkDetail(row, asking ? await questionsOf(ctx, row) : [], custom);
}

export async function listBulkRows(
  ctx: Context,
  actor: Actor,
  id: string,
  query: BulkRowQuery,
): Promise<Page<BulkRow>> {
  await readable(ctx, actor, id);
  const page = await rows.decisionPage(ctx.db, id, query);
  return { rows: page.rows.map((row) => bulkRow(row, query.language)), nextCursor: page.nextCursor };
}

/** Bulk changes that are to be worked on: whoever is at one of them keeps the others away from it. */
export async function bulksAtWork(ctx: Context): Promise<readonly string[]> {
  return await store.bulksAtWork(ctx.db);
}

/** Own ones, and everybody's for whoever may write everywhere. */
export async function readable(ctx: Context, actor: Actor, id: string): Promise<BulkRecord> {
  requireOperator(actor);
  const row = await store.findBulk(ctx.db, id);
  const everywhere = reach(actor, "partners.write").everything;
  if (row === undefined || (!everywhere && row.created_by !== personOf(actor))) throw notFound("bulk change", id);
  return row;
}

async function workable(tx: Context, actor: Actor, id: string): Promise<BulkRecord> {
  await readable(tx, actor, id);
  const row = await store.lockBulk(tx.db, id);
  if (row === undefined) throw notFound("bulk change", id);
  // Work is done in the name of whoever opened it: nobody lends it to somebody else.
  if (row.created_by !== (actor.kind === "system" ? actor.id : personOf(actor)))
    throw new Refusal("forbidden", `${row.actor_name} has opened it: whoever opened it goes on with it.`);
  return row;
}

async function note(tx: Context, actor: Actor, action: string, id: string, after: unknown): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "bulk_change", subjectId: id, after });
}
