import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { runTributary } from "../../../test/harness/index.ts";
import { temporaryFolder } from "../../../test/harness/tributary.ts";
import { commandConfiguration } from "../cli.ts";
import { withProgram } from "../program.ts";

const folder = temporaryFolder();
const file = join(folder, "events.csv");
const row = (i: number, amount: string) => `deposit,t${i},c${i % 7},2026-03-01T10:00:00Z,${amount}\n`;

before(async () => {
  await withProgram(commandConfiguration({ data: folder }), "test", async ({ ctx }) => {
    await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
      values ('prg_a', 'alpha', 'Alpha', 'active', 'UTC', 'EUR', 'https://a.example', now())`.execute(ctx.db);
  });
  writeFileSync(
    file,
    `type,external_id,customer_id,occurred_at,amount\n${row(1, "1.00")}${row(2, "-2")}${row(3, "3.00")}deposit,t4`,
  );
});
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("a file is imported and processed without a server; what is not taken and where it broke off is said", async () => {
  const args = ["import", "events", file, "--program", "alpha"];
  const first = await runTributary([...args, "--json"], { dataDirectory: folder });
  assert.equal(first.code, 1, first.stderr);
  const said = JSON.parse(first.stdout);
  assert.deepEqual([said.rows, said.accepted, said.rejected, said.processed], [4, 2, 2, 4]);
  assert.equal(said.brokenOff, "the file ends in the middle of row 5");
  assert.equal(said.rejectsFile, `${file}.rejects.csv`);
  assert.match(readFileSync(said.rejectsFile, "utf8"), /^3,invalid_amount: the amount is negative,amount,-2,/m);
  const again = await runTributary(args, { dataDirectory: folder });
  assert.match(
    again.stdout,
    /The file is not whole: the file ends in the middle of row 5\. What was accepted stays accepted/,
  );
  const fates = await withProgram(commandConfiguration({ data: folder }), "test", async ({ ctx }) => {
    const found = await sql<{
      fate: string;
      count: bigint;
    }>`select fate, count(*) from tracking.receipt group by fate order by fate`.execute(ctx.db);
    return Object.fromEntries(found.rows.map(({ fate, count }) => [fate, Number(count)]));
  });
  assert.deepEqual(fates, { duplicate: 2, rejected: 4, unattributed: 2 });
});

test("a program or file that does not exist is one clear sentence", async () => {
  const program = await runTributary(["import", "events", file, "--program", "nope"], { dataDirectory: folder });
  assert.equal(program.code, 1);
  assert.equal(program.stderr.trim(), "There is no program nope: give its code or its id.");
  const missing = await runTributary(["import", "events", join(folder, "no.csv"), "--program", "alpha"], {
    dataDirectory: folder,
  });
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /no\.csv cannot be read/);
  assert.ok(!existsSync(join(folder, "no.csv.rejects.csv")));
});
