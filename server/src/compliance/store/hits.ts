import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type HitRow = Selectable<Schema["compliance.hit"]>;
export type SubjectRow = Selectable<Schema["compliance.subject"]>;
const NEWEST = { name: "newest", columns: ["hit_id"], direction: "desc" } as const;
/** Hits that keep money back: undecided ones, and those that two people said are them. */
const HOLDING = ["open", "proposed", "true_match"] as const;

export interface HitFilter {
  readonly state?: readonly string[] | undefined;
  readonly topic?: readonly string[] | undefined;
  readonly list?: string | undefined;
  readonly partnerId?: string | undefined;
}

export async function hitPage(
  db: Db,
  within: RecordReach,
  filter: HitFilter,
  page: PageRequest,
): Promise<Page<HitRow>> {
  let query = whereWithin(db.selectFrom("compliance.hit").selectAll(), within, "partner_id", null);
  if (filter.state) query = query.where("state", "in", [...filter.state]);
  if (filter.topic) query = query.where("topic", "in", [...filter.topic]);
  if (filter.list) query = query.where("list", "=", filter.list);
  if (filter.partnerId) query = query.where("partner_id", "=", filter.partnerId);
  return await keysetPage(query, NEWEST, page);
}

export async function findHit(db: Db, hitId: string): Promise<HitRow | undefined> {
  return await db.selectFrom("compliance.hit").selectAll().where("hit_id", "=", hitId).executeTakeFirst();
}

export async function hitsOfSubjects(db: Db, subjectIds: readonly string[]): Promise<HitRow[]> {
  if (subjectIds.length === 0) return [];
  return await db
    .selectFrom("compliance.hit")
    .selectAll()
    .where("subject_id", "in", [...subjectIds])
    .forUpdate()
    .execute();
}

export async function insertHit(db: Db, row: Insertable<Schema["compliance.hit"]>): Promise<void> {
  // another run may have met the same: then that one stands
  await db
    .insertInto("compliance.hit")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function setHit(db: Db, hitId: string, change: Updateable<Schema["compliance.hit"]>): Promise<void> {
  await db
    .updateTable("compliance.hit")
    .set({ ...change, revision: sql`revision + 1` })
    .where("hit_id", "=", hitId)
    .execute();
}

/** @returns false when it was changed since that revision */
export async function changeHit(
  db: Db,
  hitId: string,
  revision: number,
  change: Updateable<Schema["compliance.hit"]>,
): Promise<boolean> {
  const changed = await db
    .updateTable("compliance.hit")
    .set({ ...change, revision: revision + 1 })
    .where("hit_id", "=", hitId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Hits of entries that a list does not have any more. */
export async function hitsOfEntries(db: Db, list: string, entryIds: readonly string[]): Promise<HitRow[]> {
  if (entryIds.length === 0) return [];
  const query = db.selectFrom("compliance.hit").selectAll().where("list", "=", list);
  return await query
    .where("entry_id", "in", [...entryIds])
    .where("state", "<>", "gone")
    .execute();
}

export async function holdingHits(
  db: Db,
  partnerIds: readonly string[],
): Promise<{ partner_id: string; state: string; count: number }[]> {
  if (partnerIds.length === 0) return [];
  const rows = await db
    .selectFrom("compliance.hit")
    .select(({ fn }) => ["partner_id", "state", fn.countAll<bigint>().as("count")])
    .where("partner_id", "in", [...partnerIds])
    .where("state", "in", [...HOLDING])
    .groupBy(["partner_id", "state"])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

export async function subjectsOf(db: Db, partnerIds: readonly string[]): Promise<SubjectRow[]> {
  if (partnerIds.length === 0) return [];
  const query = db
    .selectFrom("compliance.subject")
    .selectAll()
    .where("partner_id", "in", [...partnerIds]);
  return await query.orderBy("partner_id").orderBy("subject_id").execute();
}

/** Everybody who was ever screened, page by page. */
export async function* everySubject(db: Db): AsyncGenerator<SubjectRow[]> {
  let after = "";
  for (;;) {
    const rows = await db
      .selectFrom("compliance.subject")
      .selectAll()
      .where("subject_id", ">", after)
      .orderBy("subject_id")
      .limit(2000)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < 2000) return;
    after = rows.at(-1)?.subject_id ?? "";
  }
}

export async function putSubjects(db: Db, rows: readonly Insertable<Schema["compliance.subject"]>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("compliance.subject")
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column("subject_id").doUpdateSet((eb) => ({
        name: eb.ref("excluded.name"),
        asked: eb.ref("excluded.asked"),
        digest: eb.ref("excluded.digest"),
        screened_at: eb.ref("excluded.screened_at"),
      })),
    )
    .execute();
}

export async function dropSubjects(db: Db, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length > 0)
    await db
      .deleteFrom("compliance.subject")
      .where("subject_id", "in", [...subjectIds])
      .execute();
}

/** Nobody has said anything of a hit. */
export const UNDECIDED = {
  proposed_by: null,
  proposed_name: null,
  proposed_at: null,
  decided_by: null,
  decided_name: null,
  decided_at: null,
};

/** On which kinds of lists two people have found somebody of this partner. */
export async function confirmedTopics(db: Db, partnerId: string): Promise<string[]> {
  const query = db.selectFrom("compliance.hit").select("topic").distinct().where("partner_id", "=", partnerId);
  return (await query.where("state", "=", "true_match").execute()).map(({ topic }) => topic);
}
