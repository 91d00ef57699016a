import { exactAmount } from "../amounts.ts";
import { balanceCheck, fileBalanced, finished } from "../checks.ts";
import type {
  Balance,
  BankAccount,
  BankStatement,
  Problem,
  ReadStatementFile,
  SheetMapping,
  StatementEntry,
} from "../contracts.ts";
import { ibanOf, present } from "../references.ts";
import { failure, note, quoted, Unreadable } from "../trouble.ts";
import { type Columns, columnsOf } from "./columns.ts";
import { dateOrder, isDay, readDay } from "./days.ts";
import { debitWordsOf } from "./directions.ts";
import { cellOf, entryOf, isCredit, isEntryRow, type Reading, type SheetEntry } from "./entries.ts";
import { type Frame, type FrameBalance, frameOf, tellsBalance } from "./frame.ts";
import { currencyBeside, decimalMark, isNumber, readCell } from "./numbers.ts";
import { currencyIn, rememberedMapping } from "./remember.ts";
import { endsOf, running } from "./running.ts";
import { csvTable, type Row, type Table, workbookTables } from "./table.ts";
import { titleScore } from "./titles.ts";

/** Reads a CSV file by a mapping, or by a guess that explains itself. */
export function readCsv(bytes: Uint8Array, name: string | undefined, mapping: SheetMapping): ReadStatementFile {
  return readTable(csvTable(bytes, mapping), "csv", bytes.length, name, mapping);
}

/**
 * Reads the sheet of a workbook that looks most like a statement, and those that have the same titles: a sheet for each month or account.
 * @param kind XLSX, XLS, ODS, HTML …
 */
export async function readWorkbook(
  bytes: Uint8Array,
  name: string | undefined,
  mapping: SheetMapping,
  kind = "XLSX",
): Promise<ReadStatementFile> {
  const tables = await workbookTables(bytes);
  const titled = tables
    .filter((table) => table.rows.length > 0)
    .map((table) => {
      const rows = table.rows.slice(0, 60);
      const best = rows.toSorted((one, other) => titleScore(other.cells) - titleScore(one.cells))[0]?.cells ?? [];
      return { table, score: titleScore(best), titles: best.join("\n") };
    });
  const alike = likeliest(titled);
  const [best] = alike;
  if (best === undefined) throw new Unreadable("empty", "The workbook has no cells.");
  const read = alike.map(({ table }) => readTable(table, "xlsx", bytes.length, name, mapping));
  const own = read[0] as ReadStatementFile;
  const names = alike.map(({ table }) => table.name ?? "");
  const statements = read.flatMap(({ statements: found }, at) =>
    found.map((one) => (alike.length === 1 ? one : { ...one, place: `sheet ${names[at]}, ${one.place}` })),
  );
  const problems = [...read.flatMap((one) => one.problems), ...unreadSheets(titled, alike)];
  return {
    ...own,
    file: { ...own.file, variant: `${kind}, ${names.length === 1 ? "sheet" : "sheets"} ${names.join(", ")}` },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
  };
}

interface Titled {
  readonly table: Table;
  readonly score: number;
  readonly titles: string;
}

/** A day, an amount and the points that they bring. */
const TELLING = 6;

/** Of the sheets with days and amounts those with the same titles that have most rows; where none has, the one with the best titles. */
function likeliest(sheets: readonly Titled[]): readonly Titled[] {
  const telling = Map.groupBy(
    sheets.filter((one) => one.score >= TELLING),
    (one) => one.titles,
  );
  const rows = (group: readonly Titled[]): number => group.reduce((sum, one) => sum + one.table.rows.length, 0);
  const [most] = [...telling.values()].toSorted((a, b) => rows(b) - rows(a));
  return most ?? sheets.toSorted((a, b) => b.score - a.score).slice(0, 1);
}

/** Other sheets with days and amounts: a cover says nothing, a second table may. */
function unreadSheets(all: readonly Titled[], read: readonly Titled[]): Problem[] {
  const left = all
    .filter((one) => !read.includes(one) && one.score >= TELLING)
    .map(({ table }) => quoted(table.name ?? ""));
  if (left.length === 0) return [];
  return [
    note(
      "sheets",
      `Not read: ${left.length === 1 ? "the sheet" : "the sheets"} ${left.join(", ")}, whose titles are others.`,
    ),
  ];
}

