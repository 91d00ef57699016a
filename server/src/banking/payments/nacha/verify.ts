import { isRoutingNumber } from "../../details/codes.ts";
import type { ReadRemark } from "../contracts.ts";
import { ENTRY_CLASSES, hashText, isTransactionCode } from "./layout.ts";
import type { Line, NachaBatch, NachaEntry, NachaFile } from "./records.ts";

/** Which of the mandatory addenda of an entry abroad there are, in their order. */
const ABROAD = ["710", "711", "712", "713", "714", "715", "716"];

/** What keeps an ACH file from being acted on, by the rules of NACHA: forms, counts, entry hashes, totals. */
export function verify(file: Pick<NachaFile, "header" | "control" | "batches">): readonly ReadRemark[] {
  return [
    ...(file.header === undefined ? [] : headerFaults(file.header)),
    ...file.batches.flatMap(batchFaults),
    ...(file.control === undefined ? [] : fileTotals(file.batches, file.control)),
  ];
}

function remark(line: Line, code: string, message: string): ReadRemark {
  return { where: `record ${line.number}`, code, message };
}

function headerFaults(header: Line): readonly ReadRemark[] {
  const { text } = header;
  const faults: ReadRemark[] = [];
  if (!/^101/.test(text) || text.slice(34, 40) !== "094101") {
    faults.push(remark(header, "file_header", "is no header of an ACH file (101 … 094101)"));
  }
  return faults;
}

function batchFaults(batch: NachaBatch): readonly ReadRemark[] {
  const { header, entryClass, control } = batch;
  const faults: ReadRemark[] = batch.strays.map((line) => remark(line, "stray_addenda", "belongs to no entry"));
  if (!ENTRY_CLASSES.has(entryClass)) {
    faults.push(
      remark(header, "entry_class", `has the entry class ${JSON.stringify(entryClass)}, which ACH does not have`),
    );
  }
  if (entryClass === "ADV") {
    faults.push(remark(header, "advice", "holds accounting advices of an ACH operator (ADV), not payments"));
  }
  if (batch.entries.length === 0) faults.push(remark(header, "empty_batch", "is a batch without entries"));
  for (const entry of batch.entries) faults.push(...entryFaults(entry, batch));
  if (control !== undefined && entryClass !== "ADV") faults.push(...batchTotals(batch, control));
  return faults;
}

function entryFaults(entry: NachaEntry, batch: NachaBatch): readonly ReadRemark[] {
  const { line, code, routing } = entry;
  const faults: ReadRemark[] = [];
  for (const one of [line, ...entry.addenda]) {
    // Control characters come of files that were cut or converted: what stands beside them cannot be trusted.
    if (/[\p{Cc}\ufffd]/u.test(one.text)) faults.push(remark(one, "control_character", "holds a control character"));
  }
  if (!isTransactionCode(code))
    faults.push(remark(line, "transaction_code", `has the transaction code ${JSON.stringify(code)}`));
  if (!/^\d{10}$/.test(line.text.slice(29, 39)) && batch.entryClass !== "ADV") {
    faults.push(remark(line, "amount", `has the amount ${JSON.stringify(line.text.slice(29, 39))}`));
  }
  if (batch.entryClass !== "ADV" && !isRoutingNumber(routing)) {
    faults.push(remark(line, "routing", `names the bank ${JSON.stringify(routing)}, whose check digit does not agree`));
  }
  if (entry.account === "" && batch.entryClass !== "ADV") faults.push(remark(line, "account", "names no account"));
  if (isAbroad(batch)) faults.push(...abroadFaults(entry));
  const flag = line.text[78];
  if (flag === "1" && entry.addenda.length === 0)
    faults.push(remark(line, "no_addenda", "says that addenda follow; there are none"));
  if (flag === "0" && entry.addenda.length > 0)
    faults.push(remark(line, "addenda", "says that no addenda follow; there are some"));
  return faults;
}

function isAbroad(batch: NachaBatch): boolean {
  return batch.entryClass === "IAT" || batch.header.text.slice(4, 10) === "IATCOR";
}

