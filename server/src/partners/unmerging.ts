import type { PartnerMerge } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, notifyChange, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { MERGE_COLUMNS, MERGE_FIELDS, same, tagsWithout, takenBack } from "./core/merge.ts";
import type { MergeNeeds } from "./merge-needs.ts";
import type { MergeBefore, MergeMoved } from "./merge-state.ts";
import { mergeWire, openMerge } from "./merging.ts";
import { touchOf } from "./service.ts";
import { contactRowsOf } from "./store/contacts.ts";
import * as fields from "./store/fields.ts";
import * as store from "./store/merges.ts";
import * as partners from "./store/partners.ts";

/**
 * Makes two records of one again, as they were. What somebody has changed since stays as it is now; what went on to a third stays there.
 * @throws Refusal `not_found`, `forbidden`, `wrong_state` (not merged, or the time for it is over)
 */
export async function unmergePartners(
  ctx: Context,
  actor: Actor,
  id: string,
  reason: string,
  needs: MergeNeeds,
): Promise<PartnerMerge> {
  return await transact(ctx, async (tx) => {
    await partners.lockTree(tx.db);
    const row = await openMerge(tx, actor, id);
    const now = tx.clock.now();
    if (row.state !== "done")
      throw new Refusal("wrong_state", `This merge is ${row.state}: there is nothing to take back.`);
    if (row.undo_until !== null && row.undo_until < now)
      throw new Refusal(
        "wrong_state",
        `A merge is taken back until ${row.undo_until.toISOString().slice(0, 10)}, not later.`,
      );
    const [winner, loser] = [await one(tx, row.winner_id), await one(tx, row.loser_id)];
    for (const partner of [winner, loser]) requirePermission(actor, "partners.approve", touchOf(partner));
    if (winner.merged_into !== null)
      throw new Refusal("wrong_state", `${winner.name} was merged itself since: take that back first.`);
    const [before, moved] = [row.before as MergeBefore, row.moved as MergeMoved];
    await giveBack(tx, actor, row, before, moved, needs);
    await restoreValues(tx, row.winner_id, before);
    await restoreTree(tx, row, before, moved);
    await partners.updatePartner(tx.db, row.winner_id, winner.revision, winnerAfter(winner, before));
    await partners.updatePartner(tx.db, row.loser_id, loser.revision, {
      status: String(before.loser.status),
      status_reason: String(before.loser.status_reason),
      merged_into: null,
    });
    const saved = await store.updateMerge(tx.db, id, { state: "undone", undone_by: personOf(actor), undone_at: now });
    await tell(tx, actor, row, before, reason, loser.revision + 1);
    return mergeWire(saved);
  });
}

async function giveBack(
  tx: Context,
  actor: Actor,
  row: store.MergeRow,
  before: MergeBefore,
  moved: MergeMoved,
  needs: MergeNeeds,
): Promise<void> {
  const [from, to] = [row.loser_id, row.winner_id];
  for (const mover of needs.movers) await mover.back(tx, moved.rooms[mover.what] ?? [], from, to, actor);
  const there = new Set((await contactRowsOf(tx.db, [to])).map((one) => one.contact_id));
  for (const { contact_id, primary_for } of before.contacts)
    if (moved.contacts.includes(contact_id) && there.has(contact_id))
      await store.moveContact(tx.db, contact_id, from, primary_for);
  await store.moveRestrictions(tx.db, moved.restrictions, from);
  await store.leavePrograms(tx.db, to, moved.programs);
}

async function restoreValues(tx: Context, winnerId: string, before: MergeBefore): Promise<void> {
  const byField = (rows: readonly fields.FieldValueRow[]) => new Map(rows.map((row) => [row.field_id, row]));
  const [old, merged] = [byField(before.values), byField(before.merged.values)];
  const now = byField(await fields.valuesOf(tx.db, [winnerId]));
  for (const fieldId of new Set([...old.keys(), ...merged.keys()])) {
    const was = old.get(fieldId);
    if (!takenBack(was?.value, merged.get(fieldId)?.value, now.get(fieldId)?.value).restore) continue;
    if (was === undefined) await fields.dropValue(tx.db, winnerId, fieldId);
    else await fields.putValue(tx.db, winnerId, fieldId, was.value, was.changed_by, new Date(was.changed_at));
  }
}

/** Sub-partners that still stand under the winner go back; the days that the merge wrote into their history are taken out again. */
async function restoreTree(tx: Context, row: store.MergeRow, before: MergeBefore, moved: MergeMoved): Promise<void> {
  const still = new Set(await store.childrenOf(tx.db, row.winner_id));
  for (const child of moved.children.filter((id) => still.has(id))) {
    await store.setParent(tx.db, child, row.loser_id);
    await store.putPeriods(
      tx.db,
      [child],
      before.history.periods.filter((period) => period.partner_id === child),
    );
  }
  const old = before.history.traits;
  const written = before.merged.history.traits.filter((trait) => !old.some((other) => same(trait, other)));
  await store.dropTraits(tx.db, written);
}

function winnerAfter(now: partners.PartnerRow, before: MergeBefore) {
  const restored: Record<string, unknown> = {};
  for (const field of MERGE_FIELDS) {
    const column = MERGE_COLUMNS[field];
    const was = before.winner[column];
    if (!takenBack(was, before.merged.winner[column], now[column]).restore) continue;
    restored[column] = column === "traffic_sources" ? JSON.stringify(was) : was;
  }
  const [old, merged] = [before.winner.tags as string[], before.merged.winner.tags as string[]];
  return { ...restored, tags: tagsWithout(now.tags, old, merged) };
}

async function one(tx: Context, id: string): Promise<partners.PartnerRow> {
  const [row] = await partners.partnerRows(tx.db, [id]);
  if (row === undefined) throw new Error(`partner ${id} of a merge is gone`);
  return row;
}

async function tell(
  tx: Context,
  actor: Actor,
  row: store.MergeRow,
  before: MergeBefore,
  reason: string,
  revision: number,
): Promise<void> {
  const [winnerId, loserId] = [row.winner_id, row.loser_id];
  for (const id of [winnerId, loserId]) await notifyChange(tx, "partners", id);
  await announce(tx, "partners.unmerged", { mergeId: row.merge_id, winnerId, loserId });
  const status = String(before.loser.status);
  if (status !== "deactivated")
    await announce(tx, "partners.status_changed", { partnerId: loserId, from: "deactivated", to: status, revision });
  await audit.recordMany(
    tx,
    actor,
    [winnerId, loserId].map((id) => ({
      ...{ action: "partners.unmerged", subjectKind: "partner", subjectId: id, partnerId: id, reason },
      after: { mergeId: row.merge_id, winnerId, loserId },
    })),
  );
}
