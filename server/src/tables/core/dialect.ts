/** How the cells of a text stand apart. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly escape: '"' | "'" | "\\";
  /** lines before the table that are not part of it (`sep=;`) */
  readonly skip: number;
  readonly because: string;
  /** cells are written as `="007"`, so that Excel leaves them alone */
  readonly guarded: boolean;
  /** a blank stands before the quotes of cells, and is none of them */
  readonly spaced: boolean;
}

const MARKS = [",", ";", "\t", "|", "^", "~", "\x1f", "\x01", ":"] as const;
export const MARK_NAMES: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
  "^": "carets",
  "~": "tildes",
  ":": "colons",
  "\x1f": "unit separators",
  "\x01": "start-of-heading marks",
};
const RECORDS = 200;

/** Finds out the dialect from the beginning of a text. `sep=;`, as Excel writes it, has the last word. */
export function dialectOf(head: string, said?: string): Dialect {
  const sep = /^sep=(.)[ \t]*(?:\r\n|\n|\r)/i.exec(head);
  const text = sep === null ? head : head.slice(sep[0].length);
  const quote = quoteOf(text);
  const delimiter = said ?? sep?.[1] ?? likeliest(text, quote);
  return {
    delimiter,
    quote,
    escape: escapeOf(text, quote, delimiter),
    skip: sep === null ? 0 : 1,
    guarded: new RegExp(`(?:^|[${escaped(delimiter)}\\r\\n])"?="+[^"\\r\\n]*"`).test(text),
    spaced: new RegExp(
      `${escaped(delimiter)} +${quote}[^${quote}\\r\\n]*${quote} *(?:${escaped(delimiter)}|[\\r\\n]|$)`,
    ).test(text),
    because: said !== undefined ? "as was said" : sep !== null ? "as its first line says" : "as most rows are cut",
  };
}

function likeliest(text: string, quote: string): string {
  let [best, most]: [string, number] = [",", 0];
  for (const mark of MARKS) {
    // Colons of times and addresses divide nothing.
    const asked = mark === ":" ? text.replace(/\d:\d|:\/\//g, "") : text;
    const score = consistency(asked, mark, quote);
    if (score > most + 1e-9) [best, most] = [mark, score];
  }
  return best;
}

/** The share of rows with the commonest number of cells, more for many cells. */
function consistency(text: string, mark: string, quote: string): number {
  const counts = new Map<number, number>();
  const widths = recordWidths(text, mark, quote);
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, times] of counts)
    if (width > 1) best = Math.max(best, (times / widths.length) * (1 + Math.min(width, 30) / 10));
  return best;
}

/** How many cells the first records have when cut at a mark; quoted cells may hold marks and line ends. */
function recordWidths(text: string, mark: string, quote: string): readonly number[] {
  const widths: number[] = [];
  let [width, begins, quoted, filled] = [1, true, false, false];
  for (let at = 0; at < text.length && widths.length < RECORDS; at += 1) {
    const letter = text[at] ?? "";
    if (quoted) {
      if (letter === quote) {
        if (text[at + 1] === quote) at += 1;
        else quoted = false;
      }
    } else if (letter === quote && begins) [quoted, begins, filled] = [true, false, true];
    else if (letter === mark) [width, begins] = [width + 1, true];
    else if (letter === "\n" || letter === "\r") {
      if (filled || width > 1) widths.push(width);
      [width, begins, filled] = [1, true, false];
    } else if (letter !== " ") [begins, filled] = [false, true];
  }
  // The last record may be cut off, unless it is the only one.
  if (widths.length === 0) widths.push(width);
  return widths;
}

function quoteOf(text: string): '"' | "'" {
  if (/(?:^|[,;\t|\r\n])"/.test(text)) return '"';
  const single = text.match(/(?:^|[,;\t|\r\n])'[^'\r\n]*'(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return single >= 2 ? "'" : '"';
}

/** A backslash escapes where a quote behind one is followed by more of the cell, and no quote is doubled. */
function escapeOf(text: string, quote: '"' | "'", delimiter: string): Dialect["escape"] {
  const doubled = new RegExp(`[^${quote}\\\\${escaped(delimiter)}\\r\\n]${quote}${quote}[^${quote}]`).test(text);
  if (doubled) return quote;
  const inside = new RegExp(`\\\\${quote}(?=[^${escaped(delimiter)}\\r\\n])`).test(text);
  return inside ? "\\" : quote;
}

function escaped(mark: string): string {
  return mark.replace(/[\\^$.*+?()[\]{}|-]/g, "\\$&");
}
