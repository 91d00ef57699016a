import { type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema, type Tx } from "../../database/index.ts";

export interface Judged {
  readonly comparisonId: string;
  readonly partnerId: string | null;
  readonly timeZone: string;
  readonly currency: string;
  readonly amountTolerance: bigint;
  readonly lateDays: number;
  readonly officeShift: number;
  readonly claimShift: number;
  readonly hasOffice: boolean;
  readonly hasClaim: boolean;
}

/**
 * One result for each conversion that any side knows, with everything in which the sides differ, the gravest first. Set-based: nothing of it is held
 * outside the database. The classes and their order are those of the room's README.
 */
export async function writeResults(tx: Tx, j: Judged): Promise<void> {
  const id = j.comparisonId;
  await sql`delete from reconciliation.result where comparison_id = ${id}`.execute(tx);
  await sql`analyze reconciliation.side_row, reconciliation.pair`.execute(tx);
  await sql`drop table if exists together`.execute(tx);
  await sql`
    create temporary table together on commit drop as
    with office_of as (select left_row, right_row, matched_by from reconciliation.pair where comparison_id = ${id} and sides = 'tracked-office'),
    claim_of as (select left_row, right_row, matched_by from reconciliation.pair where comparison_id = ${id} and sides = 'tracked-claim'),
    beside as (select left_row, right_row, matched_by from reconciliation.pair where comparison_id = ${id} and sides = 'office-claim')
    select t.row_id as t_row, o.right_row as o_row, coalesce(c.right_row, b.right_row) as c_row, coalesce(o.matched_by, c.matched_by) as matched_by
    from reconciliation.side_row t left join office_of o on o.left_row = t.row_id left join claim_of c on c.left_row = t.row_id
      left join beside b on b.left_row = o.right_row and c.right_row is null
    where t.comparison_id = ${id} and t.side = 'tracked'
    union all
    select null, o.row_id, b.right_row, b.matched_by from reconciliation.side_row o left join beside b on b.left_row = o.row_id
    where o.comparison_id = ${id} and o.side = 'office' and not exists (select from office_of p where p.right_row = o.row_id)
    union all
    select null, null, c.row_id, null from reconciliation.side_row c
    where c.comparison_id = ${id} and c.side = 'claim' and not exists (select from claim_of p where p.right_row = c.row_id)
      and not exists (select from beside p where p.right_row = c.row_id)`.execute(tx);
  await sql`analyze together`.execute(tx);
  await noteRepeated(tx, id);
  await insertResults(tx, j);
}

/** Identity by which a second row is a repetition of the first: the order, else the click and the time. */
const IDENTITY =
  "coalesce('o ' || order_id, 'c ' || click_id || ' ' || occurred_at::text) || ' ' || coalesce(type, '') || ' ' || coalesce(currency || minor, '')";

/** Rows that repeat another one of their side; of several the one that is paired is the first, then the earliest. */
async function noteRepeated(tx: Tx, comparisonId: string): Promise<void> {
  await sql`drop table if exists repeated`.execute(tx);
  await sql`
    create temporary table repeated on commit drop as
    with paired as (
      select t_row as row_id from together where t_row is not null and (o_row is not null or c_row is not null)
      union all select o_row from together where t_row is not null and o_row is not null
      union all select c_row from together where t_row is not null and c_row is not null
    )
    select row_id from (
      select s.row_id, row_number() over (partition by s.side, ${sql.raw(IDENTITY)} order by (p.row_id is null), s.occurred_at, s.row_key) as n
      from reconciliation.side_row s left join paired p using (row_id)
      where s.comparison_id = ${comparisonId} and (s.order_id is not null or s.click_id is not null)
    ) numbered where n > 1`.execute(tx);
  await sql`create unique index on repeated (row_id)`.execute(tx);
  await sql`analyze repeated`.execute(tx);
}

