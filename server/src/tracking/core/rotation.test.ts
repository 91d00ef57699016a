import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { rotate } from "./rotation.ts";
import { chance, readVisitorKey, visitorKeyOf, visitorKeyText } from "./visitor-key.ts";

const VISITORS = 20_000;
const visitor = (n: number) => visitorKeyOf(`203.0.${n >> 8}.${n & 255}`, "Firefox");

function shares(pages: readonly { id: string; weight: number }[]): Map<string, number> {
  const counts = new Map(pages.map((page) => [page.id, 0]));
  for (let n = 0; n < VISITORS; n += 1) {
    const { id } = rotate(pages, visitor(n)) ?? { id: "none" };
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe("rotation", () => {
  test("gives each page its share of the visitors", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, (list) => {
        const pages = list.map((weight, n) => ({ id: `lpg_${n}_${list.length}`, weight }));
        const total = list.reduce((a, b) => a + b, 0);
        if (total === 0) return rotate(pages, 1) === undefined;
        const counts = shares(pages);
        return pages.every(({ id, weight }) => {
          const wanted = weight / total;
          // Five standard deviations of a binomial share.
          const slack = 5 * Math.sqrt((wanted * (1 - wanted)) / VISITORS) + 1e-9;
          return Math.abs((counts.get(id) ?? 0) / VISITORS - wanted) <= slack;
        });
      }),
      { numRuns: 25 },
    );
  });

  test("a visitor stays, and only those move who have to", () => {
    const before = [
      { id: "a", weight: 50 },
      { id: "b", weight: 50 },
    ];
    const after = [...before, { id: "c", weight: 100 }];
    let moved = 0;
    for (let n = 0; n < VISITORS; n += 1) {
      const [was, is] = [rotate(before, visitor(n))?.id, rotate(after, visitor(n))?.id];
      assert.equal(rotate(before, visitor(n))?.id, was);
      if (was !== is) moved += 1;
      if (was !== is) assert.equal(is, "c");
    }
    assert.ok(Math.abs(moved / VISITORS - 0.5) < 0.02, `${moved} moved`);
  });

  test("a visitor's key survives its cookie, and nothing else is one", () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 32 - 1 }), (key) => readVisitorKey(visitorKeyText(key)) === key));
    for (const odd of ["", "1", "0123456g", "0123456789", " 1234567", undefined])
      assert.equal(readVisitorKey(odd), undefined);
  });

  test("two purposes of one visitor have nothing to do with each other", () => {
    let both = 0;
    for (let n = 0; n < VISITORS; n += 1)
      if (chance(visitor(n), "one") < 0.3 && chance(visitor(n), "two") < 0.3) both += 1;
    assert.ok(Math.abs(both / VISITORS - 0.09) < 0.012, `${both}`);
  });
});
