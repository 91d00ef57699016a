import { minorOf } from "../payments/amounts.ts";
import type { Amount } from "../payments/contracts.ts";
import type { PaymentStatus, StatusKind, StatusReferences } from "./contracts.ts";
import { isObject, type JsonObject, listAt, objectAt, textAtPath } from "./json-values.ts";

interface ProviderReport {
  readonly format: string;
  readonly id: string | null;
  readonly createdAt: string | null;
  readonly statuses: readonly PaymentStatus[];
}

type Meaning = readonly [StatusKind, string];

/** PayPal Payouts: transaction_status of an item, batch_status of a batch. Source: PayPal, Payouts API v1. */
const PAYPAL: Readonly<Record<string, Meaning>> = {
  SUCCESS: ["settled", "is on the payee's PayPal account"],
  PENDING: ["pending", "is being processed"],
  PROCESSING: ["pending", "is being processed"],
  NEW: ["pending", "was received"],
  ACKNOWLEDGED: ["pending", "was received"],
  UNCLAIMED: ["pending", "waits for the payee to open an account; after 30 days it comes back"],
  ONHOLD: ["pending", "is held by PayPal for a review"],
  HELD: ["pending", "is held by PayPal for a review"],
  FAILED: ["rejected", "failed"],
  DENIED: ["rejected", "was denied"],
  BLOCKED: ["rejected", "was blocked"],
  CANCELED: ["rejected", "was cancelled"],
  RETURNED: ["returned", "came back: nobody claimed it, or it was cancelled"],
  REFUNDED: ["returned", "was refunded by the payee"],
  REVERSED: ["returned", "was reversed"],
};

/**
 * States of a Wise transfer. `bounced_back` stays pending: the money is with Wise and may be sent again, so that paying it a second time
 * elsewhere would pay twice; `funds_refunded` says that it is back. Source: Wise Platform, "Tracking transfers".
 */
const WISE: Readonly<Record<string, Meaning>> = {
  incoming_payment_waiting: ["pending", "waits for its funds"],
  incoming_payment_initiated: ["pending", "waits for its funds"],
  waiting_recipient_input_to_proceed: ["pending", "waits for the payee"],
  processing: ["accepted", "is being processed"],
  funds_converted: ["accepted", "was converted and will be sent"],
  outgoing_payment_sent: ["settled", "was sent to the payee's bank"],
  bounced_back: ["pending", "came back to Wise, which has neither sent it again nor refunded it yet"],
  cancelled: ["rejected", "was cancelled"],
  funds_refunded: ["returned", "was refunded"],
  charged_back: ["returned", "was charged back"],
  unknown: ["pending", "has no state that Wise can tell"],
};

/** Payoneer mass payouts, v4. */
const PAYONEER: Readonly<Record<string, Meaning>> = {
  TRANSFERRED: ["settled", "is on the payee's account"],
  COMPLETED: ["settled", "is on the payee's account"],
  PAID: ["settled", "is on the payee's account"],
  PENDING: ["pending", "is being processed"],
  "PENDING PAYEE APPROVAL": ["pending", "waits for the payee"],
  "PENDING APPROVAL": ["pending", "waits for an approval"],
  SUBMITTED: ["pending", "was received"],
  PROCESSING: ["pending", "is being processed"],
  "IN TRANSIT": ["accepted", "is on its way"],
  CANCELLED: ["rejected", "was cancelled"],
  CANCELED: ["rejected", "was cancelled"],
  DECLINED: ["rejected", "was declined"],
  REJECTED: ["rejected", "was rejected"],
  FAILED: ["rejected", "failed"],
  RETURNED: ["returned", "came back"],
  REVERSED: ["returned", "was reversed"],
};

/** The report in a webhook's body or an answer of PayPal, Wise or Payoneer; undefined when it is none of theirs. */
export function readProvider(body: unknown): ProviderReport | undefined {
  return readPaypal(body) ?? readWise(body) ?? readPayoneer(body);
}

interface Told {
  readonly provider: string;
  readonly level?: PaymentStatus["level"];
  readonly references: Readonly<Record<string, string | undefined>>;
  readonly told: string;
  readonly meaning: Meaning | undefined;
  readonly reason?: PaymentStatus["reason"];
  readonly at: string | undefined;
  readonly amount: Amount | null;
}

