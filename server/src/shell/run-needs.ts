import { expiredDocuments, screeningState } from "../compliance/index.ts";
import type { Context } from "../database/index.ts";
import { ACTOR_OF_USER, payeeLooks, type RunNeeds } from "../runs/index.ts";
import { feedTotals } from "../tracking/index.ts";

/** What commission runs ask of rooms that they do not stand on. */
export const runNeeds: RunNeeds = {
  feedTotals,
  payees: payeeLooks,
  expiredDocuments,
  screening: hits,
  actorOf: ACTOR_OF_USER,
};

/** Partners whose names wait for a decision, or are on a list; where no list is loaded nobody is told. */
async function hits(ctx: Context, partnerIds: readonly string[]): Promise<ReadonlyMap<string, "waiting" | "match">> {
  const states = await screeningState(ctx, partnerIds);
  const found = new Map<string, "waiting" | "match">();
  for (const [partnerId, state] of states) if (state === "waiting" || state === "match") found.set(partnerId, state);
  return found;
}
