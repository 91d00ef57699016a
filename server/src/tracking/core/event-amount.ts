import { type Decimal, parseDecimal } from "../../kernel/decimal.ts";
import { type Currency, exponent, toMinorExact } from "../../kernel/money.ts";
import type { EventProblem } from "./event-fields.ts";
import { MINOR_MARK } from "./json-event.ts";

/** Which amounts make sense for a measure. */
export type AmountSign = "positive" | "not_negative" | "any";

/** Ten trillion in a currency of two places: beyond it somebody sent minor units of minor units. */
const MOST_MINOR = 10n ** 15n;
const MOST_QUANTITY_DIGITS = 18;

/** Reads a decimal amount of whole currency units (`12.34`) exactly into minor units. */
export function readAmount(field: string, text: string, currency: Currency, sign: AmountSign): bigint | EventProblem {
  const inMinor = text.endsWith(MINOR_MARK);
  const value = parseDecimal(inMinor ? text.slice(0, -MINOR_MARK.length) : text);
  if (value === undefined) return unreadable(field, text);
  const minor = inMinor ? wholeOf(value) : toMinorExact(value, currency);
  if (minor === undefined && inMinor)
    return problem(field, text, "minor units have no decimals", "amounts in minor units are whole: 1234 for 12.34");
  if (minor === undefined) {
    const places = exponent(currency);
    return problem(
      field,
      text,
      `${currency} has ${places} decimal places`,
      `round it to ${places} decimal places before sending`,
    );
  }
  if (minor < 0n && sign !== "any")
    return problem(
      field,
      text,
      "the amount is negative",
      "send the size of the amount; what is taken back is a refund, a chargeback or a void",
    );
  if (minor === 0n && sign === "positive")
    return problem(field, text, "the amount is zero", "leave out events about nothing");
  if (minor > MOST_MINOR || minor < -MOST_MINOR)
    return problem(
      field,
      text,
      "the amount is beyond what is accepted",
      "amounts are in whole units, e.g. 12.34, not in cents",
    );
  return minor;
}

function wholeOf({ units, scale }: Decimal): bigint | undefined {
  const one = 10n ** BigInt(scale);
  return units % one === 0n ? units / one : undefined;
}

/** Reads an exact decimal such as lots, kept as text without trailing zeros' loss: `0.10` stays `0.10`. */
export function readQuantity(field: string, text: string, sign: AmountSign): string | EventProblem {
  const value = parseDecimal(text);
  if (value === undefined) return unreadable(field, text);
  if (text.length > MOST_QUANTITY_DIGITS)
    return problem(field, text, "the number is too long", "18 digits are the most");
  if (value.units < 0n && sign !== "any") return problem(field, text, "the number is negative", "send its size");
  if (value.units === 0n && sign === "positive") return problem(field, text, "the number is zero", "leave it out");
  return text.startsWith("+") ? text.slice(1) : text;
}

function unreadable(field: string, text: string): EventProblem {
  return problem(field, text, "this is not an amount", hintFor(text));
}

/** The way out, by what was probably meant. */
function hintFor(text: string): string {
  if (/^[+-]?\d+,\d{1,2}$/.test(text)) return `write ${text.replace(",", ".")}: the decimal mark is a point`;
  if (/^[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$/.test(text))
    return `write ${text.replace(/[,' ]/g, "")}: no grouping of digits`;
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) return `write ${text.replaceAll(".", "").replace(",", ".")}`;
  if (/^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i.test(text)) return "write the number out, without an exponent";
  if (/[€$£¥]|\d ?[A-Za-z]{3}|[A-Za-z]{3} ?\d/.test(text))
    return "write the number alone, and the currency in its own parameter";
  return "write digits with a point, e.g. 12.34";
}

function problem(field: string, value: string, message: string, hint: string): EventProblem {
  return { code: "invalid_amount", field, value: value.replace(MINOR_MARK, "").slice(0, 100), message, hint };
}
