import type { ManyDone, Suggestion, SuggestionPreview, SuggestionQuery } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import * as store from "./store/suggestions.ts";
import { placeOf } from "./tidying.ts";

export async function listSuggestions(
  ctx: Context,
  actor: Actor,
  query: SuggestionQuery,
): Promise<{ data: Suggestion[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "governance.read");
  const page = await store.suggestionPage(ctx.db, within, query, query);
  return { data: page.rows.map(suggestionWire), nextCursor: page.nextCursor };
}

function suggestionWire(row: store.SuggestionRow): Suggestion {
  return {
    id: row.suggestion_id,
    kind: row.kind as Suggestion["kind"],
    state: row.state as Suggestion["state"],
    subjectKind: row.subject_kind as Suggestion["subjectKind"],
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    partnerId: row.partner_id,
    programId: row.program_id,
    action: row.action as Suggestion["action"],
    facts: row.facts as unknown as Suggestion["facts"],
    foundAt: row.found_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    undoable: row.state === "done" && row.before !== null,
  };
}

/** What doing these would change, and what cannot be done, without doing it. */
export async function previewSuggestions(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<SuggestionPreview> {
  const rows = await seen(ctx, actor, ids);
  const preview: SuggestionPreview = { changes: [], refused: [] };
  for (const row of rows) {
    const place = await placeOf(ctx, actor, row).catch(refusalText);
    if (typeof place === "string") preview.refused.push({ id: row.suggestion_id, detail: place });
    else
      preview.changes.push({
        id: row.suggestion_id,
        subjectId: row.subject_id,
        name: row.subject_name,
        from: place.status,
        to: place.wanted,
      });
  }
  return preview;
}

/** Does what is proposed, one by one through the room that owns the record; what one refuses does not stop the others. */
export async function doSuggestions(ctx: Context, actor: Actor, ids: readonly string[]): Promise<ManyDone> {
  const rows = await seen(ctx, actor, ids);
  return await each(rows, async (row) => {
    await transact(ctx, async (tx) => {
      const place = await placeOf(tx, actor, row);
      const revision = await place.set(tx, place.wanted, place.revision);
      await store.decideSuggestion(tx.db, row.suggestion_id, {
        state: "done",
        decided_by: personOf(actor),
        decided_at: tx.clock.now(),
        before: place.status,
        after_revision: revision,
      });
      await note(tx, actor, row, "governance.suggestion_done", { from: place.status, to: place.wanted });
    });
  });
}

/** Puts back what was done, where nobody has changed it since. */
export async function undoSuggestions(ctx: Context, actor: Actor, ids: readonly string[]): Promise<ManyDone> {
  const rows = await seen(ctx, actor, ids);
  return await each(rows, async (row) => {
    if (row.state !== "done" || row.before === null)
      throw new Refusal("wrong_state", "Nothing was done that could be undone.");
    const before = row.before;
    await transact(ctx, async (tx) => {
      const place = await placeOf(tx, actor, { ...row, state: "open" }, "undo");
      if (place.revision !== row.after_revision)
        throw new Refusal("conflict", "It was changed by somebody since: put it back on its own page.");
      await place.set(tx, before, place.revision);
      await store.decideSuggestion(tx.db, row.suggestion_id, {
        state: "gone",
        decided_by: personOf(actor),
        decided_at: tx.clock.now(),
        before: null,
      });
      await note(tx, actor, row, "governance.suggestion_undone", { to: before });
    });
  });
}

/** Says that it shall stay as it is; it is not proposed again while it is so. */
export async function dismissSuggestions(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  reason: string,
): Promise<ManyDone> {
  const rows = await seen(ctx, actor, ids);
  return await each(rows, async (row) => {
    if (row.state !== "open") throw new Refusal("wrong_state", "It is decided already.");
    await transact(ctx, async (tx) => {
      await store.decideSuggestion(tx.db, row.suggestion_id, {
        state: "dismissed",
        decided_by: personOf(actor),
        decided_at: tx.clock.now(),
        reason,
      });
      await note(tx, actor, row, "governance.suggestion_dismissed", {}, reason);
    });
  });
}

async function seen(ctx: Context, actor: Actor, ids: readonly string[]): Promise<readonly store.SuggestionRow[]> {
  requirePermission(actor, "governance.write");
  const within = await reachOf(ctx, actor, "governance.write");
  const rows = await store.suggestionsByIds(ctx.db, within, ids);
  if (rows.length === 0) throw notFound("suggestion", ids[0] ?? "");
  return rows;
}

async function each(
  rows: readonly store.SuggestionRow[],
  work: (row: store.SuggestionRow) => Promise<void>,
): Promise<ManyDone> {
  const result: ManyDone = { done: 0, refused: [] };
  for (const row of rows) {
    const problem = await work(row).then(() => undefined, refusalText);
    if (problem === undefined) result.done += 1;
    else result.refused.push({ id: row.suggestion_id, detail: problem });
  }
  return result;
}

function refusalText(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}

async function note(
  tx: Parameters<typeof audit.record>[0],
  actor: Actor,
  row: store.SuggestionRow,
  action: string,
  after: object,
  reason?: string,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "suggestion",
    subjectId: row.suggestion_id,
    partnerId: row.partner_id,
    after: { kind: row.kind, subject: row.subject_id, ...after },
    reason,
  });
}
