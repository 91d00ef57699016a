import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deposit, type EventWorld, eventWorld, ms } from "../../test/event-world.ts";
import { systemActor } from "../access/index.ts";
import { attributeByHand, explainAttribution, listCustomers } from "../attribution/index.ts";
import { replayAttribution } from "./attribution-replay.ts";
import { customerSurroundings } from "./customers.ts";

describe("a customer given to another partner by hand", () => {
  let world: EventWorld;
  const actor = systemActor("test");
  const listed = () => listCustomers(world.context, actor, { limit: 10, sort: "newest" }, customerSurroundings);
  const dirty = async () =>
    (
      await world.rows<{ text: string }>("select partner_id || ' ' || month as text from commissions.dirty order by 1")
    ).map((r) => r.text);

  before(async () => {
    world = await eventWorld();
    const first = await world.click("ada", "2026-02-01T00:00:00Z", { sub1: "blog" });
    const clickId = await world.click("ben", "2026-02-02T00:00:00Z", { prev: first });
    await world.send([
      { type: "registration", externalId: "r", at: ms("2026-02-03T00:00:00Z"), clickId },
      deposit("d1", 100, { at: ms("2026-02-04T00:00:00Z") }),
      deposit("d2", 200, { at: ms("2026-03-04T00:00:00Z") }),
    ]);
    await world.pipeline.drain();
    await world.rows("delete from commissions.dirty");
    await world.rows("delete from tracking.ship");
  });
  after(() => world.close());

  it("explains every candidate before", async () => {
    const [customer] = (await listed()).rows;
    assert.equal(customer?.partnerId, "prt_ben");
    assert.deepEqual(customer?.firstDeposit, { minor: "100", currency: "EUR" });
    const { decisions } = await explainAttribution(world.context, actor, customer?.id ?? "", customerSurroundings);
    assert.deepEqual(
      decisions.map((d) => d.candidates.map((c) => `${c.partnerId} ${c.reason}`)),
      [["prt_ben last_click", "prt_ada later_click_won"]],
    );
  });

  it("refuses an unknown partner, another's link and a stale revision", async () => {
    const [customer] = (await listed()).rows;
    const give = (more: object) =>
      attributeByHand(
        world.context,
        actor,
        customer?.id ?? "",
        {
          revision: customer?.revision ?? 0,
          partnerId: "prt_ada",
          linkId: null,
          from: null,
          reason: "ada proved it",
          ...more,
        },
        customerSurroundings,
      );
    await assert.rejects(give({ partnerId: "prt_nobody" }), { code: "invalid_input" });
    await assert.rejects(give({ linkId: "lnk_cyd" }), { code: "invalid_input" });
    await assert.rejects(give({ revision: 99 }), { code: "conflict" });
    assert.deepEqual(await dirty(), []);
  });

  it("moves facts, events and marks to the new owner, and keeps the reason", async () => {
    const [customer] = (await listed()).rows;
    const given = {
      revision: customer?.revision ?? 0,
      partnerId: "prt_ada",
      linkId: "lnk_ada",
      from: null,
      reason: "ada proved it",
    };
    const explained = await attributeByHand(world.context, actor, customer?.id ?? "", given, customerSurroundings);
    assert.equal(explained.customer.partnerId, "prt_ada");
    assert.equal(explained.customer.status, "by_hand");
    assert.deepEqual(
      explained.decisions.map((d) => [d.reason, d.note, d.candidates.map((c) => c.reason)]),
      [
        ["manual", "ada proved it", ["overruled_by_hand", "later_click_won"]],
        ["last_click", null, ["last_click", "later_click_won"]],
      ],
    );
    assert.deepEqual(await dirty(), [
      "prt_ada 2026-02-01",
      "prt_ada 2026-03-01",
      "prt_ben 2026-02-01",
      "prt_ben 2026-03-01",
    ]);
    const owners = await world.rows(
      "select distinct partner_id from tracking.event union select distinct partner_id from tracking.receipt",
    );
    assert.deepEqual(owners, [{ partner_id: "prt_ada" }]);
    const shipped = await world.rows<{ subject: string }>("select distinct subject from tracking.ship order by 1");
    assert.deepEqual(
      shipped.map((row) => row.subject),
      ["customer", "event", "receipt"],
    );
    const [trail] = await world.rows("select action, reason from audit.entry order by seq desc limit 1");
    assert.deepEqual(trail, { action: "attribution.decided_by_hand", reason: "ada proved it" });
  });

  it("stays whatever events and replays come", async () => {
    const clickId = await world.click("cyd", "2026-01-01T00:00:00Z");
    await world.send([deposit("d0", 50, { at: ms("2026-01-02T00:00:00Z"), clickId })]);
    await world.pipeline.drain();
    const replayed = await replayAttribution(world.context, world.clickIds, { dryRun: false });
    assert.deepEqual(replayed.moved, []);
    assert.equal((await listed()).rows[0]?.partnerId, "prt_ada");
  });
});

describe("a replay of attribution", () => {
  it("says who would move under other rules, and moves them", async () => {
    const world = await eventWorld();
    try {
      const clickId = await world.click("ada", "2026-03-01T00:00:00Z");
      await world.send([deposit("d1", 100, { at: ms("2026-03-11T00:00:00Z"), clickId })]);
      await world.pipeline.drain();
      assert.deepEqual((await replayAttribution(world.context, world.clickIds, { dryRun: true })).moved, []);
      await world.rows(`update programs.program set attribution = '{"windowDays": 5}'`);
      const told = await replayAttribution(world.context, world.clickIds, { dryRun: true });
      assert.deepEqual(
        told.moved.map((m) => [m.before[0]?.partnerId, m.after.length]),
        [["prt_ada", 0]],
      );
      assert.equal((await replayAttribution(world.context, world.clickIds, { dryRun: false })).moved.length, 1);
      const [customer] = await world.rows("select partner_id, reason from attribution.customer");
      assert.deepEqual(customer, { partner_id: null, reason: "window_expired" });
      assert.deepEqual(await world.rows("select partner_id from tracking.event"), [{ partner_id: null }]);
    } finally {
      await world.close();
    }
  });
});
