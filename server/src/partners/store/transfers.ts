import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type TransferRow = Selectable<Schema["partners.ownership_transfer"]> & { partners: number };
export type TransferredRow = Selectable<Schema["partners.transferred_partner"]> & { name: string };
type Transfers = Schema["partners.ownership_transfer"];

/** What a transfer needs to know of a partner. */
export interface OwnedRow {
  readonly partner_id: string;
  readonly name: string;
  readonly status: string;
  readonly email: string;
  readonly region_id: string | null;
  readonly owner_user_id: string | null;
  readonly deputy_user_id: string | null;
}

const OWNED = ["partner_id", "name", "status", "email", "region_id", "owner_user_id", "deputy_user_id"] as const;

/** Partners by id, or the whole portfolio of a person; not those that became another name of one. */
export async function ownedRows(
  db: Db,
  chosen: { readonly partnerIds: readonly string[] } | { readonly portfolioOf: string },
  lock = false,
): Promise<OwnedRow[]> {
  let query = db.selectFrom("partners.partner").select(OWNED).where("merged_into", "is", null);
  if ("portfolioOf" in chosen) query = query.where("owner_user_id", "=", chosen.portfolioOf);
  else query = query.where(sql<boolean>`partner_id = any(${[...chosen.partnerIds]}::text[])`);
  if (lock) query = query.forUpdate();
  return await query.orderBy("partner_id").execute();
}

const counted = sql<number>`(select count(*)::int from partners.transferred_partner t
  where t.transfer_id = ownership_transfer.transfer_id and t.state <> 'left_out')`.as("partners");

export async function insertTransfer(db: Db, row: Insertable<Transfers>): Promise<void> {
  await db.insertInto("partners.ownership_transfer").values(row).execute();
}

export async function insertTransferred(db: Db, transferId: string, rows: readonly OwnedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = (pick: (row: OwnedRow) => string | null) => sql`${rows.map(pick)}::text[]`;
  await sql`
    insert into partners.transferred_partner (transfer_id, partner_id, state, from_owner, from_deputy)
    select ${transferId}, t.partner_id, 'planned', t.owner, t.deputy
    from unnest(${column((row) => row.partner_id)}, ${column((row) => row.owner_user_id)},
                ${column((row) => row.deputy_user_id)}) as t (partner_id, owner, deputy)
    on conflict do nothing`.execute(db);
}

export async function transferRow(db: Db, id: string, lock = false): Promise<TransferRow | undefined> {
  let query = db.selectFrom("partners.ownership_transfer").selectAll().select(counted).where("transfer_id", "=", id);
  if (lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

export async function updateTransfer(db: Db, id: string, change: Updateable<Transfers>): Promise<void> {
  await db.updateTable("partners.ownership_transfer").set(change).where("transfer_id", "=", id).execute();
}

export async function transferPage(
  db: Db,
  filter: { readonly state?: string | undefined; readonly partnerId?: string | undefined },
  seenPartners: readonly string[] | null,
  page: PageRequest,
): Promise<Page<TransferRow>> {
  const order = { name: "newest", columns: ["transfer_id"], direction: "desc" } as const;
  let query = db.selectFrom("partners.ownership_transfer").selectAll().select(counted);
  if (filter.state) query = query.where("state", "=", filter.state);
  const names = (ids: readonly string[]) => sql<boolean>`exists (select from partners.transferred_partner t
    where t.transfer_id = ownership_transfer.transfer_id and t.partner_id = any(${[...ids]}::text[]))`;
  if (filter.partnerId) query = query.where(names([filter.partnerId]));
  if (seenPartners !== null) query = query.where(names(seenPartners));
  return await keysetPage(query, order, page);
}

export async function transferredPage(db: Db, transferId: string, page: PageRequest): Promise<Page<TransferredRow>> {
  const order = { name: "oldest", columns: ["partner_id"], direction: "asc" } as const;
  const query = db
    .selectFrom("partners.transferred_partner as t")
    .innerJoin("partners.partner as p", "p.partner_id", "t.partner_id")
    .selectAll("t")
    .select("p.name")
    .where("t.transfer_id", "=", transferId);
  // The page's order names its column without a table, which would be ambiguous beside the partner's.
  return await keysetPage(db.selectFrom(query.as("transferred")).selectAll(), order, page);
}

export async function transferredRows(db: Db, transferId: string, state: string) {
  return await db
    .selectFrom("partners.transferred_partner")
    .selectAll()
    .where("transfer_id", "=", transferId)
    .where("state", "=", state)
    .orderBy("partner_id")
    .execute();
}

/** Whether one of these partners is in the transfer. */
export async function namesOneOf(db: Db, transferId: string, partnerIds: readonly string[]): Promise<boolean> {
  const query = db
    .selectFrom("partners.transferred_partner")
    .select("partner_id")
    .where("transfer_id", "=", transferId);
  const named = query.where(sql<boolean>`partner_id = any(${[...partnerIds]}::text[])`);
  return (await named.limit(1).executeTakeFirst()) !== undefined;
}

export async function markTransferred(
  db: Db,
  transferId: string,
  partnerIds: readonly string[],
  state: string,
  note = "",
): Promise<void> {
  if (partnerIds.length === 0) return;
  await db
    .updateTable("partners.transferred_partner")
    .set({ state, note })
    .where("transfer_id", "=", transferId)
    .where(sql<boolean>`partner_id = any(${[...partnerIds]}::text[])`)
    .execute();
}

/** Gives each of these partners its owner and deputy. */
export async function setOwners(
  db: Db,
  rows: readonly { readonly partnerId: string; readonly owner: string | null; readonly deputy: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update partners.partner p set owner_user_id = t.owner, deputy_user_id = t.deputy, revision = p.revision + 1
    from unnest(${rows.map((row) => row.partnerId)}::text[], ${rows.map((row) => row.owner)}::text[],
                ${rows.map((row) => row.deputy)}::text[]) as t (partner_id, owner, deputy)
    where p.partner_id = t.partner_id`.execute(db);
}

export async function dueTransfers(db: Db, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom("partners.ownership_transfer")
    .select("transfer_id")
    .where("state", "=", "planned")
    .where("effective_on", "<=", today)
    .orderBy("transfer_id")
    .execute();
  return rows.map((row) => row.transfer_id);
}
