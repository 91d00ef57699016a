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

let shared: { engine: Promise<ClickhouseEngine>; folder: string; users: number } | undefined;

/**
 * A fresh, migrated ClickHouse database. The real engine runs once per test process, with a database per call;
 * the last `close()` ends it and removes its folder.
 */
export async function testAnalytics(): Promise<TestAnalytics> {
  if (!shared) {
    const folder = mkdtempSync(join(tmpdir(), "tributary-analytics-"));
    shared = { engine: startClickhouse({ directory: folder, durable: false }), folder, users: 0 };
  }
  const mine = shared;
  mine.users += 1;
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
      if (mine.users > 0) return;
      shared = undefined;
      await engine.stop();
      rmSync(mine.folder, { recursive: true, force: true });
    },
  };
}
