import { screeningState } from "../../compliance/index.ts";
import type { Context } from "../../database/index.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { fails, holds, partnerOf, seen } from "./answer.ts";

async function clear(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const verdict = (await screeningState(ctx, [partnerId])).get(partnerId) ?? "unscreened";
  const evidence = [seen("screening", partnerId, "Screening", `/partners/${partnerId}?tab=compliance`)];
  if (verdict === "clear")
    return holds("screening.clear", "The partner, its directors and its owners are on no list.", { evidence });
  return fails(`screening.${verdict}`, SENTENCES[verdict], { evidence });
}

const SENTENCES = {
  match: "Two people confirmed that the partner or somebody behind it is on a list.",
  waiting: "A possible match with a list is undecided.",
  unscreened: "The partner, or somebody behind it, was not screened against today's lists.",
} as const;

export const screeningFacts: readonly FactDefinition[] = [
  { fact: "screening.clear", title: "Sanctions and watch lists are clear", parameters: [], answer: clear },
];
