import { randomBytes } from "node:crypto";
import pg from "pg";
import {
  type Database,
  type Migration,
  migratePostgres,
  migrationsFingerprint,
  openDatabase,
  postgresMigrations,
  readMigrations,
} from "../../src/database/index.ts";
import { testCluster } from "./cluster.ts";

export type TestDatabase = Database & { readonly url: string; readonly name: string };

/** A fresh, migrated database of its own on the shared test cluster. `close()` drops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const migrations = readMigrations(postgresMigrations);
  const maintenance = await testCluster();
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(maintenance, async (client) => {
    const template = await ensureTemplate(client, maintenance, migrations);
    await client.query(`create database ${name} template ${template}`);
  });
  const url = urlOf(maintenance, name);
  const database = openDatabase({ url, max: 10, name: "tributary test" });
  return {
    ...database,
    url,
    name,
    close: async () => {
      await database.close();
      await administer(maintenance, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** An empty database without any migration, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const maintenance = await testCluster();
  const name = `empty_${randomBytes(8).toString("hex")}`;
  await administer(maintenance, (client) => client.query(`create database ${name} template template0`));
  return {
    url: urlOf(maintenance, name),
    close: async () => {
      await administer(maintenance, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Migrated once per state of the migrations; the lock keeps test processes that start together from doing it twice. */
async function ensureTemplate(
  client: pg.Client,
  maintenance: string,
  migrations: readonly Migration[],
): Promise<string> {
  const name = `template_${migrationsFingerprint(migrations)}`;
  const lock = Number.parseInt(migrationsFingerprint(migrations).slice(0, 8), 16);
  if (await exists(client, name)) return name;
  await client.query("select pg_advisory_lock($1)", [lock]);
  try {
    if (await exists(client, name)) return name;
    const draft = `${name}_new`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} template template0`);
    await migratePostgres(urlOf(maintenance, draft), migrations);
    await client.query(`alter database ${draft} rename to ${name}`);
    return name;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]);
  }
}

async function exists(client: pg.Client, database: string): Promise<boolean> {
  return ((await client.query("select 1 from pg_database where datname = $1", [database])).rowCount ?? 0) > 0;
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(maintenance: string, database: string): string {
  return maintenance.replace("@/postgres?", `@/${database}?`);
}