function abroadFaults(entry: NachaEntry): readonly ReadRemark[] {
  const kinds = entry.addenda.map(({ text }) => text.slice(0, 3));
  const faults: ReadRemark[] = [];
  if (ABROAD.some((kind, index) => kinds[index] !== kind)) {
    faults.push(remark(entry.line, "iat_addenda", "is an entry abroad without its seven addenda in their order"));
  }
  const first = entry.addenda[0];
  const type = first?.text.slice(3, 6) ?? "";
  if (
    first !== undefined &&
    !/^(?:ANN|BUS|DEP|LOA|MIS|MOR|PEN|REM|RLS|SAL|TAX|TEL|WEB|ARC|BOC|POP|POS|RCK|SHR)$/.test(type)
  ) {
    faults.push(remark(first, "iat_type", `has the transaction type ${JSON.stringify(type)}, which ACH does not have`));
  }
  return faults;
}

interface Sums {
  readonly count: number;
  readonly hash: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
}

function sumsOf(batch: NachaBatch): Sums {
  const bank = ({ routing }: NachaEntry) => (/^\d{8}/.test(routing) ? BigInt(routing.slice(0, 8)) : 0n);
  return {
    count: batch.entries.reduce((sum, entry) => sum + 1 + entry.addenda.length, batch.strays.length),
    hash: batch.entries.reduce((sum, entry) => sum + bank(entry), 0n),
    debit: batch.entries.reduce((sum, entry) => (entry.debit ? sum + entry.amount : sum), 0n),
    credit: batch.entries.reduce((sum, entry) => (entry.debit ? sum : sum + entry.amount), 0n),
  };
}

function batchTotals(batch: NachaBatch, control: Line): readonly ReadRemark[] {
  const sums = sumsOf(batch);
  const { text } = control;
  const header = batch.header.text;
  const faults = [
    ...compare(control, "count", "entries and addenda", text.slice(4, 10), String(sums.count).padStart(6, "0")),
    ...compare(control, "hash", "entry hash", text.slice(10, 20), hashText(sums.hash)),
    ...compare(control, "debit", "debits", text.slice(20, 32), String(sums.debit).padStart(12, "0")),
    ...compare(control, "credit", "credits", text.slice(32, 44), String(sums.credit).padStart(12, "0")),
  ];
  if (text.slice(79, 87) !== header.slice(79, 87) || text.slice(87, 94) !== header.slice(87, 94)) {
    faults.push(remark(control, "batch_identity", "closes another batch than the one before it"));
  }
  if (text.slice(1, 4) !== header.slice(1, 4))
    faults.push(remark(control, "service_class", "has another service class than its batch"));
  if (header.startsWith("220", 1) && sums.debit > 0n) {
    faults.push(remark(batch.header, "service_class", "is for credits only (220) and holds debits"));
  }
  if (header.startsWith("225", 1) && sums.credit > 0n) {
    faults.push(remark(batch.header, "service_class", "is for debits only (225) and holds credits"));
  }
  return faults;
}

function compare(line: Line, code: string, what: string, told: string, counted: string): readonly ReadRemark[] {
  return told === counted ? [] : [remark(line, code, `says ${told} for its ${what}, there are ${counted}`)];
}

function fileTotals(batches: readonly NachaBatch[], control: Line): readonly ReadRemark[] {
  if (batches.some((batch) => batch.entryClass === "ADV")) return [];
  const all = batches.map(sumsOf);
  const count = all.reduce((sum, one) => sum + one.count, 0);
  const total = (of: (sums: Sums) => bigint) => all.reduce((sum, one) => sum + of(one), 0n);
  const { text } = control;
  const pad = (value: bigint | number, width: number) => String(value).padStart(width, "0");
  return [
    ...compare(control, "batches", "batches", text.slice(1, 7), pad(batches.length, 6)),
    ...compare(control, "count", "entries and addenda", text.slice(13, 21), pad(count, 8)),
    ...compare(control, "hash", "entry hash", text.slice(21, 31), hashText(total((one) => one.hash))),
    ...compare(
      control,
      "debit",
      "debits",
      text.slice(31, 43),
      pad(
        total((one) => one.debit),
        12,
      ),
    ),
    ...compare(
      control,
      "credit",
      "credits",
      text.slice(43, 55),
      pad(
        total((one) => one.credit),
        12,
      ),
    ),
  ];
}
