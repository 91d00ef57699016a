import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, it } from "node:test";
import { deposit, type EventWorld, eventWorld, ms } from "../../test/event-world.ts";

describe("what becomes of an event", () => {
  let world: EventWorld;
  beforeEach(async () => {
    world = await eventWorld();
  });
  afterEach(() => world.close());

  const events = () =>
    world.rows<{ external_id: string; counts: boolean; void: boolean }>(
      "select external_id, superseded_by is null and not void as counts, void from tracking.event order by event_id",
    );
  const facts = async () =>
    (
      await world.rows<{ day: string; measure: string; amount: string; events: number }>(
        "select day, measure, amount, events from commissions.fact_day order by customer_id, day, measure",
      )
    ).map((f) => `${f.day} ${f.measure} ${f.amount} in ${f.events}`);

  it("binds the customer by the click, counts the deposit, and marks the partner's month", async () => {
    const clickId = await world.click("ada", "2026-03-01T10:00:00Z", { sub1: "news" });
    const seq = await world.send([
      { type: "registration", externalId: "r1", at: ms("2026-03-02T10:00:00Z"), clickId },
      deposit("d1", 10_000, { at: ms("2026-03-02T11:00:00Z") }),
    ]);
    assert.equal(await world.pipeline.drain(), 2);
    assert.deepEqual(await world.fates(seq), ["accepted", "accepted"]);
    const [customer] = await world.rows(
      "select partner_id, link_id, reason, dimensions, owned_from, owned_until from attribution.customer",
    );
    assert.deepEqual(customer, {
      partner_id: "prt_ada",
      link_id: "lnk_ada",
      reason: "last_click",
      dimensions: { sub1: "news" },
      owned_from: null,
      owned_until: null,
    });
    assert.deepEqual(await facts(), ["2026-03-02 deposit 10000 in 1", "2026-03-02 registration 0 in 1"]);
    const [milestone] = await world.rows(
      "select registered_at, ftd_at, ftd_minor, second_deposit_at from commissions.milestone",
    );
    assert.deepEqual(milestone, {
      registered_at: new Date("2026-03-02T10:00:00Z"),
      ftd_at: new Date("2026-03-02T11:00:00Z"),
      ftd_minor: 10_000n,
      second_deposit_at: null,
    });
    assert.deepEqual(await world.rows("select partner_id, month, revision from commissions.dirty"), [
      { partner_id: "prt_ada", month: "2026-03-01", revision: 1n },
    ]);
  });

  it("counts an event once however often it arrives, in one batch or in several", async () => {
    const first = await world.send([deposit("d1", 500), deposit("d1", 500)]);
    await world.pipeline.drain();
    const second = await world.send([deposit("d1", 500)]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(first), ["unattributed no_touch", "duplicate same_content"]);
    assert.deepEqual(await world.fates(second), ["duplicate same_content"]);
    assert.deepEqual(await facts(), ["2026-03-10 deposit 500 in 1"]);
  });

  for (const batches of ["one batch", "three batches"]) {
    it(`follows corrections, a reversal and a second sending in ${batches}`, async () => {
      const clickId = await world.click("ada", "2026-03-01T10:00:00Z");
      const sent: number[] = [];
      for (const event of [
        deposit("d1", 500, { clickId }),
        deposit("d1", 700, { clickId }),
        { type: "deposit", externalId: "d1", void: true as const },
        deposit("d1", 900, { clickId }),
      ]) {
        sent.push(await world.send([event]));
        if (batches !== "one batch") await world.pipeline.drain();
      }
      await world.pipeline.drain();
      const fates = (await Promise.all(sent.map((seq) => world.fates(seq)))).flat();
      assert.deepEqual(fates, ["accepted", "corrected new_content", "reversed voided", "corrected restored"]);
      assert.deepEqual(
        (await events()).map((e) => e.counts),
        [false, false, false, true],
      );
      assert.deepEqual(await facts(), ["2026-03-10 deposit 900 in 1"]);
      const chain = await world.rows<{ event_id: bigint; replaces: bigint | null; superseded_by: bigint | null }>(
        "select event_id, replaces, superseded_by from tracking.event order by event_id",
      );
      for (const [index, row] of chain.entries()) {
        assert.equal(row.replaces, chain[index - 1]?.event_id ?? null);
        assert.equal(row.superseded_by, chain[index + 1]?.event_id ?? null);
      }
    });
  }

  it("does not say of an event that its own batch took back that it came without a click", async () => {
    const clickId = await world.click("ada", "2026-03-01T10:00:00Z");
    const sent = await world.send([deposit("d1", 500, { clickId })]);
    await world.send([{ type: "deposit", externalId: "d1", void: true }]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(sent), ["accepted"]);
  });

  for (const batches of ["one batch", "two batches"]) {
    it(`lets a reversal wait for an event that comes later, in ${batches}`, async () => {
      const early = await world.send([{ type: "deposit", externalId: "d1", void: true }]);
      if (batches === "two batches") await world.pipeline.drain();
      const late = await world.send([deposit("d1", 500)]);
      await world.pipeline.drain();
      assert.deepEqual(await world.fates(early), ["reversed void_without_event"]);
      assert.deepEqual(await world.fates(late), ["reversed void_arrived_first"]);
      assert.deepEqual(await facts(), []);
      const again = await world.send([deposit("d1", 600)]);
      await world.pipeline.drain();
      assert.deepEqual(await world.fates(again), ["corrected restored"]);
      assert.deepEqual(await facts(), ["2026-03-10 deposit 600 in 1"]);
    });
  }

  it("keeps receipts of what was refused: by the door, by an unknown or closed program", async () => {
    const refused = { code: "invalid_amount", detail: "12,34 is no amount", field: "amount", value: "12,34" };
    const one = await world.append(3, { ...world.call([deposit("d1", 1)]), events: [{ line: 0, refused }] });
    const whole = await world.append(3, {
      v: 1,
      door: "postback",
      events: [],
      refused: { code: "unknown_source", detail: "?" },
    });
    const nowhere = await world.send([deposit("d1", 1)], { programId: "prg_gone" });
    await world.pipeline.drain();
    await world.rows("update programs.program set status = 'closed'");
    const closed = await world.send([deposit("d1", 1), deposit("d2", 1)]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(one), ["rejected invalid_amount"]);
    assert.deepEqual(await world.fates(whole), ["rejected unknown_source"]);
    assert.deepEqual(await world.fates(nowhere), ["rejected not_found"]);
    assert.deepEqual(await world.fates(closed), ["rejected program_closed", "rejected program_closed"]);
    assert.deepEqual(await events(), []);
  });

  it("moves the first deposit when an earlier one arrives, and back when that is reversed", async () => {
    const ftd = async () => {
      const rows = await world.rows<{ ftd: string; second: string | null }>(
        `select f.external_id as ftd, s.external_id as second from commissions.milestone m
         join tracking.event f on f.event_id = m.ftd_event_id left join tracking.event s on s.event_id = m.second_deposit_event_id`,
      );
      return rows.map((row) => `${row.ftd} then ${row.second}`);
    };
    const on = (day: string) => ({ at: ms(`2026-03-${day}T00:00:00Z`) });
    await world.send([deposit("b", 200, on("05")), deposit("d", 100, on("07"))]);
    await world.pipeline.drain();
    assert.deepEqual(await ftd(), ["b then d"]);
    await world.send([deposit("a", 100, on("04")), deposit("c", 100, on("06"))]);
    await world.pipeline.drain();
    assert.deepEqual(await ftd(), ["a then b"]);
    await world.send([{ type: "deposit", externalId: "a", void: true }]);
    await world.pipeline.drain();
    assert.deepEqual(await ftd(), ["b then c"]);
    await world.send([deposit("b", 200, on("20"))]);
    await world.pipeline.drain();
    assert.deepEqual(await ftd(), ["c then d"]);
  });

  it("asks analytics to read everything that changed", async () => {
    await world.send([deposit("d1", 500), deposit("d2", 500)]);
    await world.pipeline.drain();
    const rows = await world.rows<{ subject: string; keys: bigint[] }>(
      "select subject, keys from tracking.ship order by ship_id",
    );
    assert.deepEqual(
      rows.map((row) => [row.subject, row.keys.length]),
      [
        ["customer", 1],
        ["event", 2],
        ["receipt", 1],
      ],
    );
  });

  it("says why an event binds nobody: before its click, a click that the log does not have, one that is not ours", async () => {
    const late = await world.click("ada", "2026-03-11T00:00:00Z");
    const nowhere = world.clickIds.issue(ms("2026-03-01T00:00:00Z"), 1, 99, 12345);
    const seq = await world.send([
      { type: "registration", externalId: "r1", customerRef: "early", clickId: late },
      { type: "registration", externalId: "r2", customerRef: "lost", clickId: nowhere },
      { type: "registration", externalId: "r3", customerRef: "forged", badClickId: "abc" },
    ]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(seq), [
      "unattributed after_event",
      "unattributed click_unknown",
      "unattributed click_not_ours",
    ]);
  });

  it("gives a customer's earlier facts to the partner who binds it later", async () => {
    await world.send([deposit("d1", 500, { at: ms("2026-02-10T12:00:00Z") })]);
    await world.pipeline.drain();
    assert.deepEqual(await world.rows("select * from commissions.dirty"), []);
    const clickId = await world.click("ada", "2026-03-01T00:00:00Z");
    await world.send([deposit("d2", 500, { at: ms("2026-03-10T12:00:00Z"), clickId })]);
    await world.pipeline.drain();
    const marks = await world.rows("select partner_id, month from commissions.dirty order by month");
    assert.deepEqual(marks, [
      { partner_id: "prt_ada", month: "2026-02-01" },
      { partner_id: "prt_ada", month: "2026-03-01" },
    ]);
    assert.deepEqual(await world.rows("select distinct partner_id from tracking.event"), [{ partner_id: "prt_ada" }]);
  });

  it("does nothing at all of a batch that breaks off, and all of it the next time", async () => {
    const clickId = await world.click("ada", "2026-03-01T00:00:00Z");
    const seq = await world.send([deposit("d1", 500, { clickId }), deposit("d2", 700)]);
    await world.rows(
      `create function intake.fail() returns trigger language plpgsql as $$ begin raise exception 'the lights went out'; end $$`,
    );
    await world.rows("create trigger fail before insert on intake.cursor execute function intake.fail()");
    await assert.rejects(world.pipeline.drain(), /the lights went out/);
    for (const table of [
      "tracking.event",
      "tracking.receipt",
      "tracking.ship",
      "attribution.customer",
      "attribution.decision",
      "commissions.fact_day",
      "commissions.milestone",
      "commissions.dirty",
    ]) {
      assert.deepEqual(await world.rows(`select * from ${table}`), [], table);
    }
    await world.rows("drop trigger fail on intake.cursor");
    assert.equal(await world.pipeline.drain(), 2);
    assert.deepEqual(await world.fates(seq), ["accepted", "accepted"]);
    assert.deepEqual(await facts(), ["2026-03-10 deposit 1200 in 2"]);
  });

  it("is worked on by one process at a time, and each event once", async () => {
    for (let i = 0; i < 40; i += 1) await world.send([deposit(`d${i}`, 100)]);
    const lines = await Promise.all([world.pipeline.drain(), world.pipeline.drain(), world.pipeline.drain()]);
    assert.equal(
      lines.reduce((sum, n) => sum + n, 0),
      40,
    );
    assert.deepEqual(await facts(), ["2026-03-10 deposit 4000 in 40"]);
  });

  it("passes on what partners' postbacks are told, the first deposit as such", async () => {
    await world.rows(`insert into tracking.postback (postback_id, partner_id, event_types, method, url, host, status, created_by, created_at)
      values ('pbk_1', 'prt_ada', '{deposit,ftd}', 'GET', 'https://example.com/?a={amount}', 'example.com', 'active', 'test', '2026-01-01')`);
    const clickId = await world.click("ada", "2026-03-01T00:00:00Z", { sub1: "news" });
    await world.send([deposit("d1", 500, { clickId }), deposit("d2", 700, { at: ms("2026-03-11T00:00:00Z") })]);
    await world.pipeline.drain();
    const occasions = await world.rows<{ occasion: string; external_id: string }>(
      "select d.occasion, e.external_id from tracking.delivery d join tracking.event e using (event_id) order by e.external_id, d.occasion",
    );
    assert.deepEqual(
      occasions.map((row) => `${row.external_id} ${row.occasion}`),
      ["d1 deposit", "d1 ftd", "d2 deposit"],
    );
  });

  it("takes no more at a time than fits into memory, however large the calls are", async () => {
    for (let i = 0; i < 300; i += 1)
      await world.send([deposit(`d${i}`, 100)], { raw: randomBytes(6_000).toString("base64") });
    const first = await world.pipeline.processBatch(5_000);
    assert.ok(first !== "busy" && first.calls > 20 && first.calls < 200, JSON.stringify(first));
    await world.pipeline.drain();
    assert.deepEqual(await facts(), ["2026-03-10 deposit 30000 in 300"]);
  });
});
