import assert from "node:assert/strict";
import { test } from "node:test";
import { type KeyMemory, meaningOf, type Shortcut } from "./key-sequence.ts";

const one = (keys: string): Shortcut => ({ keys, label: keys, group: "test", run: () => {} });
const shortcuts = [one("g p"), one("g t"), one("p"), one("j")];
const fresh: KeyMemory = { first: null, atMs: 0 };

function type(keys: readonly [string, number][]): (string | undefined)[] {
  let memory = fresh;
  return keys.map(([key, atMs]) => {
    const meaning = meaningOf(key, atMs, memory, shortcuts);
    memory = meaning.memory;
    return meaning.shortcut?.keys;
  });
}

test("g then a letter is one shortcut, the letter alone another", () => {
  assert.deepEqual(
    type([
      ["g", 0],
      ["p", 300],
    ]),
    [undefined, "g p"],
  );
  assert.deepEqual(type([["p", 0]]), ["p"]);
});

test("a sequence that takes too long is forgotten", () => {
  assert.deepEqual(
    type([
      ["g", 0],
      ["p", 5000],
    ]),
    [undefined, "p"],
  );
});

test("an unknown second key falls back to its own meaning", () => {
  assert.deepEqual(
    type([
      ["g", 0],
      ["j", 100],
      ["p", 200],
    ]),
    [undefined, "j", "p"],
  );
});

test("the shortcut registered last wins, so that a screen can take a key over", () => {
  const later = one("j");
  assert.equal(meaningOf("j", 0, fresh, [...shortcuts, later]).shortcut, later);
});
