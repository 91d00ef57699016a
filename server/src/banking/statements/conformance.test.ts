import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { compare, decimalOf, negate, readComma, sumOf, ZERO } from "./amounts.ts";
import type { BankStatement, ReadStatementFile, StatementEntry } from "./contracts.ts";
import { readBankStatement } from "./read.ts";

// Files of banks and of other readers' test suites, with facts that were taken from them by other means. They are never copied here.
const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data");
const folder = join(data, "bank-statements");
const skip = existsSync(join(folder, "facts.csv")) ? false : `the bank statements of ${folder} are not here`;

interface Fact {
  readonly file: string;
  readonly element: string;
  readonly account: string;
  readonly currency: string;
  readonly entries: string;
  readonly sum_credit: string;
  readonly sum_debit: string;
  readonly opening: string;
  readonly closing: string;
  readonly verdict: string;
}

/** What may be refused, and by what words. Everything else has to be read. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  [/bai2\/errors__sample-parseError/, /begins with the file header \(01\)/],
  [/bai2\/fuzz__/, /neither days nor amounts/],
  [/camt\/bankstatementparser\/invalid\.xml/, /no account report, statement or notification/],
  [/camt_054_Beispiel_NotificationMissing/, /no account report, statement or notification|holds no statement/],
  [/betterplace__empty_86/, /no account, balance or entry/],
  [/self-provided__invalid_statement/, /neither days nor amounts/],
  [/ofx\/annacruz\/error\.ofx/, /the bank answered with error 2000/],
  [/signon_success_no_message/, /no account statement/],
  [/sheet\/bankstatementparser\/pain_file/, /neither days nor amounts/],
];

/** Facts that are wrong, and why: the number is what the file proves itself. */
const CORRECTED: Readonly<Record<string, number>> = {
  // Counted by lines that begin with 16; two of them hold a second one, and all controls of the file (49, 98, 99) hold with 26.
  "bai2/sample3.txt": 26,
};

function facts(): ReadonlyMap<string, readonly Fact[]> {
  const columns = [
    "file",
    "element",
    "account",
    "currency",
    "entries",
    "sum_credit",
    "sum_debit",
    "opening",
    "closing",
    "verdict",
  ];
  const rows = parse(readFileSync(join(folder, "facts.csv"), "utf8"), { columns, from_line: 2 }) as unknown as Fact[];
  return Map.groupBy(rows, (row) => row.file);
}

function statementFiles(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:xml|sta|ofx|qfx|txt|csv|xlsx|zip)$/.test(name))
    .filter((name) => !/facts\.csv|^xsd|pydata/.test(name))
    .sort();
}

/** The regular expressions behind the facts read `165799.66` of an MT940 as 165799: then the amounts are compared without their decimals. */
function cutsDecimals(file: string, text: string): boolean {
  return file.startsWith("mt940") && /:6[02][FM]:[CD]\d{6}[A-Z]{3}\d+\.\d/.test(text);
}

interface Comparison {
  readonly file: string;
  readonly cut: boolean;
}

function same(what: string, read: ReturnType<typeof decimalOf>, fact: string, { file, cut }: Comparison): void {
  if (fact === "") return;
  const expected = readComma(fact);
  assert.ok(expected !== undefined, `${file}: the fact ${fact}`);
  const shown = cut ? { units: read.units / 10n ** BigInt(read.scale), scale: 0 } : read;
  assert.equal(
    compare(shown, expected),
    0,
    `${file}: ${what} is ${JSON.stringify(shown, (_, v) => String(v))}, the fact is ${fact}`,
  );
}

function sumBySign(entries: readonly StatementEntry[], debit: boolean, cut: boolean): ReturnType<typeof decimalOf> {
  const amounts = entries.flatMap((one) =>
    one.amount !== null && one.amount.decimal.startsWith("-") === debit ? [one.amount] : [],
  );
  const whole = cut ? amounts.map((one) => ({ ...one, decimal: one.decimal.replace(/\..*/, "") })) : amounts;
  const sum = sumOf(whole);
  return debit ? negate(sum) : sum;
}

function plain(account: string): string {
  return account.replace(/\s/g, "").replace(/(?<=\d)[A-Z]{3}$/, "");
}

