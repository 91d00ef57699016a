import { sql } from "kysely";
import type { Context } from "../database/index.ts";
import { unlearn } from "./store/search.ts";

type ContactData = {
  readonly contact_id: string;
  readonly partner_id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly role: string;
  readonly created_at: Date;
};

/** Contacts by their id or by e-mail (lower case), with everything that is kept about them. */
export async function contactData(
  ctx: Context,
  of: { readonly ids: readonly string[]; readonly emails: readonly string[] },
): Promise<readonly ContactData[]> {
  const { rows } = await sql<ContactData>`
    select contact_id, partner_id, name, email, phone, role, created_at from partners.contact
     where contact_id = any(${[...of.ids]}) or lower(email) = any(${[...of.emails]})`.execute(ctx.db);
  return rows;
}

/** Puts a pseudonym where contacts were named; that there was somebody in this role stays. */
export async function eraseContacts(tx: Context, contactIds: readonly string[], pseudonym: string): Promise<void> {
  const before = await contactData(tx, { ids: contactIds, emails: [] });
  await sql`
    update partners.contact set name = ${pseudonym}, email = '', phone = '' where contact_id = any(${[...contactIds]})`.execute(
    tx.db,
  );
  await unlearn(
    tx.db,
    before.map((one) => `${one.name} ${one.email}`),
  );
}
