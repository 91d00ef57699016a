import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { batchOf, DEBTORS, DOLLAR_ACCOUNTS, EURO_ACCOUNTS, paymentTo, written } from "../batches.fixture.ts";
import type { BankDetail, FormatOptions, Payment, PaymentFormat } from "../contracts.ts";
import { writePaymentFile } from "../write.ts";

const paypal: BankDetail = {
  method: "paypal",
  country: "US",
  currency: "USD",
  holder: "M Brown",
  fields: { paypalReceiver: "mbrown@email.com" },
};
const wise: BankDetail = {
  method: "wise",
  country: "GB",
  currency: "GBP",
  holder: "M Brown",
  fields: { wiseRecipientId: "40000000" },
};
const payoneer: BankDetail = {
  method: "payoneer",
  country: "IN",
  currency: "USD",
  holder: "M Brown",
  fields: { payoneerPayeeId: "prt-1" },
};

function lines(format: PaymentFormat, payments: readonly Payment[], options: FormatOptions = {}): readonly string[] {
  const { bytes } = written(format, batchOf(DEBTORS.DE, payments, { options }));
  return new TextDecoder().decode(bytes).trimEnd().split("\r\n");
}

function refusedFields(format: PaymentFormat, payments: readonly Payment[]): readonly string[] {
  const result = writePaymentFile(format, batchOf(DEBTORS.DE, payments));
  assert.ok(!result.ok);
  return result.refusals.map(({ field, code }) => `${field} ${code}`);
}

describe("files of payment providers", () => {
  it("writes PayPal's rows as its documents print them", () => {
    const payment = paymentTo(paypal, 10050n, { id: "ID001", remittance: "Here is your payment" });
    assert.deepEqual(lines("paypal-csv", [payment]), ["mbrown@email.com,100.50,USD,ID001,Here is your payment,PAYPAL"]);
    const euros = {
      ...payment,
      amount: { minor: 10050n, currency: "EUR" },
      payee: { name: "M", account: { ...paypal, currency: "EUR" } },
    };
    assert.deepEqual(lines("paypal-csv", [euros], { paypal: { decimalComma: true } }), [
      'mbrown@email.com,"100,50",EUR,ID001,Here is your payment,PAYPAL',
    ]);
  });

  it("holds PayPal's limits: one currency, ids of 30 without blanks, whole forints, its own currencies", () => {
    const forints = (minor: bigint, id: string) => paymentTo({ ...paypal, currency: "HUF" }, minor, { id });
    assert.deepEqual(lines("paypal-csv", [forints(150000n, "A")])[0], "mbrown@email.com,1500,HUF,A,,PAYPAL");
    assert.deepEqual(refusedFields("paypal-csv", [forints(150050n, "A")]), ["amount wrong_format"]);
    assert.deepEqual(refusedFields("paypal-csv", [paymentTo(paypal, 1n), forints(100n, "B")]), [
      "amount.currency one_currency",
    ]);
    assert.deepEqual(refusedFields("paypal-csv", [paymentTo(paypal, 1n, { id: "x".repeat(31) })]), ["id too_long"]);
    assert.deepEqual(refusedFields("paypal-csv", [paymentTo({ ...paypal, currency: "KWD" }, 1n)]), [
      "amount.currency currency_not_taken",
    ]);
    const many = Array.from({ length: 5001 }, (_, index) => paymentTo(paypal, 1n, { id: `P${index}` }));
    assert.deepEqual(refusedFields("paypal-csv", many), ["payments too_many"]);
  });

  it("writes Wise's template for saved recipients, with the side on which the amount is exact", () => {
    const [header, row] = lines("wise-csv", [paymentTo(wise, 12345n, { remittance: "March", chargeBearer: "payee" })]);
    assert.match(
      header ?? "",
      /^recipientId,name,recipientEmail,.*sourceCurrency,targetCurrency,amountCurrency,amount/,
    );
    assert.match(row ?? "", /^40000000,Ana Pérez,,,INSTITUTION,EUR,GBP,source,123\.45,March,GB,Town/);
  });

  it("writes Payoneer's rows with the payment's id, which comes back", () => {
    const [, row] = lines("payoneer-csv", [paymentTo(payoneer, 500n, { id: "PAY-9" })]);
    assert.equal(row, "prt-1,5.00,USD,PAY-9,PAY-9,2026-04-02");
  });

  it("writes any columns that a bank asks for, and never a formula", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const payment = paymentTo(french, 12345n, { payee: { name: '=cmd|"calc"', account: french }, remittance: "a;b" });
    const options: FormatOptions = {
      csv: {
        delimiter: ";",
        decimal: ",",
        columns: [
          { title: "Name", value: "name" },
          { title: "IBAN", value: "account.iban" },
          { title: "Amount", value: "amount" },
          { title: "Kind", value: "fixed", fixed: "SALA" },
          { title: "Text", value: "remittance" },
        ],
      },
    };
    assert.deepEqual(lines("csv", [payment], options), [
      "Name;IBAN;Amount;Kind;Text",
      '"cmd|""calc""";FR1420041010050500013M02606;123,45;SALA;"a;b"',
    ]);
    const result = writePaymentFile("csv", batchOf(DEBTORS.DE, [payment], { options }));
    assert.ok(result.ok);
    assert.deepEqual(result.file.changes, [
      { paymentId: "P-1", field: "payee.name", from: '=cmd|"calc"', to: 'cmd|"calc"' },
    ]);
  });

  it("does not put a bank account into a provider's file", () => {
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    for (const format of ["paypal-csv", "wise-csv", "payoneer-csv"] as const) {
      assert.deepEqual(refusedFields(format, [paymentTo(french, 1n)]), ["payee.account.method method_not_taken"]);
    }
  });

  it("writes every field that an account has when no columns are named, and refuses columns that would lose the account", () => {
    const [us] = DOLLAR_ACCOUNTS as readonly [BankDetail];
    const [french] = EURO_ACCOUNTS as readonly [BankDetail];
    const payments = [
      paymentTo(us, 100n, { id: "A" }),
      paymentTo(french, 250n, { id: "B" }),
      paymentTo(paypal, 3n, { id: "C" }),
    ];
    assert.deepEqual(lines("csv", payments), [
      "Payment ID,Payee,Country,iban,bic,routingNumber,accountNumber,accountType,paypalReceiver,Amount,Currency,Date,Reference",
      "A,Ana Pérez,US,,,091000019,1234567,savings,,1.00,USD,2026-04-02,",
      "B,Ana Pérez,FR,FR1420041010050500013M02606,PSSTFRPPXXX,,,,,2.50,EUR,2026-04-02,",
      "C,Ana Pérez,US,,,,,,mbrown@email.com,0.03,USD,2026-04-02,",
    ]);
    const options: FormatOptions = {
      csv: {
        columns: [
          { title: "IBAN", value: "account.iban" },
          { title: "Amount", value: "amount" },
        ],
      },
    };
    const result = writePaymentFile("csv", batchOf(DEBTORS.DE, payments, { options }));
    assert.ok(!result.ok);
    assert.deepEqual(
      result.refusals.map(({ paymentId, field }) => `${paymentId} ${field}`),
      ["A payee.account.accountNumber", "C payee.account.paypalReceiver"],
    );
  });
});
