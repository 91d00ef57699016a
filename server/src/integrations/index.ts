export {
  addFile,
  type CallNeeds,
  changeMapping,
  createImport,
  type ImportNeeds,
  importerReference,
  isReadable,
  listRecords,
  startCheck,
  startRun,
  startUndo,
  workOn,
} from "./imports/index.ts";
export { queueWebhooks, startWebhooks, typesListenedTo, type WebhookMessage } from "./webhooks/index.ts";
