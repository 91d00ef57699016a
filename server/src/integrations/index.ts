export {
  addFile,
  type CallNeeds,
  cancelImport,
  changeMapping,
  createConnection,
  createImport,
  fetchInto,
  getImport,
  type ImportNeeds,
  importerReference,
  isReadable,
  listRecords,
  removeConnectionOf,
  startCheck,
  startFetch,
  startRun,
  startUndo,
  unfinishedImport,
  workOn,
} from "./imports/index.ts";
export {
  forgetWebhooks,
  queueWebhooks,
  startWebhooks,
  typesListenedTo,
  type WebhookMessage,
} from "./webhooks/index.ts";
export { createWebhook } from "./webhooks/service.ts";
