import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import {
  arrayLiteral,
  type Db,
  keysetPage,
  type Page,
  type PageRequest,
  type Schema,
  type Tx,
} from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";

export type LineRow = Selectable<Schema["commissions.line"]> & { readonly latest: boolean; readonly held: bigint };

const LATEST = sql<boolean>`not exists (select from commissions.line n
  where n.line_key = line.line_key and n.version = line.version + 1)`;

const HELD = sql<bigint>`coalesce((select h.held_minor from commissions.held h
  where h.line_key = line.line_key and h.version = line.version), 0)`;

function withLatest(db: Db) {
  return db
    .selectFrom("commissions.line as line")
    .selectAll("line")
    .select([LATEST.as("latest"), HELD.as("held")]);
}

export interface LineFilter {
  readonly partnerId?: string | undefined;
  readonly programId?: string | undefined;
  readonly month?: Month | undefined;
  readonly bookedMonth?: Month | undefined;
  readonly currency?: string | undefined;
  readonly component?: string | undefined;
  readonly customerId?: bigint | undefined;
  readonly latest?: boolean | undefined;
}

/** Line versions, the newest first. */
export async function linePage(
  db: Db,
  within: RecordReach,
  filter: LineFilter,
  page: PageRequest,
): Promise<Page<LineRow>> {
  let query = whereWithin(withLatest(db), within, "line.partner_id", "line.program_id");
  if (filter.partnerId !== undefined) query = query.where("line.partner_id", "=", filter.partnerId);
  if (filter.programId !== undefined) query = query.where("line.program_id", "=", filter.programId);
  if (filter.month !== undefined) query = query.where("line.month", "=", filter.month);
  if (filter.bookedMonth !== undefined) query = query.where("line.booked_month", "=", filter.bookedMonth);
  if (filter.currency !== undefined) query = query.where("line.currency", "=", filter.currency);
  if (filter.component !== undefined) query = query.where("line.component", "=", filter.component);
  if (filter.customerId !== undefined)
    query = query.where("line.subject_kind", "=", "customer").where("line.subject_id", "=", String(filter.customerId));
  if (filter.latest === true) query = query.where(LATEST);
  return await keysetPage(query, { name: "newest", columns: ["line.line_id"], direction: "desc" }, page);
}

export async function lineRow(db: Db, lineId: bigint): Promise<LineRow | undefined> {
  return await withLatest(db).where("line.line_id", "=", lineId).executeTakeFirst();
}

export async function versionsOfLine(db: Db, lineKey: string): Promise<readonly LineRow[]> {
  return await withLatest(db).where("line.line_key", "=", lineKey).orderBy("line.version", "desc").execute();
}

/** A line version booked in a month, as far as a statement counts it. */
export interface BookedPart {
  /** which of the months asked for, from zero */
  readonly position: number;
  readonly lineKey: string;
  readonly version: number;
  readonly differenceMinor: bigint;
  readonly workingHash: string;
  readonly programId: string;
  readonly component: string;
}

/** Opens the pass over all line versions booked in some months, one month after the other, each in the order of booking. */
export async function openBooked(
  tx: Tx,
  months: readonly { readonly partnerId: string; readonly currency: string; readonly month: Month }[],
): Promise<void> {
  await sql`
    declare booked_lines no scroll cursor for
    select (b.position - 1)::int as position, l.line_key as "lineKey", l.version, l.difference_minor as "differenceMinor",
           l.working_hash as "workingHash", l.program_id as "programId", l.component
    from unnest(${arrayLiteral(months.map((one) => one.partnerId))}::text[], ${arrayLiteral(months.map((one) => one.currency))}::text[],
                ${arrayLiteral(months.map((one) => one.month))}::date[]) with ordinality as b (partner_id, currency, month, position)
    cross join lateral (
      select * from commissions.line
      where partner_id = b.partner_id and currency = b.currency and booked_month = b.month order by line_id
    ) as l`.execute(tx);
}

export async function fetchBooked(tx: Tx, limit: number): Promise<readonly BookedPart[]> {
  return (await sql<BookedPart>`fetch forward ${sql.lit(limit)} from booked_lines`.execute(tx)).rows;
}

