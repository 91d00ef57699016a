import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Pair } from "../contracts.ts";

export type AgreementRow = Selectable<Schema["agreements.agreement"]>;
export type VersionRow = Selectable<Schema["agreements.agreement_version"]>;
export type VersionOfPair = VersionRow & { readonly partner_id: string; readonly program_id: string };

/** The agreement of a pair, made when there is none; its row is locked, so that version numbers have no gap. */
export async function agreementOf(db: Db, row: Insertable<Schema["agreements.agreement"]>): Promise<string> {
  await db
    .insertInto("agreements.agreement")
    .values(row)
    .onConflict((conflict) => conflict.columns(["partner_id", "program_id"]).doNothing())
    .execute();
  const found = await db
    .selectFrom("agreements.agreement")
    .select("agreement_id")
    .where("partner_id", "=", row.partner_id)
    .where("program_id", "=", row.program_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return found.agreement_id;
}

export async function insertVersion(
  db: Db,
  row: Omit<Insertable<Schema["agreements.agreement_version"]>, "version">,
): Promise<number> {
  const last = await db
    .selectFrom("agreements.agreement_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("agreement_id", "=", row.agreement_id)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await db
    .insertInto("agreements.agreement_version")
    .values({ ...row, version })
    .execute();
  return version;
}

/** Moves a version on; false when somebody else has moved it in the meantime. */
export async function moveVersion(
  db: Db,
  id: string,
  from: string,
  change: Updateable<Schema["agreements.agreement_version"]>,
): Promise<boolean> {
  const done = await db
    .updateTable("agreements.agreement_version")
    .set(change)
    .where("agreement_version_id", "=", id)
    .where("status", "=", from)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function versionRow(db: Db, id: string): Promise<VersionOfPair | undefined> {
  return await ofPairs(db).where("version.agreement_version_id", "=", id).executeTakeFirst();
}

export async function versionsOf(db: Db, agreementIds: readonly string[]): Promise<VersionOfPair[]> {
  if (agreementIds.length === 0) return [];
  return await ofPairs(db)
    .where("version.agreement_id", "in", agreementIds)
    .orderBy("version.agreement_id")
    .orderBy("version.version", "desc")
    .execute();
}

export async function versionRows(db: Db, ids: readonly string[]): Promise<VersionOfPair[]> {
  if (ids.length === 0) return [];
  return await ofPairs(db).where("version.agreement_version_id", "in", ids).execute();
}

/** Accepted versions of many pairs at once. */
export async function acceptedOf(db: Db, pairs: readonly Pair[]): Promise<VersionOfPair[]> {
  const partners = pairs.map((pair) => pair.partnerId);
  const programs = pairs.map((pair) => pair.programId);
  return await ofPairs(db)
    .where("version.status", "=", "accepted")
    .where(
      sql<boolean>`(agreement.partner_id, agreement.program_id) in (select * from unnest(${partners}::text[], ${programs}::text[]))`,
    )
    .orderBy("version.agreement_id")
    .orderBy("version.version")
    .execute();
}

export async function agreementRow(db: Db, id: string): Promise<AgreementRow | undefined> {
  return await db.selectFrom("agreements.agreement").selectAll().where("agreement_id", "=", id).executeTakeFirst();
}

export async function everyPair(db: Db): Promise<Pair[]> {
  const rows = await db
    .selectFrom("agreements.agreement")
    .select(["partner_id", "program_id"])
    .orderBy("agreement_id")
    .execute();
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id }));
}

export async function agreementPage(
  db: Db,
  within: RecordReach,
  filter: { readonly partnerId?: string | undefined; readonly programId?: string | undefined },
  page: PageRequest,
): Promise<Page<AgreementRow>> {
  let query = whereWithin(db.selectFrom("agreements.agreement").selectAll(), within, "partner_id", "program_id");
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.programId !== undefined) query = query.where("program_id", "=", filter.programId);
  return await keysetPage(query, { name: "newest", columns: ["agreement_id"], direction: "desc" }, page);
}

function ofPairs(db: Db) {
  return db
    .selectFrom("agreements.agreement_version as version")
    .innerJoin("agreements.agreement as agreement", "agreement.agreement_id", "version.agreement_id")
    .selectAll("version")
    .select(["agreement.partner_id", "agreement.program_id"]);
}
