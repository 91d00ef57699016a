import { sql } from "kysely";
import type { Db, Tx } from "../../database/index.ts";
import type { AliasVendor } from "../core/alias.ts";

/** What the edge keeps of an alias. */
export interface EdgeAliasRow {
  readonly alias_id: bigint;
  readonly code: string;
  readonly program_id: string;
  readonly vendor: AliasVendor;
  readonly host: string | null;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly match_key: string;
  readonly case_sensitive: boolean;
}

const PAGE = 20_000;

/** All aliases, read in pages: a column of ids goes first, so that no page is missed or read twice. */
export async function edgeAliases(db: Db): Promise<readonly EdgeAliasRow[]> {
  const all: EdgeAliasRow[] = [];
  for (let after = 0n; ; ) {
    const { rows } = await sql<EdgeAliasRow>`
      select a.alias_id, l.code, a.program_id, a.vendor, a.host, a.path, a.params, a.match_key, a.case_sensitive
      from tracking.link_alias a join tracking.link l using (link_id)
      where a.alias_id > ${after} order by a.alias_id limit ${PAGE}`.execute(db);
    for (const row of rows) all.push(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return all;
    after = last.alias_id;
  }
}

export interface NewAliasRow {
  readonly link_id: string;
  readonly program_id: string;
  readonly vendor: string;
  readonly host: string | null;
  readonly path: string;
  readonly params: string;
  readonly match_key: string;
  readonly case_sensitive: boolean;
  readonly address: string;
  readonly created_by: string;
  readonly created_at: Date;
}

/** @returns whose alias it is: the given link's, or that of another link which had the address before */
export async function insertAlias(tx: Tx, row: NewAliasRow): Promise<string> {
  const { rows } = await sql<{ link_id: string }>`
    insert into tracking.link_alias (link_id, program_id, vendor, host, path, params, match_key, case_sensitive, address, created_by, created_at)
    values (${row.link_id}, ${row.program_id}, ${row.vendor}, ${row.host}, ${row.path}, ${row.params}::jsonb, ${row.match_key},
      ${row.case_sensitive}, ${row.address}, ${row.created_by}, ${row.created_at})
    on conflict (program_id, host, match_key) do update set match_key = excluded.match_key
    returning link_id`.execute(tx);
  return rows[0]?.link_id ?? row.link_id;
}

export async function deleteAliases(tx: Tx, linkId: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from tracking.link_alias where link_id = ${linkId}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Which of these addresses are taken, by whom. */
export async function aliasOwners(
  db: Db,
  programId: string,
  keys: readonly string[],
): Promise<readonly { host: string | null; match_key: string; link_id: string }[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ host: string | null; match_key: string; link_id: string }>`
    select host, match_key, link_id from tracking.link_alias
    where program_id = ${programId} and match_key = any(${keys}::text[])`.execute(db);
  return rows;
}
