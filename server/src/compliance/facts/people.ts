import type { Context } from "../../database/index.ts";
import { structureOf } from "../ownership.ts";
import { profileOf } from "../profile.ts";
import { askedOf } from "../questionnaires.ts";
import { type DiligenceAnswer, earliest, listed, no, tabOf, yes } from "./answer.ts";

/** Whether it is known who stands behind a partner in the end. */
export async function ownershipState(ctx: Context, partnerId: string): Promise<DiligenceAnswer> {
  const profile = await profileOf(ctx, partnerId);
  if (profile.entity === null)
    return no(
      "ownership.entity_unknown",
      "Nobody has said whether the partner is a person or a company, so it is open who stands behind it.",
    );
  const structure = await structureOf(ctx, profile);
  const [sentence] = structure.sentences;
  if (sentence !== undefined)
    return no("ownership.open", structure.sentences.map(({ en }) => en).join(" "), {
      count: structure.sentences.length,
      first: structure.sentences.map(({ en }) => en).join(" "),
      firstEs: structure.sentences.map(({ es }) => es).join(" "),
    });
  const owners = structure.nodes.filter((node) => node.isBeneficialOwner);
  const evidence = [{ what: "ownership", id: null, text: "Who stands behind it", screen: tabOf(partnerId) }];
  if (owners.length === 0) return yes("ownership.person", "The partner is a person and its own owner.", evidence);
  const names = listed(
    owners.map(({ name, effective, why }) => (why === "share" ? `${name} (${effective} %)` : `${name} (control)`)),
  );
  return yes("ownership.known", `Behind it: ${names}.`, evidence, null, { owners: names });
}

/** Whether every questionnaire that is asked of a partner was answered, as it is asked now. */
export async function questionnaireState(ctx: Context, partnerId: string): Promise<DiligenceAnswer> {
  const asked = await askedOf(ctx, partnerId);
  const open = asked.filter(({ state }) => state !== "answered");
  if (open.length > 0) {
    const names = listed(open.map(({ questionnaire }) => questionnaire.name.en));
    return no("questionnaire.open", `Not answered as it is asked now: ${names}.`, {
      questionnaires: names,
      questionnairesEs: open.map(({ questionnaire }) => questionnaire.name.es).join(", "),
      count: open.length,
    });
  }
  const until = earliest(asked.map(({ endsOn }) => endsOn));
  return yes(
    "questionnaire.answered",
    asked.length === 0 ? "No questionnaire is asked of it." : "Every questionnaire is answered.",
    asked.map(({ last, questionnaire }) => ({
      what: "questionnaire",
      id: last?.answer_id ?? null,
      text: questionnaire.name.en,
      screen: tabOf(partnerId),
    })),
    until,
  );
}
