import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import type { StoredEvent, StoredLine } from "../contracts.ts";
import type { ParseContext } from "../core/parse-event.ts";
import { readCall } from "../core/stored.ts";
import { type IntakeLog, openIntakeLog } from "../intake/log.ts";
import { type ImportProgress, importEvents } from "./import-events.ts";
import { rejectsFile } from "./rejects.ts";

let database: TestDatabase;
let log: IntakeLog;
let folder: string;
const clock = testClock("2026-03-10T12:00:00Z");
const context: ParseContext = {
  timeZone: "Europe/Madrid",
  currency: "EUR",
  customEvents: [],
  now: clock.now().getTime(),
  knowsClick: () => false,
};
before(async () => {
  database = await testDatabase();
  log = await openIntakeLog({ pool: database.pool, clock, writer: "test" });
  folder = mkdtempSync(join(tmpdir(), "tributary-import-"));
});
after(async () => {
  await log.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

let number = 0;
async function run(content: string | Buffer, name = "events.csv") {
  const path = join(folder, `${++number}-${name}`);
  writeFileSync(path, content);
  await sql`delete from intake.entry`.execute(database.db);
  const rejects = rejectsFile(`${path}.rejects`);
  const progress: ImportProgress[] = [];
  const result = await importEvents({
    log,
    path,
    programId: "prg_a",
    sourceId: "file",
    context,
    progress: (done) => progress.push(done),
    header: (cells) => rejects.header(cells),
    reject: (reject) => rejects.write(reject),
  });
  await rejects.close();
  const entries = await sql<{ body: string }>`select body from intake.entry order by lane, seq`.execute(database.db);
  const calls = entries.rows.map((row) => readCall(row.body));
  const lines: StoredLine[] = calls.flatMap((call) => call.events);
  const events = lines.filter((line): line is StoredEvent => !("refused" in line));
  return {
    result,
    calls,
    lines,
    events,
    progress,
    path,
    rejected: existsSync(rejects.path) ? readFileSync(rejects.path, "utf8") : "",
  };
}

const HEADER = "type,external_id,customer_id,occurred_at,amount,currency\n";
const row = (i: number, amount = "10.00") => `deposit,t${i},c${i},2026-03-01T10:00:00Z,${amount},EUR\n`;

test("rows are durable in entries of two thousand, each with its row's number", async () => {
  const { result, calls, events, progress } = await run(
    HEADER + Array.from({ length: 4500 }, (_, i) => row(i)).join(""),
  );
  assert.deepEqual(
    { ...result },
    { rows: 4500, accepted: 4500, rejected: 0, unknownColumns: [], brokenOff: undefined, openEnd: false },
  );
  assert.deepEqual(
    calls.map((call) => call.events.length),
    [2000, 2000, 500],
  );
  assert.equal(calls[0]?.door, "file");
  assert.deepEqual(
    events.map((event) => event.line),
    Array.from({ length: 4500 }, (_, i) => i + 2),
  );
  assert.deepEqual(events[0]?.measures, { deposit: "1000" });
  assert.equal(progress.at(-1)?.readBytes, progress.at(-1)?.sizeBytes);
});

test("as spreadsheets write it: a mark at the beginning, semicolons, quotes, line breaks in them, other names", async () => {
  const { result, events } = await run(
    '\ufeffEvent Type;Transaction ID;"Player ID";Date;Sum;Note;Product\r\nsale;"a;1";"c ""x""";2026-03-01;12.34;"two\r\nlines";slots\r\n\r\nsale;a2;c2;2026-03-02;1;;\r\n',
  );
  assert.equal(result.rejected, 0);
  assert.deepEqual(
    result.unknownColumns,
    ["Event Type", "Note"].filter((name) => name === "Note"),
  );
  assert.deepEqual(
    events.map((event) => [event.externalId, event.customerRef, event.measures?.sale]),
    [
      ["a;1", 'c "x"', "1234"],
      ["a2", "c2", "100"],
    ],
  );
  assert.deepEqual(events[0]?.other, { Note: "two\r\nlines" });
  assert.deepEqual(events[0]?.dimensions, { product: "slots" });
});

test("NDJSON, tabs and gzip", async () => {
  const json =
    '{"type":"registration","customerId":1}\n\n{"type":"deposit","customerId":"1","externalId":"x","amount":{"minor":"5","currency":"USD"}}\n';
  assert.equal((await run(json, "e.ndjson")).events.length, 2);
  assert.equal((await run(gzipSync(json), "e.jsonl.gz")).events.length, 2);
  assert.equal((await run(gzipSync(HEADER + row(1)), "e.csv.gz")).events.length, 1);
  assert.equal((await run((HEADER + row(1)).replaceAll(",", "\t"), "e.tsv")).events.length, 1);
  assert.equal((await run(json, "e.txt")).events.length, 2);
});

test("rows that are wrong go to the rejects file with the reason; mended, that file is imported as it is", async () => {
  const first = await run(
    `${HEADER}${row(1)}${row(2, "12,34").replace("12,34", '"12,34"')}${row(3, "-1")}deposit,t4,c4\n${row(5)}`,
  );
  assert.equal(first.result.accepted, 2);
  assert.equal(first.result.rejected, 3);
  assert.equal(first.lines.length, 5, "the log knows of them too");
  const lines = first.rejected.split("\n");
  assert.equal(
    lines[0],
    "rejected_row,rejected_because,rejected_field,rejected_value,rejected_hint,type,external_id,customer_id,occurred_at,amount,currency",
  );
  assert.match(
    lines[1] ?? "",
    /^3,invalid_amount: this is not an amount,amount,"12,34",write 12\.34: the decimal mark is a point,deposit,t2,c2,/,
  );
  assert.match(lines[3] ?? "", /^5,"?invalid_input: the row has 3 values, the header 6 columns/);
  const mended = first.rejected.replace('"12,34",EUR', "12.34,EUR").split("\n").slice(0, 2).join("\n");
  const second = await run(`${mended}\n`);
  assert.deepEqual(
    second.events.map((event) => [event.externalId, event.measures?.deposit, event.other]),
    [["t2", "1234", undefined]],
  );
  assert.deepEqual(second.result.unknownColumns, []);
});

test("a rejects file holds no formulas, and gives them back when it is imported", async () => {
  const formula = "=cmd|'/C calc'!A0";
  const first = await run(`${HEADER}deposit,f1,"${formula}",2026-03-01,x,EUR\n`);
  assert.match(first.rejected, /,"'=cmd\|'\/C calc'!A0",/);
  const second = await run(first.rejected.replace(",x,EUR", ",7,EUR"));
  assert.deepEqual(
    second.events.map((event) => [event.externalId, event.customerRef]),
    [["f1", formula]],
  );
});

test("bytes that are not UTF-8 are refused row by row", async () => {
  const { result, rejected } = await run(
    Buffer.concat([
      Buffer.from(HEADER),
      Buffer.from("deposit,t1,caf\u00e9,2026-03-01,1,EUR\n", "latin1"),
      Buffer.from(row(2)),
    ]),
  );
  assert.equal(result.accepted, 1);
  assert.match(rejected, /malformed_encoding: the value is not UTF-8,customer_id/);
});

test("a file that breaks off: what came before stays, and where it ends is said", async () => {
  const whole = HEADER + Array.from({ length: 5000 }, (_, i) => row(i)).join("");
  const cut = await run(whole.slice(0, -30));
  assert.equal(cut.result.brokenOff, "the file ends in the middle of row 5001");
  assert.equal(cut.result.accepted, 4999);
  const quoted = await run(`${HEADER}${row(1)}deposit,t2,"c2`);
  assert.equal(quoted.result.brokenOff, "the file ends within a quoted value");
  assert.equal(quoted.events.length, 1);
  const zipped = gzipSync(
    Array.from({ length: 20_000 }, (_, i) => `{"type":"registration","customerId":"${(i * 7919) % 1e6}x${i}"}\n`).join(
      "",
    ),
  );
  const half = await run(zipped.subarray(0, zipped.length / 2), "e.ndjson.gz");
  assert.match(half.result.brokenOff ?? "", /the compressed file ends in the middle/);
  assert.ok(half.events.length > 1000);
  const json = await run('{"type":"registration","customerId":"1"}\n{"type":"registration","cust', "e.ndjson");
  assert.equal(json.result.brokenOff, "the file ends in the middle of row 2");
  assert.equal(json.events.length, 1);
  const open = await run(HEADER + row(1).trimEnd());
  assert.equal(open.result.openEnd, true);
  assert.equal(open.result.accepted, 1);
});

test("an empty file, a header alone, a quote that never ends", async () => {
  assert.deepEqual((await run("")).result.rows, 0);
  assert.deepEqual((await run(HEADER)).result.rows, 0);
  const endless = await run(`${HEADER}${row(1)}deposit,"t2,${"x".repeat(1_200_000)}\n${row(3)}`);
  assert.match(endless.result.brokenOff ?? "", /quoted value is opened and not closed/);
  assert.equal(endless.events.length, 1);
  await assert.rejects(
    importEvents({ log, path: join(folder, "nowhere.csv"), programId: "p", sourceId: "s", context }),
    { code: "ENOENT" },
  );
});

test("messy files that others wrote are read to their end or said to be broken, row by row", async (t) => {
  const data = join(
    process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
    "messy-csv",
  );
  if (!existsSync(data)) return t.skip(`no files at ${data}`);
  const files = readdirSync(data, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".csv"));
  let rows = 0;
  let broken = 0;
  for (const name of files) {
    const { result } = await run(readFileSync(join(data, name)), "messy.csv");
    assert.equal(result.accepted + result.rejected, result.rows, name);
    rows += result.rows;
    if (result.brokenOff !== undefined) broken += 1;
  }
  t.diagnostic(`${files.length} files, ${rows} rows, ${broken} files said to be broken`);
});
