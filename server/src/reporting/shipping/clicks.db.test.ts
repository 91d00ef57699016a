import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../../test/harness/index.ts";
import {
  type Analytics,
  clickhouseMigrations,
  migrateClickhouse,
  openAnalytics,
  readMigrations,
} from "../../database/index.ts";
import { type ClickhouseEngine, startClickhouse } from "../../shell/engines/clickhouse-engine.ts";
import { shipAll, startShipping } from "./shipper.ts";

/** More rounds by TRIBUTARY_KILLS: whether a race is met is a matter of luck. */
const ENGINE_KILLS = Number(process.env.TRIBUTARY_KILLS ?? 4);
const SHIPPER_KILLS = Number(process.env.TRIBUTARY_KILLS ?? 3);

const noClickIds = { read: () => undefined };

describe("clicks are shipped exactly once", () => {
  let database: TestDatabase;
  let folder: string;
  let engine: ClickhouseEngine;
  let analytics: Analytics;

  async function startEngine(): Promise<void> {
    engine = await startClickhouse({ directory: folder, durable: false, readers: 1 });
    await migrateClickhouse(engine.url, readMigrations(clickhouseMigrations));
    analytics = openAnalytics(engine.url);
  }

  before(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), "tributary-kill-"));
    await startEngine();
  });
  after(async () => {
    await analytics.close();
    await engine.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Appends as the edge does: seqs follow each other; every fifth entry is a call, every seventh of the others an impression. The times span three months. */
  async function append(lane: number, count: number): Promise<void> {
    await sql`
      insert into intake.lane (lane, writer, opened_at) overriding system value values (${lane}, 'test', now()) on conflict do nothing`.execute(
      database.db,
    );
    await sql`
      insert into intake.entry (lane, seq, kind, received_at, body)
      select ${lane}, n, case when n % 5 = 0 then 3 when n % 7 = 0 then 2 else 1 end, now(),
        json_build_object('v', 1, 'id', 'id-' || n, 'at', 1767225600000 + (n % 90) * 86400000 + n, 'verdict', 'click', 'to', 'landing', 'link', 1,
          'programId', 'prg_1', 'partnerId', 'prt_' || (n % 7), 'sub1', 's' || (n % 11), 'ua', 'Mozilla/5.0')::text
      from (select coalesce(max(seq), 0) as top from intake.entry where lane = ${lane}) last,
           generate_series(last.top + 1, last.top + ${count}) n`.execute(database.db);
  }

  async function check(): Promise<{ clicks: number; entries: number }> {
    const [stored] = await (
      await analytics.query({
        query: `select toString(count()) as clicks, toString(uniqExact(lane, seq)) as places, toString(sum(seq)) as seqs,
          toString((select count() from clicks)) as alone
          from (select lane, seq from clicks union all select lane, seq from impressions)`,
        format: "JSONEachRow",
      })
    ).json<{ clicks: string; places: string; seqs: string; alone: string }>();
    const log = await sql<{ clicks: bigint; seqs: string; alone: bigint }>`
      select count(*) as clicks, coalesce(sum(seq), 0)::text as seqs, count(*) filter (where kind = 1) as alone
      from intake.entry where kind in (1, 2)`.execute(database.db);
    assert.equal(stored?.clicks, String(log.rows[0]?.clicks), "as many as in the log");
    assert.equal(stored?.places, stored?.clicks, "none twice");
    assert.equal(
      stored?.alone,
      String(log.rows[0]?.alone),
      "clicks among the clicks, impressions among the impressions",
    );
    assert.equal(stored?.seqs, log.rows[0]?.seqs, "the same ones");
    return { clicks: Number(stored?.clicks), entries: Number(log.rows[0]?.clicks) };
  }

  async function batchesUnderWay(): Promise<number> {
    const lanes = await sql<{ lanes: bigint }>`
      select count(*) as lanes from reporting.lane where planned_seq is not null`.execute(database.db);
    return Number(lanes.rows[0]?.lanes);
  }

  /** Waits until a batch is under way; a quick shipper may have put all of them in place between two looks. */
  async function underWay(ended: Promise<unknown>): Promise<void> {
    const patience = AbortSignal.timeout(60_000);
    let running = true;
    void ended.then(() => {
      running = false;
    });
    while (!patience.aborted) {
      assert.ok(running, "the shipper ended by itself");
      if ((await batchesUnderWay()) > 0 || (await nothingLeft())) return;
      await sleep(5);
    }
    assert.fail("no batch was begun");
  }

  async function nothingLeft(): Promise<boolean> {
    const left = await sql<{ left: boolean }>`
      select not exists (
        select from intake.entry e left join reporting.lane l using (lane) where e.seq >= coalesce(l.next_seq, 0)) as left`.execute(
      database.db,
    );
    return left.rows[0]?.left === true;
  }

  it("ships what is there, and nothing twice when asked again", async () => {
    await append(1, 3_000);
    await append(2, 40_000);
    const ctx = { db: database.db, analytics, clickIds: noClickIds };
    assert.equal(await shipAll(ctx), 34_400);
    assert.equal(await shipAll(ctx), 0);
    await check();
  });

  it("loses and doubles nothing while the engine is killed again and again", async () => {
    let kills = 0;
    let interrupted = 0;
    for (let round = 0; round < ENGINE_KILLS; round += 1) {
      await append(1 + (round % 3), 30_000);
      const shipping = startShipping({ db: database.db, analytics, clickIds: noClickIds }, { idleMs: 5 });
      await sleep(20 + Math.floor(Math.random() * 400));
      process.kill(engine.pid, "SIGKILL");
      kills += 1;
      await engine.exited;
      await shipping.stop();
      interrupted += await batchesUnderWay();
      await analytics.close();
      await startEngine();
    }
    await shipAll({ db: database.db, analytics, clickIds: noClickIds });
    const { clicks } = await check();
    console.log(`      ${kills} kills of the engine, ${interrupted} batches interrupted, ${clicks} clicks in place`);
  });

  it("loses and doubles nothing while the shipper is killed again and again", async () => {
    let kills = 0;
    let interrupted = 0;
    for (let round = 0; round < SHIPPER_KILLS; round += 1) {
      await append(4 + (round % 2), 30_000);
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "ship-in-a-loop.fixture.ts"), database.url, engine.url],
        {
          stdio: ["ignore", "pipe", "inherit"],
          env: { ...process.env, NODE_TEST_CONTEXT: undefined },
        },
      );
      // Listened for from the start: an end that nobody saw would be waited for in vain.
      const ended = once(child, "exit");
      try {
        await Promise.race([once(child.stdout, "data"), ended]);
        await underWay(ended);
        await sleep(Math.floor(Math.random() * 40));
      } finally {
        child.kill("SIGKILL");
        await ended;
      }
      kills += 1;
      interrupted += await batchesUnderWay();
    }
    await shipAll({ db: database.db, analytics, clickIds: noClickIds });
    const { clicks } = await check();
    console.log(`      ${kills} kills of the shipper, ${interrupted} batches interrupted, ${clicks} clicks in place`);
  });

  it("adds what a table's memory of tokens kept from being stored", async () => {
    await append(9, 1_000);
    await shipAll({ db: database.db, analytics, clickIds: noClickIds });
    // As if the kill had come between the token's being remembered and the rows' being stored, for one month of the batch.
    await analytics.command({
      query: "alter table clicks delete where lane = 9 and toYYYYMM(at) = 202602",
      clickhouse_settings: { mutations_sync: "2" },
    });
    await sql`update reporting.lane set next_seq = 0, planned_seq = 1001 where lane = 9`.execute(database.db);
    await shipAll({ db: database.db, analytics, clickIds: noClickIds });
    await check();
  });
});
