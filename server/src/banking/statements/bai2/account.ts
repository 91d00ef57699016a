import { exponent, parseCurrency } from "../../../kernel/money.ts";
import { type Decimal, exactAmount, negate, sumOf } from "../amounts.ts";
import { balanceCheck, finished, sameCount, sameFigure } from "../checks.ts";
import type { Balance, BalanceKind, BankStatement, Check, Problem, StatementEntry } from "../contracts.ts";
import { shortDay } from "../dates.ts";
import { ibanOf, present } from "../references.ts";
import { note, quoted } from "../trouble.ts";
import { entryOf } from "./entry.ts";
import { fundsFields } from "./funds.ts";
import { type BaiRecord, fieldsOf, unreadable, wholeAmount } from "./records.ts";

/** What group header (02) and file say to each of their accounts. */
export interface GroupFacts {
  readonly bank: string;
  readonly currency: string;
  readonly day: string | null;
}

interface Summary {
  readonly code: string;
  readonly amount: bigint | undefined;
  readonly count: number | undefined;
}

export interface ReadAccount {
  readonly statement: BankStatement;
  /** what the account's amounts really add up to, for the group's control */
  readonly total: bigint;
  readonly records: number;
}

const KINDS: Readonly<Record<string, BalanceKind>> = {
  "010": "opening",
  "015": "closing",
  "030": "interim",
  "040": "available",
  "045": "available",
  "060": "available",
};

/** One account: 03, its 16s, and the control 49. Source: Cash Management Balance Reporting Specifications, version 2 (BAI). */
export function accountOf(
  head: BaiRecord,
  inside: readonly BaiRecord[],
  end: BaiRecord | undefined,
  group: GroupFacts,
): ReadAccount {
  const problems: Problem[] = [];
  const [number = "", code = "", ...rest] = fieldsOf(head);
  const currency = code === "" ? group.currency : code;
  const scale = exponentOf(currency);
  const summaries = summariesOf(head, rest, problems);
  const entries = inside.map((record) => entryOf(record, { currency, scale, day: group.day, problems }));
  const place = `line ${head.line}`;
  const balances = summaries.flatMap((one) => balanceOf(one, currency, scale, group.day, place));
  const opening = balances.find((one) => one.kind === "opening") ?? null;
  const closing = balances.find((one) => one.kind === "closing") ?? null;
  const total =
    summaries.reduce((sum, one) => sum + (one.amount ?? 0n), 0n) +
    inside.reduce((sum, record) => sum + (wholeAmount(fieldsOf(record)[1]) ?? 0n), 0n);
  const records = [head, ...inside].reduce((sum, record) => sum + record.count, end === undefined ? 0 : end.count);
  const controls = controlChecks(end, total, records, currency, scale);
  if (end === undefined) problems.push(cut(head, "account trailer (49)"));
  const statement = finished({
    kind: "statement",
    id: null,
    number: null,
    sequence: null,
    account: { ...accountNumber(number), ...present({ bankCode: group.bank }), currency },
    period: { from: group.day, to: group.day },
    createdAt: null,
    opening,
    closing,
    available:
      ["045", "060", "040"].flatMap((one) => balances.find((balance) => balance.code === one) ?? [])[0] ?? null,
    balances,
    entries,
    checks: [...sumChecks(summaries, entries, opening, closing, { currency, scale, problems }), ...controls],
    problems,
    place,
  });
  return { statement, total, records };
}

function accountNumber(number: string): { iban?: string; number?: string } {
  const iban = ibanOf(number);
  return iban === undefined ? present({ number }) : { iban };
}

export function exponentOf(currency: string): number {
  const known = parseCurrency(currency);
  return known === undefined ? 2 : exponent(known);
}

export function cut(record: BaiRecord, missing: string): Problem {
  const place = `line ${record.line}`;
  return {
    code: "cut_off",
    severity: "error",
    place,
    sentence: `What begins at line ${record.line} has no ${missing}: the file is cut off or broken.`,
  };
}

