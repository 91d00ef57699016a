import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlanDocument } from "@tributary/contract";
import fc from "fast-check";
import { addDays, addMonths, type Month, monthOf } from "../../kernel/period.ts";
import { type CalculatedLine, calculate, type Memory } from "./calculate.ts";
import { carriedInto } from "./models/index.ts";
import { RateTable } from "./rates.ts";
import { bookingOf, type NewLine, reconcile, type StoredLine } from "./reconcile.ts";
import type { Terms } from "./terms.ts";
import { type MinorOfDay, type ShortCustomer, type ShortTotal, shortFacts } from "./test-facts.ts";

const plan = PlanDocument.parse({
  language: 1,
  currency: "EUR",
  components: [
    {
      code: "cpa",
      model: "cpa",
      amount: "75.50",
      window: { from: "registration", days: 40 },
      qualification: {
        any: [
          { all: [{ metric: "first_deposit", atLeast: "10" }, { milestone: "kyc_passed" }] },
          { metric: "deposits", atLeast: "60" },
        ],
      },
      clawback: { on: ["chargeback"], within: { days: 60 } },
      hold: { days: 14 },
    },
    {
      code: "share",
      model: "revenue_share",
      rate: "0.333",
      carryover: { mode: "full" },
      base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
    },
  ],
});
const terms: Terms = {
  agreementVersionId: "agv_1",
  version: 1,
  validFrom: "2026-01-01",
  validTo: null,
  customers: "move",
  plan,
  planHash: "h",
};
const START = "2026-01-01";
const MONTHS = 5;
const LAST = addMonths(START, MONTHS - 1);
const rates = new RateTable(
  "ecb",
  Array.from({ length: 180 }, (_, index) => ({
    day: addDays("2025-12-30", index),
    currency: "USD",
    rate: `1.${100 + index}`,
  })),
);

interface Fact {
  readonly customer: number;
  readonly day: string;
  readonly kind: "registration" | "kyc_passed" | "deposit" | "chargeback" | "ggr" | "bonus";
  readonly minor: bigint;
  readonly currency: string;
}

const anyFact: fc.Arbitrary<Fact> = fc.record({
  customer: fc.integer({ min: 1, max: 4 }),
  day: fc.integer({ min: 0, max: 145 }).map((offset) => addDays(START, offset)),
  kind: fc.constantFrom("registration", "kyc_passed", "deposit", "chargeback", "ggr", "ggr", "bonus"),
  minor: fc.bigInt({ min: -20_000n, max: 20_000n }),
  currency: fc.constantFrom("EUR", "EUR", "USD"),
});
const history = fc.array(anyFact, { maxLength: 40 });

/** Facts of customers as the fold would give them; amounts of one day are one. */
function customersOf(facts: readonly Fact[]): ShortCustomer[] {
  return [...Map.groupBy(facts, (fact) => fact.customer)].map(([id, own]) => {
    const firstOf = (kind: Fact["kind"]) =>
      own
        .filter((fact) => fact.kind === kind)
        .map((fact) => fact.day)
        .sort()[0] ?? null;
    const amounts = (kind: Fact["kind"]): MinorOfDay[] =>
      own
        .filter((fact) => fact.kind === kind)
        .map(({ day, currency, minor }) => ({ day, currency, minor: minor < 0n ? -minor : minor }))
        .sort((a, b) => (`${a.day} ${a.currency} ${a.minor}` < `${b.day} ${b.currency} ${b.minor}` ? -1 : 1));
    return {
      customerId: String(id),
      cohort: "",
      registeredOn: firstOf("registration"),
      kycOn: firstOf("kyc_passed"),
      deposits: amounts("deposit"),
      chargebacks: amounts("chargeback"),
      refunds: [],
    };
  });
}

function totalsOf(facts: readonly Fact[]): ShortTotal[] {
  return facts
    .filter((fact) => fact.kind === "ggr" || fact.kind === "bonus")
    .map(({ day, kind, minor, currency }) => ({ day, measure: kind, minor, currency, cohort: "", product: "" }));
}

function run(facts: readonly Fact[], from: Month = START, to: Month = LAST, memories: readonly Memory[] = []) {
  return calculate({
    from,
    to,
    terms: [terms],
    termsFor: () => terms,
    facts: shortFacts(
      customersOf(facts),
      totalsOf(facts).filter((total) => monthOf(total.day) >= from && monthOf(total.day) <= to),
    ),
    memories,
    rates,
  });
}

const view = (lines: readonly CalculatedLine[]) =>
  JSON.stringify(
    [...lines].sort((a, b) => (a.key < b.key ? -1 : 1)),
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );

/** The books of one partner, kept the way the ledger keeps them: held and payable per line, every transfer by its recipe. */
class Books {
  readonly lines = new Map<string, StoredLine>();
  held = 0n;
  payable = 0n;
  transfers = 0;

  calculate(facts: readonly Fact[], today: string): void {
    for (const line of reconcile(run(facts).lines, [...this.lines.values()])) this.#book(line, today);
  }

