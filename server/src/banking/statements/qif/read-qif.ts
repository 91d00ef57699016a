import { exactAmount } from "../amounts.ts";
import { fileBalanced, finished } from "../checks.ts";
import type {
  Balance,
  BankAccount,
  BankStatement,
  Problem,
  ReadStatementFile,
  SheetMapping,
  StatementEntry,
} from "../contracts.ts";
import { decodeText } from "../encoding.ts";
import { ibanOf, present, references } from "../references.ts";
import { dateOrder, readDay } from "../sheet/days.ts";
import { decimalMark, readCell } from "../sheet/numbers.ts";
import { failure, note, quoted, Unreadable } from "../trouble.ts";

export function looksLikeQif(head: string): boolean {
  return /^!(?:Type:|Account|Option:|Clear:)/i.test(head);
}

interface Item {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly splits: number;
}

interface Section {
  readonly type: string;
  readonly account: ReadonlyMap<string, string>;
  readonly line: number;
  readonly items: Item[];
}

const CASH = /^(?:bank|cash|ccard|oth a|oth l)$/i;

/** Reads QIF: no currency, no year's century, no encoding is said, so that marks and order are guessed as for a table. */
export function readQif(bytes: Uint8Array, name: string | undefined, mapping: SheetMapping): ReadStatementFile {
  const { text, encoding } = decodeText(bytes, mapping.encoding);
  const all = sectionsOf(text);
  const sections = all.filter((section) => CASH.test(section.type));
  if (sections.length === 0) {
    const types = all.map((section) => section.type).join(", ");
    throw new Unreadable(
      "not_a_statement",
      `The QIF file holds no bank, cash or card account${types === "" ? "" : `, only ${quoted(types)}`}.`,
    );
  }
  const items = sections.flatMap((section) => section.items);
  const days = dateOrder(
    items.map((item) => plainDate(item.fields.get("D"))),
    mapping.currency,
  );
  const mark = decimalMark(items.map((item) => amountText(item)));
  const reading = {
    order: mapping.dateOrder ?? days.order,
    mark: mapping.decimal ?? mark.mark,
    currency: mapping.currency ?? null,
  };
  const statements = sections.map((section) => statementOf(section, reading, mapping));
  return {
    outcome: "read",
    format: "qif",
    file: {
      variant: `QIF, ${sections.map((section) => section.type).join(", ")}`,
      encoding,
      bytes: bytes.length,
      ...present({ name }),
    },
    statements,
    problems: [],
    balanced: fileBalanced(statements, []),
    mapping: {
      mapping: { ...mapping, dateOrder: reading.order, decimal: reading.mark },
      because: [days.because, mark.because],
      doubts: [days.doubt, mark.doubt].filter((one) => one !== undefined),
      titles: [],
    },
  };
}

