import { type Actor, can } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import * as store from "./store/plans.ts";

/** A plan that the actor may see. Plans are the operator's: a partner reads its terms through its agreement. @throws Refusal `not_found` */
export async function readablePlan(ctx: Context, actor: Actor, id: string): Promise<store.PlanListRow> {
  const row = await store.planRow(ctx.db, id);
  const readable = row !== undefined && actor.partnerId === undefined && can(actor, "plans.read");
  if (!readable) throw notFound("plan", id);
  return row;
}
