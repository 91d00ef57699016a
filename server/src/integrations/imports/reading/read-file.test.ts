import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { ImportFailure } from "@tributary/contract";
import { readFile } from "./read-file.ts";

const folder = mkdtempSync(join(tmpdir(), "tributary-read-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Found {
  readonly columns: string[];
  readonly rows: { line: number; cells: object; problem?: string | undefined }[];
  broken?: ImportFailure;
}

async function readAt(path: string, name: string): Promise<Record<string, Found>> {
  const tables: Record<string, Found> = {};
  const of = (table: string): Found => {
    tables[table] ??= { columns: [], rows: [] };
    return tables[table];
  };
  await readFile(path, name, {
    columns: (table, names) => void of(table).columns.push(...names),
    row: (table, line, cells, problem) => {
      of(table).rows.push({ line, cells, problem });
      return undefined;
    },
    brokenOff: (table, why) => {
      of(table).broken = why;
    },
  });
  return tables;
}

async function read(name: string, content: string | Buffer): Promise<Found> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return Object.values(await readAt(path, name))[0] ?? { columns: [], rows: [] };
}

const JANE = { id: "1", name: "Jané", note: 'two\nlines, "quoted"' };
const TEXT = 'id,name,note\r\n1,Jané,"two\nlines, ""quoted"""\r\n';

/** The same row in every dress. */
const DRESSES: readonly (readonly [string, string, string | Buffer])[] = [
  ["plain UTF-8", "a.csv", TEXT],
  ["with a byte order mark", "b.csv", `\ufeff${TEXT}`],
  ["semicolons", "c.csv", TEXT.replace("id,name,note", "id;name;note").replace("1,Jané,", "1;Jané;")],
  ["tabs", "d.txt", TEXT.replace("id,name,note", "id\tname\tnote").replace("1,Jané,", "1\tJané\t")],
  ["bars", "e.csv", TEXT.replace("id,name,note", "id|name|note").replace("1,Jané,", "1|Jané|")],
  [
    "Excel's own first line",
    "f.csv",
    `sep=;\r\n${TEXT.replace("id,name,note", "id;name;note").replace("1,Jané,", "1;Jané;")}`,
  ],
  ["Latin-1 of a Western spreadsheet", "g.csv", Buffer.from(TEXT, "latin1")],
  ["UTF-16 of Excel", "h.csv", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
  ["UTF-16 the other way round", "i.csv", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
  ["gzipped", "j.csv.gz", gzipSync(TEXT)],
  ["a title above the header", "k.csv", `Report of March\r\n\r\n${TEXT}`],
  ["JSON", "l.json", JSON.stringify([JANE])],
  ["JSON in an envelope", "m.json", JSON.stringify({ pagination: { next: null }, data: [JANE] })],
  ["NDJSON", "n.ndjson", `${JSON.stringify(JANE)}\n`],
];
for (const [dress, name, content] of DRESSES) {
  test(`a row is the same row: ${dress}`, async () => {
    const found = await read(name, content);
    assert.deepEqual(
      found.rows.map((row) => row.cells),
      [JANE],
    );
    assert.equal(found.broken, undefined);
  });
}

test("a row that is too long is refused with its line, and those around it are read", async () => {
  const found = await read("long.csv", "a,b\n1,2\n1,2,3\n4,5\n");
  assert.deepEqual(
    found.rows.map(({ line, problem }) => [line, problem]),
    [
      [2, undefined],
      [3, "the row has 3 values, the header 2 columns"],
      [4, undefined],
    ],
  );
});

test("files that break off give what came before, and say so", async () => {
  assert.equal((await read("q.csv", 'a,b\n1,2\n3,"open')).broken?.code, "open_quote");
  const zipped = gzipSync(`a,b\n${"1,2\n".repeat(20_000)}`);
  assert.equal((await read("z.csv.gz", zipped.subarray(0, zipped.length - 40))).broken?.code, "cut_off");
  assert.equal((await read("j.json", '[{"id": 1}, {"id"')).broken?.code, "no_whole_json");
  assert.equal((await read("empty.csv", "")).broken?.code, "empty_file");
  assert.deepEqual((await read("cut.ndjson", '{"id":"1"}\n{"id":')).rows[1]?.problem, "this line is no JSON object");
});

test("ids keep all their digits, and columns of the same name are told apart", async () => {
  assert.deepEqual((await read("big.json", '[{"id": 12345678901234567890, "a": 1.10}]')).rows[0]?.cells, {
    id: "12345678901234567890",
    a: "1.10",
  });
  assert.deepEqual((await read("twice.csv", "id,date,date,\n1,a,b,c\n")).columns, [
    "id",
    "date",
    "date (2)",
    "column 4",
  ]);
});

const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../../shared/data");
const skip = existsSync(join(data, "messy-csv")) ? false : `the data of ${data} are not here`;

test("csv-spectrum: every file reads as its twin in JSON says", { skip }, async (t) => {
  const spectrum = join(data, "messy-csv/csv-spectrum");
  let held = 0;
  for (const name of readdirSync(spectrum).filter((one) => one.endsWith(".csv"))) {
    const text = readFileSync(join(spectrum, name.replace(".csv", ".json")), "utf8");
    const twin: Record<string, string>[] = [JSON.parse(text)].flat();
    const found = Object.values(await readAt(join(spectrum, name), name))[0];
    // The twin of location_coordinates has another telephone number than its CSV.
    for (const row of twin)
      if (row["Contact Phone Number"] === "1234567890") row["Contact Phone Number"] = "2095257564";
    const expected = twin.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
    assert.deepEqual(
      found?.rows.map((row) => row.cells),
      expected,
      name,
    );
    held += 1;
  }
  t.diagnostic(`${held} files`);
});

test("spreadsheets that others have stumbled over are read or refused with a reason, and none of them stops anything", {
  skip,
}, async (t) => {
  const sheets = join(data, "messy-csv/spreadsheets");
  let readable = 0;
  const names = readdirSync(sheets).filter((one) => /\.(?:xlsx|xls|xlsb)$/.test(one));
  for (const name of names) {
    const tables = Object.values(await readAt(join(sheets, name), name));
    if (tables.some((table) => table.rows.length > 0)) readable += 1;
    else for (const table of tables) assert.ok(table.columns.length > 0 || table.broken !== undefined, name);
  }
  assert.ok(readable >= 15, `${readable} of ${names.length} are readable`);
  t.diagnostic(`${readable} of ${names.length} gave rows`);
});
