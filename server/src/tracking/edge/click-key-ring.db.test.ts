import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { systemActor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import type { Context } from "../../database/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { vaultOf } from "../events/source.ts";
import { KEY_LEAD_MS, listClickKeys, openClickKeyRing, rotateClickKey } from "./click-key-ring.ts";

describe("the keys of click ids", () => {
  const clock = testClock("2026-03-01T00:00:00Z");
  const vault = vaultOf(randomBytes(32));
  const first = randomBytes(32);
  let database: TestDatabase;
  let ctx: Context;
  before(async () => {
    database = await testDatabase();
    ctx = { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) };
  });
  after(() => database.close());

  const ring = () => openClickKeyRing({ db: database.db, clock, first, vault });
  const issue = (one: ReturnType<typeof ring>) => one.clickIds.issue(clock.now().getTime(), 1, 2, 3);
  const place = () => ({ at: clock.now().getTime(), link: 1, lane: 2, seq: 3 });

  it("are changed while several processes run, and every id goes on verifying in each of them", async () => {
    const [edge, worker] = [ring(), ring()];
    await Promise.all([edge.reload(), worker.reload()]);
    const old = issue(edge);
    const oldPlace = place();
    const made = await rotateClickKey(ctx, systemActor("test"), { vault, randomBytes });
    assert.deepEqual(made.beginsAt, new Date(clock.now().getTime() + KEY_LEAD_MS));
    await edge.reload();
    assert.equal(issue(edge), old, "signed with the old key until everybody has read the new one");
    await worker.reload();
    clock.advance(KEY_LEAD_MS);
    await edge.reload();
    const fresh = issue(edge);
    assert.deepEqual(worker.clickIds.read(fresh), place(), "the worker has not read the keys since");
    assert.equal(openClickKeyRing({ db: database.db, clock, first, vault }).clickIds.read(fresh), undefined);
    for (const one of [edge, worker]) assert.deepEqual(one.clickIds.read(old), oldPlace);
    await rotateClickKey(ctx, systemActor("test"), { vault, randomBytes });
    clock.advance(KEY_LEAD_MS);
    const started = ring();
    await started.reload();
    assert.deepEqual(started.clickIds.read(old), oldPlace);
    assert.ok(started.clickIds.read(fresh) !== undefined);
    assert.equal(edge.clickIds.read(issue(started)), undefined, "a third key signs now");
    await edge.reload();
    assert.deepEqual(edge.clickIds.read(issue(started)), place());
  });

  it("are told without being shown, and stand in the trail", async () => {
    const keys = await listClickKeys(database.db);
    assert.deepEqual(
      keys.map((key) => key.number),
      [2, 1, 0],
    );
    const entries = await audit.list(ctx, {}, { limit: 10 });
    assert.deepEqual(
      entries.map((entry) => [entry.action, entry.subjectId]),
      [
        ["click_keys.rotated", "2"],
        ["click_keys.rotated", "1"],
      ],
    );
  });

  it("are not opened by another secret", async () => {
    const other = openClickKeyRing({ db: database.db, clock, first, vault: vaultOf(randomBytes(32)) });
    await assert.rejects(other.reload(), /authenticate data/);
  });
});
