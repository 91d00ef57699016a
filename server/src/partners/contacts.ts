import type { Contact, ContactChange, NewContact } from "@tributary/contract";
import { NewContact as NewContactSchema } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { readablePartner, touchOf } from "./service.ts";
import * as store from "./store/contacts.ts";
import { contactWire } from "./wire.ts";

export async function createContact(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  given: NewContact,
): Promise<Contact> {
  const input = NewContactSchema.parse(given);
  return await transact(ctx, async (tx) => {
    await writablePartner(tx, actor, partnerId);
    const standing = standingOf(NOBODY, input);
    if (standing.signatory) refuseOwnSignatory(actor);
    const { name, email, phone, role, leftOn } = input;
    const row = {
      ...{ contact_id: tx.ids.next("cnt"), partner_id: partnerId, created_at: tx.clock.now() },
      ...{ name, email, phone, role, left_on: leftOn, ...standing },
    };
    await store.firstFor(tx.db, partnerId, standing.primary_for);
    await store.insertContact(tx.db, row);
    await note(tx, actor, "partners.contact_created", row, undefined, input);
    return contactWire(row);
  });
}

export async function listContacts(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  page: PageRequest,
): Promise<Page<Contact>> {
  await readablePartner(ctx, actor, partnerId);
  const { rows, nextCursor } = await store.contactPage(ctx.db, partnerId, page);
  return { rows: rows.map(contactWire), nextCursor };
}

export async function changeContact(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  id: string,
  change: z.infer<typeof ContactChange>,
): Promise<Contact> {
  return await transact(ctx, async (tx) => {
    await writablePartner(tx, actor, partnerId);
    const row = await existing(tx, partnerId, id);
    const after = {
      name: change.name ?? row.name,
      email: change.email ?? row.email,
      phone: change.phone ?? row.phone,
      role: change.role ?? row.role,
      left_on: change.leftOn === undefined ? row.left_on : change.leftOn,
      ...standingOf(row, change),
    };
    const sameRight = after.signatory === row.signatory && (!row.signatory || after.email === row.email);
    if (!sameRight) refuseOwnSignatory(actor);
    const firstNow = after.primary_for.filter((one) => !row.primary_for.includes(one));
    await store.firstFor(tx.db, partnerId, firstNow);
    const saved = await store.updateContact(tx.db, id, after);
    await note(tx, actor, "partners.contact_changed", row, contactWire(row), contactWire(saved));
    return contactWire(saved);
  });
}

export async function removeContact(ctx: Context, actor: Actor, partnerId: string, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await writablePartner(tx, actor, partnerId);
    const row = await existing(tx, partnerId, id);
    await store.deleteContact(tx.db, id);
    await note(tx, actor, "partners.contact_removed", row, contactWire(row), undefined);
  });
}

const NOBODY = { roles: [], primary_for: [], signatory: false } as const;

/** Roles after a change: the right to sign is the role signatory, and one is the first only in roles that one has. @throws Refusal `invalid_input` */
function standingOf(
  before: { readonly roles: readonly string[]; readonly primary_for: readonly string[]; readonly signatory: boolean },
  change: {
    readonly roles?: readonly string[] | undefined;
    readonly primaryFor?: readonly string[] | undefined;
    readonly signatory?: boolean | undefined;
  },
) {
  const signs = change.roles?.includes("signatory") ?? change.signatory ?? before.signatory;
  const others = (change.roles ?? before.roles).filter((role) => role !== "signatory");
  const roles = [...new Set(signs ? [...others, "signatory"] : others)];
  const wrong = change.primaryFor?.find((role) => !roles.includes(role));
  if (wrong !== undefined) throw invalid("primaryFor", wrong, "is no role of this person");
  const primary = (change.primaryFor ?? before.primary_for).filter((role) => roles.includes(role));
  return { roles, primary_for: [...new Set(primary)], signatory: signs };
}

/** Who may sign for a partner is found by the e-mail address of the portal account, so neither that nor the right is the partner's own to give. */
function refuseOwnSignatory(actor: Actor): void {
  if (actor.partnerId === undefined) return;
  throw new Refusal("forbidden", "Who may sign for a partner is recorded by the operator; ask your account manager.", [
    { field: "signatory", message: "is changed by the operator" },
  ]);
}

async function writablePartner(tx: Context, actor: Actor, partnerId: string): Promise<void> {
  requirePermission(actor, "partners.write", touchOf(await readablePartner(tx, actor, partnerId)));
}

async function existing(tx: Context, partnerId: string, id: string): Promise<store.ContactRow> {
  const row = await store.contactRow(tx.db, partnerId, id);
  if (row === undefined) throw notFound("contact", id);
  return row;
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: { contact_id: string; partner_id: string },
  before: unknown,
  after: unknown,
): Promise<void> {
  const subject = { subjectKind: "contact", subjectId: row.contact_id, partnerId: row.partner_id };
  await audit.record(tx, actor, { action, ...subject, before, after });
}
