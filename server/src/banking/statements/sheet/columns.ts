import { parseCurrency } from "../../../kernel/money.ts";
import { add, compare, type Decimal, isZero, negate } from "../amounts.ts";
import type { ColumnRole, SheetMapping } from "../contracts.ts";
import { quoted, Unreadable } from "../trouble.ts";
import { isDay, isPendingDay } from "./days.ts";
import { directionOf } from "./directions.ts";
import { decimalMark, isNumber, readCell } from "./numbers.ts";
import type { Row } from "./table.ts";
import { rolesOf, titleScore } from "./titles.ts";

export interface Columns {
  readonly at: ReadonlyMap<ColumnRole, readonly number[]>;
  readonly titles: readonly string[];
  /** index in the rows of the titles; -1 where there are none */
  readonly header: number;
  readonly because: readonly string[];
  readonly doubts: readonly string[];
}

const MOST_COLUMNS = 500;
const MOST_ROWS_ABOVE = 60;
const SAMPLE = 300;
const SEVERAL: ReadonlySet<ColumnRole> = new Set(["description", "type"]);
const DAYS: ReadonlySet<ColumnRole> = new Set(["bookingDate", "valueDate"]);
const NUMBERS: ReadonlySet<ColumnRole> = new Set([
  "amount",
  "debit",
  "credit",
  "balance",
  "originalAmount",
  "fee",
  "exchangeRate",
]);

/** Finds the titles and what each column holds: what the mapping says, then what the titles say and the cells bear out, then the cells alone. */
export function columnsOf(rows: readonly Row[], mapping: SheetMapping): Columns {
  const wide = rows.find((row) => row.cells.length > MOST_COLUMNS);
  if (wide !== undefined)
    throw new Unreadable(
      "not_a_statement",
      `Line ${wide.line}: a table of ${wide.cells.length} columns is no bank statement.`,
    );
  const header = headerOf(rows, mapping);
  const titles = (rows[header]?.cells ?? []).map((title) => title.replace(/^\ufeff/, ""));
  const data = rows.slice(header + 1, header + 1 + SAMPLE);
  const finder = new Finder(titles, data);
  if (mapping.columns !== undefined) finder.takeMapped(mapping.columns);
  finder.takeTitled();
  finder.takeByContent();
  finder.takeDirection();
  finder.settleAccounts();
  return { at: finder.at, titles, header, because: finder.because, doubts: finder.doubts };
}

type Values = readonly (Decimal | undefined)[];

function follows(moves: Values, states: Values): boolean {
  // Something that stands still follows from whatever does nothing.
  if (moves.filter(filled).length < 2) return false;
  return states.every((state, at) => {
    const [before, move] = [states[at - 1], moves[at]];
    if (at === 0) return state !== undefined && move !== undefined && !isZero(move);
    return state !== undefined && before !== undefined && move !== undefined && compare(add(before, move), state) === 0;
  });
}

/** The balance before each row: the next one is that and the move. */
function leads(moves: Values, states: Values): boolean {
  if (moves.filter(filled).length < 2 || moves.includes(undefined)) return false;
  return states.every((state, at) => {
    const [before, move] = [states[at - 1], moves[at - 1]];
    if (at === 0) return state !== undefined;
    return state !== undefined && before !== undefined && move !== undefined && compare(add(before, move), state) === 0;
  });
}

function filled(one: Decimal | undefined): boolean {
  return one !== undefined && !isZero(one);
}

/** Amounts, and not numbers that somebody gave: some have decimals, a sign or a currency, or none is long. */
function looksLikeMoney(cells: readonly string[]): boolean {
  if (cells.some((cell) => /^0\d/.test(cell))) return false;
  return cells.some((cell) => /[.,]\d{1,4}\D*$|^\D/.test(cell)) || cells.every((cell) => cell.length <= 7);
}

/** As `follows`, in whichever direction the rows run. */
function runs(moves: Values, states: Values): boolean {
  return moves.length > 1 && (follows(moves, states) || follows(moves.toReversed(), states.toReversed()));
}

