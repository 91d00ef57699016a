import { sumOf, totalsOf } from "../amounts.ts";
import type { PaymentBatch, WrittenFile } from "../contracts.ts";
import { type Demands, endOfId, Findings, type Prepared, prepare } from "../prepare.ts";
import { alpha, BLOCKING, hashText, numeric, RECORD, sixDigitDate } from "./layout.ts";

const DEMANDS: Demands = {
  methods: ["bank"],
  idSet: "ascii",
  idLength: 35,
  mostMinor: 9_999_999_999n,
  debtor: true,
  most: 999_999,
};

type EntryClass = "PPD" | "CCD" | "CTX";

interface Entry {
  readonly paymentId: string | null;
  readonly records: readonly string[];
  readonly bank: bigint;
  readonly credit: bigint;
  readonly debit: bigint;
  readonly trace: string;
}

interface Batch {
  readonly records: readonly string[];
  readonly entries: readonly Entry[];
  readonly hash: bigint;
  readonly credit: bigint;
  readonly debit: bigint;
}

/**
 * An ACH file (NACHA): one batch for each paying account, entry class and day, 94 characters a record, filled up to blocks of ten.
 * Payees abroad would be IAT entries, which need the whole way of the money: they are refused.
 */
export function writeNacha(batch: PaymentBatch): WrittenFile {
  const findings = new Findings();
  const prepared = prepare(batch, DEMANDS, findings);
  checkNacha(batch, prepared, findings);
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const header = fileHeader(batch, findings);
  const groups = Map.groupBy(prepared, (one) =>
    JSON.stringify([one.debtor.fields, one.executionDate, entryClassOf(one, batch)]),
  );
  let sequence = firstTrace(batch, prepared.length + groups.size);
  const next = () => {
    sequence += 1;
    return sequence;
  };
  const batches = [...groups.values()].map((group, index) => batchOf(batch, group, index + 1, next, findings));
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  checkFile(batches, findings);
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const lines = [header, ...batches.flatMap((one) => one.records), fileControl(batches)];
  while (lines.length % BLOCKING !== 0) lines.push("9".repeat(RECORD));
  const amounts = batch.payments.map((payment) => payment.amount);
  const entries = batches.flatMap((one) => one.entries);
  return {
    ok: true,
    file: {
      format: "nacha",
      fileName: `${batch.id.replace(/[^A-Za-z0-9.-]/g, "-")}.ach`,
      mediaType: "text/plain",
      bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
      payments: amounts.length,
      totals: totalsOf(amounts),
      controlSum: sumOf(amounts).toString(),
      changes: findings.changes,
      references: entries.flatMap(({ paymentId, trace }) =>
        paymentId === null ? [] : [{ paymentId, reference: trace }],
      ),
    },
  };
}

/**
 * Where the trace numbers of this file begin. They have to rise inside a file and should not be those of the last file: a return names its
 * payment by nothing else. The seven digits follow from the batch's id, so that the same batch has the same ones (FNV-1a).
 */
