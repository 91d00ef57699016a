import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";
import { systemActor } from "../access/index.ts";
import { loadMilestones } from "../commissions/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { changeCap, createCap, listCapped, listCaps } from "../tracking/caps/service.ts";
import { decideCappedConversions } from "./capped-conversions.ts";
import { replayFacts } from "./replay.ts";

const actor = systemActor("test");

describe("caps on conversions", () => {
  let world: EventWorld;
  before(async () => {
    world = await eventWorld({}, "Europe/Madrid");
  });
  after(() => world.close());

  const facts = (customer: string) =>
    world.rows<{ measure: string; amount: string }>(
      `select f.measure, f.amount::text as amount from commissions.fact_day f join attribution.customer c using (customer_id)
       where c.customer_ref = $1 order by f.day, 1`,
      [customer],
    );
  const eventOf = async (externalId: string) => {
    const [row] = await world.rows<{ event_id: bigint; cap: string | null; customer_id: bigint }>(
      "select event_id, cap, customer_id from tracking.event where external_id = $1 and superseded_by is null",
      [externalId],
    );
    if (row === undefined) throw new Error(`no event ${externalId}`);
    return row;
  };

  /** A customer of ada's with a first deposit on a day. */
  async function firstDeposit(customer: string, day: string, cents = 5_000): Promise<number> {
    const clickId = await world.click("ada", `${day}T08:00:00Z`, { sub1: "blog" });
    const at = ms(`${day}T09:00:00Z`);
    const seq = await world.send([deposit(`d-${customer}`, cents, { customerRef: customer, clickId, at })]);
    await world.pipeline.drain();
    return seq;
  }

  it("lets in what there is room for; the others are recorded, wait, and are no first deposits that earn", async () => {
    const cap = await createCap(world.context, actor, {
      programId: PROGRAM,
      name: "two a day",
      each: "sub1",
      metric: "conversions",
      eventType: "ftd",
      limit: "2",
      period: "day",
      overflow: { kind: "pend" },
    });
    const fates: string[][] = [];
    for (const customer of ["a", "b", "c"]) fates.push(await world.fates(await firstDeposit(customer, "2026-03-10")));
    fates.push(await world.fates(await firstDeposit("d", "2026-03-11")));
    assert.deepEqual(fates, [["accepted"], ["accepted"], ["accepted cap_pend"], ["accepted"]]);
    assert.deepEqual([await facts("b"), await facts("c")], [[{ measure: "deposit", amount: "5000" }], []]);
    const { customer_id: customerId } = await eventOf("d-c");
    const milestone = (await loadMilestones(world.database.db, [customerId])).get(customerId);
    assert.deepEqual([milestone?.withheld, milestone?.ftdMinor], [["ftd"], 5_000n]);
    // A later deposit does not become the first one because that one waits.
    await world.send([deposit("d-c-2", 700, { customerRef: "c", at: ms("2026-03-12T09:00:00Z") })]);
    await world.pipeline.drain();
    const after = (await loadMilestones(world.database.db, [customerId])).get(customerId);
    assert.deepEqual([after?.ftdMinor, after?.withheld], [5_000n, ["ftd"]]);
    assert.deepEqual(await facts("c"), [{ measure: "deposit", amount: "700" }]);
    const [one] = (await listCaps({ ...world.context }, actor, { limit: 50, programId: [PROGRAM] })).rows;
    assert.equal(one?.id, cap.id);
  });

  it("releases by a person's decision: facts as if there had been no cap", async () => {
    const { rows } = await listCapped(world.context, actor, { limit: 50 });
    const { event_id: eventId, customer_id: customerId } = await eventOf("d-c");
    assert.deepEqual(
      rows.map((row) => [row.eventId, row.outcome, row.amount?.minor]),
      [[publicNumber("evt", eventId), "pend", "5000"]],
    );
    const decision = { eventIds: [publicNumber("evt", eventId)], decision: "release" as const, reason: "a good month" };
    assert.deepEqual(await decideCappedConversions(world.context, actor, decision, world.clickIds), {
      decided: 1,
      unchanged: 0,
    });
    assert.deepEqual(await decideCappedConversions(world.context, actor, decision, world.clickIds), {
      decided: 0,
      unchanged: 1,
    });
    const milestone = (await loadMilestones(world.database.db, [customerId])).get(customerId);
    assert.deepEqual(
      [milestone?.withheld, await facts("c")],
      [
        [],
        [
          { measure: "deposit", amount: "5000" },
          { measure: "deposit", amount: "700" },
        ],
      ],
    );
    assert.deepEqual((await listCapped(world.context, actor, { limit: 50 })).rows, []);
    assert.equal((await replayFacts(world.context, { dryRun: true })).differences.length, 0);
  });

  it("a reversal gives back what it used; a correction takes its place; what was decided stays decided", async () => {
    const cap = await createCap(world.context, actor, {
      programId: PROGRAM,
      name: "100 euros of sales",
      metric: "amount",
      eventType: "sale",
      limit: "10000",
      period: "total",
      overflow: { kind: "stop" },
    });
    const used = async () =>
      (
        await world.rows<{ used: string }>("select used::text as used from tracking.cap_count where cap_id = $1", [
          cap.id,
        ])
      )[0]?.used;
    const clickId = await world.click("ada", "2026-03-10T08:00:00Z");
    const sale = (externalId: string, cents: number, more: object = {}) => ({
      type: "sale",
      externalId,
      currency: "EUR",
      measures: { sale: String(cents) },
      customerRef: "buyer",
      clickId,
      at: ms("2026-03-13T09:00:00Z"),
      ...more,
    });
    const first = await world.send([sale("s1", 6_000), sale("s2", 5_000), sale("s3", 4_000)]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(first), ["accepted", "accepted cap_stop", "accepted"]);
    assert.equal(await used(), "10000");
    await world.send([sale("s1", 1_000), sale("s3", 0, { void: true, measures: {} })]);
    await world.pipeline.drain();
    assert.equal(await used(), "1000");
    await world.send([sale("s2", 4_900), sale("s4", 9_000)]);
    await world.pipeline.drain();
    assert.deepEqual([(await eventOf("s2")).cap, (await eventOf("s4")).cap, await used()], ["stop", null, "10000"]);
    assert.deepEqual(await facts("buyer"), [{ measure: "sale", amount: "10000" }]);
    assert.equal((await replayFacts(world.context, { dryRun: true })).differences.length, 0);
    await changeCap(world.context, actor, cap.id, { revision: 1, limit: "20000" });
    await world.send([sale("s5", 10_000)]);
    await world.pipeline.drain();
    assert.deepEqual([(await eventOf("s5")).cap, await used()], [null, "20000"]);
  });
});
