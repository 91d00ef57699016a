import { sql } from "kysely";
import type { Tx } from "../../database/index.ts";

/** Two sides of a comparison whose rows are paired, and by how much the right one's clock is ahead. */
export interface Sides {
  readonly comparisonId: string;
  readonly sides: "tracked-office" | "tracked-claim" | "office-claim";
  readonly left: "tracked" | "office";
  readonly right: "office" | "claim";
}

const KEYS = { order: "order_id", click: "click_id", customer: "customer_ref" } as const;

/**
 * Rows of both sides that are not paired yet, in temporary tables. Between back office and claim only what the tracked side does not bring together
 * is left: of the office what has no claim yet, of the claims what is not tracked.
 */
export async function leaveOver(tx: Tx, { comparisonId, sides, left, right }: Sides): Promise<void> {
  // What this transaction has loaded is unknown to the planner until it is told.
  await sql`analyze reconciliation.side_row, reconciliation.pair`.execute(tx);
  await sql`drop table if exists left_over, right_over`.execute(tx);
  const columns = sql.raw("row_id, row_key, occurred_at, type, order_id, click_id, customer_ref, currency, minor");
  const hasClaim = sql`exists (select from reconciliation.pair o join reconciliation.pair c on c.comparison_id = o.comparison_id and c.sides = 'tracked-claim' and c.left_row = o.left_row
    where o.comparison_id = ${comparisonId} and o.sides = 'tracked-office' and o.right_row = s.row_id)`;
  const isTracked = sql`exists (select from reconciliation.pair p where p.comparison_id = ${comparisonId} and p.sides = 'tracked-claim' and p.right_row = s.row_id)`;
  const [skipLeft, skipRight] = sides === "office-claim" ? [hasClaim, isTracked] : [sql`false`, sql`false`];
  await sql`create temporary table left_over on commit drop as select ${columns} from reconciliation.side_row s
    where comparison_id = ${comparisonId} and side = ${left} and not ${skipLeft}`.execute(tx);
  await sql`create temporary table right_over on commit drop as select ${columns} from reconciliation.side_row s
    where comparison_id = ${comparisonId} and side = ${right} and not ${skipRight}`.execute(tx);
  await sql`create index on left_over (row_id)`.execute(tx);
  await sql`create index on right_over (row_id)`.execute(tx);
  await sql`analyze left_over, right_over`.execute(tx);
}

/**
 * Pairs rows that share an id: the first with the first, the second with the second, in the order of their times. One row is in one pair at most,
 * whatever the order in which the rows came.
 */
export async function pairByKey(
  tx: Tx,
  at: Sides,
  by: "order" | "click",
  how: { readonly typed: boolean; readonly sameAmount: boolean },
): Promise<void> {
  const key = sql.raw(KEYS[by]);
  const type = how.typed ? sql`, type` : sql``;
  const amount = how.sameAmount ? sql`, coalesce(currency || ' ' || minor, '')` : sql``;
  const typed = how.typed ? sql`type is not null` : sql`true`;
  const numbered = (table: string) => sql`
    select row_id, type, ${key} as k, coalesce(currency || ' ' || minor, '') as amount,
           row_number() over (partition by ${key}${type}${amount} order by occurred_at, row_key) as n
    from ${sql.raw(table)} where ${key} is not null and ${typed}`;
  await sql`
    with paired as (
      insert into reconciliation.pair (comparison_id, sides, left_row, right_row, matched_by)
      select ${at.comparisonId}, ${at.sides}, l.row_id, r.row_id, ${by}
      from (${numbered("left_over")}) l join (${numbered("right_over")}) r on r.k = l.k and r.n = l.n
        ${how.typed ? sql`and r.type = l.type` : sql`and (l.type is null or r.type is null)`}
        ${how.sameAmount ? sql`and r.amount = l.amount` : sql``}
      returning left_row, right_row
    ), gone as (delete from left_over using paired where row_id = left_row)
    delete from right_over using paired where row_id = right_row`.execute(tx);
}

const ROUNDS = 4;

/**
 * Pairs what is nearest to each other in time: the same customer (and amount), or the same amount alone. Each row looks at its next neighbour before
 * and after it only, so the work grows with the rows, not with their square.
 */
