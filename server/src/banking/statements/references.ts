import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import type { EntryReferences } from "./contracts.ts";

/** What banks write where there is no reference. */
const NONE = /^(?:notprovided|nonref|none|null|n\/?a|notprov|noref|unknown|0+|-+|\.+|\*+)$/i;

/** The reference without blanks around it, or nothing where the bank writes that there is none. */
export function referenceOf(text: string | undefined | null): string | undefined {
  const trimmed = text?.replace(/\s+/g, " ").trim() ?? "";
  return trimmed === "" || NONE.test(trimmed.replaceAll(" ", "")) ? undefined : trimmed;
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

/** An account as a field of its own: an IBAN when it has the form of one, as the bank wrote it. */
export function partyAccount(text: string | undefined): { iban?: string; account?: string } {
  const account = text?.replace(/\s+/g, " ").trim();
  const iban = account?.replaceAll(" ", "");
  return iban !== undefined && IBAN_FORM.test(iban) ? { iban } : present({ account });
}

export const IBAN_FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
