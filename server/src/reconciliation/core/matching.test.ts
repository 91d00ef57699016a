import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type AccountKind, RECIPES } from "../../ledger/core/recipes.ts";
import { OPERATOR_BOOKS } from "../../ledger/index.ts";
import type { Candidate, Expected, OpenEntry } from "../contracts.ts";
import { batchCandidates, candidatesOf, decide } from "./decide.ts";
import { keptByBank, movementsOf } from "./movements.ts";
import { normalised, referencesIn } from "./references.ts";
import { scorePair } from "./score.ts";

const settings = { autoScore: 85, feeMinor: 500n };

function entry(more: Partial<OpenEntry> = {}): OpenEntry {
  return {
    entryId: 1n, bookedOn: "2026-04-08", currency: "EUR", amountMinor: -10_000n, endToEndId: null, refs: [], name: null, account: null, text: "", returned: null,
    original: null, details: [], ...more,
  }; // biome-ignore format: a record
}
function payout(more: Partial<Expected> = {}): Expected {
  return {
    expectedId: 1n, kind: "out", payoutId: "pay_1", batchId: "pbt_1", partnerId: "prt_a", payeeName: "Sofia Ruiz SL", account: "•••• 1332", endToEndId: "pay-01k9x3m4",
    refs: [], currency: "EUR", amountMinor: 10_000n, expectedOn: "2026-04-07", ...more,
  }; // biome-ignore format: a record
}

const named = { endToEndId: "PAY-01K9X3M4" };
type Line = readonly [
  name: string,
  entry: Partial<OpenEntry>,
  payout: Partial<Expected>,
  score: number | null,
  sure: boolean,
];
const TABLE: readonly Line[] = [
  ["end-to-end id and amount on the next day", named, {}, 88, true],
  ["with name and account as well", { ...named, name: "SOFIA RUIZ SL", account: "ES9121000418450200051332" }, {}, 100, true],
  ["the id within the text, in two pieces", { text: "EREF pay-01k9 x3m4 SVWZ commission" }, {}, 80, false],
  ["amount, account, name and day, and no reference", { name: "Sofia Ruiz SL", account: "ES9121000418450200051332" }, {}, 58, false],
  ["only the amount", {}, {}, 38, false],
  ["the id and another amount contradict", { ...named, amountMinor: -9_000n }, {}, 18, false],
  ["the bank put its fee on top", { ...named, amountMinor: -10_350n }, {}, 78, false],
  ["more than the bank may keep", { ...named, amountMinor: -10_501n }, {}, 18, false],
  ["the id and another account contradict", { ...named, account: "ES9121000418450200059999" }, {}, 63, false],
  ["booked long before it was sent", { ...named, bookedOn: "2026-03-01" }, {}, 50, false],
  ["in another currency, with the payout's amount told", { ...named, currency: "USD", amountMinor: -10_870n, original: { minor: 10_000n, currency: "EUR" } }, {}, 86, true],
  ["in another currency, and no word of the payout's", { ...named, currency: "USD" }, {}, 38, false],
  ["money in is no payout", { ...named, amountMinor: 10_000n }, {}, null, false],
]; // biome-ignore format: a table

describe("what speaks for a match", () => {
  for (const [name, left, right, score, sure] of TABLE)
    it(name, () => {
      const [one, expected] = [entry(left), payout(right)];
      const found = scorePair(
        { ...one, refs: referencesIn([one.endToEndId], [one.text]) },
        expected,
        settings.feeMinor,
      );
      assert.equal(found?.score ?? null, score);
      const decided = decide(candidatesOf([{ entry: one, expected, isReturn: false }], settings), settings);
      assert.equal(
        decided.some((candidate) => candidate.sure),
        sure,
      );
    });

  it("two payouts that are as likely need a person", () => {
    const pairs = [payout(), payout({ expectedId: 2n, payoutId: "pay_2" })].map((expected) => ({
      entry: entry(named),
      expected,
      isReturn: false,
    }));
    const decided = decide(candidatesOf(pairs, settings), settings);
    assert.deepEqual(
      decided.map((one) => [one.expectedIds, one.sure]),
      [[[1n], false]],
    );
  });

  it("one debit for a batch: named it is sure, by its sum alone it is offered", () => {
    const group = [payout({ amountMinor: 6_000n }), payout({ expectedId: 2n, amountMinor: 4_000n })];
    const groups = new Map([["PBT1FILE", group]]);
    const [offered] = batchCandidates([entry()], groups);
    assert.deepEqual([offered?.score, offered?.expectedIds], [50, [1n, 2n]]);
    const [sure] = batchCandidates([entry({ refs: ["PBT1FILE"] })], groups);
    assert.equal(sure?.score, 88);
    assert.deepEqual(batchCandidates([entry({ amountMinor: -10_001n, refs: ["PBT1FILE"] })], groups), []);
  });
});

