import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { type DirtyMonth, dirtyKey, inOrder } from "../facts/store.ts";

export interface DueMonth extends Pair {
  readonly month: Month;
  readonly revision: bigint;
  /** Due only because another program's month was: nothing of its own has changed. */
  readonly derived: boolean;
  /** Whose facts changed; null: anybody's, or more than facts. */
  readonly customers: readonly bigint[] | null;
}

interface DueRow {
  readonly partner_id: string;
  readonly program_id: string;
  readonly month: Month;
  readonly revision: bigint;
  readonly derived: boolean;
  readonly customers: readonly bigint[] | null;
}

function dueMonth({ partner_id: partnerId, program_id: programId, ...row }: DueRow): DueMonth {
  return { partnerId, programId, ...row };
}

/** The months due of the pairs that wait the longest; months with a problem wait until they are marked again. */
export async function readDue(
  db: Db,
  pairs: number,
  partnerIds: readonly string[] | null,
): Promise<readonly DueMonth[]> {
  const { rows } = await sql<DueRow>`
    with pair as (
      select program_id, partner_id, min(marked_at) as since from commissions.dirty
      where problem is null and (${partnerIds === null} or partner_id = any(${arrayLiteral(partnerIds ?? [])}::text[]))
      group by 1, 2 order by 3, 1, 2 limit ${pairs}
    )
    select d.partner_id, d.program_id, d.month, d.revision, d.derived, d.customers
    from pair join commissions.dirty d using (program_id, partner_id) where d.problem is null`.execute(db);
  return rows.map(dueMonth);
}

/** Every month due of some pairs. */
export async function readDueOf(db: Db, pairs: readonly Pair[]): Promise<readonly DueMonth[]> {
  const { rows } = await sql<DueRow>`
    select d.partner_id, d.program_id, d.month, d.revision, d.derived, d.customers
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[])
      as p (program_id, partner_id)
    join commissions.dirty d using (program_id, partner_id) where d.problem is null`.execute(db);
  return rows.map(dueMonth);
}

const columns = (months: readonly DueMonth[]) => sql`unnest(
  ${months.map((one) => one.programId)}::text[], ${months.map((one) => one.partnerId)}::text[],
  ${months.map((one) => one.month)}::date[], ${months.map((one) => one.revision)}::bigint[])
  with ordinality as done (program_id, partner_id, month, revision, position)`;

/**
 * Takes months off the list, unless they were marked again since they were read: facts that came meanwhile are calculated next.
 * The rows are locked in the order in which `markDirty` marks: the two would otherwise wait for each other in a circle.
 */
export async function clearDue(db: Db, months: readonly DueMonth[]): Promise<void> {
  const sorted = inOrder(months);
  await sql`
    with locked as materialized (
      select d.program_id, d.partner_id, d.month
      from ${columns(sorted)} join commissions.dirty d using (program_id, partner_id, month, revision)
      order by done.position for update of d
    )
    delete from commissions.dirty d using locked
    where d.program_id = locked.program_id and d.partner_id = locked.partner_id and d.month = locked.month`.execute(db);
}

/** Notes why months could not be calculated; the next mark takes the note away. */
export async function noteProblem(db: Db, months: readonly DueMonth[], problem: string): Promise<void> {
  await sql`
    update commissions.dirty d set problem = ${problem} from ${columns(months)}
    where d.program_id = done.program_id and d.partner_id = done.partner_id and d.month = done.month
      and d.revision = done.revision`.execute(db);
}

/** Marks every month from one on in which a pair has lines or is due already, and that one. */
export async function markFrom(db: Db, pairs: readonly (Pair & { readonly month: Month })[], at: Date): Promise<void> {
  const sorted = inOrder(pairs);
  await sql`
    insert into commissions.dirty as d (partner_id, program_id, month, marked_at)
    select partner_id, program_id, month, ${at}::timestamptz
    from unnest(${sorted.map((one) => one.partnerId)}::text[], ${sorted.map((one) => one.programId)}::text[],
                ${sorted.map((one) => one.month)}::date[]) as p (partner_id, program_id, month)
    on conflict (program_id, partner_id, month) do update
    set revision = d.revision + 1, marked_at = excluded.marked_at, problem = null, derived = false, customers = null`.execute(
    db,
  );
}

