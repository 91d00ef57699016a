import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { byWeight, chooseOffer, earningsPerClick } from "./choose-offer.ts";

const option = (name: string, more: { weight?: number; rank?: number; perClick?: number } = {}) => ({
  name,
  weight: more.weight ?? 100,
  rank: more.rank ?? 1,
  perClick: more.perClick,
});
const BEST = { mode: "best", explore: 10 } as const;
const WEIGHTS = { mode: "weights", explore: 10 } as const;

describe("the choice of a smart link", () => {
  const measured = [option("a", { perClick: 12 }), option("b", { perClick: 30 }), option("c")];
  for (const [what, fitting, rules, explores, roll, chosen] of [
    ["nothing fits", [], BEST, 0.5, 0, undefined],
    ["only one fits", [option("a")], BEST, 0.5, 0, "a only"],
    ["the best measured one", measured, BEST, 0.1, 0, "b best"],
    ["below the share that explores: by weight", measured, BEST, 0.0999, 0.99, "c explore"],
    ["nothing is measured yet", [option("a"), option("b")], BEST, 0.9, 0.7, "b weight"],
    ["by weight, whatever is measured", measured, WEIGHTS, 0.9, 0, "a weight"],
    ["the lowest rank that is there", [option("a", { rank: 3 }), option("b", { rank: 2 })], WEIGHTS, 0, 0, "b only"],
    ["weight 0 is never dealt", [option("a", { weight: 0 }), option("b")], WEIGHTS, 0, 0, "b weight"],
    [
      "all of weight 0 count alike",
      [option("a", { weight: 0 }), option("b", { weight: 0 })],
      WEIGHTS,
      0,
      0.6,
      "b weight",
    ],
  ] as const) {
    test(what, () => {
      const found = chooseOffer<ReturnType<typeof option>>(fitting, rules, explores, roll);
      assert.equal(found && `${found.choice.name} ${found.because}`, chosen);
    });
  }

  test("explores the stated share, neither more nor less", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (explore) => {
        let explored = 0;
        for (let n = 0; n < 1_000; n += 1)
          if (chooseOffer(measured, { mode: "best", explore }, (n + 0.5) / 1_000, 0)?.because === "explore")
            explored += 1;
        return explored === explore * 10;
      }),
    );
  });

  test("weights are met exactly over all rolls", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(weights, (list) => {
        const among = list.map((weight, name) => ({ name, weight }));
        const total = list.reduce((a, b) => a + b, 0);
        if (total === 0) return true;
        const counts = list.map(() => 0);
        for (let n = 0; n < total; n += 1) {
          const { name } = byWeight(among, (n + 0.5) / total);
          counts[name] = (counts[name] ?? 0) + 1;
        }
        return counts.every((count, name) => count === list[name]);
      }),
    );
  });

  for (const [clicks, earned, least, perClick] of [
    [0n, 0n, 1, undefined],
    [99n, 5000n, 100, undefined],
    [100n, 5000n, 100, "50.0000"],
    [3n, 1n, 1, "0.3333"],
    [1000n, 1n, 1, "0.0010"],
    [4n, -6n, 1, "-1.5000"],
  ] as const) {
    test(`${earned} for ${clicks} clicks`, () =>
      assert.equal(earningsPerClick({ clicks, earnedMinor: earned }, least), perClick));
  }
});
