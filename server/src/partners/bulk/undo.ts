import type { PartnerStatus } from "@tributary/contract";
import { personOf } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type TxContext, transact } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { PARTNER_LIFE } from "../core/life.ts";
import { tellOwners } from "../owner-news.ts";
import { changePartner, getPartner, movePartner } from "../service.ts";
import { fieldGuards } from "../store/fields.ts";
import type { BulkWork } from "./contracts.ts";
import { type Claim, inLanes } from "./lanes.ts";
import { findBulk, noteProgress, updateBulk } from "./store/changes.ts";
import * as records from "./store/records.ts";
import { anySteps, countUndone, type DecisionRow, noteUndone, rowsToUndo, type TakenBack } from "./store/rows.ts";
import { mayWrite } from "./surroundings.ts";

const ROWS_PER_STEP = 1_000;

/** Takes back what a bulk change made, the last first. Whatever somebody has changed since stays as it is, and it is said so. */
export async function undoBulk(work: BulkWork): Promise<void> {
  const { ctx, row } = work;
  let done = row.done;
  const step = async (claim: Claim): Promise<number> => {
    const count = await transact(ctx, async (tx) => {
      const rows = await rowsToUndo(tx.db, row.bulk_id, ROWS_PER_STEP, claim);
      if (rows.length === 0) return 0;
      if ((await findBulk(tx.db, row.bulk_id))?.status !== "undoing")
        throw new Error(`bulk change ${row.bulk_id} is not being undone`);
      if (row.subject === "partner") await takeBackPartners(tx, work, rows);
      else await takeBackContacts(tx, work, rows);
      await noteProgress(tx.db, row.bulk_id, rows.length, tx.clock.now());
      return rows.length;
    });
    done += count;
    if (count > 0) work.progress?.(done, row.total);
    return count;
  };
  // A parent that the file made goes after the partners below it.
  await inLanes(step, await anySteps(ctx.db, row.bulk_id));
  await transact(ctx, async (tx) => {
    const { undone, kept } = await countUndone(tx.db, row.bulk_id);
    await updateBulk(tx.db, row.bulk_id, { status: "undone", undone: { undone, kept }, finished_at: tx.clock.now() });
    const subject = { subjectKind: "bulk_change", subjectId: row.bulk_id };
    await audit.record(tx, work.actor, { action: "partners.bulk_undone", ...subject, after: { undone, kept } });
  });
}

async function takeBackPartners(tx: TxContext, work: BulkWork, rows: readonly DecisionRow[]): Promise<void> {
  const now = await records.lockPartners(
    tx.db,
    rows.map((row) => row.target_id ?? ""),
  );
  const allowed = mayWrite(work.actor);
  const back: TakenBack = { undone: [], kept: [] };
  const [gone, restored]: [
    DecisionRow[],
    { row: DecisionRow; before: records.StoredPartner; after: Record<string, unknown> }[],
  ] = [[], []];
  for (const row of rows) {
    const stored = now.get(row.target_id ?? "");
    const code = stored === undefined ? "gone" : keptBecause(row, stored, allowed);
    if (stored === undefined || code !== undefined) back.kept.push({ line: row.line, code: code ?? "gone" });
    else if (row.action === "create") gone.push(row);
    else restored.push({ row, before: stored, after: former(stored, row, records.PARTNER_COLUMNS) });
  }
  const removed = await records.removeUnused(
    tx.db,
    "partner",
    gone.map((row) => row.target_id ?? ""),
  );
  for (const row of gone) {
    if (removed.has(row.target_id ?? "")) back.undone.push(row.line);
    else back.kept.push({ line: row.line, code: "in_use" });
  }
  await restorePartners(tx, work, restored);
  const stepped = restored.filter(({ row }) => row.steps);
  for (const { row } of stepped) await stepBack(tx, work, row);
  back.undone.push(...restored.map(({ row }) => row.line));
  const lines = new Set(back.undone);
  const notes = rows.filter((row) => lines.has(row.line)).map((row) => noteOf(work, row));
  await records.tellChanges(
    tx.db,
    notes.map((one) => one.subjectId),
  );
  const guards = await fieldGuards(tx.db);
  await noteUndone(tx.db, work.row.bulk_id, back, tx.clock.now());
  await audit.recordMany(
    tx,
    work.actor,
    notes.map((note) => ({ ...note, guards })),
  );
}

/** Why a record stays as it is. */
function keptBecause(
  row: DecisionRow,
  stored: records.StoredPartner,
  allowed: ReturnType<typeof mayWrite>,
): string | undefined {
  if (String(stored.revision) !== row.made_stamp) return "changed_since";
  if (!allowed({ partnerId: stored.partner_id, regionId: stored.region_id, ownerUserId: stored.owner_user_id }))
    return "not_yours";
  const status = row.changes.find((one) => one.field === "status");
  if (row.action === "create" || status === undefined || stored.status === status.before) return undefined;
  const open: readonly string[] = PARTNER_LIFE[stored.status as PartnerStatus];
  return open.includes(String(status.before)) ? undefined : "no_way_back";
}

