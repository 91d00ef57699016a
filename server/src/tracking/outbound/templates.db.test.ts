import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { NewPostback, type PostbackInput } from "@tributary/contract";
import { deposit, type EventWorld, eventWorld } from "../../../test/event-world.ts";
import { type Actor, type Permission, systemActor } from "../../access/index.ts";
import { vaultOf } from "../events/source.ts";
import { addressPolicy } from "./address.ts";
import { testPostback, tryPostback } from "./deliver-by-hand.ts";
import { rotateSecret } from "./secrets.ts";
import type { Deliveries } from "./sender.ts";
import { changePostback, createPostback, getPostback } from "./service.ts";
import { startDeliveries } from "./worker.ts";

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const permissions: ReadonlySet<Permission> = new Set(["postbacks.read", "postbacks.write"]);
const operator = systemActor("test");
const ada: Actor = {
  kind: "partner_user",
  id: "usr_ada",
  name: "Ada",
  permissions,
  grants: [{ role: "partner_developer", permissions, scope: { kind: "partner", id: "prt_ada" } }],
  partnerId: "prt_ada",
};
const vault = vaultOf(randomBytes(32));
const needs = { policy: addressPolicy(["127.0.0.1"]), vault, randomBytes };

let world: EventWorld;
let server: http.Server;
let base: string;
let heard: Heard[] = [];
const running: Deliveries[] = [];

