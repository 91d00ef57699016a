import {
  type MergeLook,
  type NewMerge,
  NewMerge as NewMergeSchema,
  type PartnerMerge,
  type PartnerStatus,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, endSessionsOfPartner, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, notifyChange, type Page, type PageRequest, transact } from "../database/index.ts";
import { formatDecimal } from "../kernel/decimal.ts";
import { currency, exponent } from "../kernel/money.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { noteTraits } from "./attributes-by-day.ts";
import { CLOSED } from "./core/life.ts";
import { isEmpty, MERGE_COLUMNS, MERGE_FIELDS, same, sideOf } from "./core/merge.ts";
import { reachOf } from "./doors.ts";
import type { MergeNeeds } from "./merge-needs.ts";
import { type MergeMoved, type MergeState, UNDO_DAYS } from "./merge-state.ts";
import { readablePartner, touchOf } from "./service.ts";
import { contactRowsOf } from "./store/contacts.ts";
import * as fields from "./store/fields.ts";
import * as store from "./store/merges.ts";
import * as partners from "./store/partners.ts";
import { noteParent } from "./sub-partner-tree.ts";

type Wanted = z.output<typeof NewMergeSchema>;
interface Pair {
  readonly winner: partners.PartnerRow;
  readonly loser: partners.PartnerRow;
}

/** What a merge would do and what stands in its way; nothing is changed. @throws Refusal `not_found`, `forbidden` */
export async function lookAtMerge(ctx: Context, actor: Actor, given: NewMerge, needs: MergeNeeds): Promise<MergeLook> {
  const input = NewMergeSchema.parse(given);
  const pair = await bothOf(ctx, actor, input);
  const { refusals, bothHaveMoney } = await weigh(ctx, pair, needs);
  const [from, to] = [pair.loser.partner_id, pair.winner.partner_id];
  const moves: MergeLook["moves"] = [];
  for (const mover of needs.movers) moves.push({ what: mover.what, ...(await mover.look(ctx, from, to)) });
  const contacts = await contactRowsOf(ctx.db, [from, to]);
  const own = contacts.filter((row) => row.partner_id === from);
  const known = new Set(contacts.filter((row) => row.partner_id === to).map((row) => row.email.toLowerCase()));
  const stays = own.filter((row) => known.has(row.email.toLowerCase())).length;
  moves.unshift({ what: "contacts", moved: own.length - stays, stays, why: stays === 0 ? "" : "same_email" });
  moves.push({ what: "sub_partners", moved: (await store.childrenOf(ctx.db, from)).length, stays: 0, why: "" });
  return {
    fields: await compared(ctx, pair),
    moves,
    refusals: [...refusals],
    twoPeople: bothHaveMoney,
    undoDays: UNDO_DAYS,
  };
}

/**
 * Makes two records one; where money was booked for both, a second person has to confirm it first.
 * @throws Refusal `not_found`, `forbidden`, `cannot_merge`
 */
export async function mergePartners(
  ctx: Context,
  actor: Actor,
  given: NewMerge,
  needs: MergeNeeds,
): Promise<PartnerMerge> {
  const input = NewMergeSchema.parse(given);
  return await transact(ctx, async (tx) => {
    await partners.lockTree(tx.db);
    const pair = await bothOf(tx, actor, input);
    const { refusals, bothHaveMoney } = await weigh(tx, pair, needs);
    refuseFirst(refusals);
    const id = tx.ids.next("mrg");
    await store.insertMerge(tx.db, {
      ...{ merge_id: id, winner_id: input.winnerId, loser_id: input.loserId, state: "proposed", reason: input.reason },
      choices: JSON.stringify({ choices: input.choices, fields: input.fields }),
      both_have_money: bothHaveMoney,
      before: "{}",
      moved: "{}",
      ...{ proposed_by: personOf(actor), proposed_name: actor.name, proposed_at: tx.clock.now() },
    });
    if (!bothHaveMoney) await carryOut(tx, actor, id, pair, input, needs);
    else await note(tx, actor, "partners.merge_proposed", input, id);
    return mergeWire((await store.mergeRow(tx.db, id)) as store.MergeRow);
  });
}

