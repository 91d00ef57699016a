import { sql } from "kysely";
import type { Analytics, Db } from "../../database/index.ts";

/** How many rows there are and a sum over all of them that changes when one does. */
export interface Total {
  readonly rows: bigint;
  readonly checksum: bigint;
}

/**
 * The sum of the first eight hexadecimal digits of the MD5 of a row's text: computed the same way on both sides, so the rows do
 * not have to meet. A lost, doubled or changed row changes it.
 */
const pgSum = (text: ReturnType<typeof sql>) =>
  sql`coalesce(sum(('x' || substr(md5(${text}), 1, 8))::bit(32)::int8), 0)::text`;
const chSum = (text: string): string =>
  `toString(sum(reinterpretAsUInt32(reverse(unhex(substring(lower(hex(MD5(${text}))), 1, 8))))))`;

type PgRow = { rows: bigint; checksum: string };

export const TOTALS = ["clicks", "impressions", "events", "customers", "intake"] as const;
export type TotalOf = (typeof TOTALS)[number];

/** What PostgreSQL says. Clicks and calls: entries of a lane below a seq. */
export async function totalInPostgres(db: Db, table: TotalOf): Promise<Total> {
  const result = await queries[table](db);
  const [row] = result.rows;
  return { rows: row?.rows ?? 0n, checksum: BigInt(row?.checksum ?? "0") };
}

const visits = (db: Db, kind: 1 | 2) =>
  sql<PgRow>`
    select count(*) as rows, ${pgSum(
      sql`concat_ws(' ', e.lane, e.seq, e.body::jsonb ->> 'id', e.body::jsonb ->> 'verdict', e.body::jsonb ->> 'partnerId', e.body::jsonb ->> 'at')`,
    )} as checksum
    from reporting.lane l join reporting.intake_lane i using (lane)
    join reporting.intake_entry e on e.lane = l.lane and e.seq < l.next_seq and e.seq >= i.purged_seq
    where e.kind = ${kind} and e.body not like '%,"test":true}'`.execute(db);

const queries = {
  clicks: (db: Db) => visits(db, 1),
  impressions: (db: Db) => visits(db, 2),
  events: (db: Db) =>
    sql<PgRow>`
      select count(*) as rows, ${pgSum(
        sql`concat_ws(' ', event_id, program_id, type, external_id, customer_id, coalesce(partner_id, ''), coalesce(currency, ''),
          coalesce(superseded_by, 0), void::int, coalesce(measures ->> 'deposit', '0'), day)`,
      )} as checksum from reporting.event`.execute(db),
  customers: (db: Db) =>
    sql<PgRow>`
      select count(*) as rows, ${pgSum(
        sql`concat_ws(' ', customer_id, program_id, customer_ref, coalesce(partner_id, ''), coalesce(ftd_minor, 0), coalesce(ftd_currency, ''),
          coalesce(floor(extract(epoch from registered_at) * 1000), 0)::int8, coalesce(floor(extract(epoch from ftd_at) * 1000), 0)::int8)`,
      )} as checksum from reporting.customer`.execute(db),
  intake: (db: Db) =>
    sql<PgRow>`
      select count(*) as rows, ${pgSum(
        sql`concat_ws(' ', lane, seq, line, fate, coalesce(reason, ''), coalesce(event_id, 0), coalesce(partner_id, ''))`,
      )} as checksum from reporting.receipt`.execute(db),
} as const;

// A visit without a partner has none in its body at all, and PostgreSQL's concat_ws leaves it out.
const VISIT =
  "concatWithSeparator(' ', toString(lane), toString(seq), click_id, if(partner_id = '', toString(verdict), concat(toString(verdict), ' ', toString(partner_id))), toString(toUnixTimestamp64Milli(at)))";

const ROW_TEXTS: Readonly<Record<TotalOf, string>> = {
  clicks: VISIT,
  impressions: VISIT,
  events:
    "concatWithSeparator(' ', toString(event_id), toString(program_id), toString(type), external_id, toString(customer_id), toString(partner_id), toString(currency), toString(superseded_by), toString(toUInt8(void)), toString(measures['deposit']), toString(day))",
  customers:
    "concatWithSeparator(' ', toString(customer_id), toString(program_id), customer_ref, toString(partner_id), toString(ftd_minor), toString(ftd_currency), toString(ifNull(toUnixTimestamp64Milli(registered_at), 0)), toString(ifNull(toUnixTimestamp64Milli(ftd_at), 0)))",
  intake:
    "concatWithSeparator(' ', toString(lane), toString(seq), toString(line), toString(fate), toString(reason), toString(event_id), toString(partner_id))",
};

/** Rows of a table of clicks or impressions that the log still has to hold; `purged`: where each lane begins to be whole. */
export function inLog(purged: ReadonlyMap<number, bigint>): { condition: string; params: Record<string, unknown> } {
  if (purged.size === 0) return { condition: "true", params: {} };
  return {
    condition: "seq >= transform(lane, {purged_lanes:Array(UInt32)}, {purged_seqs:Array(UInt64)}, toUInt64(0))",
    params: { purged_lanes: [...purged.keys()], purged_seqs: [...purged.values()].map(Number) },
  };
}

/** What ClickHouse says. */
export async function totalInClickhouse(
  analytics: Analytics,
  table: TotalOf,
  purged: ReadonlyMap<number, bigint>,
): Promise<Total> {
  const isTraffic = table === "clicks" || table === "impressions";
  const { condition, params } = inLog(isTraffic ? purged : new Map());
  const result = await analytics.query({
    query: `select toString(count()) as rows, ${chSum(ROW_TEXTS[table])} as checksum from ${table}${isTraffic ? "" : " final"} where ${condition}`,
    query_params: params,
    format: "JSONEachRow",
  });
  const [row] = await result.json<{ rows: string; checksum: string }>();
  return { rows: BigInt(row?.rows ?? "0"), checksum: BigInt(row?.checksum ?? "0") };
}
