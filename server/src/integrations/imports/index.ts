export type { ImportNeeds } from "./contracts.ts";
export { importerReference } from "./core/reference.ts";
export type { CallNeeds } from "./pull/client.ts";
export { isReadable } from "./reading/read-file.ts";
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
