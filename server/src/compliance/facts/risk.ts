import { RiskLevel } from "@tributary/contract";
import type { Context } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import { isAbove } from "../core/rating.ts";
import { overrideInForce } from "../risk.ts";
import { newestRating } from "../store/diligence.ts";
import { today } from "../today.ts";
import { type DiligenceAnswer, earliest, no, tabOf, yes } from "./answer.ts";

/**
 * Whether the risk of a partner was rated, its review is not overdue, nobody said No-Go, and it is not above a level. A high risk needs a Go.
 * @param max the highest level that is let pass; left out: any
 */
export async function riskState(ctx: Context, partnerId: string, max?: RiskLevel): Promise<DiligenceAnswer> {
  const rating = await newestRating(ctx.db, partnerId);
  if (rating === undefined) return no("risk.unrated", "The risk was not rated yet.");
  const override = await overrideInForce(ctx, partnerId);
  const level = RiskLevel.parse(override?.level ?? rating.level);
  const evidence = [{ what: "risk_rating", id: rating.rating_id, text: `Risk: ${level}`, screen: tabOf(partnerId) }];
  if (rating.decision === "no_go")
    return no(
      "risk.no_go",
      `${rating.decided_name} decided No-Go: ${rating.decision_reason}`,
      { reason: rating.decision_reason },
      evidence,
    );
  if (rating.review_on <= today(ctx))
    return no(
      "risk.overdue",
      `The risk was to be looked at again by ${rating.review_on}.`,
      { day: rating.review_on },
      evidence,
    );
  if (max !== undefined && isAbove(level, max))
    return no("risk.above", `The risk is ${level}; ${max} is the most that is let pass.`, { level, max }, evidence);
  if (level === "high" && rating.decision !== "go")
    return no("risk.undecided", "The risk is high and nobody has decided Go or No-Go.", { level }, evidence);
  return yes(
    "risk.rated",
    `The risk is ${level}.`,
    evidence,
    earliest([addDays(rating.review_on, -1), override?.until ?? null]),
    { level },
  );
}
