import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";

/** A statement that a run is about. */
export interface Claim {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
}

/** Takes statements into a run; what another run closes is left to it. */
export async function claim(db: Db, runId: string, mode: string, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await sql`
    insert into runs.claim (statement_id, run_id, partner_id, currency, month, mode)
    select s.*, ${mode} from (
      select c.statement_id, ${runId}, c.partner_id, c.currency, c.month
      from unnest(${arrayLiteral(claims.map((one) => one.statementId))}::text[], ${arrayLiteral(claims.map((one) => one.partnerId))}::text[],
                  ${arrayLiteral(claims.map((one) => one.currency))}::text[], ${arrayLiteral(claims.map((one) => one.month))}::date[])
        as c (statement_id, partner_id, currency, month)
    ) as s
    on conflict do nothing`.execute(db);
}

export async function dropClaims(db: Db, runId: string): Promise<void> {
  await db.deleteFrom("runs.claim").where("run_id", "=", runId).execute();
}

/** Statements of a run, of partners after one, some partners at a time; null: of all. */
export async function claimsAfter(
  db: Db,
  runId: string,
  after: string,
  partners: number | null,
): Promise<readonly Claim[]> {
  const { rows } = await sql<Claim>`
    select statement_id as "statementId", partner_id as "partnerId", currency, month from runs.claim
    where run_id = ${runId} and partner_id > ${after}
      and partner_id <= coalesce((select max(partner_id) from (
        select distinct partner_id from runs.claim where run_id = ${runId} and partner_id > ${after} order by 1 limit ${partners}) as p), '')
    order by partner_id, currency, month`.execute(db);
  return rows;
}

export async function countClaimed(db: Db, runId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct partner_id)::int as count from runs.claim where run_id = ${runId}`.execute(db);
  return rows[0]?.count ?? 0;
}
