import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { NewPostback, type PostbackInput } from "@tributary/contract";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { type Actor, asPartner, type Permission, systemActor } from "../../access/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { vaultOf } from "../events/source.ts";
import { addressPolicy } from "./address.ts";
import { getDelivery, resendDelivery, testPostback } from "./deliver-by-hand.ts";
import { queueDeliveries } from "./queue.ts";
import { changePostback, createPostback, getPostback, listOwnDeliveries, listOwnPostbacks } from "./service.ts";

let database: TestDatabase;
let ctx: Context;
let receiver: http.Server;
let base: string;
let status = 200;
const clock = testClock("2026-03-01T00:00:00Z");
const needs = { policy: addressPolicy(["127.0.0.1"]), vault: vaultOf(new Uint8Array(32).fill(7)) };
const operator = systemActor("test");

function partnerUser(partnerId: string, permissions: readonly Permission[]): Actor {
  const held = new Set(permissions);
  const grants = [{ role: "partner_developer", permissions: held, scope: { kind: "partner", id: partnerId } }] as const;
  return { kind: "partner_user", id: `usr_${partnerId}`, name: partnerId, permissions: held, grants, partnerId };
}
const own = partnerUser("prt_00000000000000000000000001", ["postbacks.read", "postbacks.write"]);
const reader = partnerUser("prt_00000000000000000000000001", ["postbacks.read"]);
const foreign = partnerUser("prt_00000000000000000000000002", ["postbacks.read", "postbacks.write"]);

