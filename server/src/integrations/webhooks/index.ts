export { startWebhooks } from "./outbox.ts";
export { queueWebhooks, type WebhookMessage } from "./queue.ts";
export { typesListenedTo } from "./store/endpoints.ts";
