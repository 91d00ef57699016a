export { rejectsFile } from "./rejects.ts";
export {
  changeBulkMapping,
  getBulk,
  openBulk,
  openMassEdit,
  startBulkCheck,
  startBulkRun,
  startBulkUndo,
  workOnBulk,
} from "./service.ts";