/** The second person's word. @throws Refusal `not_found`, `forbidden`, `wrong_state`, `same_person`, `cannot_merge` */
export async function decideMerge(
  ctx: Context,
  actor: Actor,
  id: string,
  decision: "confirm" | "drop",
  needs: MergeNeeds,
): Promise<PartnerMerge> {
  return await transact(ctx, async (tx) => {
    await partners.lockTree(tx.db);
    const row = await openMerge(tx, actor, id);
    if (row.state !== "proposed") throw new Refusal("wrong_state", `This merge is ${row.state} already.`);
    const stored = row.choices as Pick<Wanted, "choices" | "fields">;
    const input = { ...stored, winnerId: row.winner_id, loserId: row.loser_id, reason: row.reason };
    if (decision === "drop") {
      const dropped = {
        state: "dropped",
        decided_by: personOf(actor),
        decided_name: actor.name,
        decided_at: tx.clock.now(),
      };
      await note(tx, actor, "partners.merge_dropped", input, id);
      return mergeWire(await store.updateMerge(tx.db, id, dropped));
    }
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this merge: somebody else has to confirm it.");
    const pair = await bothOf(tx, actor, input);
    for (const one of [pair.winner, pair.loser]) requirePermission(actor, "partners.approve", touchOf(one));
    refuseFirst((await weigh(tx, pair, needs, id)).refusals);
    await carryOut(tx, actor, id, pair, input, needs);
    return mergeWire((await store.mergeRow(tx.db, id)) as store.MergeRow);
  });
}

async function carryOut(
  tx: Context,
  actor: Actor,
  id: string,
  pair: Pair,
  input: Wanted,
  needs: MergeNeeds,
): Promise<void> {
  const { winner, loser } = pair;
  const [from, to] = [loser.partner_id, winner.partner_id];
  const day = dayOf(tx.clock.now(), "UTC");
  const children = await store.childrenOf(tx.db, from);
  const before = await stateOf(tx, pair, children);
  const moved: MergeMoved = { contacts: [], restrictions: [], programs: [], children, rooms: {} };
  for (const mover of needs.movers) moved.rooms[mover.what] = await mover.move(tx, from, to, actor);
  moved.contacts = await moveContacts(tx, from, to);
  moved.restrictions = await store.moveOpenRestrictions(tx.db, from, to);
  moved.programs = await store.takeOverPrograms(tx.db, from, to);
  for (const child of children) {
    await store.setParent(tx.db, child, to);
    await noteParent(tx.db, child, to, day);
  }
  await takeOverFields(tx, actor, pair, input);
  await partners.updatePartner(tx.db, to, winner.revision, columnsAfter(pair, input));
  const closing = { status: "deactivated", status_reason: `merged into ${winner.code}`, merged_into: to };
  await partners.updatePartner(tx.db, from, loser.revision, closing);
  if (!CLOSED.has(loser.status as PartnerStatus)) await endSessionsOfPartner(tx, from);
  const after = new Map((await partners.partnerRows(tx.db, [from, to])).map((row) => [row.partner_id, row]));
  for (const row of [winner, loser])
    await noteTraits(tx.db, row.partner_id, row, after.get(row.partner_id) ?? row, day);
  const history = await store.historyOf(tx.db, [from, to, ...children]);
  const merged = await mergedState(tx, to, history);
  await store.updateMerge(tx.db, id, {
    ...{ state: "done", decided_by: personOf(actor), decided_name: actor.name, decided_at: tx.clock.now() },
    before: JSON.stringify({ ...before, merged }),
    moved: JSON.stringify(moved),
    undo_until: new Date(tx.clock.now().getTime() + UNDO_DAYS * 86_400_000),
  });
  for (const one of [from, to, ...children]) await notifyChange(tx, "partners", one);
  await announce(tx, "partners.merged", { mergeId: id, winnerId: to, loserId: from });
  if (loser.status !== "deactivated")
    await announce(tx, "partners.status_changed", {
      ...{ partnerId: from, from: loser.status, to: "deactivated", revision: loser.revision + 1 },
    });
  await note(tx, actor, "partners.merged", input, id);
}

/** A contact whom the winner has already stays behind; roles that somebody there is the first for are not taken. */
async function moveContacts(tx: Context, from: string, to: string): Promise<string[]> {
  const rows = await contactRowsOf(tx.db, [from, to]);
  const there = rows.filter((row) => row.partner_id === to);
  const known = new Set(there.map((row) => row.email.toLowerCase()));
  const taken = new Set(there.flatMap((row) => row.primary_for));
  const moving = rows.filter((row) => row.partner_id === from && !known.has(row.email.toLowerCase()));
  for (const row of moving)
    await store.moveContact(
      tx.db,
      row.contact_id,
      to,
      row.primary_for.filter((role) => !taken.has(role)),
    );
  return moving.map((row) => row.contact_id);
}

