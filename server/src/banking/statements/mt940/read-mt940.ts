import { parseCurrency } from "../../../kernel/money.ts";
import { type decimalOf, exactAmount, negate, readComma, sumOf } from "../amounts.ts";
import { balanceCheck, fileBalanced, finished, sameCount, sameFigure } from "../checks.ts";
import type {
  Balance,
  BankAccount,
  BankStatement,
  Check,
  Problem,
  ReadStatementFile,
  StatementEntry,
} from "../contracts.ts";
import { shortDay } from "../dates.ts";
import { decodeText } from "../encoding.ts";
import { IBAN_FORM, ibanOf, partyAccount, present, references } from "../references.ts";
import { failure, note, quoted, Unreadable } from "../trouble.ts";
import { chargesIn, originalIn } from "./amount-codes.ts";
import { readEntryLine } from "./entry-line.ts";
import { type SwiftField, type SwiftMessage, swiftMessages } from "./fields.ts";
import { informationOf } from "./information.ts";
import { nonSwift } from "./non-swift.ts";
import type { Information } from "./told.ts";

/** Reads MT940 and MT942 in the dialects of the banks; what a bank left out (header, terminators) is done without. */
export function readSwift(bytes: Uint8Array, name: string | undefined): ReadStatementFile {
  const { text, encoding } = decodeText(bytes);
  const messages = swiftMessages(text).flatMap(splitAtOpening).filter(isStatement);
  if (messages.length === 0)
    throw new Unreadable("broken", "The SWIFT fields in the file hold no statement: no account, balance or entry.");
  const read = messages.map((message) => new StatementReader(message).read());
  const statements = read.map((one) => one.statement);
  const problems = gaps(statements);
  const interim = messages.every(isInterim);
  const dialects = [...new Set(read.flatMap((one) => [...one.dialects]))].filter((one) => one !== "none");
  return {
    outcome: "read",
    format: interim ? "mt942" : "mt940",
    file: {
      variant: `${interim ? "MT942" : "MT940"}${dialects.length === 0 ? "" : `, ${dialects.map((one) => DIALECTS[one]).join(" and ")} :86:`}`,
      encoding,
      bytes: bytes.length,
      ...present({ name, sender: messages[0]?.sender }),
    },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
  };
}

const DIALECTS = { structured: "structured", slashed: "slashed", free: "free", none: "no" };

/** A second opening balance after a closing one begins another statement, also where `:20:` is missing between them. */
function splitAtOpening(message: SwiftMessage): readonly SwiftMessage[] {
  const parts: SwiftField[][] = [[]];
  let closed = false;
  for (const field of message.fields) {
    if (closed && /^60[FM]$/.test(field.tag)) {
      parts.push(message.fields.filter((one) => /^(?:25P?|28C?)$/.test(one.tag)).slice(0, 2));
      closed = false;
    }
    parts.at(-1)?.push(field);
    if (/^62[FM]$/.test(field.tag)) closed = true;
  }
  return parts.map((fields) => ({ ...message, fields }));
}

function isStatement(message: SwiftMessage): boolean {
  return message.fields.some((field) => /^(?:20|25P?|28C?|6\d[FM]?|34F|90[CD])$/.test(field.tag));
}

function isInterim(message: SwiftMessage): boolean {
  if (message.type !== undefined) return message.type === "942";
  const has = (pattern: RegExp): boolean => message.fields.some((field) => pattern.test(field.tag));
  return has(/^(?:34F|13D|90[CD])$/) && !has(/^6[02][FM]$/);
}

/** A statement that does not go on where the one before it of the same account ended: one is missing, or they are out of order. */
function gaps(statements: readonly BankStatement[]): Problem[] {
  const problems: Problem[] = [];
  const last = new Map<string, BankStatement>();
  for (const one of statements) {
    const key = `${one.account.number ?? one.account.iban} ${one.account.currency}`;
    const before = last.get(key)?.closing;
    if (before && one.opening && before.amount.decimal !== one.opening.amount.decimal) {
      const sentence = `${one.place}: the opening balance ${one.opening.amount.decimal} is not the closing balance ${before.amount.decimal} of the statement before it.`;
      problems.push(note("gap", sentence, one.place));
    }
    last.set(key, one);
  }
  return problems;
}

