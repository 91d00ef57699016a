import { sql } from "kysely";
import {
  copyRowsInTransaction,
  type Db,
  keysetPage,
  type Page,
  type PageRequest,
  type Tx,
} from "../../../database/index.ts";
import type { Comparison } from "../contracts.ts";
import type { SumRow } from "../core/sums.ts";

const COLUMNS = ["shadow_id", "class", "differences", "notes", "matched_by", "day", "partner_id", "row_id", "event_id", "duplicate_row", "duplicate_event"] as const; // biome-ignore format: a list

/** Puts one comparison in the place of the last. */
export async function replaceResults(
  tx: Tx,
  shadowId: string,
  results: readonly Comparison[],
  sums: readonly SumRow[],
): Promise<void> {
  await sql`delete from tracking.shadow_result where shadow_id = ${shadowId}`.execute(tx);
  await sql`delete from tracking.shadow_sum where shadow_id = ${shadowId}`.execute(tx);
  await copyRowsInTransaction(tx, "tracking.shadow_result", [...COLUMNS], lines(shadowId, results));
  await copyRowsInTransaction(
    tx,
    "tracking.shadow_sum",
    ["shadow_id", "day", "partner_id", "currency", "compared", "agreed", "theirs", "ours", "their_minor", "our_minor"],
    sums.map((row) => [
      shadowId,
      row.day,
      row.partnerId,
      row.currency,
      row.compared,
      row.agreed,
      row.theirs,
      row.ours,
      row.theirMinor,
      row.ourMinor,
    ]),
  );
}

function* lines(shadowId: string, results: readonly Comparison[]) {
  for (const one of results) {
    const theirs = one.theirs !== null;
    yield [
      shadowId, one.class, `{${one.differences.join(",")}}`, `{${one.notes.join(",")}}`, one.by, one.day, one.partnerId, one.theirs?.key ?? null, one.ours?.key ?? null,
      theirs ? one.duplicateOf : null, theirs ? null : one.duplicateOf,
    ]; // biome-ignore format: in the order of the columns
  }
}

export interface ResultFilter {
  readonly class?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
}

function results(db: Db) {
  return db
    .selectFrom("tracking.shadow_result as x")
    .leftJoin("tracking.shadow_row as t", "t.row_id", "x.row_id")
    .leftJoin("tracking.event as e", "e.event_id", "x.event_id")
    .leftJoin("tracking.receipt as r", (join) =>
      join.onRef("r.lane", "=", "e.lane").onRef("r.seq", "=", "e.seq").onRef("r.line", "=", "e.line"),
    )
    .select([
      "x.result_id",
      "x.shadow_id",
      "x.class",
      "x.differences",
      "x.notes",
      "x.matched_by",
      "x.day",
      "x.partner_id",
    ])
    .select(["x.event_id", "x.row_id", "x.duplicate_row", "x.duplicate_event"])
    .select([
      "t.occurred_at as their_at",
      "t.type as their_type",
      "t.order_id",
      "t.click_id as their_click",
      "t.customer_ref as their_customer",
    ])
    .select(["t.partner_ref", "t.currency as their_currency", "t.minor as their_minor", "t.status as their_status"])
    .select([
      "e.occurred_at as our_at",
      "e.type as our_type",
      "e.external_id",
      "e.click_id as our_click",
      "e.bad_click_id",
      "e.customer_ref as our_customer",
    ])
    .select([
      "e.customer_id",
      "e.partner_id as our_partner",
      "e.currency as our_currency",
      "e.measures",
      "e.void",
      "e.lane",
      "e.seq",
      "e.line",
    ])
    .select("r.reason");
}

/** One page of results in the order in which they were found, by the columns of an index. */
export async function resultPage(db: Db, shadowId: string, filter: ResultFilter, page: PageRequest) {
  let query = results(db).where("x.shadow_id", "=", shadowId);
  query = filter.class ? query.where("x.class", "in", filter.class) : query.where("x.class", "<>", "agrees");
  if (filter.partnerId) query = query.where("x.partner_id", "in", filter.partnerId);
  if (filter.from) query = query.where("x.day", ">=", filter.from);
  if (filter.to) query = query.where("x.day", "<", filter.to);
  if (filter.q) {
    const { q } = filter;
    query = query.where((is) =>
      is.or([
        is("t.order_id", "=", q), is("t.click_id", "=", q), is("t.customer_ref", "=", q), is("e.external_id", "=", q), is("e.click_id", "=", q),
        is("e.bad_click_id", "=", q), is("e.customer_ref", "=", q),
      ]),
    ); // biome-ignore format: a list
  }
  return await keysetPage(query, { name: "newest", columns: ["x.day", "x.result_id"], direction: "desc" }, page);
}
export type ResultRow = Awaited<ReturnType<typeof resultPage>> extends Page<infer R> ? R : never;

