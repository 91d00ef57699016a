import type { Analytics, Db } from "../database/index.ts";
import { TRAFFIC_TABLES } from "./shipping/clicks.ts";
import { whileShipping } from "./shipping/lock.ts";
import { type Shippers, type ShippingContext, shippers } from "./shipping/shipper.ts";
import { allLanes, clickEntries, finishBatch, type LaneState, planBatch, purgedUpTo } from "./store/lanes.ts";
import { inLog } from "./store/totals.ts";
import { callSeqsAfter, customersAfter, eventsAfter, nextVersion } from "./store/waiting.ts";

export interface AnalyticsReplayed {
  readonly clicks: number;
  readonly impressions: number;
  readonly events: number;
  readonly customers: number;
  readonly receipts: number;
}

export interface AnalyticsReplayOptions {
  readonly onProgress?: (table: string, rows: number) => void;
}

const TABLES = ["clicks", "impressions", "events", "customers", "intake"] as const;
const CLICKS_A_STEP = 25_000n;
const RECORDS_A_STEP = 10_000;
const CALLS_A_STEP = 1_000;

/**
 * Builds every ClickHouse table again from PostgreSQL, beside the ones in use, and exchanges them at the end: reports answer all
 * the while. Nothing else ships meanwhile; what changes during the replay is shipped after it. A replay that breaks off leaves
 * the tables in use as they were.
 */
export async function replayAnalytics(
  ctx: ShippingContext,
  options: AnalyticsReplayOptions = {},
): Promise<AnalyticsReplayed> {
  const replayed = await whileShipping(ctx.db, (db) => replay(ctx.analytics, shippers(ctx), db, options), {
    wait: true,
  });
  if (replayed === undefined) throw new Error("the shipping lock was not granted");
  return replayed;
}

async function replay(
  analytics: Analytics,
  ships: Shippers,
  db: Db,
  options: AnalyticsReplayOptions,
): Promise<AnalyticsReplayed> {
  await ships.refresh(db);
  for (const table of TABLES) {
    await analytics.command({ query: `drop table if exists ${again(table)} sync` });
    await analytics.command({ query: `create table ${again(table)} as ${table}` });
  }
  const count = counter(options);
  const lanes = await allLanes(db);
  const old = await keepOld(analytics, await purgedUpTo(db));
  for (const lane of lanes) await sendTraffic(ships, db, lane, old.has(lane.lane) ? lane.purgedSeq : 0n, count);
  const version = await nextVersion(db);
  await sendCustomers(ships, db, version, (rows) => count("customers", rows));
  await sendEvents(ships, db, version, (rows) => count("events", rows));
  for (const lane of lanes) await sendCalls(ships, db, lane.lane, version, (rows) => count("intake", rows));
  await exchange(analytics, db, lanes);
  const { clicks, impressions, events, customers, intake } = count.totals;
  return { clicks, impressions, events, customers, receipts: intake };
}

function counter(options: AnalyticsReplayOptions) {
  const totals = { clicks: 0, impressions: 0, events: 0, customers: 0, intake: 0 };
  const count = (table: keyof typeof totals, rows: number): void => {
    totals[table] += rows;
    options.onProgress?.(table, totals[table]);
  };
  return Object.assign(count, { totals });
}

/**
 * The clicks up to each lane's end are planned before the tables change places: a kill between the exchange and the last line here
 * leaves a planned batch, and the next shipper finds all of it there already.
 */
async function exchange(analytics: Analytics, db: Db, lanes: readonly LaneState[]): Promise<void> {
  const ends = lanes.flatMap((lane) =>
    lane.head === null ? [] : [{ lane: lane.lane, end: lane.head + 1n, closed: lane.closed }],
  );
  for (const { lane, end } of ends) await planBatch(db, lane, 0n, end);
  for (const table of TABLES) await analytics.command({ query: `exchange tables ${table} and ${again(table)}` });
  for (const { lane, end, closed } of ends) await finishBatch(db, lane, end, closed);
  for (const table of TABLES) await analytics.command({ query: `drop table if exists ${again(table)} sync` });
}

function again(table: string): string {
  return `${table}_again`;
}

type Count = (rows: number) => void;
type Counter = ReturnType<typeof counter>;

/**
 * What has left the log is taken from the tables in use: nowhere else is it still.
 * @returns the lanes of which there was something; of the others (analytics that were lost) the log's rest is sent
 */
async function keepOld(analytics: Analytics, purged: ReadonlyMap<number, bigint>): Promise<ReadonlySet<number>> {
  const kept = new Set<number>();
  if (purged.size === 0) return kept;
  const { condition, params } = inLog(purged);
  for (const table of TRAFFIC_TABLES) {
    const query_params = params;
    const where = `where not (${condition})`;
    await analytics.command({ query: `insert into ${again(table)} select * from ${table} ${where}`, query_params });
    const query = `select distinct lane from ${table} ${where}`;
    const lanes = await (await analytics.query({ query, query_params, format: "JSONEachRow" })).json<{
      lane: number;
    }>();
    for (const { lane } of lanes) kept.add(Number(lane));
  }
  return kept;
}

async function sendTraffic(ships: Shippers, db: Db, lane: LaneState, start: bigint, count: Counter): Promise<void> {
  if (lane.head === null) return;
  for (let from = start; from <= lane.head; from += CLICKS_A_STEP) {
    const to = from + CLICKS_A_STEP > lane.head ? lane.head + 1n : from + CLICKS_A_STEP;
    const entries = await clickEntries(db, lane.lane, from, to);
    await ships.clicks.send(entries, again, `again:${lane.lane}:${from}:${to}`);
    const shown = entries.filter((entry) => entry.kind === 2).length;
    count("clicks", entries.length - shown);
    count("impressions", shown);
  }
}

async function sendCustomers(ships: Shippers, db: Db, version: bigint, count: Count): Promise<void> {
  for (let after = 0n; ; ) {
    const customers = await customersAfter(db, after, RECORDS_A_STEP);
    const last = customers.at(-1);
    if (!last) return;
    await ships.records.sendCustomers(db, customers, version, again("customers"));
    count(customers.length);
    after = last.customer_id;
  }
}

async function sendEvents(ships: Shippers, db: Db, version: bigint, count: Count): Promise<void> {
  for (let after = 0n; ; ) {
    const events = await eventsAfter(db, after, RECORDS_A_STEP);
    const last = events.at(-1);
    if (!last) return;
    await ships.records.sendEvents(db, events, version, again("events"));
    count(events.length);
    after = last.event_id;
  }
}

async function sendCalls(ships: Shippers, db: Db, lane: number, version: bigint, count: Count): Promise<void> {
  for (let after = -1n; ; ) {
    const seqs = await callSeqsAfter(db, lane, after, CALLS_A_STEP);
    const last = seqs.at(-1);
    if (last === undefined) return;
    count(await ships.records.sendCalls(db, lane, seqs, version, again("intake")));
    after = last;
  }
}
