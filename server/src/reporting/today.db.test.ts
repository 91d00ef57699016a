import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  type TestAnalytics,
  type TestDatabase,
  testAnalytics,
  testClock,
  testDatabase,
} from "../../test/harness/index.ts";
import { systemActor } from "../access/index.ts";
import { idSource } from "../kernel/ids.ts";
import { todayReport } from "./today.ts";

describe("what deserves a look today", () => {
  let database: TestDatabase;
  let analytics: TestAnalytics;
  // Friday; 08:00 in Sao Paulo, so that the day there began at 03:00 UTC.
  const clock = testClock("2026-03-20T11:00:00Z");

  before(async () => {
    database = await testDatabase();
    analytics = await testAnalytics();
    await database.pool.query(
      `insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at) values
         ('prg_1', 'one', 'One', 'active', 'America/Sao_Paulo', 'EUR', 'https://example.com/', '2026-01-01'),
         ('prg_2', 'two', 'Two', 'active', 'UTC', 'EUR', 'https://example.com/', '2026-01-01')`,
    );
    await database.pool.query(
      `insert into partners.partner (partner_id, code, name, kind, status, created_at) values
         ('prt_fading', 'fading', 'Fading', 'affiliate', 'active', '2026-01-01'), ('prt_spike', 'spike', 'Spike', 'affiliate', 'active', '2026-01-01'),
         ('prt_bots', 'bots', 'Bots', 'affiliate', 'active', '2026-01-01'), ('prt_steady', 'steady', 'Steady', 'affiliate', 'active', '2026-01-01'),
         ('prt_new', 'new', 'New', 'affiliate', 'onboarding', '2026-03-15'), ('prt_stuck', 'stuck', 'Stuck', 'affiliate', 'onboarding', '2026-02-01')`,
    );
  });
  after(async () => {
    await analytics.close();
    await database.close();
  });

  let seq = 0;
  /** Clicks of a partner on the days from `first` to `last` days ago, so many a day, at 12:00 UTC (10:00 today). */
  async function clicks(
    partner: string,
    first: number,
    last: number,
    aDay: number,
    verdict = "click",
    program = "prg_1",
  ) {
    const rows: string[] = [];
    for (let age = first; age >= last; age -= 1) {
      const day = new Date(clock.now().getTime() - age * 86_400_000).toISOString().slice(0, 10);
      seq += aDay;
      rows.push(
        `select '${program}', '${partner}', toDate('${day}'), toDateTime64('${day} ${age === 0 ? "10" : "12"}:00:00', 3, 'UTC'), 1, ${seq} - number, '${verdict}' from numbers(${aDay})`,
      );
    }
    await analytics.client.command({
      query: `insert into clicks (program_id, partner_id, day, at, lane, seq, verdict) ${rows.join(" union all ")}`,
      clickhouse_settings: { async_insert: 0 },
    });
  }

  const ask = (programId?: string[]) =>
    todayReport(
      {
        db: database.db,
        whole: database.db,
        clock,
        ids: idSource(clock.now, () => new Uint8Array(10)),
        analytics: analytics.client,
      },
      systemActor("test"),
      { programId },
    );

  it("names partners whose traffic changed, and leaves the steady ones alone", async () => {
    await clicks("prt_steady", 35, 0, 40);
    await clicks("prt_fading", 35, 8, 40);
    await clicks("prt_fading", 7, 1, 10);
    await clicks("prt_spike", 35, 1, 30);
    await clicks("prt_spike", 0, 0, 400);
    await clicks("prt_bots", 6, 1, 60, "bot");
    await clicks("prt_bots", 6, 1, 20);
    const { attention } = await ask();
    const unusual = attention.filter((one) => one.partner !== null);
    assert.deepEqual(
      unusual.map(({ kind, partner, count, before }) => [kind, partner?.name, count, before]),
      [
        ["bot_share", "Bots", 360, 480],
        ["fading_partner", "Fading", 70, 280],
        ["traffic_spike", "Spike", 400, 30],
      ],
    );
    assert.deepEqual(
      (await ask(["prg_2"])).attention.filter((one) => one.partner !== null),
      [],
    );
  });

  it("counts the calls that went wrong in the last day, with their main reason", async () => {
    const call = (line: number, fate: string, reason: string, hoursAgo: number) =>
      `(toDateTime64('2026-03-20 11:00:00', 3, 'UTC') - toIntervalHour(${hoursAgo}), 2, 1, ${line}, 1, 'api', '${fate}', '${reason}', 'prg_1')`;
    await analytics.client.command({
      query: `insert into intake (at, lane, seq, line, version, door, fate, reason, program_id) values ${[
        call(1, "rejected", "invalid_amount", 1),
        call(2, "rejected", "invalid_amount", 2),
        call(3, "rejected", "unknown_currency", 3),
        call(4, "rejected", "unknown_currency", 40),
        call(5, "unattributed", "no_touch", 5),
        call(6, "accepted", "", 5),
      ].join(", ")}`,
      clickhouse_settings: { async_insert: 0 },
    });
    const { attention } = await ask();
    const calls = attention.filter((one) => one.kind === "rejected_calls" || one.kind === "unattributed_events");
    assert.deepEqual(calls.map(({ kind, count, detail, since }) => [kind, count, detail, since]).sort(), [
      ["rejected_calls", 3, "invalid_amount", "2026-03-20T08:00:00.000Z"],
      ["unattributed_events", 1, "no_touch", "2026-03-20T06:00:00.000Z"],
    ]);
  });

  it("counts work that waits for somebody", async () => {
    const { attention } = await ask();
    assert.deepEqual(
      attention.filter((one) => one.kind === "partners_in_onboarding").map(({ count, since }) => [count, since]),
      [[1, "2026-02-01T00:00:00.000Z"]],
    );
  });

  it("cuts the day in each program's zone", async () => {
    // 01:00 UTC is still yesterday in Sao Paulo, and today in UTC.
    for (const [program, day] of [
      ["prg_1", "2026-03-19"],
      ["prg_2", "2026-03-20"],
    ]) {
      await analytics.client.command({
        query: `insert into clicks (program_id, partner_id, day, at, lane, seq, verdict) values ('${program}', 'prt_late', '${day}', '2026-03-20 01:00:00', 3, 1, 'click')`,
        clickhouse_settings: { async_insert: 0 },
      });
    }
    const report = await ask();
    assert.deepEqual(report.clicks, { now: 441, before: 0 }, "a week ago nothing had come by this time");
    assert.equal(report.hours[9]?.before, 80, "what came an hour later: 12:00 UTC is 09:00 in Sao Paulo");
    assert.equal(report.hours[1]?.clicks, 1, "01:00 in UTC");
    assert.equal(report.hours[7]?.clicks, 440, "10:00 UTC is 07:00 in Sao Paulo");
    assert.deepEqual(
      report.topPartners.map(({ name, clicks: count }) => [name, count]),
      [
        ["Spike", 400],
        ["Steady", 40],
        ["prt_late", 1],
      ],
    );
  });
});
