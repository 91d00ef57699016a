import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { CPA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { transact } from "../database/index.ts";
import { closeMonths, verifyLedger } from "../ledger/index.ts";
import { countDuePairs, recalculate, releaseDue, verifyBooks } from "./index.ts";
import { lockPairs } from "./store/due.ts";

describe("calculation and booking", () => {
  let world: MoneyWorld;
  let program: string;
  let cpaPlan: string;
  let sharePlan: string;
  before(async () => {
    world = await MoneyWorld.open();
    program = await world.program("casino");
    cpaPlan = await world.plan(program, "cpa-30", planOf({ ...CPA, hold: { days: 30 } }));
    sharePlan = await world.plan(program, "share", planOf(SHARE));
  });
  after(() => world.close());

  let number = 0;
  async function partnerOn(planVersionId: string): Promise<{ partner: string; customer: () => Promise<bigint> }> {
    number += 1;
    const partner = await world.partner(`partner-${number}`);
    await world.agree(partner, program, planVersionId);
    let customers = 0;
    return { partner, customer: () => world.customer(program, partner, `${partner}-${++customers}`) };
  }
  const linesOf = async (partner: string) => {
    const { rows } = await sql<{ v: string }>`
      select concat_ws(' ', component, version, amount_minor, difference_minor, to_char(month, 'MM'), to_char(booked_month, 'MM')) as v
      from commissions.line where partner_id = ${partner} order by line_id`.execute(world.ctx.db);
    return rows.map((row) => row.v);
  };
  const whole = async () => assert.deepEqual((await verifyLedger(world.ctx)).problems, []);

  it("a qualified customer is held, released on its day, and clawed back after a chargeback", async () => {
    const { partner, customer } = await partnerOn(cpaPlan);
    const id = await customer();
    await world.depositor(id, "2026-03-02", 5000);
    assert.deepEqual(await recalculate(world.ctx), { pairs: 1, lines: 1, transfers: 1, problems: 0 });
    assert.deepEqual(await world.owed(partner), { held: 12000n, payable: 0n });

    assert.deepEqual(await releaseDue(world.ctx, "2026-03-31"), { released: 0 });
    assert.deepEqual(await releaseDue(world.ctx, "2026-04-01"), { released: 1 });
    assert.deepEqual(await releaseDue(world.ctx, "2026-04-01"), { released: 0 }, "once only");
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 12000n });

    await world.arrive({ customer: id, type: "chargeback", on: "2026-04-05", measures: { chargeback: 5000 } });
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 0n });
    assert.deepEqual(await linesOf(partner), ["cpa 1 12000 12000 03 03", "cpa 2 0 -12000 03 03"]);
    const { rows } = await sql<{
      r: string;
    }>`select recipe as r from ledger.transfer where partner_id = ${partner} order by transfer_id`.execute(
      world.ctx.db,
    );
    assert.deepEqual(
      rows.map((row) => row.r),
      ["hold", "release", "claw_back"],
    );
    await whole();
  });

  it("a deposit reversed while the commission is held takes it out of the hold", async () => {
    const { partner, customer } = await partnerOn(cpaPlan);
    const id = await customer();
    const events = await world.depositor(id, "2026-03-02", 5000);
    await recalculate(world.ctx);
    const deposit = events[2];
    assert.ok(deposit);
    await world.reverse(deposit);
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 0n });
    assert.deepEqual(await releaseDue(world.ctx, "2027-01-01"), { released: 0 });
    await world.change([deposit], []);
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 12000n, payable: 0n }, "it came back, and is held again");
    await releaseDue(world.ctx, "2026-04-01");
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 12000n });
    await whole();
  });

  it("calculating twice books nothing", async () => {
    const { partner, customer } = await partnerOn(cpaPlan);
    const id = await customer();
    await world.depositor(id, "2026-03-02", 5000);
    await recalculate(world.ctx);
    await sql`insert into commissions.dirty (partner_id, program_id, month, marked_at) values (${partner}, ${program}, '2026-01-01', now())`.execute(
      world.ctx.db,
    );
    assert.deepEqual(await recalculate(world.ctx), { pairs: 1, lines: 0, transfers: 0, problems: 0 });
    assert.deepEqual(await recalculate(world.ctx), { pairs: 0, lines: 0, transfers: 0, problems: 0 });
  });

  it("negative months are carried, and a late event moves every month after it", async () => {
    const { partner, customer } = await partnerOn(sharePlan);
    const id = await customer();
    const ggr = (on: string, minor: number) => ({ customer: id, type: "activity", on, measures: { ggr: minor } });
    await world.arrive(ggr("2026-01-15", -100_000), ggr("2026-02-15", 60_000), ggr("2026-03-05", 90_000));
    await recalculate(world.ctx);
    assert.deepEqual(await linesOf(partner), ["share 1 0 0 01 01", "share 1 0 0 02 02", "share 1 15000 15000 03 03"]);
    await world.arrive(ggr("2026-01-20", 20_000));
    await recalculate(world.ctx);
    assert.deepEqual((await linesOf(partner)).slice(3), [
      "share 2 0 0 01 01",
      "share 2 0 0 02 02",
      "share 2 21000 6000 03 03",
    ]);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 21_000n });
    await world.arrive(ggr("2026-02-20", 50_000));
    assert.equal((await recalculate(world.ctx)).lines, 2, "January is not touched by February");
    assert.deepEqual(
      await world.owed(partner),
      { held: 0n, payable: 36_000n },
      "(−1000 + 200 + 600 + 500 + 900) × 30 %",
    );
    await whole();
  });

  it("a correction in a closed month is booked in the next open one", async () => {
    const { partner, customer } = await partnerOn(sharePlan);
    const id = await customer();
    await world.arrive({ customer: id, type: "activity", on: "2026-01-15", measures: { ggr: 100_000 } });
    await recalculate(world.ctx);
    await transact(world.ctx, (tx) => closeMonths(tx, [{ partnerId: partner, currency: "EUR", month: "2026-01-01" }]));
    await world.arrive({ customer: id, type: "activity", on: "2026-01-31", measures: { ggr: 0, bonus: 10_000 } });
    await recalculate(world.ctx);
    assert.deepEqual(await linesOf(partner), ["share 1 30000 30000 01 01", "share 2 27000 -3000 01 02"]);
    const { rows } = await sql<{ t: string }>`
      select concat_ws(' ', recipe, amount_minor, to_char(period, 'YYYY-MM'), occurred_on) as t
      from ledger.transfer where partner_id = ${partner} order by transfer_id`.execute(world.ctx.db);
    assert.deepEqual(
      rows.map((row) => row.t),
      ["accrue 30000 2026-01 2026-01-31", "claw_back 3000 2026-02 2026-01-31"],
    );
    await whole();
  });

  it("a missing rate stops one pair, says why, and is taken up when it is marked again", async () => {
    const { partner, customer } = await partnerOn(sharePlan);
    const id = await customer();
    await world.arrive({
      customer: id,
      type: "activity",
      on: "2026-02-16",
      measures: { ggr: 12_000 },
      currency: "USD",
    });
    assert.deepEqual(await recalculate(world.ctx), { pairs: 1, lines: 0, transfers: 0, problems: 1 });
    const problem = () =>
      sql<{ problem: string | null }>`select problem from commissions.dirty where partner_id = ${partner}`.execute(
        world.ctx.db,
      );
    assert.match((await problem()).rows[0]?.problem ?? "", /no ecb rate from USD to EUR for 2026-02-16/);
    await sql`insert into commissions.rate (source, day, currency, rate, loaded_at) values ('ecb', '2026-02-16', 'USD', 1.2, now())`.execute(
      world.ctx.db,
    );
    await world.arrive({ customer: id, type: "activity", on: "2026-02-17", measures: { ggr: 100 } });
    assert.equal((await recalculate(world.ctx)).problems, 0);
    assert.deepEqual(await linesOf(partner), ["share 1 3030 3030 02 02"], "(120 USD / 1.2 + 1 EUR) × 30 %");
    assert.equal((await problem()).rows.length, 0);
  });

  it("leaves to another what it works on, calculates the rest meanwhile, and waits for it at the end", async () => {
    const [busy, free] = [await partnerOn(sharePlan), await partnerOn(sharePlan)];
    for (const one of [busy, free])
      await world.arrive({
        customer: await one.customer(),
        type: "activity",
        on: "2026-03-05",
        measures: { ggr: 10_000 },
      });
    let calculation: Promise<unknown> = Promise.resolve();
    await transact(world.ctx, async (tx) => {
      await lockPairs(tx.db, [{ partnerId: busy.partner, programId: program }]);
      const others = new Promise<void>((resolve) => {
        calculation = recalculate(world.ctx, { onProgress: () => resolve() });
      });
      await others;
      assert.deepEqual(await world.owed(free.partner), { held: 0n, payable: 3000n });
      assert.deepEqual(await world.owed(busy.partner), { held: 0n, payable: 0n });
    });
    await calculation;
    assert.deepEqual(await world.owed(busy.partner), { held: 0n, payable: 3000n });
  });

  it("stops when it is asked to, and what is left stays due", async () => {
    const { partner, customer } = await partnerOn(sharePlan);
    await world.arrive({ customer: await customer(), type: "activity", on: "2026-03-05", measures: { ggr: 10_000 } });
    assert.equal((await recalculate(world.ctx, { signal: AbortSignal.abort() })).pairs, 0);
    assert.equal(await countDuePairs(world.ctx.db, partner), 1);
    assert.equal((await recalculate(world.ctx)).pairs, 1);
    assert.equal(await countDuePairs(world.ctx.db, partner), 0);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 3000n });
  });

  it("two calculations at once book once", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => partnerOn(cpaPlan)));
    for (const { customer } of made) await world.depositor(await customer(), "2026-03-03", 5000);
    const results = await Promise.all([recalculate(world.ctx), recalculate(world.ctx), recalculate(world.ctx)]);
    assert.equal(
      results.reduce((sum, one) => sum + one.lines, 0),
      6,
    );
    assert.equal(
      results.reduce((sum, one) => sum + one.transfers, 0),
      6,
    );
    await whole();
  });

  it("what is marked during a calculation stays due", async () => {
    const { partner, customer } = await partnerOn(sharePlan);
    const id = await customer();
    const event = (minor: number) => ({ customer: id, type: "activity", on: "2026-03-05", measures: { ggr: minor } });
    await world.arrive(event(1000));
    await Promise.all([
      (async () => {
        for (let i = 0; i < 20; i++) await world.arrive(event(1000));
      })(),
      (async () => {
        for (let i = 0; i < 10; i++) await recalculate(world.ctx);
      })(),
    ]);
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 6_300n });
    await whole();
  });

  it("holds that end while their commission falls are released or reversed, never both", async () => {
    const { partner, customer } = await partnerOn(cpaPlan);
    const ids: bigint[] = [];
    for (let index = 0; index < 12; index++) ids.push(await customer());
    for (const id of ids) await world.depositor(id, "2026-02-01", 5000);
    world.clock.set("2026-02-15T12:00:00Z");
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(partner), { held: 144_000n, payable: 0n });
    world.clock.set("2026-03-10T12:00:00Z");
    const fall = (id: bigint) =>
      world.arrive({ customer: id, type: "chargeback", on: "2026-03-02", measures: { chargeback: 1 } });
    await Promise.all([
      (async () => {
        for (const id of ids.slice(0, 6)) {
          await fall(id);
          await recalculate(world.ctx);
        }
      })(),
      (async () => {
        for (const day of ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]) await releaseDue(world.ctx, day);
      })(),
      releaseDue(world.ctx, "2026-03-10"),
    ]);
    await releaseDue(world.ctx, "2026-03-10");
    assert.deepEqual(await world.owed(partner), { held: 0n, payable: 72_000n });
    assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
    await whole();
  });

  it("after one event only its customer's acquisition is calculated, and all is as if everybody's were", async () => {
    const roller = { ...SHARE, highRoller: { threshold: "250.00", when: "always", month: "excluded", carry: "whole" } };
    const byCount = {
      metric: { count: "first_deposits" },
      mode: "whole",
      bounds: "at_least",
      bands: [
        { from: "0", value: "0.25" },
        { from: "2", value: "0.35" },
      ],
    };
    const plans = [
      [{ ...CPA, amount: "40.00" }, SHARE],
      [roller],
      [CPA, { ...SHARE, rate: byCount, ringFenced: false }],
    ] as unknown as Parameters<typeof planOf>[];
    for (const [index, components] of plans.entries()) {
      const plan = await world.plan(program, `one-event-${index}`, planOf(...components));
      const { partner, customer } = await partnerOn(plan);
      const ids = [await customer(), await customer(), await customer()] as const;
      for (const id of ids.slice(0, 2)) await world.depositor(id, "2026-02-02", 5000);
      await recalculate(world.ctx);
      const play = (id: bigint, on: string, ggr: number) => ({ customer: id, type: "activity", on, measures: { ggr } });
      for (const changes of [
        () => world.depositor(ids[2], "2026-02-20", 4000),
        () => world.arrive(play(ids[0], "2026-02-03", -60_000), play(ids[1], "2026-03-03", 9_000)),
        () => world.arrive({ customer: ids[1], type: "chargeback", on: "2026-03-02", measures: { chargeback: 1 } }),
        () => world.arrive({ ...play(ids[2], "2026-02-28", 7_000), currency: "EUR" }),
      ]) {
        await changes();
        const { rows } = await sql<{
          named: boolean;
        }>`select customers is not null as named from commissions.dirty where partner_id = ${partner}`.execute(
          world.ctx.db,
        );
        assert.ok(rows.length > 0 && rows.every((row) => row.named), "marks say whose facts changed");
        await recalculate(world.ctx);
      }
    }
    assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
    await whole();
  });

  it("a customer who goes to another partner takes the commission along", async () => {
    const from = await partnerOn(cpaPlan);
    const to = await partnerOn(cpaPlan);
    const id = await from.customer();
    await world.depositor(id, "2026-03-02", 5000);
    await recalculate(world.ctx);
    await sql`update attribution.customer set partner_id = ${to.partner} where customer_id = ${id}`.execute(
      world.ctx.db,
    );
    for (const one of [from.partner, to.partner])
      await sql`insert into commissions.dirty (partner_id, program_id, month, marked_at) values (${one}, ${program}, '2026-03-01', now())`.execute(
        world.ctx.db,
      );
    await recalculate(world.ctx);
    assert.deepEqual(await world.owed(from.partner), { held: 0n, payable: 0n });
    assert.deepEqual(await world.owed(to.partner), { held: 12000n, payable: 0n });
    await whole();
  });
});
