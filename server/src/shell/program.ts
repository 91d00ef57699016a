import { hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Analytics,
  type Context,
  clickhouseMigrations,
  type Database,
  migrateClickhouse,
  migratePostgres,
  openAnalytics,
  openDatabase,
  readMigrations,
} from "../database/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { idSource } from "../kernel/ids.ts";
import type { Configuration } from "./configuration.ts";
import {
  assertNotHalfRestored,
  type DataFolder,
  dataFolderOwner,
  folderSecret,
  lockDataFolder,
  openDataFolder,
  writeAtomically,
} from "./data-folder.ts";
import { type Engines, startEngines } from "./engines/engines.ts";
import { isAlive, processStarted } from "./lock-file.ts";
import { type Log, openLog } from "./log.ts";
import { StartupProblem } from "./startup-problem.ts";

/** Where the two databases answer; what a child process needs to join in. */
export type Addresses = { readonly databaseUrl: string; readonly clickhouseUrl: string };

/** Everything that a process of the program works with. */
export type Program = Addresses & {
  readonly configuration: Configuration;
  readonly folder: DataFolder;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly analytics: Analytics;
  /** What the rooms' services are given. */
  readonly ctx: Context;
  /** A key of 32 bytes for one purpose, always the same for the same secret; e.g. `key("click ids")`. */
  key(purpose: string): Buffer;
  close(): Promise<void>;
};

export const systemClock: Clock = { now: () => new Date() };

/** Opens pools on databases that run already. */
export function joinProgram(configuration: Configuration, addresses: Addresses, part: string): Program {
  const folder = openDataFolder(configuration.dataDirectory);
  const log = openLog(configuration, part);
  const secret = configuration.secret ?? folderSecret(folder);
  const database = openDatabase({
    url: addresses.databaseUrl,
    max: 16,
    name: `tributary ${part}`,
    // Its message alone: the driver hangs the whole connection on the error.
    onError: (error) => log.warn({ reason: error.message }, "an idle database connection was lost"),
  });
  const analytics = openAnalytics(addresses.clickhouseUrl);
  const ids = idSource(systemClock.now, randomBytes);
  return {
    ...addresses,
    configuration,
    folder,
    log,
    clock: systemClock,
    database,
    analytics,
    ctx: { db: database.db, clock: systemClock, ids },
    key: (purpose) => Buffer.from(hkdfSync("sha256", secret, "tributary", purpose, 32)),
    close: async () => {
      await Promise.all([database.close(), analytics.close()]);
    },
  };
}

/** Brings both databases to this program's state. Resolves with the names of the files applied now. */
export async function migrate(addresses: Addresses): Promise<string[]> {
  const postgres = await migratePostgres(addresses.databaseUrl);
  const clickhouse = await migrateClickhouse(addresses.clickhouseUrl, readMigrations(clickhouseMigrations));
  return [...postgres.map((name) => `postgres/${name}`), ...clickhouse.map((name) => `clickhouse/${name}`)];
}

/** The program with its engines, owned by this process until `close()`. */
export type OwnedProgram = Program & { readonly engines: Engines; readonly applied: readonly string[] };

/**
 * Takes the data folder, starts the engines, migrates.
 * @param prepare runs on the bare databases before they are migrated
 * @throws StartupProblem when another process has the folder, or anything outside is in the way.
 */
