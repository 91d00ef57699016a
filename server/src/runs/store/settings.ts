import type { RunSettings, RunSettingsDocument } from "@tributary/contract";
import { type Db, keysetPage, type Page, type PageRequest } from "../../database/index.ts";

export async function newestSettings(db: Db): Promise<RunSettings | undefined> {
  const row = await db.selectFrom("runs.settings").selectAll().orderBy("version", "desc").limit(1).executeTakeFirst();
  return row === undefined ? undefined : settingsOf(row);
}

export async function settingsVersion(db: Db, version: number): Promise<RunSettings | undefined> {
  const row = await db.selectFrom("runs.settings").selectAll().where("version", "=", version).executeTakeFirst();
  return row === undefined ? undefined : settingsOf(row);
}

export async function settingsPage(db: Db, page: PageRequest): Promise<Page<RunSettings>> {
  const query = db.selectFrom("runs.settings").selectAll();
  const found = await keysetPage(query, { name: "newest", columns: ["version"], direction: "desc" }, page);
  return { rows: found.rows.map(settingsOf), nextCursor: found.nextCursor };
}

/** @returns false when there is one of this number already */
export async function insertSettings(
  db: Db,
  row: { version: number; document: RunSettingsDocument; savedBy: string; savedAt: Date; reason: string },
): Promise<boolean> {
  const done = await db
    .insertInto("runs.settings")
    .values({
      version: row.version,
      document: JSON.stringify(row.document),
      saved_by: row.savedBy,
      saved_at: row.savedAt,
      reason: row.reason,
    })
    .onConflict((conflict) => conflict.column("version").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function settingsOf(row: {
  version: number;
  document: unknown;
  saved_by: string;
  saved_at: Date;
  reason: string;
}): RunSettings {
  return {
    version: row.version,
    document: row.document as RunSettingsDocument,
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
    reason: row.reason,
  };
}
