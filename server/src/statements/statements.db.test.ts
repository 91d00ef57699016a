import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { sql } from "kysely";
import { ANNA, BERT, CPA, MoneyWorld, person, planOf, SHARE, signatory } from "../../test/money/world.ts";
import { recalculate } from "../commissions/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { verifyLedger } from "../ledger/index.ts";
import {
  closeStatement,
  getStatement,
  listStatements,
  openStatements,
  payStatement,
  verifyStatements,
} from "./index.ts";

describe("statements", () => {
  let world: MoneyWorld;
  let program: string;
  let plan: string;
  let partner: string;
  let customer: bigint;
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-10T12:00:00Z");
    program = await world.program("casino");
    plan = await world.plan(program, "hybrid", planOf({ ...CPA, hold: { days: 10 } }, SHARE));
  });
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set("2026-03-10T12:00:00Z");
    number += 1;
    partner = await world.partner(`partner-${number}`);
    await world.agree(partner, program, plan);
    customer = await world.customer(program, partner, `c-${number}`);
  });

  const refusal = (code: string, text: RegExp) => (error: unknown) =>
    error instanceof Refusal && error.code === code && text.test(error.message);
  const activity = (on: string, ggr: number) => world.arrive({ customer, type: "activity", on, measures: { ggr } });
  async function statementOf(month: string): Promise<string> {
    await openStatements(world.ctx);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, month, limit: 10 });
    assert.equal(rows.length, 1, month);
    return rows[0]?.id ?? "";
  }

  it("is live while open, frozen when closed, and paid by somebody else", async () => {
    await activity("2026-03-05", 100_000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-03");
    assert.equal((await getStatement(world.ctx, ANNA, id)).figures.closingPayable, "30000");
    await world.depositor(customer, "2026-03-28", 5000);
    await recalculate(world.ctx);
    const open = await getStatement(world.ctx, ANNA, id);
    assert.deepEqual([open.status, open.figures.closingPayable, open.figures.closingHeld], ["open", "30000", "12000"]);

    await assert.rejects(closeStatement(world.ctx, ANNA, id), refusal("wrong_state", /2026-03 is not over/));
    world.clock.set("2026-04-01T12:00:00Z");
    await activity("2026-03-31", 50_000);
    const closed = await closeStatement(world.ctx, ANNA, id);
    assert.equal(closed.status, "closed");
    assert.equal(closed.figures.closingPayable, "45000", "what was due was calculated first");
    assert.equal(closed.lineCount, 3);
    assert.match(closed.contentHash ?? "", /^[0-9a-f]{64}$/);
    await assert.rejects(closeStatement(world.ctx, BERT, id), refusal("wrong_state", /closed already/));

    await assert.rejects(
      payStatement(world.ctx, ANNA, id, { reference: "PAY-1" }),
      refusal("same_person", /somebody else/),
    );
    const paid = await payStatement(world.ctx, BERT, id, { reference: "PAY-1" });
    assert.deepEqual([paid.status, paid.paid, paid.paymentReference, paid.toPay], ["paid", "45000", "PAY-1", "0"]);
    await assert.rejects(payStatement(world.ctx, BERT, id, { reference: "PAY-1" }), refusal("wrong_state", /PAY-1/));
    assert.deepEqual(await world.owed(partner), { held: 12_000n, payable: 0n });
    assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
  });

  it("does not change when facts of its month change: the difference stands on the next one", async () => {
    await activity("2026-02-05", 100_000);
    await recalculate(world.ctx);
    const february = await statementOf("2026-02");
    const closed = await closeStatement(world.ctx, ANNA, february);
    await activity("2026-02-20", -40_000);
    await recalculate(world.ctx);
    const { contentHash, figures } = await getStatement(world.ctx, ANNA, february);
    assert.deepEqual([contentHash, figures], [closed.contentHash, closed.figures]);
    const march = await getStatement(world.ctx, ANNA, await statementOf("2026-03"));
    assert.deepEqual(
      [march.figures.openingPayable, march.figures.clawedBack, march.figures.closingPayable],
      ["30000", "-12000", "18000"],
    );
    assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
  });

  it("paying a later statement pays the earlier ones with it, and nothing twice", async () => {
    await activity("2026-01-05", 100_000);
    await activity("2026-02-05", 50_000);
    await recalculate(world.ctx);
    const [january, february] = [await statementOf("2026-01"), await statementOf("2026-02")];
    await assert.rejects(closeStatement(world.ctx, ANNA, february), refusal("wrong_state", /Close 2026-01 first/));
    await closeStatement(world.ctx, ANNA, january);
    const closed = await closeStatement(world.ctx, ANNA, february);
    assert.equal(closed.toPay, "45000");
    await payStatement(world.ctx, BERT, february, { reference: "PAY-2" });
    await assert.rejects(
      payStatement(world.ctx, BERT, january, { reference: "PAY-3" }),
      refusal("wrong_state", /PAY-2/),
    );
    const covered = await getStatement(world.ctx, ANNA, january);
    assert.deepEqual([covered.status, covered.paid, covered.paidWith], ["paid", "0", february]);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 0n });
  });

  it("a negative balance goes on to the next statement", async () => {
    await activity("2026-01-05", 100_000);
    await recalculate(world.ctx);
    const january = await statementOf("2026-01");
    await closeStatement(world.ctx, ANNA, january);
    await payStatement(world.ctx, BERT, january, { reference: "PAY-4" });
    await activity("2026-01-30", -100_000);
    await recalculate(world.ctx);
    const february = await statementOf("2026-02");
    const closed = await closeStatement(world.ctx, ANNA, february);
    assert.deepEqual([closed.figures.openingPayable, closed.figures.closingPayable], ["30000", "0"]);
    await assert.rejects(
      payStatement(world.ctx, BERT, february, { reference: "PAY-5" }),
      refusal("wrong_state", /nothing to pay/),
    );
    assert.deepEqual(
      await world.owed(partner),
      { held: 0n, payable: -30_000n },
      "300 were paid for January, which came to nothing",
    );
  });

  it("holds that end in the month are released before it closes", async () => {
    await world.depositor(customer, "2026-02-10", 5000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-02");
    const closed = await closeStatement(world.ctx, ANNA, id);
    const { figures } = closed;
    assert.deepEqual(
      [figures.held, figures.releasedFromHold, figures.released, figures.closingPayable, figures.closingHeld],
      ["0", "0", "0", "12000", "0"],
      "calculated on 10 March, the hold of 20 February was over already",
    );
  });

  it("is not closed while something cannot be calculated", async () => {
    await activity("2026-02-05", 100_000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-02");
    await world.arrive({ customer, type: "activity", on: "2026-02-06", measures: { ggr: 5 }, currency: "GBP" });
    await recalculate(world.ctx);
    await assert.rejects(closeStatement(world.ctx, ANNA, id), refusal("wrong_state", /GBP/));
  });

  it("is shown to its partner only, without the names of the operator's people", async () => {
    await activity("2026-02-05", 100_000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-02");
    await closeStatement(world.ctx, ANNA, id);
    const seen = await getStatement(world.ctx, signatory(partner), id);
    assert.deepEqual([seen.closedBy, seen.figures.closingPayable], [null, "30000"]);
    const other = signatory(await world.partner(`other-${number}`));
    await assert.rejects(getStatement(world.ctx, other, id), refusal("not_found", /./));
    assert.deepEqual((await listStatements(world.ctx, other, { limit: 10 })).rows, []);
    await assert.rejects(closeStatement(world.ctx, signatory(partner), id), refusal("forbidden", /./));
    await assert.rejects(
      closeStatement(world.ctx, person("usr_kam", "key_account_manager"), id),
      refusal("forbidden", /./),
    );
  });

  it("two people closing at once close once", async () => {
    await activity("2026-02-05", 100_000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-02");
    const results = await Promise.allSettled([
      closeStatement(world.ctx, ANNA, id),
      closeStatement(world.ctx, BERT, id),
    ]);
    assert.deepEqual(results.map((one) => one.status).sort(), ["fulfilled", "rejected"]);
    const pays = await Promise.allSettled([
      payStatement(world.ctx, person("usr_carl"), id, { reference: "A" }),
      payStatement(world.ctx, person("usr_dora"), id, { reference: "B" }),
    ]);
    assert.deepEqual(pays.map((one) => one.status).sort(), ["fulfilled", "rejected"]);
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
  });

  it("notices a frozen statement that was changed behind its back", async () => {
    await activity("2026-02-05", 100_000);
    await recalculate(world.ctx);
    const id = await statementOf("2026-02");
    await closeStatement(world.ctx, ANNA, id);
    await sql`update statements.statement set content = jsonb_set(content, '{figures,closingPayable}', '"99999"') where statement_id = ${id}`.execute(
      world.ctx.db,
    );
    assert.match((await verifyStatements(world.ctx)).problems.join(), /frozen content was changed/);
    await sql`update statements.statement set content = jsonb_set(content, '{figures,closingPayable}', '"30000"') where statement_id = ${id}`.execute(
      world.ctx.db,
    );
    assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
  });
});
