import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { openTestEdge, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
});
after(() => edge.close());

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 3000 && !holds(); i++) await sleep(20);
  assert.ok(holds());
}

const link = (code: string) => edge.routes.table.link(code);

test("a new link and a changed code are heard of", async () => {
  await sql`insert into tracking.link (link_id, code, program_id, offer_id, partner_id, status, created_by, created_at)
    values ('lnk_new', 'fresh', 'prg_a', 'ofr_main', 'prt_one', 'active', 'test', now())`.execute(edge.database.db);
  await sql`select pg_notify('tributary_changes', 'links:lnk_new')`.execute(edge.database.db);
  await until(() => link("fresh") !== undefined);
  await sql`update tracking.link set code = 'renamed' where link_id = 'lnk_new'`.execute(edge.database.db);
  await sql`select pg_notify('tributary_changes', 'links:lnk_new')`.execute(edge.database.db);
  await until(() => link("renamed") !== undefined);
  assert.equal(link("fresh"), undefined);
});

test("a paused partner closes its links", async () => {
  edge.catalogue.partners = edge.catalogue.partners.map((p) => ({ ...p, status: "paused" }));
  await sql`select pg_notify('tributary_changes', 'partners:prt_one')`.execute(edge.database.db);
  await until(() => link("main")?.closed === "partner_paused");
  edge.catalogue.partners = edge.catalogue.partners.map((p) => ({ ...p, status: "active" }));
  await sql`select pg_notify('tributary_changes', 'partners:prt_one')`.execute(edge.database.db);
  await until(() => link("main")?.closed === undefined);
});

test("what changed while nobody listened is read when the connection is back", async () => {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen tributary_changes%' and pid <> pg_backend_pid()
    and datname = current_database()`.execute(edge.database.db);
  await sql`update tracking.link set status = 'paused' where code = 'main'`.execute(edge.database.db);
  await until(() => link("main")?.closed === "link_paused");
});
