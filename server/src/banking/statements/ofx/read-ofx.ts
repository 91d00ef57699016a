import { exponent, parseCurrency } from "../../../kernel/money.ts";
import { type Decimal, exactAmount, readComma } from "../amounts.ts";
import { fileBalanced, finished } from "../checks.ts";
import type {
  Balance,
  BalanceKind,
  BankAccount,
  BankStatement,
  ExactAmount,
  Problem,
  ReadStatementFile,
  StatementEntry,
} from "../contracts.ts";
import { compactDay } from "../dates.ts";
import { decodeText } from "../encoding.ts";
import { ibanOf, partyAccount, present, references } from "../references.ts";
import { failure, note, quoted, Unreadable } from "../trouble.ts";
import { find, textAt, type XmlElement } from "../xml.ts";
import { below, named, ofxTree, valueBelow } from "./sgml.ts";

export function looksLikeOfx(head: string): boolean {
  return /OFXHEADER\s*[:=]|<\?OFX\s|<OFX[\s>]/i.test(head);
}

const RESPONSES = { STMTRS: "bank", CCSTMTRS: "credit_card", INVSTMTRS: "investment" } as const;
type Response = keyof typeof RESPONSES;

/** Reads OFX and QFX, 1.x (SGML) and 2.x (XML): statements of bank, credit card and investment accounts. */
export function readOfx(bytes: Uint8Array, name: string | undefined): ReadStatementFile {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const { text, encoding } = decodeText(bytes, claimedEncoding(head));
  const tree = ofxTree(text);
  const created = valueBelow(tree, "DTSERVER");
  const problems = bankErrors(tree);
  const statements = (Object.keys(RESPONSES) as Response[])
    .flatMap((kind) => below(tree, kind).map((element) => ({ kind, element })))
    .sort((a, b) => a.element.line - b.element.line)
    .map(({ kind, element }) => statementOf(element, kind, created));
  if (statements.length === 0) throw noStatement(tree, problems);
  return {
    outcome: "read",
    format: "ofx",
    file: {
      variant: variantOf(head),
      encoding,
      bytes: bytes.length,
      ...present({ name, createdAt: created, sender: valueBelow(tree, "ORG"), id: valueBelow(tree, "TRNUID") }),
    },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
  };
}

function claimedEncoding(head: string): string | undefined {
  const charset = /CHARSET\s*:\s*([\w-]+)/i.exec(head)?.[1];
  if (charset !== undefined && /^\d{3,4}$/.test(charset)) return `windows-${charset}`;
  if (charset !== undefined && charset.toUpperCase() !== "NONE") return charset;
  return /<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)/i.exec(head)?.[1];
}

function variantOf(head: string): string {
  const version = /VERSION\s*[:=]\s*"?(\d{3})/i.exec(head.replace(/OFXHEADER|<\?xml[^>]*>/gi, ""))?.[1];
  const form = /<\?OFX/i.test(head) ? "XML" : "SGML";
  return version === undefined ? `OFX without a header` : `OFX ${version.split("").join(".")} (${form})`;
}

/** What the bank itself says went wrong: severity ERROR anywhere. */
function bankErrors(tree: XmlElement): Problem[] {
  return below(tree, "STATUS")
    .filter((status) => textAt(status, "SEVERITY") === "ERROR")
    .map((status) => {
      const message = textAt(status, "MESSAGE") ?? MEANINGS[textAt(status, "CODE") ?? ""];
      const words = message === undefined ? "" : `: ${quoted(message)}`;
      const place = `line ${status.line}`;
      return failure(
        "bank_error",
        `Line ${status.line}: the bank answered with error ${textAt(status, "CODE") ?? "?"}${words}.`,
        place,
      );
    });
}

const MEANINGS: Readonly<Record<string, string>> = {
  "2000": "general error",
  "2003": "account not found",
  "2004": "account closed",
  "15500": "signon invalid",
};

function noStatement(tree: XmlElement, problems: readonly Problem[]): Unreadable {
  const [error] = problems;
  if (error !== undefined)
    return new Unreadable("bank_error", `${error.sentence} The file holds no statement.`, error.place);
  const inside = [...new Set(tree.children.map((child) => child.name))].slice(0, 5).join(", ");
  return new Unreadable(
    "not_a_statement",
    `The OFX file holds no account statement, only ${inside === "" ? "nothing" : inside}.`,
  );
}