function former(
  stored: Readonly<Record<string, unknown>>,
  row: DecisionRow,
  columns: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...stored };
  for (const { field, before } of row.changes) {
    const column = columns[field];
    if (column !== undefined) after[column] = before;
  }
  return after;
}

async function restorePartners(
  tx: TxContext,
  work: BulkWork,
  restored: readonly { row: DecisionRow; before: records.StoredPartner; after: Record<string, unknown> }[],
): Promise<void> {
  await records.writePartners(
    tx.db,
    restored.map((one) => one.after),
  );
  const writes = restored.flatMap(({ row }) =>
    row.changes.flatMap(({ field, before }) =>
      field.startsWith("field:")
        ? [{ partner_id: row.target_id ?? "", key: field.slice("field:".length), value: before ?? null }]
        : [],
    ),
  );
  await records.writeFields(tx.db, writes, personOf(work.actor), tx.clock.now());
  const traits = restored.filter(
    ({ row, before }) =>
      ["active", "paused", "deactivated"].includes(before.status) &&
      row.changes.some((one) => ["kind", "country", "tags"].includes(one.field)),
  );
  await records.noteTraitsBefore(
    tx.db,
    traits.map(({ before }) => ({
      ...{ partner_id: before.partner_id, kind: before.kind, status: before.status },
      ...{ country: before.country, tags: before.tags },
    })),
    dayOf(tx.clock.now(), "UTC"),
  );
  const moves = restored
    .filter(({ row }) => row.changes.some((one) => one.field === "owner" || one.field === "deputy"))
    .map(({ before, after }) => ({
      ...{ partnerId: before.partner_id, fromOwner: before.owner_user_id, fromDeputy: before.deputy_user_id },
      ...{ owner: after.owner_user_id as string | null, deputy: after.deputy_user_id as string | null },
    }));
  const news = { transferId: null, tellPartners: false, reason: `undone (${work.row.bulk_id})`, commissionNote: "" };
  if (moves.length > 0) await tellOwners(tx, work.actor, moves, news);
}

/** Parent and status by the doors of a change by hand. */
async function stepBack(tx: TxContext, work: BulkWork, row: DecisionRow): Promise<void> {
  const id = row.target_id ?? "";
  let now = await getPartner(tx, work.actor, id);
  const parent = row.changes.find((one) => one.field === "parent");
  const parentPartnerId = (parent?.before ?? null) as string | null;
  if (parent !== undefined && now.parentPartnerId !== parentPartnerId)
    now = await changePartner(tx, work.actor, id, { revision: now.revision, parentPartnerId });
  const status = row.changes.find((one) => one.field === "status")?.before as PartnerStatus | undefined;
  if (status === undefined || status === now.status) return;
  try {
    await movePartner(tx, work.actor, id, { revision: now.revision, status, reason: `undone (${work.row.bulk_id})` });
  } catch (error) {
    // Who may not decide about a status leaves it: fields and parent are back.
    if (!(error instanceof Refusal)) throw error;
  }
}

async function takeBackContacts(tx: TxContext, work: BulkWork, rows: readonly DecisionRow[]): Promise<void> {
  const now = await records.lockContacts(
    tx.db,
    rows.map((row) => row.target_id ?? ""),
  );
  const back: TakenBack = { undone: [], kept: [] };
  const gone: DecisionRow[] = [];
  const restored: Record<string, unknown>[] = [];
  for (const row of rows) {
    const stored = now.get(row.target_id ?? "");
    if (stored === undefined) back.kept.push({ line: row.line, code: "gone" });
    else if (stored.stamp !== row.made_stamp) back.kept.push({ line: row.line, code: "changed_since" });
    else if (row.action === "create") gone.push(row);
    else {
      restored.push(former(stored, row, records.CONTACT_COLUMNS));
      back.undone.push(row.line);
    }
  }
  const removed = await records.removeUnused(
    tx.db,
    "contact",
    gone.map((row) => row.target_id ?? ""),
  );
  for (const row of gone) {
    if (removed.has(row.target_id ?? "")) back.undone.push(row.line);
    else back.kept.push({ line: row.line, code: "in_use" });
  }
  await records.writeContacts(tx.db, restored);
  const lines = new Set(back.undone);
  await noteUndone(tx.db, work.row.bulk_id, back, tx.clock.now());
  await audit.recordMany(
    tx,
    work.actor,
    rows.filter((row) => lines.has(row.line)).map((row) => noteOf(work, row)),
  );
}

function noteOf(work: BulkWork, row: DecisionRow) {
  const side = (pick: "before" | "after") => Object.fromEntries(row.changes.map((one) => [one.field, one[pick]]));
  const action = work.row.subject === "partner" ? "partners.bulk_taken_back" : "partners.contact_bulk_taken_back";
  return {
    ...{ action, subjectKind: work.row.subject, subjectId: row.target_id ?? "", partnerId: row.partner_id },
    ...{ before: side("after"), after: row.action === "create" ? {} : side("before") },
    reason: `${work.row.name} (${work.row.bulk_id}) was undone`,
  };
}
