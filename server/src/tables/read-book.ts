import * as sheets from "@e965/xlsx";
import { type CellObject, CFB, read, SSF, set_cptable, type WorkBook, type WorkSheet } from "@e965/xlsx";
import * as codepages from "@e965/xlsx/dist/cpexcel.full.mjs";
import { unzipSync } from "fflate";
import { dateText, isPadding, plainNumber } from "./core/cells.ts";

set_cptable(codepages);

export interface BookAsked {
  readonly bytes: Uint8Array;
}

/** One cell that must not be taken for what it says. */
export interface CellTrouble {
  readonly at: number;
  readonly code: "error_value" | "formula_without_value" | "digits_lost";
  readonly value: string;
}

export interface BookRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly trouble?: CellTrouble;
}

export interface BookSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly BookRow[];
  readonly notes: readonly string[];
}

/** A workbook is held in memory as a whole, and so is what it unpacks to. */
const MOST_UNPACKED = 400 * 1024 * 1024;
const MOST_MEMBERS = 5_000;
const MOST_CELLS = 20_000_000;
const MOST_COLUMNS = 2_000;

/** Reads every sheet of a workbook of any kind (XLSX, XLSM, XLSB, XLS, ODS, XML of 2003, HTML with an Excel name). @throws Error with the reason */
export function readBook({ bytes }: BookAsked): readonly BookSheet[] {
  const book = bookOf(bytes);
  const since1904 = book.Workbook?.WBProps?.date1904 === true;
  let cells = 0;
  const sheets: BookSheet[] = [];
  for (const [at, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name] as (WorkSheet & { readonly "!type"?: string }) | undefined;
    if (sheet === undefined || (sheet["!type"] ?? "sheet") !== "sheet") continue;
    const found = rowsOf(sheet, since1904);
    cells += found.rows.reduce((sum, row) => sum + row.cells.length, 0);
    if (cells > MOST_CELLS) throw new Error("it holds more than 20 million cells: save its sheets as CSV");
    const hidden = (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0;
    sheets.push({
      name,
      hidden,
      rows: found.rows,
      notes: [...found.notes, ...(since1904 ? ["Its days are counted from 1904."] : [])],
    });
  }
  return sheets;
}

const OPTIONS = { dense: true, cellDates: false, cellHTML: false, cellNF: true, cellText: false, raw: true } as const;

function bookOf(bytes: Uint8Array): WorkBook {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return zippedBook(bytes);
  const book = read(bytes, { ...OPTIONS, type: "array" });
  return book;
}

/** What the library's types leave out: reading an archive that is unpacked already. */
interface Unpacked {
  parse_zip(archive: unknown, options: object): WorkBook;
}

/** Unpacks by what the directory says, so that no member grows beyond it, and hands over only what holds cells. */
function zippedBook(bytes: Uint8Array): WorkBook {
  let [size, count] = [0, 0];
  const members = unzipSync(bytes, {
    filter: (file) => {
      count += 1;
      if (count > MOST_MEMBERS) throw new Error(`its archive holds more than ${MOST_MEMBERS} files`);
      if (!/(?:\.(?:xml|rels|bin|vml)|mimetype|content\.xml)$/i.test(file.name)) return false;
      size += file.originalSize;
      if (size > MOST_UNPACKED) throw new Error("it unpacks to more than 400 MB: save its sheets as CSV");
      return true;
    },
  });
  const archive = CFB.utils.cfb_new({ unsafe: true } as never);
  for (const [name, content] of Object.entries(members))
    CFB.utils.cfb_add(archive, name, content, { unsafe: true } as never);
  const book = (sheets as unknown as Unpacked).parse_zip(archive, { ...OPTIONS, type: "array" });
  const content = members["content.xml"];
  return content === undefined ? book : withHiddenSheets(book, new TextDecoder().decode(content));
}

/** The library says of OpenDocument files everything but which sheets are hidden: a sheet's style says it. */
function withHiddenSheets(book: WorkBook, content: string): WorkBook {
  const hidden = new Set<string>();
  for (const [, name = "", style = ""] of content.matchAll(
    /<style:style style:name="([^"]*)"[^>]*style:family="table"[^>]*>(.*?)<\/style:style>/gs,
  ))
    if (style.includes('table:display="false"')) hidden.add(name);
  const styles = [...content.matchAll(/<table:table\s([^>]*)>/g)].map(
    ([, given = ""]) => /table:style-name="([^"]*)"/.exec(given)?.[1] ?? "",
  );
  const Sheets = book.SheetNames.map((name, at) => ({ name, Hidden: hidden.has(styles[at] ?? "") ? 1 : 0 }) as const);
  return { ...book, Workbook: { ...book.Workbook, Sheets } };
}