before(async () => {
  world = await eventWorld();
  server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    if (request.url === "/token") response.end('{"access_token":"fresh-token","expires_in":3599}');
    else response.end("noted");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((deliveries) => deliveries.stop()));
  await world.rows("truncate tracking.attempt, tracking.delivery, tracking.postback_secret, tracking.postback cascade");
  heard = [];
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

async function make(change: Partial<PostbackInput>) {
  const input = NewPostback.parse({ occasions: ["deposit"], settings: { domain: base }, ...change });
  return await createPostback(world.context, ada, input, needs);
}

/** Sends what is due until so many calls were heard. */
async function deliver(calls: number): Promise<readonly Heard[]> {
  running.push(
    startDeliveries({
      db: world.database.db,
      clock: world.clock,
      random: () => 0.5,
      vault,
      options: { policy: needs.policy, pollMs: 20 },
    }),
  );
  for (let waited = 0; heard.length < calls && waited < 3000; waited += 1) await sleep(20);
  return heard;
}

let number = 0;
async function customerDeposits(click: object, more: object = {}): Promise<string> {
  const clickId = await world.click("ada", "2026-03-09T10:00:00Z", click);
  number += 1;
  await world.send([deposit(`d${number}`, 25_000, { customerRef: `C-100${number}`, clickId, ...more })]);
  await world.pipeline.drain();
  return clickId;
}

test("Keitaro hears of a deposit as its documents say, from the click's own id to the event's", async () => {
  await make({ template: "keitaro", settings: { domain: base, key: "e89bcbe" }, statusWords: { deposit: "sale" } });
  await customerDeposits({ partnerClickId: "ktr-1" });
  const [call] = await deliver(1);
  assert.match(
    call?.url ?? "",
    /^\/e89bcbe\/postback\?subid=ktr-1&payout=&currency=EUR&status=sale&tid=evt_\w+&from=tributary$/,
  );
});

test("a template is tried before it is saved, and the answer shows the exact request, marked as a test", async () => {
  const input = NewPostback.parse({
    occasions: ["commission"],
    template: "impact",
    settings: { domain: base, campaign: "12", eventType: "FTD", accountSid: "IRx", authToken: "sesame-42" },
  });
  const tried = await tryPostback(world.context, ada, input, needs);
  assert.deepEqual([tried.status, tried.response, tried.delivered], [200, "noted", true]);
  assert.equal(tried.method, "POST");
  assert.equal(tried.headers?.["x-tributary-test"], "1");
  assert.equal(tried.headers?.authorization, "Basic …");
  assert.equal(tried.body, heard[0]?.body);
  assert.equal(heard[0]?.headers.authorization, `Basic ${btoa("IRx:sesame-42")}`);
  assert.deepEqual(await world.rows("select 1 from tracking.postback"), []);
});

test("a secret is kept sealed, shown by its name, and stays when another setting is changed", async () => {
  const settings = { domain: base, campaign: "12", eventType: "FTD", accountSid: "IRx", authToken: "sesame-42" };
  const made = await make({ template: "impact", settings });
  assert.deepEqual([made.secrets, made.settings.authToken], [["authToken"], undefined]);
  const change = { revision: 1, settings: { campaign: "13" } };
  const changed = await changePostback(world.context, ada, made.id, change, needs);
  assert.match(changed.body ?? "", /^CampaignId=13&/);
  const tested = await testPostback(world.context, ada, made.id, needs);
  assert.equal(heard[0]?.headers.authorization, `Basic ${btoa("IRx:sesame-42")}`);
  assert.doesNotMatch(JSON.stringify(tested), /sesame/);
  const kept = inspect(await world.rows("select * from tracking.postback_secret, tracking.attempt, audit.entry"));
  assert.doesNotMatch(kept, /sesame/);
});

test("a delayed postback waits its time, and its 72 hours begin then", async () => {
  await make({ template: "generic", delaySeconds: 3600 });
  await customerDeposits({});
  const [row] = await world.rows<{ wait: number; window: number }>(
    `select extract(epoch from next_at - created_at)::int as wait, extract(epoch from window_from - created_at)::int as window
       from tracking.delivery`,
  );
  assert.deepEqual(row, { wait: 3600, window: 3600 });
});

test("the first deposit that passes is told once per customer, whatever comes after", async () => {
  await make({
    template: "generic",
    filters: { firstPerCustomer: true, minAmount: { minor: "10000", currency: "EUR" } },
  });
  const clickId = await world.click("ada", "2026-03-09T10:00:00Z");
  const of = { customerRef: "C-first", clickId };
  await world.send([deposit("s1", 500, of), deposit("s2", 20_000, of), deposit("s3", 30_000, of)]);
  await world.pipeline.drain();
  const told = await world.rows<{ amount: string }>(`select "values" ->> 'amount' as amount from tracking.delivery`);
  assert.deepEqual(told, [{ amount: "200.00" }]);
});

test("a signed call is verified by the example of the guide, while its secret is changed as well", async () => {
  const made = await make({ url: `${base}/pb?c={partner_click_id}&e={event}`, settings: {} });
  const first = await rotateSecret(world.context, ada, made.id, 24, needs);
  assert.equal(first.previousUntil, null);
  const second = await rotateSecret(world.context, ada, made.id, 24, needs);
  await customerDeposits({ partnerClickId: "a b" });
  const [call] = await deliver(1);
  const guide = readFileSync(join(import.meta.dirname, "../../../../docs/guides/postback-signatures.md"), "utf8");
  const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
  const { verify } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const request = { ...call, url: `${base}${call?.url}` };
  const now = world.clock.now().getTime();
  assert.equal(verify(first.secret, request, now), true, "the secret before, in the overlap");
  assert.equal(verify(second.secret, request, now), true);
  assert.equal(verify(second.secret, { ...request, url: `${request.url}&x=1` }, now), false, "another address");
  assert.equal(verify("pbs_other", request, now), false);
  assert.equal(verify(second.secret, request, now + 301_000), false, "played again later");
});

test("a partner cannot make a secret for another's postback, and the secret is in no answer but the first", async () => {
  const made = await make({ template: "generic" });
  const ben: Actor = { ...ada, id: "usr_ben", partnerId: "prt_ben", grants: [] };
  await assert.rejects(rotateSecret(world.context, ben, made.id, 0, needs), { code: "not_found" });
  const { secret } = await rotateSecret(world.context, operator, made.id, 0, needs);
  const shown = await getPostback(world.context, ada, made.id);
  assert.equal(shown.signedSince, world.clock.now().toISOString());
  assert.doesNotMatch(inspect([shown, await world.rows("select * from tracking.postback_secret")]), new RegExp(secret));
});

const EMAIL = createHash("sha256").update("ana@example.com").digest("hex");

interface Body {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly conversions: readonly Readonly<Record<string, unknown>>[];
  readonly access_token?: string;
  readonly event_source?: string;
  readonly event_source_id?: string;
}

/** What each platform's document asks of the body; the answer's keys are the document's names. */
const PLATFORMS = [
  {
    template: "meta",
    settings: { version: "v23.0", dataset: "77", accessToken: "meta-token" },
    click: { other: { fbclid: "FB1" }, ip: "203.0.113.9", ua: "Browser/1" },
    path: "/v23.0/77/events",
    check: (body: Body, email: string) => {
      const [event] = body.data;
      assert.deepEqual(event, {
        event_name: "Purchase",
        event_time: Date.parse("2026-03-10T12:00:00Z") / 1000,
        event_id: event?.event_id,
        action_source: "website",
        user_data: {
          em: [email],
          external_id: (event?.user_data as { external_id?: unknown })?.external_id,
          client_ip_address: "203.0.113.9",
          client_user_agent: "Browser/1",
          fbc: `fb.1.${Date.parse("2026-03-09T10:00:00Z")}.FB1`,
        },
        custom_data: { value: 250, currency: "EUR" },
      });
      assert.equal(body.access_token, "meta-token");
    },
  },
  {
    template: "google",
    settings: {
      version: "v21",
      customer: "123",
      conversionAction: "9",
      developerToken: "dev-token",
      clientId: "client-id",
      clientSecret: "client-secret",
      refreshToken: "refresh-token",
    },
    click: { other: { gclid: "G1" } },
    path: "/v21/customers/123:uploadClickConversions",
    check: (body: Body, email: string, headers: http.IncomingHttpHeaders) => {
      const [conversion] = body.conversions;
      assert.deepEqual(conversion, {
        gclid: "G1",
        conversionAction: "customers/123/conversionActions/9",
        conversionDateTime: "2026-03-10 12:00:00+00:00",
        conversionValue: 250,
        currencyCode: "EUR",
        orderId: conversion?.orderId,
        userIdentifiers: [{ hashedEmail: email }],
      });
      assert.deepEqual([headers.authorization, headers["developer-token"]], ["Bearer fresh-token", "dev-token"]);
    },
  },
  {
    template: "tiktok",
    settings: { pixel: "C4", accessToken: "tt-token" },
    click: { other: { ttclid: "T1" } },
    path: "/open_api/v1.3/event/track/",
    check: (body: Body, email: string, headers: http.IncomingHttpHeaders) => {
      const { event_source, event_source_id, data } = body;
      assert.deepEqual([event_source, event_source_id, data[0]?.event], ["web", "C4", "Purchase"]);
      const user = data[0]?.user as { ttclid?: string; email?: string } | undefined;
      assert.deepEqual([user?.ttclid, user?.email], ["T1", email]);
      assert.equal(headers["access-token"], "tt-token");
    },
  },
  {
    template: "microsoft",
    settings: { tag: "97", accessToken: "ms-token" },
    click: { other: { msclkid: "M1" } },
    path: "/v1/97/events",
    check: (body: Body, email: string, headers: http.IncomingHttpHeaders) => {
      const [event] = body.data;
      const user = event?.userData as { msclkid?: string; em?: string } | undefined;
      assert.deepEqual(
        [event?.eventType, event?.eventName, user?.msclkid, user?.em],
        ["custom", "deposit", "M1", email],
      );
      assert.equal(headers.authorization, "Bearer ms-token");
    },
  },
] as const;

for (const platform of PLATFORMS) {
  test(`${platform.template} is told of a conversion in the shape that it documents`, async () => {
    const tokens = platform.template === "google" ? { tokenAddress: `${base}/token` } : {};
    await make({ template: platform.template, settings: { ...platform.settings, ...tokens, domain: base } });
    await customerDeposits(platform.click, { other: { email: " Ana@Example.com " } });
    await customerDeposits({});
    const calls = await deliver(platform.template === "google" ? 2 : 1);
    const call = calls.findLast((one) => one.url !== "/token");
    assert.equal(call?.url, platform.path);
    platform.check(JSON.parse(call?.body ?? ""), EMAIL, call?.headers ?? {});
    const rows = await world.rows("select * from tracking.attempt, tracking.delivery");
    assert.equal(rows.length, 1, "the deposit whose click carried no id of the platform is not told");
    assert.doesNotMatch(inspect(rows, { depth: 9 }), /ana@|-token"|Ana@/i);
  });
}
