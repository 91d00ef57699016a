import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { write } from "@e965/xlsx";
import { zipSync } from "fflate";
import { collectTables, type ReadOptions } from "./index.ts";

async function only(content: string | Uint8Array, name = "t.csv", options: ReadOptions = {}) {
  const { tables, broken } = await collectTables(
    typeof content === "string" ? new TextEncoder().encode(content) : content,
    name,
    options,
  );
  const [table] = tables;
  assert.ok(table, broken?.text ?? "no table");
  return table;
}

const cellsOf = (table: { readonly rows: readonly { readonly cells: readonly string[] }[] }) =>
  table.rows.map((row) => row.cells);

const NAMES = ["name", "town", "amount"];
const ROWS = [
  ["Zoë", "Málaga; old town", "1,5"],
  ["Jürgen, Sr.", 'the "Dom"', "007"],
];
const quoted = (mark: string, quote = '"') =>
  [NAMES, ...ROWS]
    .map((row) => row.map((cell) => `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`).join(mark))
    .join("\n");
const latin = (text: string) => Buffer.from(text, "latin1");
const wide = (text: string, big = false) => {
  const bytes = Buffer.from(text, "utf16le");
  return big ? bytes.swap16() : bytes;
};

describe("one table in every dress", () => {
  const plain = quoted(",");
  const cases: readonly (readonly [what: string, content: string | Uint8Array, name?: string])[] = [
    ["commas", plain],
    ["semicolons", quoted(";")],
    ["tabs", quoted("\t")],
    ["bars", quoted("|")],
    ["carets", quoted("^")],
    ["unit separators", quoted("\x1f")],
    ["single quotes", quoted(";", "'")],
    ["Windows line ends", plain.replaceAll("\n", "\r\n")],
    ["old Mac line ends", plain.replaceAll("\n", "\r")],
    ["mixed line ends", plain.replace("\n", "\r\n")],
    ["blank lines", plain.replaceAll("\n", "\n\n \n")],
    ["empty cells behind the last column", plain.replaceAll("\n", ",,\n").replace(",,\n", "\n")],
    ["what Excel writes about its delimiter", `sep=;\r\n${quoted(";")}`],
    ["a mark of UTF-8", `\ufeff${plain}`],
    ["UTF-16 with a mark", wide(`\ufeff${plain}`)],
    ["UTF-16, big end first", wide(`\ufeff${plain}`, true)],
    ["UTF-16 without a mark", wide(plain)],
    ["Windows-1252", latin(plain)],
    ["gzip", gzipSync(plain), "t.csv.gz"],
    ["a zip", zipSync({ "t.csv": Buffer.from(plain) }), "t.zip"],
    ["another name", plain, "t.xlsx"],
    ["a blank before quotes", plain.replaceAll('","', '", "')],
    ["the end mark of DOS", `${plain}\n\x1a`],
    ["titles above", `Partners of March\n"Made by","ops"\n\n${plain}`],
  ];
  for (const [what, content, name] of cases)
    test(what, async () => {
      const table = await only(content, name);
      assert.deepEqual(table.columns, NAMES);
      assert.deepEqual(
        cellsOf(table).map((cells) => cells.slice(0, 3)),
        ROWS,
      );
      assert.ok(table.rows.every((row) => row.problem === undefined));
      assert.equal(table.broken, undefined);
    });
});

test("letters of other families", async () => {
  const greek =
    "όνομα,πόλη\nΑλέξανδρος Παπαδόπουλος,Θεσσαλονίκη και η περιοχή της\nΜαρία,Αθήνα είναι η πρωτεύουσα της Ελλάδας\n";
  const bytes = Buffer.from(
    [...greek].map((letter) => (letter.charCodeAt(0) < 128 ? letter.charCodeAt(0) : greekByte(letter))),
  );
  assert.deepEqual((await only(bytes, "g.csv", { encoding: "windows-1253" })).columns, ["όνομα", "πόλη"]);
  const russian = "имя,город\nАлександр,Санкт-Петербург это большой город\nМария,Москва столица нашей страны\n";
  const cyrillic = Buffer.from(
    [...russian].map((letter) => (letter.charCodeAt(0) < 128 ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x350)),
  );
  const table = await only(cyrillic, "r.csv");
  assert.deepEqual(table.columns, ["имя", "город"]);
  assert.match(table.notes[0] ?? "", /windows-1251/);
  // A few words of Polish: in Windows-1252 they would have signs within them.
  const polish = latin("Nazwa,Miasto\n\xafabka \x8cl\xb9sk,\xa3\xf3d\x9f\n\xaf\xf3\xb3\xe6,Gda\xf1sk\n");
  assert.deepEqual(cellsOf(await only(polish)), [
    ["Żabka Śląsk", "Łódź"],
    ["Żółć", "Gdańsk"],
  ]);
});

