import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { type Actor, PERMISSIONS, systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { tokenHash, vaultOf } from "../events/source.ts";
import { changeCode, createCode, listCodes } from "./codes.ts";
import { changeLink, createLink, getLink, type LinkNeeds, listLinks } from "./service.ts";
import { changeKeys, changeSource, createSource, getSource, listSources } from "./sources.ts";

let database: TestDatabase;
let ctx: Context;
const clock = testClock("2026-03-01T10:00:00Z");
const operator = systemActor("test");
const agreed = new Set<string>();
const needs: LinkNeeds = {
  publicUrl: "https://go.example/",
  mayPromote: async (_ctx, partnerId, programId) => agreed.has(`${partnerId}/${programId}`),
};
const vault = vaultOf(randomBytes(32));
const sourceNeeds = { publicUrl: "https://go.example", vault, randomBytes: (count: number) => randomBytes(count) };
const QUERY = { limit: 50, sort: "-createdAt" } as const;

before(async () => {
  database = await testDatabase();
  ctx = { db: database.db, clock, ids: idSource(clock.now, (count) => randomBytes(count)) };
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, tracking_domain, created_at) values
    ('prg_a', 'alpha', 'Alpha', 'active', 'UTC', 'EUR', 'https://a.example', null, now()),
    ('prg_b', 'beta', 'Beta', 'active', 'UTC', 'EUR', 'https://b.example', 'go.b.example', now())`.execute(ctx.db);
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at) values
    ('ofr_a', 'prg_a', 'main', 'Main', 'active', 'https://a.example/?c={click_id}', '{a.example}', now()),
    ('ofr_b', 'prg_b', 'main', 'Main', 'active', 'https://b.example/', '{b.example}', now()),
    ('ofr_closed', 'prg_a', 'old', 'Old', 'closed', 'https://a.example/', '{a.example}', now())`.execute(ctx.db);
  await sql`insert into partners.partner (partner_id, code, name, kind, status, created_at) values
    ('prt_1', 'one', 'One', 'affiliate', 'active', now()), ('prt_2', 'two', 'Two', 'affiliate', 'active', now()),
    ('prt_gone', 'gone', 'Gone', 'affiliate', 'deactivated', now())`.execute(ctx.db);
});
after(() => database.close());

function partnerUser(partnerId: string): Actor {
  const permissions = new Set(PERMISSIONS.filter((p) => p.startsWith("links.")));
  return {
    kind: "partner_user",
    id: `usr_${partnerId}`,
    name: partnerId,
    permissions,
    grants: [{ role: "partner_owner", permissions, scope: { kind: "partner", id: partnerId } }],
    partnerId,
  };
}

const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test("a link gets a code of its own or the one asked for, and an address on the program's host", async () => {
  const made = await createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_a" }, needs);
  assert.match(made.code, /^[0-9a-z]{8}$/);
  assert.equal(made.url, `https://go.example/c/${made.code}`);
  const vanity = await createLink(
    ctx,
    operator,
    { partnerId: "prt_1", offerId: "ofr_b", code: "Maria-2026", source: "yt" },
    needs,
  );
  assert.equal(vanity.url, "https://go.b.example/Maria-2026");
  assert.deepEqual(await getLink(ctx, operator, vanity.id, needs), vanity);
  await assert.rejects(
    createLink(ctx, operator, { partnerId: "prt_2", offerId: "ofr_b", code: "Maria-2026" }, needs),
    refuses("already_exists"),
  );
  const trail = await sql<{ action: string }>`select action from audit.entry where subject_id = ${vanity.id}`.execute(
    ctx.db,
  );
  assert.deepEqual(
    trail.rows.map((row) => row.action),
    ["links.created"],
  );
});

