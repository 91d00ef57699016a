import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { inTransaction, openDatabase } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { closeDeadLanes } from "./lane.ts";
import { openIntakeLog } from "./log.ts";
import type { Place } from "./place.ts";
import { commitCursor, findEntry, logEnds, readBatch } from "./reader.ts";

let database: TestDatabase;
const clock = testClock("2026-03-01T10:00:00Z");
before(async () => {
  database = await testDatabase();
});
after(() => database.close());

const open = (name: string) => openIntakeLog({ pool: database.pool, clock, writer: name });
const key = (place: Place) => `${place.lane}/${place.seq}`;

test("what was acknowledged is there, once, in the order of its numbers", async () => {
  const log = await open("order");
  const places = await Promise.all(
    Array.from({ length: 5000 }, (_, i) => log.append(1, `{"i":${i},"text":"ñ\\u0000€😀"}`)),
  );
  assert.equal(new Set(places.map(key)).size, 5000);
  const lane = places[0]?.lane ?? 0;
  const rows = await sql<{ seq: bigint; kind: number; received_at: Date; body: string }>`
    select seq, kind, received_at, body from intake.entry where lane = ${lane} order by seq`.execute(database.db);
  assert.equal(rows.rows.length, 5000);
  rows.rows.forEach((row, i) => {
    assert.equal(row.seq, BigInt(i + 1));
    assert.deepEqual(JSON.parse(row.body), { i, text: "ñ\u0000€😀" });
    assert.equal(row.kind, 1);
    assert.equal(row.received_at.toISOString(), "2026-03-01T10:00:00.000Z");
  });
  await log.close();
});

test("an entry of several megabytes goes through beside small ones", async () => {
  const log = await open("large");
  const large = JSON.stringify({ text: "ü".repeat(3_000_000) });
  const [first, second] = await Promise.all([log.append(3, large), log.append(1, "{}")]);
  assert.equal((await findEntry(database.db, first.lane, BigInt(first.seq)))?.body, large);
  assert.equal((await findEntry(database.db, second.lane, BigInt(second.seq)))?.body, "{}");
  assert.equal(await findEntry(database.db, second.lane, 99n), undefined);
  await log.close();
});

test("a reserved place is the place where the entry stands", async () => {
  const log = await open("reserve");
  const place = log.reserve();
  await new Promise<void>((resolve, reject) =>
    log.appendAt(place, 1, Date.UTC(2026, 0, 1), '{"mine":true}', (refusal) => (refusal ? reject(refusal) : resolve())),
  );
  assert.equal((await findEntry(database.db, place.lane, BigInt(place.seq)))?.body, '{"mine":true}');
  await log.close();
});

test("closing waits for everything taken, then takes nothing more", async () => {
  const log = await open("drain");
  const taken = Promise.all(Array.from({ length: 300 }, () => log.append(1, "{}")));
  await log.close();
  assert.equal((await taken).length, 300);
  await assert.rejects(log.append(1, "{}"), (error) => error instanceof Refusal && error.code === "log_unavailable");
  const lane = (await taken)[0]?.lane;
  const row = await sql<{ closed_at: Date }>`select closed_at from intake.lane where lane = ${lane}`.execute(
    database.db,
  );
  assert.ok(row.rows[0]?.closed_at);
});