class Trouble {
  readonly problems: Problem[] = [];
  fail(code: string, line: number, words: string): void {
    this.problems.push(failure(code, `Line ${line}: ${words}.`, `line ${line}`));
  }
  note(code: string, line: number, words: string): void {
    this.problems.push(note(code, `Line ${line}: ${words}.`, `line ${line}`));
  }
}

function statementOf(element: XmlElement, kind: Response, created: string | undefined): BankStatement {
  const trouble = new Trouble();
  const account = accountOf(element, kind);
  const entries = [
    ...below(element, "STMTTRN").map((one) => entryOf(one, account, "booked", trouble)),
    ...below(element, "STMTTRNP").map((one) => entryOf(one, account, "pending", trouble)),
  ];
  const balances = balancesOf(element, account, trouble);
  noteRepeated(entries, trouble);
  noteSecurities(element, trouble);
  if (account.number === undefined && account.iban === undefined)
    trouble.note("account", element.line, "the statement does not name its account (ACCTID)");
  if (account.currency === null)
    trouble.note("currency", element.line, "the statement does not name its currency (CURDEF)");
  const period = { from: compactDay(valueBelow(element, "DTSTART")), to: compactDay(valueBelow(element, "DTEND")) };
  return finished({
    kind: "statement",
    id: null,
    number: null,
    sequence: null,
    account,
    period: { from: period.from ?? null, to: period.to ?? null },
    createdAt: created ?? null,
    opening: null,
    closing: balances.find((one) => one.kind === "closing") ?? null,
    available: balances.find((one) => one.kind === "available") ?? null,
    balances,
    entries,
    checks: [],
    problems: trouble.problems,
    place: `line ${element.line}, ${kind}`,
  });
}

function accountOf(element: XmlElement, kind: Response): BankAccount {
  const from = find(element, "BANKACCTFROM") ?? find(element, "CCACCTFROM") ?? find(element, "INVACCTFROM") ?? element;
  const number = valueBelow(from, "ACCTID");
  const iban = ibanOf(number);
  const type = kind === "STMTRS" ? textAt(from, "ACCTTYPE")?.toLowerCase() : RESPONSES[kind];
  return {
    ...present({
      iban,
      number: iban === number ? undefined : number,
      bankCode: textAt(from, "BANKID") ?? textAt(from, "BROKERID"),
      type,
    }),
    currency:
      textAt(element, "CURDEF")?.toUpperCase() ?? valueBelow(element, "CURDEF")?.toUpperCase() ?? soleSymbol(element),
  };
}

/** Where CURDEF is empty, the currency that all entries name. */
function soleSymbol(element: XmlElement): string | null {
  const symbols = new Set(below(element, "CURSYM").map((one) => one.text.trim().toUpperCase()));
  const [only] = symbols;
  return symbols.size === 1 && only !== undefined && only !== "" ? only : null;
}

/**
 * The specification leaves point or comma to the bank. `1,234` could be either, and is only read where the currency has three decimals.
 */
function ofxNumber(text: string, currency: string | null): Decimal | undefined {
  const trimmed = text.replace(/\s+/g, "");
  const known = currency === null ? undefined : parseCurrency(currency);
  if (/^[+-]?\d{1,3},\d{3}$/.test(trimmed) && (known === undefined || exponent(known) !== 3)) return undefined;
  return readComma(trimmed);
}

function entryOf(
  element: XmlElement,
  account: BankAccount,
  status: "booked" | "pending",
  trouble: Trouble,
): StatementEntry {
  const line = element.line;
  const foreign = find(element, "CURRENCY");
  const symbol = textAt(foreign, "CURSYM")?.toUpperCase();
  const amount = amountOf(element, symbol ?? account.currency, trouble);
  const posted = find(element, "DTPOSTED");
  const day = compactDay(posted?.text);
  if (day === undefined) trouble.fail("date", line, `the entry has no day: ${named(posted, "DTPOSTED")}`);
  const name = textAt(element, "NAME") ?? textAt(element, "PAYEE", "NAME") ?? textAt(element, "EXTDNAME");
  const to = find(element, "BANKACCTTO") ?? find(element, "CCACCTTO");
  const party = { ...present({ name, bankCode: textAt(to, "BANKID") }), ...partyAccount(textAt(to, "ACCTID")) };
  const type = textAt(element, "TRNTYPE")?.toUpperCase();
  const memos = [textAt(element, "MEMO"), textAt(element, "MEMO2")].filter((memo) => memo !== undefined);
  return {
    amount,
    bookingDate: day ?? null,
    valueDate: compactDay(textAt(element, "VALUEDATE") ?? textAt(element, "DTAVAIL")) ?? null,
    status,
    reversal: textAt(element, "CORRECTACTION") === "DELETE",
    codes: type === undefined ? [] : [{ code: type, system: "ofx" }],
    references: references({
      entry: textAt(element, "FITID"),
      accountServicer: textAt(element, "SRVRTID"),
      customer: textAt(element, "REFNUM"),
      checkNumber: textAt(element, "CHECKNUM"),
    }),
    counterparty: Object.keys(party).length === 0 ? null : party,
    remittance: { unstructured: memos, structured: [] },
    original: originalOf(element, account),
    charges: [],
    returned: null,
    details: [],
    place: `line ${line}`,
  };
}

