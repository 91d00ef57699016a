import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";

/** Books of a partner in one currency, as runs ask for many of them. */
export interface RunBooks {
  readonly partnerId: string;
  readonly currency: string;
}

/** What a component brought at one tier in some months. */
export interface ComponentCell extends RunBooks {
  readonly programId: string;
  readonly component: string;
  readonly model: string;
  readonly tier: string;
  /** customers, or the base that the rate was applied to, in hundred-millionths */
  readonly quantity: bigint;
  readonly minor: bigint;
  /** changes of lines of earlier months: late data, refunds, clawbacks; not in `minor` */
  readonly earlierMinor: bigint;
  readonly capsHit: number;
}

/**
 * Lines booked in some months, summed per component and tier. A version that changed a line counts as what it is now, less what it was. Reads
 * only those books, by their index.
 */
export async function componentCells(
  db: Db,
  books: readonly RunBooks[],
  months: readonly Month[],
): Promise<ComponentCell[]> {
  if (books.length === 0) return [];
  const { rows } = await sql<ComponentCell>`
    with book as (
      select * from unnest(${arrayLiteral(books.map((one) => one.partnerId))}::text[],
                           ${arrayLiteral(books.map((one) => one.currency))}::text[]) as b (partner_id, currency)
    ), row as (
      select l.partner_id, l.currency, l.program_id, l.component, l.month < ${months[0]}::date as is_earlier, l.difference_minor,
             l.amount_minor, l.working, l.version, l.line_key
      from book cross join unnest(${arrayLiteral([...months])}::date[]) as m (month)
      join commissions.line l on l.partner_id = book.partner_id and l.currency = book.currency and l.booked_month = m.month
    ), side as (
      select r.partner_id, r.currency, r.program_id, r.component, r.is_earlier, r.working, r.amount_minor as minor, 1 as sign from row r
      union all
      select r.partner_id, r.currency, r.program_id, r.component, r.is_earlier, p.working, p.amount_minor, -1
      from row r join commissions.line p on p.line_key = r.line_key and p.version = r.version - 1
      where r.version > 1
    )
    select partner_id as "partnerId", currency, program_id as "programId", component, coalesce(working ->> 'model', '') as model,
           case when is_earlier then '' else coalesce(working ->> 'tier', '') end as tier,
           (coalesce(sum(sign * case when is_earlier or minor = 0 then 0
             when coalesce((working ->> 'rate')::numeric, 0) <> 0
               then (working #>> '{rounding,before}')::numeric / (working ->> 'rate')::numeric
             else 1 end), 0) * 100000000)::bigint as quantity,
           coalesce(sum(sign * minor) filter (where not is_earlier), 0)::bigint as minor,
           coalesce(sum(sign * minor) filter (where is_earlier), 0)::bigint as "earlierMinor",
           (count(*) filter (where sign = 1 and working -> 'steps' @> '[{"code":"cap"}]'))::int as "capsHit"
    from side group by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows;
}

export interface BookedAdjustment extends RunBooks {
  readonly adjustmentId: string;
  readonly minor: bigint;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly isOpen: boolean;
  readonly decidedAt: Date | null;
}

/** Corrections by hand of some partners: booked in some months, and those that wait for somebody's word. */
export async function adjustmentsIn(
  db: Db,
  partnerIds: readonly string[],
  months: readonly Month[],
): Promise<BookedAdjustment[]> {
  const { rows } = await sql<BookedAdjustment>`
    select adjustment_id as "adjustmentId", partner_id as "partnerId", currency, amount_minor as minor, proposed_by as "proposedBy",
           decided_by as "decidedBy", status = 'proposed' as "isOpen", decided_at as "decidedAt"
    from commissions.adjustment
    where partner_id = any(${arrayLiteral([...partnerIds])}::text[])
      and (status = 'proposed' or (status = 'approved' and booked_month = any(${arrayLiteral([...months])}::date[])))`.execute(
    db,
  );
  return rows;
}

/** Months up to one that wait for their calculation, with why where it failed. */
export async function waitingMonths(
  db: Db,
  through: Month,
): Promise<readonly { readonly partnerId: string; readonly month: Month; readonly problem: string | null }[]> {
  const { rows } = await sql<{ partnerId: string; month: Month; problem: string | null }>`
    select partner_id as "partnerId", month, problem from commissions.dirty where month <= ${through}::date`.execute(
    db,
  );
  return rows;
}

/** The newest line there is. */
export async function lastLine(db: Db): Promise<bigint> {
  const { rows } = await sql<{
    last: bigint;
  }>`select coalesce(max(line_id), 0)::bigint as last from commissions.line`.execute(db);
  return rows[0]?.last ?? 0n;
}

/** Published rates as they stand, per source: its last day, how many, and a hash over all of that month. */
export async function ratesOf(
  db: Db,
  from: string,
  to: string,
): Promise<
  readonly { readonly source: string; readonly lastDay: string; readonly rows: number; readonly hash: string }[]
> {
  const { rows } = await sql<{ source: string; lastDay: string; rows: number; hash: string }>`
    select source, max(day) as "lastDay", count(*)::int as rows,
           encode(sha256(convert_to(string_agg(day || ' ' || base || ' ' || currency || ' ' || rate, E'\n' order by day, base, currency), 'UTF8')), 'hex') as hash
    from commissions.rate where day >= ${from}::date and day < ${to}::date group by 1 order by 1`.execute(db);
  return rows;
}

export interface ChangedLine extends RunBooks {
  readonly lineId: bigint;
  readonly lineKey: string;
  readonly version: number;
  readonly programId: string;
  readonly component: string;
  readonly month: Month;
  readonly before: bigint;
  readonly after: bigint;
  readonly planChanged: boolean | null;
  readonly ratesChanged: boolean | null;
  readonly tierChanged: boolean | null;
  readonly inputsChanged: boolean | null;
}

/** Lines of one partner (or of all in these books) that were calculated after one line and up to another, and what of their working differs. */
export async function changedLines(
  db: Db,
  books: readonly RunBooks[],
  months: readonly Month[],
  range: { readonly after: bigint; readonly until: bigint; readonly from: bigint; readonly limit: number },
): Promise<ChangedLine[]> {
  if (books.length === 0) return [];
  const { rows } = await sql<ChangedLine>`
    with book as (
      select * from unnest(${arrayLiteral(books.map((one) => one.partnerId))}::text[],
                           ${arrayLiteral(books.map((one) => one.currency))}::text[]) as b (partner_id, currency)
    )
    select l.line_id as "lineId", l.line_key as "lineKey", l.version, l.partner_id as "partnerId", l.program_id as "programId", l.component, l.currency,
           l.month, l.amount_minor - l.difference_minor as before, l.amount_minor as after,
           p.working -> 'terms' <> l.working -> 'terms' as "planChanged", p.working -> 'conversions' <> l.working -> 'conversions' as "ratesChanged",
           coalesce(p.working ->> 'tier', '') <> coalesce(l.working ->> 'tier', '') as "tierChanged",
           p.working -> 'inputs' <> l.working -> 'inputs' as "inputsChanged"
    from book join commissions.line l on l.partner_id = book.partner_id and l.currency = book.currency
    left join commissions.line p on p.line_key = l.line_key and p.version = l.version - 1
    where (l.booked_month = any(${arrayLiteral([...months])}::date[]) or l.month = any(${arrayLiteral([...months])}::date[])) and l.line_id > greatest(${range.after}::bigint, ${range.from}::bigint)
      and l.line_id <= ${range.until} and l.difference_minor <> 0
    order by l.line_id limit ${range.limit}`.execute(db);
  return rows;
}

/** Sums of such changes per partner. */
export async function changedSums(
  db: Db,
  books: readonly RunBooks[],
  months: readonly Month[],
  range: { readonly after: bigint; readonly until: bigint },
): Promise<readonly (RunBooks & { readonly minor: bigint })[]> {
  if (books.length === 0) return [];
  const { rows } = await sql<RunBooks & { minor: bigint }>`
    with book as (
      select * from unnest(${arrayLiteral(books.map((one) => one.partnerId))}::text[],
                           ${arrayLiteral(books.map((one) => one.currency))}::text[]) as b (partner_id, currency)
    )
    select l.partner_id as "partnerId", l.currency, sum(l.difference_minor)::bigint as minor
    from book join commissions.line l on l.partner_id = book.partner_id and l.currency = book.currency
    where (l.booked_month = any(${arrayLiteral([...months])}::date[]) or l.month = any(${arrayLiteral([...months])}::date[])) and l.line_id > ${range.after} and l.line_id <= ${range.until}
    group by 1, 2`.execute(db);
  return rows;
}
