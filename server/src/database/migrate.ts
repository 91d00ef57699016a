import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string };

/** The database cannot be brought to this program's state; the message is one sentence with the way out. */
export class MigrationRefused extends Error {
  override readonly name = "MigrationRefused";
}

export const postgresMigrations = join(import.meta.dirname, "../../migrations/postgres");
export const clickhouseMigrations = join(import.meta.dirname, "../../migrations/clickhouse");

/** The numbered files of a folder in their order. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    });
}

/** One hash over all migrations: two databases with the same one have the same tables. */
export function migrationsFingerprint(migrations: readonly Migration[]): string {
  const all = migrations.map((migration) => `${migration.name} ${migration.sha256}\n`).join("");
  return createHash("sha256").update(all).digest("hex").slice(0, 16);
}

/**
 * What is still to be applied, in order.
 * @throws MigrationRefused when a file was changed after it was applied, or the database knows files that this program does not.
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly { readonly name: string; readonly sha256: string }[],
): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const file = byName.get(row.name);
    if (!file) {
      throw new MigrationRefused(
        `The database was written by a newer version of Tributary (it has the change ${row.name}, which this program does not know): start the newer program, or restore a backup that is older.`,
      );
    }
    if (file.sha256 !== row.sha256) {
      throw new MigrationRefused(
        `The migration ${row.name} was changed after it was applied to this database: put the file back as it was and add a new one for the change.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.name));
  return known.filter((migration) => !done.has(migration.name));
}

// Any fixed number, the same in every version: it keeps two starting programs from migrating at once.
const MIGRATION_LOCK = 7_411_002_001;

/** Brings a PostgreSQL database to this program's state, each file in its own transaction. Resolves with the names applied now. */
export async function migratePostgres(
  url: string,
  migrations: readonly Migration[] = readMigrations(postgresMigrations),
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: "tributary migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("create schema if not exists database");
    await client.query(
      `create table if not exists database.migration (
         name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    );
    // The job tables are graphile-worker's own; functions of ours write jobs, so they come first.
    await runMigrations({ connectionString: url, logger: silent });
    const applied = await client.query<{ name: string; sha256: string }>("select name, sha256 from database.migration");
    const pending = pendingMigrations(migrations, applied.rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

const silent = new Logger(() => () => undefined);

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query("insert into database.migration (name, sha256) values ($1, $2)", [
      migration.name,
      migration.sha256,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    const at = Number((error as { position?: string }).position ?? 0);
    const line = at > 0 ? ` (line ${migration.sql.slice(0, at).split("\n").length})` : "";
    throw new Error(`Migration ${migration.name}${line}: ${(error as Error).message}`, { cause: error });
  }
}
