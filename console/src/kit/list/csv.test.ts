import assert from "node:assert/strict";
import { test } from "node:test";
import { csvField, csvOf } from "./csv.ts";

test("fields are quoted when they must be, and cannot become a formula", () => {
  const table: [string | number | null, string][] = [
    ["plain", "plain"],
    ['say "hi", twice', '"say ""hi"", twice"'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-12.50", "-12.50"],
    [-3, "-3"],
    [null, ""],
  ];
  for (const [value, expected] of table) assert.equal(csvField(value), expected);
});

test("only columns with a plain value are exported", () => {
  const columns = [
    { id: "name", label: "Name", cell: () => null, text: (row: { name: string }) => row.name },
    { id: "chart", label: "Chart", cell: () => null },
  ];
  assert.equal(csvOf([{ name: "A, B" }], columns), 'Name\r\n"A, B"\r\n');
});
