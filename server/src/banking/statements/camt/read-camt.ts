import { readPoint, sizeOf, sumOf } from "../amounts.ts";
import { balanceCheck, fileBalanced, finished, sameCount, sameFigure, totalsOf } from "../checks.ts";
import type {
  Balance,
  BalanceKind,
  BankAccount,
  BankStatement,
  Check,
  ExactAmount,
  Problem,
  ReadStatementFile,
  StatementEntry,
  StatementFormat,
} from "../contracts.ts";
import { dayOf } from "../dates.ts";
import { xmlEncodingOf } from "../encoding.ts";
import { present } from "../references.ts";
import { note, quoted, Unreadable } from "../trouble.ts";
import { all, find, readXml, textAt, type XmlElement, type XmlSink } from "../xml.ts";
import { amountOf, type EntryContext, entryOf, signedAmount } from "./entry.ts";
import { ownAccount } from "./parties.ts";

type Kind = BankStatement["kind"];

const CONTAINERS: Readonly<Record<string, { kind: Kind; format: StatementFormat }>> = {
  Rpt: { kind: "report", format: "camt.052" },
  Stmt: { kind: "statement", format: "camt.053" },
  Ntfctn: { kind: "notification", format: "camt.054" },
};

const BALANCES: Readonly<Record<string, BalanceKind>> = {
  OPBD: "opening",
  PRCD: "opening",
  CLBD: "closing",
  ITBD: "interim",
  CLAV: "available",
  ITAV: "available",
  OPAV: "available",
  FWAV: "forward",
};

/** Reads camt.052, .053 and .054 of any version; which one it is, is said by the elements, not by the name space, which some banks forget. */
export function readCamt(bytes: Uint8Array, name: string | undefined): ReadStatementFile {
  const encoding = xmlEncodingOf(bytes);
  const sink = new CamtSink();
  readXml(bytes, encoding, sink);
  const { statements, header, format } = sink;
  if (format === undefined) throw new Unreadable("not_a_statement", sink.whyNot(), sink.rootPlace);
  if (statements.length === 0)
    throw new Unreadable(
      "broken",
      `The ${format} message holds no statement: a header alone says nothing.`,
      sink.rootPlace,
    );
  const problems = headerProblems(header);
  return {
    outcome: "read",
    format,
    file: {
      variant: sink.variant ?? format,
      encoding,
      bytes: bytes.length,
      ...present({
        name,
        id: textAt(header, "MsgId"),
        createdAt: textAt(header, "CreDtTm"),
        sender: textAt(header, "MsgRcpt", "Nm"),
      }),
    },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
  };
}

function headerProblems(header: XmlElement | undefined): Problem[] {
  const last = textAt(header, "MsgPgntn", "LastPgInd");
  if (last !== "false" && last !== "0") return [];
  return [
    note(
      "pages",
      `This is page ${textAt(header, "MsgPgntn", "PgNb") ?? "?"} and not the last: more of it comes in another file.`,
    ),
  ];
}

class CamtSink implements XmlSink {
  readonly statements: BankStatement[] = [];
  header: XmlElement | undefined;
  variant: string | undefined;
  format: StatementFormat | undefined;
  rootPlace: string | undefined;
  #root: string | undefined;
  #inner: string | undefined;
  #open: OpenStatement | undefined;