function firstTrace(batch: PaymentBatch, entries: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(batch.id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % Math.max(1, 9_999_999 - entries);
}

function checkNacha(batch: PaymentBatch, prepared: readonly Prepared[], findings: Findings): void {
  const companyId = batch.initiator.id ?? "";
  if (!/^[A-Za-z0-9 ]{1,10}$/.test(companyId)) {
    const hint = "Give the company id of the ACH agreement: up to 10 characters, mostly a 1 and the EIN.";
    findings.refuse(null, "initiator.id", companyId, [
      companyId === "" ? "missing" : "wrong_format",
      "is no company id",
      hint,
    ]);
  }
  const { modifier, destination } = batch.options?.nacha ?? {};
  if (modifier !== undefined && !/^[A-Z0-9]$/.test(modifier)) {
    findings.refuse(null, "options.nacha.modifier", modifier, [
      "wrong_format",
      "is no modifier",
      "Use one of A to Z, 0 to 9.",
    ]);
  }
  if (destination !== undefined && !/^\d{9}$/.test(destination)) {
    const hint = "Give the nine digits of its routing number.";
    findings.refuse(null, "options.nacha.destination", destination, ["wrong_format", "is no routing number", hint]);
  }
  for (const { payment, account, amount, debtor } of prepared) {
    if (amount.currency !== "USD") {
      const why = ["is not carried by ACH", "Pay it by pain.001 or MT101, or in dollars."] as const;
      findings.refuse(payment.id, "amount.currency", amount.currency, ["currency_not_taken", ...why]);
    }
    if (account.country !== "US") {
      const hint = "Pay it by pain.001 or MT101: an entry abroad (IAT) needs every bank on the way and is not written.";
      findings.refuse(payment.id, "payee.account.country", account.country, [
        "not_domestic",
        "is not in the United States",
        hint,
      ]);
    }
    if (debtor.fields.routingNumber === undefined) {
      const hint = "Pay from an account in the United States with its routing number.";
      findings.refuse(payment.id, "debtor.routingNumber", "", ["missing", "is missing", hint]);
    }
  }
}

/** Fields of the controls: twelve digits for money, six for the records of a batch. */
function checkFile(batches: readonly Batch[], findings: Findings): void {
  const credit = batches.reduce((sum, one) => sum + one.credit, 0n);
  const most = Math.max(0, ...batches.map((one) => one.records.length - 2));
  if (credit <= 999_999_999_999n && most <= 999_999) return;
  const hint = "Divide the payments into several files.";
  const value = credit > 999_999_999_999n ? String(credit) : String(most);
  findings.refuse(null, "payments", value, ["too_many", "are more than a file can say", hint]);
}

function entryClassOf({ payment }: Prepared, batch: PaymentBatch): EntryClass {
  const forced = batch.options?.nacha?.entryClass;
  if (forced !== undefined) return forced;
  return payment.payee.kind === "person" ? "PPD" : "CCD";
}

function fileHeader(batch: PaymentBatch, findings: Findings): string {
  const options = batch.options?.nacha ?? {};
  const stamp = batch.createdAt.toISOString();
  const text = (field: string, from: string, most: number) => findings.text(null, field, from, "ascii", most);
  const bank = options.destinationName ?? batch.debtor.fields.bankName ?? "";
  return [
    "101",
    (options.destination ?? batch.debtor.fields.routingNumber ?? "").padStart(10, " "),
    (options.origin ?? batch.initiator.id ?? "").slice(0, 10).padStart(10, " "),
    sixDigitDate(stamp.slice(0, 10)),
    stamp.slice(11, 16).replace(":", ""),
    options.modifier ?? "A",
    "094101",
    alpha(text("options.nacha.destinationName", bank, 23), 23),
    alpha(text("initiator.name", options.originName ?? batch.initiator.name, 23), 23),
    alpha("", 8),
  ].join("");
}

function batchOf(
  batch: PaymentBatch,
  group: readonly Prepared[],
  number: number,
  next: () => number,
  findings: Findings,
): Batch {
  const first = group[0];
  if (first === undefined) throw new Error("a batch has an entry");
  const entryClass = entryClassOf(first, batch);
  const bank = (first.debtor.fields.routingNumber ?? "").slice(0, 8);
  const trace = () => `${bank}${numeric(next(), 7)}`;
  const entries = group.map((one) => entryOf(one, entryClass, trace(), findings));
  const balanced = batch.options?.nacha?.balanced === true;
  if (balanced) entries.push(offsetEntry(first, group, entryClass, batch, trace(), findings));
  const credit = entries.reduce((sum, entry) => sum + entry.credit, 0n);
  const debit = entries.reduce((sum, entry) => sum + entry.debit, 0n);
  if (credit > 999_999_999_999n) {
    const hint = "Divide it into several files.";
    findings.refuse(null, "payments", String(credit), ["amount_too_large", "are more than a batch can say", hint]);
    return { records: [], entries, hash: 0n, credit: 0n, debit: 0n };
  }
  const hash = entries.reduce((sum, entry) => sum + entry.bank, 0n);
  const service = balanced ? "200" : "220";
  const company = alpha(batch.initiator.id ?? "", 10);
  const records = entries.flatMap((entry) => entry.records);
  const header = [
    "5",
    service,
    alpha(findings.text(null, "initiator.name", batch.initiator.name, "ascii", 16), 16),
    alpha("", 20),
    company,
    entryClass,
    alpha(
      findings.text(null, "options.nacha.description", batch.options?.nacha?.description ?? "COMMISSION", "ascii", 10),
      10,
    ),
    alpha("", 6),
    sixDigitDate(first.executionDate),
    "   1",
    bank,
    numeric(number, 7),
  ].join("");
  const control = [
    "8",
    service,
    numeric(Math.min(records.length, 999_999), 6),
    hashText(hash),
    numeric(debit, 12),
    numeric(credit, 12),
    company,
    alpha("", 25),
    bank,
    numeric(number, 7),
  ].join("");
  return { records: [header, ...records, control], entries, hash, credit, debit };
}

function entryOf(one: Prepared, entryClass: EntryClass, trace: string, findings: Findings): Entry {
  const { payment, account, amount } = one;
  const { id, payee } = payment;
  const routing = account.fields.routingNumber ?? "";
  const remittance = findings.text(id, "remittance", payment.remittance ?? payment.reference ?? "", "ascii", 80 * 9999);
  const most = entryClass === "CTX" ? remittance.length : 80;
  if (remittance.length > most) findings.change(id, "remittance", remittance, remittance.slice(0, most));
  const texts = chunks(remittance.slice(0, most), 80);
  const code = account.fields.accountType === "savings" ? "32" : "22";
  // What fits of the payment's id: a return repeats it beside the trace number.
  const number = findings.text(id, "id", endOfId(id, 15), "ascii", 15);
  const head = [
    "6",
    code,
    routing,
    alpha(account.fields.accountNumber ?? "", 17),
    numeric(amount.minor, 10),
    alpha(number, 15),
  ];
  const name = findings.text(id, "payee.name", payee.name, "ascii", entryClass === "CTX" ? 16 : 22);
  const tail = entryClass === "CTX" ? [numeric(texts.length, 4), alpha(name, 16), "  ", "  "] : [alpha(name, 22), "  "];
  const entry = [...head, ...tail, texts.length > 0 ? "1" : "0", trace].join("");
  const addenda = texts.map((text, index) => `705${alpha(text, 80)}${numeric(index + 1, 4)}${trace.slice(-7)}`);
  return {
    paymentId: id,
    records: [entry, ...addenda],
    bank: BigInt(routing.slice(0, 8)),
    credit: amount.minor,
    debit: 0n,
    trace,
  };
}

/** What leaves the own account, so that the file's debits equal its credits. */
function offsetEntry(
  { debtor }: Prepared,
  group: readonly Prepared[],
  entryClass: EntryClass,
  batch: PaymentBatch,
  trace: string,
  findings: Findings,
): Entry {
  const total = group.reduce((sum, one) => sum + one.amount.minor, 0n);
  const routing = debtor.fields.routingNumber ?? "";
  if (total > 9_999_999_999n) {
    const hint = "Write the file unbalanced or divide it.";
    findings.refuse(null, "payments", String(total), ["amount_too_large", "are more than one debit can say", hint]);
  }
  const code = debtor.fields.accountType === "savings" ? "37" : "27";
  const name = findings.text(null, "debtor.holder", debtor.holder, "ascii", entryClass === "CTX" ? 16 : 22);
  const amount = numeric(total > 9_999_999_999n ? 0n : total, 10);
  const head = [
    "6",
    code,
    routing,
    alpha(debtor.fields.accountNumber ?? "", 17),
    amount,
    alpha(batch.id.slice(0, 15), 15),
  ];
  const tail = entryClass === "CTX" ? ["0000", alpha(name, 16), "  ", "  "] : [alpha(name, 22), "  "];
  const record = [...head, ...tail, "0", trace].join("");
  return { paymentId: null, records: [record], bank: BigInt(routing.slice(0, 8)), credit: 0n, debit: total, trace };
}

function chunks(text: string, size: number): readonly string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += size) parts.push(text.slice(start, start + size));
  return parts;
}

function fileControl(batches: readonly Batch[]): string {
  const count = batches.reduce((sum, one) => sum + one.records.length - 2, 0);
  const records = batches.reduce((sum, one) => sum + one.records.length, 2);
  const total = (of: (one: Batch) => bigint) => batches.reduce((sum, one) => sum + of(one), 0n);
  return [
    "9",
    numeric(batches.length, 6),
    numeric(Math.ceil(records / BLOCKING), 6),
    numeric(count, 8),
    hashText(total((one) => one.hash)),
    numeric(
      total((one) => one.debit),
      12,
    ),
    numeric(
      total((one) => one.credit),
      12,
    ),
    alpha("", 39),
  ].join("");
}
