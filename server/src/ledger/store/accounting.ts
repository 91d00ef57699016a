import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest } from "../../database/index.ts";
import { RECIPES } from "../core/recipes.ts";
import { SIDES } from "./sides.ts";

/** The two accounts of each recipe as rows: a transfer's postings without reading them. */
const legs = () => {
  const names = Object.keys(RECIPES);
  const sides = Object.values(RECIPES);
  return sql`(select recipe, side.kind, side.sign from unnest(${names}::text[], ${sides.map((one) => one.debit)}::text[], ${sides.map((one) => one.credit)}::text[])
    as r (recipe, debit, credit) cross join lateral (values (r.debit, 1), (r.credit, -1)) as side (kind, sign))`;
};

/** By which of its times a transfer belongs to a day. `booked` compares instants; the others days. */
export type Basis = "booked" | "period" | "occurred";
const DAY_OF: Readonly<Record<Basis, string>> = {
  booked: "(t.booked_at at time zone 'UTC')::date",
  period: "t.period",
  occurred: "t.occurred_on",
};

export interface BalanceQuestion {
  readonly basis: Basis;
  /** movements from this day on; null: all are movements */
  readonly from: string | null;
  readonly on: string;
  /** one kind of account, by owner; null: all kinds */
  readonly kind: string | null;
}

export interface BalanceLine {
  readonly kind: string;
  readonly owner: string | null;
  readonly currency: string;
  readonly opening: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
}

const OWNER = sql`case l.kind when 'commission_expense' then t.program_id when 'partner_held' then t.partner_id when 'partner_payable' then t.partner_id
  when 'partner_reserve' then t.partner_id else 'operator' end`;

/** Balances and movements at a day, from the transfers: two legs each, so debits are credits whatever is asked. */
export async function balancesOn(db: Db, asked: BalanceQuestion): Promise<readonly BalanceLine[]> {
  const day = sql.raw(DAY_OF[asked.basis]);
  const owner = asked.kind === null ? sql`null::text` : OWNER;
  const { rows } = await sql<BalanceLine>`
    with summed as (
      select t.recipe, t.currency, ${asked.kind === null ? sql`null::text as partner_id, null::text as program_id` : sql`t.partner_id, t.program_id`},
             coalesce(${day} < ${asked.from}::date, false) as before, sum(t.amount_minor) filter (where t.amount_minor > 0) as plus, sum(t.amount_minor) filter (where t.amount_minor < 0) as minus
      from ledger.transfer t where ${day} <= ${asked.on}::date group by 1, 2, 3, 4, 5
    )
    select l.kind, ${owner} as owner, t.currency,
           coalesce(sum((coalesce(t.plus, 0) + coalesce(t.minus, 0)) * l.sign) filter (where t.before), 0)::bigint as opening,
           coalesce(sum(case when l.sign > 0 then coalesce(t.plus, 0) else -coalesce(t.minus, 0) end) filter (where not t.before), 0)::bigint as debit,
           coalesce(sum(case when l.sign > 0 then -coalesce(t.minus, 0) else coalesce(t.plus, 0) end) filter (where not t.before), 0)::bigint as credit
    from summed t join ${legs()} l using (recipe)
    where ${asked.kind}::text is null or l.kind = ${asked.kind}
    group by 1, 2, 3 order by 3, 1, 2`.execute(db);
  return rows;
}

/** Accounts in which a partner is owed something. */
const OWED = ["partner_payable", "partner_held", "partner_reserve"];

export interface AccrualQuestion {
  readonly on: string;
  readonly knownThen: Date;
  readonly partnerId: string | null;
  readonly currency: string | null;
}

export interface AccrualLine {
  readonly partner_id: string;
  readonly currency: string;
  readonly payable_then: bigint;
  readonly held_then: bigint;
  readonly reserve_then: bigint;
  readonly then_minor: bigint;
  readonly now_minor: bigint;
  readonly later: bigint;
}

/** What had happened until a day, as it was booked until an instant, and as it is booked now; owed is positive. */
function owedOf(asked: AccrualQuestion) {
  const before = sql`t.booked_at < ${asked.knownThen}::timestamptz`;
  const owed = (kind: string) =>
    sql`coalesce(-sum(t.amount_minor * l.sign) filter (where ${before} and l.kind = ${kind}), 0)::bigint`;
  return sql<AccrualLine>`
    select t.partner_id, t.currency, ${owed("partner_payable")} as payable_then, ${owed("partner_held")} as held_then, ${owed("partner_reserve")} as reserve_then,
           coalesce(-sum(t.amount_minor * l.sign) filter (where ${before}), 0)::bigint as then_minor, (-sum(t.amount_minor * l.sign))::bigint as now_minor,
           count(distinct t.transfer_id) filter (where not ${before}) as later
    from ledger.transfer t join ${legs()} l using (recipe)
    where t.occurred_on <= ${asked.on}::date and l.kind = any(${OWED}::text[]) and (${asked.partnerId}::text is null or t.partner_id = ${asked.partnerId})
      and (${asked.currency}::text is null or t.currency = ${asked.currency})
    group by t.partner_id, t.currency`;
}

export async function accrualPage(
  db: Db,
  asked: AccrualQuestion,
  changedOnly: boolean,
  page: PageRequest,
): Promise<Page<AccrualLine>> {
  const owed = owedOf(asked);
  let query = db.selectFrom(sql<AccrualLine>`(${owed})`.as("owed")).selectAll();
  query = changedOnly
    ? query.where(sql<boolean>`then_minor <> now_minor`)
    : query.where(sql<boolean>`(then_minor <> 0 or now_minor <> 0 or later > 0)`);
  return await keysetPage(
    query,
    { name: "partner", columns: ["owed.partner_id", "owed.currency"], direction: "asc" },
    page,
  );
}