function compareStatement(one: BankStatement, fact: Fact, comparison: Comparison): void {
  const { file } = comparison;
  const own = [one.account.iban, one.account.number].map((text) => plain(text ?? ""));
  if (fact.account !== "")
    assert.ok(own.includes(plain(fact.account)), `${file}: account ${own.join(" / ")}, fact ${fact.account}`);
  if (fact.currency !== "") assert.equal(one.account.currency, fact.currency, file);
  assert.equal(one.entries.length, Number(fact.entries), `${file}: entries`);
  same("sum of credits", sumBySign(one.entries, false, comparison.cut), fact.sum_credit, comparison);
  same("sum of debits", sumBySign(one.entries, true, comparison.cut), fact.sum_debit, comparison);
  same("opening balance", one.opening === null ? ZERO : decimalOf(one.opening.amount), fact.opening, comparison);
  same("closing balance", one.closing === null ? ZERO : decimalOf(one.closing.amount), fact.closing, comparison);
  if (fact.verdict === "yes")
    assert.equal(
      one.balanced,
      true,
      `${file} at ${one.place} adds up: ${one.checks.map((check) => check.sentence).join(" ")}`,
    );
  if (fact.verdict.startsWith("no (")) assert.equal(one.balanced, false, `${file} at ${one.place} does not add up`);
}

/** OFX and BAI2 facts are of the whole file. */
function compareWhole(read: ReadStatementFile, fact: Fact, comparison: Comparison): void {
  const entries = read.statements.flatMap((one) => one.entries);
  assert.equal(entries.length, CORRECTED[fact.file] ?? Number(fact.entries), `${comparison.file}: entries`);
  if (fact.file in CORRECTED) assert.equal(read.balanced, true, fact.file);
  same("sum of credits", sumBySign(entries, false, false), fact.sum_credit, comparison);
  same("sum of debits", sumBySign(entries, true, false), fact.sum_debit, comparison);
  if (fact.verdict.includes("unparsable")) assert.equal(read.balanced, false, comparison.file);
  if (fact.element === "bai2") return;
  const [first] = read.statements;
  assert.equal(first?.account.number ?? first?.account.iban, fact.account, comparison.file);
  if (fact.currency !== "") assert.equal(first?.account.currency, fact.currency, comparison.file);
  if (fact.closing !== "")
    same(
      "closing balance",
      decimalOf(first?.closing?.amount ?? { decimal: "-", minor: null, currency: null }),
      fact.closing,
      comparison,
    );
}

test("every bank statement of others reads as its facts say, or is refused for its reason", { skip }, async (t) => {
  const known = facts();
  let [read, refused] = [0, 0];
  for (const file of statementFiles()) {
    const bytes = readFileSync(join(folder, file));
    const reading = await readBankStatement(bytes, { fileName: file });
    const refusal = REFUSED.find(([name]) => name.test(file));
    if (reading.outcome === "refused") {
      assert.ok(refusal?.[1].test(reading.sentence), `${file} is refused: ${reading.sentence}`);
      refused += 1;
      continue;
    }
    assert.equal(refusal, undefined, `${file} is read, and should be refused`);
    const rows = known.get(file) ?? [];
    const comparison = { file, cut: cutsDecimals(file, bytes.toString("latin1")) };
    if (rows.length === 1 && /^(?:ofx|bai2)$/.test(rows[0]?.element ?? ""))
      compareWhole(reading, rows[0] as Fact, comparison);
    else if (rows.length > 0) {
      assert.equal(reading.statements.length, rows.length, `${file}: statements`);
      for (const [at, fact] of rows.entries())
        compareStatement(reading.statements[at] as BankStatement, fact, comparison);
    }
    read += 1;
  }
  t.diagnostic(`${read + refused} files: ${read} read as their facts say, ${refused} refused for their reason`);
});

interface SwiftExpectation {
  readonly amount?: { readonly amount: string };
  readonly date?: string;
  readonly entry_date?: string;
  readonly id?: string;
  readonly customer_reference?: string | null;
  readonly bank_reference?: string | null;
  readonly end_to_end_reference?: string | null;
  readonly applicant_name?: string | null;
  readonly applicant_iban?: string | null;
  readonly purpose?: string | null;
}

/** The other reader joins the whole file and turns the wraps of the banks into blanks, or not: blanks are not compared. */
function bare(text: string | null | undefined): string {
  return (text ?? "").replace(/\s+/g, "");
}

