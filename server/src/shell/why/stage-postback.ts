import type { WhyStep } from "@tributary/contract";
import { can } from "../../access/index.ts";
import { listOwnDeliveries } from "../../tracking/index.ts";
import { type Asking, type Known, step } from "./step.ts";

const WORST = ["dead", "waiting", "delivered"] as const;
const CODES = { dead: "gave_up", waiting: "telling", delivered: "told" } as const;
const STATES = { dead: "stopped", waiting: "waiting", delivered: "ok" } as const;

/** What the partner's own system was told of the event: the worst of its deliveries speaks. */
export async function postbackStep({ ctx, actor, language }: Asking, { event }: Known): Promise<WhyStep> {
  if (event === undefined) return step(language, "postback", "unknown", "not_reached");
  if (!can(actor, "postbacks.read")) return step(language, "postback", "unknown", "not_visible");
  const { data } = await listOwnDeliveries(ctx, actor, { eventId: event.eventId, limit: 50 });
  const worst = WORST.find((state) => data.some((one) => one.state === state));
  if (worst === undefined) return step(language, "postback", "unknown", "nobody_told");
  const facts = data.map((one) => ({
    name: one.occasion,
    value: [one.state, one.lastStatus ?? one.lastError ?? ""].filter((part) => part !== "").join(" "),
  }));
  const refs = data.map((one) => ({ kind: "postback", id: one.postbackId }));
  const last = data
    .map((one) => one.settledAt ?? one.createdAt)
    .sort()
    .at(-1);
  const at = last === undefined ? null : new Date(last);
  return step(language, "postback", STATES[worst], CODES[worst], { at, facts, refs });
}
