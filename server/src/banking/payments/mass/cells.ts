import type { Findings } from "../prepare.ts";

/** One cell as RFC 4180 wants it. Unlike an export for people, nothing is put before a leading sign: a provider reads this file. */
function cell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

export function csvBytes(rows: readonly (readonly string[])[], delimiter = ","): Uint8Array {
  const lines = rows.map((row) => `${row.map((text) => cell(text, delimiter)).join(delimiter)}\r\n`);
  return new TextEncoder().encode(lines.join(""));
}

/**
 * A free text for such a cell. Whoever opens the file in a spreadsheet before it is uploaded must not run a formula, so a text does not
 * begin with one of its signs; that it was cut is reported.
 */
export function freeText(paymentId: string, field: string, text: string, most: number, findings: Findings): string {
  if (text.trim() === "") return "";
  const harmless = text.replace(/^[\s=+\-@\uff0b\uff0d\uff1d\uff20]+/u, "");
  const fitted = findings.text(paymentId, field, harmless, "any", most);
  if (harmless !== text.trimStart() && fitted !== "") findings.change(paymentId, field, text, fitted);
  return fitted;
}
