import { cpSync, createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import pg from "pg";
import copyStreams from "pg-copy-streams";
import { type Migration, migratePostgres, postgresMigrations, readMigrations } from "../../database/index.ts";
import { type DataFolder, writeAtomically } from "../data-folder.ts";
import { StartupProblem } from "../startup-problem.ts";
import { fileHash } from "./backup.ts";
import { type BackedTable, openForLoading } from "./catalogue.ts";
import type { Manifest } from "./manifest.ts";

/** Every file of the backup is there and whole. @throws StartupProblem naming the one that is not. */
export async function checkBackup(source: string, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const path = join(source, table.file);
    if (!existsSync(path) || (await fileHash(path)) !== table.sha256) {
      throw new StartupProblem(
        `The backup is damaged: ${path} is missing or not as it was written. Nothing was restored.`,
      );
    }
  }
}

/** The secret and the files; before the engines start. */
export function restoreFiles(source: string, manifest: Manifest, folder: DataFolder): void {
  writeAtomically(folder.inside("secret"), readFileSync(join(source, "secret"), "utf8"), 0o600);
  for (const name of manifest.folders) cpSync(join(source, name), folder.inside(name), { recursive: true });
}

/**
 * Fills an empty database: first the tables as they were when the backup was taken, then all rows in one transaction. What this
 * program has changed in the tables since is applied afterwards by the ordinary migrations.
 */
export async function restoreDatabase(
  url: string,
  source: string,
  manifest: Manifest,
  onTable: (name: string, rows: number) => void,
): Promise<void> {
  await migratePostgres(url, migrationsOf(manifest));
  const client = new pg.Client({ connectionString: url, application_name: "tributary restore" });
  await client.connect();
  try {
    await client.query("begin");
    const tables: readonly BackedTable[] = manifest.tables;
    const back = await openForLoading(client, tables);
    // Rows that the migrations themselves wrote are in the backup as well.
    await client.query(`truncate ${tables.map((table) => table.name).join(", ")}`);
    for (const table of manifest.tables) {
      await copyIn(client, join(source, table.file), table);
      onTable(table.name, table.rows);
    }
    for (const sequence of manifest.sequences) {
      await client.query("select setval($1::regclass, $2, $3)", [sequence.name, sequence.value, sequence.called]);
    }
    // A job that was being worked on when the backup was taken is nobody's now.
    await client.query("update graphile_worker._private_jobs set locked_at = null, locked_by = null");
    await client.query("update graphile_worker._private_job_queues set locked_at = null, locked_by = null");
    for (const statement of back) await client.query(statement);
    await client.query("commit");
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

/** The very files that the backup's database had been made with, in their order. */
function migrationsOf(manifest: Manifest): Migration[] {
  const known = new Map(readMigrations(postgresMigrations).map((migration) => [migration.name, migration]));
  return manifest.migrations.map(({ name, sha256 }) => {
    const migration = known.get(name);
    if (migration?.sha256 === sha256) return migration;
    throw new StartupProblem(
      `The backup was written by another version of Tributary (${manifest.program}: its change ${name} is not in this program): restore it with that version or a later one.`,
    );
  });
}

async function copyIn(client: pg.Client, path: string, table: Manifest["tables"][number]): Promise<void> {
  const target = client.query(copyStreams.from(`copy ${table.name} (${table.columns.join(", ")}) from stdin`));
  await pipeline(createReadStream(path), createZstdDecompress(), target);
  if (target.rowCount !== table.rows) {
    throw new Error(`${table.name}: ${target.rowCount} rows came back, ${table.rows} were written.`);
  }
}
