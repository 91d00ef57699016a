import type { WEBHOOK_EVENTS, WebhookType } from "@tributary/contract";
import type { z } from "zod";
import type { Db } from "../../database/index.ts";
import { insertMessages } from "./store/deliveries.ts";

/** Something that the operator's systems may want to hear. */
export type WebhookMessage = {
  [Type in WebhookType]: {
    readonly type: Type;
    readonly at: Date;
    /** what it is about, so that the same is never told twice: an id, with what tells two news about it apart */
    readonly about: string;
    readonly programId: string | null;
    readonly data: z.infer<(typeof WEBHOOK_EVENTS)[Type]["data"]>;
  };
}[WebhookType];

/**
 * Queues webhooks in the caller's transaction: they become durable with what they tell of, or not at all. One statement whatever their
 * number; nothing is written that nobody listens to.
 * @returns how many deliveries are new
 */
export async function queueWebhooks(tx: Db, now: Date, messages: readonly WebhookMessage[]): Promise<number> {
  const drafts = messages.map(({ about, ...message }) => ({ ...message, dedupeKey: `${message.type}:${about}` }));
  return await insertMessages(tx, now, drafts);
}
