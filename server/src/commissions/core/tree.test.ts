import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SubPartner } from "./entries.ts";
import { levelsFor, Tree } from "./tree.ts";

function edge(partnerId: string, parentId: string, more: Partial<SubPartner> = {}): SubPartner {
  return { partnerId, parentId, from: "2026-01-01", until: null, active: true, attributes: {}, ...more };
}

describe("who stands below a partner on a day", () => {
  const tree = new Tree("me", [
    edge("top", "above"),
    edge("me", "top", { from: "2026-02-01" }),
    edge("a", "me"),
    edge("b", "a", { until: "2026-03-16" }),
    edge("b", "me", { from: "2026-03-16", until: "2026-04-01" }),
    edge("c", "b"),
  ]);
  const way = (partnerId: string, day: string) =>
    tree
      .chainOn(partnerId, day)
      ?.map((one) => one.partnerId)
      .join(" ") ?? null;

  it("the way down changes with the day, for everybody below who moves", () => {
    const table = [
      ["b", "2025-12-31", null],
      ["b", "2026-03-15", "a b"],
      ["b", "2026-03-16", "b"],
      ["c", "2026-03-15", "a b c"],
      ["c", "2026-03-31", "b c"],
      ["c", "2026-04-01", null],
      ["me", "2026-03-01", null],
      ["top", "2026-03-01", null],
      ["nobody", "2026-03-01", null],
    ] as const;
    for (const [partnerId, day, expected] of table)
      assert.equal(way(partnerId, day), expected, `${partnerId} on ${day}`);
  });

  it("who stands above, nearest first", () => {
    assert.deepEqual(
      tree.aboveOn("2026-03-01").map((one) => one.parentId),
      ["top", "above"],
    );
    assert.deepEqual(tree.aboveOn("2026-01-31"), []);
  });

  it("since when somebody is below, at whatever level", () => {
    assert.equal(tree.joinedOn("c"), "2026-01-01");
    assert.equal(tree.joinedOn("top"), null);
    const late = new Tree("me", [edge("c", "b"), edge("b", "me", { from: "2026-02-10" })]);
    assert.equal(late.joinedOn("c"), "2026-02-10");
  });

  it("a circle is refused on the days on which it is one", () => {
    const turning = new Tree("me", [edge("me", "a", { from: "2026-03-10" }), edge("a", "me")]);
    assert.equal(turning.chainOn("a", "2026-03-09")?.length, 1);
    assert.throws(() => turning.chainOn("a", "2026-03-10"), /circle on 2026-03-10: a → me → a/);
    assert.throws(() => turning.aboveOn("2026-03-10"), /circle/);
    assert.throws(() => new Tree("me", [edge("x", "x")]).chainOn("x", "2026-03-10"), /x → x/);
  });

  it("two parent partners on one day are refused, one after the other are not", () => {
    assert.throws(
      () => new Tree("me", [edge("a", "me"), edge("a", "b", { from: "2026-02-01" })]),
      /one parent partner a day/,
    );
    new Tree("me", [edge("a", "b", { from: "2026-02-01" }), edge("a", "me", { until: "2026-02-01" })]);
  });
});

describe("whose levels the partner gets", () => {
  const chain = (...active: boolean[]) => active.map((one, index) => edge(`p${index}`, "x", { active: one }));
  const table = [
    ["all active", chain(true, true, true), [3], [3], [3]],
    ["the one whose customer it is keeps its place", chain(true, false), [2], [2], [2]],
    ["the next below is not active", chain(false, true, true), [3], [2], [3, 2]],
    ["two in a row", chain(false, false, true), [3], [1], [3, 2, 1]],
    ["one below an active one is that one's to absorb", chain(true, false, true), [3], [2], [3]],
  ] as const;
  for (const [name, one, skip, compress, absorb] of table) {
    it(name, () => {
      assert.deepEqual(levelsFor(one, "skip"), skip);
      assert.deepEqual(levelsFor(one, "compress"), compress);
      assert.deepEqual(levelsFor(one, "absorb"), absorb);
    });
  }
});