async function takeOverFields(tx: Context, actor: Actor, { winner, loser }: Pair, input: Wanted): Promise<void> {
  const keys = new Map((await fields.fieldRows(tx.db, true)).map((row) => [row.field_id, row.key]));
  const values = await fields.valuesOf(tx.db, [winner.partner_id, loser.partner_id]);
  const own = new Map(values.filter((row) => row.partner_id === winner.partner_id).map((row) => [row.field_id, row]));
  for (const theirs of values.filter((row) => row.partner_id === loser.partner_id)) {
    const choice = input.fields[keys.get(theirs.field_id) ?? ""];
    if (sideOf(choice, own.get(theirs.field_id)?.value) === "loser")
      await fields.putValue(tx.db, winner.partner_id, theirs.field_id, theirs.value, personOf(actor), tx.clock.now());
  }
}

function columnsAfter({ winner, loser }: Pair, input: Wanted) {
  const chosen: Record<string, unknown> = {};
  for (const field of MERGE_FIELDS) {
    const column = MERGE_COLUMNS[field];
    if (sideOf(input.choices[field], winner[column]) === "winner") continue;
    if (isEmpty(loser[column]) && input.choices[field] === undefined) continue;
    chosen[column] = column === "traffic_sources" ? JSON.stringify(loser[column]) : loser[column];
  }
  // Nobody stands in for himself.
  const owner = chosen.owner_user_id ?? winner.owner_user_id;
  if ((chosen.deputy_user_id ?? winner.deputy_user_id) === owner) chosen.deputy_user_id = null;
  return { ...chosen, tags: [...new Set([...winner.tags, ...loser.tags])] };
}

async function stateOf(tx: Context, { winner, loser }: Pair, children: readonly string[]) {
  const [from, to] = [loser.partner_id, winner.partner_id];
  const contacts = (await contactRowsOf(tx.db, [from])).map(({ contact_id, primary_for }) => ({
    contact_id,
    primary_for,
  }));
  const values = await fields.valuesOf(tx.db, [to]);
  return {
    winner: plain(winner),
    loser: plain(loser),
    contacts,
    values,
    history: await store.historyOf(tx.db, [from, to, ...children]),
  };
}

async function mergedState(tx: Context, to: string, history: store.History): Promise<MergeState> {
  const [row] = await partners.partnerRows(tx.db, [to]);
  return { winner: plain(row as partners.PartnerRow), values: await fields.valuesOf(tx.db, [to]), history };
}

function plain(row: partners.PartnerRow): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(row));
}

/** Why these two cannot be one, each as a sentence; and whether money was booked for both. */
async function weigh(ctx: Context, { winner, loser }: Pair, needs: MergeNeeds, own?: string) {
  const [to, from] = [winner.partner_id, loser.partner_id];
  const refusals: string[] = [];
  for (const one of [winner, loser])
    if (one.merged_into !== null) refusals.push(`${one.name} has become another name of a partner already.`);
  if ((await partners.lineage(ctx.db, to)).includes(from)) refusals.push(`${winner.name} stands below ${loser.name}.`);
  if ((await partners.lineage(ctx.db, from)).includes(to)) refusals.push(`${loser.name} stands below ${winner.name}.`);
  const waiting = await store.openMergeOf(ctx.db, [to, from]);
  if (waiting !== undefined && waiting.merge_id !== own)
    refusals.push("A merge of one of them waits for a second person.");
  const money = await needs.money(ctx, [to, from]);
  const [ours, theirs] = [money.get(to), money.get(from)];
  const open = theirs?.open ?? [];
  if (open.length > 0)
    refusals.push(
      (ours?.open ?? []).length > 0
        ? `Both have money open (${loser.name}: ${open.join(", ")}): pay or settle one of them first.`
        : `${loser.name} has money open (${open.join(", ")}): pay or settle it first, or make it the record that stays.`,
    );
  return { refusals, bothHaveMoney: (ours?.booked ?? false) && (theirs?.booked ?? false) };
}

function refuseFirst(refusals: readonly string[]): void {
  const [first] = refusals;
  if (first !== undefined)
    throw new Refusal(
      "cannot_merge",
      first,
      refusals.map((message) => ({ field: "loserId", message })),
    );
}

/** A value as two records are laid side by side. */
function shownAs(value: unknown): string {
  if (isEmpty(value)) return "";
  if (Array.isArray(value)) return value.map(shownAs).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const { minor, currency: code, ...rest } = value as Readonly<Record<string, string>>;
  if (minor === undefined || code === undefined)
    return ["kind", "url", "description"].flatMap((part) => rest[part] || []).join(" ");
  return `${formatDecimal({ units: BigInt(minor), scale: exponent(currency(code)) })} ${code}`;
}