function readTable(
  table: Table,
  format: "csv" | "xlsx",
  size: number,
  name: string | undefined,
  mapping: SheetMapping,
): ReadStatementFile {
  if (table.rows.length === 0) throw new Unreadable("empty", "The table has no rows.");
  const columns = columnsOf(table.rows, mapping);
  refuseUnmapped(columns, table.rows);
  const body = table.rows.slice(columns.header + 1);
  const [inside, outside] = parted(body, columns);
  const around = [...table.rows.slice(0, Math.max(0, columns.header)), ...outside];
  const frame = frameOf(around);
  const decision = decide(columns, [inside, outside], frame, mapping, format === "csv" ? "line" : "row");
  const statements = statementsOf(inside, decision.reading, frame, mapping);
  const unit = format === "csv" ? "line" : "row";
  const problems = [...lostRows(inside, outside, columns, unit), ...unusedRows(outside, unit)];
  return {
    outcome: "read",
    format,
    file: {
      variant: format === "csv" ? "CSV" : "XLSX",
      encoding: table.encoding,
      bytes: size,
      ...present({ name }),
    },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
    mapping: {
      mapping: rememberedMapping(table, columns, decision.reading, mapping),
      because: [...table.because, ...columns.because, ...decision.because],
      doubts: [...columns.doubts, ...decision.doubts],
      titles: columns.titles,
    },
  };
}

function refuseUnmapped(columns: Columns, rows: readonly Row[]): void {
  const days = columns.at.has("bookingDate");
  const money = columns.at.has("amount") || columns.at.has("debit") || columns.at.has("credit");
  if (days && money) return;
  const first = columns.header >= 0 ? columns.titles : (rows[0]?.cells ?? []);
  const shown = first.slice(0, 8).map(quoted).join(", ");
  if (!days && !money)
    throw new Unreadable(
      "not_a_statement",
      `The file is no bank statement that is known here: as a table it has neither days nor amounts; it begins with ${shown}.`,
    );
  const missing = days ? "column of amounts" : "column of days";
  throw new Unreadable(
    "unmapped",
    `The table has no ${missing} that can be recognized; it begins with ${shown}. If it is a statement, give a mapping.`,
  );
}

interface Decision {
  readonly reading: Reading;
  readonly because: readonly string[];
  readonly doubts: readonly string[];
}

/** Decides marks, order and signs; where there is a running balance, signs are chosen so that it proves the sum. */
function decide(
  columns: Columns,
  [rows, outside]: readonly [readonly Row[], readonly Row[]],
  frame: Frame,
  mapping: SheetMapping,
  unit: "line" | "row",
): Decision {
  const of = (...roles: readonly Parameters<typeof cellOf>[2][]): readonly string[] =>
    rows.flatMap((row) => roles.map((role) => cellOf(row, columns, role))).filter((cell) => cell !== "");
  const beside = new Set(of("amount", "debit", "credit", "balance").flatMap((cell) => currencyBeside(cell) ?? []));
  const currency =
    mapping.currency ??
    frame.currency ??
    currencyIn(columns) ??
    (beside.size === 1 ? [...beside][0] : undefined) ??
    null;
  const numbers = decimalMark([
    ...of("amount", "debit", "credit", "balance"),
    frame.opening?.cell ?? "",
    frame.closing?.cell ?? "",
  ]);
  // A row with a balance has a day too, and it may be the one over 12.
  const around = outside.map((row) => cellOf(row, columns, "bookingDate")).filter(isDay);
  const days = dateOrder([...of("bookingDate", "valueDate"), ...around], of("currency")[0] ?? currency ?? undefined);
  const mark = mapping.decimal ?? numbers.mark;
  const debits = of("debit").flatMap((cell) => readCell(cell, mark) ?? []);
  const credits = of("credit").flatMap((cell) => readCell(cell, mark) ?? []);
  const signed = areNegative(debits);
  const base: Reading = {
    columns,
    order: mapping.dateOrder ?? days.order,
    mark,
    invert: mapping.invert ?? false,
    lessFee: false,
    signedDebits: signed,
    turnedCredits: areNegative(credits) && !signed,
    unmarkedOut: marksCredits(of("amount")),
    signedWords: false,
    debitWords: debitWordsOf(mapping),
    currency,
    unit,
  };
  const signs = bySigns(rows, base, mapping);
  return {
    reading: signs.reading,
    because: [
      mapping.decimal === undefined ? numbers.because : "The decimal mark is as the mapping says.",
      mapping.dateOrder === undefined ? days.because : "The order of dates is as the mapping says.",
      ...(signed ? ["Debits have a minus in their own column."] : []),
      ...(areNegative(credits) && !signed
        ? ["Credits have a minus in their own column, which does not turn them."]
        : []),
      ...signs.because,
    ],
    doubts: [
      ...(mapping.decimal === undefined && numbers.doubt !== undefined ? [numbers.doubt] : []),
      ...(mapping.dateOrder === undefined && days.doubt !== undefined ? [days.doubt] : []),
      ...(signs.reading.turnedCredits && !columns.at.has("balance")
        ? ["Every credit has a minus: they are taken as money in."]
        : []),
    ],
  };
}