/** Months that a calculation leaves due, beside those that it has done. */
export interface MarksOfCalculation {
  /** Due anew: what they look at has changed. */
  readonly anew: readonly DirtyMonth[];
  /** Due because another program's are; what is due by itself already stays so. */
  readonly derived: readonly DirtyMonth[];
}

/**
 * Marks what a calculation leaves due, and locks what it has done until its transaction ends: all in one statement, in the order in which
 * everybody takes these rows. One after the other, it would hold some of them while it waits for others, and whoever marks at the same time would
 * wait for it in a circle. A month's count of marks goes up whether it was due or not: somebody may be calculating it from what was there before.
 */
export async function markAndHold(
  db: Db,
  { anew, derived }: MarksOfCalculation,
  done: readonly DirtyMonth[],
  at: Date,
) {
  const months = new Map<string, DirtyMonth & { readonly marks: number; readonly derived: boolean }>();
  for (const one of done) months.set(dirtyKey(one), { ...one, marks: 0, derived: false });
  for (const one of derived) months.set(dirtyKey(one), { ...one, marks: 1, derived: true });
  for (const one of anew) months.set(dirtyKey(one), { ...one, marks: 1, derived: false });
  const sorted = inOrder([...months.values()]);
  await sql`
    insert into commissions.dirty as d (partner_id, program_id, month, marked_at, revision, derived)
    select partner_id, program_id, month, ${at}::timestamptz, marks, derived
    from unnest(${sorted.map((one) => one.partnerId)}::text[], ${sorted.map((one) => one.programId)}::text[],
                ${sorted.map((one) => one.month)}::date[], ${sorted.map((one) => one.marks)}::int[],
                ${sorted.map((one) => one.derived)}::boolean[]) as p (partner_id, program_id, month, marks, derived)
    on conflict (program_id, partner_id, month) do update set
      revision = d.revision + excluded.revision,
      customers = case when excluded.revision = 0 then d.customers end,
      marked_at = case when excluded.revision = 0 or excluded.derived then d.marked_at else excluded.marked_at end,
      problem = case when excluded.revision = 0 or excluded.derived then d.problem end,
      derived = d.derived and (excluded.revision = 0 or excluded.derived)`.execute(db);
}

/** Pairs that have lines in a month or later, or could not be calculated, each with the first month that new rates may change. */
export async function pairsSince(db: Db, month: Month): Promise<readonly (Pair & { readonly month: Month })[]> {
  const { rows } = await sql<{ partner_id: string; program_id: string; month: Month }>`
    select partner_id, program_id, min(month) as month from (
      select partner_id, program_id, month from commissions.line where month >= ${month}::date
      union all
      select partner_id, program_id, month from commissions.dirty where problem is not null
    ) as concerned group by 1, 2`.execute(db);
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id, month: row.month }));
}

/** Keeps two calculations of one pair apart until the transaction ends; taken in one order by everybody. @returns the pairs */
export async function lockPairs<T extends Pair>(db: Db, pairs: readonly T[]): Promise<readonly T[]> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(name, 0))
    from (select name from unnest(${pairs.map(lockName)}::text[]) as name order by name) as locks`.execute(db);
  return pairs;
}

/** The same without waiting. @returns the pairs that nobody else has */
export async function tryLockPairs<T extends Pair>(db: Db, pairs: readonly T[]): Promise<readonly T[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${pairs.map(lockName)}::text[]) as name
    where pg_try_advisory_xact_lock(hashtextextended(name, 0))`.execute(db);
  const taken = new Set(rows.map((row) => row.name));
  return pairs.filter((pair) => taken.has(lockName(pair)));
}

function lockName(pair: Pair): string {
  return `commissions ${pair.programId} ${pair.partnerId}`;
}

/** How many pairs are due, problems left out. */
export async function countDue(db: Db, partnerId: string | null): Promise<number> {
  const { rows } = await sql<{ pairs: number }>`
    select count(distinct (program_id, partner_id))::int as pairs from commissions.dirty
    where problem is null and (${partnerId}::text is null or partner_id = ${partnerId}::text)`.execute(db);
  return rows[0]?.pairs ?? 0;
}
