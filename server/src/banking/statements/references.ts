import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import type { EntryReferences } from "./contracts.ts";

/** What banks write where there is no reference. */
const NONE = /^(?:not ?provided|nonref|none|null|n\/?a|notprov|no ?ref|unknown|0+|-+|\.+|\*+)$/i;

/** The reference without blanks around it, or nothing where the bank writes that there is none. */
export function referenceOf(text: string | undefined | null): string | undefined {
  const trimmed = text?.replace(/\s+/g, " ").trim() ?? "";
  return trimmed === "" || NONE.test(trimmed) ? undefined : trimmed;
}

export type LooseReferences = { -readonly [Key in keyof EntryReferences]?: string | undefined };

/** Only those that are there. */
export function references(found: LooseReferences): EntryReferences {
  const kept: { -readonly [Key in keyof EntryReferences]: string } = {};
  for (const [key, value] of Object.entries(found)) {
    const text = referenceOf(value);
    if (text !== undefined) kept[key as keyof EntryReferences] = text;
  }
  return kept;
}

/** Fields of an object that have a value; for `exactOptionalPropertyTypes`. */
export function present<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== "")) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

/** The IBAN without blanks, when its country, length and check digits are right. */
export function ibanOf(text: string | undefined): string | undefined {
  const iban = electronicFormatIBAN(text ?? "");
  return iban !== null && isValidIBAN(iban) ? iban : undefined;
}
