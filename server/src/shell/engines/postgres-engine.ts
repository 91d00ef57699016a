import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { StartupProblem } from "../startup-problem.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { stopOrphan } from "./postgres-orphan.ts";
import { type PostgresUser, postgresUser } from "./postgres-user.ts";
import { startWatchdog } from "./watchdog.ts";

export type PostgresOptions = {
  /** Folder of this engine alone; made when missing. */
  readonly directory: string;
  /** false only for tests: a power cut may then cost the whole cluster. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  /** Settings over the defaults below, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type PostgresEngine = {
  readonly pid: number;
  /** Connection string of the program's own database, over the private socket. */
  readonly url: string;
  /** The same for another database of this cluster. */
  urlOf(database: string): string;
  /** Resolves when the server process ended, wanted or not. */
  readonly exited: Promise<number | null>;
  /** Fast shutdown: running transactions are rolled back, everything committed is kept. */
  stop(): Promise<void>;
};

const DATABASE = "tributary";

/** Starts the built-in PostgreSQL on its folder, creating the cluster on first use and cleaning up after a kill -9. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresEngine> {
  const binaries = postgresBinaries();
  mkdirSync(options.directory, { recursive: true });
  const cluster = join(options.directory, "cluster");
  const user = postgresUser([binaries.postgres, `${options.directory}/.`], cluster);
  await stopOrphan(cluster);
  if (!existsSync(join(cluster, "PG_VERSION"))) createCluster(binaries, user, options, cluster);
  assertOwnVersion(cluster);
  const sockets = socketFolder(options.directory, user);
  const log = openLog(join(options.directory, "server.log"));
  const child = spawnServer(binaries, user, options, cluster, sockets, log);
  closeSync(log);
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(null));
  });
  const urlOf = (database: string) => `postgresql://${DATABASE}@/${database}?host=${encodeURIComponent(sockets)}`;
  const watchdog = startWatchdog(child.pid ?? 0, join(cluster, "postmaster.pid"));
  await waitUntilReady(child, urlOf("postgres"), join(options.directory, "server.log"));
  await ensureDatabase(urlOf("postgres"));
  return {
    pid: child.pid ?? 0,
    url: urlOf(DATABASE),
    urlOf,
    exited,
    stop: async () => {
      child.kill("SIGINT");
      const ended = await Promise.race([exited.then(() => true), sleep(30_000, false, { ref: false })]);
      if (!ended) child.kill("SIGQUIT");
      await exited;
      watchdog.end();
      // A folder beside the data folder is left by nobody but us.
      if (!sockets.startsWith(options.directory)) rmSync(sockets, { recursive: true, force: true });
    },
  };
}

/** initdb into a side folder and then a rename: a half-made cluster is never mistaken for a whole one. */
function createCluster(
  binaries: PostgresBinaries,
  user: PostgresUser,
  options: PostgresOptions,
  cluster: string,
): void {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (user.owner) chownSync(draft, user.owner.uid, user.owner.gid);
  const args = ["-D", draft, "-U", DATABASE, "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  args.push("--locale=C", "--auth-local=trust", "--auth-host=reject", "--no-instructions");
  if (options.durable === false) args.push("--no-sync");
  const start = user.command(binaries.initdb, args);
  const { file, args: all, ...identity } = start;
  const result = spawnSync(file, all, { encoding: "utf8", ...identity, env: cleanEnvironment() });
  if (result.status !== 0) {
    const why = (result.stderr || result.error?.message || "").trim().split("\n").slice(-3).join(" ");
    rmSync(draft, { recursive: true, force: true });
    throw new StartupProblem(`The built-in PostgreSQL could not create its cluster in ${cluster}: ${why}`);
  }
  renameSync(draft, cluster);
}

function assertOwnVersion(cluster: string): void {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== "18") {
    throw new StartupProblem(
      `The data folder was written by PostgreSQL ${version} and this program carries PostgreSQL 18: restore a backup into an empty data folder instead.`,
    );
  }
}

/** A socket path may not exceed 107 bytes, so a deep data folder gets its socket in a private folder under the temp folder. */
function socketFolder(directory: string, user: PostgresUser): string {
  const near = join(directory, "socket");
  const path =
    Buffer.byteLength(join(near, ".s.PGSQL.5432.lock")) <= 100
      ? near
      : join(tmpdir(), `tributary-${createHash("sha256").update(directory).digest("hex").slice(0, 16)}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const uid = process.getuid?.() ?? 0;
  const stat = statSync(path);
  if (uid !== 0 && stat.uid !== uid) {
    throw new StartupProblem(
      `The folder ${path} belongs to another user: remove it, PostgreSQL's socket is kept there.`,
    );
  }
  if (user.owner) chownSync(path, user.owner.uid, user.owner.gid);
  chmodSync(path, 0o700);
  // Left by a kill -9; the number in it may belong to a stranger by now. No server of this folder runs: the caller made sure.
  for (const name of [".s.PGSQL.5432", ".s.PGSQL.5432.lock"]) rmSync(join(path, name), { force: true });
  return path;
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > 16 * 1024 * 1024) renameSync(path, `${path}.1`);
  return openSync(path, "a");
}

function spawnServer(
  binaries: PostgresBinaries,
  user: PostgresUser,
  options: PostgresOptions,
  cluster: string,
  sockets: string,
  log: number,
): ChildProcess {
  const settings: Record<string, string> = { ...serverSettings(options), unix_socket_directories: sockets };
  const args = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const { file, args: all, ...identity } = user.command(binaries.postgres, args);
  // Its own process group: Ctrl-C in the terminal reaches this program, which ends the server after what is in flight.
  return spawn(file, all, { ...identity, detached: true, stdio: ["ignore", log, log], env: cleanEnvironment() });
}

function serverSettings(options: PostgresOptions): Record<string, string> {
  const durable = options.durable !== false;
  return {
    listen_addresses: "",
    unix_socket_permissions: "0700",
    max_connections: String(options.maxConnections ?? 100),
    shared_buffers: "128MB",
    effective_cache_size: "1GB",
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    // Commits are grouped by the program itself (one COPY per batch), so the server adds no delay of its own.
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    commit_delay: "0",
    wal_buffers: "16MB",
    min_wal_size: "256MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    checkpoint_completion_target: "0.9",
    // On a machine this small a report's parallel workers would stand in the way of clicks; and containers have little /dev/shm.
    max_parallel_workers_per_gather: "0",
    max_parallel_maintenance_workers: "0",
    random_page_cost: "1.1",
    jit: "off",
    autovacuum_naptime: "20s",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    log_line_prefix: "%m [%p] ",
    ...options.settings,
  };
}

/** libpq's variables of the caller must not leak into the built-in server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  // Recovery after a crash may take minutes; as long as the process lives it is making progress.
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new StartupProblem(`The built-in PostgreSQL ended while starting: ${lastLines(log)} (log: ${log})`);
    }
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
      await sleep(25);
    }
  }
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, "utf8").trim().split("\n").slice(-2).join(" ");
  } catch {
    return "no log was written";
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
