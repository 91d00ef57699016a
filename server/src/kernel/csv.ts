/** What a cell can hold. Numbers stay numbers; texts are made harmless. */
export type CsvValue = string | number | bigint | boolean | Date | null | undefined;

/**
 * A text that begins with one of these is a formula to a spreadsheet: `=cmd|'/C calc'!A0` in a sub ID would run on the computer
 * of whoever opens the export. The full-width forms are taken for the same by some. Source: OWASP, CSV Injection.
 */
const FORMULA = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;
/** A plain number, signed or not, is no formula and should stay one that can be summed up. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** A text with a leading apostrophe where a spreadsheet would take it for a formula. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** What {@link withoutFormula} was given. */
export function withFormula(text: string): string {
  return text.startsWith("'") && withoutFormula(text.slice(1)) === text ? text.slice(1) : text;
}

function cell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  const text =
    typeof value === "string" ? withoutFormula(value) : value instanceof Date ? value.toISOString() : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line as RFC 4180 wants it, with its line end. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** A whole file, with the mark that makes spreadsheets read it as UTF-8. */
export function csvFile(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  let file = `\ufeff${csvLine(header)}`;
  for (const row of rows) file += csvLine(row);
  return file;
}