class StatementReader {
  readonly #message: SwiftMessage;
  readonly #problems: Problem[] = [];
  readonly #dialects = new Set<Information["dialect"]>();
  readonly #balances: Balance[] = [];
  readonly #entries: StatementEntry[] = [];
  readonly #checks: Check[] = [];
  readonly #notes: string[] = [];
  readonly #currency: string | null;
  readonly #account: BankAccount;
  readonly #place: string;

  constructor(message: SwiftMessage) {
    this.#message = message;
    this.#place = `line ${message.fields[0]?.line ?? 1}`;
    this.#currency = currencyOf(message);
    this.#account = this.#ownAccount();
  }

  read(): { readonly statement: BankStatement; readonly dialects: ReadonlySet<Information["dialect"]> } {
    const { fields } = this.#message;
    for (let at = 0; at < fields.length; at += 1) {
      const field = fields[at] as SwiftField;
      if (field.tag === "61") at += this.#entry(field, at + 1);
      else if (/^6[0245][FM]?$/.test(field.tag)) this.#balance(field);
      else if (/^90[CD]$/.test(field.tag)) this.#total(field);
      else if (field.tag === "86") this.#summary(field);
    }
    return { statement: this.#statement(), dialects: this.#dialects };
  }

  /** An entry and the `:86:` (or `:NS:`) fields behind it; gives how many of those were taken. */
  #entry(field: SwiftField, after: number): number {
    const { fields } = this.#message;
    let until = after;
    while (until < fields.length && this.#belongs(fields[until] as SwiftField)) until += 1;
    const own = fields.slice(after, until);
    const place = `line ${field.line}`;
    const line = readEntryLine(field.lines, this.#currency);
    const texts = own.filter((one) => one.tag !== "NS").flatMap((one) => one.lines);
    const told = own.some((one) => one.tag === "NS")
      ? nonSwift(own.filter((one) => one.tag === "NS").flatMap((one) => one.lines))
      : informationOf(texts, this.#account.iban);
    this.#dialects.add(told.dialect);
    if (line === undefined || line.amount === null)
      this.#problems.push(
        failure("entry", `Line ${field.line}: the entry ${quoted(field.lines.join(" "))} cannot be read.`, place),
      );
    if (line?.drawn)
      this.#problems.push(
        note("date", `Line ${field.line}: 30 February is taken as the last day of the month.`, place),
      );
    this.#entries.push(entryFrom(line, told, `${field.lines.join("\n")}\n${texts.join("")}`, place));
    return own.length;
  }

  /** `:25:166?00…` behind an entry is an `:86:` whose tag was broken. */
  #belongs(field: SwiftField): boolean {
    return (
      field.tag === "86" || field.tag === "NS" || (field.tag === "25" && /^\d{3}\?\d\d/.test(field.lines[0] ?? ""))
    );
  }