test("what is no table says what it is", async () => {
  for (const [content, what] of [
    ["%PDF-1.7\n1 0 obj\n", /is a PDF document, and no table/],
    [latin("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), /is a picture/],
    ['[{"a": 1}]', /is JSON/],
    [Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 7919) % 256)), /is binary data/],
  ] as const) {
    const { tables, broken } = await collectTables(Buffer.from(content), "t.csv");
    assert.equal(tables.length, 0);
    assert.match(broken?.text ?? "", what);
  }
});

test("cells that are guarded against Excel lose what guards them, and it is noted", async () => {
  const table = await only('id,x\n="007",1\n="12E5",2\n');
  assert.deepEqual(cellsOf(table), [
    ["007", "1"],
    ["12E5", "2"],
  ]);
  assert.match(table.notes.join(" "), /keeps Excel from changing them/);
});

/** Windows-1253 is U+0384 and on, moved to one byte. */
function greekByte(letter: string): number {
  return letter.charCodeAt(0) - 0x2d0;
}

test("rows that must not be taken say why, with their first line, and those around them are read", async () => {
  const table = await only(
    'code,name,note\na,"two\nlines",x\nb,short\nc,ok,x,more\ncode,name,note\nd,ok,y\nTotal,,3\n',
  );
  assert.deepEqual(
    table.rows.map((row) => [row.line, row.problem?.code]),
    [
      [2, undefined],
      [4, "too_few_cells"],
      [5, "too_many_cells"],
      [6, "header_again"],
      [7, undefined],
      [8, "total_row"],
    ],
  );
});

test("a quote that is never closed is told with the line where it opens", async () => {
  const { tables } = await collectTables(Buffer.from('a,b\n1,2\n3,"open\n4,5\n'), "q.csv");
  assert.deepEqual(tables[0]?.broken, { line: 3, code: "open_quote", text: "the file ends within a quoted value" });
  assert.equal(tables[0]?.rows.length, 1);
});

test("quotes inside a value, backslashes before quotes, and marks that stand in every time of day", async () => {
  assert.deepEqual(cellsOf(await only('item,size\ntube,5" wide\nrod,7" long\n')), [
    ["tube", '5" wide'],
    ["rod", '7" long'],
  ]);
  assert.deepEqual(cellsOf(await only('a,b\n1,"say \\"yes\\" now"\n')), [["1", 'say "yes" now']]);
  assert.deepEqual(cellsOf(await only("time\n10:00:01\n11:00:02\n")), [["10:00:01"], ["11:00:02"]]);
  assert.deepEqual(cellsOf(await only("date;amount\n1.2.2024;1.234,50\n2.2.2024;2,00\n")), [
    ["1.2.2024", "1.234,50"],
    ["2.2.2024", "2,00"],
  ]);
});

test("headers: doubled and empty names are told apart, and a table without any is numbered", async () => {
  assert.deepEqual((await only("id,date,date,\n1,a,b,c\n")).columns, ["id", "date", "date (2)", "column 4"]);
  const bare = await only("17,2024-01-02,5.5\n18,2024-01-03,6.5\n");
  assert.deepEqual(
    [bare.headerLine, bare.columns, bare.rows.length],
    [undefined, ["column 1", "column 2", "column 3"], 2],
  );
  assert.equal((await only("region,2023,2024\nEMEA,1,2\nAPAC,3,4\n")).headerLine, 1);
  const known = await only("Acme,acme\nBeta,beta\nname,code\nGamma,gamma\n", "k.csv", {
    known: (names) => names.filter((name) => ["name", "code"].includes(name)).length,
  });
  assert.deepEqual([known.headerLine, known.rows.length], [3, 1]);
});

