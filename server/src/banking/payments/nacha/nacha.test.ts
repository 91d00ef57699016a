import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { anyBatch, batchOf, DEBTORS, DOLLAR_ACCOUNTS, EURO_ACCOUNTS, paymentTo, written } from "../batches.fixture.ts";
import type { BankDetail, PaymentBatch } from "../contracts.ts";
import { readPaymentFile } from "../read.ts";
import { writePaymentFile } from "../write.ts";

const [savings, checking] = DOLLAR_ACCOUNTS as readonly [BankDetail, BankDetail];

function linesOf(batch: PaymentBatch) {
  const file = written("nacha", batch);
  return { file, lines: new TextDecoder().decode(file.bytes).split("\n").slice(0, -1) };
}

describe("ACH files", () => {
  it("writes the records of NACHA, each of 94 characters, filled up to blocks of ten", () => {
    const batch = batchOf(DEBTORS.US, [
      paymentTo(savings, 12345n, { remittance: "Commission 2026-03" }),
      paymentTo(checking, 1n, { id: "P-2" }),
    ]);
    const { file, lines } = linesOf({ ...batch, initiator: { name: "Operator", id: "1123456789" } });
    assert.deepEqual(lines.slice(0, 7), [
      "101 02100002111234567892604010800A094101                       Operator                       ",
      "5220Operator                            1123456789CCDCOMMISSION      260402   1021000020000001",
      "6320910000191234567          0000012345P-1            Ana Perez               1021000026354270",
      "705Commission 2026-03                                                              00016354270",
      "62202100002176543210         0000000001P-2            Ana Perez               0021000026354271",
      `822000000300112000030000000000000000000123461123456789${" ".repeat(25)}021000020000001`,
      "9000001000001000000030011200003000000000000000000012346                                       ",
    ]);
    assert.deepEqual([lines.length, lines[9]], [10, "9".repeat(94)]);
    assert.deepEqual(file.references, [
      { paymentId: "P-1", reference: "021000026354270" },
      { paymentId: "P-2", reference: "021000026354271" },
    ]);
  });

  it("takes PPD for people and CCD for companies with one addenda, and CTX with as many as the text needs when it is asked for", () => {
    const person = { name: "Ana", account: checking, kind: "person" as const };
    const text = { remittance: "x".repeat(170) };
    const { lines, file } = linesOf(
      batchOf(DEBTORS.US, [
        paymentTo(checking, 1n, { payee: person }),
        paymentTo(checking, 1n, { id: "P-2", ...text }),
      ]),
    );
    const classes = (all: readonly string[]) =>
      all.filter((line) => line.startsWith("5")).map((line) => line.slice(50, 53));
    assert.deepEqual(classes(lines), ["PPD", "CCD"]);
    assert.deepEqual(
      file.changes.filter(({ field }) => field === "remittance").map(({ paymentId, to }) => [paymentId, to.length]),
      [["P-2", 80]],
    );
    const asked = linesOf(
      batchOf(DEBTORS.US, [paymentTo(checking, 1n, { id: "P-3", ...text })], {
        options: { nacha: { entryClass: "CTX" } },
      }),
    ).lines;
    assert.deepEqual(classes(asked), ["CTX"]);
    assert.equal(asked.find((line) => line.startsWith("6"))?.slice(54, 58), "0003");
    assert.deepEqual(
      asked.filter((line) => line.startsWith("705")).map((line) => line.slice(83, 87)),
      ["0001", "0002", "0003"],
    );
  });

  for (const balanced of [false, true]) {
    it(`reads back what it wrote, with its totals, ${balanced ? "balanced" : "credits only"}`, () => {
      fc.assert(
        fc.property(anyBatch(DEBTORS.US, DOLLAR_ACCOUNTS), (batch) => {
          const { file, lines } = linesOf({ ...batch, options: { nacha: { balanced } } });
          assert.ok(lines.every((line) => line.length === 94) && lines.length % 10 === 0);
          const back = readPaymentFile(file.bytes);
          assert.ok(back.ok, back.ok ? "" : back.refusal.message);
          const { payments, nacha } = back.file;
          const total = batch.payments.reduce((sum, payment) => sum + payment.amount.minor, 0n);
          assert.deepEqual([nacha?.summedCredit, nacha?.controlCredit, nacha?.all94], [total, total, true]);
          assert.equal(nacha?.summedDebit, balanced ? total : 0n);
          const credits = payments.filter(({ direction }) => direction === "credit");
          const byTrace = new Map(credits.map((payment) => [payment.id, payment.minor]));
          for (const { paymentId, reference } of file.references) {
            const sent = batch.payments.find(({ id }) => id === paymentId);
            assert.equal(byTrace.get(reference), sent?.amount.minor);
          }
          assert.deepEqual(writePaymentFile("nacha", { ...batch, options: { nacha: { balanced } } }), {
            ok: true,
            file,
          });
        }),
        { numRuns: 60 },
      );
    });
  }

  it("refuses what ACH does not carry: other currencies, accounts abroad, no company id", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const batch = {
      ...batchOf(DEBTORS.US, [paymentTo(french, 5n), paymentTo(checking, 10_000_000_000n, { id: "P-2" })]),
      initiator: { name: "Operator" },
    };
    const result = writePaymentFile("nacha", batch);
    assert.ok(!result.ok);
    const told = result.refusals.map(({ paymentId, field, code }) => `${paymentId} ${field} ${code}`);
    for (const one of [
      "null initiator.id missing",
      "P-1 amount.currency currency_not_taken",
      "P-1 payee.account.country not_domestic",
      "P-2 amount amount_too_large",
    ])
      assert.ok(told.includes(one), `${one} in ${told.join(", ")}`);
    assert.match(result.refusals.find(({ code }) => code === "not_domestic")?.hint ?? "", /IAT/);
  });

  it("refuses a file whose digits were changed, whichever it was", () => {
    const { file } = linesOf(
      batchOf(DEBTORS.US, [paymentTo(savings, 12345n), paymentTo(checking, 777n, { id: "P-2" })]),
    );
    const text = new TextDecoder().decode(file.bytes);
    // Digits of amounts (in entries and controls) and of the counts and hashes that guard them.
    const lines = text.split("\n");
    const places = [
      ...[2, 3].flatMap((line) => [
        [line, 35],
        [line, 38],
        [line, 5],
      ]),
      [4, 8],
      [4, 15],
      [4, 43],
      [5, 20],
      [5, 54],
    ] as const;
    for (const [line, place] of places) {
      const changed = lines.map((one, index) => {
        if (index !== line) return one;
        return `${one.slice(0, place)}${(Number(one[place]) + 1) % 10}${one.slice((place ?? 0) + 1)}`;
      });
      const read = readPaymentFile(new TextEncoder().encode(changed.join("\n")));
      assert.ok(!read.ok, `line ${line}, place ${place} was taken`);
    }
  });

  it("numbers another file otherwise, and carries the end of the payment's id, so that a return names one payment", () => {
    const payments = [paymentTo(savings, 1n, { id: "pay-01k9aaaaaaaaaaaaaaaaaaaaaa" })];
    const [one, other] = ["RUN-1", "RUN-2"].map((id) => linesOf(batchOf(DEBTORS.US, payments, { id })));
    assert.notEqual(one?.file.references[0]?.reference, other?.file.references[0]?.reference);
    assert.equal(one?.lines[2]?.slice(39, 54), "aaaaaaaaaaaaaaa");
  });
});