function status({
  provider,
  level = "payment",
  references,
  told,
  meaning,
  reason = null,
  at,
  amount,
}: Told): PaymentStatus {
  const [kind, words] =
    meaning ?? (["pending", `has the status ${told}, which ${provider}'s documents do not name`] as const);
  const known = Object.fromEntries(
    Object.entries(references).filter(([, value]) => value !== undefined),
  ) as StatusReferences;
  const name = known.endToEndId ?? known.providerId ?? known.messageId ?? "";
  const because = reason === null ? "" : `: ${reason.text} (${reason.code})`;
  const what = level === "payment" ? "The payment" : "The batch";
  const sentence = `${what} ${name} ${words}${because}.`.replace(/ {2,}/g, " ");
  return { level, references: known, status: kind, told, reason, sentence, at: at ?? null, amount, correction: null };
}

function amountOf(value: string | undefined, currency: string | undefined): Amount | null {
  if (value === undefined || currency === undefined) return null;
  const minor = minorOf(value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""), currency.toUpperCase());
  return minor === undefined ? null : { minor, currency: currency.toUpperCase() };
}

function reasonFrom(code: string | undefined, text: string | undefined): PaymentStatus["reason"] {
  return code === undefined && text === undefined ? null : { code: code ?? "-", text: text ?? code ?? "" };
}

function readPaypal(body: unknown): ProviderReport | undefined {
  const event = textAtPath(body, "event_type");
  const resource = event?.startsWith("PAYMENT.PAYOUTS") === true ? objectAt(body, "resource") : undefined;
  if (resource !== undefined && event !== undefined) {
    const created = textAtPath(body, "create_time");
    const statuses =
      objectAt(resource, "batch_header") === undefined
        ? [paypalItem(resource, created, event)]
        : paypalBatch(resource, created);
    return { format: "paypal-webhook", id: textAtPath(body, "id") ?? null, createdAt: created ?? null, statuses };
  }
  if (objectAt(body, "batch_header") !== undefined && isObject(body)) {
    const id = textAtPath(body, "batch_header", "payout_batch_id") ?? null;
    return { format: "paypal-batch", id, createdAt: null, statuses: paypalBatch(body, undefined) };
  }
  if (
    isObject(body) &&
    textAtPath(body, "payout_item_id") !== undefined &&
    objectAt(body, "payout_item") !== undefined
  ) {
    return {
      format: "paypal-item",
      id: textAtPath(body, "payout_item_id") ?? null,
      createdAt: null,
      statuses: [paypalItem(body, undefined, undefined)],
    };
  }
  return undefined;
}

function paypalBatch(resource: JsonObject, created: string | undefined): readonly PaymentStatus[] {
  const told = textAtPath(resource, "batch_header", "batch_status") ?? "PENDING";
  const references = {
    messageId: textAtPath(resource, "batch_header", "sender_batch_header", "sender_batch_id"),
    providerId: textAtPath(resource, "batch_header", "payout_batch_id"),
  };
  const at =
    textAtPath(resource, "batch_header", "time_completed") ??
    textAtPath(resource, "batch_header", "time_created") ??
    created;
  // A batch that was carried out says nothing about its payments: each has a status of its own.
  const meaning: Meaning | undefined =
    told === "SUCCESS" ? ["accepted", "was carried out; each payment has its own status"] : PAYPAL[told];
  const batch = status({ provider: "PayPal", level: "file", references, told, meaning, at, amount: null });
  const items = listAt(resource, "items").flatMap((item) =>
    isObject(item) ? [paypalItem(item, undefined, undefined, references.messageId)] : [],
  );
  return [batch, ...items];
}

function paypalItem(
  item: JsonObject,
  created: string | undefined,
  event: string | undefined,
  batchId?: string,
): PaymentStatus {
  const fromEvent = event?.replace("PAYMENT.PAYOUTS-ITEM.", "").replace("SUCCEEDED", "SUCCESS");
  const told = textAtPath(item, "transaction_status") ?? fromEvent ?? "PENDING";
  return status({
    provider: "PayPal",
    references: {
      messageId: textAtPath(item, "sender_batch_id") ?? batchId,
      endToEndId: textAtPath(item, "payout_item", "sender_item_id"),
      providerId: textAtPath(item, "payout_item_id"),
    },
    told,
    meaning: PAYPAL[told],
    reason: reasonFrom(textAtPath(item, "errors", "name"), textAtPath(item, "errors", "message")),
    at: textAtPath(item, "time_processed") ?? created,
    amount: amountOf(
      textAtPath(item, "payout_item", "amount", "value"),
      textAtPath(item, "payout_item", "amount", "currency"),
    ),
  });
}

