export { openText } from "./bytes.ts";
export { collectTables, type TableRead } from "./collect.ts";
export type { BrokenOff, ReadOptions, RowTrouble, TableFound, TableRow, TableSink } from "./contracts.ts";
export { readTables } from "./read-tables.ts";
export { workbookSheets } from "./read-workbook.ts";
