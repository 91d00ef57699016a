import {
  type NewTransfer,
  NewTransfer as NewTransferSchema,
  type OwnershipTransfer,
  type TransferPreview,
  type TransferredPartner,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, can, personOf, requirePermission, systemActor, userNames } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { reachOf } from "./doors.ts";
import { type OwnerMove, tellOwners } from "./owner-news.ts";
import * as store from "./store/transfers.ts";

type Wanted = z.output<typeof NewTransferSchema>;
interface Chosen {
  readonly moving: readonly store.OwnedRow[];
  readonly leftOut: readonly { readonly row: store.OwnedRow; readonly why: string }[];
}

/** What a transfer would do; nothing is changed. @throws Refusal `invalid_input`, `forbidden`, `not_found` */
export async function previewTransfer(ctx: Context, actor: Actor, given: NewTransfer): Promise<TransferPreview> {
  const { moving, leftOut } = await chosenFor(ctx, actor, NewTransferSchema.parse(given));
  const owners = Map.groupBy(moving, (row) => row.owner_user_id);
  return {
    partners: moving.length,
    active: moving.filter((row) => row.status === "active").length,
    withoutEmail: moving.filter((row) => row.email === "").length,
    byOwner: [...owners].map(([ownerUserId, rows]) => ({ ownerUserId, partners: rows.length })),
    leftOut: leftOut.slice(0, 100).map(({ row, why }) => ({ partnerId: row.partner_id, name: row.name, why })),
    first: moving
      .slice(0, 20)
      .map((row) => ({ partnerId: row.partner_id, name: row.name, ownerUserId: row.owner_user_id })),
  };
}

/**
 * Hands partners over to another owner on a day; at once when the day has come.
 * @throws Refusal `invalid_input`, `forbidden` (of each partner where it is and where it goes), `not_found`
 */
export async function planTransfer(ctx: Context, actor: Actor, given: NewTransfer): Promise<OwnershipTransfer> {
  const input = NewTransferSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const { moving } = await chosenFor(tx, actor, input);
    if (moving.length === 0) throw invalid("partnerIds", "", "name no partner that would get another owner");
    const id = tx.ids.next("otr");
    await store.insertTransfer(tx.db, {
      transfer_id: id,
      state: "planned",
      effective_on: input.effectiveOn,
      owner_user_id: input.ownerUserId,
      deputy_user_id: input.deputyUserId,
      portfolio_of: input.portfolioOf,
      commission_note: input.commissionNote,
      reason: input.reason,
      tell_partners: input.tellPartners,
      created_by: personOf(actor),
      created_name: actor.name,
      created_at: tx.clock.now(),
    });
    await store.insertTransferred(tx.db, id, moving);
    const { partnerIds: _many, ...after } = { ...input, partners: moving.length };
    await note(tx, actor, "partners.transfer_planned", id, input.reason, after);
    if (input.effectiveOn <= dayOf(tx.clock.now(), "UTC")) await carryOut(tx, actor, id);
    return await transferWireOf(tx, id);
  });
}

/** Does what is due. @returns how many transfers */
export async function doDueTransfers(ctx: Context): Promise<number> {
  const due = await store.dueTransfers(ctx.db, dayOf(ctx.clock.now(), "UTC"));
  for (const id of due) await transact(ctx, (tx) => carryOut(tx, systemActor("partners"), id));
  return due.length;
}

/** Whoever got another owner in the meantime is left where it is; of a whole portfolio those go along that joined it since. */
async function carryOut(tx: Context, actor: Actor, id: string): Promise<void> {
  const transfer = await store.transferRow(tx.db, id, true);
  if (transfer?.state !== "planned") return;
  if (transfer.portfolio_of !== null) {
    const since = await store.ownedRows(tx.db, { portfolioOf: transfer.portfolio_of });
    await store.insertTransferred(tx.db, id, since);
  }
  const planned = await store.transferredRows(tx.db, id, "planned");
  const partnerIds = planned.map((one) => one.partner_id);
  const rows = new Map((await store.ownedRows(tx.db, { partnerIds }, true)).map((row) => [row.partner_id, row]));
  const [kept, gone] = [[] as store.OwnedRow[], [] as string[]];
  for (const one of planned) {
    const row = rows.get(one.partner_id);
    if (row !== undefined && row.owner_user_id === one.from_owner) kept.push(row);
    else gone.push(one.partner_id);
  }
  const moves = kept.map((row) => moveOf(row, transfer.owner_user_id, deputyAfter(row, transfer)));
  await store.setOwners(tx.db, moves);
  await store.markTransferred(tx.db, id, partnerIds, "moved");
  await store.markTransferred(
    tx.db,
    id,
    gone,
    "left_out",
    "got another owner, or became another record, in the meantime",
  );
  await store.updateTransfer(tx.db, id, { state: "done", done_at: tx.clock.now() });
  await tellOwners(tx, actor, moves, {
    transferId: id,
    tellPartners: transfer.tell_partners,
    reason: transfer.reason,
    commissionNote: transfer.commission_note,
  });
}

