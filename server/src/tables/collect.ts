import type { Source } from "./bytes.ts";
import type { BrokenOff, ReadOptions, TableFound, TableRow } from "./contracts.ts";
import { readTables } from "./read-tables.ts";

/** A table as a whole. */
export interface TableRead extends TableFound {
  readonly rows: readonly TableRow[];
  readonly broken: BrokenOff | undefined;
}

/** Reads the tables of a file that fits into memory. @returns its tables, and why there are none where there are none */
export async function collectTables(
  source: Source,
  name: string,
  options: ReadOptions = {},
): Promise<{ readonly tables: readonly TableRead[]; readonly broken: BrokenOff | undefined }> {
  const found = new Map<number, { table: TableFound; rows: TableRow[]; broken?: BrokenOff }>();
  let whole: BrokenOff | undefined;
  await readTables(
    source,
    name,
    {
      table: (at, table) => void found.set(at, { table, rows: [] }),
      row: (at, row) => {
        found.get(at)?.rows.push(row);
        return undefined;
      },
      brokenOff: (at, why) => {
        const own = at === undefined ? undefined : found.get(at);
        if (own === undefined) whole = why;
        else own.broken = why;
      },
    },
    options,
  );
  const tables = [...found.values()].map(({ table, rows, broken }) => ({ ...table, rows, broken }));
  return { tables, broken: whole };
}