test("links that could not work are refused with the reason", async () => {
  await assert.rejects(createLink(ctx, operator, { partnerId: "prt_x", offerId: "ofr_a" }), refuses("not_found"));
  await assert.rejects(createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_x" }), refuses("not_found"));
  await assert.rejects(createLink(ctx, operator, { partnerId: "prt_gone", offerId: "ofr_a" }), refuses("wrong_state"));
  await assert.rejects(
    createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_closed" }),
    refuses("wrong_state"),
  );
  await assert.rejects(createLink(ctx, operator, { offerId: "ofr_a" }), refuses("invalid_input"));
  await assert.rejects(
    createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_a", deepLink: "https://evil.example/" }),
    refuses("invalid_input"),
  );
});

test("a partner's people make links where they have accepted an agreement, and see their own only", async () => {
  const person = partnerUser("prt_2");
  await assert.rejects(createLink(ctx, person, { offerId: "ofr_a" }, needs), refuses("forbidden"));
  agreed.add("prt_2/prg_a");
  const own = await createLink(ctx, person, { offerId: "ofr_a", name: "Own" }, needs);
  await assert.rejects(createLink(ctx, person, { partnerId: "prt_1", offerId: "ofr_a" }, needs), refuses("forbidden"));
  const foreign = await createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_a" }, needs);
  await assert.rejects(getLink(ctx, person, foreign.id, needs), refuses("not_found"));
  await assert.rejects(changeLink(ctx, person, foreign.id, { revision: 1, name: "x" }), refuses("not_found"));
  assert.deepEqual(
    (await listLinks(ctx, person, QUERY, needs)).data.map((link) => link.id),
    [own.id],
  );
});

test("links change by revision; the edge is told; archived ones leave the list", async () => {
  const listener = await database.pool.connect();
  const heard: string[] = [];
  listener.on("notification", (message) => heard.push(message.payload ?? ""));
  await listener.query("listen tributary_changes");
  const link = await createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_a", name: "Zebra" }, needs);
  const paused = await changeLink(ctx, operator, link.id, { revision: 1, status: "paused", deepLink: "/x" }, needs);
  assert.equal(paused.revision, 2);
  await assert.rejects(changeLink(ctx, operator, link.id, { revision: 1, name: "late" }), refuses("conflict"));
  await changeLink(ctx, operator, link.id, { revision: 2, status: "archived" });
  await listener.query("select 1");
  listener.release(true);
  assert.deepEqual(heard.filter((one) => one === `links:${link.id}`).length, 3);
  const found = async (status?: ("archived" | "active")[]) =>
    (await listLinks(ctx, operator, { ...QUERY, q: "zeb", status }, needs)).data.length;
  assert.deepEqual([await found(), await found(["archived"])], [0, 1]);
});

test("pages go through every order without loss", async () => {
  for (let i = 0; i < 7; i++)
    await createLink(ctx, operator, { partnerId: "prt_1", offerId: "ofr_b", name: `n${i % 3}` }, needs);
  for (const sort of ["name", "-name", "code", "-code", "createdAt", "-createdAt"] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLinks(ctx, operator, { limit: 3, sort, cursor, programId: ["prg_b"] }, needs);
      seen.push(...page.data.map((link) => link.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, 8, sort);
    assert.equal(seen.length, 8, sort);
  }
});

test("codes: upper case, once per program, with a time to end", async () => {
  const code = await createCode(ctx, operator, { programId: "prg_a", partnerId: "prt_1", code: "spring_26" });
  assert.equal(code.code, "SPRING_26");
  await assert.rejects(
    createCode(ctx, operator, { programId: "prg_a", partnerId: "prt_2", code: "Spring_26" }),
    refuses("already_exists"),
  );
  await createCode(ctx, operator, { programId: "prg_b", partnerId: "prt_2", code: "SPRING_26" });
  const ended = await changeCode(ctx, operator, code.id, { validTo: "2026-04-01T00:00:00Z" });
  assert.equal(ended.validTo, "2026-04-01T00:00:00.000Z");
  await assert.rejects(
    changeCode(ctx, operator, code.id, { validFrom: "2026-05-01T00:00:00Z" }),
    refuses("invalid_input"),
  );
  assert.deepEqual(
    (await listCodes(ctx, partnerUser("prt_2"), { limit: 10 })).data.map((c) => c.programId),
    ["prg_b"],
  );
  await assert.rejects(changeCode(ctx, partnerUser("prt_1"), code.id, { validTo: null }), refuses("not_found"));
});

test("a source's token and secret are shown once, stored as hash and sealed, and end when changed", async () => {
  const made = await createSource(ctx, operator, { programId: "prg_a", name: "CRM" }, sourceNeeds);
  assert.equal(made.postbackUrl, `https://go.example/p/${made.token}`);
  const row = (
    await sql<{
      token_hash: string;
      secret: string;
    }>`select token_hash, secret from tracking.event_source where source_id = ${made.id}`.execute(ctx.db)
  ).rows[0];
  assert.equal(row?.token_hash, tokenHash(made.token));
  assert.ok(row && !row.secret.includes(made.secret));
  assert.equal(vault.open(row.secret), made.secret);
  assert.throws(() => vaultOf(randomBytes(32)).open(row.secret));
  assert.ok(!("token" in (await getSource(ctx, operator, made.id))));
  const fresh = await changeKeys(ctx, operator, made.id, sourceNeeds);
  assert.notEqual(fresh.token, made.token);
  await changeSource(ctx, operator, made.id, { status: "revoked" }, sourceNeeds);
  await assert.rejects(changeSource(ctx, operator, made.id, { status: "active" }, sourceNeeds), refuses("wrong_state"));
  assert.equal((await listSources(ctx, operator, { limit: 10, status: ["revoked"] })).data.length, 1);
  assert.equal((await listSources(ctx, partnerUser("prt_1"), { limit: 10 })).data.length, 0);
  const trail = await sql<{
    text: string;
  }>`select coalesce(before::text, '') || coalesce(after::text, '') as text from audit.entry where subject_id = ${made.id}`.execute(
    ctx.db,
  );
  assert.equal(trail.rows.length, 3);
  for (const { text } of trail.rows) assert.ok(!text.includes(made.token) && !text.includes(fresh.secret));
});
