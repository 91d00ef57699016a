import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { treeRows } from "./tree-rows.ts";

const items = [
  { id: "a", parentId: "top" },
  { id: "b", parentId: "top" },
  { id: "a1", parentId: "a" },
  { id: "a2", parentId: "a" },
  { id: "a1x", parentId: "a1" },
];
const shown = (closed: readonly string[], word: string | null) =>
  treeRows(items, "top", new Set(closed), word === null ? null : (item) => item.id.includes(word)).map(
    (row) => `${row.level} ${row.id}${row.hasBelow ? " +" : ""}`,
  );

describe("rows of a tree", () => {
  it("stand depth first, below the one they belong to", () => {
    assert.deepEqual(shown([], null), ["1 a +", "2 a1 +", "3 a1x", "2 a2", "1 b"]);
  });

  it("leave out what is below a closed one", () => {
    assert.deepEqual(shown(["a1"], null), ["1 a +", "2 a1 +", "2 a2", "1 b"]);
    assert.deepEqual(shown(["a"], null), ["1 a +", "1 b"]);
  });

  it("show what is searched for with everybody above, closed or not", () => {
    assert.deepEqual(shown(["a"], "x"), ["1 a +", "2 a1 +", "3 a1x"]);
    assert.deepEqual(shown([], "none"), []);
  });
});
