import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/**
 * Takes back what was only suggested: of a whole account, or whatever stands in the way of a person's own choice. A suggestion is no evidence, so it
 * leaves no trace; its entries are open again.
 */
export async function dropSuggestions(
  db: Db,
  what:
    | { readonly bankAccountId: string }
    | { readonly entryIds: readonly bigint[]; readonly expectedIds: readonly bigint[] },
): Promise<void> {
  const accountId = "bankAccountId" in what ? what.bankAccountId : null;
  const [entryIds, expectedIds] = "bankAccountId" in what ? [[], []] : [what.entryIds, what.expectedIds];
  await sql`
    with gone as (
      select m.match_id from reconciliation.match m
      where m.state = 'suggested' and (m.bank_account_id = ${accountId}
        or exists (select from reconciliation.match_entry e where e.match_id = m.match_id and e.entry_id = any(${entryIds}::bigint[]))
        or exists (select from reconciliation.match_expected x where x.match_id = m.match_id and x.expected_id = any(${expectedIds}::bigint[])))
      for update
    ), freed as (
      update reconciliation.bank_entry set state = 'open' where state = 'suggested'
        and entry_id in (select e.entry_id from reconciliation.match_entry e join gone using (match_id))
    )
    update reconciliation.match set state = 'undone', ended_by = 'rules', ended_at = made_at, end_reason = 'dropped' where match_id in (select match_id from gone)`.execute(
    db,
  );
  await sql`delete from reconciliation.match_entry where match_id in (select match_id from reconciliation.match where end_reason = 'dropped' and ended_by = 'rules')`.execute(
    db,
  );
  await sql`delete from reconciliation.match_expected where match_id in (select match_id from reconciliation.match where end_reason = 'dropped' and ended_by = 'rules')`.execute(
    db,
  );
  await sql`delete from reconciliation.match where end_reason = 'dropped' and ended_by = 'rules'`.execute(db);
}
