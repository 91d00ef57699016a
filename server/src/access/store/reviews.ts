import type { Selectable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type ReviewRow = Selectable<Schema["access.review"]>;
export type ReviewItemRow = Selectable<Schema["access.review_item"]>;

/** A grant with its person, and when a permission of its role was last used. */
export interface HeldRow {
  readonly grant_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly scope_kind: string;
  readonly scope_id: string | null;
  readonly created_by: string;
  readonly created_at: Date;
}

/** Grants of the operator's active people: a house has hundreds, so they are read at once. */
export async function heldGrants(db: Db): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select g.grant_id, g.user_id, u.name, u.email, g.role, g.scope_kind, g.scope_id, g.created_by, g.created_at
      from access.role_grant g join access."user" u on u.id = g.user_id
     where u.partner_id is null and u.status = 'active' order by g.grant_id`.execute(db);
  return rows;
}

/** The last day of every permission that people used. */
export async function permissionUse(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("access.permission_use")
    .selectAll()
    .where("user_id", "in", userIds.length > 0 ? [...userIds] : [""])
    .execute();
  return new Map(rows.map((row) => [`${row.user_id} ${row.permission}`, row.last_on]));
}

/** Notes the day for many uses at once. @param day YYYY-MM-DD */
export async function noteUses(
  db: Db,
  uses: readonly { readonly userId: string; readonly permission: string; readonly day: string }[],
): Promise<void> {
  if (uses.length === 0) return;
  await sql`
    insert into access.permission_use (user_id, permission, last_on)
    select * from unnest(${uses.map((one) => one.userId)}::text[], ${uses.map((one) => one.permission)}::text[], ${uses.map((one) => one.day)}::date[])
    on conflict (user_id, permission) do update set last_on = excluded.last_on where permission_use.last_on < excluded.last_on`.execute(
    db,
  );
}

export async function insertReview(db: Db, row: ReviewRow, items: readonly ReviewItemRow[]): Promise<void> {
  await db.insertInto("access.review").values(row).execute();
  for (let from = 0; from < items.length; from += 1000)
    await db
      .insertInto("access.review_item")
      .values(items.slice(from, from + 1000))
      .execute();
}

export async function reviewRow(db: Db, id: string): Promise<ReviewRow | undefined> {
  return await db.selectFrom("access.review").selectAll().where("review_id", "=", id).executeTakeFirst();
}

export async function lockReview(db: Db, id: string): Promise<ReviewRow | undefined> {
  return await db.selectFrom("access.review").selectAll().where("review_id", "=", id).forUpdate().executeTakeFirst();
}

export async function closeReview(db: Db, id: string, at: Date): Promise<void> {
  await sql`update access.review set state = 'closed', closed_at = ${at}, revision = revision + 1 where review_id = ${id}`.execute(
    db,
  );
}

export async function reviewPage(db: Db, state: string | undefined, page: PageRequest): Promise<Page<ReviewRow>> {
  let query = db.selectFrom("access.review").selectAll();
  if (state !== undefined) query = query.where("state", "=", state);
  return await keysetPage(query, { name: "newest", columns: ["review_id"], direction: "desc" }, page);
}

export interface ReviewCount {
  readonly review_id: string;
  readonly grants: bigint;
  readonly undecided: bigint;
  readonly revoked: bigint;
}

export async function countsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ReviewCount>> {
  const { rows } = await sql<ReviewCount>`
    select review_id, count(*) as grants, count(*) filter (where decision is null) as undecided,
      count(*) filter (where decision = 'revoke') as revoked
      from access.review_item where review_id = any(${[...ids]}) group by 1`.execute(db);
  return new Map(rows.map((row) => [row.review_id, row]));
}

export async function itemPage(
  db: Db,
  reviewId: string,
  only: "undecided" | "revoked" | "conflicts" | undefined,
  page: PageRequest,
): Promise<Page<ReviewItemRow>> {
  let query = db.selectFrom("access.review_item").selectAll().where("review_id", "=", reviewId);
  if (only === "undecided") query = query.where("decision", "is", null);
  if (only === "revoked") query = query.where("decision", "=", "revoke");
  if (only === "conflicts") query = query.where(sql<boolean>`cardinality(conflicts) > 0`);
  return await keysetPage(query, { name: "oldest", columns: ["grant_id"], direction: "asc" }, page);
}

export async function itemRows(db: Db, reviewId: string, grantIds: readonly string[]): Promise<ReviewItemRow[]> {
  return await db
    .selectFrom("access.review_item")
    .selectAll()
    .where("review_id", "=", reviewId)
    .where("grant_id", "in", [...grantIds])
    .execute();
}

export async function decideItems(
  db: Db,
  reviewId: string,
  grantIds: readonly string[],
  told: { readonly decision: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable("access.review_item")
    .set({ decision: told.decision, reason: told.reason, decided_by: told.by, decided_at: told.at })
    .where("review_id", "=", reviewId)
    .where("grant_id", "in", [...grantIds])
    .execute();
}

/** Everything that a review looks at, by person. */
export async function allItems(db: Db, id: string): Promise<ReviewItemRow[]> {
  return (await db
    .selectFrom("access.review_item")
    .selectAll()
    .where("review_id", "=", id)
    .orderBy("user_id")
    .orderBy("grant_id")
    .execute()) as ReviewItemRow[];
}
