import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ANNA, BERT, MoneyWorld, person, planOf, SHARE, signatory } from "../../test/money/world.ts";
import { recalculate } from "../commissions/index.ts";
import { transact } from "../database/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import {
  approveStatements,
  type ClosingProgress,
  closeStatements,
  getStatement,
  listStatements,
  openStatements,
  payableStatements,
  payStatement,
  returnSettlements,
  type Settlement,
  settleStatements,
  verifyStatements,
} from "./index.ts";

const CARL = person("usr_carl");

describe("the month end of many statements", () => {
  let world: MoneyWorld;
  let programs: readonly [string, string];
  let plans: readonly [string, string];
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-10T12:00:00Z");
    programs = [await world.program("casino"), await world.program("sports")];
    plans = [
      await world.plan(programs[0], "casino", planOf(SHARE)),
      await world.plan(programs[1], "sports", planOf(SHARE)),
    ];
  });
  after(() => world.close());

  /** A partner with 30 % of what its customers bring. @returns its id and how activity arrives */
  async function partner(both = false) {
    number += 1;
    const id = await world.partner(`partner-${number}`);
    const customers: bigint[] = [];
    for (const which of both ? [0, 1] : [0]) {
      await world.agree(id, programs[which as 0] ?? "", plans[which as 0] ?? "");
      customers.push(await world.customer(programs[which as 0] ?? "", id, `c-${number}-${which}`));
    }
    const activity = (on: string, ggr: number, which = 0) =>
      world.arrive({ customer: customers[which] ?? 0n, type: "activity", on, measures: { ggr } });
    return { id, activity };
  }

  async function statementsOf(partnerId: string): Promise<string[]> {
    await openStatements(world.ctx, [partnerId]);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId, limit: 50 });
    return rows.toReversed().map((row) => row.id);
  }

  const settle = (settlements: readonly Settlement[], actor = BERT) =>
    transact(world.ctx, (tx) => settleStatements(tx, actor, settlements));

  it("closes many in their order, tells each that it cannot, and goes on where a run was interrupted", async () => {
    const [one, two, waits] = [await partner(), await partner(), await partner()];
    await one.activity("2026-01-05", 100_000);
    await one.activity("2026-02-05", 10_000);
    await two.activity("2026-02-05", 50_000);
    await waits.activity("2026-02-05", 50_000);
    await recalculate(world.ctx);
    const ids = [...(await statementsOf(one.id)), ...(await statementsOf(two.id))];
    const waiting = await statementsOf(waits.id);
    await world.arrive({
      customer: await world.customer(programs[0], waits.id, "c-gbp"),
      type: "activity",
      on: "2026-02-06",
      measures: { ggr: 5 },
      currency: "GBP",
    });
    await two.activity("2026-02-07", 50_000);
    const march = await partner();
    await march.activity("2026-03-05", 100_000);
    await recalculate(world.ctx, { partnerIds: [march.id] });
    const early = await statementsOf(march.id);
    const told: ClosingProgress[] = [];
    const interrupted = new AbortController();
    const onProgress = (progress: ClosingProgress) => {
      told.push(progress);
      if (progress.closed > 0) interrupted.abort();
    };
    const all = [...ids, ...waiting, ...early, "stm_none"].toReversed();
    const part = await closeStatements(world.ctx, ANNA, all, {
      runId: "run_1",
      onProgress,
      signal: interrupted.signal,
    });
    assert.equal(part.closed, 1, "January was closed first, then it was interrupted");
    assert.deepEqual(told.at(-1), { stage: "closing", closed: 1, total: 4 });
    const rest = await closeStatements(world.ctx, ANNA, all, { runId: "run_1" });
    assert.deepEqual([rest.closed, rest.already], [2, 1]);
    const codes = new Map(rest.refused.map((refused) => [refused.id, `${refused.code}: ${refused.detail}`]));
    assert.match(codes.get(waiting[0] ?? "") ?? "", /^wrong_state: .*GBP/);
    assert.match(codes.get(early[0] ?? "") ?? "", /^wrong_state: 2026-03 is not over/);
    assert.match(codes.get("stm_none") ?? "", /^not_found/);
    assert.equal(rest.refused.length, 3);
    const closed = await getStatement(world.ctx, ANNA, ids[2] ?? "");
    assert.deepEqual([closed.figures.closingPayable, closed.lineCount, closed.runId], ["30000", 2, "run_1"]);
    assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
    const kam = await closeStatements(world.ctx, person("usr_kam", "key_account_manager"), ids.slice(0, 1));
    assert.deepEqual(
      kam.refused.map((refused) => refused.code),
      ["forbidden"],
    );
  });

  it("pays what a run approved, one program's part after the other, and not twice", async () => {
    const one = await partner(true);
    await one.activity("2026-01-05", 100_000);
    await one.activity("2026-01-06", 50_000, 1);
    await recalculate(world.ctx);
    const [id = ""] = await statementsOf(one.id);
    await closeStatements(world.ctx, ANNA, [id], { runId: "run_2" });
    const mine = { partnerIds: [one.id] };
    assert.deepEqual(await payableStatements(world.ctx, mine), [], "its run has not approved it");
    const settlement = { statementId: id, minor: 15_000n, sourceKey: "pyt_1", idempotencyKey: "k1", reference: "P1" };
    const unapproved = await settle([settlement]);
    assert.match(unapproved.refused[0]?.detail ?? "", /not approved/);
    const self = await transact(world.ctx, (tx) => approveStatements(tx, ANNA, [id], "run_2"));
    assert.deepEqual(
      self.refused.map((refused) => refused.code),
      ["same_person"],
    );
    for (const times of [1, 0])
      assert.equal((await transact(world.ctx, (tx) => approveStatements(tx, BERT, [id], "run_2"))).approved, times);

    const [due] = await payableStatements(world.ctx, mine);
    const part = (which: 0 | 1, minor: bigint) => ({ programId: programs[which], minor });
    const byName = (parts: readonly { programId: string | null; minor: bigint }[]) =>
      new Map(parts.map(({ programId, minor }) => [programId, minor]));
    assert.deepEqual([due?.payable, due?.covers, due?.month], [45_000n, [id], "2026-01-01"]);
    assert.deepEqual(byName(due?.byProgram ?? []), byName([part(0, 30_000n), part(1, 15_000n)]));
    const sports = { ...settlement, byProgram: [part(1, 15_000n)] };
    assert.deepEqual(await settle([sports, sports]), { settled: 1, already: 1, refused: [] });
    const [left] = await payableStatements(world.ctx, mine);
    assert.deepEqual([left?.payable, left?.byProgram], [30_000n, [part(0, 30_000n)]]);
    const open = await getStatement(world.ctx, ANNA, id);
    assert.deepEqual([open.status, open.paid, open.toPay], ["closed", "15000", "30000"]);
    const more = { ...settlement, minor: 30_001n, idempotencyKey: "k2" };
    assert.match((await settle([more])).refused[0]?.detail ?? "", /30000 is left/);
    assert.deepEqual(
      (await settle([{ ...more, minor: 1n }], ANNA)).refused.map((one) => one.code),
      ["same_person"],
    );
    assert.equal((await settle([{ ...more, minor: 30_000n }])).settled, 1);
    assert.deepEqual(await settle([sports, { ...more, minor: 30_000n }]), { settled: 0, already: 2, refused: [] });
    assert.equal((await getStatement(world.ctx, ANNA, id)).status, "paid");
    assert.deepEqual(await payableStatements(world.ctx, mine), []);
    assert.deepEqual(await world.owed(one.id), { held: 0n, payable: 0n });
  });

  it("money that comes back is payable again, also when a later statement was paid meanwhile", async () => {
    const one = await partner();
    await one.activity("2026-01-05", 100_000);
    await one.activity("2026-02-05", 20_000);
    await recalculate(world.ctx);
    const [january = "", february = ""] = await statementsOf(one.id);
    for (const [id, reference] of [
      [january, "JAN"],
      [february, "FEB"],
    ] as const) {
      await closeStatements(world.ctx, ANNA, [id]);
      await payStatement(world.ctx, BERT, id, { reference });
    }
    const back = { statementId: january, minor: 30_000n, sourceKey: "pyt_9", idempotencyKey: "r1", reason: "AC04" };
    const give = (returns: readonly (typeof back)[]) =>
      transact(world.ctx, (tx) => returnSettlements(tx, CARL, returns));
    assert.match((await give([{ ...back, minor: 30_001n }])).refused[0]?.detail ?? "", /30000 was paid/);
    assert.deepEqual(await give([back, back]), { settled: 1, already: 1, refused: [] });
    const returned = await getStatement(world.ctx, signatory(one.id), january);
    assert.deepEqual(
      [returned.status, returned.toPay, returned.paid, returned.returnReason, returned.paymentReference],
      ["closed", "30000", "0", "AC04", null],
    );
    assert.equal((await getStatement(world.ctx, ANNA, february)).status, "paid");
    const [due] = await payableStatements(world.ctx, { partnerIds: [one.id] });
    assert.deepEqual([due?.statementId, due?.payable, due?.covers], [january, 30_000n, [january]]);
    assert.deepEqual(due?.byProgram, [{ programId: programs[0], minor: 30_000n }]);
    const again = await payStatement(world.ctx, BERT, january, { reference: "JAN again" });
    assert.deepEqual([again.status, again.paid, again.toPay], ["paid", "30000", "0"]);
    assert.deepEqual(await world.owed(one.id), { held: 0n, payable: 0n });
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
  });
});
