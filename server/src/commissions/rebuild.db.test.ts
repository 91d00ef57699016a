import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { CPA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { Refusal } from "../kernel/refusal.ts";
import { verifyLedger } from "../ledger/index.ts";
import { recalculate, releaseDue, replayCommissions, verifyBooks } from "./index.ts";

describe("proof and replay", () => {
  let world: MoneyWorld;
  let program: string;
  let partner: string;
  let other: string;
  before(async () => {
    world = await MoneyWorld.open();
    program = await world.program("casino");
    const plan = await world.plan(program, "hybrid", planOf({ ...CPA, hold: { days: 10 } }, SHARE));
    partner = await world.partner("one");
    await world.agree(partner, program, plan);
    const customer = await world.customer(program, partner, "c1");
    const second = await world.customer(program, partner, "c2");
    await world.depositor(customer, "2026-01-05", 5000);
    await world.depositor(second, "2026-03-08", 5000);
    const ggr = (on: string, minor: number) => ({ customer, type: "activity", on, measures: { ggr: minor } });
    await world.arrive(ggr("2026-01-10", -50_000));
    await recalculate(world.ctx);
    await world.arrive(ggr("2026-03-01", 80_000), ggr("2026-02-20", 10_000));
    await recalculate(world.ctx);
    await world.arrive(ggr("2026-01-11", 5_000));
    await recalculate(world.ctx);
    await releaseDue(world.ctx, "2026-03-10");
    other = await world.plan(program, "richer", planOf({ ...CPA, amount: "200" }, { ...SHARE, rate: "0.5" }));
  });
  after(() => world.close());

  it("lines, carries, holds and books rebuilt from the facts are the stored ones", async () => {
    assert.deepEqual(await verifyBooks(world.ctx), {
      whole: true,
      pairs: 1,
      waiting: 0,
      lines: 5,
      problems: [],
    });
  });

  it("notices a changed fact, line, carry or hold", async () => {
    for (const [statement, expected] of [
      [
        "update commissions.fact_day set amount = amount + 100 where measure = 'ggr' and day = '2026-03-01'",
        /comes to/,
      ],
      [
        "update commissions.line set amount_minor = amount_minor + 1 where subject_kind = 'customer'",
        /ledger has booked/,
      ],
      [
        "update commissions.memory set memory = memory || jsonb_build_object('postponed', '1') where month = '2026-02-01'",
        /remembers into/,
      ],
      ["update commissions.held set held_minor = held_minor + 1", /is held with/],
      ["delete from commissions.held", /nothing is held there/],
      ["delete from commissions.line where subject_kind = 'customer'", /does not exist/],
    ] as const) {
      await world.ctx.db
        .transaction()
        .execute(async (db) => {
          await sql`set local session_replication_role = replica`.execute(db);
          await sql.raw(statement).execute(db);
          const check = await verifyBooks({ ...world.ctx, db });
          assert.equal(check.whole, false, statement);
          assert.match(check.problems.join("\n"), expected, statement);
          throw new Error("undo");
        })
        .catch((error: Error) => {
          if (error.message !== "undo") throw error;
        });
    }
  });

  it("a replay under the same terms finds nothing to change", async () => {
    const replayed = await replayCommissions(world.ctx, { month: "2026-03-01", dryRun: true });
    assert.deepEqual(replayed.differences, []);
    assert.deepEqual(replayed.partners, [
      { partnerId: partner, currency: "EUR", storedMinor: 25_500n, calculatedMinor: 25_500n },
    ]);
    const booked = await replayCommissions(world.ctx, { month: "2026-01-01", dryRun: false });
    assert.deepEqual([booked.booked, booked.differences], [true, []]);
    assert.equal((await verifyLedger(world.ctx)).transfers, 4);
  });

  it("under another plan it shows the difference and books nothing", async () => {
    const replayed = await replayCommissions(world.ctx, { month: "2026-03-01", dryRun: true, planVersionId: other });
    assert.deepEqual(replayed.partners, [
      { partnerId: partner, currency: "EUR", storedMinor: 25_500n, calculatedMinor: 42_500n },
    ]);
    assert.equal(replayed.differences.length, 2);
    await assert.rejects(
      replayCommissions(world.ctx, { month: "2026-03-01", dryRun: false, planVersionId: other }),
      (error) => error instanceof Refusal && error.code === "wrong_state",
    );
    assert.equal((await verifyBooks(world.ctx)).whole, true);
  });
});
