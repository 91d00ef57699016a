import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";

/** What a program earned a partner in a month whose statement may be paid. */
export interface EarnedPart {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
  readonly programId: string;
  /** minor units; below zero where more fell than was earned */
  readonly minor: bigint;
}

/** Door: what closed statements that belong to no run, or to an approved one, are made of; of some partners. */
export async function earnedParts(db: Db, partnerIds: readonly string[]): Promise<readonly EarnedPart[]> {
  const { rows } = await sql<EarnedPart>`
    select s.statement_id as "statementId", s.partner_id as "partnerId", s.currency, s.month, p.program_id as "programId", p.moved_minor as minor
    from statements.statement s join statements.program_share p using (statement_id)
    where s.partner_id = any(${arrayLiteral([...partnerIds])}::text[]) and s.status <> 'open' and (s.run_id is null or s.approved_at is not null)
    order by s.partner_id, s.currency, s.month, p.program_id`.execute(db);
  return rows;
}

/** Door: whose statements some are. */
export async function partnersOfStatements(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ partner_id: string }>`
    select distinct partner_id from statements.statement where statement_id = any(${arrayLiteral([...ids])}::text[])`.execute(
    db,
  );
  return rows.map((row) => row.partner_id);
}

/** Door: partners with a closed statement that may be paid. */
export async function partnersWithEarnings(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ partner_id: string }>`
    select distinct s.partner_id from statements.statement s
    where s.status <> 'open' and (s.run_id is null or s.approved_at is not null) order by 1`.execute(db);
  return rows.map((row) => row.partner_id);
}
