import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { anyBatch, batchOf, DEBTORS, EURO_ACCOUNTS, FOREIGN_ACCOUNTS, paymentTo, written } from "../batches.fixture.ts";
import type { BankDetail } from "../contracts.ts";
import { readPaymentFile } from "../read.ts";
import { writePaymentFile } from "../write.ts";

const ACCOUNTS = [...EURO_ACCOUNTS, ...FOREIGN_ACCOUNTS];
const SET_X = /^[A-Za-z0-9/\-?:().,'+ {}]*$/;

describe("SWIFT MT101", () => {
  it("writes blocks and fields as SWIFT wants them", () => {
    const [us] = FOREIGN_ACCOUNTS as readonly [BankDetail];
    const file = written(
      "mt101",
      batchOf(DEBTORS.DE, [paymentTo(us, 500_000n, { remittance: "- March", chargeBearer: "payer" })]),
    );
    assert.equal(
      new TextDecoder().decode(file.bytes),
      [
        "{1:F01OPERDEFFAXXX0000000000}{2:I101COBADEFFXXXXN}{4:",
        ":20:RUN-2026-03-1",
        ":28D:1/1",
        ":50H:/DE89370400440532013000",
        "Operator GmbH",
        "Hauptstrasse 1a",
        "DE 10115 Berlin",
        ":52A:COBADEFFXXX",
        ":30:260402",
        ":21:P-1",
        ":32B:USD5000,00",
        ":57A://FW021000021",
        "CHASUS33",
        ":59:/123456789",
        "Ana Perez",
        "US Town",
        ":70:. March",
        ":71A:OUR",
        "-}",
      ].join("\r\n"),
    );
  });

  it("stays inside set X and 35 characters a line, and reads back what it wrote", () => {
    fc.assert(
      fc.property(anyBatch(DEBTORS.DE, ACCOUNTS), (batch) => {
        const file = written("mt101", batch);
        const text = new TextDecoder().decode(file.bytes);
        for (const line of text.split("\r\n")) {
          assert.match(line, SET_X);
          if (!/^[:{]/.test(line)) assert.ok(line.length <= 35, line);
        }
        const back = readPaymentFile(file.bytes);
        assert.ok(back.ok, back.ok ? "" : back.refusal.message);
        const facts = batch.payments.map(({ id, amount }) => `${id} ${amount.minor} ${amount.currency}`);
        assert.deepEqual(
          back.file.payments.map(({ id, minor, currency }) => `${id} ${minor} ${currency}`),
          facts,
        );
        assert.equal(back.file.control.agrees, true);
      }),
      { numRuns: 60 },
    );
  });

  it("chains messages of at most 10,000 characters, and says when one of a chain is missing", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const payments = Array.from({ length: 120 }, (_, index) =>
      paymentTo(french, 5n, { id: `P-${index}`, remittance: "x".repeat(140) }),
    );
    const file = written("mt101", batchOf(DEBTORS.DE, payments));
    const text = new TextDecoder().decode(file.bytes);
    const messages = text.split(/(?<=-\})\r\n/);
    assert.ok(messages.length > 2 && messages.every((message) => message.length <= 10_000));
    const whole = readPaymentFile(file.bytes);
    assert.ok(whole.ok && whole.file.control.agrees && whole.file.payments.length === 120);
    const part = readPaymentFile(new TextEncoder().encode(messages.slice(1).join("\r\n")));
    assert.ok(part.ok && !part.file.control.agrees);
    assert.ok(!readPaymentFile(new TextEncoder().encode(text.slice(0, -10))).ok);
  });

  it("writes the end of ids that SWIFT has no room for, says so, and refuses two that end alike", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const long = (end: string) => `pay-01k9zzzzzzzzzz${end}`;
    const payments = [
      paymentTo(french, 1n, { id: long("aaaaaaaaaaa1") }),
      paymentTo(french, 2n, { id: long("aaaaaaaaaaa2") }),
    ];
    const file = written("mt101", batchOf(DEBTORS.DE, payments, { id: "dsp-01k9zzzzzzzzzzzzzzzzzzzzzz" }));
    assert.deepEqual(
      file.references.map(({ reference }) => reference),
      ["zzzzaaaaaaaaaaa1", "zzzzaaaaaaaaaaa2"],
    );
    assert.match(new TextDecoder().decode(file.bytes), /:20:zzzzzzzzzzzzzzzz\r\n[\s\S]*:21:zzzzaaaaaaaaaaa1\r\n/);
    const alike = [
      paymentTo(french, 1n, { id: "a-1234567890123456" }),
      paymentTo(french, 2n, { id: "b-1234567890123456" }),
    ];
    const refused = writePaymentFile("mt101", batchOf(DEBTORS.DE, alike));
    assert.equal(refused.ok ? "written" : refused.refusals[0]?.code, "duplicate_id");
  });

  it("refuses an account whose bank field 57 cannot name, and tells codes it has no place for", () => {
    const singapore: BankDetail = {
      method: "bank",
      country: "SG",
      currency: "SGD",
      holder: "x",
      fields: { bankCode: "7171", accountNumber: "0011234567" },
    };
    const refused = writePaymentFile("mt101", batchOf(DEBTORS.DE, [paymentTo(singapore, 1n)]));
    assert.equal(refused.ok ? "written" : refused.refusals[0]?.field, "payee.account.bic");
    const named: BankDetail = { ...singapore, fields: { ...singapore.fields, bic: "DBSSSGSG" } };
    const { changes } = written("mt101", batchOf(DEBTORS.DE, [paymentTo(named, 1n)]));
    assert.ok(changes.some(({ field, from }) => field === "payee.account.bankCode" && from === "7171"));
  });
});
