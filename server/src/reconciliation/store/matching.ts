import { type Insertable, type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Expected, ExpectedMovement } from "../contracts.ts";
import { normalised } from "../core/references.ts";

export type MatchRow = Selectable<Schema["reconciliation.match"]>;
export type ExpectedRow = Selectable<Schema["reconciliation.expected"]>;

export function expectedOf(row: ExpectedRow): Expected {
  return {
    expectedId: row.expected_id,
    kind: row.kind as Expected["kind"],
    payoutId: row.payout_id,
    batchId: row.batch_id,
    partnerId: row.partner_id,
    payeeName: row.payee_name,
    account: row.account,
    endToEndId: row.end_to_end_id,
    refs: row.refs,
    currency: row.currency,
    amountMinor: row.amount_minor,
    expectedOn: row.expected_on,
  };
}

/** Notes what should show at the bank; told again it changes nothing. */
export async function noteExpected(
  db: Db,
  kind: "out" | "back",
  movements: readonly ExpectedMovement[],
  now: Date,
): Promise<void> {
  if (movements.length === 0) return;
  const rows = movements.map((one) => ({
    expected_key: `${kind} ${one.payoutId}`,
    kind,
    payout_id: one.payoutId,
    batch_id: one.batchId,
    partner_id: one.partnerId,
    payee_name: one.payeeName,
    account: one.account,
    end_to_end_id: one.endToEndId,
    refs: [
      ...new Set(
        [one.batchId, one.dispatchId ?? "", ...one.paymentReferences].map(normalised).filter((ref) => ref !== ""),
      ),
    ],
    currency: one.currency,
    amount_minor: BigInt(one.minor),
    expected_on: one.on,
    state: "open",
    noted_at: now,
  }));
  await db
    .insertInto("reconciliation.expected")
    .values(rows)
    .onConflict((conflict) => conflict.column("expected_key").doNothing())
    .execute();
}

/** What will not come after all; not what the bank has shown already. */
export async function withdrawExpected(db: Db, payoutIds: readonly string[]): Promise<void> {
  await sql`update reconciliation.expected set state = 'withdrawn'
    where kind = 'out' and state = 'open' and payout_id = any(${payoutIds}::text[])`.execute(db);
}

export interface FoundPair {
  readonly entry_id: bigint;
  readonly expected_id: bigint;
  /** money that comes back for a payout of which nobody told that it would */
  readonly is_return: boolean;
}

const MOST_OF_AN_ENTRY = 20;

/**
 * What each open entry could be: by a reference, or by currency and amount within some weeks. Set-based, and at most some twenty of each by amount.
 */
export async function findPairs(db: Db, entryIds: readonly bigint[], feeMinor: bigint): Promise<readonly FoundPair[]> {
  const { rows } = await sql<FoundPair>`
    with wanted as (
      select e.* from reconciliation.bank_entry e where e.entry_id = any(${entryIds}::bigint[])
    ), named as (
      select e.entry_id, x.expected_id, x.kind = 'out' and e.amount_minor > 0 as is_return
      from wanted e join reconciliation.expected x
        on (x.end_to_end_id = e.end_to_end_id or upper(regexp_replace(x.end_to_end_id, '[^A-Za-z0-9]', '', 'g')) = any(e.refs))
       and ((x.state = 'open' and (x.kind = 'out') = (e.amount_minor < 0))
         or (x.kind = 'out' and x.state in ('matched', 'booked') and e.amount_minor > 0
             and not exists (select from reconciliation.expected b where b.expected_key = 'back ' || x.payout_id)))
    ), amounts as (
      select e.entry_id, c.expected_id, false as is_return
      from wanted e cross join lateral (
        select x.expected_id from reconciliation.expected x
        where x.state = 'open' and (x.kind = 'out') = (e.amount_minor < 0)
          and ((x.currency = e.currency and x.amount_minor between
                 case when e.amount_minor < 0 then -e.amount_minor - ${feeMinor}::bigint else e.amount_minor end
             and case when e.amount_minor < 0 then -e.amount_minor else e.amount_minor + ${feeMinor}::bigint end)
            or (x.currency = e.original_currency and x.amount_minor = e.original_minor))
          and x.expected_on between e.booked_on - 60 and e.booked_on + 5
        order by abs(e.booked_on - x.expected_on), x.expected_id limit ${MOST_OF_AN_ENTRY}
      ) c
    )
    select distinct entry_id, expected_id, is_return from (select * from named union all select * from amounts) f
    order by entry_id, expected_id`.execute(db);
  return rows;
}

