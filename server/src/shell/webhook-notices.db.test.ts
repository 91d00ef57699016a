import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { WEBHOOK_EVENTS, type WebhookType } from "@tributary/contract";
import { sql } from "kysely";
import { ANNA, BERT, CPA, MoneyWorld, planOf } from "../../test/money/world.ts";
import { recalculate, releaseDue } from "../commissions/index.ts";
import { announce } from "../database/index.ts";
import { movePartner } from "../partners/index.ts";
import { closeStatement, listStatements, openStatements, payStatement } from "../statements/index.ts";
import { createLink } from "../tracking/index.ts";
import { webhookNotices } from "./webhook-notices.ts";

let world: MoneyWorld;

before(async () => {
  world = await MoneyWorld.open();
  await sql`insert into integrations.webhook_endpoint (endpoint_id, url, host, status, created_by, created_at)
    values ('whe_1', 'https://crm.example/', 'crm.example', 'active', 'usr_1', now())`.execute(world.ctx.db);
});
beforeEach(async () => {
  await sql`truncate integrations.webhook_delivery, integrations.webhook_message cascade`.execute(world.ctx.db);
});
after(() => world.close());

/** Handles every notice so far twice, as the job runner may. @returns types of the messages, each checked against its schema */
async function told(): Promise<readonly string[]> {
  const tasks = webhookNotices(world.ctx).tasks ?? {};
  const { rows } = await sql<{ name: string; payload: unknown }>`
    select name, payload from (
      select t.identifier as name, j.payload, j.id, 1 as place from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where not database.in_sets(t.identifier)
      union all select name, payload, notice_id, 2 from database.notice) told order by place, id`.execute(world.ctx.db);
  for (const { name, payload } of [...rows, ...rows]) await tasks[name]?.(payload);
  await sql`delete from graphile_worker._private_jobs`.execute(world.ctx.db);
  await sql`delete from database.notice`.execute(world.ctx.db);
  const messages = await sql<{ type: WebhookType; payload: Record<string, unknown>; deliveries: number }>`
    select type, payload, (select count(*)::int from integrations.webhook_delivery d where d.message_id = m.message_id) as deliveries
      from integrations.webhook_message m order by message_id`.execute(world.ctx.db);
  for (const { type, payload, deliveries } of messages.rows) {
    WEBHOOK_EVENTS[type].data.parse(payload);
    assert.equal(deliveries, 1, type);
  }
  return messages.rows.map((row) => row.type);
}

test("accepted terms, a held commission, its release, and what was taken back are told, each once", async () => {
  const program = await world.program("fx");
  const plan = await world.plan(program, "cpa", planOf({ ...CPA, hold: { days: 10 } }));
  const partner = await world.partner("one");
  await world.agree(partner, program, plan);
  const customer = await world.customer(program, partner, "C-1");
  await world.depositor(customer, "2026-03-02", 5000);
  await recalculate(world.ctx);
  await releaseDue(world.ctx, "2026-04-20");
  await world.arrive({ customer, type: "chargeback", on: "2026-03-05", measures: { chargeback: 5000 } });
  await recalculate(world.ctx);
  assert.deepEqual(await told(), [
    "agreement.accepted",
    "commission.booked",
    "commission.released",
    "commission.reversed",
  ]);
});

test("a statement that is closed and paid, and a partner that becomes active", async () => {
  const program = await world.program("casino");
  const partner = await world.partner("two");
  await world.agree(partner, program, await world.plan(program, "cpa2", planOf(CPA)));
  const customer = await world.customer(program, partner, "C-2");
  await world.depositor(customer, "2026-03-02", 5000);
  await recalculate(world.ctx);
  await openStatements(world.ctx);
  world.clock.advance(40 * 86_400_000);
  const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, limit: 5 });
  await told();
  const id = rows[0]?.id ?? "";
  await closeStatement(world.ctx, ANNA, id);
  await payStatement(world.ctx, BERT, id, { reference: "SEPA 7" });
  await movePartner(world.ctx, ANNA, partner, { revision: 1, status: "onboarding" });
  await movePartner(world.ctx, ANNA, partner, { revision: 2, status: "active" });
  await sql`truncate integrations.webhook_delivery, integrations.webhook_message cascade`.execute(world.ctx.db);
  assert.deepEqual(await told(), [
    "statement.closed",
    "statement.paid",
    "partner.status_changed",
    "partner.status_changed",
    "partner.activated",
  ]);
});

test("a cap that is used up has its own type, also in its next period; other alerts keep theirs", async () => {
  const { ctx } = world;
  const cap = { kind: "cap_reached", capId: "cap_1", name: "Daily", programId: "prg_1", used: "100", limit: "100" };
  await announce(ctx, "tracking.alert", cap);
  await announce(ctx, "tracking.alert", { kind: "clicks_dropped", programId: "prg_1" });
  assert.deepEqual(await told(), ["cap.reached", "tracking.alert"]);
  world.clock.advance(86_400_000);
  await announce(ctx, "tracking.alert", cap);
  assert.deepEqual(await told(), ["cap.reached", "tracking.alert", "cap.reached"]);
});

test("a link that is made is told, with its partner, offer and code", async () => {
  const program = await world.program("links");
  const partner = await world.partner("linker");
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
    values ('ofr_links', ${program}, 'links', 'Links', 'active', 'https://www.example.com/', '{www.example.com}', now())`.execute(
    world.ctx.db,
  );
  await told();
  await sql`truncate integrations.webhook_delivery, integrations.webhook_message cascade`.execute(world.ctx.db);
  const link = await createLink(world.ctx, ANNA, { partnerId: partner, offerId: "ofr_links", code: "spring-26" });
  assert.deepEqual(await told(), ["link.created"]);
  const { rows } = await sql<{ payload: object }>`select payload from integrations.webhook_message`.execute(
    world.ctx.db,
  );
  const data = { linkId: link.id, partnerId: partner, programId: program, offerId: "ofr_links", code: "spring-26" };
  assert.deepEqual(rows[0]?.payload, data);
});