/** Nobody is their own deputy; where no deputy is named the old one stays. */
function deputyAfter(row: store.OwnedRow, transfer: store.TransferRow): string | null {
  const deputy = transfer.deputy_user_id ?? row.deputy_user_id;
  return deputy === transfer.owner_user_id ? null : deputy;
}

function moveOf(row: store.OwnedRow, owner: string | null, deputy: string | null): OwnerMove {
  const { partner_id: partnerId, owner_user_id: fromOwner, deputy_user_id: fromDeputy } = row;
  return { partnerId, fromOwner, fromDeputy, owner, deputy };
}

/** @throws Refusal `not_found`, `forbidden`, `wrong_state` */
export async function cancelTransfer(
  ctx: Context,
  actor: Actor,
  id: string,
  reason: string,
): Promise<OwnershipTransfer> {
  return await transact(ctx, async (tx) => {
    const row = await changeable(tx, actor, id);
    if (row.state !== "planned") throw new Refusal("wrong_state", `This transfer is ${row.state} already.`);
    await end(tx, actor, id, "cancelled", reason);
    return await transferWireOf(tx, id);
  });
}

/**
 * Gives partners back to whom they belonged; those that went on to somebody else stay there.
 * @throws Refusal `not_found`, `forbidden`, `wrong_state`
 */
export async function revertTransfer(
  ctx: Context,
  actor: Actor,
  id: string,
  reason: string,
): Promise<OwnershipTransfer> {
  return await transact(ctx, async (tx) => {
    const row = await changeable(tx, actor, id);
    if (row.state !== "done")
      throw new Refusal("wrong_state", `This transfer is ${row.state}: there is nothing to take back.`);
    const moved = new Map((await store.transferredRows(tx.db, id, "moved")).map((one) => [one.partner_id, one]));
    const now = await store.ownedRows(tx.db, { partnerIds: [...moved.keys()] }, true);
    const still = now.filter((one) => one.owner_user_id === row.owner_user_id);
    const moves = still.map((one) => {
      const before = moved.get(one.partner_id);
      return moveOf(one, before?.from_owner ?? null, before?.from_deputy ?? null);
    });
    await store.setOwners(tx.db, moves);
    const ids = still.map((one) => one.partner_id);
    await store.markTransferred(tx.db, id, ids, "reverted");
    await end(tx, actor, id, "reverted", reason);
    const told = { transferId: id, tellPartners: row.tell_partners, reason, commissionNote: "" };
    await tellOwners(tx, actor, moves, told);
    return await transferWireOf(tx, id);
  });
}

export async function listTransfers(
  ctx: Context,
  actor: Actor,
  query: { readonly state?: string | undefined; readonly partnerId?: string | undefined } & PageRequest,
): Promise<Page<OwnershipTransfer>> {
  if (actor.partnerId !== undefined) return { rows: [], nextCursor: null };
  const within = await reachOf(ctx, actor, "partners.read");
  const seen = within.everything ? null : within.partnerIds;
  const { rows, nextCursor } = await store.transferPage(ctx.db, query, seen, query);
  return { rows: rows.map(transferWire), nextCursor };
}

export async function getTransfer(ctx: Context, actor: Actor, id: string): Promise<OwnershipTransfer> {
  return transferWire(await readable(ctx, actor, id));
}

export async function transferPartners(
  ctx: Context,
  actor: Actor,
  id: string,
  page: PageRequest,
): Promise<Page<TransferredPartner>> {
  await readable(ctx, actor, id);
  const within = await reachOf(ctx, actor, "partners.read");
  const { rows, nextCursor } = await store.transferredPage(ctx.db, id, page);
  const seen = rows.filter((row) => within.everything || within.partnerIds.includes(row.partner_id));
  return { rows: seen.map(transferredWire), nextCursor };
}