function rowsOf(
  sheet: WorkSheet,
  since1904: boolean,
): { readonly rows: readonly BookRow[]; readonly notes: readonly string[] } {
  const data = (sheet["!data"] ?? []) as readonly ((CellObject | undefined)[] | undefined)[];
  const rows: BookRow[] = [];
  const filled = fillMerged(sheet, data);
  for (const [at, given] of data.entries()) {
    if (given === undefined || given === null) continue;
    const cells: string[] = [];
    let trouble: CellTrouble | undefined;
    for (let column = 0; column < Math.min(given.length, MOST_COLUMNS); column += 1) {
      const cell = given[column];
      cells[column] = cell === undefined || cell === null ? "" : cellText(cell, since1904);
      trouble ??= cell === undefined || cell === null ? undefined : troubleOf(cell, column);
    }
    while (cells.length > 0 && (cells.at(-1) ?? "") === "") cells.pop();
    if (cells.some((cell) => cell.trim() !== ""))
      rows.push({ line: at + 1, cells, ...(trouble === undefined ? {} : { trouble }) });
  }
  return {
    rows,
    notes: filled === 0 ? [] : [`${filled} cells that are merged downwards count for each of their rows.`],
  };
}

/** A cell merged over several rows means all of them; one merged over columns means its first. */
function fillMerged(sheet: WorkSheet, data: readonly ((CellObject | undefined)[] | undefined)[]): number {
  let filled = 0;
  for (const { s, e } of sheet["!merges"] ?? []) {
    const first = data[s.r]?.[s.c];
    if (first === undefined || first === null || s.c !== e.c) continue;
    for (let row = s.r + 1; row <= Math.min(e.r, data.length - 1); row += 1) {
      const cells = data[row];
      // A row with nothing else in it is no row of the table.
      if (
        cells === undefined ||
        cells === null ||
        !cells.some((cell) => cell !== undefined && cell !== null && String(cell.v ?? "") !== "")
      )
        continue;
      if (cells[s.c]?.v === undefined || cells[s.c]?.v === "") cells[s.c] = first;
    }
    filled += 1;
  }
  return filled;
}

const ERRORS: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
  43: "#GETTING_DATA",
};

function cellText(cell: CellObject, since1904: boolean): string {
  if (cell.v === undefined || cell.v === null) return "";
  if (cell.t === "e") return ERRORS[Number(cell.v)] ?? String(cell.v);
  if (cell.t === "b") return cell.v === true ? "TRUE" : "FALSE";
  if (typeof cell.v !== "number") return String(cell.v);
  const format = typeof cell.z === "string" ? cell.z : "";
  if (format !== "" && SSF.is_date(format)) {
    const parts = SSF.parse_date_code(cell.v, { date1904: since1904 }) as Parameters<typeof dateText>[1];
    const text = dateText(cell.v, parts, format);
    if (text !== undefined) return text;
  }
  const text = plainNumber(String(cell.v));
  return isPadding(format) && /^\d+$/.test(text) ? text.padStart(format.length, "0") : text;
}

function troubleOf(cell: CellObject, at: number): CellTrouble | undefined {
  if (cell.t === "e") return { at, code: "error_value", value: ERRORS[Number(cell.v)] ?? String(cell.v) };
  if (cell.f !== undefined && cell.v === undefined) return { at, code: "formula_without_value", value: `=${cell.f}` };
  if (typeof cell.v === "number" && Number.isInteger(cell.v) && Math.abs(cell.v) > Number.MAX_SAFE_INTEGER)
    return { at, code: "digits_lost", value: String(cell.v) };
  return undefined;
}