function compareSwift(file: string, entry: StatementEntry, expected: SwiftExpectation): void {
  const say = (what: string, got: string | null | undefined, wanted: string | null | undefined): void =>
    assert.equal(bare(got), bare(wanted), `${file} at ${entry.place}: ${what}`);
  const amount = readComma(expected.amount?.amount ?? "");
  if (amount !== undefined)
    assert.equal(
      compare(decimalOf(entry.amount ?? { decimal: "-", minor: null, currency: null }), amount),
      0,
      `${file} at ${entry.place}`,
    );
  say("value date", entry.valueDate, expected.date);
  if (expected.entry_date !== undefined) say("booking date", entry.bookingDate, expected.entry_date);
  say("type", entry.codes.find((code) => code.system === "swift")?.code, expected.id);
  const customer = /^(?:NONREF|[EPK]REF|MARF)\s*$/.test(expected.customer_reference ?? "")
    ? ""
    : expected.customer_reference;
  if (expected.customer_reference) say("customer reference", entry.references.customer, customer);
  say("bank reference", entry.references.accountServicer, expected.bank_reference);
  if (expected.end_to_end_reference) say("end-to-end id", entry.references.endToEndId, expected.end_to_end_reference);
  if (expected.applicant_name) say("name", entry.counterparty?.name, expected.applicant_name);
  if (expected.applicant_iban)
    say("account", entry.counterparty?.iban ?? entry.counterparty?.account, expected.applicant_iban);
  if (expected.purpose)
    assert.ok(
      bare(entry.remittance.unstructured.join("")).includes(bare(expected.purpose)),
      `${file}: ${expected.purpose}`,
    );
}

test("the entries of MT940 files are those that another reader found", { skip }, async (t) => {
  const swift = join(folder, "mt940/wolph");
  let compared = 0;
  for (const name of readdirSync(swift).filter((one) => one.endsWith(".sta"))) {
    const reading = await readBankStatement(readFileSync(join(swift, name)));
    if (reading.outcome === "refused") continue;
    const { transactions } = JSON.parse(readFileSync(join(swift, name.replace(".sta", ".expected.json")), "utf8")) as {
      transactions: SwiftExpectation[];
    };
    const entries = reading.statements.flatMap((one) => one.entries);
    assert.equal(entries.length, transactions.length, name);
    for (const [at, expected] of transactions.entries()) compareSwift(name, entries[at] as StatementEntry, expected);
    compared += entries.length;
  }
  t.diagnostic(`${compared} entries`);
});

interface CamtExpectation {
  readonly getAmount: { readonly getAmount: string; readonly getCurrency: { readonly getCode: string } };
  readonly getBookingDate: { readonly 0: string } | null;
  readonly getValueDate: { readonly 0: string } | null;
  readonly getReversalIndicator: boolean;
  readonly getAccountServicerReference: string | null;
  readonly getTransactionDetail: { readonly getReference?: { readonly getEndToEndId: string | null } } | null;
}

test("the entries of camt files are those that another reader found", { skip }, async (t) => {
  const genkgo = join(folder, "camt/genkgo");
  let compared = 0;
  for (const name of readdirSync(genkgo).filter((one) => one.endsWith(".json"))) {
    const { getEntries } = JSON.parse(readFileSync(join(genkgo, name), "utf8")) as { getEntries: CamtExpectation[] };
    const reading = await readBankStatement(readFileSync(join(genkgo, name.replace(".json", ".xml"))));
    assert.ok(reading.outcome === "read", name);
    const entries = reading.statements.flatMap((one) => one.entries);
    for (const expected of getEntries.filter((one) => typeof one !== "string")) {
      // The other reader gives the last statement's entries only, and loses the fourth and fifth decimal.
      const entry = entries.find(
        (one) => one.amount?.minor != null && String(one.amount.minor) === expected.getAmount.getAmount,
      );
      assert.ok(entry !== undefined, `${name}: ${expected.getAmount.getAmount}`);
      assert.equal(entry.amount?.currency, expected.getAmount.getCurrency.getCode, name);
      if (expected.getBookingDate !== null)
        assert.equal(entry.bookingDate, expected.getBookingDate[0].slice(0, 10), name);
      if (expected.getValueDate !== null) assert.equal(entry.valueDate, expected.getValueDate[0].slice(0, 10), name);
      assert.equal(entry.reversal, expected.getReversalIndicator, name);
      const id = expected.getTransactionDetail?.getReference?.getEndToEndId;
      if (id && !/NOTPROVIDED/i.test(id))
        assert.ok(
          [entry, ...entry.details].some((one) => one.references.endToEndId === id),
          `${name}: ${id}`,
        );
      compared += 1;
    }
  }
  t.diagnostic(`${compared} entries`);
});
