import { RiskLevel } from "@tributary/contract";
import {
  documentState,
  domainState,
  ownershipState,
  questionnaireState,
  riskState,
  siteState,
} from "../../compliance/index.ts";
import type { Context } from "../../database/index.ts";
import type { FactDefinition, FactParameters, Subject } from "../../procedures/index.ts";
import { partnerOf } from "./answer.ts";

type State = (ctx: Context, partnerId: string) => ReturnType<typeof siteState>;

const fact = (name: string, title: string, state: State): FactDefinition => ({
  fact: name,
  title,
  parameters: [],
  answer: (ctx, subject) => state(ctx, partnerOf(subject)),
});

/** @param parameters `max`: the highest level that is let pass */
async function riskRated(ctx: Context, subject: Subject, parameters: FactParameters) {
  const max = RiskLevel.optional().parse(parameters["max"]);
  return await (max === undefined ? riskState(ctx, partnerOf(subject)) : riskState(ctx, partnerOf(subject), max));
}

export const complianceFacts: readonly FactDefinition[] = [
  fact("documents.complete", "Every document is there", (ctx, id) => documentState(ctx, id, "complete")),
  fact("documents.in_date", "Documents are in date", (ctx, id) => documentState(ctx, id, "in_date")),
  fact("ownership.known", "Who stands behind it is known", ownershipState),
  fact("questionnaire.answered", "Questionnaires are answered", questionnaireState),
  fact("websites.reviewed", "Websites and channels are reviewed", siteState),
  fact("domain.proved", "Its domains are proved to be its own", domainState),
  { fact: "risk.rated", title: "The risk is rated", parameters: ["max"], answer: riskRated },
];
