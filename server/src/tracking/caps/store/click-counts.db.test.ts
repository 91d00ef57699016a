import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type EventWorld, eventWorld, PROGRAM } from "../../../../test/event-world.ts";
import { type ClickCap, ClickCaps, mostOwed } from "../../edge/click-caps.ts";
import { announceCaps } from "./alerts.ts";
import { reserveClicks, returnClicks } from "./click-counts.ts";

const AT = Date.parse("2026-03-31T12:00:00Z");

describe("blocks of clicks, reserved by several processes at once", () => {
  let world: EventWorld;
  before(async () => {
    world = await eventWorld();
  });
  after(() => world.close());

  async function capOf(capId: string, most: number): Promise<ClickCap> {
    await world.database.pool.query(
      `insert into tracking.cap (cap_id, program_id, name, each, metric, most, period, overflow, warn_at, status, created_by, created_at)
       values ($1, $2, 'x', 'all', 'clicks', $3, 'day', 'fallback', 50, 'active', 'test', now())`,
      [capId, PROGRAM, most],
    );
    return { capId, metric: "clicks", most, period: "day", timeZone: "UTC" };
  }

  /** A process of its own: its counters know the others through the database only. */
  function process(): ClickCaps {
    const { db } = world.database;
    const caps = new ClickCaps();
    const reserve = (wanted: Parameters<typeof reserveClicks>[1]) =>
      reserveClicks(db, wanted, announceCaps, new Date(AT));
    caps.connect({ reserve, giveBack: (unused) => returnClicks(db, unused) }, (error) => assert.fail(error));
    return caps;
  }

  const used = async (capId: string) => {
    const rows = await world.rows<{ used: string; near: boolean; reached: boolean }>(
      "select used::text as used, near_at is not null as near, reached_at is not null as reached from tracking.cap_count where cap_id = $1",
      [capId],
    );
    return rows[0];
  };

  test("together they stay within the stated bound, and the count is what went through", async () => {
    const most = 1_000;
    const cap = await capOf("cap_many", most);
    const processes = [process(), process(), process(), process()];
    let through = 0;
    await Promise.all(
      processes.map(async (caps) => {
        for (let n = 0; n < 600; n += 1) {
          if (caps.take(cap, "", "", AT + n * 10)) through += 1;
          // Clicks come a few at a time, some thousand a second.
          if (n % 3 === 0) await setTimeout(1);
        }
        await caps.settled();
      }),
    );
    for (const caps of processes) {
      await caps.settled();
      await caps.sweep(true);
    }
    assert.ok(through <= most + processes.length * mostOwed(most), `${through}`);
    assert.ok(through >= most * 0.8, `${through}`);
    assert.equal((await used("cap_many"))?.used, String(through));
  });

  test("a killed process costs its block and nothing else: the next one goes on with the count", async () => {
    const cap = await capOf("cap_killed", 100);
    const killed = process();
    assert.equal(killed.take(cap, "", "", AT), true);
    await killed.settled();
    const before = Number((await used("cap_killed"))?.used);
    assert.ok(before > 1 && before <= 1 + 100 / 8, String(before));
    const next = process();
    let through = 0;
    for (let n = 0; n < 150; n += 1) {
      if (next.take(cap, "", "", AT + n * 2_000)) through += 1;
      await next.settled();
    }
    await next.sweep(true);
    assert.equal(through, 100 - before);
    assert.deepEqual(await used("cap_killed"), { used: "100", near: true, reached: true });
  });

  test("a cap that is raised is felt at once, what is given back opens it again", async () => {
    const cap = await capOf("cap_raised", 1);
    const caps = process();
    assert.deepEqual(
      [caps.take(cap, "", "", AT), await caps.settled(), caps.take(cap, "", "", AT)],
      [true, undefined, false],
    );
    await world.database.pool.query("update tracking.cap set most = 20 where cap_id = 'cap_raised'");
    caps.changed([]);
    await caps.settled();
    assert.equal(caps.take({ ...cap, most: 20 }, "", "", AT), true);
    await caps.settled();
    await caps.sweep(true);
    assert.deepEqual(await used("cap_raised"), { used: "2", near: true, reached: false });
  });
});
