import { parse } from "csv-parse";

export interface CsvOptions {
  readonly delimiter: string;
  /** lines before the header that say something else */
  readonly skip?: number;
  /** Columns have no names: rows are asked for by position. */
  readonly headless?: boolean;
}

/** A row whose cells are found by a column's name, whatever its case, blanks and punctuation. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** the first of these columns that has something in it; "" without one */
  get(...columns: readonly string[]): string;
}

export const plainColumn = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Rows of a CSV file, one after the other. Ragged rows and stray quotes are taken as they are: publishers' files have them. */
export async function* csvRows(chunks: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: options.delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    bom: true,
    info: true,
    from_line: (options.skip ?? 0) + 1,
  });
  const pump = (async () => {
    try {
      for await (const chunk of chunks)
        if (!parser.write(chunk)) await new Promise<void>((resolve) => parser.once("drain", resolve));
      parser.end();
    } catch (error) {
      parser.destroy(error as Error);
    }
  })();
  let columns: ReadonlyMap<string, number> | undefined = options.headless ? new Map() : undefined;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (columns === undefined) columns = new Map(record.map((name, at) => [plainColumn(name), at]));
    else yield rowOf(record, info.lines, columns);
  }
  await pump;
}

function rowOf(cells: readonly string[], line: number, columns: ReadonlyMap<string, number>): CsvRow {
  return {
    line,
    cells,
    get(...names) {
      for (const name of names) {
        const at = columns.get(plainColumn(name));
        const text = at === undefined ? "" : (cells[at] ?? "").trim();
        if (text !== "") return text;
      }
      return "";
    },
  };
}
