export type { ImportNeeds } from "./contracts.ts";
export { importerReference } from "./core/reference.ts";
export type { CallNeeds } from "./pull/client.ts";
export { isReadable } from "./reading/read-file.ts";
export {
  addFile,
  changeMapping,
  createImport,
  listRecords,
  startCheck,
  startRun,
  startUndo,
  workOn,
} from "./service.ts";