function sized(value: Decimal | undefined): Decimal {
  const one = value ?? { units: 0n, scale: 0 };
  return one.units < 0n ? negate(one) : one;
}

function headerOf(rows: readonly Row[], mapping: SheetMapping): number {
  if (mapping.headerRow !== undefined) return rows.findIndex((row) => row.line === mapping.headerRow);
  const names = Object.values(mapping.columns ?? {})
    .flat()
    .filter((one) => typeof one === "string");
  const named = rows
    .slice(0, MOST_ROWS_ABOVE)
    .findIndex((row) => names.every((name) => row.cells.includes(name.trim())));
  if (names.length > 0 && named >= 0) return named;
  const scores = rows.slice(0, MOST_ROWS_ABOVE).map((row) => (row.cells.length < 2 ? 0 : titleScore(row.cells)));
  const best = Math.max(0, ...scores);
  return best >= 4 ? scores.indexOf(best) : unknownTitles(rows);
}

/** Titles in words that nobody knows: texts only, above a row with a day and a number. */
function unknownTitles(rows: readonly Row[]): number {
  return rows.slice(0, MOST_ROWS_ABOVE).findIndex(({ cells }, at) => {
    const below = rows[at + 1]?.cells ?? [];
    const texts = cells.filter((cell) => cell !== "");
    const plain = texts.length >= 2 && texts.every((cell) => !isDay(cell) && !isNumber(cell));
    return (
      plain &&
      below.length === cells.length &&
      below.some(isDay) &&
      below.some((cell) => isNumber(cell) && !isDay(cell))
    );
  });
}

class Finder {
  readonly at = new Map<ColumnRole, number[]>();
  readonly because: string[] = [];
  readonly doubts: string[] = [];
  readonly #titles: readonly string[];
  readonly #data: readonly Row[];
  readonly #width: number;

  constructor(titles: readonly string[], data: readonly Row[]) {
    this.#titles = titles;
    this.#data = data;
    this.#width = Math.max(titles.length, 0, ...data.slice(0, 50).map((row) => row.cells.length));
  }

