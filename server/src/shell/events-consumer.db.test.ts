import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { deposit, type EventWorld, eventWorld } from "../../test/event-world.ts";
import { startEvents } from "./events-consumer.ts";

describe("the events consumer", () => {
  let world: EventWorld;
  beforeEach(async () => {
    world = await eventWorld();
  });
  afterEach(() => world.close());

  const start = (troubles: Error[]) =>
    startEvents({
      db: world.database.db,
      clock: world.clock,
      clickIds: world.clickIds,
      onTrouble: (e) => troubles.push(e),
    });
  const until = async (done: () => Promise<boolean>) => {
    const deadline = performance.now() + 30_000;
    while (!(await done())) {
      assert.ok(performance.now() < deadline, "it did not come about");
      await sleep(20);
    }
  };
  const settled = async (count: number) => (await world.rows("select from tracking.receipt")).length === count;

  it("takes what is there and what comes, beside a second one, and ends when it is told", async () => {
    const troubles: Error[] = [];
    await world.send([deposit("d1", 100)]);
    const consumers = [start(troubles), start(troubles)];
    await until(() => settled(1));
    await world.send([deposit("d2", 100)]);
    await until(() => settled(2));
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await world.send([deposit("d3", 100)]);
    await sleep(300);
    assert.ok(await settled(2));
    assert.deepEqual(troubles, []);
  });

  it("sets aside a call that cannot be processed, so that the others go on", async () => {
    await world.rows(`create function tracking.choke() returns trigger language plpgsql as $$ begin
      if new.external_id = 'poison' then raise exception 'too much' using errcode = '22003'; end if; return new; end $$`);
    await world.rows(
      "create trigger choke before insert on tracking.event for each row execute function tracking.choke()",
    );
    const sent = [
      await world.send([deposit("d1", 100)]),
      await world.send([deposit("poison", 1), deposit("d2", 1)]),
      await world.send([deposit("d3", 100)]),
    ];
    const troubles: Error[] = [];
    const consumer = start(troubles);
    await until(() => settled(4));
    await consumer.stop();
    assert.deepEqual(await world.fates(sent[0] ?? 0), ["unattributed no_touch"]);
    assert.deepEqual(await world.fates(sent[1] ?? 0), ["rejected internal", "rejected internal"]);
    assert.deepEqual(await world.fates(sent[2] ?? 0), ["unattributed no_touch"]);
    assert.ok(troubles.length >= 4);
  });

  it("waits for a database that has trouble, and loses nothing", async () => {
    await world.rows(`create function intake.full() returns trigger language plpgsql as $$ begin
      raise exception 'no space left' using errcode = '53100'; end $$`);
    await world.rows("create trigger full_disk before insert on intake.cursor execute function intake.full()");
    const seq = await world.send([deposit("d1", 100)]);
    const troubles: Error[] = [];
    const consumer = start(troubles);
    await until(async () => troubles.length >= 2);
    await world.rows("drop trigger full_disk on intake.cursor");
    consumer.wake();
    await until(() => settled(1));
    await consumer.stop();
    assert.deepEqual(await world.fates(seq), ["unattributed no_touch"]);
  });
});
