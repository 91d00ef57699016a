import type { ExpressionBuilder, Insertable, RawBuilder, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type PartnerRow = Selectable<Schema["partners.partner"]> & { program_ids: string[] };
type Partners = "partners.partner";

export interface PartnerFilter {
  readonly q?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly regionId?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
  readonly parentPartnerId?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly tag?: string | undefined;
  readonly deputyUserId?: readonly string[] | undefined;
  readonly entity?: readonly string[] | undefined;
  readonly restriction?: string | undefined;
  /** `key:value` of custom fields that the reader may see. */
  readonly field?: readonly string[] | undefined;
  readonly merged?: "true" | "false";
}

const programIds = sql<string[]>`array(
  select p.program_id from partners.participation p where p.partner_id = partner.partner_id order by p.program_id)`.as(
  "program_ids",
);

export async function insertPartner(db: Db, row: Insertable<Schema[Partners]>): Promise<void> {
  await db.insertInto("partners.partner").values(row).execute();
}

export async function partnerRows(db: Db, ids: readonly string[]): Promise<PartnerRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("partners.partner")
    .selectAll()
    .select(programIds)
    .where("partner_id", "in", ids)
    .execute();
}

/** What decides who may do something with a partner: asked before every action, so nothing else is read. */
export async function seatOf(
  db: Db,
  id: string,
): Promise<{ readonly region_id: string | null; readonly owner_user_id: string | null } | undefined> {
  return await db
    .selectFrom("partners.partner")
    .select(["region_id", "owner_user_id"])
    .where("partner_id", "=", id)
    .executeTakeFirst();
}

export async function partnersWithCodes(db: Db, codes: readonly string[]): Promise<PartnerRow[]> {
  if (codes.length === 0) return [];
  return await db.selectFrom("partners.partner").selectAll().select(programIds).where("code", "in", codes).execute();
}

export async function partnersWithEmails(db: Db, emails: readonly string[]): Promise<PartnerRow[]> {
  if (emails.length === 0) return [];
  const wanted = sql<boolean>`lower(email) = any(${[...emails]}::text[])`;
  return await db.selectFrom("partners.partner").selectAll().select(programIds).where(wanted).execute();
}

export async function everyPartner(db: Db): Promise<PartnerRow[]> {
  return await db.selectFrom("partners.partner").selectAll().select(programIds).orderBy("partner_id").execute();
}

// Ids begin with their time, so their order is that of creation.
const ORDERS = {
  name: { name: "name", columns: ["name", "partner_id"], direction: "asc" },
  "-name": { name: "-name", columns: ["name", "partner_id"], direction: "desc" },
  createdAt: { name: "createdAt", columns: ["partner_id"], direction: "asc" },
  "-createdAt": { name: "-createdAt", columns: ["partner_id"], direction: "desc" },
} as const;

export async function partnerPage(
  db: Db,
  within: Reach,
  filter: PartnerFilter,
  sort: keyof typeof ORDERS,
  page: PageRequest,
): Promise<Page<PartnerRow>> {
  let query = db
    .selectFrom("partners.partner")
    .selectAll()
    .select(programIds)
    .where((eb) => visible(eb, within));
  if (filter.q) {
    const words = `%${likeText(filter.q.toLowerCase())}%`;
    const holds = sql<boolean>`lower(name || ' ' || code || ' ' || legal_name || ' ' || email) like ${words}`;
    const few = await fewHolding(db, filter.q, holds);
    query = few === undefined ? query.where(holds) : query.where(sql<boolean>`partner_id = any(${few})`);
  }
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  if (filter.kind?.length) query = query.where("kind", "in", filter.kind);
  if (filter.regionId?.length) query = query.where("region_id", "in", filter.regionId);
  if (filter.country?.length) query = query.where("country", "in", filter.country);
  if (filter.ownerUserId?.length) query = query.where("owner_user_id", "in", filter.ownerUserId);
  if (filter.parentPartnerId?.length) query = query.where("parent_partner_id", "in", filter.parentPartnerId);
  if (filter.tag) query = query.where(sql<boolean>`${filter.tag} = any(tags)`);
  if (filter.programId?.length) query = query.where(worksIn(filter.programId));
  if (filter.deputyUserId?.length) query = query.where("deputy_user_id", "in", filter.deputyUserId);
  if (filter.entity?.length) query = query.where("entity", "in", filter.entity);
  if (filter.restriction) query = query.where(restricted(filter.restriction));
  for (const one of filter.field ?? []) query = query.where(hasField(one));
  query = query.where("merged_into", filter.merged === "true" ? "is not" : "is", null);
  return await keysetPage(query, ORDERS[sort], page);
}

/** So many are found before they are put in order; of more, a walk in the order of names soon fills a page. */
const FEW = 3_000;

