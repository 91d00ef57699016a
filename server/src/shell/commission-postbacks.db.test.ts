import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { CPA, MoneyWorld, planOf } from "../../test/money/world.ts";
import { recalculate, releaseDue } from "../commissions/index.ts";
import { commissionPostbacks } from "./commission-postbacks.ts";

let world: MoneyWorld;

before(async () => {
  world = await MoneyWorld.open();
});
after(() => world.close());

/** Runs what was announced since the last time, as the job runner would, and then once more. */
async function tellTwice(notice = "commissions.booked"): Promise<void> {
  const { rows } = await sql<{ payload: unknown }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = ${notice} order by j.id`.execute(world.ctx.db);
  const task = commissionPostbacks(world.ctx).tasks?.[notice];
  assert.ok(task && rows.length > 0);
  for (const row of [...rows, ...rows]) await task(row.payload);
}

test("a booked commission is told once, and its later difference with its sign", async () => {
  const program = await world.program("casino");
  const plan = await world.plan(program, "cpa", planOf(CPA));
  const partner = await world.partner("one");
  await world.agree(partner, program, plan);
  await sql`insert into tracking.postback (postback_id, partner_id, event_types, method, url, host, status, created_by, created_at)
    values ('pbk_1', ${partner}, '{commission}', 'GET', 'https://x.example/?c={commission}', 'x.example', 'active', 'usr_1', now())`.execute(
    world.ctx.db,
  );
  const customer = await world.customer(program, partner, "C-1002003");
  await world.depositor(customer, "2026-03-02", 5000);
  await recalculate(world.ctx);
  await tellTwice();
  await world.arrive({ customer, type: "chargeback", on: "2026-03-05", measures: { chargeback: 5000 } });
  await recalculate(world.ctx);
  await tellTwice();
  const { rows } = await sql<{ commission: string; currency: string; customer: string }>`
    select "values" ->> 'commission' as commission, "values" ->> 'currency' as currency, "values" ->> 'customer_id' as customer
      from tracking.delivery order by delivery_id`.execute(world.ctx.db);
  assert.deepEqual(rows, [
    { commission: "120.00", currency: "EUR", customer: "***2003" },
    { commission: "-120.00", currency: "EUR", customer: "***2003" },
  ]);
});

test("a released hold is told where it was asked for, with what became payable", async () => {
  const program = await world.program("held");
  const plan = await world.plan(program, "cpa-held", planOf({ ...CPA, hold: { days: 10 } }));
  const partner = await world.partner("patient");
  await world.agree(partner, program, plan);
  await sql`insert into tracking.postback (postback_id, partner_id, event_types, method, url, host, status, created_by, created_at, filters)
    values ('pbk_held', ${partner}, '{commission}', 'GET', 'https://x.example/', 'x.example', 'active', 'usr_1', now(),
            '{"commissionStates": ["held", "released"]}')`.execute(world.ctx.db);
  const customer = await world.customer(program, partner, "C-held");
  await world.depositor(customer, "2026-03-02", 5000);
  await recalculate(world.ctx);
  await tellTwice();
  await releaseDue(world.ctx, "2026-04-20");
  await tellTwice("commissions.released");
  const { rows } = await sql<{ said: string }>`
    select concat_ws(' ', "values" ->> 'commission_state', "values" ->> 'status', "values" ->> 'commission') as said
      from tracking.delivery where postback_id = 'pbk_held' order by delivery_id`.execute(world.ctx.db);
  assert.deepEqual(
    rows.map((row) => row.said),
    ["held pending 120.00", "released approved 120.00"],
  );
});