export async function expectedByIds(db: Db, ids: readonly bigint[]): Promise<readonly ExpectedRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ExpectedRow>`select * from reconciliation.expected where expected_id = any(${ids}::bigint[]) order by expected_id`.execute(
      db,
    );
  return rows;
}

export async function expectedByKey(db: Db, key: string): Promise<ExpectedRow | undefined> {
  return await db.selectFrom("reconciliation.expected").selectAll().where("expected_key", "=", key).executeTakeFirst();
}

export async function matchesByIds(db: Db, ids: readonly string[]): Promise<readonly MatchRow[]> {
  return await db
    .selectFrom("reconciliation.match")
    .selectAll()
    .where("match_id", "in", ids.length === 0 ? [""] : [...ids])
    .execute();
}

export async function lockExpected(db: Db, ids: readonly bigint[]): Promise<readonly ExpectedRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ExpectedRow>`select * from reconciliation.expected where expected_id = any(${ids}::bigint[]) order by expected_id for update`.execute(
      db,
    );
  return rows;
}

/** Open movements that a bank may have booked as one: by the names of their file or batch. Only where there are at least two and a sum is wanted. */
export async function openGroups(
  db: Db,
  sums: readonly bigint[],
): Promise<readonly { readonly ref: string; readonly ids: readonly bigint[] }[]> {
  const { rows } = await sql<{ ref: string; ids: bigint[] }>`
    select ref, array_agg(expected_id order by expected_id) as ids
    from reconciliation.expected x cross join lateral unnest(x.refs) as ref
    where x.state = 'open'
    group by ref, x.kind, x.currency
    having count(*) > 1 and sum(x.amount_minor) = any(${sums}::bigint[])`.execute(db);
  return rows;
}

export async function insertMatch(
  db: Db,
  row: Insertable<Schema["reconciliation.match"]>,
  entryIds: readonly bigint[],
  expectedIds: readonly bigint[],
): Promise<void> {
  await db.insertInto("reconciliation.match").values(row).execute();
  await sql`insert into reconciliation.match_entry (match_id, entry_id, living)
    select ${row.match_id}, id, true from unnest(${entryIds}::bigint[]) as id`.execute(db);
  await sql`insert into reconciliation.match_expected (match_id, expected_id, living)
    select ${row.match_id}, id, true from unnest(${expectedIds}::bigint[]) as id`.execute(db);
}

