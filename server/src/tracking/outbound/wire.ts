import type { Delivery, DeliveryAttempt, DeliveryDetail, Postback } from "@tributary/contract";
import { publicNumber } from "../../kernel/ids.ts";
import type { AttemptRow, DeliveryRow } from "./store/deliveries.ts";
import type { PostbackHealthRow } from "./store/postbacks.ts";

export function toPostback(row: PostbackHealthRow): Postback {
  return {
    id: row.postback_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    offerId: row.offer_id,
    name: row.name,
    occasions: [...row.event_types],
    method: row.method,
    url: row.url,
    body: row.body,
    template: row.template,
    settings: { ...row.settings },
    secrets: [...row.secret_names],
    filters: row.filters,
    statusWords: { ...row.status_words },
    delaySeconds: row.delay_seconds,
    precedence: row.precedence,
    signedSince: row.signed_since?.toISOString() ?? null,
    status: row.status,
    waiting: Number(row.waiting),
    dead: Number(row.dead),
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: publicNumber("dlv", row.delivery_id),
    postbackId: row.postback_id,
    partnerId: row.partner_id,
    eventId: row.event_id === null ? null : publicNumber("evt", row.event_id),
    occasion: row.occasion,
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

export function toDeliveryDetail(row: DeliveryRow, log: readonly AttemptRow[]): DeliveryDetail {
  return { ...toDelivery(row), values: { ...row.values }, log: log.map(toAttempt) };
}

function toAttempt(row: AttemptRow): DeliveryAttempt {
  return {
    attempt: row.attempt,
    at: row.at.toISOString(),
    url: row.url,
    method: row.method,
    headers: row.headers,
    body: row.body,
    status: row.status,
    error: row.error,
    durationMs: row.duration_ms,
    response: row.response,
  };
}
