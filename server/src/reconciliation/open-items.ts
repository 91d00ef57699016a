import type { NewOpenItem, OpenItem, OpenItemQuery } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { entryNumber } from "./matching.ts";
import { resultForItem } from "./results.ts";
import { entryById } from "./store/entries.ts";
import * as store from "./store/open-items.ts";

export async function listOpenItems(ctx: Context, actor: Actor, query: OpenItemQuery): Promise<Page<OpenItem>> {
  requirePermission(actor, "reconciliation.read", {});
  const today = dayOf(ctx.clock.now(), "UTC");
  const { rows, nextCursor } = await store.itemPage(ctx.db, query, query);
  return { rows: rows.map((row) => itemWire(row, today)), nextCursor };
}

/** Opens a question about a difference or a movement at the bank, with an owner and a day. */
export async function openItem(ctx: Context, actor: Actor, given: NewOpenItem): Promise<OpenItem> {
  if ((given.resultId === undefined) === (given.entryId === undefined))
    throw invalid("resultId", "", "say what it is about: a result of a comparison, or a movement at the bank");
  const about = given.resultId === undefined ? null : await resultForItem(ctx, actor, given.resultId);
  if (about === null) requirePermission(actor, "reconciliation.write", {});
  const entry = given.entryId === undefined ? null : entryNumber(given.entryId);
  if (entry !== null && (await entryById(ctx.db, entry)) === undefined)
    throw notFound("bank entry", given.entryId ?? "");
  return await transact(ctx, async (tx) => {
    const row = await store.insertItem(tx.db, {
      item_id: tx.ids.next("opi"),
      comparison_id: about?.comparisonId ?? null,
      result_key: about?.resultKey ?? null,
      entry_id: entry,
      title: given.title,
      owner: given.owner,
      due_on: given.dueOn,
      state: "open",
      opened_by: personOf(actor),
      opened_at: tx.clock.now(),
    });
    const note = { action: "open_items.opened", subjectKind: "open_item", subjectId: row.item_id };
    await audit.record(tx, actor, { ...note, after: given });
    return itemWire(row, dayOf(tx.clock.now(), "UTC"));
  });
}

export async function answerOpenItem(ctx: Context, actor: Actor, id: string, answer: string): Promise<OpenItem> {
  requirePermission(actor, "reconciliation.write", {});
  return await transact(ctx, async (tx) => {
    const row = await store.lockItem(tx.db, id);
    if (row === undefined) throw notFound("open_item", id);
    if (row.state !== "open") throw new Refusal("wrong_state", "This question is answered already.");
    const done = { state: "answered", answer, answered_by: personOf(actor), answered_at: tx.clock.now() };
    await store.updateItem(tx.db, id, done);
    await audit.record(tx, actor, {
      action: "open_items.answered",
      subjectKind: "open_item",
      subjectId: id,
      reason: answer,
    });
    return itemWire({ ...row, ...done }, dayOf(tx.clock.now(), "UTC"));
  });
}

function itemWire(row: store.OpenItemRow, today: string): OpenItem {
  return {
    id: row.item_id,
    comparisonId: row.comparison_id,
    resultKey: row.result_key,
    entryId: row.entry_id === null ? null : publicNumber("ben", row.entry_id),
    title: row.title,
    owner: row.owner,
    dueOn: row.due_on,
    overdue: row.state === "open" && row.due_on < today,
    state: row.state as OpenItem["state"],
    answer: row.answer,
    openedBy: row.opened_by,
    openedAt: row.opened_at.toISOString(),
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
