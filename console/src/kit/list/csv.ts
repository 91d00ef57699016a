import type { Column } from "./list-declaration.ts";

/**
 * One CSV field (RFC 4180). A leading =, +, -, @ of a text is preceded by an apostrophe: spreadsheets would run it as a formula.
 * Numbers keep their minus.
 */
export function csvField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const shown = columns.filter((column) => column.text !== undefined);
  const lines = [
    shown.map((column) => csvField(column.label)),
    ...rows.map((row) => shown.map((column) => csvField(column.text?.(row)))),
  ];
  return `${lines.map((fields) => fields.join(",")).join("\r\n")}\r\n`;
}

/** Hands a text to the browser as a file; the mark at its start lets spreadsheets read UTF-8. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  saveAddress(address, name);
  URL.revokeObjectURL(address);
}

/** Lets the browser fetch a file by itself; without a name it has the one that the server gives. */
export function saveAddress(address: string, name = ""): void {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
}
