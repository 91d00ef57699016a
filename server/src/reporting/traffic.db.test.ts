import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type EventWorld, eventWorld, PROGRAM } from "../../test/event-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { systemActor } from "../access/index.ts";
import type { StoredClick, StoredImpression } from "../tracking/index.ts";
import { clicksReport } from "./clicks-over-time.ts";
import type { ReportContext } from "./contracts.ts";
import { clicksCsv } from "./export.ts";
import { funnelReport } from "./funnel.ts";
import { replayAnalytics } from "./replay.ts";
import { shipAll } from "./shipping/shipper.ts";
import { trafficByDay } from "./traffic.ts";
import { verifyAnalytics } from "./verify.ts";

const asked = { from: "2026-03-01", to: "2026-03-04", format: "json" } as const;

describe("impressions", () => {
  let world: EventWorld;
  let analytics: TestAnalytics;
  let ctx: ReportContext;
  const actor = systemActor("test");
  const shipping = () => ({ db: world.database.db, analytics: analytics.client, clickIds: world.clickIds });

  async function shown(partner: string, at: string, more: Partial<StoredImpression> = {}): Promise<void> {
    const body: StoredImpression = {
      v: 1,
      id: `shown-${at}`,
      at: Date.parse(at),
      verdict: "impression",
      to: "none",
      link: 1,
      linkId: `lnk_${partner}`,
      programId: PROGRAM,
      offerId: "ofr_test",
      partnerId: `prt_${partner}`,
      country: "DE",
      ...more,
    };
    await world.append(2, body, new Date(at));
  }

  before(async () => {
    world = await eventWorld({}, "Europe/Berlin");
    analytics = await testAnalytics();
    ctx = { ...world.context, analytics: analytics.client, whole: world.database.db };
    const visitor = (ip: string, ua: string): Partial<StoredClick> => ({ ip, ua, country: "DE" });
    // 23:30 UTC is the next day in Berlin.
    await world.click("ada", "2026-02-28T23:30:00Z", visitor("192.0.2.1", "one"));
    await world.click("ada", "2026-03-01T10:00:00Z", visitor("192.0.2.1", "one"));
    await world.click("ada", "2026-03-01T10:01:00Z", visitor("192.0.2.1", "two"));
    await world.click("ada", "2026-03-01T10:02:00Z", { ...visitor("192.0.2.1", "bot"), verdict: "bot" });
    await world.click("ada", "2026-03-02T10:00:00Z", visitor("192.0.2.1", "one"));
    await world.click("ben", "2026-03-02T10:00:00Z", visitor("192.0.2.1", "one"));
    for (let n = 10; n < 40; n += 1) await shown("ada", `2026-03-01T09:00:${n}Z`);
    await shown("ada", "2026-03-01T09:01:00Z", { verdict: "bot" });
    await shown("ada", "2026-03-01T09:02:00Z", { country: "ES" });
    await shown("cyd", "2026-03-03T22:30:00Z");
    await shown("cyd", "2026-03-03T23:30:00Z");
    assert.equal(await shipAll(shipping()), 40);
  });
  after(async () => {
    await analytics.close();
    await world.close();
  });

  it("stand beside the clicks in the funnel and over time, bots left out", async () => {
    const query = { ...asked, by: ["partner"], basis: "happened", compare: "none", sort: "impressions" } as const;
    const report = await funnelReport(ctx, actor, { ...query, by: ["partner"], order: "desc", top: 10 });
    assert.deepEqual(
      report.rows.map(({ keys, figures }) => [keys[0]?.value, figures.impressions, figures.clicks, figures.uncounted]),
      [
        ["prt_ada", 31, 4, 1],
        ["prt_cyd", 1, 0, 0],
        ["prt_ben", 0, 1, 0],
      ],
    );
    assert.equal(report.totals.figures.impressions, 32);
    const clicks = await clicksReport(ctx, actor, { ...asked, grain: "day", top: 8 });
    assert.deepEqual(clicks.series[0]?.impressions, [31, 0, 1]);
    assert.deepEqual(clicks.series[0]?.clicks, [3, 2, 0]);
    assert.match(clicksCsv(clicks), /^\ufefftime,series,name,clicks,uncounted,impressions\r?\n2026-03-01,,,3,1,31/);
  });

  it("are told per partner, day, country and offer, with clicks and the visitors behind them", async () => {
    const question = { programId: PROGRAM, from: "2026-03-01", to: "2026-03-04" };
    const rows = await trafficByDay(ctx, { ...question, partnerIds: ["prt_ada", "prt_cyd"] });
    const one = (partnerId: string, day: string, country: string, figures: [number, number, number]) => {
      const [clicks, uniqueClicks, impressions] = figures;
      return { partnerId, day, country, offerId: "ofr_test", clicks, uniqueClicks, impressions };
    };
    assert.deepEqual(rows, [
      one("prt_ada", "2026-03-01", "DE", [3, 2, 30]),
      one("prt_ada", "2026-03-01", "ES", [0, 0, 1]),
      one("prt_ada", "2026-03-02", "DE", [1, 1, 0]),
      one("prt_cyd", "2026-03-03", "DE", [0, 0, 1]),
    ]);
    assert.deepEqual(await trafficByDay(ctx, { ...question, partnerIds: [] }), []);
    assert.deepEqual(await trafficByDay(ctx, { ...question, programId: "prg_other", partnerIds: ["prt_ada"] }), []);
  });

  it("are proved and built again like the clicks", async () => {
    const whole = await verifyAnalytics(shipping());
    assert.deepEqual([whole.whole, whole.rows.impressions, whole.rows.clicks], [true, 34, 6]);
    await analytics.client.command({
      query: "alter table impressions delete where country = 'ES'",
      clickhouse_settings: { mutations_sync: "2" },
    });
    const broken = await verifyAnalytics(shipping());
    assert.deepEqual(
      broken.differences.map((one) => one.table),
      ["impressions"],
    );
    const again = await replayAnalytics(shipping());
    assert.deepEqual([again.clicks, again.impressions], [6, 34]);
    assert.equal((await verifyAnalytics(shipping())).whole, true);
  });
});