test("empty files and nought bytes", async () => {
  assert.equal((await collectTables(Buffer.from(""), "e.csv")).broken?.text, "the file is empty");
  assert.equal((await collectTables(Buffer.from("\n\n"), "e.csv")).broken?.text, "the file holds no row");
  assert.equal((await only("a,b\n1,x\0y\n")).rows[0]?.problem?.code, "control_character");
});

/** A workbook of one sheet from cells as SheetJS holds them. */
function bookOf(
  cells: Readonly<Record<string, object>>,
  more: object = {},
  bookType: "xlsx" | "xlsb" | "biff8" | "ods" = "xlsx",
): Buffer {
  const sheet = { "!ref": "A1:F9", ...cells, ...more };
  return write({ SheetNames: ["S"], Sheets: { S: sheet } } as never, { bookType, type: "buffer" }) as Buffer;
}

const text = (v: string) => ({ t: "s", v });

for (const kind of ["xlsx", "xlsb", "biff8", "ods"] as const)
  test(`workbooks (${kind}): noughts in front, days, errors, lost digits, merged cells`, async () => {
    const book = bookOf(
      {
        A1: text("group"),
        B1: text("zip"),
        C1: text("day"),
        D1: text("id"),
        A2: text("north"),
        B2: { t: "n", v: 123, z: "00000" },
        C2: { t: "n", v: 45355, z: "yyyy-mm-dd" },
        D2: text("0012"),
        B3: text("01234"),
        C3: { t: "n", v: 45355.5, z: "yyyy-mm-dd hh:mm" },
        D3: { t: "n", v: 0.1 + 0.2 },
        A4: text("south"),
        D4: { t: "n", v: 2 ** 60 },
      },
      { "!merges": [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }] },
      kind,
    );
    const table = await only(book, "b.bin");
    assert.deepEqual(cellsOf(table).slice(0, 2), [
      ["north", "00123", "2024-03-04", "0012"],
      ["north", "01234", "2024-03-04 12:00:00", "0.3"],
    ]);
    assert.equal(table.rows[2]?.problem?.code, "digits_lost");
    assert.equal(table.rows[2]?.problem?.column, "id");
  });

test("archives that lie or are cut off are refused, and quickly", async () => {
  const whole = bookOf({ A1: text("a"), B1: text("b"), A2: text("1"), B2: text("2") });
  const refusal = async (bytes: Uint8Array) => (await collectTables(bytes, "x.xlsx")).broken?.text ?? "";
  assert.match(await refusal(whole.subarray(0, whole.length / 2)), /damaged or cut off/);
  const bomb = zipSync(
    { "[Content_Types].xml": Buffer.from("<Types/>"), "xl/worksheets/sheet1.xml": new Uint8Array(410 * 1024 * 1024) },
    { level: 1 },
  );
  assert.match(await refusal(bomb), /unpacks to more than 400 MB/);
  assert.match(await refusal(zipSync({ "readme.md": Buffer.from("hi") })), /holds no table/);
});

const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data");
const skip = existsSync(join(data, "messy-csv")) ? false : `the data of ${data} are not here`;

test("csv-spectrum: every file reads as its twin in JSON says", { skip }, async (t) => {
  const spectrum = join(data, "messy-csv/csv-spectrum");
  const names = readdirSync(spectrum).filter((one) => one.endsWith(".csv"));
  for (const name of names) {
    const twin: Record<string, string>[] = [
      JSON.parse(readFileSync(join(spectrum, name.replace(".csv", ".json")), "utf8")),
    ].flat();
    // The twin of location_coordinates has another telephone number than its CSV.
    for (const row of twin)
      if (row["Contact Phone Number"] === "1234567890") row["Contact Phone Number"] = "2095257564";
    const { tables } = await collectTables(join(spectrum, name), name);
    const found = tables[0]?.rows.map((row) =>
      Object.fromEntries(row.cells.map((cell, at) => [tables[0]?.columns[at], cell])),
    );
    assert.deepEqual(found, twin, name);
  }
  t.diagnostic(`${names.length} of ${names.length} files held`);
});

