import { basename } from "node:path";
import { withFormula } from "../../kernel/csv.ts";
import { ENTRY_KIND, type StoredCall, type StoredLine } from "../contracts.ts";
import {
  type ColumnMeaning,
  type EventField,
  type EventFields,
  type EventProblem,
  meaningOf,
  type ReadFields,
  readEventFields,
  type SentNumber,
} from "../core/event-fields.ts";
import type { ParseContext } from "../core/parse-event.ts";
import { callBody, type ReadLine, readJsonLine, readLine } from "../events/call.ts";
import type { IntakeLog } from "../intake/log.ts";
import { type FileRow, readRows } from "./rows.ts";

/** A row that was not taken, as the rejects file gets it. */
export interface Reject {
  readonly row: number;
  readonly problem: EventProblem;
  /** the row's own cells, or its JSON text */
  readonly cells?: readonly string[];
  readonly text?: string;
}

export interface ImportOptions {
  readonly log: IntakeLog;
  readonly path: string;
  readonly programId: string;
  readonly sourceId: string;
  readonly context: ParseContext;
  readonly progress?: (done: ImportProgress) => void;
  /** told the columns of a CSV file before the first reject */
  readonly header?: (cells: readonly string[]) => void;
  /** what it returns is waited for */
  readonly reject?: (reject: Reject) => Promise<void> | undefined;
}

export interface ImportProgress {
  readonly readBytes: number;
  readonly sizeBytes: number;
  readonly rows: number;
}

export interface ImportResult {
  readonly rows: number;
  /** durable in the log; what becomes of them is decided right after */
  readonly accepted: number;
  readonly rejected: number;
  /** columns that mean nothing here: kept beside the events */
  readonly unknownColumns: readonly string[];
  /** why the file could not be read to its end */
  readonly brokenOff: string | undefined;
  /** the last row had no line end, and was taken */
  readonly openEnd: boolean;
}

/** Events of one entry of the log: large enough to be cheap, small enough for a consumer's transaction. */
const ROWS_PER_ENTRY = 2000;
/** Entries on their way to the disk while the file is read on. */
const MOST_WAITING = 4;

/**
 * Reads a file of events into the log. Every entry of accepted rows stays accepted whatever happens to the rest; importing the file
 * again is harmless, since external ids count once. @throws Refusal log_unavailable when the log cannot take more; the rows before
 * are kept
 */
export async function importEvents(options: ImportOptions): Promise<ImportResult> {
  const run = new ImportRun(options);
  const end = await readRows({
    path: options.path,
    progress: (readBytes, sizeBytes) => options.progress?.({ readBytes, sizeBytes, rows: run.rows }),
    take: (row) => run.take(row),
  });
  await run.finish(end.openEnd && end.brokenOff === undefined);
  return {
    rows: run.rows,
    accepted: run.accepted,
    rejected: run.rejected,
    unknownColumns: run.unknownColumns,
    brokenOff: end.brokenOff ?? run.brokenRow,
    openEnd: end.openEnd && end.brokenOff === undefined && run.brokenRow === undefined,
  };
}

class ImportRun {
  rows = 0;
  accepted = 0;
  rejected = 0;
  unknownColumns: readonly string[] = [];
  brokenRow: string | undefined;
  readonly #options: ImportOptions;
  #columns: ColumnReader | undefined;
  #lines: StoredLine[] = [];
  #acceptedHere = 0;
  #waiting = new Set<Promise<void>>();
  #failure: unknown;
  /** The last row is held back until it is known whether the file broke off within it. */
  #held: { readonly row: FileRow; readonly line: ReadLine } | undefined;

  constructor(options: ImportOptions) {
    this.#options = options;
  }

  take(row: FileRow): Promise<void> | undefined {
    if (row.kind === "header") {
      this.#columns = columnReader(row.cells);
      this.unknownColumns = this.#columns.unknown;
      this.#options.header?.(row.cells);
      return undefined;
    }
    this.rows += 1;
    const line = this.#read(row);
    const before = this.#held;
    this.#held = { row, line };
    return before === undefined ? undefined : this.#keep(before.row, before.line);
  }

