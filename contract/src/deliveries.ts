import { z } from "zod";
import { Instant } from "./values.ts";

/** One call that went out, or tried to: to a partner's postback or to a webhook of the operator. */
export const DeliveryAttempt = z.object({
  attempt: z.number().int(),
  at: Instant,
  url: z.string().describe("as sent"),
  method: z.string().nullable(),
  headers: z.record(z.string(), z.string()).nullable().describe("as sent; what proves who calls is masked"),
  body: z.string().nullable().describe("as sent"),
  status: z.number().int().nullable().describe("HTTP status; null: no answer"),
  error: z.string().nullable(),
  durationMs: z.number().int().nullable().describe("null: still running, or cut off by a crash"),
  response: z.string().nullable().describe("the first 2 KB of the answer"),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const DeliveryState = z.enum(["waiting", "delivered", "dead"]);

/** How far a delivery has come, whatever it tells and whomever. */
export const DeliveryProgress = z.object({
  state: DeliveryState,
  outcome: z.enum(["answered", "gave_up", "archived"]).nullable(),
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  nextAt: Instant.nullable(),
  createdAt: Instant,
  settledAt: Instant.nullable(),
});
export type DeliveryProgress = z.infer<typeof DeliveryProgress>;