/** Some amounts say CR, none says DR or has a sign: on cards whatever says nothing is spent. */
function marksCredits(amounts: readonly string[]): boolean {
  return (
    amounts.some(isCredit) &&
    !amounts.every(isCredit) &&
    !amounts.some((cell) => /DR\.?$|[-+(\u2212]/i.test(cell.trim()))
  );
}

function areNegative(values: readonly { readonly units: bigint }[]): boolean {
  return values.some((one) => one.units < 0n) && !values.some((one) => one.units > 0n);
}

function bySigns(
  rows: readonly Row[],
  base: Reading,
  mapping: SheetMapping,
): { reading: Reading; because: readonly string[] } {
  if (!base.columns.at.has("balance") || mapping.invert !== undefined) return { reading: base, because: [] };
  const ways: readonly (readonly [Reading, string])[] = [
    [base, "The running balance proves the signs of the amounts."],
    [
      { ...base, signedWords: true },
      "The running balance proves that amounts have signs of their own beside the word for their direction.",
    ],
    [{ ...base, lessFee: true }, "The balance moves by the amount less the fee: the running balance proves it."],
    [
      { ...base, invert: true },
      "Amounts are written from the other side: only with their signs turned does the running balance hold.",
    ],
    [{ ...base, signedDebits: !base.signedDebits }, "The running balance proves how debits are signed."],
    [{ ...base, turnedCredits: !base.turnedCredits }, "The running balance proves how credits are signed."],
    [
      { ...base, invert: true },
      "Amounts are written from the other side: only with their signs turned does the running balance hold.",
    ],
  ];
  const sample = rows.slice(0, 2000);
  for (const [reading, words] of ways) {
    if (reading.lessFee && !base.columns.at.has("fee")) continue;
    // A word for the direction says more than a balance that could as well be the one before each row.
    if (reading.invert && base.columns.at.has("direction")) continue;
    const groups = grouped(sample.map((row) => entryOf(row, reading, [])));
    if (groups.length > 0 && groups.every((group) => running(group.entries).check?.holds === true))
      return { reading, because: [words] };
  }
  return { reading: base, because: [] };
}

interface Group {
  readonly account: string | undefined;
  readonly currency: string | null;
  readonly entries: readonly StatementEntry[];
}

/** A file may hold several accounts, and an account several currencies: each is a statement. */
function grouped(entries: readonly SheetEntry[]): readonly Group[] {
  const groups = new Map<string, { account: string | undefined; currency: string | null; entries: StatementEntry[] }>();
  for (const { entry, account, currency } of entries) {
    const key = `${account ?? ""}\u0000${currency ?? ""}`;
    const group = groups.get(key) ?? { account, currency, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function statementsOf(
  rows: readonly Row[],
  reading: Reading,
  frame: Frame,
  mapping: SheetMapping,
): readonly BankStatement[] {
  const problems: Problem[] = [];
  const groups = grouped(rows.map((row) => entryOf(row, reading, problems)));
  const all = groups.length === 0 ? [{ account: undefined, currency: reading.currency, entries: [] }] : groups;
  return all.map((group) => {
    const own = problems.filter((one) => all.length === 1 || group.entries.some((entry) => entry.place === one.place));
    return statementOf(group, all.length === 1, own, reading, frame, mapping);
  });
}

function statementOf(
  group: Group,
  alone: boolean,
  problems: readonly Problem[],
  reading: Reading,
  frame: Frame,
  mapping: SheetMapping,
): BankStatement {
  const { check, newestFirst } = running(group.entries);
  const ends = endsOf(group.entries, group.currency, newestFirst);
  const told = alone ? toldBalances(reading, frame, mapping, group.currency) : {};
  const opening = told.opening ?? ends.opening ?? null;
  const closing = told.closing ?? ends.closing ?? null;
  const sum =
    told.opening !== undefined || told.closing !== undefined || check?.holds !== true
      ? balanceCheck(opening, closing, group.entries)
      : undefined;
  const checks = [check, sum].filter((one) => one !== undefined);
  const days = group.entries.flatMap((entry) => entry.bookingDate ?? []).sort();
  const account = accountOf(group, frame, mapping);
  const missing = [
    ...(account.iban === undefined && account.number === undefined
      ? [note("account", "The table does not name its account.")]
      : []),
    ...(account.currency === null ? [note("currency", "The table does not name its currency.")] : []),
  ];
  return finished({
    kind: "statement",
    id: null,
    number: null,
    sequence: null,
    account,
    period: { from: days[0] ?? null, to: days.at(-1) ?? null },
    createdAt: null,
    opening,
    closing,
    available: null,
    balances: [opening, closing].filter((one) => one !== null),
    entries: group.entries,
    checks,
    problems: [...problems, ...missing],
    place: group.entries[0]?.place ?? `${reading.unit} 1`,
  });
}

function toldBalances(
  reading: Reading,
  frame: Frame,
  mapping: SheetMapping,
  currency: string | null,
): { opening?: Balance; closing?: Balance } {
  const balance = (
    kind: "opening" | "closing",
    said: string | undefined,
    found: FrameBalance | undefined,
  ): Balance | undefined => {
    const value = said === undefined ? readCell(found?.cell ?? "", reading.mark) : readCell(said, ".");
    if (value === undefined) return undefined;
    const place = said === undefined ? `${reading.unit} ${found?.line}` : "mapping";
    const date = found?.day === undefined ? null : (readDay(found.day, reading.order) ?? null);
    return { kind, code: said === undefined ? "told" : "mapping", date, amount: exactAmount(value, currency), place };
  };
  return present({
    opening: balance("opening", mapping.opening, frame.opening),
    closing: balance("closing", mapping.closing, frame.closing),
  });
}

function accountOf(group: Group, frame: Frame, mapping: SheetMapping): BankAccount {
  const iban = mapping.account?.iban ?? ibanOf(group.account) ?? (group.account === undefined ? frame.iban : undefined);
  const number = mapping.account?.number ?? group.account ?? frame.number;
  return {
    ...present({ iban, number: number === iban ? undefined : number, owner: mapping.account?.owner ?? frame.owner }),
    currency: group.currency,
  };
}

function parted(body: readonly Row[], columns: Columns): readonly [readonly Row[], readonly Row[]] {
  const [inside, outside]: [Row[], Row[]] = [[], []];
  for (const row of body) (isEntryRow(row, columns) ? inside : outside).push(row);
  return [inside, outside];
}

/** Rows that look like entries and are none under these columns: what would be left out in silence is told as an error. */
function lostRows(inside: readonly Row[], outside: readonly Row[], columns: Columns, unit: string): Problem[] {
  const known = new Set([...columns.at.values()].flat());
  const money = (cell: string, at: number): boolean => !known.has(at) && /[.,]\d\d\D*$/.test(cell) && isNumber(cell);
  const lost = outside.filter(
    (row) =>
      (isDay(cellOf(row, columns, "bookingDate")) || inside.length === 0) &&
      row.cells.some(money) &&
      !tellsBalance(row),
  );
  if (lost.length === 0) return [];
  const lines = lost.slice(0, 5).map((row) => row.line);
  const words = `${lost.length} ${lost.length === 1 ? "row has an amount in a column" : "rows have amounts in columns"} that ${lost.length === 1 ? "is" : "are"} read as none (${unit} ${lines.join(", ")}${lost.length > 5 ? " …" : ""})`;
  return [failure("rows", `${words}: give a mapping that names ${lost.length === 1 ? "it" : "them"}.`)];
}

function unusedRows(outside: readonly Row[], unit: string): Problem[] {
  if (outside.length === 0) return [];
  const lines = outside.slice(0, 5).map((row) => row.line);
  const words = `${outside.length} ${outside.length === 1 ? "row is" : "rows are"} no entries and only looked through for balances`;
  return [note("rows", `${words} (${unit} ${lines.join(", ")}${outside.length > 5 ? " …" : ""}).`)];
}