/** @throws Refusal `invalid_input`, `forbidden`, `not_found` */
async function chosenFor(ctx: Context, actor: Actor, input: Wanted): Promise<Chosen> {
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Owners are the operator's.");
  if ((input.portfolioOf === null) === (input.partnerIds.length === 0))
    throw invalid("partnerIds", "", "or a portfolio has to be named, one of the two");
  const people = [input.ownerUserId, ...(input.deputyUserId === null ? [] : [input.deputyUserId])];
  const known = await userNames(ctx, people);
  if (!known.has(input.ownerUserId)) throw invalid("ownerUserId", input.ownerUserId, "is nobody of the operator");
  if (input.deputyUserId === input.ownerUserId) throw invalid("deputyUserId", input.ownerUserId, "is the owner");
  if (input.deputyUserId !== null && !known.has(input.deputyUserId))
    throw invalid("deputyUserId", input.deputyUserId, "is nobody of the operator");
  const { portfolioOf, partnerIds } = input;
  const rows = await store.ownedRows(ctx.db, portfolioOf === null ? { partnerIds } : { portfolioOf });
  const found = new Set(rows.map((row) => row.partner_id));
  const unknown = partnerIds.find((id) => !found.has(id));
  if (unknown !== undefined) throw notFound("partner", unknown);
  for (const row of rows) requireBoth(actor, row, input.ownerUserId);
  const same = (row: store.OwnedRow) =>
    row.owner_user_id === input.ownerUserId &&
    (input.deputyUserId === null || row.deputy_user_id === input.deputyUserId);
  return {
    moving: rows.filter((row) => !same(row)),
    leftOut: rows.filter(same).map((row) => ({ row, why: "already_theirs" })),
  };
}

/** Whoever hands over answers for both places. */
function requireBoth(actor: Actor, row: store.OwnedRow, owner: string): void {
  const touch = { partnerId: row.partner_id, regionId: row.region_id };
  if (!can(actor, "partners.read", { ...touch, ownerUserId: row.owner_user_id }))
    throw notFound("partner", row.partner_id);
  requirePermission(actor, "partners.write", { ...touch, ownerUserId: row.owner_user_id });
  requirePermission(actor, "partners.write", { ...touch, ownerUserId: owner });
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.TransferRow> {
  const row = await store.transferRow(ctx.db, id);
  if (row === undefined || actor.partnerId !== undefined) throw notFound("transfer", id);
  const within = await reachOf(ctx, actor, "partners.read");
  if (!within.everything && !(await store.namesOneOf(ctx.db, id, within.partnerIds))) throw notFound("transfer", id);
  return row;
}

async function changeable(tx: Context, actor: Actor, id: string): Promise<store.TransferRow> {
  await readable(tx, actor, id);
  const row = await store.transferRow(tx.db, id, true);
  if (row === undefined) throw notFound("transfer", id);
  const partners = await store.ownedRows(tx.db, {
    partnerIds: [
      ...(await store.transferredRows(tx.db, id, "planned")),
      ...(await store.transferredRows(tx.db, id, "moved")),
    ].map((one) => one.partner_id),
  });
  for (const partner of partners) requireBoth(actor, partner, row.owner_user_id);
  return row;
}

async function end(
  tx: Context,
  actor: Actor,
  id: string,
  state: "cancelled" | "reverted",
  reason: string,
): Promise<void> {
  const change = { state, ended_at: tx.clock.now(), ended_by: personOf(actor), ended_reason: reason };
  await store.updateTransfer(tx.db, id, change);
  await note(tx, actor, `partners.transfer_${state}`, id, reason, { state });
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  reason: string,
  after: object,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "ownership_transfer", subjectId: id, after, reason });
}

async function transferWireOf(ctx: Context, id: string): Promise<OwnershipTransfer> {
  return transferWire((await store.transferRow(ctx.db, id)) as store.TransferRow);
}

function transferWire(row: store.TransferRow): OwnershipTransfer {
  return {
    id: row.transfer_id,
    state: row.state as OwnershipTransfer["state"],
    effectiveOn: row.effective_on,
    ownerUserId: row.owner_user_id,
    deputyUserId: row.deputy_user_id,
    portfolioOf: row.portfolio_of,
    commissionNote: row.commission_note,
    reason: row.reason,
    tellPartners: row.tell_partners,
    partners: row.partners,
    createdBy: row.created_by,
    createdName: row.created_name,
    createdAt: row.created_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedReason: row.ended_reason,
  };
}

function transferredWire(row: store.TransferredRow): TransferredPartner {
  return {
    partnerId: row.partner_id,
    name: row.name,
    state: row.state as TransferredPartner["state"],
    fromOwner: row.from_owner,
    fromDeputy: row.from_deputy,
    note: row.note,
  };
}
