import type { Insertable, Selectable, Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type SiteRow = Selectable<Schema["compliance.site"]>;
export type SnapshotRow = Selectable<Schema["compliance.site_snapshot"]>;
export type ReviewRow = Selectable<Schema["compliance.site_review"]>;
export type ProofRow = Selectable<Schema["compliance.domain_proof"]>;

interface SiteFilter {
  readonly partnerId?: string | undefined;
  readonly state?: string | undefined;
  /** never looked at, or due again on this day */
  readonly dueOn?: string | undefined;
}

export async function sitePage(
  db: Db,
  within: RecordReach,
  filter: SiteFilter,
  page: PageRequest,
): Promise<Page<SiteRow>> {
  let query = whereWithin(db.selectFrom("compliance.site").selectAll(), within, "partner_id", null).where(
    "ended_at",
    "is",
    null,
  );
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  const { dueOn } = filter;
  if (dueOn !== undefined)
    query = query.where((eb) => eb.or([eb("state", "=", "unreviewed"), eb("review_on", "<=", dueOn)]));
  return await keysetPage(query, { name: "newest", columns: ["site_id"], direction: "desc" }, page);
}

export async function sitesOf(db: Db, partnerId: string): Promise<SiteRow[]> {
  const query = db.selectFrom("compliance.site").selectAll().where("partner_id", "=", partnerId);
  return await query.where("ended_at", "is", null).orderBy("site_id").execute();
}

export async function findSite(db: Db, id: string): Promise<SiteRow | undefined> {
  const query = db.selectFrom("compliance.site").selectAll().where("site_id", "=", id);
  return await query.where("ended_at", "is", null).executeTakeFirst();
}

export async function insertSite(db: Db, row: Insertable<Schema["compliance.site"]>): Promise<void> {
  await db.insertInto("compliance.site").values(row).execute();
}

export async function changeSite(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["compliance.site"]>,
): Promise<boolean> {
  const done = await db
    .updateTable("compliance.site")
    .set({ ...change, revision: revision + 1 })
    .where("site_id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function insertSnapshot(db: Db, row: Insertable<Schema["compliance.site_snapshot"]>): Promise<void> {
  await db.insertInto("compliance.site_snapshot").values(row).execute();
}

/** The newest snapshots of a site, without pages and pictures. */
export async function snapshotsOf(
  db: Db,
  siteId: string,
  limit: number,
): Promise<Omit<SnapshotRow, "html" | "picture">[]> {
  return await db
    .selectFrom("compliance.site_snapshot")
    .select([
      "snapshot_id",
      "site_id",
      "partner_id",
      "address",
      "final_address",
      "status",
      "problem",
      "words",
      "sha256",
      "findings",
      "picture_type",
      "taken_by",
      "taken_at",
    ])
    .where("site_id", "=", siteId)
    .orderBy("snapshot_id", "desc")
    .limit(limit)
    .execute();
}

export async function findSnapshot(db: Db, id: string): Promise<SnapshotRow | undefined> {
  return await db.selectFrom("compliance.site_snapshot").selectAll().where("snapshot_id", "=", id).executeTakeFirst();
}

export async function insertReview(db: Db, row: Insertable<Schema["compliance.site_review"]>): Promise<void> {
  await db.insertInto("compliance.site_review").values(row).execute();
}

export async function reviewsOf(db: Db, siteId: string, limit: number): Promise<ReviewRow[]> {
  const query = db.selectFrom("compliance.site_review").selectAll().where("site_id", "=", siteId);
  return await query.orderBy("review_id", "desc").limit(limit).execute();
}

export async function proofPage(
  db: Db,
  within: RecordReach,
  partnerId: string | undefined,
  page: PageRequest,
): Promise<Page<ProofRow>> {
  let query = whereWithin(db.selectFrom("compliance.domain_proof").selectAll(), within, "partner_id", null);
  if (partnerId !== undefined) query = query.where("partner_id", "=", partnerId);
  return await keysetPage(query, { name: "newest", columns: ["proof_id"], direction: "desc" }, page);
}

export async function proofsOf(db: Db, partnerId: string): Promise<ProofRow[]> {
  return await db
    .selectFrom("compliance.domain_proof")
    .selectAll()
    .where("partner_id", "=", partnerId)
    .orderBy("proof_id")
    .execute();
}

export async function findProof(db: Db, id: string): Promise<ProofRow | undefined> {
  return await db.selectFrom("compliance.domain_proof").selectAll().where("proof_id", "=", id).executeTakeFirst();
}

export async function insertProof(db: Db, row: Insertable<Schema["compliance.domain_proof"]>): Promise<boolean> {
  const done = await db
    .insertInto("compliance.domain_proof")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function changeProof(
  db: Db,
  id: string,
  change: Updateable<Schema["compliance.domain_proof"]>,
): Promise<void> {
  await db
    .updateTable("compliance.domain_proof")
    .set((eb) => ({ ...change, revision: eb("revision", "+", 1) }))
    .where("proof_id", "=", id)
    .execute();
}

export async function proofsToCheck(db: Db, today: string, limit: number): Promise<ProofRow[]> {
  const query = db
    .selectFrom("compliance.domain_proof")
    .selectAll()
    .where("state", "<>", "waiting")
    .where("check_on", "<=", today);
  return await query.orderBy("check_on").orderBy("proof_id").limit(limit).execute();
}