function sectionsOf(text: string): readonly Section[] {
  const sections: Section[] = [];
  let account: ReadonlyMap<string, string> = new Map();
  let inAccount = false;
  let fields = new Map<string, string>();
  let [begin, splits] = [0, 0];
  for (const [at, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trimEnd();
    if (line.startsWith("!")) {
      inAccount = /^!Account/i.test(line);
      const type = /^!Type:\s*(.*)$/i.exec(line)?.[1];
      if (type !== undefined) sections.push({ type: type.trim(), account, line: at + 1, items: [] });
      fields = new Map();
      splits = 0;
    } else if (line.startsWith("^")) {
      if (inAccount) account = fields;
      else if (fields.size > 0) sections.at(-1)?.items.push({ line: begin, fields, splits });
      fields = new Map();
      splits = 0;
    } else if (line !== "") {
      if (fields.size === 0) begin = at + 1;
      const key = line.slice(0, 1);
      if (key === "S") splits += 1;
      if (!fields.has(key)) fields.set(key, line.slice(1).trim());
    }
  }
  // A last entry without its mark: the file may be cut off, but what is there counts.
  if (!inAccount && fields.has("D")) sections.at(-1)?.items.push({ line: begin, fields, splits });
  return sections;
}

/** `1/15'24` and `1/ 5/24` are how Quicken writes days of this century. */
function plainDate(text: string | undefined): string {
  return (text ?? "")
    .replace(/'\s*/g, "/")
    .replace(/([-./])\s+/g, "$1")
    .replace(/^(\d{1,2})([-.])(\d{1,2})\//, "$1$2$3$2");
}

function amountText(item: Item): string {
  return item.fields.get("T") ?? item.fields.get("U") ?? "";
}

interface QifReading {
  readonly order: "dmy" | "mdy" | "ymd";
  readonly mark: "." | ",";
  readonly currency: string | null;
}

function statementOf(section: Section, reading: QifReading, mapping: SheetMapping): BankStatement {
  const problems: Problem[] = [];
  const first = section.items[0];
  const opens = first !== undefined && /^opening balance$/i.test(first.fields.get("P") ?? "");
  const opening = opens ? openingOf(first, reading) : null;
  const items = opening === null ? section.items : section.items.slice(1);
  const entries = items.map((item) => entryOf(item, reading, problems));
  const days = entries.flatMap((entry) => entry.bookingDate ?? []).sort();
  if (reading.currency === null) problems.push(note("currency", "QIF names no currency: give it in the mapping."));
  return finished({
    kind: "statement",
    id: null,
    number: null,
    sequence: null,
    account: accountOf(section, opens ? first : undefined, reading, mapping),
    period: { from: days[0] ?? null, to: days.at(-1) ?? null },
    createdAt: null,
    opening,
    closing: null,
    available: null,
    balances: opening === null ? [] : [opening],
    entries,
    checks: [],
    problems,
    place: `line ${section.line}`,
  });
}

function openingOf(item: Item, reading: QifReading): Balance | null {
  const value = readCell(amountText(item), reading.mark);
  if (value === undefined) return null;
  const date = readDay(plainDate(item.fields.get("D")), reading.order) ?? null;
  return {
    kind: "opening",
    code: "Opening Balance",
    date,
    amount: exactAmount(value, reading.currency),
    place: `line ${item.line}`,
  };
}

function accountOf(
  section: Section,
  opening: Item | undefined,
  reading: QifReading,
  mapping: SheetMapping,
): BankAccount {
  const written = section.account.get("N") ?? /^\[(.*)\]$/.exec(opening?.fields.get("L") ?? "")?.[1];
  const iban = mapping.account?.iban ?? ibanOf(written);
  return {
    ...present({
      iban,
      number: mapping.account?.number ?? (iban === undefined ? written : undefined),
      owner: mapping.account?.owner,
    }),
    type: section.type.toLowerCase(),
    currency: reading.currency,
  };
}

function entryOf(item: Item, reading: QifReading, problems: Problem[]): StatementEntry {
  const { fields, line } = item;
  const place = `line ${line}`;
  const value = readCell(amountText(item), reading.mark);
  const day = readDay(plainDate(fields.get("D")), reading.order);
  if (value === undefined)
    problems.push(failure("amount", `Line ${line}: the amount ${quoted(amountText(item))} is no number.`, place));
  if (day === undefined)
    problems.push(failure("date", `Line ${line}: the date ${quoted(fields.get("D") ?? "")} is no day.`, place));
  const name = fields.get("P") ?? "";
  const number = fields.get("N") ?? "";
  return {
    amount: value === undefined ? null : exactAmount(value, reading.currency),
    bookingDate: day ?? null,
    valueDate: null,
    status: "booked",
    reversal: false,
    codes: number !== "" && !/^\d+$/.test(number) ? [{ code: number, system: "bank" }] : [],
    references: references({ checkNumber: /^\d+$/.test(number) ? number : undefined }),
    counterparty: name === "" ? null : { name },
    remittance: { unstructured: [fields.get("M") ?? ""].filter((memo) => memo !== ""), structured: [] },
    original: null,
    charges: [],
    returned: null,
    ...present({ text: fields.get("L") }),
    details: [],
    ...(item.splits > 0 ? { batchSize: item.splits } : {}),
    place,
  };
}
