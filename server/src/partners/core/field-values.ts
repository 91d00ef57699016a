import type { FieldOption, FieldType, FieldValue } from "@tributary/contract";
import { formatDecimal, parseDecimal } from "../../kernel/decimal.ts";
import { parseCurrency } from "../../kernel/money.ts";

/** What decides whether a value fits. */
export interface FieldShape {
  readonly type: FieldType;
  readonly options: readonly FieldOption[];
}

export type Fitting = { readonly value: FieldValue } | { readonly problem: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The value as it is kept, or why it does not fit. A value that was kept in another type's form is taken where it can be read. */
export function fitValue(shape: FieldShape, given: FieldValue): Fitting {
  if (shape.type === "yes_no") return yesNo(given);
  if (shape.type === "many_of") return manyOf(shape.options, given);
  if (shape.type === "money") return money(given);
  if (typeof given === "boolean") return fitText(shape, given ? "yes" : "no");
  if (typeof given !== "string") return { problem: "has to be one text" };
  return fitText(shape, given.trim());
}

function fitText({ type, options }: FieldShape, text: string): Fitting {
  if (text === "") return { problem: "is empty: send null to empty it" };
  if (type === "text") return text.length <= 500 ? { value: text } : { problem: "has more than 500 characters" };
  if (type === "number") return number(text);
  if (type === "date") return isDay(text) ? { value: text } : { problem: "is no day like 2026-03-31" };
  if (type === "country") return /^[A-Z]{2}$/.test(text) ? { value: text } : { problem: "is no country like DE" };
  if (type === "email") return MAIL.test(text) ? { value: text } : { problem: "is no e-mail address" };
  if (type === "url")
    return isAddress(text) ? { value: text } : { problem: "is no web address like https://example.com" };
  if (type === "one_of") {
    const known = options.some((option) => option.value === text);
    return known ? { value: text } : { problem: `is none of ${valuesOf(options)}` };
  }
  return { value: text };
}

function yesNo(given: FieldValue): Fitting {
  if (typeof given === "boolean") return { value: given };
  if (given === "yes" || given === "true") return { value: true };
  if (given === "no" || given === "false") return { value: false };
  return { problem: "has to be true or false" };
}

function manyOf(options: readonly FieldOption[], given: FieldValue): Fitting {
  const list = typeof given === "string" ? [given] : Array.isArray(given) ? given : undefined;
  if (list === undefined || list.length === 0) return { problem: "has to be a list of values" };
  const unknown = list.find((one) => !options.some((option) => option.value === one));
  if (unknown !== undefined) return { problem: `has ${unknown}, which is none of ${valuesOf(options)}` };
  return { value: options.map((option) => option.value).filter((value) => list.includes(value)) };
}

function money(given: FieldValue): Fitting {
  if (typeof given !== "object" || Array.isArray(given)) return { problem: "has to be an amount with its currency" };
  return parseCurrency(given.currency) !== undefined
    ? { value: given }
    : { problem: `has no currency that is known: ${given.currency}` };
}

function number(text: string): Fitting {
  const read = parseDecimal(text);
  return read === undefined ? { problem: "is no number like 12.5" } : { value: formatDecimal(read) };
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ["http:", "https:"].includes(url.protocol);
}

function valuesOf(options: readonly FieldOption[]): string {
  return options.map((option) => option.value).join(", ");
}