describe("references", () => {
  it("are the same however a bank writes them, also over a line's end", () => {
    assert.equal(normalised("pay-01K9/x3 m4"), "PAY01K9X3M4");
    const found = referencesIn(["NOTPROVIDED"], ["EREF+PAY-01K9", "X3M4 thanks"]);
    assert.ok(found.includes("PAY01K9X3M4"), found.join(" "));
    assert.ok(!found.includes("NOTPROVIDED"), "what has no digit is no reference");
  });
});

const candidate = fc.record({
  entryId: fc.bigInt({ min: 1n, max: 8n }),
  expectedIds: fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n }), { minLength: 1, maxLength: 3 }),
  score: fc.integer({ min: 40, max: 100 }),
  kind: fc.constant("one" as const), reasons: fc.constant([]), feeMinor: fc.constant(0n), rate: fc.constant(null),
}); // biome-ignore format: a record

describe("deciding", () => {
  it("never uses an entry or a payout twice, and does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 40 }), fc.func(fc.integer()), (candidates: Candidate[], order) => {
        const distinct = [
          ...new Map(
            candidates.map((one) => [
              `${one.entryId} ${one.expectedIds.toSorted((a, b) => (a < b ? -1 : 1))}`,
              { ...one, expectedIds: one.expectedIds.toSorted((a, b) => (a < b ? -1 : 1)) },
            ]),
          ).values(),
        ];
        const decided = decide(distinct, settings);
        const entries = decided.map((one) => one.entryId);
        const expected = decided.flatMap((one) => one.expectedIds);
        assert.equal(new Set(entries).size, entries.length);
        assert.equal(new Set(expected).size, expected.length);
        const again = decide(
          distinct.toSorted((a, b) => order(a) - order(b)),
          settings,
        );
        const told = (all: readonly Candidate[]) =>
          all.map((one) => `${one.entryId} ${one.expectedIds} ${one.score}`).sort();
        assert.deepEqual(told(again), told(decided));
      }),
    );
  });
});

/** What transfers do to an account of a kind, in a currency: debit positive. */
function moved(transfers: ReturnType<typeof movementsOf>, kind: AccountKind, currency: string): bigint {
  return transfers
    .filter((one) => one.currency === currency)
    .reduce(
      (sum, one) =>
        sum +
        (RECIPES[one.recipe].debit === kind
          ? one.amountMinor
          : RECIPES[one.recipe].credit === kind
            ? -one.amountMinor
            : 0n),
      0n,
    );
}

describe("movements of a match", () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 6 });
  const kinds = fc.constantFrom("out" as const, "back" as const);

  it("move the bank's account by exactly what its entries say, the way of the payouts by what they come to, and back again to nothing", () => {
    fc.assert(
      fc.property(amounts, kinds, fc.bigInt({ min: 0n, max: 50n }), fc.boolean(), (minors, kind, fee, foreign) => {
        const due = minors.reduce((sum, one) => sum + one, 0n);
        const currency = foreign ? "USD" : "EUR";
        const seen = foreign ? due + 777n : kind === "out" ? due + fee : due - (fee < due ? fee : 0n);
        if (seen === 0n) return;
        const expected = minors.map((amountMinor, at) => ({
          expectedId: BigInt(at),
          kind,
          payoutId: `pay_${at}`,
          currency,
          amountMinor,
        }));
        const entries = [
          { entryId: 1n, amountMinor: kind === "out" ? -seen : seen, currency: "EUR", bookedOn: "2026-04-08" },
        ];
        const kept = keptByBank(entries, expected);
        const match = { matchId: "mtc_1", bankAccountId: "bac_1", entries, expected, feeMinor: kept ?? 0n };
        const there = movementsOf(match, OPERATOR_BOOKS, null);
        const sign = kind === "out" ? 1n : -1n;
        assert.equal(moved(there, "bank", "EUR"), entries[0]?.amountMinor);
        assert.equal(moved(there, "payout_clearing", currency), sign * due);
        const both = [...there, ...movementsOf(match, OPERATOR_BOOKS, "2026-05-01", true)];
        for (const account of ["bank", "payout_clearing", "bank_fees", "fx_clearing"] as const)
          for (const code of ["EUR", "USD"]) assert.equal(moved(both, account, code), 0n);
        assert.equal(new Set(both.map((one) => one.idempotencyKey)).size, both.length);
        for (const one of both)
          assert.ok(one.amountMinor !== 0n && (RECIPES[one.recipe].signed || one.amountMinor > 0n), one.recipe);
      }),
    );
  });

  it("a movement of the bank alone is its fee, or a fee given back", () => {
    const fee = (amountMinor: bigint) =>
      movementsOf(
        {
          matchId: "m",
          bankAccountId: "b",
          expected: [],
          feeMinor: 0n,
          entries: [{ entryId: 1n, amountMinor, currency: "EUR", bookedOn: "2026-04-08" }],
        },
        OPERATOR_BOOKS,
        null,
      );
    assert.deepEqual(
      fee(-500n).map((one) => [one.recipe, one.amountMinor, one.period]),
      [["bank_fee", 500n, "2026-04-01"]],
    );
    assert.deepEqual(
      fee(500n).map((one) => one.amountMinor),
      [-500n],
    );
  });
});
