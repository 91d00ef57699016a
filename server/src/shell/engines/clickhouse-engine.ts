import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, processStarted } from "../lock-file.ts";
import { StartupProblem } from "../startup-problem.ts";
import type { ClickhouseProcessMessage, ClickhouseProcessOptions } from "./clickhouse-process.ts";

export type ClickhouseOptions = {
  /** Folder of this engine alone; made when missing. */
  readonly directory: string;
  /** Most memory that the engine may take; a quarter of the machine between 1 and 6 GB when not given. */
  readonly memoryBytes?: number;
  /** false only for tests: parts are then not synced to the disk. */
  readonly durable?: boolean;
  /** Password of the engine's only user; a fresh one when not given. */
  readonly password?: string;
  /** Port on 127.0.0.1; a free one when not given or 0. */
  readonly port?: number;
  /** Reports that run at a time; 3 when not given. */
  readonly readers?: number;
};

export type ClickhouseEngine = {
  readonly pid: number;
  /** For CLICKHOUSE_URL: the address on this machine with user and password. Database `tributary` is in the path. */
  readonly url: string;
  readonly exited: Promise<number | null>;
  /** Running inserts are finished. */
  stop(): Promise<void>;
};

const GIGABYTE = 1024 ** 3;

/** Starts the built-in ClickHouse engine in its own process. */
export async function startClickhouse(options: ClickhouseOptions): Promise<ClickhouseEngine> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const pidFile = join(options.directory, "process.json");
  await endOrphan(pidFile);
  const settings: ClickhouseProcessOptions = {
    directory: options.directory,
    user: "tributary",
    password: options.password ?? randomBytes(18).toString("base64url"),
    port: options.port ?? 0,
    memoryBytes: options.memoryBytes ?? Math.min(6 * GIGABYTE, Math.max(GIGABYTE, Math.floor(totalmem() / 4))),
    durable: options.durable !== false,
    readers: options.readers ?? 3,
  };
  const child = fork(join(import.meta.dirname, "clickhouse-process.ts"), [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // A session of its own, which the engine then ranks below the others; it ends with its parent all the same.
    detached: true,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined, UV_THREADPOOL_SIZE: "8", TZ: "UTC" },
  });
  const identity = { pid: child.pid ?? 0, started: processStarted(child.pid ?? 0) };
  writeFileSync(pidFile, JSON.stringify(identity), { mode: 0o600 });
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new StartupProblem(`The built-in ClickHouse engine could not start in ${options.directory}: ${why}`));
    child.once("message", (message: ClickhouseProcessMessage) => {
      if ("ready" in message) resolve(message.ready);
      else fail(message.failed);
    });
    child.once("error", (error) => fail(error.message));
    void exited.then((code) => fail(`its process ended with ${code ?? "a signal"}`));
    child.send(settings);
  });
  return {
    pid: child.pid ?? 0,
    url: `http://${settings.user}:${settings.password}@127.0.0.1:${port}/tributary`,
    exited,
    stop: async () => {
      if (child.connected) child.send("stop");
      const ended = await Promise.race([exited.then(() => true), sleep(10_000, false, { ref: false })]);
      if (!ended) child.kill("SIGKILL");
      await exited;
    },
  };
}

/**
 * After a kill -9 of the program its engine ends by itself, but perhaps not before the next start: the store has room for one at a time.
 * The caller holds the data folder's lock, so an engine found here belongs to nobody.
 */
async function endOrphan(pidFile: string): Promise<void> {
  let orphan: { pid: number; started: string | null };
  try {
    orphan = JSON.parse(readFileSync(pidFile, "utf8"));
  } catch {
    return;
  }
  for (let waited = 0; isAlive(orphan) && waited < 200; waited += 1) {
    if (waited === 20) process.kill(orphan.pid, "SIGKILL");
    await sleep(50);
  }
}
