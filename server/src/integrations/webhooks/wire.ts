import type { WebhookDelivery, WebhookDeliveryDetail, WebhookEndpoint, WebhookType } from "@tributary/contract";
import { publicNumber } from "../../kernel/ids.ts";
import type { AttemptRow, DeliveryRow } from "./store/deliveries.ts";
import type { EndpointHealthRow } from "./store/endpoints.ts";

export function toEndpoint(row: EndpointHealthRow): WebhookEndpoint {
  return {
    id: row.endpoint_id,
    url: row.url,
    name: row.name,
    types: [...row.types] as WebhookType[],
    programIds: [...row.program_ids],
    status: row.status,
    waiting: Number(row.waiting),
    dead: Number(row.dead),
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
    secretSince: row.secret_since.toISOString(),
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: publicNumber("whd", row.delivery_id),
    endpointId: row.endpoint_id,
    messageId: publicNumber("msg", row.message_id),
    type: row.type,
    state: row.state,
    outcome: row.outcome,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  };
}

export function toDeliveryDetail(row: DeliveryRow, log: readonly AttemptRow[]): WebhookDeliveryDetail {
  return {
    ...toDelivery(row),
    payload: { type: row.type as WebhookType, timestamp: row.at.toISOString(), data: { ...row.payload } },
    log: log.map((one) => ({
      attempt: one.attempt,
      at: one.at.toISOString(),
      url: one.url,
      method: "POST",
      headers: { ...one.headers },
      body: one.body,
      status: one.status,
      error: one.error,
      durationMs: one.duration_ms,
      response: one.response,
    })),
  };
}
