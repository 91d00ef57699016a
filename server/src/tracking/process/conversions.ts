import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** An event as far as a report of credits reads it. */
export interface Conversion {
  readonly eventId: bigint;
  readonly customerId: bigint;
  /** milliseconds since 1970 */
  readonly at: number;
  readonly clickId: string | null;
  readonly currency: string | null;
  readonly measures: Readonly<Record<string, string>>;
}

/** Events of one type that count, by when they happened: `from` inclusive, `to` exclusive; at most `limit`, in the order of their ids. */
export async function conversionsOf(
  db: Db,
  asked: {
    readonly programId: string;
    readonly type: string;
    readonly from: Date;
    readonly to: Date;
    readonly limit: number;
  },
): Promise<Conversion[]> {
  const { rows } = await sql<{
    event_id: bigint;
    customer_id: bigint;
    at: number;
    click_id: string | null;
    currency: string | null;
    measures: Record<string, string>;
  }>`
    select event_id, customer_id, (extract(epoch from occurred_at) * 1000)::float8 as at, click_id, currency, measures
    from tracking.event
    where program_id = ${asked.programId} and type = ${asked.type} and superseded_by is null and not void
      and occurred_at >= ${asked.from} and occurred_at < ${asked.to}
    order by event_id limit ${asked.limit}`.execute(db);
  return rows.map((row) => ({
    eventId: row.event_id,
    customerId: row.customer_id,
    at: row.at,
    clickId: row.click_id,
    currency: row.currency,
    measures: row.measures,
  }));
}
