import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { BookMonth } from "../contracts.ts";
import { DISCHARGING, OPERATOR_BOOKS, RECIPES, type RecipeName } from "../core/recipes.ts";

/** Movements of the payable balance that a program stands behind. */
const PAYABLE_BY_PROGRAM: readonly RecipeName[] = ["accrue", "release", "claw_back", "adjust"];

export interface TotalRow {
  readonly partner_id: string;
  readonly currency: string;
  readonly month: string;
  readonly before: boolean;
  readonly kind: string;
  readonly recipe: string;
  readonly amount_minor: bigint;
}

/** Sums of held and payable postings per month asked for: of the months before it together, and of the month itself by recipe. */
export async function readTotals(db: Db, months: readonly BookMonth[]): Promise<readonly TotalRow[]> {
  const { rows } = await sql<TotalRow>`
    select b.partner_id, b.currency, b.month, t.period < b.month as before, t.kind, t.recipe,
           sum(t.amount_minor)::bigint as amount_minor
    from unnest(${months.map((one) => one.partnerId)}::text[], ${months.map((one) => one.currency)}::text[],
                ${months.map((one) => one.month)}::date[]) as b (partner_id, currency, month)
    join ledger.period_total t
      on t.partner_id = b.partner_id and t.currency = b.currency and t.period <= b.month
     and t.kind in ('partner_held', 'partner_payable')
    group by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows;
}

/** Every month of every partner and currency in which something was booked; the operator's own movements at its bank are nobody's month. */
export async function readBookMonths(db: Db, partnerIds: readonly string[] | null): Promise<readonly BookMonth[]> {
  const { rows } = await sql<{ partner_id: string; currency: string; period: string }>`
    select distinct partner_id, currency, period from ledger.period_total
    where partner_id <> ${OPERATOR_BOOKS} and (${partnerIds === null} or partner_id = any(${partnerIds ?? []}::text[]))
    order by 1, 2, 3`.execute(db);
  return rows.map((row) => ({ partnerId: row.partner_id, currency: row.currency, month: row.period }));
}

/** What was discharged less what came back after each of some months, in the order asked. */
export async function readSettledAfter(db: Db, months: readonly BookMonth[]): Promise<readonly bigint[]> {
  const { rows } = await sql<{ position: bigint; settled: bigint }>`
    select b.position, coalesce(sum(t.amount_minor), 0)::bigint as settled
    from unnest(${months.map((one) => one.partnerId)}::text[], ${months.map((one) => one.currency)}::text[],
                ${months.map((one) => one.month)}::date[]) with ordinality as b (partner_id, currency, month, position)
    left join ledger.period_total t
      on t.partner_id = b.partner_id and t.currency = b.currency and t.period > b.month
     and t.kind = 'partner_payable' and t.recipe = any(${DISCHARGING}::text[])
    group by b.position order by b.position`.execute(db);
  return rows.map((row) => row.settled);
}

/** Sums of payable postings by program, of months in which more than one program moved; reads all transfers of the books. */
export async function readMovedByProgram(
  db: Db,
  months: readonly BookMonth[],
): Promise<readonly ReadonlyMap<string, bigint>[]> {
  const sums = months.map(() => new Map<string, bigint>());
  if (months.length === 0) return sums;
  const credit = PAYABLE_BY_PROGRAM.filter((recipe) => RECIPES[recipe].credit === "partner_payable");
  const { rows } = await sql<{ position: bigint; program_id: string; moved: bigint }>`
    select b.position, t.program_id,
           sum(case when t.recipe = any(${credit}::text[]) then t.amount_minor else -t.amount_minor end)::bigint as moved
    from unnest(${months.map((one) => one.partnerId)}::text[], ${months.map((one) => one.currency)}::text[],
                ${months.map((one) => one.month)}::date[]) with ordinality as b (partner_id, currency, month, position)
    join ledger.transfer t
      on t.partner_id = b.partner_id and t.currency = b.currency and t.period = b.month and t.program_id is not null
     and t.recipe = any(${PAYABLE_BY_PROGRAM}::text[])
    group by 1, 2 order by 1, 2`.execute(db);
  for (const row of rows) sums[Number(row.position) - 1]?.set(row.program_id, row.moved);
  return sums;
}

export async function readBalances(db: Db, accounts: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ account_id: string; amount_minor: bigint }>`
    select account_id, amount_minor from ledger.balance where account_id = any(${accounts}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row.amount_minor]));
}