/** In what the sides of a conversion differ, the gravest first: an array of texts over the rows t(racked), o(ffice), c(laim) and the sides' spans os, cs. */
function differencesOf(j: Judged) {
  const local = (column: string) => sql`(${sql.raw(column)} at time zone ${j.timeZone})::date`;
  const gapIs = (row: string, shift: number) =>
    sql`abs(extract(epoch from ${sql.raw(row)}.occurred_at - t.occurred_at) / 60 - ${shift}::int) <= 2 and ${shift}::int <> 0`;
  const later = sql`make_interval(days => ${j.lateDays}::int)`;
  const again = (row: string) => sql`exists (select from repeated x where x.row_id = ${sql.raw(`${row}.row_id`)})`;
  return sql`
        array_remove(array[
          case when t.row_id is null and not (${again("o")} or (o.row_id is null and ${again("c")})) then 'missing_tracked' end,
          case when ${j.hasOffice} and o.row_id is null and t.row_id is not null and t.counts and not ${again("t")}
                and t.occurred_at between os.first - ${later} and os.last - ${later} then 'missing_office' end,
          case when ${j.hasClaim} and c.row_id is null and t.row_id is not null and t.counts and not ${again("t")}
                and t.partner_id is not distinct from coalesce(${j.partnerId}, t.partner_id) and t.partner_id is not null
                and t.occurred_at between cs.first - ${later} and cs.last - ${later} then 'missing_claim' end,
          case when (t.row_id is null and (${again("o")} or (o.row_id is null and ${again("c")})))
                 or (t.row_id is not null and o.row_id is null and c.row_id is null and ${again("t")}) then 'duplicate' end,
          case when t.row_id is not null and ((o.row_id is not null and o.partner_ref is not null and o.partner_id is distinct from t.partner_id)
                 or (c.row_id is not null and t.partner_id is distinct from coalesce(c.partner_id, ${j.partnerId}, t.partner_id))) then 'attribution' end,
          case when t.currency is distinct from coalesce(o.currency, t.currency) or t.currency is distinct from coalesce(c.currency, t.currency)
                then case when t.row_id is not null and t.currency is not null then 'currency' end end,
          case when (o.currency = t.currency and abs(o.minor - t.minor) > ${j.amountTolerance}) or (c.currency = t.currency and abs(c.minor - t.minor) > ${j.amountTolerance})
                then 'amount' end,
          case when (o.row_id is not null and t.row_id is not null and o.counts <> t.counts) or (c.row_id is not null and t.row_id is not null and c.counts <> t.counts)
                then 'status' end,
          case when t.row_id is not null and ((o.row_id is not null and ${local("o.occurred_at")} <> ${local("t.occurred_at")} and ${gapIs("o", j.officeShift)})
                 or (c.row_id is not null and ${local("c.occurred_at")} <> ${local("t.occurred_at")} and ${gapIs("c", j.claimShift)})) then 'time_zone' end,
          case when t.row_id is not null and ((o.row_id is not null and ${local("o.occurred_at")} <> ${local("t.occurred_at")} and not (${gapIs("o", j.officeShift)}))
                 or (c.row_id is not null and ${local("c.occurred_at")} <> ${local("t.occurred_at")} and not (${gapIs("c", j.claimShift)}))
                 or (${j.hasOffice} and o.row_id is null and t.counts and t.occurred_at > os.last - ${later})
                 or (${j.hasClaim} and c.row_id is null and t.counts and t.occurred_at > cs.last - ${later} and t.partner_id is not distinct from coalesce(${j.partnerId}, t.partner_id)))
                then 'late' end
        ], null)`;
}

async function insertResults(tx: Tx, j: Judged): Promise<void> {
  const counted = (row: string) =>
    sql`case when ${sql.raw(row)}.counts and ${sql.raw(row)}.currency = ${j.currency} then ${sql.raw(row)}.minor else 0 end`;
  await sql`
    with spans as (
      select side, min(occurred_at) as first, max(occurred_at) as last from reconciliation.side_row where comparison_id = ${j.comparisonId} group by side
    ), judged as (
      select g.*, t.row_key as t_key, o.row_key as o_key, c.row_key as c_key,
        coalesce(t.occurred_at, o.occurred_at, c.occurred_at) as at,
        coalesce(case when t.partner_id is not null then t.partner_id end, o.partner_id, c.partner_id, ${j.partnerId}) as partner_id,
        case when ${j.hasOffice} then coalesce(${counted("o")}, 0) - coalesce(${counted("t")}, 0) end as office_minor,
        case when ${j.hasClaim} then coalesce(${counted("c")}, 0) - coalesce(${counted("t")}, 0) end as claim_minor,
        ${differencesOf(j)} as differences
      from together g
      left join reconciliation.side_row t on t.row_id = g.t_row left join reconciliation.side_row o on o.row_id = g.o_row
      left join reconciliation.side_row c on c.row_id = g.c_row
      left join spans os on os.side = 'office' left join spans cs on cs.side = 'claim'
      where ${j.partnerId}::text is null or t.partner_id = ${j.partnerId} or o.partner_id = ${j.partnerId} or c.row_id is not null
         or (t.row_id is null and o.partner_ref is null)
    )
    insert into reconciliation.result (comparison_id, result_key, tracked_row, office_row, claim_row, class, differences, matched_by, day, partner_id, office_minor, claim_minor)
    select ${j.comparisonId}, coalesce('t ' || t_key, 'o ' || o_key, 'c ' || c_key), t_row, o_row, c_row, coalesce(differences[1], 'agrees'), differences, matched_by,
           (at at time zone ${j.timeZone})::date, partner_id, office_minor, claim_minor
    from judged order by at, t_row, o_row, c_row`.execute(tx);
}

export interface ClassSum {
  readonly class: string;
  readonly rows: bigint;
  readonly office: bigint;
  readonly claim: bigint;
}

