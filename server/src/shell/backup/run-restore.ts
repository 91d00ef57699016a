import { existsSync, rmSync } from "node:fs";
import pg from "pg";
import { replayAnalytics } from "../../reporting/index.ts";
import type { Configuration } from "../configuration.ts";
import { type DataFolder, openDataFolder, writeAtomically } from "../data-folder.ts";
import { startProgram } from "../program.ts";
import { StartupProblem } from "../startup-problem.ts";
import { shippingOf } from "../tracking-parts.ts";
import { readManifest } from "./manifest.ts";
import { checkBackup, restoreDatabase, restoreFiles } from "./restore.ts";

export type Restored = {
  readonly dataDirectory: string;
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
};

/** Restores a backup into an empty data folder (or an empty database of one's own), and rebuilds the analytics. */
export async function restore(configuration: Configuration, source: string): Promise<Restored> {
  const manifest = readManifest(source);
  await checkBackup(source, manifest);
  const folder = openDataFolder(configuration.dataDirectory);
  await assertEmpty(configuration, folder);
  const marker = folder.inside("restoring");
  writeAtomically(marker, `${source}\n`, 0o600);
  restoreFiles(source, manifest, folder);
  const program = await startProgram(configuration, "restore", async ({ databaseUrl }) => {
    await restoreDatabase(databaseUrl, source, manifest, () => undefined);
  });
  try {
    // The restored database says that everything was shipped to ClickHouse, which is empty here.
    await replayAnalytics(await shippingOf(program));
    rmSync(marker);
  } finally {
    await program.close();
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return { dataDirectory: folder.path, takenAt: manifest.takenAt, tables: manifest.tables.length, rows };
}

/** What is there is never overwritten: neither a folder in use nor somebody's database. */
async function assertEmpty(configuration: Configuration, folder: DataFolder): Promise<void> {
  if (existsSync(folder.inside("postgres")) || existsSync(folder.inside("secret"))) {
    throw new StartupProblem(
      `The data folder ${folder.path} is not empty: give an empty one with --data, or move this one away first.`,
    );
  }
  if (!configuration.databaseUrl) return;
  const client = new pg.Client({ connectionString: configuration.databaseUrl });
  await client.connect();
  try {
    const found = await client.query("select to_regclass('database.migration') is not null as used");
    if (found.rows[0].used) {
      throw new StartupProblem("The database behind DATABASE_URL is already one of Tributary's: give an empty one.");
    }
  } finally {
    await client.end();
  }
}
