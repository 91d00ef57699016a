import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { runTributary } from "../../../test/harness/index.ts";
import { temporaryFolder } from "../../../test/harness/tributary.ts";
import { platforms } from "../../integrations/imports/pull/test-platforms.ts";
import { commandConfiguration } from "../cli.ts";
import { type OwnedProgram, startProgram } from "../program.ts";

const PARTNERS = 200;
const SALES = 1000;
const folder = temporaryFolder();
const exports = join(folder, "exports");
let program: OwnedProgram;

before(async () => {
  // The engines are the test's, and stay when the command is killed.
  program = await startProgram(commandConfiguration({ data: join(folder, "data") }), "test");
  const { db } = program.ctx;
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
    values ('prg_a', 'alpha', 'Alpha', 'active', 'UTC', 'EUR', 'https://a.example', now())`.execute(db);
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
    values ('ofr_a', 'prg_a', 'main', 'Main', 'active', 'https://a.example/', '{a.example}', now())`.execute(db);
  mkdirSync(exports);
  const partners = Array.from({ length: PARTNERS }, (_, i) => `${i},Partner ${i},p${i}@x.example,active\n`);
  writeFileSync(
    join(exports, "partners.csv"),
    `affiliate_id,name,email,status\n${partners.join("")}x,Broken,no-mail,active\n`,
  );
  const sales = Array.from(
    { length: SALES },
    (_, i) => `o${i},c${i % 900},${i % PARTNERS},2025-03-01T10:00:00Z,${i}.50\n`,
  );
  writeFileSync(join(exports, "sales.csv"), `order_id,customer_id,affiliate_id,date,amount\n${sales.join("")}`);
});
after(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const args = ["import", "program", exports, "--program", "alpha"];
const data = { dataDirectory: join(folder, "data") };

async function counts(): Promise<Record<string, number>> {
  const { rows } = await sql<{ partners: number; events: number; done: number }>`
    select (select count(*)::int from partners.partner) as partners, (select count(*)::int from tracking.event) as events,
      (select coalesce(max(done), 0) from integrations.import where status = 'running') as done`.execute(
    program.ctx.db,
  );
  return { ...rows[0] } as Record<string, number>;
}

test("a dry run says what would be made and what is refused, and makes nothing", async () => {
  const done = await runTributary([...args, "--dry-run", "--json"], data);
  assert.equal(done.code, 0, done.stderr);
  const said = JSON.parse(done.stdout);
  assert.equal(said.vendor, "plain");
  assert.deepEqual(said.counts, { partner: { create: PARTNERS, refuse: 1 }, conversion: { create: SALES } });
  assert.match(readFileSync(said.rejectsFile, "utf8"), /partners,202,partner,x,email,no-mail,is no e-mail address,/);
  assert.equal((await counts()).partners, 0);
  const unasked = await runTributary(args, data);
  assert.match(unasked.stderr, /say --yes to make it, or --dry-run to look only/);
});

test("killed in the middle, the same command goes on where it was left, and nothing is made twice", async () => {
  const env = { ...process.env, TRIBUTARY_DATA_DIR: data.dataDirectory };
  const launcher = join(import.meta.dirname, "../../../bin/tributary.js");
  const child = spawn(process.execPath, [launcher, ...args, "--yes"], { env, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  while (((await counts()).done ?? 0) < 40) await sleep(20);
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  const midway = (await counts()).partners ?? 0;
  assert.ok(midway >= 40 && midway < PARTNERS, `${midway} partners when it was killed`);
  const rest = await runTributary([...args, "--yes", "--json"], data);
  assert.equal(rest.code, 0, rest.stderr);
  assert.equal(JSON.parse(rest.stdout).status, "done");
  const { partners, events } = await counts();
  assert.deepEqual({ partners, events }, { partners: PARTNERS, events: SALES });
  const trail = await sql<{ count: number }>`
    select count(*)::int as count from audit.entry where action = 'partners.created'`.execute(program.ctx.db);
  assert.equal(trail.rows[0]?.count, PARTNERS);
  const again = JSON.parse((await runTributary([...args, "--yes", "--json"], data)).stdout);
  assert.deepEqual(again.counts, { partner: { same: PARTNERS, refuse: 1 }, conversion: { same: SALES } });
});

test("an import is taken back by its id", async () => {
  const { rows } = await sql<{ import_id: string }>`
    select import_id from integrations.import where status = 'done' order by import_id limit 1`.execute(program.ctx.db);
  const done = await runTributary(["import", "undo", rows[0]?.import_id ?? ""], data);
  assert.equal(done.code, 0, done.stderr);
  const { rows: left } = await sql<{ status: string; count: number }>`
    select status, count(*)::int as count from partners.partner group by 1`.execute(program.ctx.db);
  assert.deepEqual(left, [{ status: "deactivated", count: PARTNERS }]);
  const { rows: events } = await sql<{ count: number }>`
    select count(*)::int as count from tracking.event where superseded_by is null and not void`.execute(program.ctx.db);
  assert.equal(events[0]?.count, 0);
});

test("a platform's API is asked with a key that stands in no command line, and the access is forgotten", async () => {
  const outside = await platforms();
  try {
    const run = () => {
      const moved = `const own=fetch;globalThis.fetch=(url,init)=>own(String(url).replace("https://api.getrewardful.com/v1","${outside.bases.rewardful}"),init)`;
      const preload = `--import=data:text/javascript,${encodeURIComponent(moved)}`;
      const env = { TRIBUTARY_IMPORT_KEY: "secret", NODE_OPTIONS: preload };
      const pull = ["import", "program", "--program", "alpha", "--api", "--from", "rewardful", "--yes", "--json"];
      return runTributary([...pull, "--rejects", join(folder, "api.csv")], { ...data, env });
    };
    const done = await run();
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(JSON.parse(done.stdout).counts.partner, { create: 120 });
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from integrations.connection`.execute(
      program.ctx.db,
    );
    assert.equal(rows[0]?.count, 0);
  } finally {
    await outside.close();
  }
});

test("customers whom the operator had before are read from a file", async () => {
  const file = join(folder, "known.csv");
  writeFileSync(file, "Customer ID;Known since\nold-1;2020-05-01\nold-2;\n;2020-01-01\nold-3;yesterday\n");
  const done = await runTributary(["import", "known-customers", file, "--program", "alpha", "--json"], data);
  assert.equal(done.code, 1, done.stderr);
  assert.deepEqual(JSON.parse(done.stdout), {
    rows: 4,
    noted: 2,
    moved: 0,
    refused: ["line 4: it names no customer", "line 5: yesterday is no day that can be read"],
  });
  const { rows } = await sql<{ ref: string; since: string | null }>`
    select customer_ref as ref, nullif(known_since, '-infinity')::date::text as since from attribution.known_customer order by 1`.execute(
    program.ctx.db,
  );
  assert.deepEqual(rows, [
    { ref: "old-1", since: "2020-05-01" },
    { ref: "old-2", since: null },
  ]);
});
