import type { Answers } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import type { RiskFacts } from "./core/rating.ts";
import { structureOf } from "./ownership.ts";
import { profileOf } from "./profile.ts";
import { askedOf } from "./questionnaires.ts";
import { screeningState } from "./state.ts";
import { confirmedTopics } from "./store/hits.ts";
import { sitesOf } from "./store/sites.ts";

/** What the rating goes by, as it stands now. */
export async function riskFacts(ctx: Context, partnerId: string): Promise<RiskFacts> {
  const profile = await profileOf(ctx, partnerId);
  const { partner } = profile;
  const asked = await askedOf(ctx, partnerId);
  const answered = asked.filter(({ last }) => last !== undefined);
  const points = answered.reduce((sum, { last }) => sum + (last?.points ?? 0), 0);
  const structure = await structureOf(ctx, profile);
  const topics = await confirmedTopics(ctx.db, partnerId);
  const declared = answered.flatMap(({ last }) => (last?.answers as Answers | undefined)?.traffic_sources ?? []);
  const sites = await sitesOf(ctx.db, partnerId);
  return {
    country: [partner.country ?? "unknown"],
    partner_kind: [partner.kind],
    entity: [profile.entity ?? "unknown"],
    screening: [(await screeningState(ctx, [partnerId])).get(partnerId) ?? "unscreened"],
    pep: [topics.includes("pep") ? "yes" : "no"],
    opacity: [
      structure.holds ? (structure.edges.some(({ heldId }) => heldId !== partnerId) ? "layers" : "clear") : "unknown",
    ],
    traffic: declared.length === 0 ? ["unknown"] : [...new Set(declared)],
    questionnaire: [asked.length > 0 && answered.length < asked.length ? "unanswered" : String(Math.max(0, points))],
    age_months: [String(monthsBetween(partner.createdAt, ctx.clock.now()))],
    sites: [
      sites.length === 0
        ? "none"
        : (["failed", "unreviewed"].find((state) => sites.some((site) => site.state === state)) ?? "passed"),
    ],
  };
}

/** Whole months that have passed. */
function monthsBetween(from: Date, to: Date): number {
  const day = (at: Date) => Temporal.PlainDate.from(at.toISOString().slice(0, 10));
  return Math.max(0, day(from).until(day(to), { largestUnit: "months" }).months);
}
