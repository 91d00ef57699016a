import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type TestDatabase, testClock, testDatabase } from "../../test/harness/index.ts";
import { type Context, transact } from "../database/index.ts";
import { idSource } from "../kernel/ids.ts";
import * as audit from "./index.ts";

const ana = { kind: "user", id: "usr_ana", name: "Ana" };

describe("the audit trail", () => {
  let database: TestDatabase;
  let ctx: Context;
  before(async () => {
    database = await testDatabase();
    const clock = testClock("2026-03-01T10:00:00.123Z");
    ctx = { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) };
  });
  after(() => database.close());

  const write = (id: string, value: unknown = { n: 1 }) =>
    transact(ctx, (tx) =>
      audit.record(tx, ana, { action: "partners.changed", subjectKind: "partner", subjectId: id, after: value }),
    );

  it("is whole after writers that came at the same time, and after every kind of value", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(`prt_${n}`)));
    await write("prt_hard", {
      z: 1,
      a: "nul \0 é 𝄞",
      big: 9007199254740993n,
      at: new Date(0),
      f: 0.1,
      e: 1e-9,
      l: [-0],
    });
    const check = await audit.verifyChain(ctx);
    assert.equal(check.whole && check.entries, 21n);
  });

  it("keeps nothing of a change that was rolled back", async () => {
    await assert.rejects(
      transact(ctx, async (tx) => {
        await audit.record(tx, ana, { action: "x.y", subjectKind: "partner", subjectId: "prt_gone" });
        throw new Error("no");
      }),
    );
    assert.deepEqual(await audit.list(ctx, { subjectId: "prt_gone" }, { limit: 10 }), []);
    assert.equal((await audit.verifyChain(ctx)).whole, true);
  });

  it("wants the transaction of the change", async () => {
    await assert.rejects(audit.record(ctx, ana, { action: "a.b", subjectKind: "k", subjectId: "s" }), /transaction/);
  });

  it("is read newest first, page by page, by subject, actor, action and time", async () => {
    const first = await audit.list(ctx, {}, { limit: 5 });
    assert.deepEqual(
      first.map((entry) => entry.seq),
      [21n, 20n, 19n, 18n, 17n],
    );
    const second = await audit.list(ctx, {}, { limit: 5, before: 17n });
    assert.equal(second[0]?.seq, 16n);
    assert.equal((await audit.list(ctx, { subjectKind: "partner", subjectId: "prt_3" }, { limit: 5 })).length, 1);
    assert.equal((await audit.list(ctx, { actorId: "usr_bob" }, { limit: 5 })).length, 0);
    assert.equal((await audit.list(ctx, { to: new Date("2026-03-01T10:00:00.123Z") }, { limit: 5 })).length, 0);
  });

  it("cannot be changed by the program's own statements", async () => {
    await assert.rejects(database.pool.query("update audit.entry set reason = 'x' where seq = 3"), /append only/);
    await assert.rejects(database.pool.query("delete from audit.entry where seq = 3"), /append only/);
    await assert.rejects(database.pool.query("truncate audit.entry"), /append only/);
  });

  const tampered = async (sql: string) => {
    const client = await database.pool.connect();
    try {
      await client.query("begin");
      await client.query("set local session_replication_role = replica"); // what an intruder with all rights would do
      await client.query(sql);
      await client.query("commit");
    } finally {
      client.release();
    }
    return await audit.verifyChain(ctx);
  };

  it("shows which entry was changed, replaced or removed by somebody with all rights", async () => {
    const noted = await audit.verifyChain(ctx);
    assert.ok(noted.whole);
    const changed = await tampered(`update audit.entry set after = '{"n": 2}' where seq = 7`);
    assert.deepEqual([changed.whole, "brokenAt" in changed && changed.brokenAt], [false, 7n]);
    const restored = await tampered(`update audit.entry set after = '{"n": 1}' where seq = 7`);
    assert.equal(restored.whole, true);
    const cut = await tampered("delete from audit.entry where seq = 21");
    assert.match("problem" in cut ? cut.problem : "", /ends with entry 20/);
    const forged = await tampered(
      "update audit.head set seq = 20, hash = (select hash from audit.entry where seq = 20)",
    );
    assert.equal(forged.whole, true, "a forged head is only found by a hash that was noted outside");
    const anchored = await audit.verifyChain(ctx, { seq: noted.entries, hash: noted.head });
    assert.match("problem" in anchored ? anchored.problem : "", /entry 21 was noted earlier/);
    const gap = await tampered("delete from audit.entry where seq = 10");
    assert.deepEqual([gap.whole, "brokenAt" in gap && gap.brokenAt], [false, 10n]);
  });
});