/** What others found in these workbooks: rows of the first table with its header, or why there is none. Values from calamine's own tests (MIT). */
const BOOKS: Readonly<Record<string, readonly (readonly string[])[] | RegExp>> = {
  "any_sheets.ods": [
    ["column 1", "column 2"],
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
  ],
  "any_sheets.xls": [
    ["column 1", "column 2"],
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
  ],
  "any_sheets.xlsb": [
    ["column 1", "column 2"],
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
  ],
  "any_sheets.xlsx": [
    ["column 1", "column 2"],
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
  ],
  "capitalized_wbook_stream.xls": /holds no row/,
  "date_iso.xlsx": [["column 1"], ["2021-01-01"], ["2021-01-01 10:10:10"], ["10:10:10"]],
  "empty_s_attribute.xlsx": [
    ["Name", "Value"],
    ["John", "1"],
    ["Sophia", "2"],
    ["Peter", "3"],
    ["Sam", "4"],
  ],
  "empty_shared_string_value.xlsx": [
    ["Name", "City", "Status"],
    ["Alice", "", "Active"],
    ["", "Berlin", ""],
  ],
  "empty_sheet.xlsx": /holds no row/,
  "formula-date-format.xls": [["column 1"], ["2017-02-27"], ["2017-02-28"]],
  "inventory-table.xlsx": [
    ["Item", "Type", "Quantity"],
    ["1", "Apple", "50"],
    ["2", "Banana", "200"],
  ],
  "issue_182.xlsb": [["column 1"], ["3"], ["Ab"], ["FALSE"]],
  "issue_594_dos.ods": /cannot be read/,
  "issue252.xlsx": [
    ["data", "column 2", "column 3", "column 4", "column 5"],
    ["", "1", "", "", ""],
  ],
  "multi-empty.ods": [["StringCol"], ["bbb"], ["ccc"], ["ddd"], ["eee"]],
  "no-header.xlsx": [
    ["column 1", "column 2"],
    ["a", "0"],
    ["b", "1"],
  ],
  "nonstandard-xml-ns-prefix.xlsx": [
    ["a", "b"],
    ["1", "3"],
    ["2", "4"],
  ],
  "readings.xlsx": [
    ["Station", "Celsius", "Humidity", "Pressure"],
    ["London", "15", "72", "1013"],
    ["Paris", "18.5", "65", "1009"],
  ],
  "special_cells.ods": [["Split Line"], ["Value  With spaces"], ["Value   With 3 spaces"]],
  "string-ref.xlsx": [["col1"], ["-8086931554011838357"]],
  "temperature.xlsx": [
    ["label", "value"],
    ["celsius", "22.2222"],
    ["fahrenheit", "72"],
  ],
  "temperature-in-middle.xlsx": [
    ["label", "value"],
    ["celsius", "22.2222"],
    ["fahrenheit", "72"],
  ],
  "xls_wrong_decimals.xls": [["column 1"], ["0.525625"]],
};

test("spreadsheets that others have stumbled over are read as they are, or refused with a reason", {
  skip,
}, async (t) => {
  const folder = join(data, "messy-csv/spreadsheets");
  const names = readdirSync(folder);
  for (const name of names) {
    const { tables, broken } = await collectTables(join(folder, name), name);
    assert.ok(tables.length > 0 || broken !== undefined, name);
    const expected = BOOKS[name];
    if (expected instanceof RegExp) assert.match(broken?.text ?? "", expected, name);
    else if (expected !== undefined) {
      const [header = [], ...rows] = expected;
      assert.deepEqual(tables[0]?.columns, header, name);
      assert.deepEqual(cellsOf(tables[0] ?? { rows: [] }).slice(0, rows.length), rows, name);
    }
  }
  t.diagnostic(`${names.length} files, ${Object.keys(BOOKS).length} of them with known content`);
});

test("lists of CRMs keep all their rows, with lines inside of cells", { skip }, async () => {
  const { tables } = await collectTables(join(data, "partner-data/crm/salesforce_Account_bulk1.csv"), "accounts.csv");
  assert.deepEqual([tables[0]?.rows.length, tables[0]?.columns.length, tables[0]?.rows[1]?.line], [100, 30, 7]);
  assert.ok(tables[0]?.rows.every((row) => row.problem === undefined));
});
