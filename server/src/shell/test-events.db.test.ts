import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";

/** Everything that a test must leave as it was, in one text. */
const BOOKS = [
  "tracking.event",
  "attribution.customer",
  "attribution.decision",
  "commissions.fact_day",
  "commissions.milestone",
  "commissions.dirty",
  "commissions.line",
  "ledger.transfer",
  "ledger.balance",
  "tracking.delivery",
];

async function books(world: EventWorld): Promise<string> {
  const parts: string[] = [];
  for (const table of BOOKS) {
    const [row] = await world.rows<{ all: string }>(
      `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as all from ${table} t`,
    );
    parts.push(`${table}\n${row?.all}`);
  }
  return parts.join("\n");
}

describe("test events", () => {
  let world: EventWorld;
  before(async () => {
    world = await eventWorld();
    const click = await world.click("ada", "2026-03-09T10:00:00Z");
    await world.send([{ type: "registration", externalId: "r1", clickId: click }, deposit("d1", 5000)]);
    await world.pipeline.drain();
  });
  after(() => world.close());

  it("come by a test click, and take what is sent of their customer later with them", async () => {
    const earlier = await books(world);
    const click = await world.testClick("ada", "2026-03-10T10:00:00Z");
    const first = await world.send([{ type: "registration", externalId: "t1", customerRef: "tess", clickId: click }]);
    await world.pipeline.drain();
    const second = await world.send([deposit("t2", 9900, { customerRef: "tess" })]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(first), ["test test_click"]);
    assert.deepEqual(await world.fates(second), ["test test_customer"]);
    assert.equal(await books(world), earlier);
    const kept = await world.rows("select partner_id, customer_ref, click_id from tracking.test_line order by seq");
    const line = { partner_id: "prt_ada", customer_ref: "tess", click_id: click };
    assert.deepEqual(kept, [line, line]);
  });

  it("come from a test source, whatever they carry", async () => {
    const earlier = await books(world);
    const real = await world.click("ada", "2026-03-10T10:00:00Z");
    const seq = await world.send([{ type: "registration", externalId: "t3", customerRef: "tom", clickId: real }], {
      test: true,
    });
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(seq), ["test test_call"]);
    assert.equal(await books(world), earlier);
  });

  it("never take a real customer away, nor an event with a real click", async () => {
    const click = await world.testClick("ada", "2026-03-10T10:00:00Z");
    const one = await world.send([{ type: "kyc", externalId: "t4", customerRef: "anna", clickId: click }]);
    const two = await world.send([deposit("d2", 100, { customerRef: "anna" })]);
    const real = await world.click("ben", "2026-03-10T10:00:00Z");
    const three = await world.send([deposit("d3", 100, { customerRef: "tess", clickId: real })]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(one), ["test test_click"]);
    assert.deepEqual(await world.fates(two), ["accepted"]);
    assert.deepEqual(await world.fates(three), ["accepted"]);
  });

  it("end as tests when the customer's month is over", async () => {
    world.clock.set("2026-05-01T12:00:00Z");
    const seq = await world.send([deposit("d4", 100, { customerRef: "tess" })]);
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(seq), ["accepted"]);
  });

  it("are shown to the tester when they were refused", async () => {
    const click = await world.testClick("ada", "2026-03-10T10:00:00Z");
    const refused = { code: "invalid_input", detail: "The amount cannot be read", field: "amount" };
    const seq = await world.append(3, {
      v: 1,
      door: "postback",
      sourceId: "src_test",
      programId: PROGRAM,
      raw: `event=deposit&click_id=${click.toUpperCase()}&amount=lots`,
      events: [{ line: 0, refused }],
    });
    const other = await world.append(3, {
      v: 1,
      door: "postback",
      sourceId: "src_test",
      programId: PROGRAM,
      raw: `event=deposit&click_id=08${"0".repeat(43)}`,
      events: [{ line: 0, refused }],
    });
    await world.pipeline.drain();
    assert.deepEqual(await world.fates(seq), ["test invalid_input"]);
    assert.deepEqual(await world.fates(other), ["rejected invalid_input"], "an id that nobody signed is no test");
    const kept = await world.rows("select click_id, detail from tracking.test_line where seq = $1", [seq]);
    assert.deepEqual(kept, [{ click_id: click, detail: refused.detail }]);
  });
});

it("a test click is told by its id alone", async () => {
  const world = await eventWorld();
  try {
    const at = ms("2026-03-10T10:00:00Z");
    const real = world.clickIds.issue(at, 7, 1, 2);
    const test = world.clickIds.issue(at, 7, 1, 2, true);
    assert.equal(world.clickIds.read(real)?.test, undefined);
    assert.deepEqual(world.clickIds.read(test.toUpperCase()), { at, link: 7, lane: 1, seq: 2, test: true });
    assert.equal(world.clickIds.read(`08${real.slice(2)}`), undefined, "the mark is part of what is signed");
  } finally {
    await world.close();
  }
});
