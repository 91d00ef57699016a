import { createHash } from "node:crypto";
import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import pg from "pg";
import copyStreams from "pg-copy-streams";
import { folderSecret } from "../data-folder.ts";
import type { Program } from "../program.ts";
import { StartupProblem } from "../startup-problem.ts";
import { programVersion } from "../version.ts";
import { type BackedTable, dataTables, sequences } from "./catalogue.ts";
import { BACKUP_FORMAT, MANIFEST, type Manifest } from "./manifest.ts";

/** Parts of the data folder that are files of their own and not held by an engine. */
const FOLDERS = ["files", "mail"];

/**
 * Writes everything into `target`, a new or empty folder, while the program goes on working: all tables as of one instant (one
 * snapshot), the files, the secret. ClickHouse is not in it, since it is rebuilt from the rest.
 * The manifest comes last: a folder without one is no backup.
 */
export async function backup(
  program: Program,
  target: string,
  onTable: (name: string, rows: number) => void,
): Promise<Manifest> {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new StartupProblem(`The folder ${target} is not empty: a backup is written into a new folder.`);
  }
  mkdirSync(join(target, "tables"), { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: program.databaseUrl, application_name: "tributary backup" });
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read, read only");
    // Row-level security must refuse rather than leave rows out.
    await client.query("set local row_security = off");
    const migrations = await client.query("select name, sha256 from database.migration order by name");
    const tables: Manifest["tables"] = [];
    for (const table of await dataTables(client)) {
      const written = await copyOut(client, table, target);
      tables.push(written);
      onTable(written.name, written.rows);
    }
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      program: programVersion,
      takenAt: program.clock.now().toISOString(),
      migrations: migrations.rows,
      tables,
      sequences: await sequences(client),
      folders: copyFolders(program, target),
    };
    writeFileSync(join(target, "secret"), `${program.configuration.secret ?? folderSecret(program.folder)}\n`, {
      mode: 0o600,
    });
    writeFileSync(join(target, MANIFEST), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true });
    return manifest;
  } finally {
    await client.end();
  }
}

async function copyOut(client: pg.Client, table: BackedTable, target: string): Promise<Manifest["tables"][number]> {
  const file = join("tables", `${table.name.replaceAll('"', "")}.copy.zst`);
  const path = join(target, file);
  const source = client.query(copyStreams.to(`copy (select ${table.columns.join(", ")} from ${table.name}) to stdout`));
  await pipeline(source, createZstdCompress(), createWriteStream(path, { mode: 0o600 }));
  return {
    name: table.name,
    columns: [...table.columns],
    rows: source.rowCount ?? 0,
    file,
    sha256: await fileHash(path),
  };
}

/** sha256 of a file, hex. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function copyFolders(program: Program, target: string): string[] {
  const found = FOLDERS.filter((name) => existsSync(program.folder.inside(name)));
  for (const name of found) cpSync(program.folder.inside(name), join(target, name), { recursive: true });
  return found;
}
