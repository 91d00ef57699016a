export { rejectsFile } from "./rejects.ts";
export {
  changeBulkMapping,
  getBulk,
  openBulk,
  startBulkCheck,
  startBulkRun,
  startBulkUndo,
  workOnBulk,
} from "./service.ts";
