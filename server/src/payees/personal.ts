import { sql } from "kysely";
import type { Context } from "../database/index.ts";

/** What payees say of people with these e-mail addresses (lower case): masked, as it is shown everywhere. Nothing of it is erased: money went there. */
export async function payeeMentions(ctx: Context, emails: readonly string[]) {
  const { rows } = await sql<{ version_id: string; payee_id: string; aspect: string; document: unknown }>`
    select version_id, payee_id, aspect, document from payees.version where lower(document ->> 'email') = any(${[...emails]})
     order by version_id`.execute(ctx.db);
  return rows;
}
