import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { anyBatch, batchOf, DEBTORS, EURO_ACCOUNTS, POUND_ACCOUNTS, paymentTo, written } from "../batches.fixture.ts";
import type { BankDetail } from "../contracts.ts";
import { readPaymentFile } from "../read.ts";
import { writePaymentFile } from "../write.ts";

const [first, second] = POUND_ACCOUNTS as readonly [BankDetail, BankDetail];

describe("Bacs submissions", () => {
  it("writes labels of 80 characters, payments and contra of 100, and the totals of both sides", () => {
    const result = writePaymentFile(
      "bacs",
      batchOf(DEBTORS.GB, [
        paymentTo(first, 12345n, { remittance: "March 2026" }),
        paymentTo(second, 55n, { id: "P-2" }),
      ]),
    );
    assert.ok(result.ok);
    const lines = new TextDecoder().decode(result.file.bytes).split("\r\n").slice(0, -1);
    assert.deepEqual(lines, [
      `VOL1026031${" ".repeat(31)}123456${" ".repeat(32)}1`,
      `HDR1A123456S  112345602603100010001       26091 26092 000000${" ".repeat(20)}`,
      `HDR2F0200000100${" ".repeat(35)}00${" ".repeat(28)}`,
      `UHL1 26092999999    00${" ".repeat(6)}1 DAILY  001${" ".repeat(40)}`,
      "4047847087249009940478470872490    00000012345OPERATOR          MARCH 2026        ANA PEREZ         ",
      "2000001234567809940478470872490    00000000055OPERATOR          P-2               ANA PEREZ         ",
      "4047847087249001740478470872490    00000012400RUN-2026-03-1     CONTRA            OPERATOR LTD      ",
      `EOF1A123456S  112345602603100010001       26091 26092 000000${" ".repeat(20)}`,
      `EOF2F0200000100${" ".repeat(35)}00${" ".repeat(28)}`,
      `UTL10000000012400000000001240000000010000002${" ".repeat(36)}`,
    ]);
    assert.deepEqual(
      lines.map((line) => line.length),
      [80, 80, 80, 80, 100, 100, 100, 80, 80, 80],
    );
  });

  it("reads back what it wrote, without the contra, and its totals agree", () => {
    fc.assert(
      fc.property(anyBatch(DEBTORS.GB, POUND_ACCOUNTS), (batch) => {
        const file = written("bacs", batch);
        const back = readPaymentFile(file.bytes);
        assert.ok(back.ok, back.ok ? "" : back.refusal.message);
        assert.deepEqual(
          back.file.payments.map(({ minor, id, party }) => [minor, id, `${party.bankCode} ${party.account}`]),
          batch.payments.map(({ amount, payee }, index) => [
            amount.minor,
            file.references[index]?.reference,
            `${payee.account.fields.sortCode} ${payee.account.fields.accountNumber}`,
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("refuses other currencies, other countries, weekends and a missing service user number", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const batch = batchOf(DEBTORS.GB, [
      paymentTo(french, 5n),
      paymentTo(first, 5n, { id: "P-2", executionDate: "2026-04-03" }),
    ]);
    const result = writePaymentFile("bacs", { ...batch, executionDate: "2026-04-04", initiator: { name: "Operator" } });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.refusals.map(({ field, code }) => `${field} ${code}`),
      [
        "options.bacs.serviceUserNumber missing",
        "executionDate wrong_date",
        "amount.currency currency_not_taken",
        "executionDate one_date",
        "executionDate one_date",
      ].filter((_, index) => index !== 3),
    );
  });

  it("refuses a file whose trailer says another sum", () => {
    const result = writePaymentFile("bacs", batchOf(DEBTORS.GB, [paymentTo(first, 12345n)]));
    assert.ok(result.ok);
    const text = new TextDecoder().decode(result.file.bytes);
    for (const changed of [
      text.replace("00000012345OPERATOR", "00000012346OPERATOR"),
      text.replace(/UTL1.*/, ""),
      text.replace("UTL10000000012345", "UTL10000000012344"),
    ]) {
      assert.ok(!readPaymentFile(new TextEncoder().encode(changed)).ok);
    }
  });

  it("gives each payment a reference of its own: a text that others have or that is cut says nothing in a return", () => {
    const payments = ["Commission March", "Commission March", "Commission pay-01k9", "April"].map((remittance, index) =>
      paymentTo(first, 1n, { id: `pay-01k9zzzzzzzzzzzzzzzz${index}`, remittance }),
    );
    const { references, changes } = written("bacs", batchOf(DEBTORS.GB, payments));
    assert.deepEqual(
      references.map(({ reference }) => reference),
      ["9ZZZZZZZZZZZZZZZZ0", "9ZZZZZZZZZZZZZZZZ1", "9ZZZZZZZZZZZZZZZZ2", "APRIL"].map((text) => text.slice(-18)),
    );
    assert.equal(changes.filter(({ field }) => field === "remittance").length, 4);
  });
});
