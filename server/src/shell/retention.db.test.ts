import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type EventWorld, eventWorld, PROGRAM } from "../../test/event-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { replayAnalytics, shipAll, verifyAnalytics } from "../reporting/index.ts";
import { clickById, type StoredImpression } from "../tracking/index.ts";
import { replayAttribution } from "./attribution-replay.ts";
import { purgeIntakeLog } from "./retention.ts";

describe("old clicks leave the intake log", () => {
  let world: EventWorld;
  let analytics: TestAnalytics;
  const ids: Record<string, string> = {};

  before(async () => {
    world = await eventWorld({ windowDays: 30 });
    analytics = await testAnalytics();
    // The clock stands at 31 March: with thirty days beyond the window of thirty, what came before 30 January is old.
    ids.lone = await world.click("ada", "2026-01-01T10:00:00Z");
    ids.first = await world.click("ben", "2026-01-02T10:00:00Z");
    ids.second = await world.click("ben", "2026-01-03T10:00:00Z", { prev: ids.first });
    ids.elsewhere = await world.click("ada", "2026-01-03T11:00:00Z", { prev: ids.second });
    const shown = {
      v: 1,
      id: "shown",
      at: Date.parse("2026-01-04"),
      verdict: "impression",
      to: "none",
      link: 1,
    } as const;
    await world.append(2, { ...shown, programId: PROGRAM } satisfies StoredImpression, new Date("2026-01-04"));
    const at = Date.parse("2026-01-10T10:00:00Z");
    await world.append(
      3,
      world.call([{ type: "registration", externalId: "r1", at, clickId: ids.second }]),
      new Date("2026-01-10T10:00:00Z"),
    );
    ids.old = await world.click("cyd", "2026-01-29T10:00:00Z");
    ids.young = await world.click("cyd", "2026-01-31T10:00:00Z");
  });
  after(async () => {
    await analytics.close();
    await world.close();
  });

  const shipping = () => ({ db: world.database.db, analytics: analytics.client, clickIds: world.clickIds });
  const purge = (days = 30) => purgeIntakeLog({ ...shipping(), clock: world.clock }, days);
  const there = async (name: string) =>
    (await clickById(world.database.db, world.clickIds, ids[name] ?? "")) !== undefined;
  const stored = async () =>
    (await (await analytics.client.query({ query: "select click_id from clicks", format: "JSONEachRow" })).json())
      .length;

  it("but nothing that anybody has still to read", async () => {
    assert.equal(await purge(), 0, "neither consumer has read anything");
    await world.pipeline.drain();
    assert.equal(await purge(), 0, "ClickHouse has nothing yet");
    assert.equal((await world.rows("select from intake.entry")).length, 8);
  });

  it("when every consumer has passed them, their time is over and no event's journey goes through them", async () => {
    await shipAll(shipping());
    assert.equal(await purge(60), 0, "the longest window and sixty days are not over");
    assert.equal(await purge(), 4, "two clicks without an event, one of a later way, one impression");
    const left = await Promise.all(Object.keys(ids).map(async (name) => [name, await there(name)]));
    assert.deepEqual(Object.fromEntries(left), {
      lone: false,
      first: true,
      second: true,
      elsewhere: false,
      old: false,
      young: true,
    });
    assert.equal(await purge(), 0);
    const calls = await world.rows("select from intake.entry where kind = 3");
    assert.equal(calls.length, 1, "calls stay for ever");
  });

  it("and what was decided, proved and reported stays as it was", async () => {
    const again = await replayAttribution(world.context, world.clickIds, { dryRun: true });
    assert.deepEqual(again.moved, []);
    assert.equal(again.customers, 1);
    assert.equal((await verifyAnalytics(shipping())).whole, true);
    assert.equal(await stored(), 6);
    await replayAnalytics(shipping());
    assert.equal(await stored(), 6, "taken over from the tables in use");
    assert.equal((await verifyAnalytics(shipping())).whole, true);
    await world.click("ada", "2026-03-30T10:00:00Z");
    await shipAll(shipping());
    assert.equal((await verifyAnalytics(shipping())).whole, true);
    await analytics.client.command({
      query: "alter table clicks delete where seq > 6",
      clickhouse_settings: { mutations_sync: "2" },
    });
    assert.equal((await verifyAnalytics(shipping())).whole, false, "what the log still holds is still proved");
  });

  it("and analytics that were lost are built from what is left", async () => {
    for (const table of ["clicks", "impressions"]) await analytics.client.command({ query: `truncate table ${table}` });
    await replayAnalytics(shipping());
    assert.equal(await stored(), 4);
    assert.equal((await verifyAnalytics(shipping())).whole, true);
  });
});
