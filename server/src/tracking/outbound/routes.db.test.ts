import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { type ApiWorld, apiWorld, type Caller } from "../../../test/api-world.ts";
import { vaultOf } from "../events/source.ts";
import { addressPolicy } from "./address.ts";
import { postbacksRoutes } from "./routes.ts";

const NEEDS = { policy: addressPolicy(["127.0.0.1"]), vault: vaultOf(randomBytes(32)), randomBytes };

let world: ApiWorld;
let receiver: http.Server;
let address: string;
let operator: Caller;
let owner: Caller;
let member: Caller;
let foreign: Caller;
let partnerId: string;

before(async () => {
  world = await apiWorld({ rooms: () => [postbacksRoutes(NEEDS)] });
  receiver = http.createServer((_request, response) => response.end("noted"));
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/pb?c={partner_click_id}`;
  operator = await world.administrator();
  partnerId = await world.partner("acme");
  const other = await world.partner("other");
  const scope = { scopeKind: "partner", scopeId: partnerId } as const;
  owner = await world.person("Owner", [{ role: "partner_owner", ...scope }], partnerId);
  member = await world.person("Member", [{ role: "partner_member", ...scope }], partnerId);
  foreign = await world.person("Foreign", [{ role: "partner_owner", ...scope, scopeId: other }], other);
});
after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await world.close();
});

test("a partner's owner sets a postback up, tries it, reads the log and pauses it; the operator sees the same", async () => {
  const made = await owner.call("POST", "/v1/postbacks", { url: address, occasions: ["ftd"] });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.partnerId, partnerId);
  const path = `/v1/postbacks/${made.body.id}`;
  const tried = await owner.call("POST", `${path}/test`, {});
  assert.equal(tried.status, 200, JSON.stringify(tried.body));
  assert.deepEqual([tried.body.state, tried.body.log[0]?.response], ["delivered", "noted"]);
  for (const person of [owner, member, operator]) {
    const list = await person.call("GET", `${path}/deliveries?state=delivered,dead`);
    assert.deepEqual(
      list.body.data.map((row: { id: string }) => row.id),
      [tried.body.id],
    );
    const one = await person.call("GET", `/v1/deliveries/${tried.body.id}`);
    assert.equal(one.body.log.length, 1);
  }
  const paused = await owner.call("PATCH", path, { revision: 1, status: "paused" });
  assert.deepEqual([paused.status, paused.body.status, paused.body.revision], [200, "paused", 2]);
});

test("another partner's owner finds nothing, and a member may look but not touch", async () => {
  const made = await operator.call("POST", "/v1/postbacks", { partnerId, url: address, occasions: ["deposit"] });
  const path = `/v1/postbacks/${made.body.id}`;
  const tried = await operator.call("POST", `${path}/test`, {});
  const calls = [
    ["GET", path, undefined],
    ["PATCH", path, { revision: 1, name: "mine now" }],
    ["POST", `${path}/test`, {}],
    ["GET", `${path}/deliveries`, undefined],
    ["GET", `/v1/deliveries/${tried.body.id}`, undefined],
    ["POST", `/v1/deliveries/${tried.body.id}/resend`, {}],
  ] as const;
  for (const [method, url, body] of calls) {
    assert.equal((await foreign.call(method, url, body)).status, 404, `${method} ${url}`);
    assert.equal((await member.call(method, url, body)).status, method === "GET" ? 200 : 403, `${method} ${url}`);
  }
  const list = await foreign.call("GET", "/v1/postbacks");
  assert.deepEqual(list.body.data, []);
  const stolen = await foreign.call("POST", "/v1/postbacks", { partnerId, url: address, occasions: ["deposit"] });
  assert.equal(stolen.status, 403);
});

test("what cannot be accepted is answered with the field, the value and the way out", async () => {
  const bad = await owner.call("POST", "/v1/postbacks", { url: `${address}&x={nope}`, occasions: ["ftd"] });
  assert.deepEqual([bad.status, bad.body.code], [422, "invalid_input"]);
  assert.deepEqual([bad.body.errors[0]?.field, bad.body.errors[0]?.value], ["url", "{nope}"]);
  assert.match(bad.body.errors[0]?.hint ?? "", /\{click_id\}/);
  const inside = await owner.call("POST", "/v1/postbacks", {
    url: "http://169.254.169.254/latest/meta-data/",
    occasions: ["ftd"],
  });
  assert.deepEqual([inside.status, inside.body.code], [422, "address_refused"]);
  assert.equal((await owner.call("GET", "/v1/deliveries?eventId=evt_!")).status, 422);
});