  #cells(column: number): readonly string[] {
    return this.#data.map((row) => row.cells[column] ?? "").filter((cell) => cell !== "");
  }

  #name(column: number): string {
    const title = this.#titles[column];
    return title === undefined || title === "" ? `column ${column + 1}` : quoted(title);
  }

  #isTaken(column: number): boolean {
    return [...this.at.values()].some((columns) => columns.includes(column));
  }

  #take(role: ColumnRole, column: number): void {
    this.at.set(role, [...(this.at.get(role) ?? []), column]);
  }

  takeMapped(columns: NonNullable<SheetMapping["columns"]>): void {
    for (const [role, said] of Object.entries(columns))
      for (const one of Array.isArray(said) ? (said as readonly (string | number)[]) : [said as string | number]) {
        const column =
          typeof one === "number" ? one - 1 : this.#titles.findIndex((title) => title.trim() === one.trim());
        if (column < 0 || column >= this.#width)
          throw new Unreadable(
            "unmapped",
            `The mapping names the column ${quoted(String(one))} for ${role}, which the file does not have.`,
          );
        this.#take(role as ColumnRole, column);
      }
    if (this.at.size > 0) this.because.push("Columns are as the mapping says; those it does not name are guessed.");
  }

  takeTitled(): void {
    const mapped = new Set(this.at.keys());
    // Where two titles say the same, the column with something in it has it.
    const filled = [...this.#titles.entries()].map((one) => ({ one, empty: this.#cells(one[0]).length === 0 }));
    for (const [column, title] of filled.toSorted((a, b) => Number(a.empty) - Number(b.empty)).map(({ one }) => one)) {
      if (this.#isTaken(column)) continue;
      const roles = rolesOf(title).filter((role) => !mapped.has(role) && this.#fits(role, column));
      const role = roles.find((one) => SEVERAL.has(one) || !this.at.has(one)) ?? this.#second(roles, column);
      if (role === undefined) continue;
      this.#take(role, column);
      this.because.push(`${role}: the title ${quoted(title)}.`);
    }
    this.#odooCurrency();
  }

  /** A second column of a role: the net amount goes before the gross one, a longer title of texts is more description. */
  #second(roles: readonly ColumnRole[], column: number): ColumnRole | undefined {
    if (roles[0] === "amount" && /^net/i.test(this.#titles[column] ?? "")) {
      this.because.push(
        `amount: ${this.#name(column)} instead of ${this.#name(this.at.get("amount")?.[0] ?? 0)}, since it is what the balance moves by.`,
      );
      this.at.delete("amount");
      return "amount";
    }
    return roles[0] === "counterpartyName" || roles[0] === "reference" ? "description" : undefined;
  }

  /** Odoo's `Amount Currency` is the amount in the currency of the column `Currency`; that is the original amount, not the account's. */
  #odooCurrency(): void {
    const original = this.at.get("originalAmount")?.[0];
    const currency = this.at.get("currency")?.[0];
    if (original === undefined || currency === undefined || this.at.has("originalCurrency")) return;
    if (!/^amount (?:in )?currency$/i.test(this.#titles[original] ?? "")) return;
    this.at.delete("currency");
    this.#take("originalCurrency", currency);
    this.because.push(`${this.#name(currency)} is the currency of ${this.#name(original)}, not of the account.`);
  }

  #fits(role: ColumnRole, column: number): boolean {
    const cells = this.#cells(column);
    if (cells.length === 0) return true;
    const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length;
    if (DAYS.has(role)) return share((cell) => isDay(cell) || isPendingDay(cell)) >= 0.5 && cells.some(isDay);
    if (NUMBERS.has(role)) return share(isNumber) >= 0.5;
    if (role === "currency" || role === "originalCurrency") return share((cell) => /^[A-Za-z]{3}$/.test(cell)) >= 0.5;
    if (role === "direction") return new Set(cells).size <= 6;
    return true;
  }

  /** Where titles say nothing: the first column of days, then numbers with decimals or signs. */
  takeByContent(): void {
    // One column alone is a list, no table.
    if (this.#width < 2) return;
    const free = Array.from({ length: this.#width }, (_, column) => column).filter((column) => !this.#isTaken(column));
    const share = (column: number, test: (cell: string) => boolean): number => {
      const cells = this.#cells(column);
      return cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
    };
    if (!this.at.has("bookingDate")) {
      const value = this.at.get("valueDate")?.[0];
      const column = value ?? free.find((one) => share(one, isDay) >= 0.8);
      if (column !== undefined) {
        this.#take("bookingDate", column);
        this.because.push(
          `bookingDate: ${this.#name(column)}${value === undefined ? ", since its cells are days" : ", the only date"}.`,
        );
      }
    }
    this.#otherSide(free.filter((one) => share(one, isNumber) >= 0.8 && share(one, isDay) < 0.8));
    const hasMoney = this.at.has("amount") || this.at.has("debit") || this.at.has("credit");
    if (!hasMoney) this.#amountByContent(free.filter((one) => share(one, isNumber) >= 0.8 && share(one, isDay) < 0.8));
    if (this.#titles.length === 0) this.#textsByContent(free);
  }

  #amountByContent(numbers: readonly number[]): void {
    const proved = this.#provedPair(numbers);
    if (proved !== undefined) {
      this.#take("amount", proved.amount);
      if (!proved.before) this.#take("balance", proved.balance);
      this.because.push(
        `amount: ${this.#name(proved.amount)}, by which the balance in ${this.#name(proved.balance)} moves from row to row.`,
      );
      return;
    }
    if (this.#splitByContent(numbers)) return;
    const decimals = numbers.filter((one) =>
      this.#cells(one).some((cell) => /[.,]\d{1,4}\D*$/.test(cell) || /^[-+(]/.test(cell)),
    );
    const [column, ...others] = decimals.length > 0 ? decimals : numbers;
    if (column === undefined) return;
    this.#take("amount", column);
    this.because.push(`amount: ${this.#name(column)}, the first column of numbers.`);
    if (others.length > 0)
      this.doubts.push(
        `The amount could also be in ${others.map((one) => this.#name(one)).join(" or ")}: no title says which.`,
      );
  }

  /** Two columns of which one is the other's running balance, upwards or downwards. */
  #provedPair(columns: readonly number[]): { amount: number; balance: number; before: boolean } | undefined {
    // Numbers of rows run on by one: beside columns with decimals they are no balance.
    const decimals = columns.filter((one) => this.#cells(one).some((cell) => /[.,]\d{1,4}\D*$/.test(cell)));
    const numbers = decimals.length > 1 ? decimals : columns;
    const { mark } = decimalMark(numbers.flatMap((column) => this.#cells(column)));
    const values = new Map(
      numbers.map((column) => [column, this.#data.map((row) => readCell(row.cells[column] ?? "", mark))]),
    );
    for (const before of [false, true])
      for (const amount of numbers)
        for (const balance of numbers) {
          const [moves = [], states = []] = [values.get(amount), values.get(balance)];
          if (amount === balance || moves.length < 2) continue;
          const proves = before
            ? leads(moves, states) || leads(moves.toReversed(), states.toReversed())
            : runs(moves, states);
          if (proves) return { amount, balance, before };
        }
    return undefined;
  }

  /** Where only debits or only credits have a title: the column that has something where they have nothing. */
  #otherSide(numbers: readonly number[]): void {
    const [known, missing] = this.at.has("debit") ? (["debit", "credit"] as const) : (["credit", "debit"] as const);
    const column = this.at.get(known)?.[0];
    if (column === undefined || this.at.has(missing) || this.at.has("amount")) return;
    const empty = (row: Row, at: number): boolean =>
      !filled(readCell(row.cells[at] ?? "", ".") ?? readCell(row.cells[at] ?? "", ","));
    const rows = this.#data.filter((row) => [column, ...numbers].some((at) => !empty(row, at)));
    const other = numbers.find(
      (at) =>
        rows.length > 1 &&
        looksLikeMoney(this.#cells(at)) &&
        rows.every((row) => empty(row, at) !== empty(row, column)),
    );
    if (other === undefined) return;
    this.#take(missing, other);
    this.because.push(`${missing}: ${this.#name(other)}, which has an amount where ${this.#name(column)} has none.`);
  }

  /** Two columns of which each row fills one: debits and credits, told apart by signs, by a third column that is their balance, or by custom. */
  #splitByContent(columns: readonly number[]): boolean {
    const numbers = columns.filter((one) => looksLikeMoney(this.#cells(one)));
    const { mark } = decimalMark(numbers.flatMap((column) => this.#cells(column)));
    const values = numbers.map((column) => this.#data.map((row) => readCell(row.cells[column] ?? "", mark)));
    for (const [first, left] of values.entries())
      for (const [second, right] of values.entries()) {
        if (second <= first || !left.some(filled) || !right.some(filled)) continue;
        const rows = left.map((one, at) => [one, right[at]] as const).filter((pair) => pair.some(filled));
        if (rows.length < 2 || rows.some((pair) => pair.every(filled))) continue;
        const moves = (out: Values, into: Values): Values =>
          out.map((one, at) => (filled(one) ? negate(sized(one)) : (into[at] ?? one)));
        const proves = (out: Values, into: Values): boolean =>
          values.some((states, at) => at !== first && at !== second && runs(moves(out, into), states));
        const negative = (one: Values): boolean => one.some((value) => value !== undefined && value.units < 0n);
        const turned = (negative(right) && !negative(left)) || (!negative(left) && proves(right, left));
        const [debit, credit] = (turned ? [second, first] : [first, second]).map((at) => numbers[at] as number);
        this.#take("debit", debit as number);
        this.#take("credit", credit as number);
        this.because.push(
          `debit and credit: ${this.#name(debit as number)} and ${this.#name(credit as number)}, of which each row fills one.`,
        );
        if (!turned && !negative(left) && !proves(left, right))
          this.doubts.push("Which of the two columns of amounts is money out is said by nothing: the first is taken.");
        this.#balanceOf(
          numbers,
          values,
          moves(values[turned ? second : first] ?? [], values[turned ? first : second] ?? []),
        );
        return true;
      }
    return false;
  }

  /** The column that the moves lead from row to row. */
  #balanceOf(numbers: readonly number[], values: readonly Values[], moves: Values): void {
    const at = values.findIndex((states, one) => !this.#isTaken(numbers[one] as number) && runs(moves, states));
    if (at >= 0) this.#take("balance", numbers[at] as number);
  }

  /** A column of nothing but words for in and out says the direction, where amounts have no signs or the words go with the signs. */
  takeDirection(): void {
    const amount = this.at.get("amount")?.[0];
    if (amount === undefined || ["direction", "debit", "credit"].some((role) => this.at.has(role as ColumnRole)))
      return;
    const rows = this.#data.filter((row) => isNumber(row.cells[amount] ?? ""));
    for (let column = 0; column < this.#width; column += 1) {
      const words = rows.map((row) => directionOf(row.cells[column] ?? ""));
      if (column === amount || words.length === 0 || words.includes(undefined)) continue;
      const outs = rows.map((row) => readCell(row.cells[amount] ?? "", ".") ?? readCell(row.cells[amount] ?? "", ","));
      const signs = outs.map((one) => one !== undefined && one.units < 0n);
      const both = new Set(words).size === 2;
      const agree = signs.every((sign, at) => sign === (words[at] === "out"));
      const against = both && signs.every((sign, at) => sign !== (words[at] === "out"));
      const short = rows.some((row) => (row.cells[column] ?? "").length < 2);
      if (signs.includes(true) ? !agree && !against : short && !both) continue;
      for (const [role, taken] of this.at)
        this.at.set(
          role,
          taken.filter((one) => one !== column),
        );
      for (const [role, taken] of this.at) if (taken.length === 0) this.at.delete(role);
      this.#take("direction", column);
      this.because.push(`direction: ${this.#name(column)}, since its cells are words for in and out.`);
      if (!this.at.has("balance")) this.#balanceByDirection(amount, words);
      return;
    }
  }

  #balanceByDirection(amount: number, words: readonly ("in" | "out" | undefined)[]): void {
    const rows = this.#data.filter((row) => isNumber(row.cells[amount] ?? ""));
    const { mark } = decimalMark(rows.map((row) => row.cells[amount] ?? ""));
    const moves = rows.map((row, at) => {
      const value = sized(readCell(row.cells[amount] ?? "", mark));
      return words[at] === "out" ? negate(value) : value;
    });
    const columns = Array.from({ length: this.#width }, (_, column) => column).filter(
      (column) => !this.#isTaken(column),
    );
    const values = columns.map((column) => rows.map((row) => readCell(row.cells[column] ?? "", mark)));
    this.#balanceOf(columns, values, moves);
  }

  #textsByContent(free: readonly number[]): void {
    for (const column of free.filter((one) => !this.#isTaken(one))) {
      const cells = this.#cells(column);
      if (cells.length === 0) continue;
      if (!this.at.has("currency") && cells.every((cell) => parseCurrency(cell) !== undefined)) {
        this.#take("currency", column);
        this.because.push(`currency: ${this.#name(column)}, since its cells are currency codes.`);
      } else if (cells.some((cell) => /\p{L}{3}/u.test(cell))) {
        this.#take("description", column);
        this.because.push(`description: ${this.#name(column)}, since its cells are texts.`);
      }
    }
  }

  /** `IBAN` or `Account` alone is the own account where it does not change, or where the other side has a column of its own. */
  settleAccounts(): void {
    const column = this.at.get("account")?.[0];
    if (column === undefined || this.at.has("counterpartyAccount")) return;
    if (new Set(this.#cells(column)).size <= 1 || /eigen|own|auftrag|my/i.test(this.#titles[column] ?? "")) return;
    this.at.delete("account");
    this.#take("counterpartyAccount", column);
    this.because.push(`${this.#name(column)} changes from row to row: it is the other side's account.`);
  }
}
