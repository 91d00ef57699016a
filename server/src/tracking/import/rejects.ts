import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { withoutFormula } from "../../kernel/csv.ts";
import { REJECT_COLUMNS, type Reject } from "./import-events.ts";

/** The file of rows that were not taken. It appears with the first of them. */
export interface RejectsFile {
  readonly path: string;
  readonly count: number;
  header(cells: readonly string[]): void;
  write(reject: Reject): Promise<void> | undefined;
  close(): Promise<void>;
}

/**
 * Rows that were not taken, as they were, with what is wrong in front: a CSV with the columns of the original behind `rejected_…`
 * ones, or NDJSON with `rejected` in each event. Mended, it can be imported as it is.
 */
export function rejectsFile(path: string): RejectsFile {
  let stream: WriteStream | undefined;
  let count = 0;
  let columns: readonly string[] | undefined;
  return {
    path,
    get count() {
      return count;
    },
    header(cells) {
      columns = cells;
    },
    write(reject) {
      count += 1;
      if (stream === undefined) {
        stream = createWriteStream(path);
        if (columns !== undefined) stream.write(line([...REJECT_COLUMNS, ...withoutOld(columns, columns)]));
      }
      const text = columns === undefined ? jsonLine(reject) : csvRow(reject, columns);
      return stream.write(text) ? undefined : once(stream, "drain").then(() => undefined);
    },
    async close() {
      if (stream === undefined) return;
      stream.end();
      await once(stream, "close");
    },
  };
}

function csvRow({ row, problem, cells = [] }: Reject, columns: readonly string[]): string {
  const because = [
    String(row),
    `${problem.code}: ${problem.message}`,
    problem.field,
    problem.value ?? "",
    problem.hint,
  ];
  return line([...because, ...withoutOld(columns, cells)]);
}

/** A rejects file that is imported again brings its old reasons with it: they are not repeated. */
function withoutOld(columns: readonly string[], cells: readonly string[]): readonly string[] {
  const old: readonly string[] = REJECT_COLUMNS;
  return cells.filter((_, at) => !old.includes(columns[at] ?? ""));
}

function jsonLine({ row, problem, text = "" }: Reject): string {
  const because = `row ${row}, ${problem.field}: ${problem.message} (${problem.code}); ${problem.hint}`;
  return `${JSON.stringify({ rejected: because, ...eventOf(text) })}\n`;
}

function eventOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const { rejected: _old, ...event } = value as { rejected?: unknown };
      return event;
    }
  } catch {
    // not JSON at all: kept as the text that it is
  }
  return { event: text };
}

function line(cells: readonly string[]): string {
  const quoted = (cell: string) => (/[",;\r\n\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  // Whoever mends the file opens it in a spreadsheet.
  return `${cells.map((cell) => quoted(withoutFormula(cell))).join(",")}\n`;
}
