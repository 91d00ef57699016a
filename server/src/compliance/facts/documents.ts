import type { DocumentNeed } from "@tributary/contract";
import type { Context } from "../../database/index.ts";
import { needsOf } from "../needs-of-documents.ts";
import { profileOf } from "../profile.ts";
import { type DiligenceAnswer, earliest, listed, no, tabOf, yes } from "./answer.ts";

/**
 * Documents of a partner and of everybody behind it. `complete`: all that are asked for were accepted, in date or not;
 * `in_date`: none of those that were accepted has ended.
 */
export async function documentState(
  ctx: Context,
  partnerId: string,
  question: "complete" | "in_date",
): Promise<DiligenceAnswer> {
  const profile = await profileOf(ctx, partnerId);
  const needs = await needsOf(ctx, profile);
  if (needs === null)
    return no(
      "documents.entity_unknown",
      "Nobody has said whether the partner is a person or a company, so its documents are not known.",
    );
  return question === "complete" ? completeness(partnerId, needs) : dates(partnerId, needs);
}

const nameOf = ({ kinds, personName }: DocumentNeed): string => {
  const kind = kinds.map(({ name }) => name.en.toLowerCase()).join(" or ");
  return personName === null ? kind : `${kind} of ${personName}`;
};
const nameInSpanish = ({ kinds, personName }: DocumentNeed): string => {
  const kind = kinds.map(({ name }) => name.es.toLowerCase()).join(" o ");
  return personName === null ? kind : `${kind} de ${personName}`;
};
const valuesOf = (needs: readonly DocumentNeed[]) => ({
  documents: listed(needs.map(nameOf)),
  documentsEs: needs.map(nameInSpanish).join(", "),
});

function completeness(partnerId: string, needs: readonly DocumentNeed[]): DiligenceAnswer {
  const named = (state: DocumentNeed["state"]) => needs.filter((need) => need.state === state);
  const missing = named("missing");
  const rejected = named("rejected");
  const waiting = named("waiting");
  if (missing.length > 0) return no("documents.missing", `Missing: ${listed(missing.map(nameOf))}.`, valuesOf(missing));
  if (rejected.length > 0)
    return no(
      "documents.rejected",
      `Rejected, and not handed in again: ${listed(rejected.map(nameOf))}.`,
      valuesOf(rejected),
    );
  if (waiting.length > 0)
    return no("documents.waiting", `Waiting for a decision: ${listed(waiting.map(nameOf))}.`, valuesOf(waiting));
  return yes(
    "documents.complete",
    needs.length === 0 ? "No document is asked for." : `All ${needs.length} documents were accepted.`,
    evidenceOf(partnerId, needs),
    null,
    { count: needs.length },
  );
}

function dates(partnerId: string, needs: readonly DocumentNeed[]): DiligenceAnswer {
  const [expired] = needs.filter(({ state }) => state === "expired");
  if (expired !== undefined)
    return no("documents.expired", `The ${nameOf(expired)} ended on ${expired.until}.`, {
      document: nameOf(expired),
      documentEs: nameInSpanish(expired),
      day: expired.until ?? "",
    });
  const held = needs.filter(({ state }) => state === "held" || state === "ending");
  if (held.length === 0 && needs.length > 0) return no("documents.none", "No document was accepted yet.");
  const until = earliest(held.map((need) => need.until));
  return yes(
    "documents.in_date",
    until === null
      ? "No accepted document ends."
      : `All accepted documents are in date; the first one ends on ${until}.`,
    evidenceOf(partnerId, held),
    until,
  );
}

function evidenceOf(partnerId: string, needs: readonly DocumentNeed[]): DiligenceAnswer["evidence"] {
  return needs
    .filter(({ documentId }) => documentId !== null)
    .map((need) => ({
      what: "document",
      id: need.documentId,
      text: nameOf(need),
      screen: `/documents/${need.documentId}`,
    }))
    .concat(
      needs.length === 0
        ? [{ what: "partner", id: partnerId as string | null, text: "Due diligence", screen: tabOf(partnerId) }]
        : [],
    );
}
