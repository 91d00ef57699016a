import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ANNA, BERT, CPA, MoneyWorld, planOf } from "../../test/money/world.ts";
import { publicNumber } from "../kernel/ids.ts";
import { verifyLedger } from "../ledger/index.ts";
import { decideAdjustment, requestRelease } from "./adjustments/service.ts";
import { recalculate, verifyBooks } from "./index.ts";
import { linePage } from "./store/reading.ts";
import { lineWire } from "./wire.ts";

const CAPPED = {
  ...CPA,
  caps: [{ name: "one_a_month", limit: "1", of: "items" as const, per: "month" as const, overflow: "pend" as const }],
};

describe("what a cap keeps waiting is released by two people", () => {
  let world: MoneyWorld;
  let partner: string;
  let first: bigint;
  before(async () => {
    world = await MoneyWorld.open();
    const program = await world.program("casino");
    partner = await world.partner("acme");
    await world.agree(partner, program, await world.plan(program, "capped", planOf(CAPPED)));
    first = await world.customer(program, partner, "one");
    await world.depositor(first, "2026-03-02", 5000);
    await world.depositor(await world.customer(program, partner, "two"), "2026-03-03", 5000);
    await recalculate(world.ctx);
  });
  after(() => world.close());

  const lines = async () => {
    const page = await linePage(
      world.ctx.db,
      { everything: true },
      { partnerId: partner, latest: true },
      { limit: 50 },
    );
    return page.rows.map(lineWire);
  };
  const waiting = async () => {
    const found = (await lines()).find((line) => line.heldBy === "cap");
    assert.ok(found !== undefined, "the second customer's line waits");
    return found;
  };

  it("nothing but what a cap holds can be asked for, with a reason that is kept", async () => {
    assert.deepEqual(await world.owed(partner), { held: 12000n, payable: 12000n });
    const paid = (await lines()).find((line) => line.heldBy === null);
    await assert.rejects(requestRelease(world.ctx, ANNA, paid?.id ?? "", "please"), { code: "wrong_state" });
    await assert.rejects(requestRelease(world.ctx, ANNA, publicNumber("cln", 999_999n), "please"), {
      code: "not_found",
    });
    assert.equal((await waiting()).held, "12000");
  });

  it("whoever asks does not decide, and it is asked once", async () => {
    const { id } = await waiting();
    const asked = await requestRelease(world.ctx, ANNA, id, "agreed by phone");
    assert.deepEqual([asked.kind, asked.amount, asked.status], ["release", "12000", "proposed"]);
    await assert.rejects(requestRelease(world.ctx, BERT, id, "me too"), { code: "wrong_state" });
    await assert.rejects(decideAdjustment(world.ctx, ANNA, asked.id, true), { code: "same_person" });
    assert.deepEqual(await world.owed(partner), { held: 12000n, payable: 12000n });

    const decided = await decideAdjustment(world.ctx, BERT, asked.id, true);
    assert.deepEqual([decided.status, decided.bookedMonth], ["approved", "2026-03"]);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 24000n });
    assert.equal((await lines()).find((line) => line.id === id)?.held, "0");
    await assert.rejects(decideAdjustment(world.ctx, BERT, asked.id, true), { code: "wrong_state" });
  });

  it("stays released when the month is calculated again, and the books are whole", async () => {
    await world.arrive({ customer: first, type: "deposit", on: "2026-03-08", measures: { deposit: 100 } });
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 24000n });
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
    assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
  });

  it("a declined request leaves it waiting, and it can be asked again", async () => {
    const programId = (await lines())[0]?.programId ?? "";
    await world.depositor(await world.customer(programId, partner, "three"), "2026-03-09", 5000);
    await recalculate(world.ctx);
    const found = (await lines()).find((line) => line.heldBy === "cap" && line.held !== "0");
    const asked = await requestRelease(world.ctx, ANNA, found?.id ?? "", "first try");
    await decideAdjustment(world.ctx, BERT, asked.id, false);
    assert.deepEqual(await world.owed(partner), { held: 12000n, payable: 24000n });
    assert.equal((await requestRelease(world.ctx, ANNA, found?.id ?? "", "second try")).status, "proposed");
  });
});
