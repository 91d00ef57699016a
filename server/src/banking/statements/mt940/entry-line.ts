import { exactAmount, negate, readComma } from "../amounts.ts";
import type { EntryStatus, ExactAmount } from "../contracts.ts";
import { compactDay, isoDay, nearestDay, shortDay } from "../dates.ts";
import { referenceOf } from "../references.ts";

/** What `:61:` says (SWIFT MT940, field 61: value date, entry date, mark, funds code, amount, type, references, supplement). */
export interface EntryLine {
  readonly valueDate: string | null;
  readonly bookingDate: string | null;
  readonly amount: ExactAmount | null;
  readonly status: EntryStatus;
  readonly reversal: boolean;
  readonly type: string | undefined;
  readonly customerReference: string | undefined;
  readonly bankReference: string | undefined;
  readonly supplement: string;
  /** the value date does not exist (30 February of the German year of 360 days) and was drawn to the month's end */
  readonly drawn: boolean;
}

const LINE = /^\s*(\d{8}|\d{6})(\d{4})?\s*(RC|RD|EC|ED|C|D|c|d)\s?([A-Z])?\s*([+-]?(?:\d[\d.,]*|[.,]\d+))\s*([\s\S]*)$/;

/**
 * Reads one `:61:`. The mark has the direction: C credit, D debit; RC takes back a credit (money out), RD takes back a debit (money in);
 * EC and ED are expected and not yet booked. `undefined` when it is no such line, also with those after it.
 */
export function readEntryLine(lines: readonly string[], currency: string | null): EntryLine | undefined {
  // Some banks break within the line itself: then it reads only together with the next.
  for (const joined of [1, 2, 3]) {
    if (joined > lines.length) return undefined;
    const match = LINE.exec(lines.slice(0, joined).join(""));
    if (match === null || (match[6] === "" && joined === 1 && lines.length > 1 && /^[NFS]/.test(lines[1] ?? "")))
      continue;
    return fromMatch(match, lines.slice(joined), currency);
  }
  return undefined;
}

function fromMatch(match: RegExpExecArray, more: readonly string[], currency: string | null): EntryLine {
  const [, day = "", monthDay, side = "C", , figure = "", rest = ""] = match;
  const mark = side.toUpperCase();
  const value = readComma(figure);
  const debit = mark === "D" || mark === "RC" || mark === "ED";
  const exists = day.length === 8 ? compactDay(day) : shortDay(day);
  const valueDate = exists ?? lastOfMonth(day);
  const booked = monthDay === undefined ? undefined : nearestDay(monthDay, valueDate ?? "2000-01-01");
  return {
    valueDate: valueDate ?? null,
    bookingDate: booked ?? valueDate ?? null,
    amount: value === undefined ? null : exactAmount(debit ? negate(value) : value, currency),
    status: mark.startsWith("E") ? "pending" : "booked",
    reversal: mark.startsWith("R"),
    drawn: exists === undefined && valueDate !== undefined,
    ...typeAndReferences(rest, more),
  };
}

/** 30 February is the value date of interest in a year of 360 days. */
function lastOfMonth(day: string): string | undefined {
  const [year, month, date] = [`20${day.slice(0, 2)}`, day.slice(2, 4), Number(day.slice(4, 6))].map(Number);
  if (day.length !== 6 || month !== 2 || (date !== 29 && date !== 30 && date !== 31)) return undefined;
  return isoDay(year ?? 0, 2, 29) ?? isoDay(year ?? 0, 2, 28);
}

type References = Pick<EntryLine, "type" | "customerReference" | "bankReference" | "supplement">;

function typeAndReferences(rest: string, more: readonly string[]): References {
  const bare = /^NONREF\b/.test(rest);
  const type = bare ? undefined : /^[NFS][A-Z0-9 ]{3}/.exec(rest)?.[0];
  const after = type === undefined ? rest : rest.slice(4);
  const cut = after.indexOf("//");
  const first = cut < 0 ? after : after.slice(0, cut);
  const bank = cut < 0 ? undefined : after.slice(cut + 2);
  // 16 letters are the reference; what a bank (Rabobank) writes behind them on the same line is the supplement.
  const padded = cut < 0 && first.length > 16 && /^.{16}\S/.test(first) && / $/.test(first.slice(0, 16));
  const supplement = [padded ? first.slice(16) : "", ...more].map((line) => line.trim()).filter((line) => line !== "");
  return {
    type: type?.trim(),
    customerReference: referenceOf(padded ? first.slice(0, 16) : first),
    bankReference: referenceOf(bank),
    supplement: supplement.join("\n"),
  };
}
