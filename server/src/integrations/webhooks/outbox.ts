import { Webhook } from "standardwebhooks";
import type { Db } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { publicNumber } from "../../kernel/ids.ts";
import {
  type AddressPolicy,
  type Call,
  type CallOptions,
  type CallOutcome,
  callPartner,
  type Deliveries,
  type DeliveryOptions,
  type Outbox,
  startSending,
  type Vault,
} from "../../tracking/index.ts";
import { type Claimed, claimDue, finishAttempt, insertAttempts } from "./store/deliveries.ts";

/** What sending a webhook needs besides the database. */
export interface WebhookNeeds {
  readonly policy: AddressPolicy;
  readonly vault: Vault;
}

/**
 * The call as the Standard Webhooks specification says: `webhook-id` stays the same at every repetition, `webhook-timestamp` is the time of
 * this attempt, `webhook-signature` has one `v1,…` for each secret in use.
 * @throws when a secret cannot be opened
 */
export function composeWebhook(delivery: Omit<Claimed, "host">, vault: Vault, at: Date): Call {
  const id = publicNumber("msg", delivery.messageId);
  const { type, payload: data } = delivery;
  const body = JSON.stringify({ type, timestamp: delivery.at.toISOString(), data });
  const signatures = delivery.secrets.map((sealed) => new Webhook(vault.open(sealed)).sign(id, at, body));
  return {
    method: "POST",
    url: delivery.url,
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}

/** Starts calling the operator's systems: the same sender as for partner postbacks, with its retries over 72 hours. */
export function startWebhooks(
  needs: WebhookNeeds & {
    readonly db: Db;
    readonly clock: Clock;
    /** in [0, 1) */
    readonly random: () => number;
    readonly options?: Omit<DeliveryOptions, "policy">;
  },
): Deliveries {
  const { policy, vault, clock } = needs;
  return startSending({ ...needs, options: { ...needs.options, policy }, outbox: webhookOutbox(vault, clock) });
}

type Taken = Claimed & { readonly call: Call | undefined; readonly problem: string };

function webhookOutbox(vault: Vault, clock: Clock): Outbox<Taken> {
  return {
    async take(tx, request) {
      const due = (await claimDue(tx, request)).map((delivery) => ({
        ...delivery,
        ...composed(delivery, vault, clock),
      }));
      await insertAttempts(
        tx,
        request.now,
        due.map((one) => ({ ...one, headers: one.call?.headers ?? {}, body: one.call?.body ?? "" })),
      );
      return due;
    },
    call: (delivery, options) => callWebhook(delivery, options),
    finish: finishAttempt,
  };
}

function composed(delivery: Claimed, vault: Vault, clock: Clock): { call: Call | undefined; problem: string } {
  try {
    return { call: composeWebhook(delivery, vault, clock.now()), problem: "" };
  } catch (error) {
    return { call: undefined, problem: `the secret of this endpoint cannot be opened: ${(error as Error).message}` };
  }
}

async function callWebhook(delivery: Taken, options: CallOptions): Promise<CallOutcome> {
  if (delivery.call !== undefined) return await callPartner(delivery.call, options);
  return { status: null, error: delivery.problem, durationMs: 0, response: null, retryAfterMs: null };
}
