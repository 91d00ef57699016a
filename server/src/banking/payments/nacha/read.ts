import { totalsOf } from "../amounts.ts";
import type { FileRefusal, NachaFacts, ReadFile, ReadPayment, ReadRemark } from "../contracts.ts";
import { decodeText } from "../decode.ts";
import { isDebitCode, RECORD } from "./layout.ts";
import type { Line, NachaBatch, NachaEntry, NachaFile } from "./records.ts";
import { verify } from "./verify.ts";

const MOST_LINES = 500_000;

/** Reads an ACH file: its payments when it is whole and its totals agree, otherwise the refusal with everything that could be counted. */
export function readNacha(bytes: Uint8Array): ReadFile {
  const parsed = parseNacha(bytes);
  if ("code" in parsed) return { ok: false, refusal: parsed };
  const first = parsed.faults[0];
  if (first !== undefined) return { ok: false, refusal: nachaRefusal(parsed, first) };
  const payments = parsed.batches.flatMap((batch) => batch.entries.map((entry) => paymentOf(entry, batch)));
  const header = parsed.header?.text ?? "";
  return {
    ok: true,
    file: {
      kind: "nacha",
      format: `NACHA ${parsed.facts.entryClasses.join("/")}`,
      id: header.slice(13, 23).trim() || null,
      createdAt: stampOf(header),
      payments,
      totals: totalsOf(payments),
      control: {
        transactions: parsed.facts.entries,
        sum: `${parsed.facts.controlDebit ?? 0n} debit, ${parsed.facts.controlCredit ?? 0n} credit`,
        agrees: true,
      },
      nacha: parsed.facts,
      remarks: parsed.remarks,
    },
  };
}

export function nachaRefusal(parsed: NachaFile, first: ReadRemark): FileRefusal {
  const more = parsed.faults.length - 1;
  return {
    code: WHOLE.has(first.code) ? "not_whole" : AGREE.has(first.code) ? "not_agreeing" : "not_readable",
    message: `${first.where}: ${first.message}${more > 0 ? ` (and ${more} more)` : ""}.`,
    hint: "Ask the sender for the file again, as it was written.",
    remarks: parsed.faults.slice(0, 50),
    nacha: parsed.facts,
  };
}

const WHOLE = new Set(["no_file_header", "no_file_control", "no_batch_control", "no_batch_header"]);
const AGREE = new Set(["count", "hash", "debit", "credit", "batches"]);

/** When the header says that the file was written, in the sender's time. */
export function stampOf(header: string): string | null {
  const [, year, month, day, hour, minute] = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(header.slice(23, 33)) ?? [];
  if (year === undefined) return null;
  return `20${year}-${month}-${day}T${hour}:${minute}`;
}

/** Splits the file into batches and entries and says what does not hold; never throws. */
export function parseNacha(bytes: Uint8Array): NachaFile | FileRefusal {
  const decoded = decodeText(bytes);
  const remarks: ReadRemark[] = [];
  if (decoded.encoding !== "ascii") {
    remarks.push({
      where: "file",
      code: "not_ascii",
      message: `holds letters that ACH does not have (${decoded.encoding})`,
    });
  }
  const raw = decoded.text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  if (raw.length > MOST_LINES) return refusalOf("too_large", `has more than ${MOST_LINES} records`);
  const [only] = raw;
  const unbroken = raw.length === 1 && only !== undefined && only.length > RECORD && only.length % RECORD === 0;
  const texts = unbroken ? (only.match(/.{94}/gsu) ?? []) : raw;
  if (unbroken) remarks.push({ where: "file", code: "no_line_ends", message: "has no line ends between its records" });
  // A record is 94 bytes to a bank: a letter that takes two makes it too long.
  const wide = (line: string) => (decoded.encoding === "utf-8" ? Buffer.byteLength(line) : line.length);
  const all94 = texts.every((line) => wide(line) === RECORD);
  const lines = texts.map((text, index) => ({ number: index + 1, text: text.trimEnd().padEnd(RECORD, " ") }));
  if (!all94)
    remarks.push({ where: "file", code: "record_length", message: "has records that do not have 94 characters" });
  if (!lines.some(({ text }) => /^[1568]/.test(text)) || !/^[15-9]/.test(lines[0]?.text ?? "")) {
    return refusalOf("not_known", "The file has no ACH records");
  }
  const { batches, header, control, faults } = divide(lines);
  const facts = factsOf(lines, batches, control, all94);
  const file = { lines, batches, header, control, facts, remarks };
  return { ...file, faults: [...faults, ...verify(file)].toSorted((a, b) => rank(a) - rank(b)) };
}

/** First that something is missing, then that sums do not agree: what follows from it comes behind. */
function rank({ code }: ReadRemark): number {
  return WHOLE.has(code) ? 0 : AGREE.has(code) ? 2 : 1;
}

function refusalOf(code: FileRefusal["code"], message: string): FileRefusal {
  return {
    code,
    message: `${message}.`,
    hint: "Give an ACH file: records of 94 characters that begin with 101.",
    remarks: [],
  };
}

interface Draft {
  header: Line;
  control: Line | undefined;
  entryClass: string;
  entries: { line: Line; addenda: Line[] }[];
  strays: Line[];
}