export async function startProgram(
  configuration: Configuration,
  part: string,
  prepare: (addresses: Addresses) => Promise<void> = async () => undefined,
): Promise<OwnedProgram> {
  const folder = openDataFolder(configuration.dataDirectory);
  if (part !== "restore") assertNotHalfRestored(folder);
  const lock = lockDataFolder(folder, part);
  const log = openLog(configuration, part);
  let engines: Engines | undefined;
  try {
    rmSync(folder.inside("run"), { recursive: true, force: true });
    mkdirSync(folder.inside("run", "attached"), { recursive: true, mode: 0o700 });
    engines = await startEngines(configuration, folder, log);
    const addresses = { databaseUrl: engines.databaseUrl, clickhouseUrl: engines.clickhouseUrl };
    await prepare(addresses);
    const applied = await migrate(addresses);
    const program = joinProgram(configuration, addresses, part);
    writeAtomically(folder.inside("run", "engines.json"), JSON.stringify({ pid: process.pid, ...addresses }), 0o600);
    const running = engines;
    return {
      ...program,
      engines,
      applied,
      close: async () => {
        await program.close();
        await lastGuest(folder);
        await running.stop();
        rmSync(folder.inside("run"), { recursive: true, force: true });
        lock.release();
      },
    };
  } catch (error) {
    await engines?.stop();
    lock.release();
    throw foreignFile(error) ?? error;
  }
}

/** A data folder that another user once worked on holds files that this one may not touch. */
function foreignFile(error: unknown): StartupProblem | null {
  const { code, path } = error as NodeJS.ErrnoException;
  if ((code !== "EACCES" && code !== "EPERM") || path === undefined) return null;
  return new StartupProblem(
    `This user has no right to ${path} in the data folder: start Tributary as the user who made it, or give the folder to this one (chown -R).`,
  );
}

/** For a command: joins the program that runs on the data folder, or starts the engines for as long as the command takes. */
export async function withProgram<T>(
  configuration: Configuration,
  part: string,
  work: (program: Program) => Promise<T>,
): Promise<T> {
  const program = (await attach(configuration, part)) ?? (await startProgram(configuration, part));
  try {
    return await work(program);
  } finally {
    await program.close();
  }
}

/** Joins the engines that another process of this machine runs on the data folder; null when nobody does. */
export async function attach(configuration: Configuration, part: string): Promise<Program | null> {
  if (configuration.databaseUrl && configuration.clickhouseUrl) {
    const addresses = { databaseUrl: configuration.databaseUrl, clickhouseUrl: configuration.clickhouseUrl };
    await migrate(addresses);
    return joinProgram(configuration, addresses, part);
  }
  const folder = openDataFolder(configuration.dataDirectory);
  // The owner writes the addresses only when its engines are ready: right after its start they take a moment.
  for (let owner = dataFolderOwner(folder); owner; owner = dataFolderOwner(folder)) {
    const addresses = runningEngines(folder, owner.pid);
    if (!addresses) {
      await sleep(100);
      continue;
    }
    const guest = folder.inside("run", "attached", String(process.pid));
    writeFileSync(guest, processStarted(process.pid) ?? "");
    const program = joinProgram(configuration, addresses, part);
    return {
      ...program,
      close: async () => {
        await program.close();
        rmSync(guest, { force: true });
      },
    };
  }
  return null;
}

function runningEngines(folder: DataFolder, owner: number): Addresses | null {
  try {
    const found = JSON.parse(readFileSync(folder.inside("run", "engines.json"), "utf8")) as Addresses & { pid: number };
    return found.pid === owner ? { databaseUrl: found.databaseUrl, clickhouseUrl: found.clickhouseUrl } : null;
  } catch {
    return null;
  }
}

/** A command that started the engines waits for other commands that joined them, though not for ever. */
async function lastGuest(folder: DataFolder): Promise<void> {
  const attached = folder.inside("run", "attached");
  for (let waited = 0; waited < 600; waited += 1) {
    const guests = readdirSync(attached).filter((name) => {
      const started = readFileSync(join(attached, name), { encoding: "utf8", flag: "r" });
      return isAlive({ pid: Number(name), started: started === "" ? null : started });
    });
    if (guests.length === 0) return;
    await sleep(100);
  }
}

/** For `serve --role …`, which shares databases with other processes. */
export async function joinRunning(configuration: Configuration, part: string): Promise<Program> {
  const program = await attach(configuration, part);
  if (program) return program;
  throw new StartupProblem(
    `The role "${part}" joins a running Tributary, and none runs on ${configuration.dataDirectory}: start "tributary serve" first, or set DATABASE_URL and CLICKHOUSE_URL.`,
  );
}