/**
 * Partners that hold the words, when there are few: else the planner, which expects them to be spread evenly, walks 100,000 names in their order for
 * those whose names begin alike. Fewer than three letters have no trigram to be found by.
 */
async function fewHolding(db: Db, q: string, holds: RawBuilder<boolean>): Promise<string[] | undefined> {
  if (!/[\p{L}\p{N}]{3}/u.test(q)) return undefined;
  const { rows } = await sql<{ partner_id: string }>`
    select partner_id from partners.partner where ${holds} limit ${FEW + 1}`.execute(db);
  return rows.length > FEW ? undefined : rows.map((row) => row.partner_id);
}

function visible(eb: ExpressionBuilder<Schema, Partners>, within: Reach) {
  if (within.everything) return sql<boolean>`true`;
  return eb.or([
    sql<boolean>`false`,
    ...(within.partnerIds.length > 0 ? [eb("partner_id", "in", within.partnerIds)] : []),
    ...(within.regionIds.length > 0 ? [eb("region_id", "in", within.regionIds)] : []),
    ...(within.ownerUserIds.length > 0 ? [eb("owner_user_id", "in", within.ownerUserIds)] : []),
    ...(within.programIds.length > 0 ? [worksIn(within.programIds)] : []),
  ]);
}

function restricted(kind: string) {
  return sql<boolean>`exists (select from partners.restriction r
    where r.partner_id = partner.partner_id and r.ended_at is null and (${kind} = 'any' or r.kind = ${kind}))`;
}

/** Texts are compared as they are shown in the column's index; one of several values by being among them. */
function hasField(filter: string) {
  const [key, value] = [filter.slice(0, filter.indexOf(":")), filter.slice(filter.indexOf(":") + 1)];
  return sql<boolean>`exists (select from partners.field_value v
    where v.partner_id = partner.partner_id
      and v.field_id = (select f.field_id from partners.field f where f.key = ${key} and f.archived_at is null)
      and (left(v.value #>> '{}', 200) = ${value} or (jsonb_typeof(v.value) = 'array' and v.value ? ${value})))`;
}

/** Under whom a partner stood, and when. */
export async function parentPeriods(db: Db, partnerId: string) {
  return await db
    .selectFrom("partners.parent_period")
    .selectAll()
    .where("partner_id", "=", partnerId)
    .orderBy("valid_from")
    .execute();
}

function worksIn(programs: readonly string[]) {
  return sql<boolean>`exists (select from partners.participation p
    where p.partner_id = partner.partner_id and p.program_id in (${sql.join(programs)}))`;
}

/** Ids of the partners that regions, owners and single grants of a reach name. */
export async function partnerIdsWithin(db: Db, within: Reach): Promise<string[]> {
  if (within.everything) return [];
  const { regionIds, ownerUserIds, partnerIds } = within;
  if (regionIds.length === 0 && ownerUserIds.length === 0) return [...partnerIds];
  const rows = await db
    .selectFrom("partners.partner")
    .select("partner_id")
    .where((eb) => visible(eb, { ...within, programIds: [] }))
    .execute();
  return rows.map((row) => row.partner_id);
}

/** Changes the partner if it still has this revision; undefined when somebody was faster. */
export async function updatePartner(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema[Partners]>,
): Promise<PartnerRow | undefined> {
  return await db
    .updateTable("partners.partner")
    .set({ ...change, revision: revision + 1 })
    .where("partner_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .returning(programIds)
    .executeTakeFirst();
}

/** Makes changes of the hierarchy wait for each other: two of them together could close a circle that neither sees. */
export async function lockTree(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('partners.tree'))`.execute(db);
}

/** A partner and everybody above it, nearest first; at most 100 levels, so that a damaged tree cannot run for ever. */
export async function lineage(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ partner_id: string }>`
    with recursive up as (
      select partner_id, parent_partner_id, 1 as level from partners.partner where partner_id = ${id}
      union all
      select p.partner_id, p.parent_partner_id, up.level + 1
        from up join partners.partner p on p.partner_id = up.parent_partner_id where up.level < 100)
    select partner_id from up order by level`.execute(db);
  return rows.map((row) => row.partner_id);
}

/** Every partner below this one, at any depth, without itself; by name. */
export async function rowsBelow(db: Db, id: string): Promise<PartnerRow[]> {
  const { rows } = await sql<{ partner_id: string }>`
    with recursive down as (
      select partner_id from partners.partner where parent_partner_id = ${id}
      union
      select p.partner_id from down join partners.partner p on p.parent_partner_id = down.partner_id)
    select partner_id from down where partner_id <> ${id}`.execute(db);
  const found = await partnerRows(
    db,
    rows.map((row) => row.partner_id),
  );
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function join(db: Db, partnerId: string, programId: string, at: Date): Promise<void> {
  await db
    .insertInto("partners.participation")
    .values({ partner_id: partnerId, program_id: programId, joined_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