  /** @param openEnd the last row has no line end: when it is wrong as well, the file broke off within it */
  async finish(openEnd: boolean): Promise<void> {
    const last = this.#held;
    this.#held = undefined;
    if (last !== undefined) {
      const cut = openEnd && last.line.problems.some((problem) => problem.field === "row");
      if (cut) this.brokenRow = `the file ends in the middle of row ${"row" in last.row ? last.row.row : 1}`;
      await this.#keep(last.row, last.line);
    }
    this.#flush();
    await Promise.all(this.#waiting);
    if (this.#failure !== undefined) throw this.#failure;
  }

  #read(row: Exclude<FileRow, { kind: "header" }>): ReadLine {
    const { context } = this.#options;
    if (row.kind === "json") return readJsonText(row.row, row.text, context);
    const columns = this.#columns;
    if (columns === undefined) throw new Error("a row came before the header");
    return readLine(row.row, columns.read(row.cells), context, () => row.cells.join(","));
  }

  #keep(row: FileRow, line: ReadLine): Promise<void> | undefined {
    this.#lines.push(line.stored);
    const [problem] = line.problems;
    if (problem === undefined) this.#acceptedHere += 1;
    else this.rejected += 1;
    if (this.#lines.length >= ROWS_PER_ENTRY) this.#flush();
    const rejected = problem === undefined ? undefined : this.#options.reject?.(rejectOf(row, problem));
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#waiting.size < MOST_WAITING) return rejected;
    return Promise.race(this.#waiting).then(() => rejected);
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    const { log, programId, sourceId, path } = this.#options;
    const call: Omit<StoredCall, "v"> = {
      door: "file",
      programId,
      sourceId,
      file: basename(path).slice(0, 200),
      events: this.#lines,
    };
    const accepted = this.#acceptedHere;
    this.#lines = [];
    this.#acceptedHere = 0;
    const appended: Promise<void> = log.append(ENTRY_KIND.events, callBody(call)).then(
      () => {
        this.accepted += accepted;
        this.#waiting.delete(appended);
      },
      (error) => {
        this.#failure ??= error;
        this.#waiting.delete(appended);
      },
    );
    this.#waiting.add(appended);
  }
}

function rejectOf(row: FileRow, problem: EventProblem): Reject {
  if (row.kind === "json") return { row: row.row, problem, text: row.text };
  return { row: "row" in row ? row.row : 1, problem, cells: row.cells };
}

function readJsonText(row: number, text: string, context: ParseContext): ReadLine {
  try {
    return readJsonLine(row, JSON.parse(text), context);
  } catch {
    return readLine(
      row,
      unreadableRow("this row is not JSON", "one JSON object in every line", text),
      context,
      () => text,
    );
  }
}

function unreadableRow(message: string, hint: string, value: string): ReadFields {
  const problem: EventProblem = { code: "invalid_input", field: "row", value: value.slice(0, 100), message, hint };
  return { fields: {}, dimensions: undefined, other: undefined, problems: [problem] };
}

interface ColumnReader {
  readonly unknown: readonly string[];
  read(cells: readonly string[]): ReadFields;
}

/** Columns that a rejects file adds; a mended rejects file may be imported as it is. */
export const REJECT_COLUMNS = [
  "rejected_row",
  "rejected_because",
  "rejected_field",
  "rejected_value",
  "rejected_hint",
] as const;

/** Works out what the columns mean once, so that a row costs no look-ups by name. */
function columnReader(header: readonly string[]): ColumnReader {
  const names = header.map((name) => name.trim());
  const meanings = names.map(meaningOf);
  const fields = meanings.flatMap((meaning) => (meaning.kind === "field" ? [meaning.field] : []));
  const ignored = new Set<string>(REJECT_COLUMNS);
  const unknown = names.filter((name, at) => meanings[at]?.kind === "other" && name !== "" && !ignored.has(name));
  const simple = new Set(fields).size === fields.length;
  const isMended = REJECT_COLUMNS.every((name) => names.includes(name));
  return {
    unknown,
    read(sent) {
      const cells = isMended ? sent.map(withFormula) : sent;
      if (cells.length !== names.length) return wrongLength(cells, names);
      if (cells.some((cell) => cell.includes("\ufffd"))) return notUtf8(cells, names);
      if (simple) return readSimple(cells, names, meanings, ignored);
      return readEventFields(cells.map((cell, at) => [names[at] ?? "", cell]));
    },
  };
}

/** No field has two columns: nothing can disagree. */
function readSimple(
  cells: readonly string[],
  names: readonly string[],
  meanings: readonly ColumnMeaning[],
  ignored: ReadonlySet<string>,
): ReadFields {
  const fields: EventFields = {};
  let dimensions: Record<string, string> | undefined;
  let numbers: SentNumber[] | undefined;
  let other: Record<string, string> | undefined;
  for (let at = 0; at < cells.length; at++) {
    const cell = (cells[at] ?? "").trim();
    const meaning = meanings[at];
    if (cell === "" || meaning === undefined) continue;
    if (meaning.kind === "field") fields[meaning.field as EventField] = cell;
    else if (meaning.kind === "dimension") {
      dimensions ??= {};
      dimensions[meaning.name] = cell.slice(0, 300).toWellFormed();
    } else if (meaning.kind === "number") {
      numbers ??= [];
      numbers.push({ unit: meaning.unit, name: meaning.name, text: cell });
    } else if (!ignored.has(names[at] ?? "")) {
      other ??= {};
      other[(names[at] ?? "").slice(0, 64)] = cell.slice(0, 300).toWellFormed();
    }
  }
  return { fields, dimensions, numbers, other, problems: [] };
}

function wrongLength(cells: readonly string[], names: readonly string[]): ReadFields {
  const hint = "put quotes around values that hold the delimiter, and double the quotes within";
  return unreadableRow(`the row has ${cells.length} values, the header ${names.length} columns`, hint, cells.join(","));
}

function notUtf8(cells: readonly string[], names: readonly string[]): ReadFields {
  const at = cells.findIndex((cell) => cell.includes("\ufffd"));
  const problem: EventProblem = {
    code: "malformed_encoding",
    field: names[at] ?? "row",
    value: (cells[at] ?? "").slice(0, 100),
    message: "the value is not UTF-8",
    hint: "save the file as UTF-8",
  };
  return { fields: {}, dimensions: undefined, other: undefined, problems: [problem] };
}
