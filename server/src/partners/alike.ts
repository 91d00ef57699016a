import type { Db } from "../database/index.ts";
import { rowsAlike } from "./store/alike.ts";

/** What a partner and its contacts can be recognised by. */
export interface AlikePartner {
  readonly partnerId: string;
  readonly name: string;
  readonly legalName: string;
  readonly email: string;
  readonly website: string;
  readonly country: string | null;
  readonly contacts: readonly { readonly email: string; readonly phone: string; readonly name: string }[];
}

/** Partners who may be somebody: they, or a contact of theirs, hold all words of one of the texts (a name, an e-mail address, a host). No actor. */
export async function partnersAlike(db: Db, texts: readonly string[]): Promise<readonly AlikePartner[]> {
  const rows = await rowsAlike(db, texts, 40);
  return rows.map((row) => ({
    partnerId: row.partner_id,
    name: row.name,
    legalName: row.legal_name,
    email: row.email,
    website: row.website,
    country: row.country,
    contacts: row.contacts,
  }));
}