export async function closeBooked(tx: Tx): Promise<void> {
  await sql`close booked_lines`.execute(tx);
}

/** A line version booked in a month, as an export shows it. */
export interface BookedRecord {
  readonly lineId: bigint;
  readonly lineKey: string;
  readonly version: number;
  readonly programId: string;
  readonly component: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly month: Month;
  readonly earnedOn: string;
  readonly heldUntil: string | null;
  readonly amountMinor: bigint;
  readonly differenceMinor: bigint;
  readonly workingHash: string;
}

/** Line versions booked in a month after one of them, in the order of booking. */
export async function bookedRecords(
  db: Db,
  place: { readonly partnerId: string; readonly currency: string; readonly month: Month },
  after: bigint,
  limit: number,
): Promise<readonly BookedRecord[]> {
  const { rows } = await sql<BookedRecord>`
    select line_id as "lineId", line_key as "lineKey", version, program_id as "programId", component, subject_kind as "subjectKind",
           subject_id as "subjectId", month, earned_on as "earnedOn", held_until as "heldUntil", amount_minor as "amountMinor",
           difference_minor as "differenceMinor", working_hash as "workingHash"
    from commissions.line
    where partner_id = ${place.partnerId} and currency = ${place.currency} and booked_month = ${place.month}::date and line_id > ${after}
    order by line_id limit ${limit}`.execute(db);
  return rows;
}

export interface Carry {
  readonly programId: string;
  readonly component: string;
  /** exact decimals of the line's currency; negative */
  readonly in: string;
  readonly out: string;
}

/** Of lines about the month that carry something: the newest version of each. */
export async function carriesOf(
  db: Db,
  place: { readonly partnerId: string; readonly currency: string; readonly month: Month },
): Promise<readonly Carry[]> {
  const { rows } = await sql<Carry>`
    select distinct on (line_key) program_id as "programId", component, working #>> '{carry,in}' as "in", working #>> '{carry,out}' as "out"
    from commissions.line
    where partner_id = ${place.partnerId} and currency = ${place.currency} and month = ${place.month}::date and booked_month = ${place.month}::date
      and jsonb_typeof(working -> 'carry') = 'object'
    order by line_key, version desc`.execute(db);
  return rows.filter((row) => row.in !== "0" || row.out !== "0");
}

/** Why months of partners up to one wait for their calculation, by partner. */
export async function waitingProblems(
  db: Db,
  partnerIds: readonly string[],
  month: Month,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ partner_id: string; problem: string }>`
    select partner_id, min(problem) as problem from commissions.dirty
    where partner_id = any(${arrayLiteral([...partnerIds])}::text[]) and month <= ${month}::date and problem is not null
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.partner_id, row.problem]));
}

export interface ContributionRow {
  readonly customer_id: bigint;
  readonly measure: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** What customers brought to some measures in a month, the largest first. */
export async function contributions(
  db: Db,
  customerIds: readonly bigint[],
  measures: readonly string[],
  month: Month,
  limit: number,
): Promise<readonly ContributionRow[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<ContributionRow>`
    select customer_id, measure, currency, sum(amount)::bigint as minor from commissions.fact_day
    where customer_id = any(${customerIds}::bigint[]) and measure = any(${measures}::text[]) and currency <> ''
      and day >= ${month}::date and day < ${month}::date + interval '1 month'
    group by 1, 2, 3 order by abs(sum(amount)) desc, 1, 2, 3 limit ${limit}`.execute(db);
  return rows;
}

export type WaitingRow = Selectable<Schema["commissions.dirty"]>;

/** Months that wait for their calculation. */
export async function waitingPage(
  db: Db,
  within: RecordReach,
  filter: {
    readonly partnerId?: string | undefined;
    readonly programId?: string | undefined;
    readonly problems?: boolean | undefined;
  },
  page: PageRequest,
): Promise<Page<WaitingRow>> {
  let query = whereWithin(db.selectFrom("commissions.dirty").selectAll(), within, "partner_id", "program_id");
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.programId !== undefined) query = query.where("program_id", "=", filter.programId);
  if (filter.problems === true) query = query.where("problem", "is not", null);
  return await keysetPage(
    query,
    { name: "place", columns: ["program_id", "partner_id", "month"], direction: "asc" },
    page,
  );
}
