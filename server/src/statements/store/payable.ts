import { type Selectable, sql } from "kysely";
import { arrayLiteral, type Db, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import type { ProgramPart } from "../contracts.ts";
import type { ProgramBalances } from "../core/programs.ts";

export interface BooksName {
  readonly partnerId: string;
  readonly currency: string;
}

/** A statement that could be paid, and the books' newest one, by whose closing balance is reckoned what is owed. */
export interface Candidate extends BooksName {
  readonly statementId: string;
  readonly month: Month;
  readonly runId: string | null;
  readonly closedBy: string;
  readonly approvedAt: Date | null;
  readonly newestMonth: Month;
  readonly newestClosing: bigint;
  readonly covers: readonly string[];
  /** who closed any of them */
  readonly closers: readonly string[];
}

export interface CandidateFilter {
  readonly books?: readonly BooksName[] | undefined;
  readonly partnerIds?: readonly string[] | undefined;
  readonly currencies?: readonly string[] | undefined;
  readonly through?: Month | undefined;
}

/**
 * Of each books with a closed statement: the newest one that may be paid. A statement may be paid when it and all before it belong to no run or
 * are approved. What is owed is reckoned by the newest such statement, which may be paid already: a payout of an earlier one may have come back.
 */
export async function candidates(db: Db, filter: CandidateFilter): Promise<readonly Candidate[]> {
  const { books, partnerIds, currencies, through } = filter;
  const asked = [
    ...(partnerIds === undefined ? [] : [sql`partner_id = any(${arrayLiteral(partnerIds)}::text[])`]),
    ...(currencies === undefined ? [] : [sql`currency = any(${arrayLiteral(currencies)}::text[])`]),
    ...(books === undefined
      ? []
      : [sql`(partner_id, currency) in (select partner_id, currency from ${booksList(books)})`]),
  ];
  // In one pass: joined with themselves, steps of a query have no statistics, and their work grows with the square of the books.
  const { rows } = await sql<Candidate>`
    with concerned as (
      select distinct partner_id, currency from statements.statement where ${sql.join([sql`status = 'closed'`, ...asked], sql` and `)}
    ), eligible as (
      select s.*, bool_and(s.run_id is null or s.approved_at is not null)
                    over (partition by s.partner_id, s.currency order by s.month) as approved
      from concerned join statements.statement s using (partner_id, currency)
      where s.status <> 'open' and s.month <= ${through ?? "9999-12-01"}::date
    ), judged as (
      select e.*, last_value(month) over books as newest_month, last_value(closing_minor) over books as newest_closing,
             array_agg(statement_id) filter (where status = 'closed') over books as covers,
             array_agg(closed_by) filter (where status = 'closed') over books as closers
      from eligible e where approved
      window books as (partition by partner_id, currency order by month rows between unbounded preceding and unbounded following)
    )
    select distinct on (partner_id, currency) statement_id as "statementId", partner_id as "partnerId", currency, month, run_id as "runId",
           closed_by as "closedBy", approved_at as "approvedAt", newest_month as "newestMonth", newest_closing as "newestClosing", covers, closers
    from judged where status = 'closed' order by partner_id, currency, month desc`.execute(db);
  return rows;
}

export interface Share extends BooksName {
  readonly statementId: string;
  readonly month: Month;
  readonly programId: string;
  readonly minor: bigint;
}

export async function insertShares(db: Db, shares: readonly Share[]): Promise<void> {
  if (shares.length === 0) return;
  const column = (name: keyof Share) => arrayLiteral(shares.map((one) => one[name]));
  await sql`
    insert into statements.program_share (statement_id, partner_id, currency, month, program_id, moved_minor)
    select * from unnest(${column("statementId")}::text[], ${column("partnerId")}::text[], ${column("currency")}::text[],
                         ${column("month")}::date[], ${column("programId")}::text[], ${column("minor")}::bigint[])`.execute(
    db,
  );
}

const booksList = (books: readonly BooksName[]) => sql`unnest(
  ${arrayLiteral(books.map((one) => one.partnerId))}::text[], ${arrayLiteral(books.map((one) => one.currency))}::text[])
  with ordinality as b (partner_id, currency, position)`;

/** Programs that ever had a line or an adjustment on a statement of some books, in the order asked. */
export async function knownPrograms(db: Db, books: readonly BooksName[]): Promise<readonly ReadonlySet<string>[]> {
  const known = books.map(() => new Set<string>());
  const { rows } = await sql<{ position: bigint; program_id: string }>`
    select distinct b.position, p.program_id
    from ${booksList(books)} join statements.program_share p using (partner_id, currency)`.execute(db);
  for (const row of rows) known[Number(row.position) - 1]?.add(row.program_id);
  return known;
}

/** What each program of some books is owed: what it moved up to a month less what was settled of it, in the order asked. */
export async function programBalances(
  db: Db,
  books: readonly (BooksName & { readonly through: Month })[],
): Promise<readonly ProgramBalances[]> {
  const balances = books.map(() => new Map<string, bigint>());
  const { rows } = await sql<{ position: bigint; program_id: string; minor: bigint }>`
    with b as (
      select * from unnest(${arrayLiteral(books.map((one) => one.partnerId))}::text[], ${arrayLiteral(books.map((one) => one.currency))}::text[],
                           ${arrayLiteral(books.map((one) => one.through))}::date[]) with ordinality as b (partner_id, currency, through, position)
    ), moved as (
      select b.position, p.program_id, p.moved_minor as minor
      from b join statements.program_share p on p.partner_id = b.partner_id and p.currency = b.currency and p.month <= b.through
      union all
      select b.position, part ->> 0, (part ->> 1)::bigint * case s.kind when 'settle' then -1 else 1 end
      from b join statements.settlement s
        on s.partner_id = b.partner_id and s.currency = b.currency
          and (not s.on_account or exists (select from statements.statement t where t.statement_id = s.statement_id and t.month <= b.through))
      cross join lateral jsonb_array_elements(s.by_program) as part
      where part ->> 0 is not null
    )
    select position, program_id, sum(minor)::bigint as minor from moved group by 1, 2`.execute(db);
  for (const row of rows) balances[Number(row.position) - 1]?.set(row.program_id, row.minor);
  return balances;
}

export type SettlementRow = Selectable<Schema["statements.settlement"]>;

export interface NewSettlement extends BooksName {
  readonly idempotencyKey: string;
  readonly statementId: string;
  readonly kind: "settle" | "return";
  readonly onAccount: boolean;
  readonly minor: bigint;
  readonly keptMinor: bigint;
  readonly byProgram: readonly ProgramPart[];
  readonly sourceKey: string;
  readonly reference: string;
}

export async function insertSettlements(
  db: Db,
  rows: readonly NewSettlement[],
  by: { readonly person: string; readonly at: Date },
): Promise<void> {
  const column = (name: Exclude<keyof NewSettlement, "byProgram">) => arrayLiteral(rows.map((one) => one[name]));
  const parts = rows.map((one) => JSON.stringify(one.byProgram.map((part) => [part.programId, String(part.minor)])));
  await sql`
    insert into statements.settlement (idempotency_key, statement_id, partner_id, currency, kind, minor, by_program, source_key, reference,
                                       on_account, kept_minor, booked_by, booked_at)
    select k, s, p, c, kind, minor, parts::jsonb, source, reference, early, kept, ${by.person}, ${by.at}::timestamptz
    from unnest(${column("idempotencyKey")}::text[], ${column("statementId")}::text[], ${column("partnerId")}::text[],
                ${column("currency")}::text[], ${column("kind")}::text[], ${column("minor")}::bigint[], ${arrayLiteral(parts)}::text[],
                ${column("sourceKey")}::text[], ${column("reference")}::text[], ${column("onAccount")}::boolean[],
                ${column("keptMinor")}::bigint[])
      as i (k, s, p, c, kind, minor, parts, source, reference, early, kept)`.execute(db);
}

/** Which of these keys are done already. */
export async function doneKeys(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ idempotency_key: string }>`
    select idempotency_key from statements.settlement where idempotency_key = any(${arrayLiteral(keys)}::text[])`.execute(
    db,
  );
  return new Set(rows.map((row) => row.idempotency_key));
}

