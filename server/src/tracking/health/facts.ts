import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** First attempts to call a partner within an hour. */
export interface PostbackHour {
  readonly partnerId: string;
  /** of the event, or of the postback where it has none; null: not known */
  readonly programId: string | null;
  /** hours since 1970 in UTC */
  readonly hour: number;
  readonly tried: number;
  readonly failed: number;
}

/**
 * How many first attempts of partners' postbacks failed, hour by hour. Repetitions are left out: an outage would count as many times as it is tried again. Tests
 * and what was sent again by hand are left out, too.
 */
export async function postbackHours(db: Db, from: Date, to: Date): Promise<readonly PostbackHour[]> {
  const { rows } = await sql<{ partner: string; program: string | null; hour: number; tried: bigint; failed: bigint }>`
    select d.partner_id as partner, coalesce(e.program_id, p.program_id) as program,
      floor(extract(epoch from a.at) / 3600)::int as hour, count(*) as tried,
      count(*) filter (where a.status is null or a.status >= 400) as failed
    from tracking.attempt a
      join tracking.delivery d on d.delivery_id = a.delivery_id
      join tracking.postback p on p.postback_id = d.postback_id
      left join tracking.event e on e.event_id = d.event_id
    where a.at >= ${from} and a.at < ${to} and a.attempt = 1 and d.occasion not in ('test', 'resend')
    group by 1, 2, 3`.execute(db);
  return rows.map((row) => ({
    partnerId: row.partner,
    programId: row.program,
    hour: row.hour,
    tried: Number(row.tried),
    failed: Number(row.failed),
  }));
}

/** The last call of a partner that failed since an instant, as evidence. */
export async function lastFailedPostback(
  db: Db,
  partnerId: string,
  since: Date,
): Promise<{ readonly postbackId: string; readonly at: Date; readonly what: string } | undefined> {
  const { rows } = await sql<{ postback: string; at: Date; status: number | null; error: string | null }>`
    select d.postback_id as postback, a.at, a.status, a.error
    from tracking.attempt a join tracking.delivery d on d.delivery_id = a.delivery_id
    where d.partner_id = ${partnerId} and a.at >= ${since} and (a.status is null or a.status >= 400)
    order by a.at desc limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  return { postbackId: row.postback, at: row.at, what: row.status === null ? (row.error ?? "") : `HTTP ${row.status}` };
}

/** Which partners have a link to which offer that is open now: `partner offer`. */
export async function openPairs(db: Db, now: Date): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ partner: string; offer: string }>`
    select distinct partner_id as partner, offer_id as offer from tracking.link
    where status = 'active' and (valid_to is null or valid_to > ${now})`.execute(db);
  return new Set(rows.map((row) => `${row.partner} ${row.offer}`));
}

/** The newest link test of a partner that failed since an instant, and its offer. */
export async function lastFailedLinkTest(
  db: Db,
  partnerId: string,
  offerId: string | null,
  since: Date,
): Promise<{ readonly runId: string; readonly at: Date } | undefined> {
  const { rows } = await sql<{ run: string; at: Date }>`
    select run_id as run, coalesce(finished_at, started_at) as at from tracking.proof_run
    where kind = 'link' and state = 'failed' and partner_id = ${partnerId} and started_at >= ${since}
      and ${offerId === null ? sql`true` : sql`offer_id = ${offerId}`}
    order by run_id desc limit 1`.execute(db);
  const [row] = rows;
  return row && { runId: row.run, at: row.at };
}

/** The links of a partner to an offer (null: to any), for the trail of their changes. */
export async function linksOfPair(db: Db, partnerId: string, offerId: string | null): Promise<readonly string[]> {
  const { rows } = await sql<{ link: string }>`
    select link_id as link from tracking.link where partner_id = ${partnerId}
      and ${offerId === null ? sql`true` : sql`offer_id = ${offerId}`} order by link_id limit 200`.execute(db);
  return rows.map((row) => row.link);
}
