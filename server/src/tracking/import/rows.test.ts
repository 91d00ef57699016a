import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { type FileRow, readRows } from "./rows.ts";

/** What the library makes of the whole text: what every way of reading it must come to. */
function byTheLibrary(text: string): string[][] {
  return parse(text, {
    bom: true,
    delimiter: ",",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as string[][];
}

const value = fc.oneof(
  fc.constantFrom("", "12,34".replace(",", "."), "a b", "ünïcode ✓", "\u{1f600}", " padded "),
  fc.string({ unit: "binary", maxLength: 6 }).map((text) => text.replace(/[",\r\n\0\ufeff]/g, "").toWellFormed()),
);
const quoted = fc.constantFrom('"a ""quoted"" one"', '"with, comma"', '"over\ntwo lines"', '"plain"');
const row = (cell: fc.Arbitrary<string>) =>
  fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(","));
const file = fc
  .record({
    mark: fc.constantFrom("", "\ufeff"),
    ending: fc.constantFrom("\n", "\r\n"),
    plain: fc.array(fc.oneof({ weight: 6, arbitrary: row(value) }, { weight: 1, arbitrary: fc.constant("") }), {
      maxLength: 12,
    }),
    quotes: fc.array(row(fc.oneof(value, quoted)), { maxLength: 4 }),
    open: fc.boolean(),
  })
  .map(({ mark, ending, plain, quotes, open }) => {
    const lines = ["name,amount", ...plain, ...quotes];
    return `${mark}${lines.join(ending)}${open ? "" : ending}`;
  });

describe("rows of a CSV file", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "rows-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function rowsOf(text: string, chunkBytes: number): Promise<readonly (readonly string[])[]> {
    const path = join(folder, "rows.csv");
    await writeFile(path, text);
    const rows: FileRow[] = [];
    await readRows({ path, chunkBytes, take: (one) => void rows.push(one) });
    return rows.map((one) => ("cells" in one ? one.cells : []));
  }

  test("are those of the library, however the file is cut while it is read", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 40 }), async (text, chunkBytes) => {
        assert.deepEqual(await rowsOf(text, chunkBytes), byTheLibrary(text));
      }),
      { numRuns: 150 },
    );
  });

  test("line ends of old Macs are left to the library", async () => {
    assert.deepEqual(await rowsOf("a,b\r1,2\r", 3), [
      ["a", "b"],
      ["1", "2"],
    ]);
  });
});
