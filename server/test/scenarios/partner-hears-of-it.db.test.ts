import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { addressPolicy, startDeliveries } from "../../src/tracking/index.ts";
import { deposit, type EventWorld, eventWorld, ms } from "../event-world.ts";

// From a click with the partner's own texts to the partner's own server: what went in with the click comes out with the call.

let world: EventWorld;
let receiver: http.Server;
let heard: string[] = [];
let refuse = false;

before(async () => {
  world = await eventWorld();
  receiver = http.createServer((request, response) => {
    heard.push(request.url ?? "");
    response.writeHead(refuse ? 503 : 200).end();
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/pb?e={event}&c={partner_click_id}&s={sub2}&a={amount}&id={event_id}&o={offer}`;
  await world.database.pool.query(
    `insert into tracking.postback (postback_id, partner_id, event_types, method, url, host, status, created_by, created_at)
     values ('pbk_1', 'prt_ada', '{registration,ftd,deposit}', 'GET', $1, '127.0.0.1:${port}', 'active', 'usr_1', now())`,
    [url],
  );
});
after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await world.close();
});

async function sendAll(expected: number): Promise<void> {
  const deliveries = startDeliveries({
    db: world.database.db,
    clock: world.clock,
    random: () => 0.5,
    options: { policy: addressPolicy(["127.0.0.1"]), pollMs: 10 },
  });
  for (let round = 0; round < 6000 && heard.length < expected; round += 1) await sleep(10);
  await sleep(60);
  await deliveries.stop();
}

test("registration, first and second deposit: each is heard once, with the click's own texts", async () => {
  const clickId = await world.click("ada", "2026-03-01T10:00:00Z", { partnerClickId: "pc/1", sub2: "a&b" });
  await world.send([{ type: "registration", externalId: "R1", clickId, at: ms("2026-03-01T11:00:00Z") }]);
  await world.send([
    deposit("D1", 25_000, { at: ms("2026-03-02T10:00:00Z") }),
    deposit("D2", 1_050, { at: ms("2026-03-03T10:00:00Z") }),
  ]);
  await world.send([deposit("D1", 25_000, { at: ms("2026-03-02T10:00:00Z") })]);
  await world.pipeline.drain();
  await sendAll(4);
  const rest = (query: string) => Object.fromEntries(new URL(query, "http://x.example").searchParams);
  assert.deepEqual(
    heard
      .map(rest)
      .map(({ e, c, s, a, o }) => [e, c, s, a, o].join(" "))
      .sort(),
    [
      "deposit pc/1 a&b 10.50 ofr_test",
      "deposit pc/1 a&b 250.00 ofr_test",
      "ftd pc/1 a&b 250.00 ofr_test",
      "registration pc/1 a&b  ofr_test",
    ],
  );
  const ids = heard.map(rest).filter(({ e, a }) => e === "ftd" || (e === "deposit" && a === "250.00"));
  assert.equal(new Set(ids.map(({ id }) => id)).size, 1, "the first deposit and its deposit are one event");
});

test("a correction is not told again, another partner's customer not at all, and a call that failed is tried again", async () => {
  heard = [];
  await world.send([deposit("D2", 2_000, { at: ms("2026-03-03T10:00:00Z") })]);
  const foreign = await world.click("ben", "2026-03-04T10:00:00Z");
  await world.send([
    { type: "registration", externalId: "R2", clickId: foreign, customerRef: "bob", at: ms("2026-03-04T11:00:00Z") },
  ]);
  await world.pipeline.drain();
  await sendAll(1);
  assert.deepEqual(heard, []);
  refuse = true;
  await world.send([deposit("D3", 500, { at: ms("2026-03-05T10:00:00Z") })]);
  await world.pipeline.drain();
  await sendAll(1);
  refuse = false;
  world.clock.advance(10_000);
  await sendAll(2);
  assert.equal(heard.length, 2);
  assert.equal(heard[0], heard[1]);
});
