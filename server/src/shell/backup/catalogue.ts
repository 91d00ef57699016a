import type pg from "pg";

/** A table of the database with the columns that hold data of their own (generated ones are computed again). */
export type BackedTable = { readonly name: string; readonly columns: readonly string[] };
export type BackedSequence = { readonly name: string; readonly value: string; readonly called: boolean };

/** What says how far a database was migrated: compared on restore, never copied. */
const NOT_DATA = "'database.migration', 'graphile_worker.migrations'";

/** Every table that holds data, graphile-worker's waiting jobs included. */
export async function dataTables(client: pg.ClientBase): Promise<BackedTable[]> {
  const { rows } = await client.query<BackedTable>(
    `select format('%I.%I', n.nspname, c.relname) as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and c.relpersistence = 'p' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
        and n.nspname || '.' || c.relname not in (${NOT_DATA})
      group by 1 order by 1`,
  );
  return rows;
}

export async function sequences(client: pg.ClientBase): Promise<BackedSequence[]> {
  const { rows } = await client.query<BackedSequence>(
    `select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value, start_value)::text as value,
            last_value is not null as called
       from pg_sequences order by 1`,
  );
  return rows;
}

/**
 * Takes away, inside the open transaction, all that would stand in the way of rows in any order: foreign keys, triggers, row-level security.
 * Answers the statements that put everything back; the foreign keys are then checked over all rows.
 */
export async function openForLoading(client: pg.ClientBase, tables: readonly BackedTable[]): Promise<string[]> {
  const names = tables.map((table) => table.name);
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])`,
    [names],
  );
  const forced = await client.query<{ table: string }>(
    "select oid::regclass::text as table from pg_class where oid = any($1::regclass[]) and relforcerowsecurity",
    [names],
  );
  const back: string[] = [];
  for (const key of keys.rows) {
    await client.query(`alter table ${key.table} drop constraint ${key.name}`);
    back.push(`alter table ${key.table} add constraint ${key.name} ${key.definition}`);
  }
  for (const { table } of forced.rows) {
    await client.query(`alter table ${table} no force row level security`);
    back.push(`alter table ${table} force row level security`);
  }
  for (const name of names) {
    await client.query(`alter table ${name} disable trigger user`);
    back.push(`alter table ${name} enable trigger user`);
  }
  return back;
}