export async function setExpectedStates(db: Db, ids: readonly bigint[], state: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update reconciliation.expected set state = ${state} where expected_id = any(${ids}::bigint[])`.execute(db);
}

export async function lockMatch(db: Db, id: string): Promise<MatchRow | undefined> {
  const query = db.selectFrom("reconciliation.match").selectAll().where("match_id", "=", id);
  return await query.forUpdate().executeTakeFirst();
}

export interface MatchParts {
  readonly entryIds: readonly bigint[];
  readonly expectedIds: readonly bigint[];
}

export async function partsOf(db: Db, matchIds: readonly string[]): Promise<ReadonlyMap<string, MatchParts>> {
  const { rows } = await sql<{ match_id: string; entries: bigint[]; expected: bigint[] }>`
    select m as match_id, array(select entry_id from reconciliation.match_entry e where e.match_id = m order by 1) as entries,
           array(select expected_id from reconciliation.match_expected x where x.match_id = m order by 1) as expected
    from unnest(${matchIds}::text[]) as m`.execute(db);
  return new Map(rows.map((row) => [row.match_id, { entryIds: row.entries, expectedIds: row.expected }]));
}

/** The match is over: its entries and movements are free for another. */
export async function endParts(db: Db, matchId: string): Promise<void> {
  await sql`update reconciliation.match_entry set living = false where match_id = ${matchId}`.execute(db);
  await sql`update reconciliation.match_expected set living = false where match_id = ${matchId}`.execute(db);
}

export async function updateMatch(
  db: Db,
  id: string,
  change: Partial<Insertable<Schema["reconciliation.match"]>>,
): Promise<MatchRow> {
  return await db
    .updateTable("reconciliation.match")
    .set(change)
    .where("match_id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function matchesOfEntry(
  db: Db,
  entryId: bigint,
): Promise<readonly (MatchRow & { readonly living: boolean })[]> {
  return await db
    .selectFrom("reconciliation.match as match")
    .innerJoin("reconciliation.match_entry as part", "part.match_id", "match.match_id")
    .selectAll("match")
    .select("part.living")
    .where("part.entry_id", "=", entryId)
    .orderBy("match.match_id", "desc")
    .execute();
}

export async function matchPage(
  db: Db,
  filter: { readonly state: string; readonly accountId?: string | undefined },
  page: PageRequest,
): Promise<Page<MatchRow>> {
  let query = db.selectFrom("reconciliation.match").selectAll().where("state", "=", filter.state);
  if (filter.accountId !== undefined) query = query.where("bank_account_id", "=", filter.accountId);
  return await keysetPage(query, { name: "newest", columns: ["match_id"], direction: "desc" }, page);
}

export interface AgeRow {
  readonly bucket: string;
  readonly currency: string;
  readonly entries: bigint;
  readonly entries_minor: bigint;
  readonly expected: bigint;
  readonly expected_minor: bigint;
}

/** What is left over on both sides by its age on a day. */
export async function ageing(db: Db, on: string): Promise<readonly AgeRow[]> {
  const { rows } = await sql<AgeRow>`
    with left_over as (
      select currency, ${on}::date - booked_on as days, amount_minor, true as is_entry from reconciliation.bank_entry where state in ('open', 'suggested')
      union all
      select currency, ${on}::date - expected_on, case kind when 'out' then -amount_minor else amount_minor end, false
      from reconciliation.expected where state = 'open'
    )
    select case when days <= 3 then '0-3' when days <= 7 then '4-7' when days <= 30 then '8-30' else '31+' end as bucket, currency,
           count(*) filter (where is_entry) as entries, coalesce(sum(amount_minor) filter (where is_entry), 0)::bigint as entries_minor,
           count(*) filter (where not is_entry) as expected, coalesce(sum(amount_minor) filter (where not is_entry), 0)::bigint as expected_minor
    from left_over group by 1, 2 order by 2, 1`.execute(db);
  return rows;
}

/** Open expected movements that a person may choose: of one kind, found by name, reference or amount. */
export async function searchExpected(
  db: Db,
  filter: { readonly kind: string; readonly q?: string | undefined },
  limit: number,
): Promise<readonly ExpectedRow[]> {
  const text = `%${(filter.q ?? "").toLowerCase()}%`;
  const { rows } = await sql<ExpectedRow>`
    select * from reconciliation.expected
    where state = 'open' and kind = ${filter.kind} and (${filter.q ?? ""} = '' or lower(payee_name) like ${text} or lower(end_to_end_id) like ${text}
      or lower(payout_id) like ${text} or lower(batch_id) like ${text} or amount_minor::text like ${text})
    order by expected_on desc, expected_id desc limit ${limit}`.execute(db);
  return rows;
}
