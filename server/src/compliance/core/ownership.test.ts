import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { asPercent, compared, type Fraction, NONE, ofPercent, plus, times, WHOLE } from "./fraction.ts";
import { type Holder, type Holding, ownershipOf } from "./ownership.ts";

const holder = (id: string, direct: string | null, own: Partial<Holder> = {}): Holder => ({
  id,
  name: id,
  kind: /^[A-Z]/.test(id) ? "organization" : "person",
  role: "owner",
  direct,
  control: "",
  ...own,
});
const holds = (holderId: string, heldId: string, share: string): Holding => ({ holderId, heldId, share });
const ask = (
  holders: readonly Holder[],
  holdings: readonly Holding[] = [],
  own: { threshold?: string; unexplained?: string } = {},
) =>
  ownershipOf({
    partnerId: "prt",
    partnerName: "Partner Ltd",
    holders,
    holdings,
    threshold: "25",
    unexplained: "",
    ...own,
  });
const shares = (result: ReturnType<typeof ask>) =>
  Object.fromEntries(result.nodes.filter(({ kind }) => kind !== "partner").map(({ id, effective }) => [id, effective]));
const owners = (result: ReturnType<typeof ask>) =>
  result.nodes.filter((node) => node.isBeneficialOwner).map(({ id }) => id);

describe("who owns a partner", () => {
  it("two people, half each", () => {
    const result = ask([holder("ana", "50"), holder("ben", "50")]);
    assert.deepEqual([owners(result), result.holds], [["ana", "ben"], true]);
  });
  it("exactly the threshold is not more than it", () => {
    const result = ask([holder("ana", "25"), holder("ben", "75")]);
    assert.deepEqual(owners(result), ["ben"]);
  });
  it("a share of a share, to the last place", () => {
    const result = ask(
      [holder("Top", "33.333333"), holder("ana", "66.666667"), holder("ben", null), holder("cleo", null)],
      [holds("ben", "Top", "75.1"), holds("cleo", "Top", "24.9")],
    );
    assert.deepEqual(shares(result), { Top: "33.333333", ana: "66.666667", ben: "25.033333", cleo: "8.3" });
    assert.deepEqual(owners(result), ["ana", "ben"]);
  });
  it("shares on several ways are added", () => {
    const result = ask(
      [holder("A", "60"), holder("B", "40"), holder("ana", null), holder("ben", null)],
      [holds("ana", "A", "50"), holds("ana", "B", "50"), holds("ben", "A", "50"), holds("ben", "B", "50")],
    );
    assert.deepEqual(shares(result), { A: "60", B: "40", ana: "50", ben: "50" });
  });
  it("companies that hold each other are solved exactly", () => {
    // B has 50 % of A, A has 20 % of B: what comes round counts again, 50·x + … = 1/(1 − 0.1)
    const result = ask(
      [holder("A", "100"), holder("B", null), holder("ana", null), holder("ben", null)],
      [holds("B", "A", "50"), holds("ana", "A", "50"), holds("A", "B", "20"), holds("ben", "B", "80")],
    );
    assert.deepEqual(shares(result), { A: "111.111111", B: "55.555556", ana: "55.555556", ben: "44.444444" });
    assert.equal(result.holds, true);
  });
  it("companies that own each other wholly are refused in a sentence", () => {
    const result = ask([holder("A", "100"), holder("B", null)], [holds("A", "B", "100"), holds("B", "A", "100")]);
    assert.equal(result.holds, false);
    assert.match(result.sentences[0]?.en ?? "", /own each other wholly/);
    assert.deepEqual(shares(result), { A: null, B: null });
  });
  const sentences: readonly [string, ReturnType<typeof ask>, RegExp | null][] = [
    ["too little", ask([holder("ana", "80")]), /^20 % of Partner Ltd is unexplained/],
    ["too little, and somebody said why", ask([holder("ana", "80")], [], { unexplained: "treasury shares" }), null],
    ["too much", ask([holder("ana", "80"), holder("ben", "30")]), /make up 110 %: more than the whole/],
    [
      "too much is wrong whatever is said",
      ask([holder("ana", "80"), holder("ben", "30")], [], { unexplained: "so" }),
      /more than the whole/,
    ],
    ["nobody behind a company", ask([holder("Top", "100")]), /^Top has 100 % and nobody is recorded behind it/],
    ["nobody at all", ask([]), /^100 % of Partner Ltd is unexplained/],
    [
      "nobody above the threshold",
      ask(["a", "b", "c", "d", "e"].map((id) => holder(id, "20"))),
      /^Nobody owns more than 25 %/,
    ],
    [
      "nobody above it, but somebody controls",
      ask([..."abcd"].map((id) => holder(id, "20")).concat(holder("e", "20", { control: "sole director" }))),
      null,
    ],
    ["a small company needs nobody behind it", ask([holder("Top", "10"), holder("ana", "90")]), null],
  ];
  for (const [what, result, expected] of sentences)
    it(what, () => {
      if (expected === null) assert.deepEqual(result.sentences, []);
      else
        assert.ok(
          result.sentences.some(({ en }) => expected.test(en)),
          JSON.stringify(result.sentences),
        );
      assert.equal(result.holds, expected === null);
    });
  it("a stricter regime finds more of them", () => {
    const people = [holder("ana", "85"), holder("ben", "15")];
    assert.deepEqual([owners(ask(people)), owners(ask(people, [], { threshold: "10" }))], [["ana"], ["ana", "ben"]]);
  });
});

