import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { deposit, type EventSketch, type EventWorld, eventWorld } from "../../test/event-world.ts";

/** More than a batch has to hold for being taken without a look. */
const MANY = 1_200;
/** Nobody brought these customers; what counts here is that the event counts. */
const NEW = "unattributed no_touch";

describe("large batches of new events are taken without looking them up", () => {
  let world: EventWorld;
  beforeEach(async () => {
    world = await eventWorld();
  });
  afterEach(() => world.close());

  const many = (prefix: string): EventSketch[] =>
    Array.from({ length: MANY }, (_, n) => deposit(`${prefix}${n}`, 100, { customerRef: `c${n % 50}` }));
  const process = async (events: readonly EventSketch[]): Promise<Record<string, number>> => {
    const seq = await world.send(events);
    await world.pipeline.drain();
    const fates = await world.fates(seq);
    return Object.fromEntries([...Map.groupBy(fates, (fate) => fate)].map(([fate, all]) => [fate, all.length]));
  };
  const lastId = async () =>
    (await world.rows<{ id: bigint }>("select max(event_id) as id from tracking.event"))[0]?.id ?? 0n;
  const deposited = async () =>
    (
      await world.rows<{ sum: string }>(
        "select sum(amount)::text as sum from commissions.fact_day where measure = 'deposit'",
      )
    )[0]?.sum;

  it("and done again with a look when one was known: repeated, corrected, reversed and awaited events", async () => {
    await process([{ type: "deposit", externalId: "z7", void: true }]);
    assert.deepEqual(await process(many("a")), { [NEW]: MANY });
    assert.deepEqual(await process(many("b")), { [NEW]: MANY });
    const before = await lastId();
    const mixed = [
      deposit("a0", 100, { customerRef: "c0" }),
      deposit("a1", 250, { customerRef: "c1" }),
      { type: "deposit", externalId: "b2", customerRef: "c2", void: true as const },
      ...many("z"),
    ];
    assert.deepEqual(await process(mixed), {
      "duplicate same_content": 1,
      "corrected new_content": 1,
      "reversed voided": 1,
      [NEW]: MANY - 1,
      "reversed void_arrived_first": 1,
    });
    // The numbers of the first try are never used: that is how it shows that there was one.
    const [first] = await world.rows<{ id: bigint }>(
      `select min(event_id) as id from tracking.event where event_id > ${before}`,
    );
    assert.ok((first?.id ?? 0n) > before + BigInt(MANY));
    assert.equal(await deposited(), String(3 * MANY * 100 + 150 - 100 - 100));
    assert.equal((await world.rows("select from tracking.receipt")).length, 1 + 2 * MANY + mixed.length);
  });

  it("and looks again while what comes in is known", async () => {
    assert.deepEqual(await process(many("a")), { [NEW]: MANY });
    assert.deepEqual(await process(many("a")), { "duplicate same_content": MANY });
    assert.deepEqual(await process(many("a")), { "duplicate same_content": MANY });
    assert.deepEqual(await process(many("b")), { [NEW]: MANY });
    assert.equal(await deposited(), String(2 * MANY * 100));
  });
});
