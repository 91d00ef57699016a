import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, textOfLines } from "./condition-text.ts";

for (const condition of [
  { field: "country", is: ["ES", "PT"] },
  { field: "email", empty: false },
  {
    all: [
      { field: "links", atLeast: 2 },
      { field: "note", empty: true },
    ],
  },
  {
    any: [
      { field: "createdAt", olderThanDays: 30 },
      { field: "name", contains: "shop" },
    ],
  },
])
  test(`lines say what ${JSON.stringify(condition)} says`, () => {
    const lines = linesOf(JSON.stringify(condition));
    assert.ok(lines !== undefined);
    assert.deepEqual(JSON.parse(textOfLines(lines)), condition);
  });

for (const more of [
  { not: { field: "country", is: ["ES"] } },
  { field: "links", atLeast: 1, atMost: 3 },
  { all: [{ any: [{ field: "name", empty: true }] }] },
])
  test(`${JSON.stringify(more)} says more than lines can`, () =>
    assert.equal(linesOf(JSON.stringify(more)), undefined));
