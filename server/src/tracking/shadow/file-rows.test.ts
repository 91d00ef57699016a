import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { Refusal } from "../../kernel/refusal.ts";
import { type FileRow, fileRows, kindOf } from "./file-rows.ts";
import { workbook } from "./test-workbook.ts";

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(file: Buffer, size = 7): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of fileRows(kindOf(file), inPieces(file, size))) rows.push(row);
  return rows;
}

const ROWS = [
  ["Order ID", "Date", "Amount"],
  ["A1", new Date("2026-03-10T12:00:00Z"), 12.5],
] as const;
const EXPECTED = [
  { line: 1, cells: ["a", "b"] },
  { line: 2, cells: ["1", "x; y"] },
  { line: 4, cells: ["2", "two\nlines"] },
];
const TEXT = 'a;b\r\n1;"x; y"\r\n2;"two\nlines"\r\n';

describe("rows of an uploaded file", () => {
  it("CSV in pieces of any size, with a mark in front, by its own delimiter, with the line where each row ends", async () => {
    for (const size of [1, 7, 1000]) assert.deepEqual(await rowsOf(Buffer.from(`\ufeff${TEXT}`), size), EXPECTED);
  });
  it("CSV that is zipped", async () => {
    assert.deepEqual(await rowsOf(gzipSync(TEXT), 5), EXPECTED);
  });
  it("a zipped file that ends in the middle, and a quote that never closes, are refused in words", async () => {
    await assert.rejects(rowsOf(gzipSync(TEXT.repeat(50)).subarray(0, 40)), /damaged or ends in the middle/);
    await assert.rejects(rowsOf(Buffer.from('a,b\n1,"open'), 1000), /cannot be read as CSV any further/);
  });
  it("a spreadsheet, its dates as the clock on the wall shows them", async () => {
    assert.deepEqual(
      (await rowsOf(workbook(ROWS), 100)).map(({ cells }) => cells),
      [
        ["Order ID", "Date", "Amount"],
        ["A1", "2026-03-10T12:00:00", "12.5"],
      ],
    );
  });
  it("what is no spreadsheet, and one that unpacks to more than can be held, are refused", async () => {
    await assert.rejects(rowsOf(Buffer.from("PK\x03\x04 nothing"), 100), /no spreadsheet/);
    await assert.rejects(rowsOf(workbook(ROWS, 400 * 1024 * 1024), 100), /too large to be opened/);
  });
  it("whatever bytes come in, rows come out or a refusal, and nothing breaks", async () => {
    const beginnings = ["", "PK\x03\x04", "\x1f\x8b\x08\x00", "\ufeff", 'a,b\n"', "=1+1,2\n"].map((text) =>
      Buffer.from(text, "latin1"),
    );
    const file = fc
      .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }))
      .map(([beginning, bytes]) => Buffer.concat([beginning, bytes]));
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        await rowsOf(bytes, size).catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)));
      }),
      { numRuns: 300 },
    );
  });
});