/** Groups of type, amount, number of items and funds type; the funds types V, S and D bring fields of their own. */
function summariesOf(head: BaiRecord, fields: readonly string[], problems: Problem[]): readonly Summary[] {
  const summaries: Summary[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [code = "", text = "", items = "", funds = ""] = fields.slice(at, at + 4);
    const amount = wholeAmount(text);
    if (text !== "" && amount === undefined) problems.push(unreadable(head, "amount", text));
    if (code !== "") summaries.push({ code, amount, count: /^\d{1,9}$/.test(items) ? Number(items) : undefined });
    at += 4 + fundsFields(funds, fields[at + 4]);
  }
  return summaries;
}

function balanceOf(
  one: Summary,
  currency: string,
  scale: number,
  day: string | null,
  place: string,
): readonly Balance[] {
  const kind = KINDS[one.code] ?? (/^0\d\d$/.test(one.code) ? "other" : undefined);
  if (kind === undefined || one.amount === undefined) return [];
  return [{ kind, code: one.code, date: day, amount: exactAmount({ units: one.amount, scale }, currency), place }];
}

/**
 * Ledger balances and entries. Totals of credits (100) and debits (400) prove the entries where they agree; where they do not, not every
 * transaction is told one by one (the specification's own example does so), and it is noted.
 */
function sumChecks(
  summaries: readonly Summary[],
  entries: readonly StatementEntry[],
  opening: Balance | null,
  closing: Balance | null,
  money: { currency: string; scale: number; problems: Problem[] },
): readonly Check[] {
  const { currency, scale, problems } = money;
  const checks: Check[] = [];
  const sums: Decimal[] = [];
  for (const [code, words, debit] of DIRECTIONS) {
    const said = summaries.find((one) => one.code === code);
    if (said?.amount === undefined) continue;
    const size = said.amount < 0n ? -said.amount : said.amount;
    sums.push({ units: debit ? -size : size, scale });
    if (entries.length === 0) continue;
    const counted = entries.filter((one) => one.amount !== null && one.amount.decimal.startsWith("-") === debit);
    const sum = sumOf(counted.map((one) => one.amount));
    const positive = debit ? negate(sum) : sum;
    const check = sameFigure(`sum of ${words}`, `Sum of ${words}`, positive, { units: size, scale }, currency);
    if (check.holds) checks.push(check);
    else problems.push(note("not_all_told", check.sentence));
  }
  const alone = entries.length === 0 && sums.length === 2 && opening !== null && closing !== null;
  const balance = alone ? totalsCheck(opening, closing, sums, currency) : balanceCheck(opening, closing, entries);
  return balance === undefined ? checks : [balance, ...checks];
}

const DIRECTIONS = [
  ["100", "credits", false],
  ["400", "debits", true],
] as const;

function totalsCheck(opening: Balance, closing: Balance, sums: readonly Decimal[], currency: string): Check {
  const units = sums.reduce((sum, one) => sum + one.units, opening.amount.minor ?? 0n);
  const scale = sums[0]?.scale ?? 2;
  const words = "Opening balance, total credits and total debits make the closing balance";
  return sameFigure("balances", words, { units, scale }, { units: closing.amount.minor ?? 0n, scale }, currency);
}

function controlChecks(
  end: BaiRecord | undefined,
  total: bigint,
  records: number,
  currency: string,
  scale: number,
): readonly Check[] {
  if (end === undefined) return [];
  const [said, count] = fieldsOf(end);
  const amount = wholeAmount(said);
  const checks: Check[] = [];
  if (amount !== undefined)
    checks.push(
      sameFigure(
        "control total",
        "Control total of the account (49)",
        { units: total, scale },
        { units: amount, scale },
        currency,
      ),
    );
  if (/^\d{1,9}$/.test(count ?? ""))
    checks.push(sameCount("number of records", "Number of records of the account (49)", records, Number(count)));
  return checks;
}

export function groupDay(text: string | undefined): string | null {
  return shortDay(text) ?? null;
}

export function oddRecord(record: BaiRecord): Problem {
  const words = `Line ${record.line}: record ${record.code} ${quoted(record.content)} stands where it has no place.`;
  return note("order", words, `line ${record.line}`);
}
