import { type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { ListEntry } from "../core/names.ts";

export type ListVersionRow = Selectable<Schema["compliance.list_version"]>;
export type ListChangeRow = Selectable<Schema["compliance.list_change"]>;

export interface StoredEntry {
  readonly entryId: string;
  readonly name: string;
  readonly digest: string;
  readonly entry: ListEntry;
}

export interface Changed {
  readonly entryId: string;
  readonly name: string;
  readonly change: "added" | "removed" | "altered";
}

const ROWS_AT_ONCE = 2000;

/** Holds other loadings of the same list off until the transaction ends. */
export async function lockList(db: Db, list: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`compliance.list ${list}`}, 0))`.execute(db);
}

export async function newestVersion(db: Db, list: string): Promise<ListVersionRow | undefined> {
  const query = db.selectFrom("compliance.list_version").selectAll().where("list", "=", list);
  return await query.orderBy("version", "desc").limit(1).executeTakeFirst();
}

/** The newest version of every list. */
export async function newestVersions(db: Db): Promise<ListVersionRow[]> {
  const query = db.selectFrom("compliance.list_version").selectAll().distinctOn("list");
  return await query.orderBy("list").orderBy("version", "desc").execute();
}

const ORDER = { name: "list", columns: ["list", "version"], direction: "desc" } as const;

/** Versions of one list, or the newest of each. */
export async function versionPage(db: Db, list: string | undefined, page: PageRequest): Promise<Page<ListVersionRow>> {
  const all = db.selectFrom("compliance.list_version").selectAll();
  if (list !== undefined) return await keysetPage(all.where("list", "=", list), ORDER, page);
  const newest = all.where(({ eb, selectFrom }) =>
    eb(
      "version",
      "=",
      selectFrom("compliance.list_version as other")
        .select(({ fn }) => fn.max("other.version").as("version"))
        .whereRef("other.list", "=", "compliance.list_version.list"),
    ),
  );
  return await keysetPage(newest, ORDER, page);
}

export async function changePage(
  db: Db,
  list: string,
  version: number,
  page: PageRequest,
): Promise<Page<ListChangeRow>> {
  const query = db
    .selectFrom("compliance.list_change")
    .selectAll()
    .where("list", "=", list)
    .where("version", "=", version);
  return await keysetPage(query, { name: "change", columns: ["entry_id"], direction: "asc" }, page);
}

/** Digests of the entries that stand. */
export async function digestsOf(db: Db, list: string): Promise<Map<string, { digest: string; name: string }>> {
  const query = db.selectFrom("compliance.list_entry").select(["entry_id", "digest", "name"]);
  const rows = await query.where("list", "=", list).where("gone", "is", null).execute();
  return new Map(rows.map(({ entry_id, digest, name }) => [entry_id, { digest, name }]));
}

export async function putEntries(
  db: Db,
  list: string,
  version: number,
  entries: readonly StoredEntry[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += ROWS_AT_ONCE) {
    const rows = entries.slice(at, at + ROWS_AT_ONCE).map(({ entryId, name, digest, entry }) => ({
      list,
      entry_id: entryId,
      name,
      digest,
      body: JSON.stringify(entry),
      since: version,
      gone: null,
    }));
    await db
      .insertInto("compliance.list_entry")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["list", "entry_id"]).doUpdateSet((eb) => ({
          name: eb.ref("excluded.name"),
          digest: eb.ref("excluded.digest"),
          body: eb.ref("excluded.body"),
          since: eb.ref("excluded.since"),
          gone: null,
        })),
      )
      .execute();
  }
}

export async function removeEntries(db: Db, list: string, version: number, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE)
    await db
      .updateTable("compliance.list_entry")
      .set({ gone: version })
      .where("list", "=", list)
      .where("entry_id", "in", ids.slice(at, at + ROWS_AT_ONCE))
      .execute();
}

export async function putVersion(
  db: Db,
  row: Omit<ListVersionRow, "applied_at">,
  changes: readonly Changed[],
): Promise<void> {
  await db.insertInto("compliance.list_version").values(row).execute();
  for (let at = 0; at < changes.length; at += ROWS_AT_ONCE) {
    const rows = changes
      .slice(at, at + ROWS_AT_ONCE)
      .map(({ entryId, name, change }) => ({ entry_id: entryId, name, change, list: row.list, version: row.version }));
    await db.insertInto("compliance.list_change").values(rows).execute();
  }
}

/** Entries that stand: of all lists, page by page. */
export async function* livingEntries(db: Db): AsyncGenerator<ListEntry> {
  let after: readonly [string, string] = ["", ""];
  for (;;) {
    const rows = await db
      .selectFrom("compliance.list_entry")
      .select(["list", "entry_id", "body"])
      .where("gone", "is", null)
      .where(sql<boolean>`(list, entry_id) > (${after[0]}, ${after[1]})`)
      .orderBy("list")
      .orderBy("entry_id")
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const { body } of rows) yield body as unknown as ListEntry;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = [last.list, last.entry_id];
  }
}

/** Versions whose changes partners were not yet screened against. */
export async function unapplied(db: Db): Promise<ListVersionRow[]> {
  const query = db.selectFrom("compliance.list_version").selectAll().where("applied_at", "is", null);
  return await query.orderBy("list").orderBy("version").execute();
}

/** What a version changed: entries as they are, and those that went. */
export async function changedEntries(
  db: Db,
  { list, version }: ListVersionRow,
): Promise<{ entries: ListEntry[]; gone: string[] }> {
  const rows = await db
    .selectFrom("compliance.list_change as change")
    .innerJoin("compliance.list_entry as entry", (join) =>
      join.onRef("entry.list", "=", "change.list").onRef("entry.entry_id", "=", "change.entry_id"),
    )
    .select(["change.entry_id", "change.change", "entry.body", "entry.gone"])
    .where("change.list", "=", list)
    .where("change.version", "=", version)
    .execute();
  const stands = rows.filter((row) => row.gone === null);
  return {
    entries: stands.map(({ body }) => body as unknown as ListEntry),
    gone: rows.filter((row) => row.gone !== null).map((row) => row.entry_id),
  };
}

export async function markApplied(db: Db, versions: readonly ListVersionRow[], at: Date): Promise<void> {
  for (const { list, version } of versions)
    await db
      .updateTable("compliance.list_version")
      .set({ applied_at: at })
      .where("list", "=", list)
      .where("version", "=", version)
      .execute();
}

export async function readProgress(db: Db, name: string): Promise<bigint | undefined> {
  return (await db.selectFrom("compliance.progress").select("seq").where("name", "=", name).executeTakeFirst())?.seq;
}

export async function noteProgress(db: Db, name: string, seq: bigint): Promise<void> {
  const insert = db.insertInto("compliance.progress").values({ name, seq });
  await insert.onConflict((conflict) => conflict.column("name").doUpdateSet({ seq })).execute();
}
