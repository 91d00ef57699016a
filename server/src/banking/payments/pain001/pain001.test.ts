import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { anyBatch, batchOf, DEBTORS, EURO_ACCOUNTS, FOREIGN_ACCOUNTS, paymentTo, written } from "../batches.fixture.ts";
import type { BankDetail, PaymentBatch, PaymentFormat, PaymentRefusal } from "../contracts.ts";
import { readPaymentFile } from "../read.ts";
import { writePaymentFile } from "../write.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../../shared/data"),
  "payments-out/xsd",
);
const skip = existsSync(data) ? false : `skipped: the folder ${data} with the public schemas is not here`;

/** The form of version 9 that Swiss banks take has no schema of its own elements: it is the one of ISO. */
const SCHEMAS: Partial<Record<PaymentFormat, string>> = { "pain.001.001.09.ch.03": "pain.001.001.09" };

function validatorOf(format: PaymentFormat): (bytes: Uint8Array) => void {
  const schema = XmlDocument.fromBuffer(readFileSync(join(data, `${SCHEMAS[format] ?? format}.xsd`)));
  const validator = XsdValidator.fromDoc(schema);
  return (bytes) => {
    const document = XmlDocument.fromBuffer(bytes);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
  };
}

function refusals(format: PaymentFormat, batch: PaymentBatch): readonly PaymentRefusal[] {
  const result = writePaymentFile(format, batch);
  assert.ok(!result.ok, "it was written");
  return result.refusals;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const [french] = EURO_ACCOUNTS as readonly [BankDetail];
const swissAccount: BankDetail = {
  method: "bank",
  country: "CH",
  currency: "CHF",
  holder: "x",
  fields: { iban: "CH9300762011623852957" },
};

const FORMS = [
  ["pain.001.001.03", DEBTORS.DE, [...EURO_ACCOUNTS, ...FOREIGN_ACCOUNTS]],
  ["pain.001.001.09", DEBTORS.DE, [...EURO_ACCOUNTS, ...FOREIGN_ACCOUNTS]],
  ["pain.001.001.03.ch.02", DEBTORS.CH, [...EURO_ACCOUNTS, ...FOREIGN_ACCOUNTS, swissAccount]],
  ["pain.001.001.09.ch.03", DEBTORS.CH, [...EURO_ACCOUNTS, ...FOREIGN_ACCOUNTS, swissAccount]],
  ["pain.001.002.03", DEBTORS.DE, EURO_ACCOUNTS],
  ["pain.001.003.03", DEBTORS.DE, EURO_ACCOUNTS],
] as const;

describe("pain.001", () => {
  for (const [format, debtor, accounts] of FORMS) {
    it(`${format}: whatever names hold, the file is valid by its schema, reads back and sums up`, { skip }, () => {
      const validate = validatorOf(format);
      fc.assert(
        fc.property(anyBatch(debtor, accounts), (batch) => {
          const file = written(format, batch);
          validate(file.bytes);
          const back = readPaymentFile(file.bytes);
          assert.ok(back.ok);
          const { payments, control } = back.file;
          assert.deepEqual([control.agrees, control.sum], [true, file.controlSum]);
          // Blocks put payments of one kind together: the same payments, not the same order.
          const facts = (one: { id: string; minor: bigint; currency: string }) =>
            `${one.id} ${one.minor} ${one.currency}`;
          const wanted = batch.payments.map(({ id, amount }) => facts({ id, ...amount }));
          assert.deepEqual(payments.map(facts).toSorted(), wanted.toSorted());
          assert.deepEqual(writePaymentFile(format, batch), { ok: true, file });
        }),
        { numRuns: 40 },
      );
    });
  }

  it("groups by paying account, day, currency and way, and counts each block", () => {
    const other = { ...DEBTORS.DE, fields: { iban: "DE75512108001245126199" } };
    const [us] = FOREIGN_ACCOUNTS as readonly [BankDetail];
    const batch = batchOf(DEBTORS.DE, [
      paymentTo(french, 100n, { id: "A" }),
      paymentTo(french, 250n, { id: "B" }),
      paymentTo(french, 1n, { id: "C", executionDate: "2026-04-07" }),
      paymentTo(french, 2n, { id: "D", debtor: other }),
      paymentTo(us, 12345n, { id: "E", chargeBearer: "payer" }),
    ]);
    const file = written("pain.001.001.09", batch);
    const xml = text(file.bytes);
    assert.deepEqual(xml.match(/<PmtInfId>.*<\/PmtInfId>/g)?.length, 4);
    assert.match(xml, /<NbOfTxs>2<\/NbOfTxs>\s*<CtrlSum>3.5<\/CtrlSum>/);
    assert.deepEqual(
      [file.controlSum, file.totals],
      [
        "126.98",
        [
          { minor: 353n, currency: "EUR" },
          { minor: 12345n, currency: "USD" },
        ],
      ],
    );
    assert.match(xml, /<ChrgBr>DEBT<\/ChrgBr>/);
    assert.equal(xml.match(/<ChrgBr>SLEV<\/ChrgBr>/g)?.length, 3);
  });

  it("says what it changed: letters, length and the charges of SEPA", () => {
    const name = "Łukasz Żółć & Söhne";
    const payment = paymentTo(french, 1n, {
      payee: { name, account: french },
      remittance: `${"x".repeat(139)}äö`,
      chargeBearer: "payer",
    });
    const { changes } = written("pain.001.001.03", batchOf(DEBTORS.DE, [payment]));
    const about = (field: string) => changes.find((one) => one.field === field && one.paymentId === "P-1")?.to;
    assert.equal(about("payee.name"), "Lukasz Zolc + Sohne");
    assert.equal(about("remittance"), `${"x".repeat(139)}a`);
    assert.match(about("chargeBearer") ?? "", /shared/);
    const swiss = written("pain.001.001.09.ch.03", batchOf(DEBTORS.CH, [{ ...payment, remittance: "ok" }]));
    assert.match(text(swiss.bytes), /<Nm>Łukasz Żółć &amp; Söhne<\/Nm>/);
  });

  it("carries every code that says where an account is, and tells what it has no element for", () => {
    const hong: BankDetail = {
      method: "bank",
      country: "HK",
      currency: "HKD",
      holder: "x",
      fields: { bankCode: "004", branchCode: "123", accountNumber: "456001", bic: "HSBCHKHH" },
    };
    const brazil: BankDetail = {
      method: "bank",
      country: "BR",
      currency: "USD",
      holder: "x",
      fields: { iban: "BR1800000000141455123924100C2", bic: "BCBBBRPR" },
    };
    const japan = FOREIGN_ACCOUNTS.find(({ country }) => country === "JP") as BankDetail;
    const { bytes, changes } = written(
      "pain.001.001.09",
      batchOf(DEBTORS.DE, [
        paymentTo(hong, 1n),
        paymentTo(brazil, 1n, { id: "P-2" }),
        paymentTo(japan, 1n, { id: "P-3" }),
      ]),
    );
    assert.match(
      text(bytes),
      /<BICFI>HSBCHKHH<\/BICFI>\s*<ClrSysMmbId>\s*<ClrSysId>\s*<Cd>HKNCC<\/Cd>\s*<\/ClrSysId>\s*<MmbId>004</,
    );
    assert.match(text(bytes), /<Id>123456001<\/Id>/);
    const told = changes
      .filter(({ field }) => field.startsWith("payee.account"))
      .map(({ paymentId, field }) => `${paymentId} ${field}`);
    assert.deepEqual(told, ["P-3 payee.account.accountType"]);
  });

  it("writes an address by its parts, and leaves out one without its town", () => {
    const places = [
      { street: "Rue 1", postCode: "75001", town: "Paris", country: "FR" },
      { postCode: "75001", country: "FR" },
    ];
    const payments = places.map((address, index) =>
      paymentTo(french, 1n, { id: `P-${index}`, payee: { name: "Ana", account: french, address } }),
    );
    for (const format of ["pain.001.001.03", "pain.001.001.09"] as const) {
      const { bytes, changes } = written(format, batchOf({ ...DEBTORS.CH, currency: "EUR" }, payments));
      assert.deepEqual(text(bytes).match(/<(?:TwnNm|AdrLine|Ctry)>[^<]*/g), ["<TwnNm>Paris", "<Ctry>FR"]);
      assert.deepEqual(
        changes.map(({ paymentId, field }) => `${paymentId} ${field}`),
        ["P-1 payee.address"],
      );
    }
  });

  it("writes amounts with as many places as the currency has", () => {
    const [, japan, , , kuwait] = FOREIGN_ACCOUNTS as readonly BankDetail[];
    const payments = [paymentTo(japan as BankDetail, 1234n), paymentTo(kuwait as BankDetail, 1234n, { id: "P-2" })];
    const file = written("pain.001.001.09", batchOf(DEBTORS.DE, payments));
    assert.deepEqual(text(file.bytes).match(/InstdAmt Ccy="\w+">[^<]*/g), [
      'InstdAmt Ccy="JPY">1234',
      'InstdAmt Ccy="KWD">1.234',
    ]);
    assert.equal(file.controlSum, "1235.234");
  });

  it("writes creditor references, and pays a QR-IBAN with its reference only", () => {
    const qr: BankDetail = { ...swissAccount, fields: { iban: "CH4431999123000889012" } };
    const good = paymentTo(qr, 5n, { reference: "21 00000 00003 13947 14300 09017" });
    assert.match(text(written("pain.001.001.03.ch.02", batchOf(DEBTORS.CH, [good])).bytes), /<Prtry>QRR<\/Prtry>/);
    // In euros too it is a payment inside Switzerland: SEPA has no such reference.
    const euros = written(
      "pain.001.001.09.ch.03",
      batchOf(DEBTORS.CH, [
        { ...good, amount: { minor: 5n, currency: "EUR" }, payee: { name: "A", account: { ...qr, currency: "EUR" } } },
      ]),
    );
    assert.doesNotMatch(text(euros.bytes), /SEPA|SLEV/);
    const scor = paymentTo(french, 5n, { reference: "RF18 5390 0754 7034" });
    assert.match(
      text(written("pain.001.001.03", batchOf(DEBTORS.DE, [scor])).bytes),
      /<Cd>SCOR<\/Cd>[\s\S]*<Ref>RF18539007547034</,
    );
    for (const payment of [
      paymentTo(qr, 5n, { remittance: "no reference" }),
      paymentTo(qr, 5n, { reference: "210000000003139471430009018" }),
      paymentTo(french, 5n, { reference: "RF19539007547034" }),
      paymentTo(french, 5n, { reference: "210000000003139471430009017" }),
    ]) {
      const [refusal] = refusals("pain.001.001.09.ch.03", batchOf(DEBTORS.CH, [payment]));
      assert.equal(refusal?.field, "reference");
    }
  });

  const REFUSED: readonly (readonly [string, PaymentFormat, PaymentBatch, string, string])[] = [
    ["another currency in a SEPA form", "pain.001.003.03", batchOf(DEBTORS.DE, [paymentTo({ ...french, currency: "PLN" }, 5n)]), "amount.currency", "currency_not_taken"],
    ["an account outside SEPA in a SEPA form", "pain.001.003.03", batchOf(DEBTORS.DE, [paymentTo({ method: "bank", country: "AE", currency: "EUR", holder: "x", fields: { iban: "AE070331234567890123456", bic: "EBILAEAD" } }, 5n)]), "payee.account.iban", "country_not_taken"],
    ["no BIC where the form wants one", "pain.001.002.03", batchOf(DEBTORS.DE, [paymentTo({ ...french, fields: { iban: "FR1420041010050500013M02606" } }, 5n)]), "payee.account.bic", "missing"],
    ["no BIC where SEPA leaves the European Economic Area", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo({ method: "bank", country: "GB", currency: "EUR", holder: "x", fields: { iban: "GB82WEST12345698765432" } }, 5n)]), "payee.account.bic", "missing"],
    ["a wrong IBAN", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo({ ...french, fields: { iban: "FR1420041010050500013M02607" } }, 5n)]), "payee.account.iban", "detail_refused"],
    ["nothing to pay", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 0n)]), "amount", "amount_not_positive"],
    ["more than SEPA carries", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 100_000_000_000n)]), "amount", "amount_too_large"],
    ["an id that is too long", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 1n, { id: "x".repeat(36) })]), "id", "too_long"],
    ["an id with a letter that banks do not take", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 1n, { id: "P_1" })]), "id", "wrong_characters"],
    ["two payments of one id", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 1n), paymentTo(french, 2n)]), "id", "duplicate_id"],
    ["no payment", "pain.001.001.09", batchOf(DEBTORS.DE, []), "payments", "empty"],
    ["a day that is none", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 1n)], { executionDate: "2026-02-30" }), "executionDate", "wrong_date"],
    ["a name without a letter", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(french, 1n, { payee: { name: "😀😀", account: french } })]), "payee.name", "nothing_left"],
    ["a payee abroad without a town", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo(FOREIGN_ACCOUNTS[0] as BankDetail, 1n, { payee: { name: "Ana", account: FOREIGN_ACCOUNTS[0] as BankDetail } })]), "payee.address", "missing"],
    ["a Swiss file from a German account", "pain.001.001.09.ch.03", batchOf(DEBTORS.DE, [paymentTo(french, 1n)]), "debtor.country", "country_not_taken"],
    ["a payee at PayPal", "pain.001.001.09", batchOf(DEBTORS.DE, [paymentTo({ method: "paypal", country: "FR", currency: "EUR", holder: "x", fields: { paypalReceiver: "a@b.co" } }, 1n)]), "payee.account.method", "method_not_taken"],
  ]; // biome-ignore format: a table
  for (const [what, format, batch, field, code] of REFUSED) {
    it(`refuses ${what}, naming field, value and way out, and writes nothing`, () => {
      const [first] = refusals(format, batch);
      assert.deepEqual([first?.field, first?.code], [field, code]);
      assert.ok((first?.hint ?? "").length > 10, "a way out");
    });
  }
});
