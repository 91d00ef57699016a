import { type GoDecision, RiskLevel, type RiskLine, type RiskOverride, type RiskRating } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { rate } from "./core/rating.ts";
import { riskFacts } from "./risk-facts.ts";
import * as store from "./store/diligence.ts";
import { today } from "./today.ts";

/** The newest rating of a partner with its working, or null. */
export async function getRating(ctx: Context, actor: Actor, partnerId: string): Promise<RiskRating | null> {
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, partnerId));
  const row = await store.newestRating(ctx.db, partnerId);
  return row === undefined ? null : await ratingWire(ctx, row);
}

/** Rates a partner as it stands now. What was rated before stays. */
export async function ratePartner(ctx: Context, actor: Actor, partnerId: string): Promise<RiskRating> {
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  const { version, document } = await bookInForce(ctx, "risk");
  const rated = rate(document, await riskFacts(ctx, partnerId));
  const before = await store.newestRating(ctx.db, partnerId);
  await transact(ctx, async (tx) => {
    const ratingId = tx.ids.next("rsk");
    await store.insertRating(tx.db, {
      rating_id: ratingId,
      partner_id: partnerId,
      version,
      level: rated.level,
      points: rated.points,
      working: JSON.stringify({ medium: document.medium, high: document.high, lines: rated.lines }),
      rated_by: personOf(actor),
      rated_name: actor.name,
      rated_at: tx.clock.now(),
      review_on: Temporal.PlainDate.from(today(tx)).add({ months: document.reviewMonths[rated.level] }).toString(),
    });
    await audit.record(tx, actor, {
      action: "compliance.risk_rated",
      subjectKind: "risk_rating",
      subjectId: ratingId,
      before: before && { level: before.level, points: before.points },
      after: { level: rated.level, points: rated.points, version },
      partnerId,
    });
    await announce(tx, "compliance.risk_rated", { partnerId, level: rated.level });
  });
  return (await getRating(ctx, actor, partnerId)) as RiskRating;
}

/** Go or No-Go on the newest rating. */
export async function decideGo(ctx: Context, actor: Actor, partnerId: string, input: GoDecision): Promise<RiskRating> {
  const row = await store.newestRating(ctx.db, partnerId);
  if (row === undefined)
    throw new Refusal("wrong_state", "The risk was not rated yet: there is nothing to decide about.");
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  await transact(ctx, async (tx) => {
    const change = {
      decision: input.decision,
      decision_reason: input.reason,
      decided_by: personOf(actor),
      decided_name: actor.name,
      decided_at: tx.clock.now(),
    };
    if (!(await store.changeRating(tx.db, row.rating_id, input.revision, change)))
      throw changedMeanwhile("rating", input.revision);
    await audit.record(tx, actor, {
      action: input.decision === "go" ? "compliance.go_decided" : "compliance.no_go_decided",
      subjectKind: "risk_rating",
      subjectId: row.rating_id,
      before: { decision: row.decision },
      after: { decision: input.decision, level: row.level },
      reason: input.reason,
      partnerId,
    });
  });
  return (await getRating(ctx, actor, partnerId)) as RiskRating;
}

/** The override that counts today: approved, and not over. */
export async function overrideInForce(ctx: Context, partnerId: string): Promise<store.OverrideRow | undefined> {
  const day = today(ctx);
  return (await store.livingOverrides(ctx.db, partnerId)).find(
    ({ state, until }) => state === "approved" && until >= day,
  );
}

async function ratingWire(ctx: Context, row: store.RatingRow): Promise<RiskRating> {
  const { medium, high, lines } = row.working as unknown as { medium: number; high: number; lines: RiskLine[] };
  const day = today(ctx);
  const living = (await store.livingOverrides(ctx.db, row.partner_id)).filter(({ until }) => until >= day);
  const inForce = living.find(({ state }) => state === "approved");
  const shown = living.find(({ state }) => state === "proposed") ?? inForce;
  return {
    id: row.rating_id,
    partnerId: row.partner_id,
    version: row.version,
    level: RiskLevel.parse(row.level),
    holds: RiskLevel.parse(inForce?.level ?? row.level),
    points: row.points,
    medium,
    high,
    working: lines,
    ratedBy: row.rated_name,
    ratedAt: row.rated_at.toISOString(),
    reviewOn: row.review_on,
    decision: row.decision as RiskRating["decision"],
    decisionReason: row.decision_reason,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    override: shown === undefined ? null : overrideWire(shown),
    revision: row.revision,
  };
}

function overrideWire(row: store.OverrideRow): RiskOverride {
  return {
    id: row.override_id,
    level: RiskLevel.parse(row.level),
    reason: row.reason,
    until: row.until,
    state: row.state as RiskOverride["state"],
    proposedBy: row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_name,
    comment: row.comment,
  };
}

export async function overrideOf(ctx: Context, overrideId: string): Promise<store.OverrideRow> {
  const row = await store.findOverride(ctx.db, overrideId);
  if (row === undefined) throw notFound("override", overrideId);
  return row;
}
