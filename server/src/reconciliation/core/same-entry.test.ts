import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { KnownEntry, NewEntry } from "../contracts.ts";
import { sortOut } from "./same-entry.ts";

function entry(more: Partial<NewEntry> = {}): NewEntry {
  const one = {
    family: "iso", kind: "statement" as const, bankReference: null, bookedOn: "2026-03-10", valueOn: null, currency: "EUR", amountMinor: -5000n,
    endToEndId: null, refs: [], name: null, account: null, text: "", returned: null, original: null, details: [], batchSize: null, contentKey: "", ...more,
  }; // biome-ignore format: a record
  return {
    ...one,
    contentKey: more.contentKey ?? `${one.bookedOn}|${one.amountMinor}|${one.endToEndId}|${one.text}`,
  };
}

/** Takes files one after the other, as an account does. */
function taken(files: readonly (readonly NewEntry[])[]): KnownEntry[] {
  const known: KnownEntry[] = [];
  for (const file of files)
    for (const fresh of sortOut(known, file).fresh) known.push({ ...fresh, entryId: BigInt(known.length + 1) });
  return known;
}

type Line = readonly [name: string, before: NewEntry[], file: NewEntry[], fresh: number];
const TABLE: readonly Line[] = [
  ["the same file again", [entry({ text: "a" }), entry({ text: "b" })], [entry({ text: "a" }), entry({ text: "b" })], 0],
  ["two alike in one file are two bookings", [], [entry(), entry()], 2],
  ["of two alike one was known", [entry()], [entry(), entry()], 1],
  ["the report of the day, then the statement, worded otherwise", [entry({ kind: "report", text: "intraday" })], [entry({ text: "end of day" })], 0],
  ["another format of the same day", [entry({ family: "swift", text: "NTRF//1" })], [entry({ text: "SEPA CREDIT" })], 0],
  ["another format, two payouts of the same amount with other ids", [entry({ family: "swift", endToEndId: "PAY1" })], [entry({ endToEndId: "PAY2" })], 1],
  ["the bank's reference, worded otherwise", [entry({ bankReference: "R1", text: "x" })], [entry({ bankReference: "R1", text: "y" })], 0],
  ["two references of the bank are two bookings", [entry({ bankReference: "R1" })], [entry({ bankReference: "R2" })], 1],
  ["the same reference with another amount", [entry({ bankReference: "R1" })], [entry({ bankReference: "R1", amountMinor: -1n, text: "z" })], 1],
  ["another day", [entry({ text: "a" })], [entry({ text: "a", bookedOn: "2026-03-11" })], 1],
  ["another currency", [entry({ family: "swift" })], [entry({ currency: "USD", text: "x" })], 1],
  ["the same layout with another text is another entry", [entry({ family: "sheet a", text: "rent" })], [entry({ family: "sheet a", text: "fee" })], 1],
]; // biome-ignore format: a table

describe("the same entry twice", () => {
  for (const [name, before, file, fresh] of TABLE)
    it(name, () => {
      assert.equal(sortOut(taken([before]), file).fresh.length, fresh);
    });

  const days = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 6 }),
      minor: fc.constantFrom(-100n, -200n, 300n),
      text: fc.constantFrom("a", "b"),
    }),
    { maxLength: 30 },
  );
  const asEntry = ({ day, minor, text }: { day: number; minor: bigint; text: string }) =>
    entry({ family: "sheet a", bookedOn: `2026-03-0${day}`, amountMinor: minor, text });
  const cuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 });
  const contents = (entries: readonly Pick<NewEntry, "contentKey">[]) => entries.map((one) => one.contentKey).sort();

  it("pieces of whole days, overlapping and in any order, come to the whole, and once more changes nothing", () => {
    fc.assert(
      fc.property(days, cuts, (rows, pieces) => {
        const whole = rows.map(asEntry).sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : 1));
        const inDays = ([a, b]: readonly [number, number]) =>
          whole.filter(
            (one) =>
              Number(one.bookedOn.slice(-1)) >= Math.min(a, b) && Number(one.bookedOn.slice(-1)) <= Math.max(a, b),
          );
        const known = taken([...pieces.map(inDays), whole, ...pieces.map(inDays), whole]);
        assert.deepEqual(contents(known), contents(whole));
      }),
    );
  });

  it("pieces cut anywhere come to the whole where each entry has the bank's reference or a running balance", () => {
    fc.assert(
      fc.property(
        days,
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 6 }),
        fc.boolean(),
        (rows, pieces, referenced) => {
          let running = 0n;
          const whole = rows.map(asEntry).map((one, at) => {
            running += one.amountMinor;
            return referenced
              ? { ...one, bankReference: `R${at}` }
              : { ...one, contentKey: `${one.contentKey}|${running}|${at}` };
          });
          const known = taken([...pieces.map(([a, b]) => whole.slice(Math.min(a, b), Math.max(a, b) + 1)), whole]);
          assert.equal(known.length, whole.length);
          assert.deepEqual(contents(known), contents(whole));
        },
      ),
    );
  });
});
