import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { runTributary, temporaryFolder } from "../../../test/harness/index.ts";
import { readConfiguration } from "../configuration.ts";
import { type Program, withProgram } from "../program.ts";
import { dataTables, sequences } from "./catalogue.ts";

/** How far ClickHouse was filled: told by the analytics themselves, which fill a new one after a restore. */
const OF_THE_ANALYTICS = new Set(["intake.cursor", "reporting.lane", "reporting.version"]);

/** Number and digest of every table's rows, and where every sequence stands. */
async function contents(program: Program): Promise<Record<string, unknown>> {
  const client = await program.database.pool.connect();
  try {
    const found: Record<string, unknown> = {
      sequences: (await sequences(client)).filter((one) => !OF_THE_ANALYTICS.has(one.name)),
    };
    for (const table of await dataTables(client)) {
      if (OF_THE_ANALYTICS.has(table.name)) continue;
      const digest = "count(*) as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as digest";
      found[table.name] = (await client.query(`select ${digest} from ${table.name} t`)).rows[0];
    }
    return found;
  } finally {
    client.release();
  }
}

describe("backup and restore", () => {
  const folders = { source: temporaryFolder(), backup: temporaryFolder(), target: temporaryFolder() };
  const configuration = (dataDirectory: string) => readConfiguration({ LOG_LEVEL: "error" }, { dataDirectory });
  let before_: Record<string, unknown>;

  before(async () => {
    before_ = await withProgram(configuration(folders.source), "test", async (program) => {
      await program.database.pool.query(
        `insert into intake.lane (writer, opened_at) values ('test', '2026-01-01'), ('test 2', '2026-01-02')`,
      );
      await program.database.pool.query(
        `insert into intake.entry (lane, seq, kind, received_at, body)
         select 1, n, 4, '2026-01-01'::timestamptz + n * interval '1 second', json_build_object('n', n, 'text', E'tab\\t newline\\n back\\\\slash ünï')
           from generate_series(1, 5000) n`,
      );
      await program.database.pool.query(`select graphile_worker.add_job('later', '{"a":1}', run_at => '2030-01-01')`);
      return await contents(program);
    });
  });
  after(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  });

  it("brings back every row, every sequence, the waiting jobs and the secret", async () => {
    const taken = await runTributary(["backup", folders.backup, "--json"], { dataDirectory: folders.source });
    assert.equal(taken.code, 0, taken.stderr);
    assert.ok(JSON.parse(taken.stdout).rows >= 5003);
    const restored = await runTributary(["restore", folders.backup, "--json"], { dataDirectory: folders.target });
    assert.equal(restored.code, 0, restored.stderr);
    const after_ = await withProgram(configuration(folders.target), "test", contents);
    assert.deepEqual(after_, before_);
    const verified = await runTributary(["verify", "--json"], { dataDirectory: folders.target });
    assert.equal(JSON.parse(verified.stdout).whole, true, verified.stdout);
    assert.equal(
      readFileSync(join(folders.target, "secret"), "utf8"),
      readFileSync(join(folders.source, "secret"), "utf8"),
    );
  });

  it("keeps the database's rules: foreign keys and triggers are in force again", async () => {
    await withProgram(configuration(folders.target), "test", async (program) => {
      const { rows } = await program.database.pool.query(
        `select (select count(*) from pg_constraint where contype = 'f' and connamespace::regnamespace::text !~ '^(pg_|graphile)') as keys,
                (select count(*) from pg_trigger where tgenabled = 'D') as disabled`,
      );
      assert.ok(rows[0].keys > 10n);
      assert.equal(rows[0].disabled, 0n);
    });
  });

  it("never overwrites anything", async () => {
    const again = await runTributary(["restore", folders.backup], { dataDirectory: folders.target });
    assert.equal(again.code, 1);
    assert.match(again.stderr, /^The data folder .* is not empty: give an empty one/);
    const twice = await runTributary(["backup", folders.backup], { dataDirectory: folders.source });
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /is not empty: a backup is written into a new folder/);
  });

  it("finds a damaged backup before it writes anything", async () => {
    const empty = temporaryFolder();
    appendFileSync(join(folders.backup, "tables", "intake.entry.copy.zst"), "x");
    const result = await runTributary(["restore", folders.backup], { dataDirectory: empty });
    assert.equal(result.code, 1);
    assert.match(result.stderr, /^The backup is damaged: .*intake\.entry\.copy\.zst .* Nothing was restored\.\n$/);
    assert.deepEqual(readdirSync(empty), []);
    rmSync(empty, { recursive: true });
  });
});
