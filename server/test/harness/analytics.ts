import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Analytics,
  clickhouseMigrations,
  migrateClickhouse,
  openAnalytics,
  readMigrations,
} from "../../src/database/index.ts";
import { type ClickhouseEngine, startClickhouse } from "../../src/shell/engines/clickhouse-engine.ts";

export type TestAnalytics = { readonly client: Analytics; readonly url: string; close(): Promise<void> };

interface Shared {
  readonly engine: Promise<ClickhouseEngine>;
  readonly folder: string;
  users: number;
  end?: NodeJS.Timeout;
}

let shared: Shared | undefined;

/** How long the engine waits for the next test of its process. */
const PATIENCE_MS = 1000;

/**
 * A fresh, migrated ClickHouse database. The real engine runs once per test process, with a database per call;
 * it ends, and its folder goes, a moment after the last `close()`.
 */
export async function testAnalytics(): Promise<TestAnalytics> {
  if (!shared) {
    const folder = mkdtempSync(join(tmpdir(), "tributary-analytics-"));
    shared = { engine: startClickhouse({ directory: folder, durable: false }), folder, users: 0 };
  }
  const mine = shared;
  mine.users += 1;
  clearTimeout(mine.end);
  const engine = await mine.engine;
  const url = engine.url.replace(/\/tributary$/, `/test_${randomBytes(6).toString("hex")}`);
  await migrateClickhouse(url, readMigrations(clickhouseMigrations));
  const client = openAnalytics(url);
  return {
    client,
    url,
    close: async () => {
      await client.close();
      mine.users -= 1;
      if (mine.users === 0) mine.end = setTimeout(endEngine, PATIENCE_MS, mine);
    },
  };
}

async function endEngine(mine: Shared): Promise<void> {
  shared = undefined;
  await (await mine.engine).stop();
  rmSync(mine.folder, { recursive: true, force: true });
}