/** Differences by class, and the totals of each side over the same results. */
export async function sumResults(tx: Tx, j: Judged) {
  await sql`analyze reconciliation.result`.execute(tx);
  const { rows: classes } = await sql<ClassSum>`
    select class, count(*) as rows, coalesce(sum(office_minor), 0)::bigint as office, coalesce(sum(claim_minor), 0)::bigint as claim
    from reconciliation.result where comparison_id = ${j.comparisonId} group by class`.execute(tx);
  const { rows: totals } = await sql<{
    side: string;
    rows: bigint;
    minor: bigint;
    commission: bigint | null;
    other: bigint;
  }>`
    select s.side, count(*) as rows, coalesce(sum(s.minor) filter (where s.counts and s.currency = ${j.currency}), 0)::bigint as minor,
           sum(s.commission_minor) filter (where s.counts)::bigint as commission, count(*) filter (where s.currency <> ${j.currency}) as other
    from (
      select tracked_row as row_id from reconciliation.result where comparison_id = ${j.comparisonId}
      union all select office_row from reconciliation.result where comparison_id = ${j.comparisonId}
      union all select claim_row from reconciliation.result where comparison_id = ${j.comparisonId}
    ) r join reconciliation.side_row s using (row_id)
    group by s.side`.execute(tx);
  return { classes, totals };
}

/** Half a million rows a side are joined several times over: in memory that is one pass, else each is written out and read again. */
export async function roomToJoin(tx: Tx): Promise<void> {
  await sql`set local work_mem = '96MB'`.execute(tx);
}

export async function clearPairs(tx: Tx, comparisonId: string): Promise<void> {
  await sql`delete from reconciliation.pair where comparison_id = ${comparisonId}`.execute(tx);
}

export type ResultRow = Selectable<Schema["reconciliation.result"]> & {
  readonly reference: string;
  readonly tracked_minor: bigint | null;
  readonly office_own: bigint | null;
  readonly claim_own: bigint | null;
  readonly claim_commission: bigint | null;
  readonly adjustment_id: string | null;
  readonly item_id: string | null;
};

export interface ResultFilter {
  readonly class?: readonly string[] | undefined;
  readonly partnerId?: string | undefined;
  readonly answered?: "yes" | "no" | undefined;
  readonly id?: bigint | undefined;
}

/** Results, in the order in which the conversions happened, with what was done about them. */
export async function resultPage(
  db: Db,
  comparisonId: string,
  filter: ResultFilter,
  page: PageRequest,
): Promise<Page<ResultRow>> {
  let query = db
    .selectFrom("reconciliation.result as result")
    .leftJoin("reconciliation.side_row as tracked", "tracked.row_id", "result.tracked_row")
    .leftJoin("reconciliation.side_row as office", "office.row_id", "result.office_row")
    .leftJoin("reconciliation.side_row as claim", "claim.row_id", "result.claim_row")
    .leftJoin("reconciliation.correction as correction", (join) =>
      join
        .onRef("correction.comparison_id", "=", "result.comparison_id")
        .onRef("correction.result_key", "=", "result.result_key"),
    )
    .selectAll("result")
    .select([
      sql<string>`coalesce(tracked.order_id, office.order_id, claim.order_id, tracked.customer_ref, office.customer_ref, claim.customer_ref, claim.click_id, result.result_key)`.as(
        "reference",
      ),
      "tracked.minor as tracked_minor",
      "office.minor as office_own",
      "claim.minor as claim_own",
      "claim.commission_minor as claim_commission",
      "correction.adjustment_id",
      sql<
        string | null
      >`(select max(i.item_id) from reconciliation.open_item i where i.comparison_id = result.comparison_id and i.result_key = result.result_key)`.as(
        "item_id",
      ),
    ])
    .where("result.comparison_id", "=", comparisonId);
  if (filter.class !== undefined) query = query.where("result.class", "in", filter.class);
  if (filter.partnerId !== undefined) query = query.where("result.partner_id", "=", filter.partnerId);
  if (filter.id !== undefined) query = query.where("result.result_id", "=", filter.id);
  if (filter.answered !== undefined) {
    const done = sql<boolean>`(correction.adjustment_id is not null or exists (select from reconciliation.open_item i where i.comparison_id = result.comparison_id and i.result_key = result.result_key))`;
    query = query.where(filter.answered === "yes" ? done : sql<boolean>`not ${done}`);
  }
  return (await keysetPage(
    query,
    { name: "place", columns: ["result.result_id"], direction: "asc" },
    page,
  )) as Page<ResultRow>;
}

export async function comparisonOfResult(db: Db, resultId: bigint): Promise<string | undefined> {
  const query = db.selectFrom("reconciliation.result").select("comparison_id").where("result_id", "=", resultId);
  return (await query.executeTakeFirst())?.comparison_id;
}

export async function sideRows(
  db: Db,
  ids: readonly bigint[],
): Promise<readonly Selectable<Schema["reconciliation.side_row"]>[]> {
  return await db
    .selectFrom("reconciliation.side_row")
    .selectAll()
    .where("row_id", "in", ids.length === 0 ? [0n] : [...ids])
    .orderBy("side", "desc")
    .execute();
}

/** @returns false when there is one for this result already */
export async function insertCorrection(
  db: Db,
  row: {
    comparison_id: string;
    result_key: string;
    adjustment_id: string;
    amount_minor: bigint;
    currency: string;
    proposed_by: string;
    proposed_at: Date;
  },
): Promise<boolean> {
  const insert = db.insertInto("reconciliation.correction").values(row);
  const done = await insert
    .onConflict((conflict) => conflict.columns(["comparison_id", "result_key"]).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
