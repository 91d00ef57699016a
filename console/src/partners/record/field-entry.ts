import type { FieldType, FieldValue } from "@tributary/contract";

/** Amount and currency as a person types them: `1234.50 EUR`. */
const AMOUNT = /^(-?\d+)(?:\.(\d{1,3}))?\s*([A-Za-z]{3})$/;

/** A value as the form holds it. */
export function toForm(type: FieldType, value: FieldValue | null): string | readonly string[] {
  if (type === "many_of") return Array.isArray(value) ? value : [];
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(", ") : amountText(value);
}

/** What is sent for what was typed; null empties the field. What cannot be read is sent as it is: the server says what is wrong. */
export function fromForm(type: FieldType, typed: unknown): FieldValue | null {
  if (type === "many_of") return Array.isArray(typed) && typed.length > 0 ? (typed as string[]) : null;
  const text = String(typed ?? "").trim();
  if (text === "") return null;
  if (type === "yes_no") return text === "yes";
  if (type !== "money") return text;
  const match = AMOUNT.exec(text);
  if (match === null) return text;
  const currency = (match[3] ?? "").toUpperCase();
  const places = placesOf(currency);
  return { minor: BigInt(`${match[1]}${(match[2] ?? "").padEnd(places, "0").slice(0, places)}`).toString(), currency };
}

function amountText({ minor, currency }: { readonly minor: string; readonly currency: string }): string {
  const places = placesOf(currency);
  const sign = minor.startsWith("-") ? "-" : "";
  const digits = minor.replace("-", "").padStart(places + 1, "0");
  return `${sign}${places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`} ${currency}`;
}

function placesOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
