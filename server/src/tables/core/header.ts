import { findDayOrder, readDate } from "../../kernel/written-days.ts";

/** A record of a table before anybody knows what is its header. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Records that are looked at to find the header. */
export const LOOKED_AT = 60;

/**
 * Which of the first records names the columns: texts, all different, as many as the rows below have cells; titles above a table have
 * fewer. Of two that could be it, the one above is. Undefined when none does: then the table has no header.
 */
export function headerAmong(rows: readonly RawRow[], known?: (names: readonly string[]) => number): number | undefined {
  const usual = usualWidth(rows);
  if (usual === 0) return undefined;
  let best: number | undefined;
  let most = 0;
  // Of a single column only the first row can be its name.
  for (const [at, row] of rows.slice(0, usual === 1 ? 1 : 25).entries()) {
    const score = headerScore(row.cells, rows.slice(at + 1), usual) * (1 - at / 30) + (known?.(row.cells) ?? 0) * 2;
    if (score > most + 1e-9) [best, most] = [at, score];
  }
  return best;
}

/** How many cells most rows have; of two numbers the larger. */
function usualWidth(rows: readonly RawRow[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(filled(row.cells), (counts.get(filled(row.cells)) ?? 0) + 1);
  let [usual, most] = [0, 0];
  for (const [width, times] of counts)
    if (times > most || (times === most && width > usual)) [usual, most] = [width, times];
  return usual;
}

function headerScore(cells: readonly string[], below: readonly RawRow[], usual: number): number {
  const width = filled(cells);
  if (width === 0 || (width < 2 && usual > 1)) return 0;
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const different = new Set(names.map((name) => name.toLowerCase())).size / names.length;
  const texts = names.filter((name) => !isValue(name) || YEAR.test(name)).length / names.length;
  if (texts < 0.5 || isData(cells, below)) return 0;
  const alike = below
    .slice(0, 20)
    .filter((row) => Math.abs(filled(row.cells) - width) <= Math.max(1, width / 2)).length;
  const short = names.filter((name) => name.length <= 60).length / names.length;
  return (
    (Math.min(width, usual) / usual) * 2 +
    texts +
    different +
    short +
    (below.length === 0 ? 0 : alike / Math.min(20, below.length)) / 2
  );
}

const YEAR = /^(?:19|20)\d\d$/;

/** A number above numbers, or a date above dates, is a value and no name; years may be names. */
function isData(cells: readonly string[], below: readonly RawRow[]): boolean {
  return cells.some((cell, at) => {
    const text = cell.trim();
    if (!isValue(text) || YEAR.test(text)) return false;
    const next = below
      .slice(0, 5)
      .map((row) => row.cells[at]?.trim() ?? "")
      .filter((one) => one !== "");
    return next.length === 0 || next.every(isValue);
  });
}

function isValue(text: string): boolean {
  if (/^[-+(]?[\d.,\s'’]*\d[\d.,\s'’]*\)?%?$/.test(text)) return true;
  if (/^(?:#(?:DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|true|false|\d{1,2}:\d\d(?::\d\d)?)$/i.test(text))
    return true;
  return /\d/.test(text) && readDate(text, findDayOrder([text]) === "mdy" ? "mdy" : "dmy") !== undefined;
}

function filled(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.trim() !== "") count += 1;
  return count;
}

/** Every column gets a name of its own. */
export function columnNames(header: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    const name =
      cell
        .replace(/^\ufeff/, "")
        .replace(/\s+/g, " ")
        .trim() || `column ${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

const TOTAL =
  /^(?:grand |sub)?total(?:s|e|i|es)?(?: g[eé]n[eé]ral| general| rows?| records?)?\s*:?$|^(?:summe|gesamt(?:summe)?|zwischensumme|suma|somme|totaal|totalt|итого|всего|合計|总计|総計|sum)\s*:?$/i;

/** A row of sums at the end of a report: one word for it, numbers, and nothing else. */
export function isTotal(cells: readonly string[]): boolean {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const [first = "", ...rest] = said;
  if (!TOTAL.test(first) || cells.length < 3 || said.length === cells.length) return false;
  return rest.every((cell) => /^[^\p{L}]*\d[^\p{L}]*(?:[A-Z]{3})?$/u.test(cell));
}

/** The header once more, as files that were put together have it. */
export function isHeaderAgain(cells: readonly string[], header: readonly string[]): boolean {
  return (
    header.length > 1 &&
    cells.length >= header.length &&
    header.every((name, at) => (cells[at] ?? "").trim().toLowerCase() === name.trim().toLowerCase())
  );
}
