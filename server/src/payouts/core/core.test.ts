import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Calendar, calendarOf, isBankDay } from "./bank-days.ts";
import type { Draft, Gathering, Payable, PayeeTerms } from "./contracts.ts";
import { bankDayOnOrAfter, bankDaysAfter, earliestExecution } from "./cut-off.ts";
import { controlSum } from "./drafts.ts";
import { gather, partsOf } from "./gather.ts";
import { bankKey, payoutOfKey, uuidOf } from "./keys.ts";
import { type PayoutState, stateAfter, type ToldStatus } from "./life.ts";

const TERMS: PayeeTerms = {
  name: "Acme SL",
  payoutCurrency: null,
  threshold: null,
  feeBearer: "operator",
  invoicing: "none",
  withholding: null,
  details: [
    { detailId: "bnk_1", method: "bank", currency: "EUR", country: "ES", account: "ES •••• 1332" },
    { detailId: "bnk_2", method: "wise", currency: "USD", country: "US", account: "US •••• 77" },
  ],
  blocks: [],
};

function payable(minor: bigint, more: Partial<Payable> = {}): Payable {
  return {
    statementId: "stm_1",
    partnerId: "prt_1",
    currency: "EUR",
    month: "2026-03-01",
    minor,
    byProgram: [{ programId: "prg_1", minor }],
    taxWithheld: false,
    onAccount: false,
    spokenFor: [],
    ...more,
  };
}

function world(
  payables: readonly Payable[],
  terms: Partial<PayeeTerms> = {},
  more: Partial<Gathering> = {},
): Gathering {
  return {
    payables,
    payeeOf: () => "pye_1",
    payees: new Map([["pye_1", { ...TERMS, ...terms }]]),
    invoices: new Map(),
    rate: (from, to) =>
      `${from}${to}` === "EURUSD" ? { rate: "1.0825", day: "2026-04-01", source: "ecb" } : undefined,
    routes: [
      { sourceId: "psr_1", method: "bank", currencies: ["EUR"], countries: [], fees: { EUR: 150n } },
      { sourceId: "psr_2", method: "wise", currencies: ["USD"], countries: ["US"], fees: { USD: 400n } },
    ],
    ...more,
  };
}

function codes(draft: Draft | undefined): readonly string[] {
  return draft?.reasons.map((one) => one.code) ?? ["no draft"];
}

