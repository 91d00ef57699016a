export { startWebhooks } from "./outbox.ts";
export { queueWebhooks, type WebhookMessage } from "./queue.ts";
export { forgetSettled as forgetWebhooks } from "./store/deliveries.ts";
export { typesListenedTo } from "./store/endpoints.ts";