function divide(lines: readonly Line[]) {
  const drafts: Draft[] = [];
  const faults: ReadRemark[] = [];
  let open: Draft | undefined;
  let header: Line | undefined;
  let control: Line | undefined;
  const fault = (line: Line, code: string, message: string) =>
    faults.push({ where: `record ${line.number}`, code, message });
  for (const line of lines) {
    const kind = line.text[0];
    if (line.text === "9".repeat(RECORD) || /^9+ *$/.test(line.text)) continue;
    if (control !== undefined) fault(line, "after_control", "stands behind the control of the file");
    if (kind === "1") {
      if (header !== undefined || line.number > 1) fault(line, "second_header", "is a second header of the file");
      header ??= line;
    } else if (kind === "5") {
      if (open !== undefined) fault(open.header, "no_batch_control", "the batch has no control record");
      open = { header: line, control: undefined, entryClass: line.text.slice(50, 53), entries: [], strays: [] };
      drafts.push(open);
    } else if (kind === "9") {
      control ??= line;
    } else if (open === undefined) {
      fault(line, "no_batch_header", "stands outside any batch");
    } else if (kind === "6") {
      open.entries.push({ line, addenda: [] });
    } else if (kind === "7") {
      (open.entries.at(-1)?.addenda ?? open.strays).push(line);
    } else if (kind === "8") {
      open.control = line;
      open = undefined;
    } else {
      fault(line, "record_type", `begins with ${JSON.stringify(kind)}, which is no kind of record`);
    }
  }
  if (open !== undefined) fault(open.header, "no_batch_control", "the batch has no control record");
  if (header === undefined)
    faults.push({ where: "file", code: "no_file_header", message: "has no header: its beginning is missing" });
  if (control === undefined)
    faults.push({ where: "file", code: "no_file_control", message: "has no control: its end is missing" });
  return { batches: drafts.map(finish), header, control, faults };
}

function finish({ header, control, entryClass, entries, strays }: Draft): NachaBatch {
  return {
    header,
    control,
    entryClass,
    strays,
    entries: entries.map(({ line, addenda }) => entryOf(line, addenda, entryClass)),
  };
}

function entryOf(line: Line, addenda: readonly Line[], entryClass: string): NachaEntry {
  const { text } = line;
  const code = text.slice(1, 3);
  const advice = entryClass === "ADV";
  const abroad = entryClass === "IAT" || addenda.some((one) => one.text.startsWith("710"));
  const [name, id] = nameOf(text, entryClass, abroad, addenda);
  return {
    line,
    code,
    routing: text.slice(3, 12),
    account: (abroad ? text.slice(39, 74) : text.slice(12, advice ? 27 : 29)).trim(),
    amount: digitsOf(advice ? text.slice(27, 39) : text.slice(29, 39)),
    id,
    name,
    trace: text.slice(79, 94),
    addenda,
    debit: isDebitCode(code),
  };
}

function nameOf(
  text: string,
  entryClass: string,
  abroad: boolean,
  addenda: readonly Line[],
): readonly [string, string] {
  if (abroad) {
    const first = addenda.find((one) => one.text.startsWith("710"))?.text ?? "";
    return [first.slice(46, 81).trim(), ""];
  }
  if (entryClass === "CTX" || entryClass === "ATX" || entryClass === "ENR")
    return [text.slice(58, 74).trim(), text.slice(39, 54).trim()];
  if (entryClass === "CIE") return [text.slice(39, 54).trim(), text.slice(54, 76).trim()];
  return [text.slice(54, 76).trim(), text.slice(39, 54).trim()];
}

function digitsOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

function factsOf(
  lines: readonly Line[],
  batches: readonly NachaBatch[],
  control: Line | undefined,
  all94: boolean,
): NachaFacts {
  const entries = batches.flatMap((batch) => batch.entries);
  const sum = (debit: boolean) =>
    entries.reduce((total, entry) => (entry.debit === debit ? total + entry.amount : total), 0n);
  const advice = batches.length > 0 && batches.every((batch) => batch.entryClass === "ADV");
  const [debit, credit] = advice ? [[31, 51] as const, [51, 71] as const] : [[31, 43] as const, [43, 55] as const];
  const controlled = (place: readonly [number, number]) =>
    control === undefined ? null : digitsOf(control.text.slice(...place));
  return {
    records: lines.length,
    entries: entries.length,
    addenda: lines.filter(({ text }) => text.startsWith("7")).length,
    entryClasses: batches.map((batch) => batch.entryClass),
    controlDebit: controlled(debit),
    controlCredit: controlled(credit),
    summedDebit: sum(true),
    summedCredit: sum(false),
    all94,
  };
}

function paymentOf(entry: NachaEntry, batch: NachaBatch): ReadPayment {
  const remittance = entry.addenda
    .filter(({ text }) => /^7(?:05|17)/.test(text))
    .map(({ text }) => text.slice(3, 83).trim());
  const day = /^\d{6}$/.exec(batch.header.text.slice(69, 75))?.[0];
  return {
    id: entry.trace.trim(),
    ...(entry.id === "" ? {} : { instructionId: entry.id }),
    direction: entry.debit ? "debit" : "credit",
    minor: entry.amount,
    currency: "USD",
    party: { name: entry.name, account: entry.account, bankCode: entry.routing, country: "US" },
    remittance: remittance.filter((text) => text !== ""),
    executionDate:
      day === undefined || day === "000000" ? null : `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4, 6)}`,
    block: batch.header.text.slice(87, 94),
  };
}