export async function pairNearest(
  tx: Tx,
  at: Sides,
  by: "customer" | "time_and_amount",
  how: { readonly sameAmount: boolean; readonly windowMinutes: number; readonly shiftMinutes: number },
): Promise<void> {
  const alike = [
    ...(by === "customer" ? [sql`o.customer_ref = s.customer_ref`] : []),
    ...(how.sameAmount ? [sql`o.minor = s.minor and o.currency = s.currency`] : []),
  ];
  const wanted = by === "customer" ? sql`s.customer_ref is not null` : sql`s.minor is not null`;
  await sql`create index if not exists left_near on left_over (${by === "customer" ? sql`customer_ref, ` : sql``}${how.sameAmount ? sql`minor, currency, ` : sql``}occurred_at)`.execute(
    tx,
  );
  await sql`create index if not exists right_near on right_over (${by === "customer" ? sql`customer_ref, ` : sql``}${how.sameAmount ? sql`minor, currency, ` : sql``}occurred_at)`.execute(
    tx,
  );
  await sql`analyze left_over, right_over`.execute(tx);
  const window = sql`make_interval(mins => ${how.windowMinutes}::int)`;
  const nearest = (from: string, other: string, shift: number) => sql`
    select s.row_id as own, n.row_id as other, row_number() over (partition by s.row_id order by n.gap, n.row_key) as place
    from ${sql.raw(from)} s cross join lateral (
      (select o.row_id, o.row_key, s.occurred_at + make_interval(mins => ${shift}::int) - o.occurred_at as gap from ${sql.raw(other)} o
       where ${sql.join(alike, sql` and `)} and (o.type = s.type or o.type is null or s.type is null)
         and o.occurred_at between s.occurred_at + make_interval(mins => ${shift}::int) - ${window} and s.occurred_at + make_interval(mins => ${shift}::int)
       order by o.occurred_at desc, o.row_key limit 1)
      union all
      (select o.row_id, o.row_key, o.occurred_at - s.occurred_at - make_interval(mins => ${shift}::int) from ${sql.raw(other)} o
       where ${sql.join(alike, sql` and `)} and (o.type = s.type or o.type is null or s.type is null)
         and o.occurred_at > s.occurred_at + make_interval(mins => ${shift}::int) and o.occurred_at <= s.occurred_at + make_interval(mins => ${shift}::int) + ${window}
       order by o.occurred_at, o.row_key limit 1)
    ) n where ${wanted}`;
  for (let round = 0; round < ROUNDS; round += 1) {
    // As tables with statistics: as parts of one query their sizes are guessed, and one is worked out anew for each row of the other.
    await sql`drop table if exists near_left, near_right`.execute(tx);
    await sql`create temporary table near_left on commit drop as
      select own, other from (${nearest("left_over", "right_over", how.shiftMinutes)}) n where place = 1`.execute(tx);
    await sql`create temporary table near_right on commit drop as
      select own, other from (${nearest("right_over", "left_over", -how.shiftMinutes)}) n where place = 1`.execute(tx);
    await sql`analyze near_left, near_right, left_over, right_over`.execute(tx);
    const { rows } = await sql<{ paired: bigint }>`
      with paired as (
        insert into reconciliation.pair (comparison_id, sides, left_row, right_row, matched_by, shift_minutes)
        select ${at.comparisonId}, ${at.sides}, l.own, l.other, ${by}, ${how.shiftMinutes}
        from near_left l join near_right r on r.own = l.other and r.other = l.own
        returning left_row, right_row
      ), gone_left as (delete from left_over using paired where row_id = left_row),
      gone_right as (delete from right_over using paired where row_id = right_row)
      select count(*) as paired from paired`.execute(tx);
    if ((rows[0]?.paired ?? 0n) === 0n) break;
  }
  await sql`drop index left_near, right_near`.execute(tx);
}

/**
 * By how many minutes the right side's clock is ahead, when at least a fifth of what an id pairs, and at least three, share it: whole quarters of an
 * hour, as zones differ.
 */
export async function commonShift(tx: Tx, { comparisonId, sides }: Sides): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`
    with gap as (
      select extract(epoch from r.occurred_at - l.occurred_at) / 60 as minutes
      from reconciliation.pair p join reconciliation.side_row l on l.row_id = p.left_row join reconciliation.side_row r on r.row_id = p.right_row
      where p.comparison_id = ${comparisonId} and p.sides = ${sides} and p.matched_by in ('order', 'click')
    ), quarter as (select minutes, round(minutes / 15) * 15 as shift from gap)
    select shift::int as minutes from quarter where abs(minutes - shift) <= 2 and abs(shift) <= 26 * 60
    group by shift having shift <> 0 and count(*) >= 3 and count(*) * 5 >= (select count(*) from gap)
    order by count(*) desc, shift limit 1`.execute(tx);
  return rows[0]?.minutes ?? 0;
}
