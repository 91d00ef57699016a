import fc from "fast-check";
import type { BankDetail, Debtor, Payment, PaymentBatch, PaymentFile, PaymentFormat } from "./contracts.ts";
import { writePaymentFile } from "./write.ts";

// Batches for tests: accounts whose check digits are right, everything else as wild as people and attackers write it.

function account(country: string, currency: string, fields: BankDetail["fields"]): BankDetail {
  return { method: "bank", country, currency, holder: "Account Holder", fields };
}

const address = { street: "Hauptstraße", building: "1a", postCode: "10115", town: "Berlin", country: "DE" } as const;

export const DEBTORS = {
  DE: {
    ...account("DE", "EUR", { iban: "DE89370400440532013000", bic: "COBADEFFXXX" }),
    holder: "Operator GmbH",
    address,
  },
  CH: { ...account("CH", "CHF", { iban: "CH9300762011623852957" }), holder: "Operator AG" },
  US: {
    ...account("US", "USD", { routingNumber: "021000021", accountNumber: "987654321", accountType: "checking" }),
    holder: "Operator Inc",
  },
  GB: { ...account("GB", "GBP", { sortCode: "404784", accountNumber: "70872490" }), holder: "Operator Ltd" },
} as const satisfies Record<string, Debtor>;

export const EURO_ACCOUNTS: readonly BankDetail[] = [
  account("FR", "EUR", { iban: "FR1420041010050500013M02606", bic: "PSSTFRPPXXX" }),
  account("DE", "EUR", { iban: "DE89370400440532013000", bic: "COBADEFF" }),
  account("NL", "EUR", { iban: "NL91ABNA0417164300", bic: "ABNANL2A" }),
  account("GB", "EUR", { iban: "GB82WEST12345698765432", bic: "MIDLGB22" }),
];

export const FOREIGN_ACCOUNTS: readonly BankDetail[] = [
  account("US", "USD", {
    routingNumber: "021000021",
    accountNumber: "123456789",
    accountType: "checking",
    bic: "CHASUS33",
  }),
  account("JP", "JPY", {
    bankCode: "0001",
    branchCode: "001",
    accountType: "ordinary",
    accountNumber: "1234567",
    bic: "BOTKJPJT",
  }),
  account("AE", "AED", { iban: "AE070331234567890123456", bic: "EBILAEAD" }),
  account("AU", "AUD", { bsb: "062000", accountNumber: "12345678" }),
  account("KW", "KWD", { iban: "KW81CBKU0000000000001234560101", bic: "CBKUKWKW" }),
];

export const DOLLAR_ACCOUNTS: readonly BankDetail[] = [
  account("US", "USD", { routingNumber: "091000019", accountNumber: "1234567", accountType: "savings" }),
  account("US", "USD", { routingNumber: "021000021", accountNumber: "76543210", accountType: "checking" }),
];

export const POUND_ACCOUNTS: readonly BankDetail[] = [
  account("GB", "GBP", { sortCode: "404784", accountNumber: "70872490" }),
  account("GB", "GBP", { sortCode: "200000", accountNumber: "12345678" }),
];

/** Any text with something in it, half characters, right-to-left marks and pictures included. */
const anyText = fc.string({ unit: "binary", maxLength: 200 });
/** A name in which at least one letter is one that every format has. */
const anyName = fc
  .tuple(anyText, fc.constantFrom("Ana", "Łukasz", "Иван", "王伟", "O'Neil"), anyText)
  .map((parts) => parts.join(" "));

export function anyPayment(accounts: readonly BankDetail[]): fc.Arbitrary<Omit<Payment, "id">> {
  return fc
    .record({
      account: fc.constantFrom(...accounts),
      minor: fc.bigInt({ min: 1n, max: 999_999_999n }),
      name: anyName,
      remittance: fc.option(anyName, { nil: undefined }),
      town: anyName,
      kind: fc.constantFrom("person" as const, "company" as const),
      chargeBearer: fc.constantFrom("shared" as const, "payer" as const, "payee" as const),
    })
    .map(({ account: paid, minor, name, remittance, town, kind, chargeBearer }) => ({
      amount: { minor, currency: paid.currency },
      payee: { name, account: paid, kind, address: { town, country: paid.country } },
      chargeBearer,
      ...(remittance === undefined ? {} : { remittance }),
    }));
}

export function anyBatch(debtor: Debtor, accounts: readonly BankDetail[]): fc.Arbitrary<PaymentBatch> {
  return fc.array(anyPayment(accounts), { minLength: 1, maxLength: 12 }).map((payments) =>
    batchOf(
      debtor,
      payments.map((payment, index) => ({ ...payment, id: `P-${index + 1}` })),
    ),
  );
}

/** A batch with everything that any format asks for. 2 April 2026 is a Thursday. */
export function batchOf(debtor: Debtor, payments: readonly Payment[], more: Partial<PaymentBatch> = {}): PaymentBatch {
  return {
    id: "RUN-2026-03-1",
    createdAt: new Date("2026-04-01T08:00:00Z"),
    initiator: { name: "Operator", id: "123456" },
    debtor,
    executionDate: "2026-04-02",
    payments,
    options: { mt101: { sender: "OPERDEFF", receiver: "COBADEFF" } },
    ...more,
  };
}

export function paymentTo(paid: BankDetail, minor: bigint, more: Partial<Payment> = {}): Payment {
  return {
    id: "P-1",
    amount: { minor, currency: paid.currency },
    payee: { name: "Ana Pérez", account: paid, address: { town: "Town", country: paid.country } },
    ...more,
  };
}

/** The file, or an error that says why there is none. */
export function written(format: PaymentFormat, batch: PaymentBatch): PaymentFile {
  const result = writePaymentFile(format, batch);
  if (result.ok) return result.file;
  throw new Error(
    result.refusals.map(({ paymentId, field, message }) => `${paymentId}: ${field} ${message}`).join("; "),
  );
}
