import type { PartnerStatus } from "@tributary/contract";
import type { SelectQueryBuilder } from "kysely";
import { sql } from "kysely";
import { type Actor, type Permission, type RecordReach, reach, type Touch } from "../access/index.ts";
import type { Context, Db } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import type { LicenceFacts, PartnerFacts } from "./contracts.ts";
import { CLOSED } from "./core/life.ts";
import { contactRowsById, contactRowsOf, hasSignatory } from "./store/contacts.ts";
import * as licences from "./store/licences.ts";
import * as store from "./store/partners.ts";
import { partnerFacts } from "./wire.ts";

/** Facts for other rooms: no actor, no permission; what a caller may see is decided where it is shown. */
export async function partnersByIds(db: Db, ids: readonly string[]): Promise<readonly PartnerFacts[]> {
  return (await store.partnerRows(db, ids)).map(partnerFacts);
}

export async function partnerById(db: Db, id: string): Promise<PartnerFacts | undefined> {
  return (await partnersByIds(db, [id]))[0];
}

/** Programs that a partner works in. */
export async function programsOfPartner(db: Db, id: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("partners.participation")
    .select("program_id")
    .where("partner_id", "=", id)
    .orderBy("program_id")
    .execute();
  return rows.map((row) => row.program_id);
}

/** Whether the partner's people may sign in and its keys are taken. */
export async function partnerMayEnter(ctx: Context, id: string): Promise<boolean> {
  const partner = await partnerById(ctx.db, id);
  return partner !== undefined && !CLOSED.has(partner.status as PartnerStatus);
}

/** Partners by their codes; the code of a record that became another name leads to the partner that stays. */
export async function partnersByCodes(db: Db, codes: readonly string[]): Promise<readonly PartnerFacts[]> {
  const facts = (await store.partnersWithCodes(db, codes)).map(partnerFacts);
  if (facts.every((one) => one.mergedInto === null)) return facts;
  return await Promise.all(facts.map(async (one) => ({ ...(await whoStays(db, one)), code: one.code })));
}

/** The partner that a record became another name of; itself when it did not. */
async function whoStays(db: Db, facts: PartnerFacts): Promise<PartnerFacts> {
  let one = facts;
  for (let steps = 0; one.mergedInto !== null && steps < 100; steps += 1)
    one = (await partnerById(db, one.mergedInto)) ?? { ...one, mergedInto: null };
  return one;
}

/** Partners by what they are called: their id, or their code in any case. What is nobody's is not in the answer. */
export async function partnersNamed(db: Db, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map((await partnersByIds(db, names)).map((one) => [one.partnerId, one.partnerId]));
  const others = names.filter((name) => !found.has(name));
  if (others.length === 0) return found;
  const codes = await partnersByCodes(db, [...new Set(others.map((name) => name.toLowerCase()))]);
  const byCode = new Map(codes.map((one) => [one.code, one.partnerId]));
  for (const name of others) {
    const partnerId = byCode.get(name.toLowerCase());
    if (partnerId !== undefined) found.set(name, partnerId);
  }
  return found;
}

/** Partners who have one of these e-mail addresses (lower case) as their own. */
export async function partnersByEmails(db: Db, emails: readonly string[]): Promise<readonly PartnerFacts[]> {
  return (await store.partnersWithEmails(db, emails)).map(partnerFacts);
}

/** The partners below one, at any depth: its sub-partners and theirs. */
export async function subPartnersOf(db: Db, partnerId: string): Promise<readonly PartnerFacts[]> {
  return (await store.rowsBelow(db, partnerId)).map(partnerFacts);
}

export async function allPartners(db: Db): Promise<readonly PartnerFacts[]> {
  return (await store.everyPartner(db)).map(partnerFacts);
}

/** Names of the contacts of many partners. */
export async function contactNamesOf(
  db: Db,
  partnerIds: readonly string[],
): Promise<readonly { readonly contactId: string; readonly partnerId: string; readonly name: string }[]> {
  const rows = await contactRowsOf(db, [...new Set(partnerIds)]);
  return rows.map((row) => ({ contactId: row.contact_id, partnerId: row.partner_id, name: row.name }));
}

/** What contacts are called, by their ids; of whom they are the askers say. */
export async function contactsById(
  db: Db,
  ids: readonly string[],
): Promise<readonly { readonly contactId: string; readonly partnerId: string; readonly name: string }[]> {
  return (await contactRowsById(db, ids)).map((row) => ({
    contactId: row.contact_id,
    partnerId: row.partner_id,
    name: row.name,
  }));
}

/** Licences of many partners, whenever they hold. */
export async function licencesOf(db: Db, partnerIds: readonly string[]): Promise<readonly LicenceFacts[]> {
  const rows = await licences.licenceRows(db, [...new Set(partnerIds)]);
  return rows.map((row) => ({
    partnerId: row.partner_id,
    jurisdiction: row.jurisdiction,
    class: row.class,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** Is somebody with this e-mail address a contact who may sign for the partner? */
export async function isSignatory(ctx: Context, partnerId: string, email: string): Promise<boolean> {
  return await hasSignatory(ctx.db, partnerId, email, dayOf(ctx.clock.now(), "UTC"));
}

/** Notes that a partner works in a program; again is no change. */
export async function joinProgram(tx: Context, partnerId: string, programId: string): Promise<void> {
  await store.join(tx.db, partnerId, programId, tx.clock.now());
}

/** Where a permission holds, as partners and programs: what every list of records with a partner or program is narrowed to. */
export async function reachOf(ctx: Context, actor: Actor, permission: Permission): Promise<RecordReach> {
  const within = reach(actor, permission);
  if (within.everything) return { everything: true };
  const partnerIds = await store.partnerIdsWithin(ctx.db, within);
  return { everything: false, partnerIds, programIds: within.programIds };
}

/** What an action on a record of this partner (and program) touches: for `requirePermission` before a change. */
export async function partnerTouch(ctx: Context, partnerId: string, programId?: string | null): Promise<Touch> {
  const seat = await store.seatOf(ctx.db, partnerId);
  return { partnerId, programId, regionId: seat?.region_id, ownerUserId: seat?.owner_user_id };
}

/**
 * Narrows a query to a resolved reach.
 * @param partnerColumn,programColumn as they stand in the query; a table without programs gives null
 */
export function whereWithin<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  within: RecordReach,
  partnerColumn: string,
  programColumn: string | null,
): SelectQueryBuilder<DB, TB, O> {
  if (within.everything) return query;
  const partners = sql`${sql.ref(partnerColumn)} = any(${within.partnerIds})`;
  if (programColumn === null || within.programIds.length === 0) return query.where(sql<boolean>`(${partners})`);
  return query.where(sql<boolean>`(${partners} or ${sql.ref(programColumn)} = any(${within.programIds}))`);
}