function readWise(body: unknown): ProviderReport | undefined {
  const event = textAtPath(body, "event_type");
  const data = event?.startsWith("transfers#") === true ? objectAt(body, "data") : undefined;
  if (data !== undefined && event !== undefined) {
    const at = textAtPath(data, "occurred_at");
    return {
      format: "wise-webhook",
      id: textAtPath(body, "subscription_id") ?? null,
      createdAt: textAtPath(body, "sent_at") ?? at ?? null,
      statuses: [wiseEvent(event, data, at)],
    };
  }
  const transfers = (Array.isArray(body) ? body : [body]).filter(isWiseTransfer);
  if (transfers.length === 0 || (Array.isArray(body) && transfers.length < body.length)) return undefined;
  return { format: "wise-transfer", id: null, createdAt: null, statuses: transfers.map(wiseTransfer) };
}

function wiseEvent(event: string, data: JsonObject, at: string | undefined): PaymentStatus {
  const references = {
    providerId: textAtPath(data, "resource", "id") ?? textAtPath(data, "transfer_id"),
  };
  if (event === "transfers#payout-failure") {
    const reason = reasonFrom(textAtPath(data, "failure_reason_code"), textAtPath(data, "failure_description"));
    const meaning: Meaning = ["pending", "did not reach the payee; Wise has not ended it"];
    return status({ provider: "Wise", references, told: event, meaning, reason, at, amount: null });
  }
  if (event === "transfers#refund") {
    const amount = amountOf(
      textAtPath(data, "resource", "refund_amount"),
      textAtPath(data, "resource", "refund_currency"),
    );
    return status({ provider: "Wise", references, told: event, meaning: WISE.funds_refunded, at, amount });
  }
  const told = textAtPath(data, "current_state") ?? event;
  const meaning = event === "transfers#active-cases" ? (["pending", "has an open case at Wise"] as const) : WISE[told];
  return status({ provider: "Wise", references, told, meaning, at, amount: null });
}

function isWiseTransfer(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    textAtPath(value, "id") !== undefined &&
    textAtPath(value, "status") !== undefined &&
    "targetCurrency" in value
  );
}

function wiseTransfer(transfer: JsonObject): PaymentStatus {
  const told = textAtPath(transfer, "status") ?? "unknown";
  return status({
    provider: "Wise",
    references: { endToEndId: textAtPath(transfer, "customerTransactionId"), providerId: textAtPath(transfer, "id") },
    told,
    meaning: WISE[told],
    at: textAtPath(transfer, "created"),
    amount: amountOf(textAtPath(transfer, "targetValue"), textAtPath(transfer, "targetCurrency")),
  });
}

function readPayoneer(body: unknown): ProviderReport | undefined {
  const result = objectAt(body, "result") ?? objectAt(body, "data") ?? (isObject(body) ? body : undefined);
  if (result === undefined) return undefined;
  const items = listAt(result, "payments").length > 0 ? listAt(result, "payments") : listAt(result, "items");
  const payouts = (items.length > 0 ? items : [result]).filter(isPayoneerPayout);
  if (payouts.length === 0) return undefined;
  return {
    format: "payoneer-payout",
    id: textAtPath(body, "event_id") ?? null,
    createdAt: textAtPath(body, "event_date") ?? null,
    statuses: payouts.map((payout) => payoneerPayout(payout, textAtPath(body, "event_date"))),
  };
}

function isPayoneerPayout(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const named = textAtPath(value, "client_reference_id") ?? textAtPath(value, "payout_id");
  return named !== undefined && payoneerStatus(value) !== undefined;
}

function payoneerStatus(payout: JsonObject): string | undefined {
  return (
    textAtPath(payout, "status", "description") ?? textAtPath(payout, "status") ?? textAtPath(payout, "payout_status")
  );
}

function payoneerPayout(payout: JsonObject, eventDate: string | undefined): PaymentStatus {
  const told = payoneerStatus(payout) ?? "Pending";
  return status({
    provider: "Payoneer",
    references: { endToEndId: textAtPath(payout, "client_reference_id"), providerId: textAtPath(payout, "payout_id") },
    told,
    meaning: PAYONEER[told.toUpperCase().replaceAll("_", " ")],
    reason: reasonFrom(
      textAtPath(payout, "reason_code"),
      textAtPath(payout, "reason_description") ?? textAtPath(payout, "cancel_reason_description"),
    ),
    at:
      textAtPath(payout, "status_date") ??
      textAtPath(payout, "last_status_date") ??
      eventDate ??
      textAtPath(payout, "payout_date"),
    amount: amountOf(textAtPath(payout, "amount"), textAtPath(payout, "currency")),
  });
}
