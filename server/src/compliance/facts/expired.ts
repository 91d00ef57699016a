import { sql } from "kysely";
import { arrayLiteral, type Context } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/**
 * How many accepted documents of some partners, and of people who still stand behind them, have ended without another of their kind. Partners without any are
 * left out. One query for thousands: the commission run asks it of everybody.
 */
export async function expiredDocuments(
  ctx: Context,
  partnerIds: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ partner_id: string; many: bigint }>`
    select d.partner_id, count(*) as many
    from compliance.document d left join compliance.related_person p using (person_id)
    where d.partner_id = any(${arrayLiteral(partnerIds)}::text[]) and d.state = 'accepted' and d.expires_on < ${on}::date
      and p.ended_at is null
      and not exists (
        select from compliance.document n
        where n.partner_id = d.partner_id and n.person_id is not distinct from d.person_id and n.kind = d.kind and n.state = 'accepted'
          and (n.expires_on is null or n.expires_on >= ${on}::date))
    group by d.partner_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.partner_id, Number(row.many)]));
}