  /** Everything down to the statements is streamed, but for the header; so a document of any other kind is never kept. */
  isStream(path: readonly string[]): boolean {
    const [name, above] = [path.at(-1) ?? "", path.at(-2)];
    if (this.#open !== undefined || name === "GrpHdr") return false;
    return !isMessage(above) || name in CONTAINERS;
  }

  opened(path: readonly string[], element: XmlElement): void {
    if (path.length === 1) {
      this.#root = element.name;
      this.rootPlace = `line ${element.line}`;
    }
    for (const [key, value] of Object.entries(element.attributes))
      if (key.startsWith("xmlns")) this.variant ??= /camt\.05[234]\.\d{3}\.\d{2}/.exec(value)?.[0];
    if (path.length === 2) this.#inner ??= element.name;
    const container = CONTAINERS[element.name];
    if (isMessage(element.name)) this.format ??= formatOf(element.name);
    if (container === undefined || !isMessage(path.at(-2))) return;
    this.format ??= container.format;
    this.#open = new OpenStatement(container.kind, element, this.statements.length + 1);
  }

  took(element: XmlElement, path: readonly string[]): void {
    if (this.#open !== undefined) this.#open.take(element);
    else if (path.at(-1) === "GrpHdr") this.header = element;
  }

  closed(path: readonly string[]): void {
    if (this.#open === undefined || !((path.at(-1) ?? "") in CONTAINERS)) return;
    this.statements.push(this.#open.finish());
    this.#open = undefined;
  }

  whyNot(): string {
    const inner = this.#inner === undefined ? "nothing" : quoted(this.#inner);
    return `The XML document ${quoted(this.#root ?? "")} is no account report, statement or notification (camt.052, .053, .054): it holds ${inner}.`;
  }
}

function isMessage(name: string | undefined): boolean {
  return name?.startsWith("BkToCstmr") === true;
}

function formatOf(message: string): StatementFormat {
  if (message.includes("AcctRpt")) return "camt.052";
  return message.includes("Ntfctn") ? "camt.054" : "camt.053";
}

class OpenStatement {
  readonly #kind: Kind;
  readonly #name: string;
  readonly #at: number;
  readonly #place: string;
  /** everything but entries, as the children of one element, so that it can be looked into by path */
  readonly #frame: XmlElement;
  readonly #entries: StatementEntry[] = [];
  readonly #problems: Problem[] = [];
  #account: BankAccount | undefined;
  #written: string | undefined;

  constructor(kind: Kind, element: XmlElement, at: number) {
    this.#kind = kind;
    this.#name = element.name;
    this.#at = at;
    this.#place = `line ${element.line}, ${element.name}[${at}]`;
    this.#frame = { name: element.name, attributes: {}, children: [], text: "", line: element.line };
  }

  take(element: XmlElement): void {
    if (element.name !== "Ntry") {
      this.#frame.children.push(element);
      if (element.name === "Acct") this.#account = undefined;
      return;
    }
    this.#written ??= find(element, "Amt")?.attributes.Ccy;
    const place = `line ${element.line}, ${this.#name}[${this.#at}]/Ntry[${this.#entries.length + 1}]`;
    this.#entries.push(entryOf(element, this.#context(place)));
  }

  /** The account stands before balances and entries; without a currency of its own it has the balances'. */
  #context(place: string): EntryContext {
    this.#account ??= this.#ownAccount();
    return { account: this.#account, place, problems: this.#problems };
  }

  #ownAccount(): BankAccount {
    const own = ownAccount(find(this.#frame, "Acct"));
    const balance = find(this.#frame, "Bal", "Amt")?.attributes.Ccy;
    return own.currency === null && balance !== undefined ? { ...own, currency: balance } : own;
  }

  finish(): BankStatement {
    const balances = all(this.#frame, "Bal").flatMap((element, at) => this.#balance(element, at));
    const opening = balances.find((one) => one.kind === "opening") ?? null;
    const closing = balances.findLast((one) => one.kind === "closing") ?? null;
    const account = this.#accountWithCurrency(balances);
    if (account.iban === undefined && account.number === undefined)
      this.#problems.push(note("account", `${this.#place}: the statement does not name its account.`, this.#place));
    const sum = balanceCheck(opening, closing, this.#entries);
    const from = textAt(this.#frame, "FrToDt", "FrDtTm") ?? textAt(this.#frame, "FrToDt", "FrDt");
    const to = textAt(this.#frame, "FrToDt", "ToDtTm") ?? textAt(this.#frame, "FrToDt", "ToDt");
    const copy = textAt(this.#frame, "CpyDplctInd");
    if (copy !== undefined)
      this.#problems.push(
        note("copy", `${this.#place}: the bank marks it as a copy or duplicate (${copy}).`, this.#place),
      );
    return finished({
      kind: this.#kind,
      id: textAt(this.#frame, "Id") ?? null,
      number: textAt(this.#frame, "LglSeqNb") ?? textAt(this.#frame, "ElctrncSeqNb") ?? null,
      sequence:
        textAt(this.#frame, "StmtPgntn", "PgNb") ??
        textAt(this.#frame, "RptPgntn", "PgNb") ??
        textAt(this.#frame, "NtfctnPgntn", "PgNb") ??
        null,
      account,
      period: { from: dayOf(from) ?? opening?.date ?? null, to: dayOf(to) ?? closing?.date ?? null },
      createdAt: textAt(this.#frame, "CreDtTm") ?? null,
      opening,
      closing,
      available: ["CLAV", "ITAV", "OPAV"].flatMap((code) => balances.find((one) => one.code === code) ?? [])[0] ?? null,
      balances,
      entries: this.#entries,
      checks: [...(sum === undefined ? [] : [sum]), ...this.#summaryChecks(account.currency)],
      problems: this.#problems,
      place: this.#place,
    });
  }

  #accountWithCurrency(balances: readonly Balance[]): BankAccount {
    const own = this.#ownAccount();
    const currency = own.currency ?? balances[0]?.amount.currency ?? this.#written ?? null;
    return { ...own, currency };
  }

  #balance(element: XmlElement, at: number): readonly Balance[] {
    const place = `line ${element.line}, ${this.#name}[${this.#at}]/Bal[${at + 1}]`;
    const amount = this.#balanceAmount(element, place);
    if (amount === null) return [];
    const type = find(element, "Tp", "CdOrPrtry") ?? find(element, "Tp");
    const code = textAt(type, "Cd") ?? textAt(type, "Prtry") ?? "";
    const date = dayOf(textAt(element, "Dt", "Dt") ?? textAt(element, "Dt", "DtTm") ?? textAt(element, "Dt")) ?? null;
    return [{ kind: BALANCES[code] ?? "other", code, date, amount, place }];
  }

  /** A balance that does not say its side (CENTROlink) is one of credit: the sums show whether that is so. */
  #balanceAmount(element: XmlElement, place: string): ExactAmount | null {
    const context = this.#context(place);
    if (find(element, "CdtDbtInd") !== undefined) return signedAmount(element, context);
    const amount = amountOf(find(element, "Amt"), context.account.currency);
    if (amount === undefined) return signedAmount(element, context);
    const sentence = `${place}: Bal does not say whether it is a credit or a debit; it is taken as a credit.`;
    this.#problems.push(note("direction", sentence, place));
    return amount;
  }

  /** What the bank itself counted. Only where all entries are of one currency can the sums be compared. */
  #summaryChecks(currency: string | null): readonly Check[] {
    const summary = find(this.#frame, "TxsSummry");
    if (summary === undefined) return [];
    const totals = totalsOf(this.#entries);
    const checks: Check[] = [];
    const parts = [
      ["TtlNtries", "entries", totals.entries, this.#entries],
      [
        "TtlCdtNtries",
        "credits",
        totals.creditCount,
        this.#entries.filter((one) => one.amount?.decimal.startsWith("-") === false),
      ],
      [
        "TtlDbtNtries",
        "debits",
        totals.debitCount,
        this.#entries.filter((one) => one.amount?.decimal.startsWith("-") === true),
      ],
    ] as const;
    const mixed = this.#entries.some((one) => one.amount !== null && one.amount.currency !== currency);
    for (const [name, words, count, entries] of parts) {
      const said = textAt(summary, name, "NbOfNtries");
      if (said !== undefined && /^\d{1,9}$/.test(said))
        checks.push(sameCount(`number of ${words}`, `Number of ${words}`, count, Number(said)));
      const sum = readPoint(textAt(summary, name, "Sum") ?? "");
      if (sum === undefined || mixed) continue;
      const computed = sumOf(
        entries.map((one) => one.amount && { ...one.amount, decimal: one.amount.decimal.replace("-", "") }),
      );
      checks.push(sameFigure(`sum of ${words}`, `Sum of ${words}`, computed, sizeOf(sum), currency));
    }
    return checks;
  }
}
