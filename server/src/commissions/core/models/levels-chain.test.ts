import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { earned, type Fact, lines, type Pays, plan, sub, trade } from "./test-levels.ts";

describe("a sub-partner on the way that is not active", () => {
  const chain = (active: boolean) => [sub("a", "self", { active }), sub("b", "a"), trade("b", { commission: "100" })];
  const pays: Pays = { mode: "percent_of_fee", rates: ["0.30", "0.20"], of: "commission" };
  for (const [inactive, expected] of [
    ["skip", "b 20.00"],
    ["compress", "b 30.00"],
    ["absorb", "b 50.00"],
  ] as const) {
    it(`${inactive}: ${expected}`, () => {
      assert.deepEqual(lines(plan(pays, { inactive }), chain(false)), [expected]);
      assert.deepEqual(lines(plan(pays, { inactive }), chain(true)), ["b 20.00"]);
    });
  }
});

describe("the difference between levels", () => {
  const pays: Pays = { mode: "level_difference", own: "1.5", of: { quantity: "lots" } };
  const value = (text: string): Fact => ({ level_value: text });

  it("FX21: own 1.5 less the sub-partner's 0.9 on 100 lots; equal values leave nothing; never below zero", () => {
    const of = (text: string) => lines(plan(pays), [sub("a", "self", value(text)), trade("a", { lots: "100" })]);
    assert.deepEqual(of("0.9"), ["a 60.00"]);
    assert.deepEqual(of("1.5"), ["a 0.00"]);
    assert.deepEqual(of("2"), ["a 0.00"]);
  });

  it("down a chain: less the highest below, so that the chain gets its highest value together", () => {
    const facts = (a: string, b: string) => [
      sub("a", "self", value(a)),
      sub("b", "a", value(b)),
      trade("b", { lots: "100" }),
    ];
    assert.deepEqual(lines(plan(pays), facts("1.0", "0.4")), ["b 50.00"]);
    assert.deepEqual(lines(plan(pays), facts("0.4", "1.0")), ["b 50.00"]);
  });

  it("times the component's factors, and a gate's value in the place of its own", () => {
    const facts = [sub("a", "self", value("0.9")), trade("a", { lots: "100" }, { group: "cent" })];
    const factor = { rows: [{ when: { group: ["cent"] }, value: "0.01" }], otherwise: "1" };
    const factors = [{ name: "lot_size", factor }];
    assert.deepEqual(lines(plan(pays, { factors }), facts), ["a 0.60"]);
    const gate = { needs: { metric: { stated: "clients" }, atLeast: "5" }, otherwise: { value: "1.1" } };
    assert.deepEqual(lines(plan(pays, { gate }), facts), ["a 20.00"]);
    assert.deepEqual(lines(plan(pays, { gate, factors }), facts), ["a 0.20"]);
  });

  it("own customers at the whole value, where the plan says so", () => {
    const facts = [trade("self", { lots: "100" })];
    assert.deepEqual(lines(plan(pays), facts), []);
    assert.deepEqual(lines(plan({ ...pays, ownCustomers: "paid" }), facts), ["2026-03 150.00"]);
  });

  it("a sub-partner that states no value is refused by name", () => {
    assert.throws(
      () => lines(plan(pays), [sub("a"), trade("a", { lots: "1" })]),
      /Sub-partner a states no "level_value"/,
    );
  });
});

