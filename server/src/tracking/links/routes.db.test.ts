import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../../test/api-world.ts";
import type { Context } from "../../database/index.ts";
import { edgeCatalogue } from "../edge/catalogue.ts";
import { clickIdsOf } from "../edge/click-keys.ts";
import { openRoutes, type RouteSource } from "../edge/route-source.ts";
import { eventsRoutes } from "../events/routes.ts";
import { vaultOf } from "../events/source.ts";
import { type IntakeLog, openIntakeLog } from "../intake/log.ts";
import { linksRoutes } from "./routes.ts";

let world: ApiWorld;
let operator: Caller;
let partnerOwner: Caller;
let other: Caller;
let log: IntakeLog;
let routes: RouteSource;
const agreed = new Set<string>();

before(async () => {
  const needs = {
    publicUrl: "https://go.example",
    vault: vaultOf(randomBytes(32)),
    randomBytes,
    mayPromote: async (_ctx: Context, partnerId: string, programId: string) => agreed.has(`${partnerId}/${programId}`),
  };
  const late = { log: undefined as never as IntakeLog, routes: undefined as never as RouteSource };
  const clickIds = clickIdsOf([randomBytes(32)]);
  world = await apiWorld({
    rooms: () => [
      linksRoutes(needs),
      eventsRoutes({
        clickIds,
        get log() {
          return late.log;
        },
        get routes() {
          return late.routes;
        },
      }),
    ],
  });
  const { database, clock, ctx } = world;
  log = await openIntakeLog({ pool: database.pool, clock, writer: "test" });
  routes = await openRoutes({ db: ctx.db, pool: database.pool, clock, catalogue: () => edgeCatalogue(ctx.db) });
  Object.assign(late, { log, routes });
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
    values ('prg_a', 'alpha', 'Alpha', 'active', 'UTC', 'EUR', 'https://a.example', now())`.execute(ctx.db);
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
    values ('ofr_a', 'prg_a', 'main', 'Main', 'active', 'https://a.example/', '{a.example}', now())`.execute(ctx.db);
  operator = await world.administrator();
  const one = await world.partner("one");
  const two = await world.partner("two");
  partnerOwner = await world.person("One", [{ role: "partner_owner", scopeKind: "partner", scopeId: one }], one);
  other = await world.person("Two", [{ role: "partner_owner", scopeKind: "partner", scopeId: two }], two);
  agreed.add(`${one}/prg_a`);
});
after(async () => {
  await log.close();
  await routes.close();
  await world.close();
});

test("a partner's own people make and change their links, others neither see nor touch them", async () => {
  const made = await partnerOwner.call("POST", "/v1/links", { offerId: "ofr_a", name: "Blog" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.url, `https://go.example/c/${made.body.code}`);
  const changed = await partnerOwner.call("PATCH", `/v1/links/${made.body.id}`, { revision: 1, status: "paused" });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal((await other.call("GET", `/v1/links/${made.body.id}`)).status, 404);
  assert.equal((await other.call("PATCH", `/v1/links/${made.body.id}`, { revision: 2, name: "x" })).status, 404);
  assert.equal((await other.call("POST", "/v1/links", { offerId: "ofr_a" })).status, 403);
  assert.deepEqual((await other.call("GET", "/v1/links")).body.data, []);
  assert.equal((await operator.call("GET", "/v1/links?status=paused&sort=name")).body.data.length, 1);
});

test("what is wrong with a link is said by field", async () => {
  const bad = await operator.call("POST", "/v1/links", { offerId: "ofr_a", code: "no spaces!" });
  assert.equal(bad.status, 422);
  assert.equal(bad.body.errors[0].field, "code");
});

test("codes and sources belong to the operator", async () => {
  const partnerId = (await operator.call("GET", "/v1/links?status=paused")).body.data[0].partnerId;
  const code = await operator.call("POST", "/v1/codes", { programId: "prg_a", partnerId, code: "spring" });
  assert.equal(code.status, 201, JSON.stringify(code.body));
  assert.equal((await partnerOwner.call("GET", "/v1/codes")).body.data.length, 1);
  assert.equal((await other.call("GET", "/v1/codes")).body.data.length, 0);
  assert.equal(
    (await partnerOwner.call("POST", "/v1/codes", { programId: "prg_a", partnerId, code: "mine" })).status,
    403,
  );
  assert.equal((await partnerOwner.call("GET", "/v1/event-sources")).status, 403);
  const source = await operator.call("POST", "/v1/event-sources", { programId: "prg_a", name: "CRM" });
  assert.equal(source.status, 201, JSON.stringify(source.body));
  assert.ok(source.body.token && source.body.secret);
  const listed = await operator.call("GET", "/v1/event-sources?programId=prg_a");
  assert.ok(!JSON.stringify(listed.body).includes(source.body.token));
});

test("events by API: answered one by one, by who may write events only", async () => {
  const events = [
    { type: "registration", customerId: "c1" },
    { type: "deposit", customerId: "c1", externalId: "t1", amount: "1e3" },
    17,
  ];
  const answer = await operator.call("POST", "/v1/events", { programId: "prg_a", events });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual([answer.body.received, answer.body.rejected], [1, 2]);
  assert.match(answer.body.receipt, /^rcp_/);
  assert.equal(answer.body.events[1].errors[0].code, "invalid_amount");
  assert.equal((await partnerOwner.call("POST", "/v1/events", { programId: "prg_a", events })).status, 403);
  assert.equal((await operator.call("POST", "/v1/events", { programId: "prg_x", events })).status, 404);
  assert.equal(
    (await operator.call("POST", "/v1/events", { programId: "prg_a", sourceId: "src_x", events })).status,
    422,
  );
  assert.equal((await operator.call("POST", "/v1/events", { programId: "prg_a", events: [] })).status, 422);
  const reader = await world.person("Analyst", [{ role: "analyst", ...EVERYWHERE }]);
  assert.equal((await reader.call("POST", "/v1/events", { programId: "prg_a", events })).status, 403);
});

test("the same Idempotency-Key sends events once", async () => {
  const body = { programId: "prg_a", events: [{ type: "registration", customerId: "c9" }] };
  const headers = { "idempotency-key": "call-1" };
  const first = await operator.call("POST", "/v1/events", body, headers);
  const again = await operator.call("POST", "/v1/events", body, headers);
  assert.equal(again.body.receipt, first.body.receipt);
});
