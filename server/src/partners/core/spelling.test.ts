import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { forgiven, formsOf, slips } from "./spelling.ts";

describe("slips between words", () => {
  const TABLE = [
    ["john", "john", 0],
    ["jonh", "john", 1],
    ["smiht", "smith", 1],
    ["muler", "muller", 1],
    ["mueller", "muller", 1],
    ["garzia", "garcia", 1],
    ["hernadez", "hernandez", 1],
    ["kitten", "sitting", 3],
    ["", "ab", 2],
  ] as const;
  for (const [a, b, count] of TABLE) {
    it(`${a} and ${b}: ${count}`, () => {
      assert.equal(slips(a, b, 3), count);
      assert.equal(slips(b, a, 3), count);
    });
  }

  it("stops counting beyond what matters", () => {
    assert.equal(slips("kitten", "sitting", 1), 2);
    assert.equal(slips("a", "abcdef", 2), 3);
  });

  it("a word with one slip shares a form with the right one, so the dictionary finds it by its key", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcde"), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        if (slips(a, b, 1) > 1) return;
        const forms = new Set(formsOf(a));
        assert.ok(formsOf(b).some((form) => forms.has(form)));
      }),
    );
    assert.deepEqual([forgiven("abc"), forgiven("abcd"), forgiven("abcdefgh")], [0, 1, 2]);
  });
});
