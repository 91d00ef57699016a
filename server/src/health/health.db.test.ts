import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { systemActor } from "../access/index.ts";
import { movePartner } from "../partners/index.ts";
import { createOffer, createProgram, moveOffer, moveProgram } from "../programs/index.ts";
import { alertMails } from "../shell/health-alerts.ts";
import { healthRoutes } from "./routes.ts";
import { HealthMemory, type HealthNeeds, lookAtHealth } from "./run.ts";

const system = systemActor("test");
const NOW = "2026-03-31T12:00:00Z";
const HOUR = 3_600_000;
const hoursAgo = (hours: number) => Date.parse(NOW) - hours * HOUR;

describe("health of tracking", () => {
  let world: ApiWorld;
  let analytics: TestAnalytics;
  let needs: HealthNeeds;
  let admin: Caller;
  let programId: string;
  let offerId: string;
  const partners: Record<string, string> = {};
  const memory = new HealthMemory();
  const look = () => lookAtHealth(world.ctx, needs, memory);
  const alerts = async (query = "") => (await admin.call("GET", `/v1/health?${query}`)).body.data;

  async function partner(code: string): Promise<void> {
    const id = await world.partner(code);
    await movePartner(world.ctx, system, id, { revision: 1, status: "onboarding", reason: "" });
    await movePartner(world.ctx, system, id, { revision: 2, status: "active", reason: "" });
    partners[code] = id;
    await world.database.db
      .insertInto("tracking.link")
      .values({
        link_id: `lnk_${code}`,
        code,
        program_id: programId,
        offer_id: offerId,
        partner_id: id,
        status: "active",
        created_by: "test",
        created_at: new Date(NOW),
      })
      .execute();
  }

  /** Two clicks in every hour between two instants. */
  async function clicks(code: string, from: number, until: number, each = 2): Promise<void> {
    const rows = [];
    for (let at = from; at < until; at += HOUR / each)
      rows.push({
        program_id: programId,
        partner_id: partners[code],
        day: new Date(at).toISOString().slice(0, 10),
        at: new Date(at).toISOString(),
        lane: 1,
        seq: rows.length,
        offer_id: offerId,
        link_id: `lnk_${code}`,
        verdict: "click",
      });
    await analytics.client.insert({ table: "clicks", values: rows, format: "JSONEachRow" });
  }

  before(async () => {
    analytics = await testAnalytics();
    world = await apiWorld({
      at: NOW,
      rooms: (_, database) => [healthRoutes({ analytics: analytics.client, whole: database.db })],
    });
    needs = { analytics: analytics.client, whole: world.database.db };
    admin = await world.administrator();
    const program = await createProgram(world.ctx, system, {
      code: "fx",
      name: "FX",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      fallbackUrl: "https://shop.example/",
    });
    programId = program.id;
    await moveProgram(world.ctx, system, programId, { revision: 1, status: "active" });
    const offer = await createOffer(world.ctx, system, {
      programId,
      code: "main",
      name: "Main",
      landingUrl: "https://shop.example/",
      allowedHosts: ["shop.example"],
    });
    offerId = offer.id;
    await moveOffer(world.ctx, system, offerId, { revision: 1, status: "active" });
    for (const code of ["steady", "stopped", "paused", "young"]) await partner(code);
    await clicks("steady", hoursAgo(60 * 24), hoursAgo(0));
    await clicks("stopped", hoursAgo(60 * 24), hoursAgo(30));
    await clicks("paused", hoursAgo(60 * 24), hoursAgo(30));
    await clicks("young", hoursAgo(8 * 24), hoursAgo(30));
    await world.database.db
      .updateTable("tracking.link")
      .set({ status: "paused" })
      .where("code", "=", "paused")
      .execute();
  });
  after(async () => {
    await world.close();
    await analytics.close();
  });

  it("tells once of the partner whose clicks have stopped, and of nobody else", async () => {
    assert.deepEqual(await look(), { opened: 1, closed: 0 });
    assert.deepEqual(await look(), { opened: 0, closed: 0 });
    const [alert, ...others] = await alerts();
    assert.deepEqual(others, []);
    assert.equal(alert.partnerId, partners.stopped);
    assert.equal(`${alert.kind} ${alert.direction} ${alert.state}`, "clicks drop open");
    assert.ok(Math.abs(Date.parse(alert.since) - hoursAgo(30)) <= 2 * HOUR, alert.since);
    assert.equal(alert.seen, 0);
    assert.ok(alert.expected > 50 && alert.expected < 70, String(alert.expected));
    assert.match(alert.cause, /^Clicks fell to 0% of what was expected: 0 since /);
    assert.equal(alert.spark.length, 14);
  });

  it("shows fourteen days with what was to be expected, and says it in Spanish", async () => {
    const [{ id }] = await alerts();
    const { status, body } = await admin.call("GET", `/v1/health/${id}?language=es`);
    assert.equal(status, 200);
    assert.match(body.cause, /^Los clics cayeron al 0\s*% de lo esperado/);
    const last = body.course.times.length - 1;
    assert.equal(body.course.seen[last], 0);
    assert.equal(body.course.seen[4], 12);
    assert.ok(Math.abs(body.course.expected[4] - 12) < 1.5, String(body.course.expected[4]));
    assert.ok(body.course.low[4] < 12 && body.course.high[4] > 12);
  });

  it("writes to those whom the program names", async () => {
    const [{ id }] = await alerts();
    const settings = (await admin.call("GET", `/v1/programs/${programId}/health-settings`)).body;
    const { programId: _, ...change } = settings;
    const saved = await admin.call("PUT", `/v1/programs/${programId}/health-settings`, {
      ...change,
      emails: ["ops@operator.example"],
      partnerKinds: ["clicks"],
    });
    assert.equal(saved.status, 200);
    assert.equal(saved.body.revision, 1);
    assert.equal((await admin.call("PUT", `/v1/programs/${programId}/health-settings`, change)).status, 409);
    const [mail] = await alertMails(world.ctx, "https://t.example", id);
    assert.equal(mail?.to, "ops@operator.example");
    assert.equal(mail?.subject, "stopped, Main: clicks dropped");
    assert.match(mail?.text ?? "", /https:\/\/t\.example\/health\/hal_/);
  });

  it("is acknowledged, muted and seen by the partner only where the program shows it", async () => {
    const [alert] = await alerts();
    const owner = await world.person(
      "Own",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partners.stopped as string }],
      partners.stopped,
    );
    assert.deepEqual((await owner.call("GET", "/v1/health")).body.data, []);
    assert.equal((await owner.call("GET", `/v1/health/${alert.id}`)).status, 404);
    assert.equal(
      (await owner.call("POST", `/v1/health/${alert.id}/acknowledge`, { revision: alert.revision })).status,
      403,
    );
    await world.database.db.updateTable("health.alert").set({ for_partner: true }).execute();
    assert.equal((await owner.call("GET", "/v1/health")).body.data.length, 1);
    const other = await world.person(
      "Other",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partners.steady as string }],
      partners.steady,
    );
    assert.equal((await other.call("GET", `/v1/health/${alert.id}`)).status, 404);
    const seen = await admin.call("POST", `/v1/health/${alert.id}/acknowledge`, {
      revision: alert.revision,
      note: "asked them",
    });
    assert.equal(`${seen.body.state} ${seen.body.note} ${seen.body.acknowledgedBy}`, "acknowledged asked them Admin");
    assert.equal((await owner.call("GET", `/v1/health/${alert.id}`)).body.note, "");
    const again = await admin.call("POST", `/v1/health/${alert.id}/mute`, { revision: alert.revision, until: null });
    assert.equal(again.status, 409);
    const until = new Date(hoursAgo(-48)).toISOString();
    const muted = await admin.call("POST", `/v1/health/${alert.id}/mute`, { revision: seen.body.revision, until });
    assert.equal(muted.body.mutedUntil, until);
  });

  it("is over by itself when clicks are back, and says nothing while it is muted", async () => {
    await clicks("stopped", hoursAgo(0), hoursAgo(-20));
    world.clock.set(new Date(hoursAgo(-20)));
    await clicks("steady", hoursAgo(0), hoursAgo(-20));
    assert.deepEqual(await look(), { opened: 0, closed: 1 });
    const [alert] = await alerts("state=closed");
    assert.equal(alert.closedWhy, "recovered");
    assert.deepEqual(await alerts("state=open,acknowledged"), []);
  });

  it("narrows by program for people of other programs", async () => {
    const kam = await world.person("Kam", [
      { role: "key_account_manager", scopeKind: "program", scopeId: "prg_other" },
    ]);
    assert.deepEqual((await kam.call("GET", "/v1/health")).body.data, []);
    assert.equal(
      (await world.person("All", [{ role: "analyst", ...EVERYWHERE }]).then((one) => one.call("GET", "/v1/health")))
        .body.data.length,
      1,
    );
  });
});