describe("what becomes a payout", () => {
  it("a threshold that has to be exceeded is not met by its own amount, one of at least is", () => {
    for (const [kind, minor, held] of [
      ["exceeds", 10_000n, true],
      ["exceeds", 10_001n, false],
      ["at_least", 10_000n, false],
      ["at_least", 9_999n, true],
    ] as const) {
      const threshold = { minor: 10_000n, currency: "EUR", kind };
      const [draft] = gather(world([payable(minor)], { threshold }));
      assert.deepEqual(codes(draft), held ? ["below_threshold"] : [], `${kind} ${minor}`);
    }
  });

  it("one payee of several statements and partners is paid once per currency", () => {
    const drafts = gather(
      world([
        payable(6_000n),
        payable(5_000n, { statementId: "stm_2", partnerId: "prt_2" }),
        payable(900n, { statementId: "stm_3", currency: "SEK" }),
      ]),
    );
    assert.deepEqual(
      drafts.map((one) => [one.currency, one.amountMinor, one.items.length, codes(one)]),
      [
        ["EUR", 11_000n, 2, []],
        ["SEK", 900n, 1, ["no_source", "other_currency"]],
      ],
    );
  });

  it("programs with payees of their own share the statement by what each earned, and lose no cent", () => {
    const one = payable(1_001n, {
      byProgram: [
        { programId: "a", minor: 600n },
        { programId: "b", minor: 600n },
        { programId: "c", minor: -199n },
      ],
    });
    const parts = partsOf(one, { payeeOf: (_, program) => (program === "a" ? "pye_a" : "pye_b") });
    assert.deepEqual(
      parts.map((part) => [part.payeeId, part.gross]),
      [
        ["pye_a", 501n],
        ["pye_b", 500n],
      ],
    );
  });

  it("a payee with invoices waits for them; of one without, tax is withheld once", () => {
    const own = { invoicing: "own_invoice" } as const;
    assert.deepEqual(codes(gather(world([payable(10_000n)], own))[0]), ["invoice_missing"]);
    const invoice = { invoiceId: "ivc_1", number: "2026-7", missing: null };
    const invoices = new Map([["stm_1 pye_1", invoice]]);
    const [paid] = gather(world([payable(10_000n)], { ...own, withholding: "0.15" }, { invoices }));
    assert.deepEqual([paid?.amountMinor, paid?.items[0]?.invoiceNumber, codes(paid)], [10_000n, "2026-7", []]);
    const part = new Map([["stm_1 pye_1", { ...invoice, missing: "February is on no invoice." }]]);
    assert.deepEqual(codes(gather(world([payable(10_000n)], own, { invoices: part }))[0]), ["invoice_missing"]);
    const [less] = gather(world([payable(10_001n)], { withholding: "0.15" }));
    assert.deepEqual([less?.amountMinor, less?.items[0]?.withheldMinor], [8_501n, 1_500n]);
    const [again] = gather(world([payable(8_501n, { taxWithheld: true })], { withholding: "0.15" }));
    assert.deepEqual(
      [again?.amountMinor, again?.items[0]?.withheldMinor],
      [8_501n, 0n],
      "what came back is paid as it stands",
    );
  });

  it("on account of an open month no invoice is asked for, and nothing is paid where tax is withheld by the month", () => {
    const early = payable(10_000n, { onAccount: true });
    const [draft] = gather(world([early], { invoicing: "self_billing" }));
    assert.deepEqual([draft?.amountMinor, codes(draft)], [10_000n, []]);
    const [taxed] = gather(world([early], { invoicing: "none", withholding: "0.15" }));
    assert.deepEqual(codes(taxed), ["tax_by_month"]);
  });

  it("another currency is paid by the stored rate, and the payee bears the fee only where it is agreed", () => {
    const [draft] = gather(world([payable(10_000n)], { payoutCurrency: "USD", feeBearer: "payee" }));
    const [item] = draft?.items ?? [];
    assert.deepEqual(
      [draft?.method, draft?.sourceId, draft?.amountMinor, draft?.feeMinor],
      ["wise", "psr_2", 10_425n, 400n],
    );
    assert.deepEqual([item?.rate?.rate, item?.feeMinor, item?.netMinor], ["1.0825", 370n, 9_630n]);
    assert.deepEqual(codes(gather(world([payable(100n)], { payoutCurrency: "GBP" }))[0]), [
      "rate_missing",
      "no_source",
      "other_currency",
      "nothing_to_pay",
    ]);
  });

  it("a partner without a payee, and a payee with a block, are held with the reason", () => {
    assert.deepEqual(codes(gather(world([payable(5n)], {}, { payeeOf: () => undefined }))[0]), ["no_payee"]);
    const blocks = [{ code: "cooling_off", sentence: "New account until 3 April." }];
    assert.deepEqual(codes(gather(world([payable(5n)], { blocks }))[0]), ["cooling_off"]);
  });

  it("whatever is payable: the drafts come to the statements, to the cent", () => {
    const one = fc.record({
      minor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      programs: fc.array(fc.bigInt({ min: -1000n, max: 10n ** 6n }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), (all) => {
        const payables = all.map(({ minor, programs }, index) =>
          payable(minor, {
            statementId: `stm_${index}`,
            byProgram: programs.map((gain, number) => ({ programId: `p${number}`, minor: gain })),
          }),
        );
        const payeeOf = (_: Payable, program: string | null) => (program === "p1" ? "pye_2" : "pye_1");
        const payees = new Map([
          ["pye_1", TERMS],
          ["pye_2", TERMS],
        ]);
        const drafts = gather(world(payables, {}, { payeeOf, payees }));
        const sum = drafts.reduce((total, draft) => total + draft.amountMinor, 0n);
        assert.equal(
          sum,
          all.reduce((total, { minor }) => total + minor, 0n),
        );
        for (const draft of drafts)
          assert.equal(
            draft.amountMinor,
            draft.items.reduce((total, item) => total + item.paidMinor, 0n),
          );
      }),
      { numRuns: 200 },
    );
  });
});

describe("days and keys", () => {
  it("an order after the cut-off, or on a day without banks, is carried out later", () => {
    const cutOff = { at: "15:30", timeZone: "Europe/Madrid", leadDays: 0, calendar: "target" as const };
    for (const [now, leadDays, day] of [
      ["2026-04-01T13:29:00Z", 0, "2026-04-01"],
      ["2026-04-01T13:30:00Z", 0, "2026-04-02"],
      ["2026-04-02T20:00:00Z", 0, "2026-04-07"], // Good Friday, the weekend, Easter Monday
      ["2026-04-01T10:00:00Z", 1, "2026-04-02"],
      ["2026-12-24T23:30:00Z", 0, "2026-12-28"], // already the 25th in Madrid, then the weekend
    ] as const)
      assert.equal(earliestExecution(new Date(now), { ...cutOff, leadDays }, "2026-03-01"), day, now);
    assert.equal(
      earliestExecution(new Date("2026-03-30T08:00:00Z"), cutOff, "2026-04-03"),
      "2026-04-07",
      "wanted on Good Friday",
    );
    assert.equal(isBankDay("2027-03-26"), false, "Good Friday of the next year");
    assert.equal(bankDaysAfter("2026-04-02", 1, "target"), "2026-04-07");
  });

  it("knows the holidays of the euro, the dollar, the pound and the franc", () => {
    const closed: Readonly<Record<Calendar, readonly string[]>> = {
      target: ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"],
      // Of 2026 the 4th of July is a Saturday, which the Federal Reserve does not keep.
      us: [
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
        "2027-07-05",
      ],
      gb: [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
        "2027-12-27",
        "2027-12-28",
        "2028-01-03",
        "2022-12-27",
      ],
      ch: [
        "2026-01-02",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2027-01-01",
        "2025-08-01",
      ],
    };
    const open: Readonly<Record<Calendar, readonly string[]>> = {
      target: ["2026-05-25", "2026-11-11", "2026-12-28"],
      us: ["2026-04-03", "2026-05-01", "2026-07-03", "2026-12-28"],
      gb: ["2026-05-01", "2026-11-26", "2027-12-24", "2022-12-28"],
      ch: ["2026-05-04", "2026-08-31"],
    };
    for (const [calendar, days] of Object.entries(closed) as [Calendar, readonly string[]][]) {
      for (const day of days) assert.equal(isBankDay(day, calendar), false, `${calendar} ${day}`);
      for (const day of open[calendar]) assert.equal(isBankDay(day, calendar), true, `${calendar} ${day}`);
    }
    assert.equal(calendarOf({ format: "bacs", timeZone: "UTC" }), "gb");
    assert.equal(calendarOf({ format: "pain.001.001.09", timeZone: "Europe/Zurich" }), "ch");
    assert.equal(bankDayOnOrAfter("2026-05-22"), "2026-05-22");
    assert.equal(bankDayOnOrAfter("2026-05-25"), "2026-05-26", "Whit Monday, Memorial Day and the spring bank holiday");
  });

  it("a key comes back whatever the bank did to its case", () => {
    const id = "pay_06f5tq2k3v8w9x0y1z2a3b4c5d".slice(0, 30);
    assert.equal(payoutOfKey(bankKey(id).toUpperCase()), id);
    assert.equal(payoutOfKey("NOTPROVIDED"), null);
    assert.match(uuidOf(id), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(uuidOf(id), uuidOf(id));
  });

  it("the control sum names every currency", () => {
    assert.equal(
      controlSum([
        { currency: "USD", amountMinor: 5n },
        { currency: "EUR", amountMinor: 1n },
        { currency: "EUR", amountMinor: 2n },
      ]),
      "2 EUR 3 + 1 USD 5",
    );
  });
});

it("whatever is told in whatever order, a payout that ended does not move on", () => {
  const told = fc.constantFrom<ToldStatus>("accepted", "pending", "settled", "rejected", "returned", "partial");
  fc.assert(
    fc.property(fc.array(told, { maxLength: 12 }), (all) => {
      let state = "released" as PayoutState;
      const seen: PayoutState[] = [];
      for (const one of all) {
        const next = stateAfter(state, one);
        if (next === null) continue;
        assert.ok(state !== "rejected" && state !== "returned", `${state} moved to ${next}`);
        assert.ok(!seen.includes(next), "no state comes twice");
        seen.push(next);
        state = next;
      }
    }),
  );
});
