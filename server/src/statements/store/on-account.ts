import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import type { BooksName } from "./payable.ts";

export interface OnAccount {
  readonly statementId: string;
  readonly minor: bigint;
}

/** Notes what a run lets go; a second time changes nothing. @returns what was new */
export async function insertOnAccount(
  db: Db,
  runId: string,
  rows: readonly OnAccount[],
  by: { readonly person: string; readonly at: Date },
): Promise<ReadonlySet<string>> {
  const { rows: done } = await sql<{ statement_id: string }>`
    insert into statements.on_account (run_id, statement_id, minor, approved_by, approved_at)
    select ${runId}, s, m, ${by.person}, ${by.at}::timestamptz
    from unnest(${arrayLiteral(rows.map((one) => one.statementId))}::text[], ${arrayLiteral(rows.map((one) => one.minor))}::bigint[]) as i (s, m)
    on conflict do nothing returning statement_id`.execute(db);
  return new Set(done.map((row) => row.statement_id));
}

export interface Waiting extends BooksName {
  readonly statementId: string;
  readonly month: Month;
  /** the last run that let something go */
  readonly runId: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  /** approved less what was paid of it and kept with it, plus what came back */
  readonly left: bigint;
  /** paid and kept so far, less what came back */
  readonly taken: bigint;
}

export interface WaitingFilter {
  readonly statementIds?: readonly string[] | undefined;
  readonly partnerIds?: readonly string[] | undefined;
  readonly currencies?: readonly string[] | undefined;
  readonly through?: Month | undefined;
}

/** Open statements of which something was approved on account and is not paid. */
export async function waitingOnAccount(db: Db, filter: WaitingFilter): Promise<readonly Waiting[]> {
  const { statementIds, partnerIds, currencies, through } = filter;
  const { rows } = await sql<Waiting>`
    with approved as (
      select statement_id, sum(minor)::bigint as minor, (array_agg(run_id order by approved_at desc, run_id))[1] as run_id,
             (array_agg(approved_by order by approved_at desc, run_id))[1] as approved_by, max(approved_at) as approved_at
      from statements.on_account group by statement_id
    ), paid as (
      select statement_id, sum(case kind when 'settle' then minor + kept_minor else -minor end)::bigint as minor
      from statements.settlement where on_account group by statement_id
    )
    select s.statement_id as "statementId", s.partner_id as "partnerId", s.currency, s.month, a.run_id as "runId", a.approved_by as "approvedBy",
           a.approved_at as "approvedAt", a.minor - coalesce(p.minor, 0) as "left", coalesce(p.minor, 0) as taken
    from statements.statement s join approved a using (statement_id) left join paid p using (statement_id)
    where s.status = 'open' and a.minor > coalesce(p.minor, 0)
      and (${statementIds === undefined} or s.statement_id = any(${arrayLiteral(statementIds ?? [])}::text[]))
      and (${partnerIds === undefined} or s.partner_id = any(${arrayLiteral(partnerIds ?? [])}::text[]))
      and (${currencies === undefined} or s.currency = any(${arrayLiteral(currencies ?? [])}::text[]))
      and s.month <= ${through ?? "9999-12-01"}::date
    order by s.partner_id, s.currency, s.month`.execute(db);
  return rows;
}

/** What was paid and kept on account of months after each of some, less what came back, in the order asked. */
export async function onAccountAfter(
  db: Db,
  months: readonly (BooksName & { readonly month: Month })[],
): Promise<readonly bigint[]> {
  if (months.length === 0) return [];
  const after = months.map(() => 0n);
  const { rows } = await sql<{ position: bigint; minor: bigint }>`
    select b.position, sum(case e.kind when 'settle' then e.minor + e.kept_minor else -e.minor end)::bigint as minor
    from unnest(${arrayLiteral(months.map((one) => one.partnerId))}::text[], ${arrayLiteral(months.map((one) => one.currency))}::text[],
                ${arrayLiteral(months.map((one) => one.month))}::date[]) with ordinality as b (partner_id, currency, month, position)
    join statements.settlement e on e.on_account and e.partner_id = b.partner_id and e.currency = b.currency
    join statements.statement s on s.statement_id = e.statement_id and s.month > b.month
    group by 1`.execute(db);
  for (const row of rows) after[Number(row.position) - 1] = row.minor;
  return after;
}

/** What each program had taken on account of some open statements, by statement. */
export async function takenByProgram(
  db: Db,
  statementIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, bigint>>> {
  const { rows } = await sql<{ statement_id: string; program_id: string; minor: bigint }>`
    select statement_id, part ->> 0 as program_id, sum((part ->> 1)::bigint * case kind when 'settle' then 1 else -1 end)::bigint as minor
    from statements.settlement cross join lateral jsonb_array_elements(by_program) as part
    where on_account and statement_id = any(${arrayLiteral(statementIds)}::text[]) and part ->> 0 is not null
    group by 1, 2`.execute(db);
  const found = new Map<string, Map<string, bigint>>();
  for (const row of rows) {
    const own = found.get(row.statement_id) ?? new Map<string, bigint>();
    own.set(row.program_id, row.minor);
    found.set(row.statement_id, own);
  }
  return found;
}