  release(today: string): void {
    for (const line of this.lines.values()) {
      if (line.heldMinor === 0n || this.#until(line) > today) continue;
      this.held -= line.heldMinor;
      this.payable += line.heldMinor;
      this.lines.set(line.key, { ...line, heldMinor: 0n });
    }
  }

  readonly #holds = new Map<string, string>();
  #until(line: StoredLine): string {
    return this.#holds.get(line.key) ?? line.earnedOn;
  }

  #book(line: NewLine, today: string): void {
    const booking = bookingOf(line, { partnerId: "prt_1", programId: "prg_1" }, today, line.month);
    for (const { recipe, amountMinor } of booking.transfers) {
      this.transfers += 1;
      assert.ok(amountMinor > 0n);
      if (recipe === "hold") this.held += amountMinor;
      else if (recipe === "reverse") this.held -= amountMinor;
      else if (recipe === "accrue") this.payable += amountMinor;
      else if (recipe === "claw_back") this.payable -= amountMinor;
      else assert.fail(recipe);
    }
    this.#holds.set(line.key, line.heldUntil ?? line.earnedOn);
    this.lines.set(line.key, { ...line, heldMinor: booking.heldMinor });
  }

  check(): void {
    const lines = [...this.lines.values()];
    assert.equal(
      this.held,
      lines.reduce((sum, line) => sum + line.heldMinor, 0n),
    );
    assert.equal(
      this.held + this.payable,
      lines.reduce((sum, line) => sum + line.amountMinor, 0n),
    );
    for (const line of lines) assert.ok(line.heldMinor >= 0n && line.heldMinor <= line.amountMinor, line.key);
  }
}

describe("what holds for every history", () => {
  it("the order of arrival does not matter", () => {
    fc.assert(
      fc.property(history, fc.func(fc.nat()), (facts, salt) => {
        const shuffled = facts.map((fact, index) => ({ fact, at: salt(index) })).sort((a, b) => a.at - b.at);
        assert.equal(view(run(shuffled.map((one) => one.fact)).lines), view(run(facts).lines));
      }),
    );
  });

  it("a customer is paid at most once, a month never below zero, the carry never above zero", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const { lines, memories } = run(facts);
        const cpas = lines.filter((line) => line.component === "cpa");
        assert.equal(new Set(cpas.map((line) => line.subjectId)).size, cpas.length);
        assert.ok(cpas.every((line) => line.amountMinor === 7550n || line.amountMinor === 0n));
        assert.ok(lines.every((line) => line.amountMinor >= 0n));
        const [, share] = plan.components;
        assert.ok(share);
        assert.ok(memories.every((one) => (carriedInto(share, one.own)?.units ?? 0n) <= 0n));
        assert.equal(new Set(lines.map((line) => line.key)).size, lines.length);
      }),
    );
  });

  it("months one by one, each with the carry of the one before, come to what all of them come to at once", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const whole = run(facts);
        let carry: readonly Memory[] = [];
        const parts: CalculatedLine[] = [];
        for (let month = START; month <= LAST; month = addMonths(month, 1)) {
          const part = run(facts, month, month, carry);
          parts.push(...part.lines.filter((line) => line.component === "share"));
          carry = part.memories.filter((one) => one.month === addMonths(month, 1));
        }
        assert.equal(view(parts), view(whole.lines.filter((line) => line.component === "share")));
      }),
    );
  });

  it("calculating twice books nothing the second time", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const books = new Books();
        books.calculate(facts, "2026-03-15");
        const before = books.transfers;
        books.calculate(facts.toReversed(), "2026-03-15");
        assert.equal(books.transfers, before);
        books.check();
      }),
    );
  });

  it("a reversal returns the books to where they were, and taking everything back to nothing", () => {
    fc.assert(
      fc.property(history, history, fc.integer({ min: 0, max: 200 }), (facts, more, offset) => {
        const today = addDays(START, offset);
        const books = new Books();
        books.calculate(facts, today);
        books.release(today);
        const before = { held: books.held, payable: books.payable };
        books.calculate([...facts, ...more], today);
        books.check();
        books.calculate(facts, today);
        books.check();
        assert.equal(books.held + books.payable, before.held + before.payable);
        books.calculate([], today);
        assert.deepEqual({ held: books.held, payable: books.payable }, { held: 0n, payable: 0n });
      }),
    );
  });

  it("events one after the other, with holds released in between, come to what they come to together", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const slowly = new Books();
        const days = facts.map((_, index) => addDays(START, index * 5));
        facts.forEach((_, index) => {
          slowly.calculate(facts.slice(0, index + 1), days[index] ?? START);
          slowly.release(days[index] ?? START);
          slowly.check();
        });
        const atOnce = new Books();
        atOnce.calculate(facts, LAST);
        assert.equal(slowly.held + slowly.payable, atOnce.held + atOnce.payable);
        const amounts = (books: Books) =>
          [...books.lines.values()]
            .filter((line) => line.amountMinor !== 0n)
            .map((line) => `${line.key} ${line.amountMinor}`)
            .sort();
        assert.deepEqual(amounts(slowly), amounts(atOnce));
      }),
    );
  });
});
