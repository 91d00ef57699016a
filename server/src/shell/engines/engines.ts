import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Configuration } from "../configuration.ts";
import type { DataFolder } from "../data-folder.ts";
import type { Log } from "../log.ts";
import { type ClickhouseEngine, startClickhouse } from "./clickhouse-engine.ts";
import { type PostgresEngine, startPostgres } from "./postgres-engine.ts";

export type Engines = {
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
  /** Process ids of the built-in engines, for the log and for tests. */
  pids(): { readonly postgres: number | null; readonly clickhouse: number | null };
  stop(): Promise<void>;
};

type Engine = { readonly pid: number; readonly exited: Promise<number | null>; stop(): Promise<void> };

/**
 * The two engines of this data folder: those of one's own where a URL says so, otherwise the built-in ones, started here and
 * started again when they die.
 */
export async function startEngines(configuration: Configuration, folder: DataFolder, log: Log): Promise<Engines> {
  const postgres = configuration.databaseUrl
    ? null
    : await supervise("postgres", () => startPostgres({ directory: folder.inside("postgres") }), log);
  const password = randomBytes(18).toString("base64url");
  let port = 0;
  const start = async (): Promise<ClickhouseEngine> => {
    const memory = configuration.clickhouseMemoryMegabytes;
    const engine = await startClickhouse({
      directory: folder.inside("clickhouse"),
      password,
      port,
      ...(memory === undefined ? {} : { memoryBytes: memory * 1024 * 1024 }),
    });
    // The same port after a restart: whoever holds the address goes on with it.
    port = Number(new URL(engine.url).port);
    return engine;
  };
  try {
    const clickhouse = configuration.clickhouseUrl ? null : await supervise("clickhouse", start, log);
    return {
      databaseUrl: configuration.databaseUrl ?? addressOf(postgres),
      clickhouseUrl: configuration.clickhouseUrl ?? addressOf(clickhouse),
      pids: () => ({ postgres: postgres?.engine().pid ?? null, clickhouse: clickhouse?.engine().pid ?? null }),
      stop: async () => {
        await Promise.all([clickhouse?.stop(), postgres?.stop()]);
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

function addressOf(engine: Supervised<PostgresEngine | ClickhouseEngine> | null): string {
  if (!engine) throw new Error("There is neither an address nor an engine.");
  return engine.engine().url;
}

type Supervised<T> = { engine(): T; stop(): Promise<void> };

/** Keeps an engine running: when it ends unasked it is started again, after a pause that grows while it keeps dying. */
async function supervise<T extends Engine>(name: string, start: () => Promise<T>, log: Log): Promise<Supervised<T>> {
  let engine = await start();
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const watch = (current: T, failures: number): void => {
    const began = Date.now();
    void current.exited.then((code) => {
      if (stopping) return;
      const soon = Date.now() - began < 60_000;
      log.error({ engine: name, code }, "an engine ended unasked; it is started again");
      restarting = restart(soon ? failures + 1 : 0);
    });
  };
  const restart = async (failures: number): Promise<void> => {
    for (let attempt = failures; !stopping; attempt += 1) {
      if (attempt > 1) await sleep(Math.min(30_000, 250 * 2 ** attempt));
      if (stopping) return;
      try {
        engine = await start();
        log.info({ engine: name, pid: engine.pid }, "the engine runs again");
        return watch(engine, attempt);
      } catch (error) {
        log.error({ engine: name, err: error }, "the engine could not be started again");
      }
    }
  };
  watch(engine, 0);
  return {
    engine: () => engine,
    stop: async () => {
      stopping = true;
      await restarting;
      await engine.stop();
    },
  };
}
