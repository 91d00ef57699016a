export {
  addFile,
  type CallNeeds,
  cancelImport,
  changeMapping,
  createImport,
  getImport,
  type ImportNeeds,
  importerReference,
  isReadable,
  listRecords,
  startCheck,
  startRun,
  startUndo,
  unfinishedImport,
  workOn,
} from "./imports/index.ts";
export { queueWebhooks, startWebhooks, typesListenedTo, type WebhookMessage } from "./webhooks/index.ts";
export { createWebhook } from "./webhooks/service.ts";