/** Layers of companies; each is held wholly by those below it or by people. */
const layered = fc
  .record({
    layers: fc.integer({ min: 1, max: 4 }),
    seed: fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 40, maxLength: 40 }),
  })
  .map(({ layers, seed }) => {
    let at = 0;
    const next = () => seed[at++ % seed.length] as number;
    const split = () => {
      const first = (next() % 9998) + 1;
      return [
        `${Math.floor(first / 100)}.${String(first % 100).padStart(2, "0")}`,
        `${Math.floor((10_000 - first) / 100)}.${String((10_000 - first) % 100).padStart(2, "0")}`,
      ];
    };
    const [one = "", two = ""] = split();
    const holders = [holder("C0a", one), holder("C0b", two)];
    const holdings: Holding[] = [];
    for (let layer = 0; layer < layers; layer += 1) {
      const below = layer === layers - 1 ? ["ana", "ben"] : [`C${layer + 1}a`, `C${layer + 1}b`];
      for (const id of below) holders.push(holder(id, null));
      for (const held of [`C${layer}a`, `C${layer}b`])
        for (const [index, share] of split().entries()) holdings.push(holds(below[index] as string, held, share));
    }
    return { holders, holdings };
  });

describe("shares through all ways", () => {
  it("of people at the end make up the whole, where every company is wholly held", () =>
    fc.assert(
      fc.property(layered, ({ holders, holdings }) => {
        const result = ask(holders, holdings);
        const exact = (id: string): Fraction => {
          const own = ofPercent(holders.find((one) => one.id === id)?.direct ?? "0");
          return holdings
            .filter(({ holderId }) => holderId === id)
            .reduce((sum, { heldId, share }) => plus(sum, times(ofPercent(share), exact(heldId))), own);
        };
        assert.equal(compared(plus(exact("ana"), exact("ben")), WHOLE), 0);
        for (const node of result.nodes.filter(({ kind }) => kind !== "partner"))
          assert.equal(node.effective, asPercent(exact(node.id)));
      }),
      { numRuns: 60 },
    ));
  it("do not depend on the order in which they are said", () =>
    fc.assert(
      fc.property(layered, ({ holders, holdings }) => {
        assert.deepEqual(shares(ask([...holders].reverse(), [...holdings].reverse())), shares(ask(holders, holdings)));
      }),
      { numRuns: 40 },
    ));
  it("a percentage is written with the places that it needs", () => {
    const table: [string, string][] = [
      ["33.333333", "33.333333"],
      ["50", "50"],
      ["0.000001", "0.000001"],
      ["25.50", "25.5"],
      ["100", "100"],
    ];
    for (const [text, expected] of table) assert.equal(asPercent(ofPercent(text)), expected);
    assert.equal(asPercent(NONE), "0");
  });
});
