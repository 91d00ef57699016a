export { queueWebhooks, startWebhooks, typesListenedTo, type WebhookMessage } from "./webhooks/index.ts";