export interface AccrualTotal {
  readonly currency: string;
  readonly partners: bigint;
  readonly then_minor: bigint;
  readonly now_minor: bigint;
}

export async function accrualTotals(db: Db, asked: AccrualQuestion): Promise<readonly AccrualTotal[]> {
  const { rows } = await sql<AccrualTotal>`
    select currency, count(*) filter (where then_minor <> 0 or now_minor <> 0) as partners, sum(then_minor)::bigint as then_minor, sum(now_minor)::bigint as now_minor
    from (${owedOf(asked)}) owed group by currency order by currency`.execute(db);
  return rows;
}

/** What was booked after the day although it had happened before, by recipe. */
export async function differenceByRecipe(db: Db, asked: AccrualQuestion) {
  const { rows } = await sql<{ currency: string; recipe: string; amount: bigint; transfers: bigint }>`
    select t.currency, t.recipe, (-sum(t.amount_minor * l.sign))::bigint as amount, count(distinct t.transfer_id) as transfers
    from ledger.transfer t join ${legs()} l using (recipe)
    where t.occurred_on <= ${asked.on}::date and t.booked_at >= ${asked.knownThen}::timestamptz and l.kind = any(${OWED}::text[])
      and (${asked.partnerId}::text is null or t.partner_id = ${asked.partnerId}) and (${asked.currency}::text is null or t.currency = ${asked.currency})
    group by 1, 2 having sum(t.amount_minor * l.sign) <> 0 order by 1, abs(sum(t.amount_minor * l.sign)) desc`.execute(
    db,
  );
  return rows;
}

export interface DifferenceLine {
  readonly last_id: bigint;
  readonly source_key: string;
  readonly recipe: string;
  readonly partner_id: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly transfers: bigint;
  readonly occurred_on: string;
  readonly booked_at: Date;
}

/** The same by source key (a commission line, an adjustment, a payout), the latest booking first. */
export async function differencePage(db: Db, asked: AccrualQuestion, page: PageRequest): Promise<Page<DifferenceLine>> {
  const keys = sql<DifferenceLine>`
    select max(t.transfer_id) as last_id, t.source_key, t.recipe, t.partner_id, t.currency, (-sum(t.amount_minor * l.sign))::bigint as amount,
           count(distinct t.transfer_id) as transfers, max(t.occurred_on) as occurred_on, max(t.booked_at) as booked_at
    from ledger.transfer t join ${legs()} l using (recipe)
    where t.occurred_on <= ${asked.on}::date and t.booked_at >= ${asked.knownThen}::timestamptz and l.kind = any(${OWED}::text[])
      and (${asked.partnerId}::text is null or t.partner_id = ${asked.partnerId}) and (${asked.currency}::text is null or t.currency = ${asked.currency})
    group by t.source_key, t.recipe, t.partner_id, t.currency having sum(t.amount_minor * l.sign) <> 0`;
  const query = db.selectFrom(sql<DifferenceLine>`(${keys})`.as("late")).selectAll();
  return await keysetPage(query, { name: "late", columns: ["late.last_id"], direction: "desc" }, page);
}

export interface TieQuestion {
  readonly programId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  /** days, half-open */
  readonly from: string;
  readonly until: string;
  /** first days of the months, both inclusive */
  readonly fromMonth: string;
  readonly untilMonth: string;
}

export interface Tie {
  readonly earnedHere: bigint;
  readonly earnedLater: bigint;
  readonly earlier: bigint;
  readonly adjustments: bigint;
  /** from the postings of the expense account, not from the transfers: what the others have to come to */
  readonly ledger: bigint;
}

/** From the commission of some days to what the expense account of their months holds. */
export async function readTie(db: Db, asked: TieQuestion): Promise<Tie> {
  const { rows } = await sql<{ here: bigint; later: bigint; earlier: bigint; adjustments: bigint; ledger: bigint }>`
    with moved as (
      select t.transfer_id, t.recipe, t.amount_minor * l.sign as minor, t.occurred_on >= ${asked.from}::date and t.occurred_on < ${asked.until}::date as in_days,
             t.period between ${asked.fromMonth}::date and ${asked.untilMonth}::date as in_months, t.period > ${asked.untilMonth}::date as in_later
      from ledger.transfer t join ${legs()} l using (recipe)
      where l.kind = 'commission_expense' and t.program_id = ${asked.programId} and t.currency = ${asked.currency}
        and (${asked.partnerId}::text is null or t.partner_id = ${asked.partnerId})
    )
    select coalesce(sum(minor) filter (where in_months and in_days and recipe <> 'adjust'), 0)::bigint as here,
           coalesce(sum(minor) filter (where in_later and in_days and recipe <> 'adjust'), 0)::bigint as later,
           coalesce(sum(minor) filter (where in_months and not in_days and recipe <> 'adjust'), 0)::bigint as earlier,
           coalesce(sum(minor) filter (where in_months and recipe = 'adjust'), 0)::bigint as adjustments,
           (select coalesce(sum(p.amount_minor), 0)::bigint from ledger.transfer t ${SIDES} join ledger.account a using (account_number)
            where a.account_id = 'commission_expense:' || ${asked.programId}::text || ':' || ${asked.currency}::text
              and t.period between ${asked.fromMonth}::date and ${asked.untilMonth}::date and (${asked.partnerId}::text is null or t.partner_id = ${asked.partnerId})) as ledger
    from moved`.execute(db);
  const [row] = rows;
  return {
    earnedHere: row?.here ?? 0n,
    earnedLater: row?.later ?? 0n,
    earlier: row?.earlier ?? 0n,
    adjustments: row?.adjustments ?? 0n,
    ledger: row?.ledger ?? 0n,
  };
}
