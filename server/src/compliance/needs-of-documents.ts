import type { DocumentNeed } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { bookInForce } from "./books.ts";
import { documentNeeds } from "./core/documents.ts";
import { structureOf } from "./ownership.ts";
import type { Profile } from "./profile.ts";
import { documentsOf } from "./store/documents.ts";
import { peopleOf } from "./store/people.ts";
import { today } from "./today.ts";

const SOON_DAYS = 30;

/** What is asked of a partner and of everybody behind it. null while nobody knows whether it is a person or a company. */
export async function needsOf(ctx: Context, profile: Profile): Promise<DocumentNeed[] | null> {
  if (profile.entity === null) return null;
  const { document: book } = await bookInForce(ctx, "documents");
  const structure = await structureOf(ctx, profile);
  const owners = new Set(structure.nodes.filter((node) => node.isBeneficialOwner).map(({ id }) => id));
  const people = await peopleOf(ctx.db, [profile.partnerId]);
  const documents = await documentsOf(ctx.db, [profile.partnerId]);
  return documentNeeds(book, {
    entity: profile.entity,
    country: profile.partner.country,
    regimes: profile.regimes,
    people: people.map((row) => ({
      personId: row.person_id,
      name: row.name,
      kind: row.kind,
      roles: [row.role, ...(owners.has(row.person_id) ? ["beneficial_owner"] : [])],
    })),
    documents: documents.map((row) => ({
      documentId: row.document_id,
      personId: row.person_id,
      kind: row.kind,
      state: row.state,
      expiresOn: row.expires_on,
    })),
    today: today(ctx),
    soon: addDays(today(ctx), SOON_DAYS),
  });
}
