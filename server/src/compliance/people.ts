import type { NewRelatedPerson, RelatedPerson, RelatedPersonChange } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, type TxContext, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { partnerById, partnerTouch } from "../partners/index.ts";
import * as store from "./store/people.ts";
import { maskedPerson, personWire } from "./wire.ts";

/** Directors, owners and others behind a partner who are so now. */
export async function listPeople(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  page: PageRequest,
): Promise<{ data: RelatedPerson[]; nextCursor: string | null }> {
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, partnerId));
  const { rows, nextCursor } = await store.peoplePage(ctx.db, partnerId, page);
  return { data: rows.map(maskedPerson), nextCursor };
}

/** @throws Refusal not_found without the partner; invalid_input for a share that nobody can have */
export async function addPerson(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: NewRelatedPerson,
): Promise<RelatedPerson> {
  requireShare(input.share);
  return await transact(ctx, async (tx) => {
    await writable(tx, actor, partnerId);
    const row = await store.insertPerson(tx.db, {
      person_id: tx.ids.next("rpn"),
      partner_id: partnerId,
      ...input,
      created_at: tx.clock.now(),
    });
    await note(tx, actor, "compliance.person_added", row, undefined, personWire(row));
    return maskedPerson(row);
  });
}

/** Somebody whole, with the look and its reason in the trail. @throws Refusal forbidden without `compliance.reveal` */
export async function revealPerson(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  id: string,
  reason: string,
): Promise<RelatedPerson> {
  requirePermission(actor, "compliance.reveal", await partnerTouch(ctx, partnerId));
  return await transact(ctx, async (tx) => {
    const row = await existing(tx, partnerId, id);
    const subject = { subjectKind: "related_person", subjectId: id, partnerId };
    await audit.record(tx, actor, { action: "compliance.identity_revealed", ...subject, reason });
    return personWire(row);
  });
}

export async function changePerson(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  id: string,
  input: RelatedPersonChange,
): Promise<RelatedPerson> {
  const { revision, ...change } = input;
  requireShare(change.share);
  return await transact(ctx, async (tx) => {
    await writable(tx, actor, partnerId);
    const before = await existing(tx, partnerId, id);
    const row = await store.changePerson(tx.db, id, revision, { ...change, ...unmasked(before, change) });
    if (row === undefined) throw changedMeanwhile("person", revision);
    await note(tx, actor, "compliance.person_changed", row, personWire(before), personWire(row));
    return maskedPerson(row);
  });
}

/** What comes back as it was shown, masked, was not changed. */
function unmasked(before: store.PersonRow, change: { readonly birth: string; readonly identifier: string }) {
  const shown = maskedPerson(before);
  return {
    birth: change.birth === shown.birth ? before.birth : change.birth,
    identifier: change.identifier === shown.identifier ? before.identifier : change.identifier,
  };
}

/** Is not with the partner any more. The record stays. */
export async function endPerson(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  id: string,
  revision: number,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await writable(tx, actor, partnerId);
    const before = await existing(tx, partnerId, id);
    const row = await store.changePerson(tx.db, id, revision, { ended_at: tx.clock.now() });
    if (row === undefined) throw changedMeanwhile("person", revision);
    await note(tx, actor, "compliance.person_ended", row, personWire(before), personWire(row));
  });
}

function requireShare(share: string | null): void {
  if (share !== null && !(Number(share) > 0 && Number(share) <= 100))
    throw invalid("share", share, "is no part of a whole", "write per cent, more than 0 and up to 100");
}

async function writable(tx: TxContext, actor: Actor, partnerId: string): Promise<void> {
  if ((await partnerById(tx.db, partnerId)) === undefined) throw notFound("partner", partnerId);
  requirePermission(actor, "compliance.write", await partnerTouch(tx, partnerId));
}

async function existing(tx: TxContext, partnerId: string, id: string): Promise<store.PersonRow> {
  const row = await store.findPerson(tx.db, partnerId, id);
  if (row === undefined) throw notFound("person", id);
  return row;
}

async function note(
  tx: TxContext,
  actor: Actor,
  action: string,
  row: store.PersonRow,
  before: unknown,
  after: unknown,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "related_person",
    subjectId: row.person_id,
    before,
    after,
    partnerId: row.partner_id,
  });
}
