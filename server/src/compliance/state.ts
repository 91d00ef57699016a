import type { PartnerScreening, ScreeningVerdict } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerTouch } from "../partners/index.ts";
import { outdatedPartners } from "./run.ts";
import * as hits from "./store/hits.ts";
import { newestVersions } from "./store/lists.ts";

/**
 * What screening says of partners, for whoever is about to pay or activate them. `match` when two people said of a hit that it is them;
 * `waiting` while a hit is undecided; `unscreened` when no list is loaded, or somebody was added or changed since the last screening
 * (`screenPartners` mends that); else `clear`. Every id that is asked for is in the answer.
 */
export async function screeningState(
  ctx: Context,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, ScreeningVerdict>> {
  const states = new Map<string, ScreeningVerdict>(partnerIds.map((id) => [id, "clear"]));
  if ((await newestVersions(ctx.db)).length === 0) for (const id of partnerIds) states.set(id, "unscreened");
  else for (const id of await outdatedPartners(ctx, partnerIds)) states.set(id, "unscreened");
  for (const { partner_id, state } of await hits.holdingHits(ctx.db, partnerIds))
    if (states.get(partner_id) !== "match") states.set(partner_id, state === "true_match" ? "match" : "waiting");
  return states;
}

/** The card of a partner's page. */
export async function partnerScreening(ctx: Context, actor: Actor, partnerId: string): Promise<PartnerScreening> {
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, partnerId));
  const subjects = await hits.subjectsOf(ctx.db, [partnerId]);
  const holding = await hits.holdingHits(ctx.db, [partnerId]);
  const count = (matches: boolean) =>
    holding.reduce((sum, { state, count: some }) => ((state === "true_match") === matches ? sum + some : sum), 0);
  const times = subjects.map(({ screened_at }) => screened_at.getTime());
  return {
    partnerId,
    state: (await screeningState(ctx, [partnerId])).get(partnerId) ?? "unscreened",
    screenedAt: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
    subjects: subjects.map((row) => ({
      subjectId: row.subject_id,
      subjectKind: row.subject_kind as PartnerScreening["subjects"][number]["subjectKind"],
      name: row.name,
      screenedAt: row.screened_at.toISOString(),
    })),
    open: count(false),
    matches: count(true),
    lists: (await newestVersions(ctx.db)).length,
  };
}
