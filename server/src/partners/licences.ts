import type { Licence, NewLicence } from "@tributary/contract";
import { NewLicence as NewLicenceSchema } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { readablePartner, touchOf } from "./service.ts";
import * as store from "./store/licences.ts";
import { licenceWire } from "./wire.ts";

export async function listLicences(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  page: PageRequest,
): Promise<Page<Licence>> {
  await readablePartner(ctx, actor, partnerId);
  const { rows, nextCursor } = await store.licencePage(ctx.db, partnerId, page);
  return { rows: rows.map(licenceWire), nextCursor };
}

/** Records where a partner is licensed, or that it works somewhere without a licence. */
export async function addLicence(ctx: Context, actor: Actor, partnerId: string, given: NewLicence): Promise<Licence> {
  const input = NewLicenceSchema.parse(given);
  if (input.validTo !== null && input.validTo <= input.validFrom)
    throw invalid("validTo", input.validTo, "is not after validFrom");
  return await transact(ctx, async (tx) => {
    await decidable(tx, actor, partnerId);
    const row = await store.insertLicence(tx.db, {
      licence_id: tx.ids.next("lic"),
      partner_id: partnerId,
      jurisdiction: input.jurisdiction,
      class: input.class,
      reference: input.reference,
      valid_from: input.validFrom,
      valid_to: input.validTo,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    const subject = { subjectKind: "licence", subjectId: row.licence_id, partnerId };
    await audit.record(tx, actor, { action: "partners.licence_added", ...subject, after: input });
    await announce(tx, "partners.licence_changed", { partnerId, from: input.validFrom });
    return licenceWire(row);
  });
}

/** Ends a licence on a day; what it allowed before stays allowed. */
export async function endLicence(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  id: string,
  validTo: string,
): Promise<Licence> {
  return await transact(ctx, async (tx) => {
    await decidable(tx, actor, partnerId);
    const before = (await store.licenceRows(tx.db, [partnerId])).find((row) => row.licence_id === id);
    if (before === undefined) throw notFound("licence", id);
    const row = await store.endLicence(tx.db, partnerId, id, validTo);
    if (row === undefined) throw invalid("validTo", validTo, `is not after its first day, ${before.valid_from}`);
    const subject = { subjectKind: "licence", subjectId: id, partnerId };
    await audit.record(tx, actor, {
      action: "partners.licence_ended",
      ...subject,
      before: { validTo: before.valid_to },
      after: { validTo },
    });
    await announce(tx, "partners.licence_changed", { partnerId, from: validTo });
    return licenceWire(row);
  });
}

/** A licence decides what a partner may be paid for: whoever lets partners in records it, never the partner. */
async function decidable(tx: Context, actor: Actor, partnerId: string): Promise<void> {
  const partner = await readablePartner(tx, actor, partnerId);
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Licences are recorded by the operator.");
  requirePermission(actor, "partners.approve", touchOf(partner));
}
