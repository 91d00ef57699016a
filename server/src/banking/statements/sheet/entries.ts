import { add, type Decimal, exactAmount, isZero, negate, sizeOf, subtract } from "../amounts.ts";
import type { ColumnRole, DateOrder, EntryStatus, Problem, StatementEntry } from "../contracts.ts";
import { partyAccount, present, references } from "../references.ts";
import { failure, note, quoted } from "../trouble.ts";
import type { Columns } from "./columns.ts";
import { isDay, isPendingDay, readDay } from "./days.ts";
import { currencyBeside, isNumber, readCell } from "./numbers.ts";
import type { Row } from "./table.ts";
import { plainTitle } from "./titles.ts";

/** How the cells are read, once it is decided. */
export interface Reading {
  readonly columns: Columns;
  readonly order: DateOrder;
  readonly mark: "." | ",";
  readonly invert: boolean;
  /** the balance moves by amount less fee (Revolut) */
  readonly lessFee: boolean;
  /** debits are written with a minus in their own column */
  readonly signedDebits: boolean;
  /** credits are written with a minus in their own column, and are money in nevertheless (cards) */
  readonly turnedCredits: boolean;
  /** credits are marked CR and debits are not (cards) */
  readonly unmarkedOut: boolean;
  /** beside a word for the direction amounts have signs too, which turn it */
  readonly signedWords: boolean;
  readonly debitWords: ReadonlySet<string>;
  readonly currency: string | null;
  readonly unit: "line" | "row";
}

export interface SheetEntry {
  readonly entry: StatementEntry;
  readonly account: string | undefined;
  readonly currency: string | null;
}

export function cellOf(row: Row, columns: Columns, role: ColumnRole): string {
  const column = columns.at.get(role)?.[0];
  return column === undefined ? "" : (row.cells[column] ?? "");
}

/** What stands in a row that tells a balance or a sum among the entries, and nothing else in its cell. */
const BALANCE_ROW =
  /^(?:opening balance|closing balance|balance (?:brought|carried) forward|(?:brought|carried) forward|turnover|saldo (?:anterior|inicial|final|do dia|iniziale|finale)|s a l d o|(?:anfangs|end)saldo|(?:begin|eind)saldo|solde (?:initial|final|precedent)|algsaldo|loppsaldo|kaive|likutis (?:pradziai|pabaigai)|apyvarta|sakuma atlikums|beigu atlikums|apgrozijums|saldo (?:poczatkowe|koncowe)|ingaende saldo|utgaende saldo)$/;

/** A cheap look before the cell is brought into plain letters. */
const MAY_BE_BALANCE = /sald|s a l d|balance|solde|forward|turnover|likut|apyvart|atlikums|apgroz|k[aä]ive/i;

/**
 * A row of the table has a day and an amount where they belong. A total below the table has a number and no day; a row whose day is written
 * wrongly has more than that, and one that waits for its day (a pending card payment) says its status.
 */
export function isEntryRow(row: Row, columns: Columns): boolean {
  if (row.cells.some((cell) => cell.length < 40 && MAY_BE_BALANCE.test(cell) && BALANCE_ROW.test(plainTitle(cell))))
    return false;
  const money = ["amount", "debit", "credit"] as const;
  const counted = money.some((role) => isNumber(cellOf(row, columns, role)));
  const day = cellOf(row, columns, "bookingDate");
  if (isDay(day)) return counted || money.some((role) => cellOf(row, columns, role) !== "");
  if (day === "") return counted && cellOf(row, columns, "status") !== "";
  return counted && row.cells.filter((cell) => cell !== "").length > 2;
}

