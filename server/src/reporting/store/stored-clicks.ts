import type { Analytics } from "../../database/index.ts";

export interface StoredRange {
  readonly lane: number;
  readonly from: bigint;
  /** exclusive */
  readonly to: bigint;
  /** The months that the clicks of the range fall into are all that has to be looked at: earliest and latest instant, ms. */
  readonly since: number;
  readonly until: number;
}

/** Which clicks of a range are stored already. */
export async function storedSeqs(analytics: Analytics, table: string, range: StoredRange): Promise<Set<bigint>> {
  const result = await analytics.query({
    query: `select seq from ${table}
            where lane = {lane:UInt32} and seq >= {from:UInt64} and seq < {to:UInt64}
              and at >= fromUnixTimestamp64Milli({since:Int64}) and at <= fromUnixTimestamp64Milli({until:Int64})`,
    query_params: {
      lane: range.lane,
      from: String(range.from),
      to: String(range.to),
      since: String(range.since),
      until: String(range.until),
    },
    format: "JSONEachRow",
  });
  const rows = await result.json<{ seq: string }>();
  return new Set(rows.map((row) => BigInt(row.seq)));
}

/** Whether an insert into the table is still under way, e.g. one that a killed shipper sent. */
export async function insertsRunning(analytics: Analytics, table: string): Promise<boolean> {
  const result = await analytics.query({
    query: "select count() as running from system.processes where startsWith(lower(query), {begin:String})",
    query_params: { begin: `insert into ${table} (` },
    format: "JSONEachRow",
  });
  const [row] = await result.json<{ running: string }>();
  return Number(row?.running ?? 0) > 0;
}