async function compared(ctx: Context, { winner, loser }: Pair): Promise<MergeLook["fields"]> {
  const text = shownAs;
  const row = (field: string, custom: boolean, a: unknown, b: unknown) => ({
    ...{ field, custom, winner: text(a), loser: text(b) },
    same: same(a, b),
  });
  const plainFields = MERGE_FIELDS.map((field) =>
    row(field, false, winner[MERGE_COLUMNS[field]], loser[MERGE_COLUMNS[field]]),
  );
  const values = await fields.valuesOf(ctx.db, [winner.partner_id, loser.partner_id]);
  const of = (partnerId: string, fieldId: string) =>
    values.find((one) => one.partner_id === partnerId && one.field_id === fieldId)?.value;
  const custom = (await fields.fieldRows(ctx.db, false))
    .filter((field) => values.some((one) => one.field_id === field.field_id))
    // Whoever may not see a field of everybody chooses without seeing what stands in it.
    .filter((field) => field.read_permission === "partners.read")
    .map((field) => row(field.key, true, of(winner.partner_id, field.field_id), of(loser.partner_id, field.field_id)));
  return [...plainFields, ...custom];
}

async function bothOf(ctx: Context, actor: Actor, input: { winnerId: string; loserId: string }): Promise<Pair> {
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Records are kept clean by the operator.");
  if (input.winnerId === input.loserId) throw new Refusal("cannot_merge", "A record cannot be merged with itself.");
  const [winner, loser] = [
    await readablePartner(ctx, actor, input.winnerId),
    await readablePartner(ctx, actor, input.loserId),
  ];
  for (const one of [winner, loser]) requirePermission(actor, "partners.write", touchOf(one));
  return { winner, loser };
}

/** A merge whose winner the actor may read. @throws Refusal `not_found`, `forbidden` */
export async function openMerge(tx: Context, actor: Actor, id: string): Promise<store.MergeRow> {
  const row = await store.mergeRow(tx.db, id);
  if (row === undefined || actor.partnerId !== undefined) throw notFound("merge", id);
  for (const partnerId of [row.winner_id, row.loser_id]) {
    const partner = await readablePartner(tx, actor, partnerId).catch(() => undefined);
    if (partner === undefined) throw notFound("merge", id);
    requirePermission(actor, "partners.write", touchOf(partner));
  }
  return row;
}

export async function listMerges(
  ctx: Context,
  actor: Actor,
  query: { readonly partnerId?: string | undefined; readonly state?: string | undefined } & PageRequest,
): Promise<Page<PartnerMerge>> {
  if (actor.partnerId !== undefined) return { rows: [], nextCursor: null };
  const within = await reachOf(ctx, actor, "partners.read");
  const { rows, nextCursor } = await store.mergePage(
    ctx.db,
    query,
    within.everything ? null : within.partnerIds,
    query,
  );
  return { rows: rows.map(mergeWire), nextCursor };
}

/** In the trail of both. */
async function note(
  tx: Context,
  actor: Actor,
  action: string,
  { winnerId, loserId, reason }: { winnerId: string; loserId: string; reason: string },
  mergeId: string,
): Promise<void> {
  await audit.recordMany(
    tx,
    actor,
    [winnerId, loserId].map((id) => ({
      ...{ action, subjectKind: "partner", subjectId: id, partnerId: id, reason },
      after: { mergeId, winnerId, loserId },
    })),
  );
}

export function mergeWire(row: store.MergeRow): PartnerMerge {
  const moved = row.moved as Partial<MergeMoved>;
  const counts = [
    ...(["contacts", "restrictions", "programs"] as const).map((what) => ({ what, count: moved[what]?.length ?? 0 })),
    { what: "sub_partners", count: moved.children?.length ?? 0 },
    ...Object.entries(moved.rooms ?? {}).map(([what, ids]) => ({ what, count: ids.length })),
  ];
  return {
    id: row.merge_id,
    winnerId: row.winner_id,
    loserId: row.loser_id,
    state: row.state as PartnerMerge["state"],
    reason: row.reason,
    bothHaveMoney: row.both_have_money,
    moved: counts.filter((one) => one.count > 0),
    proposedBy: row.proposed_by,
    proposedName: row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by,
    decidedName: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    undoUntil: row.undo_until?.toISOString() ?? null,
    undoneAt: row.undone_at?.toISOString() ?? null,
  };
}
