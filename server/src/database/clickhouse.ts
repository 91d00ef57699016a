import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type Migration, pendingMigrations } from "./migrate.ts";

export type Analytics = ClickHouseClient;

/**
 * A client for the ClickHouse behind CLICKHOUSE_URL or the built-in engine: the same address form, the same code.
 * 64-bit integers come as text, which keeps them exact.
 * @param url with user, password and, as its path, the database.
 */
export function openAnalytics(url: string): Analytics {
  return createClient({
    url,
    max_open_connections: 16,
    request_timeout: 600_000,
    // Errors reach the caller, who knows whether they matter; the client would print them a second time.
    log: { level: ClickHouseLogLevel.OFF },
    keep_alive: { enabled: true, idle_socket_ttl: 5_000 },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1, date_time_input_format: "best_effort" },
  });
}

/** Creates the database when it is missing and applies the numbered files. Each statement has to be repeatable (IF NOT EXISTS). */
export async function migrateClickhouse(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const address = new URL(url);
  const database = address.pathname.slice(1) || "default";
  address.pathname = "";
  const server = createClient({ url: address, log: { level: ClickHouseLogLevel.OFF } });
  await server.command({ query: `create database if not exists \`${database}\`` });
  await server.close();
  const client = openAnalytics(url);
  try {
    await client.command({
      query: `create table if not exists migration (name String, sha256 String, applied_at DateTime default now())
              engine = MergeTree order by name`,
    });
    const known = await client.query({ query: "select name, sha256 from migration", format: "JSONEachRow" });
    const pending = pendingMigrations(migrations, await known.json<{ name: string; sha256: string }>());
    for (const migration of pending) {
      for (const statement of statements(migration.sql)) await client.command({ query: statement });
      const row = { name: migration.name, sha256: migration.sha256 };
      await client.insert({ table: "migration", values: [row], columns: ["name", "sha256"], format: "JSONEachRow" });
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.close();
  }
}

/** Splits a file at its semicolons, leaving those in quotes and comments alone: ClickHouse takes one statement at a time. */
export function statements(sql: string): string[] {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'|`[^`]*`|"[^"]*"|;/g;
  const found: string[] = [];
  let from = 0;
  let text = "";
  for (const match of sql.matchAll(token)) {
    text += sql.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === ";") {
      found.push(text.trim());
      text = "";
    } else if (!match[0].startsWith("--") && !match[0].startsWith("/*")) {
      text += match[0];
    }
  }
  found.push((text + sql.slice(from)).trim());
  return found.filter((statement) => statement !== "");
}
