import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/** Accepted terms of a partner on some days, and who of the operator's people wrote them. */
export interface TermsOfDays {
  readonly partnerId: string;
  readonly programId: string;
  readonly agreementVersionId: string;
  readonly planHash: string;
  readonly validFrom: Day;
  readonly authors: readonly string[];
}

/** Door for runs: accepted terms that hold on some day of a half-open range, of some partners. */
export async function termsOnDays(
  db: Db,
  partnerIds: readonly string[],
  from: Day,
  to: Day,
): Promise<readonly TermsOfDays[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<TermsOfDays>`
    select a.partner_id as "partnerId", a.program_id as "programId", v.agreement_version_id as "agreementVersionId", r.plan_hash as "planHash",
           r.valid_from as "validFrom",
           array(select distinct w.author from agreements.round w
                  where w.agreement_version_id = v.agreement_version_id and w.side = 'operator' order by 1) as authors
    from agreements.agreement a
    join agreements.agreement_version v using (agreement_id)
    join agreements.round r using (agreement_version_id, round)
    where v.status = 'accepted' and a.partner_id = any(${arrayLiteral([...partnerIds])}::text[])
      and r.valid_from < ${to}::date and (r.valid_to is null or r.valid_to > ${from}::date)
      and not exists (
        select from agreements.agreement_version n join agreements.round nr using (agreement_version_id, round)
        where n.agreement_id = v.agreement_id and n.version > v.version and n.status = 'accepted' and nr.valid_from <= ${from}::date)
    order by 1, 2, 5`.execute(db);
  return rows;
}
