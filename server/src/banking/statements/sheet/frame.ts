import { parseCurrency } from "../../../kernel/money.ts";
import { ibanOf } from "../references.ts";
import { isDay } from "./days.ts";
import { isNumber } from "./numbers.ts";
import type { Row } from "./table.ts";
import { plainTitle } from "./titles.ts";

/** What stands around the table: balances, whose account it is, its currency. */
export interface Frame {
  readonly opening?: FrameBalance;
  readonly closing?: FrameBalance;
  readonly iban?: string;
  readonly number?: string;
  readonly owner?: string;
  readonly currency?: string;
}

export interface FrameBalance {
  readonly cell: string;
  readonly day?: string;
  readonly line: number;
}

const OPENING =
  /opening balance|beginning balance|letzter kontostand|solde en debut|balance at (?:the )?(?:start|beginning)|start(?:ing)? balance|(?:brought|carried) forward|previous balance|anfangs(?:saldo|bestand)|alter (?:konto|saldo)|^saldo vortrag|saldovortrag|solde (?:initial|precedent|anterieur|d ouverture|au debut|debut)|ancien solde|beginsaldo|vorig saldo|saldo (?:inicial|iniziale|anterior|poczatkowe)|ingaende saldo|inngaende saldo|primosaldo|alkusaldo|^algsaldo|likutis pradziai|sakuma atlikums/;
const CLOSING =
  /closing balance|solde en fin|end(?:ing)? balance|balance at (?:the )?end|current balance|new balance|^ledger balance|endsaldo|end(?:bestand)|neuer (?:konto|saldo)|schlusssaldo|^kontostand|solde (?:final|de fin|de cloture|fin|actuel|nouveau)|nouveau solde|eindsaldo|nieuw saldo|saldo (?:final|finale|actual|contabile finale|koncowe)|utgaende saldo|ultimosaldo|loppusaldo|loppsaldo|likutis pabaigai|beigu atlikums|^s a l d o(?: |$)/;
const ACCOUNT =
  /^(?:account(?: number| no| id)?|iban|konto(?:nummer)?|kontonr|rekening(?:nummer)?|compte(?: n| numero)?|numero de compte|n de compte|cuenta|conto|conta|rachunek|numer rachunku|tilinumero)$/;
const OWNER =
  /^(?:account (?:name|holder|owner)|kontoinhaber|titulaire|titular|intestatario|naam rekeninghouder|owner|customer(?: name)?)$/;
const CURRENCY = /^(?:currency|ccy|wahrung|devise|valuta|munt|divisa|moneda|waluta)$/;

/** Whether a row tells a balance by its words. */
export function tellsBalance(row: Row): boolean {
  const label = plainTitle(row.cells.join(" ").replace(/[\d.,'+-]+/g, " "));
  return OPENING.test(label) || CLOSING.test(label);
}

/** Reads the rows above and below the table. A label and its value stand in one cell (`Account Number : 123`) or in neighbors. */
export function frameOf(rows: readonly Row[]): Frame {
  const found: { -readonly [Key in keyof Frame]: Frame[Key] } = {};
  for (const row of rows) {
    const label = plainTitle(row.cells.join(" ").replace(/[\d.,'+-]+/g, " "));
    const balance = balanceIn(row);
    if (balance !== undefined && OPENING.test(label)) found.opening ??= balance;
    else if (balance !== undefined && CLOSING.test(label)) found.closing ??= balance;
    for (const [name, value] of pairsOf(row)) {
      const plain = plainTitle(name);
      const iban = ibanOf(value);
      if (iban !== undefined) found.iban ??= iban;
      else if (ACCOUNT.test(plain) && /\d{4}/.test(value)) {
        found.number ??= value;
        // `0123456789 - EUR - current account`
        const code = value.split(" ").find((word) => /^[A-Z]{3}$/.test(word) && parseCurrency(word) !== undefined);
        if (code !== undefined) found.currency ??= code;
      }
      if (OWNER.test(plain) && value !== "") found.owner ??= value;
      if ((CURRENCY.test(plain) || plain === "") && parseCurrency(value.toUpperCase()) !== undefined)
        found.currency ??= value.toUpperCase();
    }
  }
  return found;
}

function balanceIn(row: Row): FrameBalance | undefined {
  const parts = row.cells.flatMap((cell) => cell.split(/:(?=\s*[-+(€$£]?\s*\d)/)).map((part) => part.trim());
  const cell = parts.findLast((part) => isNumber(part) && !isDay(part));
  const day = parts.find(isDay);
  return cell === undefined ? undefined : { cell, line: row.line, ...(day === undefined ? {} : { day }) };
}

function pairsOf(row: Row): readonly (readonly [string, string])[] {
  return row.cells.flatMap((cell, at) => {
    const colon = /^([^:]*):\s*(.*)$/.exec(cell);
    if (colon !== null && colon[2] !== "") return [[colon[1] ?? "", colon[2] ?? ""] as const];
    const next = row.cells[at + 1];
    return next === undefined ? [] : [[cell.replace(/:$/, ""), next] as const];
  });
}