export function entryOf(row: Row, reading: Reading, problems: Problem[]): SheetEntry {
  const { columns } = reading;
  const cell = (role: ColumnRole): string => cellOf(row, columns, role);
  const texts = (role: ColumnRole): readonly string[] =>
    (columns.at.get(role) ?? []).map((column) => row.cells[column] ?? "").filter((text) => text !== "");
  const place = `${reading.unit} ${row.line}`;
  const beside = (["amount", "debit", "credit"] as const).map((role) => currencyBeside(cell(role))).find((one) => one);
  const currency = cell("currency").toUpperCase() || beside || reading.currency;
  const value = amountOf(row, reading);
  const Place = `${place.slice(0, 1).toUpperCase()}${place.slice(1)}`;
  if (value === undefined) {
    const written = (["amount", "debit", "credit"] as const).map(cell).find((text) => text !== "") ?? "";
    problems.push(failure("amount", `${Place}: the amount ${quoted(written)} is no number.`, place));
  }
  const day = readDay(cell("bookingDate"), reading.order);
  const status = isPendingDay(cell("bookingDate")) ? "pending" : statusOf(cell("status"));
  if (day === undefined) {
    const told = status === "booked" ? failure : note;
    problems.push(told("date", `${Place}: the date ${quoted(cell("bookingDate"))} is no day.`, place));
  }
  const balance = readCell(cell("balance"), reading.mark);
  const party = {
    ...present({ name: cell("counterpartyName"), bic: cell("counterpartyBic") }),
    ...partyAccount(cell("counterpartyAccount") || undefined),
  };
  const type = texts("type");
  return {
    account: cell("account") || undefined,
    currency,
    entry: {
      amount: value === undefined ? null : exactAmount(value, currency),
      bookingDate: day ?? null,
      valueDate: readDay(cell("valueDate"), reading.order) ?? null,
      status,
      reversal: false,
      codes: type.map((code) => ({ code, system: "bank" })),
      references: references({ entry: cell("reference"), endToEndId: cell("endToEndId") }),
      counterparty: Object.keys(party).length === 0 ? null : party,
      remittance: { unstructured: texts("description"), structured: texts("structuredReference") },
      original: originalOf(row, reading, currency),
      charges: chargesOf(row, reading, currency),
      returned: null,
      details: [],
      place,
      ...(balance === undefined ? {} : { runningBalance: exactAmount(balance, currency) }),
    },
  };
}

/** One signed column, one with a column of words for its direction, or two columns of which one is empty or nought. */
function amountOf(row: Row, reading: Reading): Decimal | undefined {
  const { columns, mark } = reading;
  const read = (role: ColumnRole): Decimal | undefined => readCell(cellOf(row, columns, role), mark);
  let value: Decimal | undefined;
  if (columns.at.has("debit") || columns.at.has("credit")) value = fromTwo(row, reading);
  if (value === undefined && columns.at.has("amount")) {
    value = read("amount");
    const out = value !== undefined && reading.unmarkedOut && !isCredit(cellOf(row, columns, "amount"));
    if (value !== undefined && out) value = negate(value);
  }
  if (value !== undefined && columns.at.has("direction")) {
    const word = plainTitle(cellOf(row, columns, "direction")) || cellOf(row, columns, "direction");
    const out = reading.debitWords.has(word) || word === "-";
    const size = reading.signedWords ? value : sizeOf(value);
    value = out ? negate(size) : size;
  }
  const fee = reading.lessFee ? read("fee") : undefined;
  if (value !== undefined && fee !== undefined) value = subtract(value, fee);
  return value !== undefined && reading.invert ? negate(value) : value;
}

/** `500.00 CR` */
export function isCredit(cell: string): boolean {
  return /\dCR\.?$/i.test(cell.replace(/\s/g, ""));
}

function fromTwo(row: Row, reading: Reading): Decimal | undefined {
  const [debitCell, creditCell] = [cellOf(row, reading.columns, "debit"), cellOf(row, reading.columns, "credit")];
  const [debit, written] = [readCell(debitCell, reading.mark), readCell(creditCell, reading.mark)];
  const credit = written !== undefined && reading.turnedCredits ? negate(written) : written;
  if ((debitCell !== "" && debit === undefined) || (creditCell !== "" && credit === undefined)) return undefined;
  if (debit === undefined && credit === undefined) return undefined;
  const out = debit === undefined ? undefined : reading.signedDebits ? debit : negate(debit);
  if (out === undefined || isZero(out)) return credit ?? out;
  return credit === undefined ? out : add(credit, out);
}

function statusOf(text: string): EntryStatus {
  if (text === "") return "booked";
  const plain = plainTitle(text);
  if (
    /pending|reserv|vorgemerkt|wartend|en attente|pendiente|in behandeling|authori[sz]ed|processing|on hold/.test(plain)
  )
    return "pending";
  return /declin|reject|fail|cancel|revert|abgelehnt|refuse/.test(plain) ? "info" : "booked";
}

function originalOf(row: Row, reading: Reading, currency: string | null): StatementEntry["original"] {
  const value = readCell(cellOf(row, reading.columns, "originalAmount"), reading.mark);
  const code = cellOf(row, reading.columns, "originalCurrency").toUpperCase();
  const rate = cellOf(row, reading.columns, "exchangeRate");
  if (value === undefined || isZero(value)) return null;
  if (code !== "" && code === currency && rate === "") return null;
  return {
    amount: exactAmount(value, code === "" ? null : code),
    ...present({ rate: rate === "" ? undefined : rate.replace(",", ".") }),
  };
}

function chargesOf(row: Row, reading: Reading, currency: string | null): StatementEntry["charges"] {
  const value = readCell(cellOf(row, reading.columns, "fee"), reading.mark);
  if (value === undefined || isZero(value)) return [];
  return [{ amount: exactAmount(value.units < 0n ? negate(value) : value, currency), included: true }];
}