before(async () => {
  database = await testDatabase();
  let bytes = 0;
  ctx = {
    db: database.db,
    clock,
    ids: idSource(
      () => clock.now(),
      (count) => {
        bytes += 1;
        return new Uint8Array(count).map((_, index) => (index === count - 1 ? bytes % 256 : (bytes >> 8) % 256));
      },
    ),
  };
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
    values ('prg_1', 'fx', 'FX', 'active', 'UTC', 'EUR', 'https://x.example', ${clock.now()})`.execute(database.db);
  await sql`insert into partners.partner (partner_id, code, name, kind, status, created_at)
    values ('prt_00000000000000000000000001', 'one', 'One', 'affiliate', 'active', ${clock.now()}), ('prt_00000000000000000000000002', 'two', 'Two', 'affiliate', 'active', ${clock.now()})`.execute(
    database.db,
  );
  receiver = http.createServer((request, response) => response.writeHead(status).end(`got ${request.url}`));
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});

beforeEach(async () => {
  status = 200;
  await sql`truncate tracking.attempt, tracking.delivery, tracking.postback cascade`.execute(database.db);
});

after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await database.close();
});

function input(change: Partial<PostbackInput> = {}): NewPostback {
  return NewPostback.parse({
    name: "mine",
    occasions: ["ftd", "deposit"],
    url: `${base}/pb?c={partner_click_id}`,
    ...change,
  });
}

async function refused(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => assert.fail("it was not refused"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refusal, String(error));
  return error;
}

async function queued(): Promise<string> {
  await queueDeliveries(database.db, clock.now(), [
    {
      eventId: 1n,
      programId: "prg_1",
      offerId: null,
      partnerId: "prt_00000000000000000000000001",
      type: "deposit",
      firstDeposit: false,
      customerRef: "C-1002003",
      occurredAt: clock.now(),
      clickId: null,
      touch: {},
      amount: null,
    },
  ]);
  return (await listOwnDeliveries(ctx, operator, { limit: 1 })).data[0]?.id ?? "";
}

test("an unknown macro is refused at save, each one named, with the list of those that exist", async () => {
  const { code, complaints } = await refused(
    createPostback(ctx, own, input({ url: `${base}/?a={clickid}&b={sub11}`, method: "POST", body: "{oops}" }), needs),
  );
  assert.equal(code, "invalid_input");
  assert.deepEqual(
    complaints.map((complaint) => [complaint.field, complaint.value]),
    [
      ["url", "{clickid}"],
      ["url", "{sub11}"],
      ["body", "{oops}"],
    ],
  );
  assert.match(complaints[0]?.hint ?? "", /\{click_id\}.*\{sub10\}.*\{timestamp\}/);
});

const REFUSED_ADDRESSES = [
  "http://10.0.0.1/pb",
  "http://localhost/pb",
  "ftp://track.example.com/",
  "https://user:pw@track.example.com/",
  "https://{sub1}.example.com/",
  "https://track.example.com{sub1}/",
  "https://track.example.com:{sub1}/",
  "{sub1}://track.example.com/",
  "http:127.0.0.1/",
  "https:track.example.com/x",
  "no address",
];

test("an address of the inside, or one whose host a macro could change, is refused at save", async () => {
  for (const url of REFUSED_ADDRESSES) {
    const refusal = await refused(createPostback(ctx, own, input({ url }), { ...needs, policy: addressPolicy([]) }));
    assert.equal(refusal.code, "address_refused", url);
    assert.equal(refusal.complaints[0]?.field, "url");
  }
});

test("a partner's developer adds one for the own partner, sees it, and nobody else's", async () => {
  const mine = await createPostback(ctx, own, input(), needs);
  assert.equal(mine.partnerId, "prt_00000000000000000000000001");
  assert.deepEqual((await listOwnPostbacks(ctx, own, { limit: 10 })).data, [mine]);
  assert.deepEqual((await listOwnPostbacks(ctx, foreign, { limit: 10 })).data, []);
  assert.equal((await refused(getPostback(ctx, foreign, mine.id))).code, "not_found");
  assert.equal(
    (await refused(createPostback(ctx, own, input({ partnerId: "prt_00000000000000000000000002" }), needs))).code,
    "forbidden",
  );
  assert.equal((await refused(createPostback(ctx, reader, input(), needs))).code, "forbidden");
  const change = { revision: 1, status: "paused" } as const;
  assert.equal((await refused(changePostback(ctx, foreign, mine.id, change, needs))).code, "not_found");
  assert.equal((await refused(changePostback(ctx, reader, mine.id, change, needs))).code, "forbidden");
  assert.equal((await refused(testPostback(ctx, foreign, mine.id, needs))).code, "not_found");
});

test("the operator must say whose it is, and the ids must exist", async () => {
  assert.equal((await refused(createPostback(ctx, operator, input(), needs))).complaints[0]?.field, "partnerId");
  const unknown = [
    [{ partnerId: "prt_00000000000000000000000009" }, "partnerId"],
    [{ partnerId: "prt_00000000000000000000000001", programId: "prg_9" }, "programId"],
    [{ partnerId: "prt_00000000000000000000000001", offerId: "ofr_9" }, "offerId"],
  ] as const;
  for (const [change, field] of unknown) {
    const refusal = await refused(createPostback(ctx, operator, input(change), needs));
    assert.equal(refusal.complaints[0]?.field, field);
  }
});

test("a change needs the revision it was made on, and leaves a trail with before and after", async () => {
  const mine = await createPostback(ctx, own, input(), needs);
  const paused = await changePostback(ctx, operator, mine.id, { revision: 1, status: "paused" }, needs);
  assert.equal(paused.status, "paused");
  assert.equal(paused.url, mine.url);
  assert.equal((await refused(changePostback(ctx, own, mine.id, { revision: 1, name: "x" }, needs))).code, "conflict");
  const { rows } = await sql<{ action: string; before: { status: string } | null; after: { status: string } }>`
    select action, before, after from audit.entry where subject_id = ${mine.id} order by seq`.execute(database.db);
  assert.deepEqual(
    rows.map((row) => [row.action, row.before?.status, row.after.status]),
    [
      ["postbacks.created", undefined, "active"],
      ["postbacks.changed", "active", "paused"],
    ],
  );
});

test("a test call goes out at once and shows what came back, good or bad", async () => {
  const mine = await createPostback(ctx, own, input(), needs);
  const good = await testPostback(ctx, own, mine.id, needs);
  assert.equal(good.state, "delivered");
  assert.deepEqual(
    good.log.map((attempt) => [attempt.status, attempt.response, attempt.url]),
    [[200, "got /pb?c=test-partner-click", `${base}/pb?c=test-partner-click`]],
  );
  status = 503;
  const bad = await testPostback(ctx, operator, mine.id, needs);
  assert.equal(bad.state, "dead");
  assert.equal(bad.lastError, "answered with status 503");
  assert.equal((await refused(resendDelivery(ctx, own, bad.id))).code, "wrong_state");
  assert.deepEqual(
    (await listOwnDeliveries(ctx, own, { limit: 10, postbackId: mine.id })).data.map((row) => row.occasion),
    ["test", "test"],
  );
});

test("a resend puts a dead delivery in line again with a fresh window; a foreign partner cannot even see it", async () => {
  await createPostback(ctx, own, input(), needs);
  const id = await queued();
  await sql`update tracking.delivery set state = 'dead', outcome = 'gave_up', next_at = null, attempts = 30`.execute(
    database.db,
  );
  assert.equal((await refused(getDelivery(ctx, foreign, id))).code, "not_found");
  assert.equal((await refused(resendDelivery(ctx, foreign, id))).code, "not_found");
  assert.equal((await refused(resendDelivery(ctx, reader, id))).code, "forbidden");
  clock.advance(1000);
  const again = await resendDelivery(ctx, own, id);
  assert.equal(again.state, "waiting");
  assert.equal(again.nextAt, clock.now().toISOString());
  assert.equal((await refused(getDelivery(ctx, own, "dlv_nonsense!"))).code, "not_found");
});

test("archiving settles what was waiting as not sent, and nothing is resent to it", async () => {
  const mine = await createPostback(ctx, own, input(), needs);
  const id = await queued();
  await changePostback(ctx, own, mine.id, { revision: 1, status: "archived" }, needs);
  const delivery = await getDelivery(ctx, own, id);
  assert.deepEqual([delivery.state, delivery.outcome], ["dead", "archived"]);
  assert.equal((await refused(resendDelivery(ctx, own, id))).code, "wrong_state");
  assert.deepEqual((await listOwnPostbacks(ctx, own, { limit: 10 })).data, []);
});

test("what is queued in a transaction that fails was never queued", async () => {
  await createPostback(ctx, own, input(), needs);
  const failing = transact(ctx, async (tx) => {
    await queueDeliveries(tx.db, clock.now(), [
      {
        eventId: 2n,
        programId: "prg_1",
        offerId: null,
        partnerId: "prt_00000000000000000000000001",
        type: "deposit",
        firstDeposit: true,
        customerRef: "C-1",
        occurredAt: clock.now(),
        clickId: null,
        touch: {},
        amount: null,
      },
    ]);
    throw new Error("the batch failed");
  });
  await assert.rejects(failing, /the batch failed/);
  assert.deepEqual((await listOwnDeliveries(ctx, own, { limit: 10 })).data, []);
});

test("the whole of it works for a partner's own request under row-level security, and nothing of another partner is there", async () => {
  const request = asPartner(database.pool, ctx, "prt_00000000000000000000000001");
  const mine = await createPostback(request, own, input(), needs);
  await changePostback(request, own, mine.id, { revision: 1, occasions: ["deposit"] }, needs);
  assert.equal((await testPostback(request, own, mine.id, needs)).state, "delivered");
  const id = await queued();
  assert.equal((await resendDelivery(request, own, id)).state, "waiting");
  assert.equal((await listOwnDeliveries(request, own, { limit: 10 })).data.length, 2);
  await changePostback(request, own, mine.id, { revision: 2, status: "archived" }, needs);
  // Even an actor that may do everything finds nothing of partner one on partner two's connection.
  const other = asPartner(database.pool, ctx, "prt_00000000000000000000000002");
  assert.deepEqual((await listOwnPostbacks(other, operator, { limit: 10 })).data, []);
  assert.deepEqual((await listOwnDeliveries(other, operator, { limit: 10 })).data, []);
  assert.equal((await refused(getDelivery(other, operator, id))).code, "not_found");
  const { rows } = await sql`select from tracking.attempt`.execute(other.db);
  assert.equal(rows.length, 0);
});
