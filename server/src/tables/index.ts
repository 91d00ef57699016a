export { encodingOfBytes, openText } from "./bytes.ts";
export { collectTables } from "./collect.ts";
export type { ReadOptions, TableFound, TableRow } from "./contracts.ts";
export { readTables } from "./read-tables.ts";
export { workbookSheets } from "./read-workbook.ts";