describe("a whole that is divided along the chain", () => {
  const up = (pass: string[]): Pays => ({ mode: "cascade", direction: "up", pass, rate: "0.5", of: "commission" });

  it("FX16: shares 20 and 10 passed up: 80 %, 18 % and 2 % of the reward, to the cent", () => {
    // 20.02 × 0.5 = 10.01: 8.008, 1.8018 and 0.2002; one cent is left for the largest remainder.
    const brought = trade("c", { commission: "20.02" });
    const own = { ...trade("self", { commission: "20.02" }) };
    const p = plan(up(["0.20", "0.10"]));
    assert.deepEqual(lines(p, [sub("self", "b"), sub("b", "a"), own]), ["2026-03 8.01"]);
    assert.deepEqual(lines(p, [sub("self", "a"), sub("c"), brought]), ["c 1.80"]);
    assert.deepEqual(lines(p, [sub("b"), sub("c", "b"), brought]), ["c 0.20"]);
  });

  it("passed down from the top: the last keeps all", () => {
    const p = plan({ mode: "cascade", direction: "down", pass: ["0.75", "0.50"], rate: "1", of: "commission" });
    const brought = trade("c", { commission: "80" });
    assert.deepEqual(lines(p, [sub("b"), sub("c", "b"), brought]), ["c 20.00"]);
    assert.deepEqual(lines(p, [sub("self", "a"), sub("c"), brought]), ["c 30.00"]);
    assert.deepEqual(lines(p, [sub("self", "b"), sub("b", "a"), trade("self", { commission: "80" })]), [
      "2026-03 30.00",
    ]);
  });

  it("a pot by shares; without an parent partner its share is the referrer's, or the operator's", () => {
    const pot = (rest?: "referrer" | "operator"): Pays => ({
      mode: "fixed_pot",
      amount: "10",
      of: { quantity: "lots" },
      shares: ["0.5", "0.3", "0.2"],
      ...(rest === undefined ? {} : { rest }),
    });
    const own = trade("self", { lots: "10" });
    assert.deepEqual(lines(plan(pot()), [own]), ["2026-03 100.00"]);
    assert.deepEqual(lines(plan(pot()), [sub("self", "a"), own]), ["2026-03 70.00"]);
    assert.deepEqual(lines(plan(pot("operator")), [sub("self", "a"), own]), ["2026-03 50.00"]);
    assert.deepEqual(lines(plan(pot()), [trade("b", { lots: "10" })]), ["b 30.00"]);
  });

  it("shares that do not sum to one are refused, and a whole that is said twice or not at all", () => {
    const shares = { mode: "fixed_pot", rate: "0.5", of: "spread", shares: ["0.5", "0.3"] } as const;
    assert.throws(() => lines(plan({ ...shares, shares: [...shares.shares] }), []), /sum to one/);
    assert.throws(() => lines(plan({ ...up(["0.2"]), amount: "30" } as Pays), []), /exactly one/);
    assert.throws(() => lines(plan({ ...up(["0.2"]), of: { quantity: "lots" } } as Pays), []), /share of a measure/);
  });
});

describe("never more than a share of the broker's revenue", () => {
  const pays: Pays = { mode: "percent_of_commission", rates: ["0.50"] };
  const facts = [trade("a", { revenue: "100" }), trade("b", { revenue: "50" }), earned("a", "60"), earned("b", "30")];
  const of = (share: string) => plan(pays, { atMostOf: { measure: "revenue", share } });

  it("with what the sub-partners earn; the cut falls on all in proportion", () => {
    // Of 150 they earn 90; the partner would get 45.
    assert.deepEqual(lines(of("1"), facts), ["a 30.00", "b 15.00"]);
    assert.deepEqual(lines(of("0.80"), facts), ["a 20.00", "b 10.00"]);
    assert.deepEqual(lines(of("0.5"), facts), ["a 0.00", "b 0.00"]);
  });
});

describe("parent partners that cannot be", () => {
  const pays: Pays = { mode: "percent_of_commission", rates: ["0.10"] };
  it("a circle is refused with the way it takes", () => {
    const facts = [sub("a", "b"), sub("b", "a"), earned("a", "100")];
    assert.throws(() => lines(plan(pays), facts), /circle on 2026-03-31: a → b → a/);
  });
  it("two parent partners on one day are refused", () => {
    const facts = [
      sub("a", "self", { until: "2026-03-10" }),
      sub("a", "b", { from: "2026-03-09" }),
      earned("a", "100"),
    ];
    assert.throws(() => lines(plan(pays), facts), /below self and below b on 2026-03-09/);
  });
});
