import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32, gzipSync } from "node:zlib";
import { type FileRow, fileRows, kindOf } from "./file-rows.ts";

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(file: Buffer, size = 7): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of fileRows(kindOf(file), inPieces(file, size))) rows.push(row);
  return rows;
}

/** An archive whose files are stored as they are. */
function archive(files: Readonly<Record<string, string>>, claimed?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [bytes, path] = [Buffer.from(text), Buffer.from(name)];
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(claimed ?? bytes.length, 18);
    head.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), head, path, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, tail.subarray(2), Buffer.alloc(2), path);
    directory.splice(-2, 1);
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from("PK\x05\x06", "latin1"), end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The smallest workbook with a sheet: texts, a number, and a date as spreadsheets keep it. */
function workbook(claimed?: number): Buffer {
  const sheet = `<row r="1"><c r="A1" t="inlineStr"><is><t>Order ID</t></is></c><c r="B1" t="inlineStr"><is><t>Date</t></is></c><c r="C1" t="inlineStr"><is><t>Amount</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2" s="1"><v>46091.5</v></c><c r="C2"><v>12.5</v></c></row>`;
  return archive(
    {
      "[Content_Types].xml": `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
      "_rels/.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
    },
    claimed,
  );
}

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
      (await rowsOf(workbook(), 100)).map(({ cells }) => cells),
      [
        ["Order ID", "Date", "Amount"],
        ["A1", "2026-03-10T12:00:00", "12.5"],
      ],
    );
  });
  it("what is no spreadsheet, and one that unpacks to more than can be held, are refused", async () => {
    await assert.rejects(rowsOf(Buffer.from("PK\x03\x04 nothing"), 100), /no spreadsheet/);
    await assert.rejects(rowsOf(workbook(400 * 1024 * 1024), 100), /too large to be opened/);
  });
});
