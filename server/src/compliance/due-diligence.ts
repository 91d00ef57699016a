import type { DueDiligence } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerTouch } from "../partners/index.ts";
import type { DiligenceAnswer } from "./facts/answer.ts";
import { documentState } from "./facts/documents.ts";
import { ownershipState, questionnaireState } from "./facts/people.ts";
import { riskState } from "./facts/risk.ts";
import { domainState, siteState } from "./facts/sites.ts";
import { needsOf } from "./needs-of-documents.ts";
import { profileOf, profileWire } from "./profile.ts";

const FACTS: readonly (readonly [string, boolean, (ctx: Context, partnerId: string) => Promise<DiligenceAnswer>])[] = [
  ["documents.complete", true, (ctx, id) => documentState(ctx, id, "complete")],
  ["documents.in_date", true, (ctx, id) => documentState(ctx, id, "in_date")],
  ["ownership.known", false, ownershipState],
  ["questionnaire.answered", true, questionnaireState],
  ["risk.rated", false, (ctx, id) => riskState(ctx, id)],
  ["websites.reviewed", false, siteState],
  ["domain.proved", true, domainState],
];

/** What is asked of a partner and how it stands. The partner's own people are told what they can do something about, not how they are judged. */
export async function dueDiligence(ctx: Context, actor: Actor, partnerId: string): Promise<DueDiligence> {
  requirePermission(actor, "documents.read", await partnerTouch(ctx, partnerId));
  const profile = await profileOf(ctx, partnerId);
  const facts: DueDiligence["facts"] = [];
  for (const [fact, forPartner, answer] of FACTS) {
    if (actor.partnerId !== undefined && !forPartner) continue;
    const { holds, code, sentence, until } = await answer(ctx, partnerId);
    facts.push({ fact, holds, code, sentence, until });
  }
  return { profile: profileWire(profile), needs: (await needsOf(ctx, profile)) ?? [], facts };
}
