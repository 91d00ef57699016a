import type { NewOverride, OverrideDecision, RiskRating } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { getRating, overrideOf } from "./risk.ts";
import { changeOverride, insertOverride, livingOverrides, newestRating } from "./store/diligence.ts";
import { today } from "./today.ts";

const LONGEST_DAYS = 366;

/** Says, with a reason and an end, that another level holds. It counts when a second person has agreed. */
export async function proposeOverride(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: NewOverride,
): Promise<RiskRating> {
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  const rating = await newestRating(ctx.db, partnerId);
  if (rating === undefined)
    throw new Refusal("wrong_state", "The risk was not rated yet: there is nothing to override.");
  const day = today(ctx);
  const last = Temporal.PlainDate.from(day).add({ days: LONGEST_DAYS }).toString();
  if (input.until <= day || input.until > last)
    throw invalid("until", input.until, "has to be after today and within a year");
  await transact(ctx, async (tx) => {
    // One proposal at a time: the new one takes the place of one that nobody decided.
    for (const row of await livingOverrides(tx.db, partnerId))
      if (row.state === "proposed") await changeOverride(tx.db, row.override_id, ["proposed"], { state: "ended" });
    const overrideId = tx.ids.next("rov");
    await insertOverride(tx.db, {
      override_id: overrideId,
      partner_id: partnerId,
      level: input.level,
      reason: input.reason,
      until: input.until,
      state: "proposed",
      proposed_by: personOf(actor),
      proposed_name: actor.name,
      proposed_at: tx.clock.now(),
    });
    await audit.record(tx, actor, {
      action: "compliance.override_proposed",
      subjectKind: "risk_override",
      subjectId: overrideId,
      before: { level: rating.level },
      after: { level: input.level, until: input.until },
      reason: input.reason,
      partnerId,
    });
  });
  return (await getRating(ctx, actor, partnerId)) as RiskRating;
}

/** The second person's word. @throws Refusal `same_person` for whoever proposed it */
export async function decideOverride(
  ctx: Context,
  actor: Actor,
  overrideId: string,
  input: z.infer<typeof OverrideDecision>,
): Promise<RiskRating> {
  const row = await overrideOf(ctx, overrideId);
  const partnerId = row.partner_id;
  requirePermission(actor, "compliance.approve", await partnerTouch(ctx, partnerId));
  if (row.proposed_by === personOf(actor))
    throw new Refusal("same_person", "You proposed this override: somebody else has to agree.");
  await transact(ctx, async (tx) => {
    const decided = {
      decided_by: personOf(actor),
      decided_name: actor.name,
      decided_at: tx.clock.now(),
      comment: input.comment,
    };
    if (input.approve)
      for (const old of await livingOverrides(tx.db, partnerId))
        if (old.state === "approved") await changeOverride(tx.db, old.override_id, ["approved"], { state: "ended" });
    const state = input.approve ? "approved" : "refused";
    if (!(await changeOverride(tx.db, overrideId, ["proposed"], { ...decided, state })))
      throw new Refusal("wrong_state", "This override was decided before.");
    await audit.record(tx, actor, {
      action: input.approve ? "compliance.override_approved" : "compliance.override_refused",
      subjectKind: "risk_override",
      subjectId: overrideId,
      after: { state, level: row.level, until: row.until },
      reason: input.comment,
      partnerId,
    });
  });
  return (await getRating(ctx, actor, partnerId)) as RiskRating;
}