function amountOf(element: XmlElement, currency: string | null, trouble: Trouble): ExactAmount | null {
  const field = find(element, "TRNAMT");
  const value = field === undefined ? undefined : ofxNumber(field.text, currency);
  if (value !== undefined) return exactAmount(value, currency);
  trouble.fail(
    "amount",
    (field ?? element).line,
    `the entry has no amount that can be read: ${named(field, "TRNAMT")}`,
  );
  return null;
}

/** ORIGCURRENCY: the amount was converted from it, at a rate that is told; the first amount is not. */
function originalOf(element: XmlElement, account: BankAccount): StatementEntry["original"] {
  const origin = find(element, "ORIGCURRENCY");
  const symbol = textAt(origin, "CURSYM")?.toUpperCase();
  if (symbol === undefined || symbol === account.currency) return null;
  const target = account.currency ?? undefined;
  return {
    amount: null,
    ...present({ rate: textAt(origin, "CURRATE"), sourceCurrency: symbol, targetCurrency: target }),
  };
}

const BALANCES: readonly (readonly [string, BalanceKind])[] = [
  ["LEDGERBAL", "closing"],
  ["AVAILBAL", "available"],
];

function balancesOf(element: XmlElement, account: BankAccount, trouble: Trouble): readonly Balance[] {
  const found = BALANCES.flatMap(([name, kind]) =>
    below(element, name).flatMap((one) => balanceOf(one, kind, account, trouble)),
  );
  const cash = below(element, "AVAILCASH")[0];
  const value = cash === undefined ? undefined : ofxNumber(cash.text, account.currency);
  if (cash === undefined || value === undefined) return found;
  const date = compactDay(valueBelow(element, "DTASOF")) ?? null;
  const amount = exactAmount(value, account.currency);
  return [...found, { kind: "available", code: "AVAILCASH", date, amount, place: `line ${cash.line}` }];
}

function balanceOf(one: XmlElement, kind: BalanceKind, account: BankAccount, trouble: Trouble): readonly Balance[] {
  const field = below(one, "BALAMT")[0];
  const text = field?.text.trim() ?? "";
  const value = ofxNumber(text, account.currency);
  const place = `line ${one.line}`;
  if (value === undefined) {
    if (text === "") trouble.note("balance", one.line, `${one.name} is empty`);
    else trouble.fail("balance", one.line, `${one.name} cannot be read: ${named(field, "BALAMT")}`);
    return [];
  }
  const date = compactDay(valueBelow(one, "DTASOF")) ?? null;
  return [{ kind, code: one.name, date, amount: exactAmount(value, account.currency), place }];
}

/** The same FITID twice is the same entry twice by the specification; banks break it often, so that it is only told. */
function noteRepeated(entries: readonly StatementEntry[], trouble: Trouble): void {
  const seen = new Set<string>();
  for (const { references: found, place } of entries) {
    if (found.entry === undefined) continue;
    if (seen.has(found.entry))
      trouble.note("repeated", Number(place.slice(5)), `FITID ${quoted(found.entry)} stands here a second time`);
    seen.add(found.entry);
  }
}

const SECURITIES = [
  "BUYMF",
  "SELLMF",
  "BUYSTOCK",
  "SELLSTOCK",
  "BUYDEBT",
  "SELLDEBT",
  "BUYOTHER",
  "SELLOTHER",
  "BUYOPT",
  "SELLOPT",
  "REINVEST",
  "INCOME",
  "TRANSFER",
];

function noteSecurities(element: XmlElement, trouble: Trouble): void {
  const count = SECURITIES.reduce((sum, name) => sum + below(element, name).length, 0);
  if (count === 0) return;
  const words = `${count} dealings in securities are no entries of the cash account and are left out`;
  trouble.note("securities", element.line, words);
}
