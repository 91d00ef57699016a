/** A database with a program, an offer, partners and 20,000 links, on the program's own PostgreSQL in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, migratePostgres, openDatabase } from "../../server/src/database/index.ts";
import { type PostgresEngine, startPostgres } from "../../server/src/shell/engines/postgres-engine.ts";
import { LINKS, linkCode } from "./requests.ts";

export interface BenchWorld {
  readonly postgres: PostgresEngine;
  readonly database: Database;
  close(): Promise<void>;
}

export async function openBenchWorld(): Promise<BenchWorld> {
  const directory = mkdtempSync(join(tmpdir(), "tributary-bench-"));
  const postgres = await startPostgres({ directory: join(directory, "postgres") });
  await migratePostgres(postgres.url);
  const database = openDatabase({ url: postgres.url, name: "bench" });
  await fillWorld(database);
  return {
    postgres,
    database,
    close: async () => {
      await database.close();
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The program, its offer, 200 partners and 20,000 links. */
export async function fillWorld({ pool }: Database): Promise<void> {
  await pool.query(`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
    values ('prg_01bench', 'bench', 'Bench', 'active', 'UTC', 'EUR', 'https://fallback.example/', now())`);
  const landing =
    "https://www.example.com/land?cid={click_id}&p={partner_id}&o={offer_id}&s1={sub1}&s2={sub2}&s3={sub3}&src={source}&cr={creative}";
  await pool.query(
    `insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, blocked_countries, created_at)
     values ('ofr_01bench', 'prg_01bench', 'main', 'Main', 'active', $1, '{www.example.com}', '{KP}', now())`,
    [landing],
  );
  await pool.query(`insert into partners.partner (partner_id, code, name, kind, status, created_at)
    select 'prt_01bench' || n, 'partner' || n, 'Partner ' || n, 'affiliate', 'active', now() from generate_series(1, 200) n`);
  const codes = Array.from({ length: LINKS }, (_, i) => linkCode(i));
  await pool.query(
    `insert into tracking.link (link_id, code, program_id, offer_id, partner_id, status, created_by, created_at)
     select 'lnk_' || code, code, 'prg_01bench', 'ofr_01bench', 'prt_01bench' || (1 + n % 200), 'active', 'bench', now()
     from unnest($1::text[]) with ordinality as made(code, n)`,
    [codes],
  );
}
