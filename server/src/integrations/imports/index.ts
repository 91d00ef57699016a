export { createConnection, removeConnectionOf, startFetch } from "./connections.ts";
export type { ImportNeeds } from "./contracts.ts";
export { importerReference } from "./core/reference.ts";
export type { CallNeeds } from "./pull/client.ts";
export { fetchInto } from "./pull/fetch.ts";
export { isReadable, readFile } from "./reading/read-file.ts";
export {
  addFile,
  cancelImport,
  changeMapping,
  createImport,
  getImport,
  listRecords,
  startCheck,
  startRun,
  startUndo,
  unfinishedImport,
  workOn,
} from "./service.ts";
