/** A row of a table: its cells as texts, in the order of the columns. */
export interface TableRow {
  /** line of the file (the first of the row, where it has several) or row of the sheet, from 1 */
  readonly line: number;
  readonly cells: readonly string[];
  /** why the row must not be taken as it is read */
  readonly problem?: RowTrouble | undefined;
}

/** What is wrong with a row. */
export interface RowTrouble {
  readonly code:
    | "too_many_cells"
    | "too_few_cells"
    | "control_character"
    | "error_value"
    | "formula_without_value"
    | "digits_lost"
    | "total_row"
    | "header_again";
  readonly text: string;
  /** the column, where one cell is meant */
  readonly column?: string | undefined;
}

/** What was found out about a table before its rows are given. */
export interface TableFound {
  /** the sheet, or the file without its ending */
  readonly name: string;
  readonly columns: readonly string[];
  /** line of the header; undefined: the table has none, and its columns are numbered */
  readonly headerLine: number | undefined;
  /** hidden sheets are read, and never meant unless somebody says so */
  readonly hidden: boolean;
  /** how the table was understood, one sentence each */
  readonly notes: readonly string[];
}

/** Where a file cannot be read on. */
export interface BrokenOff {
  readonly line: number | undefined;
  readonly code:
    | "empty_file"
    | "no_table"
    | "unreadable_book"
    | "unreadable_archive"
    | "no_table_in_archive"
    | "no_row"
    | "open_quote"
    | "endless_row"
    | "no_csv"
    | "cut_off"
    | "damaged";
  /** what it was, or what the reader said, in English; not with every code */
  readonly said?: string;
  readonly text: string;
}

/** Takes what a file holds, in order; what it returns is waited for before more is read. */
export interface TableSink {
  table(at: number, found: TableFound): void;
  row(at: number, row: TableRow): Promise<void> | undefined;
  brokenOff(at: number | undefined, why: BrokenOff): void;
}

export interface ReadOptions {
  /** a name of the WHATWG encoding standard; found out when not given */
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** how many of these names are known: helps to find the header among titles */
  readonly known?: ((names: readonly string[]) => number) | undefined;
}