test("a lost connection refuses those who wait, and a new lane goes on", async () => {
  const troubles: string[] = [];
  const log = await openIntakeLog({
    pool: database.pool,
    clock,
    writer: "lost",
    onTrouble: (error) => troubles.push(error.message),
  });
  const before = await log.append(1, '{"n":0}');
  await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${before.lane}`.execute(
    database.db,
  );
  let refused = 0;
  let accepted = 0;
  let next: Place = before;
  for (let i = 0; i < 6000 && next.lane === before.lane; i++) {
    try {
      next = await log.append(1, `{"n":${i}}`);
      accepted++;
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === "log_unavailable");
      refused++;
      await sleep(5);
    }
  }
  assert.notEqual(next.lane, before.lane);
  assert.ok(refused > 0, "somebody was told");
  assert.ok(troubles.length > 0);
  const rows = await sql<{
    count: bigint;
  }>`select count(*) from intake.entry where lane in (${before.lane}, ${next.lane})`.execute(database.db);
  assert.ok((rows.rows[0]?.count ?? 0n) >= BigInt(accepted + 1));
  assert.deepEqual(await closeDeadLanes(database.db, clock.now()), [before.lane]);
  await log.close();
});

test("a batch that the database refuses is refused to its callers, and the next lane goes on", async () => {
  const log = await open("refused");
  const first = await log.append(1, "{}");
  const settled = await Promise.allSettled([
    log.append(1, '{"fine":1}'),
    log.append(1, "a\0b"),
    log.append(1, '{"fine":2}'),
  ]);
  for (const s of settled) {
    assert.equal(s.status, "rejected");
    assert.match(((s as PromiseRejectedResult).reason as Refusal).message, /invalid byte sequence/);
  }
  const next = await retry(() => log.append(1, '{"after":1}'));
  assert.notEqual(next.lane, first.lane);
  assert.equal((await findEntry(database.db, next.lane, BigInt(next.seq)))?.body, '{"after":1}');
  assert.equal(await findEntry(database.db, first.lane, BigInt(first.seq + 1)), undefined);
  await log.close();
});

async function retry<T>(act: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await act();
    } catch (error) {
      if (i > 6000) throw error;
      await sleep(10);
    }
  }
}

test("too much waiting is refused, not piled up", async () => {
  const log = await openIntakeLog({ pool: database.pool, clock, writer: "flood", maxWaitingBytes: 1_000_000 });
  const body = JSON.stringify({ text: "x".repeat(10_000) });
  const settled = await Promise.allSettled(Array.from({ length: 500 }, () => log.append(1, body)));
  const refused = settled.filter((s) => s.status === "rejected");
  assert.ok(refused.length > 0 && refused.length < 500);
  for (const s of refused) assert.equal((s.reason as Refusal).code, "log_unavailable");
  await log.close();
});

test("a consumer gets every entry of its kinds once, across lanes, and leaves closed lanes behind", async () => {
  const other = await testDatabase();
  const one = await openIntakeLog({ pool: other.pool, clock, writer: "one" });
  const two = await openIntakeLog({ pool: other.pool, clock, writer: "two" });
  const expected = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const place = await (i % 3 === 0 ? one : two).append(i % 2 === 0 ? 3 : 1, `{"i":${i}}`);
    if (i % 2 === 0) expected.add(key(place));
  }
  await one.close();
  const seen: string[] = [];
  for (;;) {
    const batch = await readBatch(other.db, "events", { kinds: [3], limit: 7 });
    if (batch.cursors.length === 0) break;
    assert.ok(batch.entries.length <= 7);
    seen.push(...batch.entries.map((entry) => `${entry.lane}/${entry.seq}`));
    await inTransaction(other.db, (tx) => commitCursor(tx, "events", batch.cursors));
  }
  assert.deepEqual(new Set(seen), expected);
  assert.equal(seen.length, expected.size);
  const cursors = await sql<{
    lane: number;
    done: boolean;
  }>`select lane, done from intake.cursor order by lane`.execute(other.db);
  assert.deepEqual(
    cursors.rows.map((row) => row.done),
    [true, false],
  );
  await two.append(3, '{"later":true}');
  const later = await readBatch(other.db, "events", { kinds: [3], limit: 7 });
  assert.deepEqual(
    later.entries.map((entry) => entry.body),
    ['{"later":true}'],
  );
  const clicks = await readBatch(other.db, "clicks", { kinds: [1], limit: 1000 });
  assert.equal(clicks.entries.length, 100);
  await two.close();
  await other.close();
});

test("a batch that is rolled back is read again, and a cursor never goes back", async () => {
  const other = await testDatabase();
  const log = await openIntakeLog({ pool: other.pool, clock, writer: "again" });
  await log.append(3, "{}");
  const first = await readBatch(other.db, "events", { kinds: [3], limit: 10 });
  await assert.rejects(
    inTransaction(other.db, async (tx) => {
      await commitCursor(tx, "events", first.cursors);
      throw new Error("broken off");
    }),
  );
  assert.equal((await readBatch(other.db, "events", { kinds: [3], limit: 10 })).entries.length, 1);
  const until = await logEnds(other.db, "events");
  await log.append(3, "{}");
  assert.equal((await readBatch(other.db, "events", { kinds: [3], limit: 10, until })).entries.length, 1);
  const second = await readBatch(other.db, "events", { kinds: [3], limit: 10 });
  await inTransaction(other.db, (tx) => commitCursor(tx, "events", second.cursors));
  await assert.rejects(
    inTransaction(other.db, (tx) => commitCursor(tx, "events", first.cursors)),
    /another reader/,
  );
  await log.close();
  await other.close();
});

test("the lane of a living writer is never closed by others", async () => {
  const second = openDatabase({ url: database.url, max: 2 });
  const log = await openIntakeLog({ pool: second.pool, clock, writer: "alive" });
  const place = await log.append(1, "{}");
  assert.ok(!(await closeDeadLanes(database.db, clock.now())).includes(place.lane));
  await log.close();
  await second.close();
});
