import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { Refusal } from "../kernel/refusal.ts";
import { importRates, recalculate } from "./index.ts";

describe("loading exchange rates", () => {
  let world: MoneyWorld;
  let partner: string;
  let customer: bigint;
  before(async () => {
    world = await MoneyWorld.open();
    const program = await world.program("casino");
    partner = await world.partner("one");
    await world.agree(partner, program, await world.plan(program, "share", planOf(SHARE)));
    customer = await world.customer(program, partner, "c1");
  });
  after(() => world.close());

  const count = async () => {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from commissions.rate`.execute(world.ctx.db);
    return rows[0]?.n;
  };

  it("takes what waited for them up again, and changes nothing when loaded twice", async () => {
    const usd = { customer, type: "activity", on: "2026-03-04", measures: { ggr: 12_500 }, currency: "USD" };
    await world.arrive(usd);
    assert.equal((await recalculate(world.ctx)).problems, 1);
    const file = "Date, USD, JPY, \n2 March 2026, 1.2500, 150, \n";
    assert.deepEqual(await importRates(world.ctx, file), {
      rates: 2,
      days: 1,
      newDays: 1,
      firstDay: "2026-03-02",
      lastDay: "2026-03-02",
      marked: 1,
    });
    assert.equal((await recalculate(world.ctx)).problems, 0);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 3_000n });
    const again = await importRates(world.ctx, file);
    assert.deepEqual([again.newDays, again.marked, await count()], [0, 0, 2n]);
  });

  it("a day that is published later moves what rested on the day before it", async () => {
    await importRates(world.ctx, "Date,USD,\n2026-03-04,1.0000,\n");
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 3_750n });
  });

  it("loads nothing of a file that contradicts the books or cannot be read", async () => {
    const before = await count();
    const refusal = (code: string, text: RegExp) => (error: unknown) =>
      error instanceof Refusal && error.code === code && text.test(error.message);
    await assert.rejects(
      importRates(world.ctx, "Date,USD,\n2026-03-05,1.1,\n2026-03-02,1.26,\n"),
      refusal("conflict", /USD of 2026-03-02 is 1.26 in the file and 1.2500 in the books/),
    );
    await assert.rejects(
      importRates(world.ctx, "Date,USD,\n2026-03-05,1.1,\n2026-03-06,abc,\n"),
      refusal("invalid_input", /line 3: USD abc is no rate/),
    );
    await assert.rejects(importRates(world.ctx, "a picture"), refusal("invalid_input", /line 1/));
    assert.equal(await count(), before);
  });
});
