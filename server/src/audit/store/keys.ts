import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Keys } from "../core/seal.ts";

type Row = { readonly person_id: string; readonly key: Buffer | null };

/** Keys of these persons, made where there is none; null for one that was destroyed. */
export async function makeKeys(db: Db, persons: readonly string[]): Promise<Keys> {
  if (persons.length === 0) return new Map();
  const { rows } = await sql<Row>`select person_id, key from audit.keys_of(${[...persons]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.person_id, row.key]));
}

/** Keys of these persons, as far as there are any. */
export async function keysOf(db: Db, persons: readonly string[]): Promise<Keys> {
  if (persons.length === 0) return new Map();
  const rows = await db
    .selectFrom("audit.person_key")
    .select(["person_id", "key"])
    .where("person_id", "in", [...persons])
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.key]));
}

/** Also for persons of whom nothing was written yet: nothing about them will be readable. */
export async function forgetKeys(db: Db, persons: readonly string[], at: Date): Promise<number> {
  const { rows } = await sql<{ had: boolean }>`
    insert into audit.person_key (person_id, key, destroyed_at) select distinct person, null::bytea, ${at}::timestamptz from unnest(${[...persons]}::text[]) person
    on conflict (person_id) do update set key = null, destroyed_at = coalesce(person_key.destroyed_at, excluded.destroyed_at)
    returning (xmax <> 0) as had`.execute(db);
  return rows.filter((row) => row.had).length;
}
