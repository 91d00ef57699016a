import { peopleOfPartner } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { fails, holds, listed, partnerOf, seen } from "./answer.ts";

/** Everybody of the partner, not one of them: one open password is enough for a thief. */
async function secondFactor(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const people = await peopleOfPartner(ctx.db, partnerId);
  if (!people.some((one) => one.roles.includes("partner_owner")))
    return fails("portal.no_owner", "Nobody of the partner has accepted the invitation as its owner.");
  const bare = people.filter((one) => one.secondFactor === null).map((one) => one.name);
  if (bare.length > 0)
    return fails("portal.bare_password", `${listed(bare)} signs in by password alone.`, {
      values: { people: listed(bare) },
    });
  return holds("portal.second_factor", "Everybody of the partner signs in with a second factor.", {
    values: { count: people.length },
    evidence: people.map((one) =>
      seen("person", one.userId, `${one.name}: ${one.secondFactor}`, `/partners/${partnerId}?tab=people`),
    ),
  });
}

export const accessFacts: readonly FactDefinition[] = [
  {
    fact: "portal.second_factor",
    title: "The partner's people sign in with a second factor",
    parameters: [],
    answer: secondFactor,
  },
];
