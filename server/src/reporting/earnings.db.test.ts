import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { EarningsQuery } from "@tributary/contract";
import {
  type TestAnalytics,
  type TestDatabase,
  testAnalytics,
  testClock,
  testDatabase,
} from "../../test/harness/index.ts";
import { type Actor, systemActor } from "../access/index.ts";
import { idSource } from "../kernel/ids.ts";
import type { ReportContext } from "./contracts.ts";
import { earningsReport } from "./earnings.ts";
import { earningsCsv } from "./export.ts";

describe("earnings", () => {
  let database: TestDatabase;
  let analytics: TestAnalytics;
  let ctx: ReportContext;

  before(async () => {
    database = await testDatabase();
    analytics = await testAnalytics();
    const clock = testClock("2026-04-01T00:00:00Z");
    ctx = {
      db: database.db,
      whole: database.db,
      clock,
      ids: idSource(clock.now, () => new Uint8Array(10)),
      analytics: analytics.client,
    };
    await database.pool.query(
      `insert into partners.partner (partner_id, code, name, kind, status, created_at) values
         ('prt_a', 'ada', 'Ada', 'affiliate', 'active', '2026-01-01'), ('prt_b', 'ben', 'Ben', 'affiliate', 'active', '2026-01-01')`,
    );
    // A line and the difference a correction made to it; two currencies; a month outside.
    await line("prt_a", "k1", 1, "2026-02-10", "EUR", 20_000, 20_000);
    await line("prt_a", "k1", 2, "2026-02-10", "EUR", 15_000, -5_000);
    await line("prt_a", "k2", 1, "2026-03-05", "USD", 1_000, 1_000);
    await line("prt_b", "k3", 1, "2026-03-05", "EUR", 700, 700);
    await line("prt_b", "k4", 1, "2025-12-31", "EUR", 9_999, 9_999);
  });
  after(async () => {
    await analytics.close();
    await database.close();
  });

  async function line(
    partner: string,
    key: string,
    version: number,
    on: string,
    currency: string,
    amount: number,
    difference: number,
  ) {
    await database.pool.query(
      `insert into commissions.line (line_key, version, partner_id, program_id, agreement_version_id, component, subject_kind, subject_id, month, booked_month,
         earned_on, currency, amount_minor, difference_minor, working, working_hash, calculated_at)
       values ($1, $2, $3, 'prg_1', 'agv_1', 'cpa', 'customer', '1', date_trunc('month', $4::date), date_trunc('month', $4::date), $4, $5, $6, $7, '{}', '', now())`,
      [key, version, partner, on, currency, amount, difference],
    );
  }

  const ask = (query: Partial<EarningsQuery> = {}, actor: Actor = systemActor("test")) =>
    earningsReport(ctx, actor, {
      from: "2026-02-01",
      to: "2026-04-01",
      by: "partner",
      grain: "month",
      top: 100,
      format: "json",
      ...query,
    });

  it("are what the lines and their differences come to, by month and currency", async () => {
    const report = await ask();
    assert.deepEqual(report.times, ["2026-02-01", "2026-03-01"]);
    assert.deepEqual(report.rows, [
      {
        key: { by: "partner", value: "prt_a", label: "Ada" },
        earned: [
          { currency: "EUR", totalMinor: "15000", minor: ["15000", "0"] },
          { currency: "USD", totalMinor: "1000", minor: ["0", "1000"] },
        ],
      },
      {
        key: { by: "partner", value: "prt_b", label: "Ben" },
        earned: [{ currency: "EUR", totalMinor: "700", minor: ["0", "700"] }],
      },
    ]);
    assert.deepEqual(report.totals, [
      { currency: "EUR", totalMinor: "15700", minor: ["15000", "700"] },
      { currency: "USD", totalMinor: "1000", minor: ["0", "1000"] },
    ]);
    assert.match(earningsCsv(report), /prt_a,Ada,2026-02-01,150\.00,EUR\r\n/);
  });

  it("sum up the rest, go by day, and are narrowed", async () => {
    const report = await ask({ top: 1, grain: "day", from: "2026-03-04", to: "2026-03-07" });
    assert.deepEqual(
      report.rows.map((row) => row.earned[0]?.minor),
      [["0", "1000", "0"]],
    );
    assert.deepEqual(report.rest, {
      groups: 1,
      earned: [{ currency: "EUR", totalMinor: "700", minor: ["0", "700", "0"] }],
    });
    assert.deepEqual(
      (await ask({ partnerId: ["prt_b"] })).rows.map((row) => row.key.label),
      ["Ben"],
    );
    assert.deepEqual((await ask({ programId: ["prg_2"] })).rows, []);
    assert.deepEqual((await ask({ by: "none" })).rows, []);
  });

  it("are a partner's own for a partner", async () => {
    const permissions = new Set(["reports.read"] as const);
    const grants = [{ role: "partner_owner", permissions, scope: { kind: "partner", id: "prt_b" } }] as const;
    const ben: Actor = { kind: "partner_user", id: "usr_b", name: "B", permissions, grants, partnerId: "prt_b" };
    assert.deepEqual(
      (await ask({}, ben)).rows.map((row) => row.key.value),
      ["prt_b"],
    );
    assert.deepEqual((await ask({ partnerId: ["prt_a"] }, ben)).totals, []);
  });
});
