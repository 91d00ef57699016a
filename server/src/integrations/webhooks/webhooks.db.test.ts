import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { NewWebhookEndpoint, WEBHOOK_EVENTS, type WebhookSecret, type WebhookType } from "@tributary/contract";
import { Webhook } from "standardwebhooks";
import type { z } from "zod";
import { deposit, type EventWorld, eventWorld } from "../../../test/event-world.ts";
import { systemActor } from "../../access/index.ts";
import { addressPolicy, type Deliveries, vaultOf } from "../../tracking/index.ts";
import { replayWebhooks, resendWebhook, testWebhook } from "./by-hand.ts";
import { startWebhooks } from "./outbox.ts";
import { queueWebhooks, type WebhookMessage } from "./queue.ts";
import {
  changeWebhook,
  createWebhook,
  getWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  rotateWebhookSecret,
} from "./service.ts";
import { forgetSettled } from "./store/deliveries.ts";

interface Heard {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const operator = systemActor("test");
const vault = vaultOf(randomBytes(32));
const needs = { policy: addressPolicy([], ["127.0.0.1"]), vault, randomBytes };

let world: EventWorld;
let server: http.Server;
let url: string;
let status = 200;
let heard: Heard[] = [];
const running: Deliveries[] = [];

before(async () => {
  world = await eventWorld();
  server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(status).end("noted");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
afterEach(async () => {
  await stop();
  await world.rows(
    "truncate integrations.webhook_attempt, integrations.webhook_delivery, integrations.webhook_message, integrations.webhook_secret, integrations.webhook_endpoint cascade",
  );
  heard = [];
  status = 200;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

function endpoint(change: Partial<z.input<typeof NewWebhookEndpoint>> = {}): Promise<WebhookSecret> {
  return createWebhook(world.context, operator, NewWebhookEndpoint.parse({ url, ...change }), needs);
}

async function stop(): Promise<void> {
  await Promise.all(running.splice(0).map((one) => one.stop()));
}

/** Sends what is due until so many calls were heard. */
async function deliver(calls: number): Promise<readonly Heard[]> {
  const { db } = world.database;
  running.push(startWebhooks({ db, clock: world.clock, random: () => 0.5, ...needs, options: { pollMs: 20 } }));
  for (let waited = 0; heard.length < calls && waited < 3000; waited += 1) await sleep(20);
  await sleep(60);
  return heard;
}

/** The clock of the tests stands still in March 2026; the library looks at the clock of the machine. */
function verified(secret: string, { headers, body }: Heard): { type: string; data: Record<string, unknown> } {
  const id = headers["webhook-id"] ?? "";
  const at = world.clock.now();
  const expected = new Webhook(secret).sign(id, at, body);
  assert.ok(headers["webhook-signature"]?.split(" ").includes(expected), "the library signs it the same way");
  assert.equal(headers["webhook-timestamp"], String(Math.floor(at.getTime() / 1000)));
  return JSON.parse(body);
}

let number = 0;
async function anEvent(): Promise<string> {
  number += 1;
  const clickId = await world.click("ada", "2026-03-09T10:00:00Z");
  await world.send([deposit(`w${number}`, 10_000, { customerRef: `W-${number}`, clickId })]);
  await world.pipeline.drain();
  return `W-${number}`;
}

test("an accepted event and its customer are told, signed, in the shape that the catalogue publishes", async () => {
  const { secret } = await endpoint();
  const customer = await anEvent();
  const calls = (await deliver(2)).map((call) => verified(secret, call));
  assert.deepEqual(calls.map((call) => call.type).sort(), ["customer.attributed", "event.accepted"]);
  for (const { type, data } of calls) {
    WEBHOOK_EVENTS[type as WebhookType].data.parse(data);
    assert.deepEqual([data.customerRef, data.partnerId], [customer, "prt_ada"]);
  }
});

test("what is refused, nobody's or taken back is told by its own type; a duplicate is not told", async () => {
  const { secret } = await endpoint({ types: ["event.unattributed", "event.reversed", "event.rejected"] });
  const lone = deposit("lone", 500, { customerRef: "nobody" });
  await world.send([lone]);
  await world.send([lone]);
  await world.send([{ ...lone, void: true }]);
  await world.send([], { refused: { code: "unauthorized", detail: "no such token" } });
  await world.pipeline.drain();
  const told = (await deliver(3)).map((call) => verified(secret, call));
  assert.deepEqual(told.map((call) => [call.type, call.data.reason]).sort(), [
    ["event.rejected", "unauthorized"],
    ["event.reversed", "voided"],
    ["event.unattributed", "no_touch"],
  ]);
  for (const { type, data } of told) WEBHOOK_EVENTS[type as WebhookType].data.parse(data);
});

test("nothing is written down that nobody listens to, and only what an endpoint listens to goes there", async () => {
  await anEvent();
  assert.deepEqual(await world.rows("select 1 from integrations.webhook_message"), []);
  await endpoint({ types: ["event.accepted"] });
  await endpoint({ programIds: ["prg_other"] });
  await anEvent();
  const rows = await world.rows(
    "select type from integrations.webhook_message natural join integrations.webhook_delivery",
  );
  assert.deepEqual(rows, [{ type: "event.accepted" }]);
});

test("the verification of the reference works with the library, today", async () => {
  const reference = readFileSync(join(import.meta.dirname, "../../../../docs/reference/webhooks.md"), "utf8");
  const code = /```js\n([\s\S]*?)```/
    .exec(reference)?.[1]
    ?.replace('"standardwebhooks"', `"${import.meta.resolve("standardwebhooks")}"`);
  const { received } = await import(`data:text/javascript,${encodeURIComponent(code ?? "")}`);
  const { endpoint: made, secret } = await endpoint();
  const ctx = { ...world.context, clock: { now: () => new Date() } };
  const tested = await testWebhook(ctx, operator, made.id, needs);
  assert.equal(tested.state, "delivered");
  const [call] = heard;
  assert.equal(received(secret, call?.headers, call?.body).type, "webhook.test");
  assert.throws(() => received(secret, call?.headers, `${call?.body} `), /No matching signature/);
  const { secret: other } = await endpoint();
  assert.throws(() => received(other, call?.headers, call?.body), /No matching signature/);
});

test("while a secret is changed both sign; after the overlap only the new one", async () => {
  const { endpoint: made, secret: first } = await endpoint({ types: ["event.accepted"] });
  const { secret: second } = await rotateWebhookSecret(world.context, operator, made.id, 24, needs);
  await anEvent();
  const [call] = await deliver(1);
  assert.ok(call);
  verified(first, call);
  verified(second, call);
  await stop();
  heard = [];
  await world.rows("update integrations.webhook_secret set expires_at = '2026-01-01' where expires_at is not null");
  await anEvent();
  const [later] = await deliver(1);
  assert.ok(later);
  verified(second, later);
  assert.throws(() => verified(first, later));
});

test("what is not answered waits for its next attempt, and is resent by hand with the same id", async () => {
  const { endpoint: made } = await endpoint({ types: ["event.accepted"] });
  status = 503;
  await anEvent();
  await deliver(1);
  await stop();
  const list = await listWebhookDeliveries(world.context, operator, made.id, { limit: 10 });
  const [row] = list.data;
  assert.deepEqual([row?.state, row?.attempts, row?.lastStatus], ["waiting", 1, 503]);
  assert.equal(Date.parse(row?.nextAt ?? "") - world.clock.now().getTime(), 7_500);
  status = 200;
  await resendWebhook(world.context, operator, row?.id ?? "");
  await deliver(2);
  assert.equal(heard[0]?.headers["webhook-id"], heard[1]?.headers["webhook-id"]);
  const detail = await getWebhookDelivery(world.context, operator, row?.id ?? "");
  assert.deepEqual([detail.state, detail.log.map((one) => one.status)], ["delivered", [200, 503]]);
  assert.equal(detail.log[0]?.body, heard[1]?.body);
});

test("an endpoint that was away is told again everything since", async () => {
  const { endpoint: made } = await endpoint({ types: ["event.accepted"] });
  await anEvent();
  await anEvent();
  await deliver(2);
  const since = { from: "2026-03-01T00:00:00Z", types: [] };
  assert.deepEqual(await replayWebhooks(world.context, operator, made.id, since), { messages: 2 });
  await deliver(4);
  const ids = heard.map((call) => call.headers["webhook-id"]);
  assert.deepEqual([ids.length, new Set(ids).size], [4, 2]);
  const later = { from: "2026-04-01T00:00:00Z", types: [] };
  assert.deepEqual(await replayWebhooks(world.context, operator, made.id, later), { messages: 0 });
});

test("the same news is one message, however often its notice is handled", async () => {
  await endpoint();
  const about = { at: world.clock.now(), about: "lnk_1", programId: null };
  const data = { linkId: "lnk_1", partnerId: "prt_ada", programId: "prg_test", offerId: "ofr_test", code: "x" };
  const message: WebhookMessage = { ...about, type: "link.created", data };
  const { db } = world.database;
  assert.equal(await queueWebhooks(db, world.clock.now(), [message, message]), 1);
  assert.equal(await queueWebhooks(db, world.clock.now(), [message]), 0);
});

const REFUSED = ["http://169.254.169.254/latest/", "http://10.0.0.9/x", "http://localhost/x", "ftp://a.example/"];

test("only public addresses and the hosts that the configuration names may be endpoints", async () => {
  for (const address of REFUSED) await assert.rejects(endpoint({ url: address }), { code: "address_refused" }, address);
  const policy = addressPolicy([], ["crm.internal", "10.0.0.9", "169.254.169.254"]);
  for (const address of ["http://crm.internal/x", "http://10.0.0.9/x"]) {
    await createWebhook(world.context, operator, NewWebhookEndpoint.parse({ url: address }), { ...needs, policy });
  }
  const metadata = NewWebhookEndpoint.parse({ url: "http://169.254.169.254/x" });
  await assert.rejects(createWebhook(world.context, operator, metadata, { ...needs, policy }), {
    code: "address_refused",
  });
});

test("only a person pauses; what happens meanwhile waits; what is archived is not sent", async () => {
  const { endpoint: made } = await endpoint({ types: ["event.accepted"] });
  await changeWebhook(world.context, operator, made.id, { revision: 1, status: "paused" }, needs);
  await anEvent();
  await deliver(0);
  assert.equal((await getWebhook(world.context, operator, made.id)).waiting, 1);
  assert.equal(heard.length, 0);
  await changeWebhook(world.context, operator, made.id, { revision: 2, status: "archived" }, needs);
  const [row] = (await listWebhookDeliveries(world.context, operator, made.id, { limit: 1 })).data;
  assert.deepEqual([row?.state, row?.outcome], ["dead", "archived"]);
});

test("what was settled long ago is forgotten, what still waits is kept", async () => {
  await endpoint({ types: ["link.created"] });
  const about = { type: "link.created", at: new Date("2026-01-01T00:00:00Z"), programId: null } as const;
  const place = { partnerId: "prt_ada", programId: "prg_test", offerId: "ofr_test", code: "x" };
  const link = (linkId: string): WebhookMessage => ({ ...about, about: linkId, data: { ...place, linkId } });
  await queueWebhooks(world.database.db, about.at, [link("lnk_old"), link("lnk_waiting")]);
  await queueWebhooks(world.database.db, world.clock.now(), [link("lnk_new")]);
  await world.rows(`update integrations.webhook_delivery d set state = 'delivered', outcome = 'answered', next_at = null, settled_at = d.created_at
    from integrations.webhook_message m where m.message_id = d.message_id and m.dedupe_key not like '%lnk_waiting%'`);
  const before = new Date("2026-02-01T00:00:00Z");
  assert.equal(await forgetSettled(world.database.db, before, 100), 2, "a delivery and its message");
  assert.equal(await forgetSettled(world.database.db, before, 100), 0);
  const left = await world.rows<{ id: string }>(
    "select payload->>'linkId' as id from integrations.webhook_message order by 1",
  );
  assert.deepEqual(
    left.map((row) => row.id),
    ["lnk_new", "lnk_waiting"],
  );
});
