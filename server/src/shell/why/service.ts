import type { WhyAnswer, WhyQuery } from "@tributary/contract";
import { type Actor, can } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { Look, type WhyNeeds } from "./look.ts";
import { hintOf } from "./texts.ts";
import { wayOf } from "./way.ts";

/**
 * Why something counted or did not: the way that it took, as far as the actor may see it. Text that names several things lists them; text that
 * names nothing that the actor may see finds nothing, whether it exists or not.
 */
export async function explainWhy(ctx: Context, actor: Actor, query: WhyQuery, needs: WhyNeeds): Promise<WhyAnswer> {
  if (!can(actor, "events.read")) throw new Refusal("forbidden", "This needs the right to read events.");
  const { language } = query;
  const look = new Look(ctx, actor, needs, query.programId);
  const subjects = await look.find(query.q);
  const [subject, another] = subjects;
  const found = subjects.map((one) => one.found);
  const hint = hintOf(found.length, language);
  if (subject === undefined || another !== undefined) return { found, way: [], stoppedAt: null, hint };
  const way = await wayOf({ ctx, actor, look, language }, subject);
  const stoppedAt = way.find((one) => one.state === "stopped")?.stage ?? null;
  return { found, way: [...way], stoppedAt, hint };
}
