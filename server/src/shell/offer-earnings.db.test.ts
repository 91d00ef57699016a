import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { systemActor } from "../access/index.ts";
import { shipAll } from "../reporting/index.ts";
import { createSmartLink, getSmartLink } from "../tracking/smart-links/service.ts";
import { measureOffers } from "./offer-earnings.ts";

describe("what offers earn per click", () => {
  let world: EventWorld;
  let analytics: TestAnalytics;
  before(async () => {
    world = await eventWorld({}, "Europe/Berlin");
    analytics = await testAnalytics();
  });
  after(async () => {
    await world.close();
    await analytics.close();
  });

  it("counted clicks of thirty days and the commission of customers that they brought, in the program's currency", async () => {
    const click = await world.click("ada", "2026-03-10T08:00:00Z");
    for (let n = 1; n < 4; n += 1) await world.click("ada", `2026-03-1${n}T08:00:00Z`);
    await world.click("ada", "2026-03-11T09:00:00Z", { verdict: "bot" });
    await world.click("ada", "2026-01-01T09:00:00Z");
    await world.click("ada", "2026-03-31T11:00:00Z");
    await world.send([deposit("d1", 9_000, { customerRef: "anna", clickId: click, at: ms("2026-03-10T12:00:00Z") })]);
    await world.pipeline.drain();
    const [customer] = await world.rows<{ customer_id: bigint }>("select customer_id from attribution.customer");
    const line = (subject: string, kind: string, minor: number, currency: string, day: string, version = 1) =>
      world.database.pool.query(
        `insert into commissions.line (line_key, version, partner_id, program_id, agreement_version_id, component, subject_kind, subject_id,
           month, booked_month, earned_on, currency, amount_minor, difference_minor, working, working_hash, calculated_at)
         values ($1, $7, 'prt_ada', $2, 'agv_x', 'cpa', $3, $4, '2026-03-01', '2026-03-01', $5, $6, $8, $8, '{}', 'x', now())`,
        [`${kind}-${subject}-${currency}-${day}`, PROGRAM, kind, subject, day, currency, version, minor],
      );
    const id = String(customer?.customer_id);
    await line(id, "customer", 5_000, "EUR", "2026-03-10");
    await line(id, "customer", -1_000, "EUR", "2026-03-10", 2);
    await line(id, "customer", 7_000, "USD", "2026-03-10");
    await line(id, "customer", 7_000, "EUR", "2026-02-01");
    await line("prt_ada", "partner", 7_000, "EUR", "2026-03-10");
    await shipAll({ db: world.database.db, analytics: analytics.client, clickIds: world.clickIds });
    await measureOffers({ ctx: world.context, analytics: analytics.client });
    const smart = await createSmartLink(world.context, systemActor("test"), {
      programId: PROGRAM,
      name: "all",
      mode: "best",
      leastClicks: 4,
      offerId: "ofr_test",
      options: [{ offerId: "ofr_test" }],
    });
    const [measured] = (await getSmartLink(world.context, systemActor("test"), smart.id)).earnings;
    const { clicks, earned, perClick, from, to } = measured ?? {};
    assert.deepEqual([clicks, earned, perClick, from, to], [4, "4000", "1000.0000", "2026-03-01", "2026-03-31"]);
  });
});
