import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";

/** A statement as a run sees it. */
export interface StatementOfMonth {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
  readonly status: "open" | "closed" | "paid";
  readonly runId: string | null;
  readonly closingMinor: bigint | null;
  readonly isApproved: boolean;
}

/** Door: the statements of some months, of some partners or of all (null), in the order of their partners. */
export async function statementsOfMonths(
  db: Db,
  months: readonly Month[],
  partnerIds: readonly string[] | null,
): Promise<readonly StatementOfMonth[]> {
  const { rows } = await sql<StatementOfMonth>`
    select statement_id as "statementId", partner_id as "partnerId", currency, month, status, run_id as "runId", closing_minor as "closingMinor",
           approved_at is not null as "isApproved"
    from statements.statement
    where month = any(${arrayLiteral([...months])}::date[])
      and (${partnerIds === null} or partner_id = any(${arrayLiteral([...(partnerIds ?? [])])}::text[]))
    order by partner_id, currency, month`.execute(db);
  return rows;
}
