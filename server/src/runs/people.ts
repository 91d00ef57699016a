import type { RunLevel } from "@tributary/contract";
import { type Actor, can, personOf, type Touch } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { standsInFor } from "./core/delegation.ts";
import type { RunNeeds } from "./needs.ts";
import { delegationsTo } from "./store/delegations.ts";

/** Somebody in whose place the actor may approve, besides itself. */
export interface Standing {
  readonly actor: Actor;
  /** null: for oneself */
  readonly actingFor: string | null;
}

/** The actor with the rights of somebody in whose place it acts as well; it stays who it is. */
export function inPlaceOf(actor: Actor, other: Actor): Actor {
  return {
    ...actor,
    grants: [...actor.grants, ...other.grants],
    permissions: new Set([...actor.permissions, ...other.permissions]),
  };
}

/** The actor itself, and everybody in whose place it may approve at a level today. */
export async function standings(
  ctx: Context,
  actor: Actor,
  level: RunLevel,
  needs: RunNeeds,
): Promise<readonly Standing[]> {
  const today = dayOf(ctx.clock.now(), "UTC");
  const person = personOf(actor);
  const others = standsInFor(person, level, today, await delegationsTo(ctx.db, person));
  const found: Standing[] = [{ actor, actingFor: null }];
  for (const userId of others) {
    const other = await needs.actorOf(ctx, userId);
    if (other !== undefined) found.push({ actor: other, actingFor: userId });
  }
  return found;
}

/** Regional approvers see their region; central ones and finance the whole. */
export function mayApproveAt(actor: Actor, level: RunLevel, touch: Touch): boolean {
  if (level === "regional") return can(actor, "runs.approve", touch);
  return can(actor, level === "central" ? "runs.approve" : "statements.approve", {});
}