export async function findResult(db: Db, resultId: bigint): Promise<ResultRow | undefined> {
  return await results(db).where("x.result_id", "=", resultId).executeTakeFirst();
}

/** Their row as it came, and where from. */
export async function rawRow(db: Db, rowId: bigint) {
  return await db
    .selectFrom("tracking.shadow_row as t")
    .leftJoin("tracking.shadow_file as f", "f.file_id", "t.file_id")
    .select(["t.raw", "t.line", "t.receipt", "f.name"])
    .where("t.row_id", "=", rowId)
    .executeTakeFirst();
}

/** The result that holds a row of theirs or an event of ours. */
export async function resultOf(
  db: Db,
  shadowId: string,
  side: "row_id" | "event_id",
  id: bigint,
): Promise<bigint | undefined> {
  const found = await db
    .selectFrom("tracking.shadow_result")
    .select("result_id")
    .where("shadow_id", "=", shadowId)
    .where(side, "=", id)
    .executeTakeFirst();
  return found?.result_id;
}

interface SumsRow {
  readonly compared: number;
  readonly agreed: number;
  readonly theirs: number;
  readonly ours: number;
  readonly amounts: readonly { readonly currency: string; readonly theirs: string; readonly ours: string }[];
}

/** Sums by day or by partner, a page at a time. Days: the newest first. */
export async function sumsPage<By extends "day" | "partner_id">(
  db: Db,
  shadowId: string,
  by: By,
  page: PageRequest,
): Promise<Page<SumsRow & { readonly [key in By]: string }>> {
  const grouped = db
    .selectFrom("tracking.shadow_sum")
    .where("shadow_id", "=", shadowId)
    .groupBy(["shadow_id", by, "currency"])
    .select([by as "day", "currency"])
    .select(sql<number>`sum(compared)::integer`.as("compared"))
    .select(sql<number>`sum(agreed)::integer`.as("agreed"))
    .select(sql<number>`sum(theirs)::integer`.as("theirs"))
    .select(sql<number>`sum(ours)::integer`.as("ours"))
    .select(sql<bigint>`sum(their_minor)::bigint`.as("their_minor"))
    .select(sql<bigint>`sum(our_minor)::bigint`.as("our_minor"));
  const whole = db
    .selectFrom(grouped.as("g"))
    .groupBy(by as "day")
    .select(by as "day")
    .select(sql<number>`sum(compared)::integer`.as("compared"))
    .select(sql<number>`sum(agreed)::integer`.as("agreed"))
    .select(sql<number>`sum(theirs)::integer`.as("theirs"))
    .select(sql<number>`sum(ours)::integer`.as("ours"))
    .select(
      sql<
        SumsRow["amounts"]
      >`coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'theirs', their_minor::text, 'ours', our_minor::text)
        order by currency) filter (where currency <> ''), '[]')`.as("amounts"),
    );
  const paged = db.selectFrom(whole.as("s")).selectAll();
  const order = { name: by, columns: [by], direction: by === "day" ? "desc" : "asc" } as const;
  return (await keysetPage(paged, order, page)) as unknown as Page<SumsRow & { readonly [key in By]: string }>;
}

export interface PartnerVote {
  readonly partnerRef: string;
  readonly partnerId: string | null;
  readonly conversions: number;
  readonly agreed: number;
}

/** Whom we give the conversions of each partner of theirs to. */
export async function partnerVotes(db: Db, shadowId: string): Promise<readonly PartnerVote[]> {
  const { rows } = await sql<{ partner_ref: string; partner_id: string | null; conversions: number; agreed: number }>`
    select t.partner_ref, e.partner_id, count(*)::integer as conversions, count(*) filter (where x.class = 'agrees')::integer as agreed
    from tracking.shadow_result x join tracking.shadow_row t on t.row_id = x.row_id left join tracking.event e on e.event_id = x.event_id
    where x.shadow_id = ${shadowId} and t.partner_ref is not null
    group by 1, 2`.execute(db);
  return rows.map((row) => ({
    partnerRef: row.partner_ref,
    partnerId: row.partner_id,
    conversions: row.conversions,
    agreed: row.agreed,
  }));
}