  #balance(field: SwiftField): void {
    const text = field.lines[0] ?? "";
    const place = `line ${field.line}`;
    const match = /^\s*(R?[CDcd])\s*(\d{6})\s*([A-Z]{3})?\s*([+-]?[\d.,]+)/.exec(text);
    const value = readComma(match?.[4] ?? "");
    if (match === null || value === undefined) {
      const told = /^6[02]/.test(field.tag) ? failure : note;
      this.#problems.push(
        told("balance", `Line ${field.line}: the balance ${quoted(text)} of :${field.tag}: cannot be read.`, place),
      );
      return;
    }
    const amount = exactAmount(/d$/i.test(match[1] ?? "") ? negate(value) : value, match[3] ?? this.#currency);
    this.#balances.push({
      kind: KINDS[field.tag.slice(0, 2)] ?? "other",
      code: field.tag,
      date: shortDay(match[2]) ?? null,
      amount,
      place,
    });
  }

  /** `:90D:12EUR3456,78`: what the bank counted. */
  #total(field: SwiftField): void {
    const match = /^(\d{1,5})([A-Z]{3})([\d.,]+)/.exec(field.lines[0] ?? "");
    const value = readComma(match?.[3] ?? "");
    if (match === null || value === undefined) return;
    this.#totals(field.tag === "90D" ? "debits" : "credits", Number(match[1]), value);
  }

  #totals(which: "debits" | "credits", count: number, sum: ReturnType<typeof decimalOf>): void {
    const entries = this.#entries.filter((one) => one.amount?.decimal.startsWith("-") === (which === "debits"));
    this.#checks.push(sameCount(`number of ${which}`, `Number of ${which}`, entries.length, count));
    const total = sumOf(entries.map((one) => one.amount));
    const size = which === "debits" ? negate(total) : total;
    this.#checks.push(sameFigure(`sum of ${which}`, `Sum of ${which}`, size, sum, this.#currency));
  }

  /** An `:86:` of the whole statement; ING's counts the entries: `D000004C000002D25,24C28,71`. */
  #summary(field: SwiftField): void {
    const text = field.lines.join(" ").trim();
    const match = /^D(\d{6})C(\d{6})D([\d.,]+)C([\d.,]+)/.exec(text.replaceAll("/SUM/", ""));
    const [debits, credits] = [readComma(match?.[3] ?? ""), readComma(match?.[4] ?? "")];
    if (match === null || debits === undefined || credits === undefined) {
      if (text !== "") this.#notes.push(text);
      return;
    }
    this.#totals("debits", Number(match[1]), debits);
    this.#totals("credits", Number(match[2]), credits);
  }

  #ownAccount(): BankAccount {
    const field = this.#message.fields.find((one) => one.tag === "25" || one.tag === "25P");
    const text = field?.lines[0]?.trim() ?? "";
    const owner = ownerOf(this.#message);
    if (text === "") {
      this.#problems.push(
        note("account", `${this.#place}: the statement does not name its account (:25:).`, this.#place),
      );
      return { currency: this.#currency, ...present({ owner }) };
    }
    const bare = text
      .replace(/^\//, "")
      .replace(/ ?([A-Z]{3})$/, (all, code: string) => (parseCurrency(code) ? "" : all));
    const iban = ibanOf(bare);
    const [first = "", second] = bare.split("/");
    const bank = second === undefined ? undefined : first;
    return {
      ...present({
        iban: iban ?? ibanOf(second),
        number: iban === text ? undefined : text,
        bic: isBic(bank) ? bank : (this.#senderBic() ?? undefined),
        bankCode: bank !== undefined && !isBic(bank) ? bank : undefined,
        owner,
      }),
      currency: this.#currency,
    };
  }

  #senderBic(): string | undefined {
    const sender = this.#message.sender?.slice(0, 8);
    const second = this.#message.fields.find((one) => one.tag === "25P")?.lines[1]?.trim();
    return isBic(second) ? second : sender;
  }

  #statement(): BankStatement {
    const opening = this.#balances.findLast((one) => one.kind === "opening") ?? null;
    const closing = this.#balances.findLast((one) => one.kind === "closing") ?? null;
    const [number = "", sequence] = (this.#first("28C") ?? this.#first("28") ?? "").split("/");
    const sum = balanceCheck(opening, closing, this.#entries);
    const times = this.#first("13D") ?? this.#first("13") ?? "";
    const interim = isInterim(this.#message);
    if (opening !== null && closing === null && !interim)
      this.#problems.push(
        note(
          "closing",
          `${this.#place}: the statement has no closing balance (:62F:): nothing proves its entries.`,
          this.#place,
        ),
      );
    return finished({
      kind: interim ? "report" : "statement",
      id: this.#first("20") ?? null,
      number: number === "" ? null : number,
      sequence: sequence ?? null,
      account: this.#account,
      period: { from: opening?.date ?? null, to: closing?.date ?? shortDay(times.slice(0, 6)) ?? null },
      createdAt: times === "" ? null : times,
      opening,
      closing,
      available: this.#balances.find((one) => one.kind === "available") ?? null,
      balances: this.#balances,
      entries: this.#entries,
      checks: [...(sum === undefined ? [] : [sum]), ...this.#checks],
      problems: this.#problems,
      place: this.#place,
    });
  }

  #first(tag: string): string | undefined {
    const text = this.#message.fields.find((field) => field.tag === tag)?.lines[0]?.trim();
    return text === "" ? undefined : text;
  }
}

const KINDS: Readonly<Record<string, Balance["kind"]>> = {
  "60": "opening",
  "62": "closing",
  "64": "available",
  "65": "forward",
};

function isBic(text: string | undefined): text is string {
  return text !== undefined && /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text);
}

/** By a balance, a total, the floor limit, else what stands behind the account's number. */
function currencyOf(message: SwiftMessage): string | null {
  const patterns: readonly (readonly [RegExp, RegExp])[] = [
    [/^6[0245][FM]?$/, /^\s*R?[CD]\s*\d{6}\s*([A-Z]{3})/i],
    [/^90[CD]$/, /^\d+([A-Z]{3})/],
    [/^34F$/, /^([A-Z]{3})/],
    [/^25P?$/, /\d ?([A-Z]{3})$/],
  ];
  for (const [tag, pattern] of patterns)
    for (const field of message.fields.filter((one) => tag.test(one.tag))) {
      const code = pattern.exec(field.lines[0]?.trimEnd() ?? "")?.[1];
      if (code !== undefined && (!/^25/.test(field.tag) || parseCurrency(code) !== undefined)) return code;
    }
  return null;
}

/** Some banks name the owner in `:NS:22` before the entries. */
function ownerOf(message: SwiftMessage): string | undefined {
  const first = message.fields.findIndex((field) => field.tag === "61");
  const head = message.fields.slice(0, first < 0 ? undefined : first).find((field) => field.tag === "NS");
  return head?.lines
    .find((line) => /^2[23]/.test(line))
    ?.slice(2)
    .trim();
}

function entryFrom(
  line: ReturnType<typeof readEntryLine>,
  told: Information,
  raw: string,
  place: string,
): StatementEntry {
  // Rabobank writes EREF, PREF or MARF where the reference stands in `:86:`, and the other account in the supplement.
  const customer = /^(?:EREF|PREF|MARF|KREF|IREF|REMI)$/.test(line?.customerReference ?? "")
    ? undefined
    : line?.customerReference;
  const supplement = line?.supplement ?? "";
  const account = IBAN_FORM.test(supplement) || /^P?\d{7,10}$/.test(supplement) ? supplement : undefined;
  const party = {
    ...partyAccount(account),
    ...(supplement !== "" && account === undefined && !/[/\n]|^\d/.test(supplement) ? { name: supplement } : {}),
    ...told.counterparty,
  };
  const text = [told.text, account === undefined && party.name !== supplement ? supplement : ""]
    .filter((one) => one)
    .join("\n");
  return {
    amount: line?.amount ?? null,
    bookingDate: line?.bookingDate ?? null,
    valueDate: line?.valueDate ?? null,
    status: line?.status ?? "booked",
    reversal: line?.reversal ?? false,
    codes: [...(line?.type === undefined ? [] : [{ code: line.type, system: "swift" } as const]), ...told.codes],
    references: references({ customer, accountServicer: line?.bankReference, ...dropEmpty(told.references) }),
    counterparty: Object.keys(party).length === 0 ? null : party,
    remittance: told.remittance,
    original: originalIn(raw),
    charges: chargesIn(raw),
    returned: told.returned ?? null,
    ...present({ text, purpose: told.purpose }),
    details: [],
    place,
  };
}

function dropEmpty(found: Information["references"]): Information["references"] {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