/** Payouts and returns of some statements, the first first. */
export async function settlementsOf(db: Db, statementIds: readonly string[]): Promise<readonly SettlementRow[]> {
  return await db
    .selectFrom("statements.settlement")
    .selectAll()
    .where(sql<boolean>`statement_id = any(${arrayLiteral(statementIds)}::text[])`)
    .orderBy("booked_at")
    .orderBy("idempotency_key")
    .execute();
}

export interface PaidStatement {
  readonly statementId: string;
  readonly reference: string;
  /** the statement whose payment covered it; null: its own */
  readonly paidWith: string | null;
}

/** Marks statements paid, each with what was paid of it net of returns. */
export async function markPaid(
  db: Db,
  paid: readonly PaidStatement[],
  by: { readonly person: string; readonly at: Date },
): Promise<void> {
  if (paid.length === 0) return;
  await sql`
    update statements.statement s
    set status = 'paid', paid_by = ${by.person}, paid_at = ${by.at}::timestamptz, payment_reference = p.reference, paid_with = p.paid_with
    from unnest(${arrayLiteral(paid.map((one) => one.statementId))}::text[], ${arrayLiteral(paid.map((one) => one.reference))}::text[],
                ${arrayLiteral(paid.map((one) => one.paidWith))}::text[]) as p (statement_id, reference, paid_with)
    where s.statement_id = p.statement_id`.execute(db);
}

/** Writes what was paid of some statements, net of what came back. */
export async function sumPaid(db: Db, statementIds: readonly string[]): Promise<void> {
  await sql`
    update statements.statement s
    set paid_minor = (select coalesce(sum(case kind when 'settle' then minor else -minor end), 0)
                      from statements.settlement e where e.statement_id = s.statement_id)
    where s.statement_id = any(${arrayLiteral(statementIds)}::text[])`.execute(db);
}

/** Money came back: the statement is to be paid again. */
export async function markReturned(
  db: Db,
  returned: readonly { readonly statementId: string; readonly reason: string }[],
  at: Date,
): Promise<void> {
  await sql`
    update statements.statement s
    set status = 'closed', returned_at = ${at}::timestamptz, return_reason = r.reason,
        paid_by = null, paid_at = null, payment_reference = null, paid_with = null
    from unnest(${arrayLiteral(returned.map((one) => one.statementId))}::text[], ${arrayLiteral(returned.map((one) => one.reason))}::text[])
      as r (statement_id, reason)
    where s.statement_id = r.statement_id and s.status <> 'open'`.execute(db);
}
