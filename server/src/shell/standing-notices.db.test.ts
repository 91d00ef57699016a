import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../test/harness/index.ts";
import { announce, announceMany, type Context, transact } from "../database/index.ts";
import { isCall, standingNoticesOf, type Taker } from "./standing-notices.ts";

const NAME = "procedures.look";
const caseOf = (payload: unknown) => (payload as { caseId: string }).caseId;

describe("notices that are taken in sets", () => {
  let database: TestDatabase;
  let ctx: Context;
  before(async () => {
    database = await testDatabase();
    ctx = { db: database.db, clock: { now: () => new Date() }, ids: { next: (prefix) => `${prefix}_1` } };
  });
  beforeEach(() => sql`truncate database.notice, graphile_worker._private_jobs`.execute(database.db));
  after(() => database.close());

  const jobs = async () =>
    (await sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs order by id`.execute(ctx.db))
      .rows;
  const standing = (taker: Taker, onTrouble = () => undefined) =>
    standingNoticesOf(ctx.db, new Map([[NAME, taker]]), onTrouble);

  it("call once in a transaction, and are taken together, in order, by whoever comes first", async () => {
    for (const from of [0, 3])
      await transact(ctx, async (tx) => {
        await announce(tx, NAME, { caseId: `c${from}` });
        await announceMany(tx, NAME, [{ caseId: `c${from + 1}` }, { caseId: `c${from + 2}` }]);
      });
    assert.deepEqual(
      (await jobs()).map(({ payload }) => isCall(payload)),
      [true, true],
    );
    const sets: string[][] = [];
    const notices = standing(async (payloads) => void sets.push(payloads.map(caseOf)));
    await notices.take(NAME);
    assert.deepEqual(sets, [["c0", "c1", "c2", "c3", "c4", "c5"]]);
    assert.deepEqual(await jobs(), [], "every call is answered");
    await notices.takeAll();
    assert.equal(sets.length, 1, "and nothing is taken twice");
  });

  it("go back with a savepoint, their call with them", async () => {
    await transact(ctx, async (tx) => {
      await sql`savepoint before`.execute(tx.db);
      await announce(tx, NAME, { caseId: "undone" });
      await sql`rollback to savepoint before`.execute(tx.db);
      await announce(tx, NAME, { caseId: "kept" });
    });
    assert.equal((await jobs()).length, 1);
    const seen: string[] = [];
    await standing(async (payloads) => void seen.push(...payloads.map(caseOf))).take(NAME);
    assert.deepEqual(seen, ["kept"]);
  });

  it("do not wait for one that fails: it becomes a job of its own", async () => {
    await announceMany(ctx, NAME, [{ caseId: "good" }, { caseId: "bad" }, { caseId: "fine" }]);
    const done: string[] = [];
    let troubles = 0;
    const taker: Taker = async (payloads) => {
      if (payloads.some((one) => caseOf(one) === "bad")) throw new Error("no");
      done.push(...payloads.map(caseOf));
    };
    await standing(taker, () => {
      troubles += 1;
      return undefined;
    }).take(NAME);
    assert.deepEqual([done, troubles], [["good", "fine"], 1]);
    assert.deepEqual(await jobs(), [{ payload: { caseId: "bad" } }]);
    assert.equal((await sql`select from database.notice`.execute(ctx.db)).rows.length, 0);
  });

  it("that come while others are taken are not lost, and those of a worker that was killed are found again", async () => {
    await announce(ctx, NAME, { caseId: "first" });
    const seen: string[] = [];
    const notices = standing(async (payloads) => {
      seen.push(...payloads.map(caseOf));
      if (seen.length > 1) return;
      await announce(ctx, NAME, { caseId: "meanwhile" });
      await notices.take(NAME);
    });
    // No call: as after a kill, when the job is still held by who is gone.
    await sql`delete from graphile_worker._private_jobs`.execute(ctx.db);
    await notices.takeAll();
    assert.deepEqual(seen, ["first", "meanwhile"]);
  });
});
