import { parseCurrency } from "../../../kernel/money.ts";
import { type Decimal, negate, readPoint } from "../amounts.ts";

/** Signs, letters and blanks that stand around a number: currency signs and codes, brackets of accountants. */
const CURRENCY = /(?:[A-Z]{3}|[€$£¥₹₽₺₴₪₩฿]|kr\.?|Rs\.?|zł|Kč|Ft|lei|R\$|CHF|Fr\.)/giu;

/** The bare number in a cell, with its sign, blanks gone; `undefined` when there is something else in it. */
function bare(cell: string): { readonly text: string; readonly negative: boolean } | undefined {
  let text = cell
    .replace(/[\u2212\u2012\u2013\u2014]/g, "-")
    .replace(CURRENCY, "")
    .replace(/[\s\u00a0\u202f\u2009'’`]/g, "");
  let negative = false;
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed !== null) [text, negative] = [bracketed[1] ?? "", true];
  // `12.50 DR`, `12,50 S` (Soll) are debits, CR and H (Haben) credits.
  const marked = /^[CD]R(?=[\d.,])|(?<=\d)[CD]R$|(?<=[.,]\d\d)[CDSH]$/i.exec(text)?.[0];
  if (marked !== undefined) [text, negative] = [text.replace(marked, ""), /^[DS]/i.test(marked)];
  if (/^[^-+]+[-+]$/.test(text)) [text, negative] = [text.slice(0, -1), text.endsWith("-")];
  if (/^[+-]/.test(text)) [text, negative] = [text.slice(1), text.startsWith("-") || negative];
  return /^[\d.,]*\d[\d.,]*$/.test(text) ? { text, negative } : undefined;
}

export function isNumber(cell: string): boolean {
  const found = bare(cell);
  return found !== undefined && (readCell(cell, ".") !== undefined || readCell(cell, ",") !== undefined);
}

/** Reads a cell under a decimal mark; groups of three before it are allowed, anything else (`12..34`, `1.23.4`) is no number. */
export function readCell(cell: string, mark: "." | ","): Decimal | undefined {
  const found = bare(cell);
  if (found === undefined) return undefined;
  const group = mark === "." ? "," : ".";
  const [whole = "", fraction, ...rest] = found.text.split(mark);
  if (rest.length > 0 || fraction?.includes(group)) return undefined;
  // Groups of three, or the Indian 12,34,567.
  if (whole.includes(group) && !/^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return undefined;
  const value = readPoint(`${whole.replaceAll(group, "")}${fraction === undefined ? "" : `.${fraction}`}`);
  return value !== undefined && found.negative ? negate(value) : value;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "€": "EUR", "£": "GBP", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₩": "KRW", "฿": "THB", "₹": "INR", zł: "PLN", kč: "CZK", ft: "HUF", r$: "BRL",
}; // biome-ignore format: a table

/** The currency that stands beside an amount: `£12.50`, `12,50 EUR`; dollars and crowns are those of many countries. */
export function currencyBeside(cell: string): string | undefined {
  const word = cell.replace(/[\d\s.,'’()+\u2212-]/g, "");
  return SYMBOLS[word.toLowerCase()] ?? parseCurrency(word);
}

export interface DecimalGuess {
  readonly mark: "." | ",";
  readonly because: string;
  readonly doubt?: string;
}

/** Which mark is the decimal one: by the first cell that can only be read one way. */
export function decimalMark(cells: readonly string[]): DecimalGuess {
  const votes = { ".": 0, ",": 0 };
  let proof = "";
  let unsure = "";
  for (const cell of cells) {
    const text = bare(cell)?.text ?? "";
    const mark = soleMark(text);
    if (mark === "either") unsure = cell;
    else if (mark !== undefined) {
      votes[mark] += 1;
      proof ||= cell;
    }
  }
  if (votes["."] === 0 && votes[","] === 0) {
    const because = "No amount shows which mark is the decimal one; the point is taken.";
    return unsure === ""
      ? { mark: ".", because }
      : {
          mark: ".",
          because,
          doubt: `"${unsure}" can be read two ways: the comma or point may be the decimal mark or part thousands.`,
        };
  }
  const mark = votes[","] > votes["."] ? "," : ".";
  const name = mark === "," ? "comma" : "point";
  const mixed = votes["."] > 0 && votes[","] > 0;
  return {
    mark,
    because: `The decimal mark is the ${name}, as in "${proof}".`,
    ...(mixed ? { doubt: "Some amounts have a decimal point, others a decimal comma." } : {}),
  };
}

function soleMark(text: string): "." | "," | "either" | undefined {
  const [points, commas] = [text.split(".").length - 1, text.split(",").length - 1];
  if (points > 0 && commas > 0) return text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
  if (points === 0 && commas === 0) return undefined;
  const mark = points > 0 ? "." : ",";
  if (points + commas > 1) return mark === "." ? "," : ".";
  const behind = text.length - text.indexOf(mark) - 1;
  return behind === 3 && text.indexOf(mark) > 0 && text.indexOf(mark) <= 3 && !/^0/.test(text) ? "either" : mark;
}
