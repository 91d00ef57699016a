import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { StoredCall } from "../contracts.ts";
import { parseReceiptId } from "../core/receipt-id.ts";
import { readCall } from "../core/stored.ts";
import { sign } from "../events/signature.ts";
import { findEntry } from "../intake/reader.ts";
import { Replays } from "./replays.ts";
import { type Answer, openTestEdge, PROGRAM_A, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
  await edge.addSource("open", "secret-1");
  await edge.addSource("signed", "secret-2", true);
});
after(async () => {
  assert.deepEqual(edge.defects, []);
  await edge.close();
});

interface Body {
  receipt: string;
  status: string | number;
  code?: string;
  notes?: { code: string }[];
  errors?: { field: string; value?: string; hint: string }[];
  events?: { line: number; receipt: string; status: string; errors?: { code: string }[] }[];
}
const json = (answer: Answer): Body => JSON.parse(answer.body.toString());

async function stored(answer: Answer): Promise<StoredCall> {
  const place = parseReceiptId(json(answer).receipt);
  assert.ok(place, answer.body.toString());
  const entry = await findEntry(edge.database.db, place.lane, place.seq);
  assert.ok(entry);
  assert.equal(entry.kind, 3);
  return readCall(entry.body);
}

const DEPOSIT = "type=deposit&customer_id=c1&transaction_id=t1&amount=50.00&time=2026-03-01T09:00:00Z";

test("a postback is durable before it is answered, and its receipt finds it", async () => {
  const click = await edge.clickOf(await edge.ask("/c/main"));
  const answer = await edge.ask(`/p/open?${DEPOSIT}&click_id=${click.id.toUpperCase()}&x=1`);
  assert.equal(answer.status, 200);
  assert.equal(json(answer).status, "received");
  const call = await stored(answer);
  assert.equal(call.door, "postback");
  assert.equal(call.programId, PROGRAM_A);
  assert.equal(call.sourceId, "src_open");
  assert.ok(call.raw?.startsWith(DEPOSIT));
  assert.deepEqual(call.events, [
    {
      line: 0,
      type: "deposit",
      externalId: "t1",
      customerRef: "c1",
      at: Date.UTC(2026, 2, 1, 9),
      currency: "EUR",
      measures: { deposit: "5000" },
      clickId: click.id,
      other: { x: "1" },
      notes: ["currency_assumed"],
    },
  ]);
});

test("by POST as a form, as JSON, and as a list", async () => {
  const form = await edge.ask("/p/open", { "Content-Type": "application/x-www-form-urlencoded" }, "POST", DEPOSIT);
  assert.equal((await stored(form)).events.length, 1);
  const one = await edge.ask(
    "/p/open?type=deposit",
    { "Content-Type": "application/json; charset=utf-8" },
    "POST",
    '{"type":"registration","customerId":77}',
  );
  assert.equal((await stored(one)).events[0]?.line, 0);
  const list = [
    { type: "deposit", customerId: "c", externalId: "1", amount: { minor: "1234", currency: "USD" } },
    { type: "deposit", customerId: "c", externalId: "2", amount: 12.34, dimensions: { brand: "x" } },
    { type: "deposit", customerId: "c", externalId: "3", amount: "12,34" },
    { type: "trade", customerId: "c", externalId: "4", quantities: { lots: 0.1 } },
    "nonsense",
    { type: "deposit", customerId: "c", externalId: "5", amount: 0.1234567890123456 },
  ];
  const many = await edge.ask(
    "/p/open",
    { "Content-Type": "application/json" },
    "POST",
    JSON.stringify({ events: list }),
  );
  assert.equal(many.status, 200);
  assert.deepEqual(
    json(many).events?.map((e) => e.status),
    ["received", "received", "rejected", "received", "rejected", "rejected"],
  );
  const lines = (await stored(many)).events;
  assert.deepEqual(
    lines.map((line) => ("measures" in line ? line.measures : undefined)),
    [{ deposit: "1234" }, { deposit: "1234" }, undefined, undefined, undefined, undefined],
  );
  assert.equal(
    "refused" in (lines[2] ?? {}) ? (lines[2] as { refused: { code: string } }).refused.code : "",
    "invalid_amount",
  );
});

test("what is wrong is named with field, value and the way out, and can be looked up", async () => {
  const answer = await edge.ask("/p/open?type=deposit&customer_id=c1&transaction_id=t2&amount=12,34&currency=EURO");
  assert.equal(answer.status, 422);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const body = json(answer);
  assert.equal(body.code, "unknown_currency");
  assert.deepEqual(
    body.errors?.map((e) => [e.field, e.value]),
    [
      ["currency", "EURO"],
      ["amount", "12,34"],
    ],
  );
  const call = await stored(answer);
  const [line] = call.events;
  assert.ok(line && "refused" in line);
  assert.equal(line.refused.code, "unknown_currency");
  assert.match(line.raw ?? "", /amount=12,34/);
});

test("calls that are refused as a whole are logged too", async () => {
  for (const [target, method, body, type, code, status] of [
    [`/p/no-such-token?${DEPOSIT}`, "GET", undefined, "", "unknown_source", 401],
    [`/p/open?${DEPOSIT}&bad=%E0%A4%A`, "GET", undefined, "", "malformed_encoding", 400],
    [`/p/open?${DEPOSIT}&bad=%ff`, "GET", undefined, "", "malformed_encoding", 400],
    ["/p/open", "POST", "{", "application/json", "bad_request", 400],
    ["/p/open", "POST", "[]", "application/json", "too_large", 413],
    ["/p/open", "POST", "<x/>", "application/xml", "unsupported_media_type", 415],
    [`/p/signed?${DEPOSIT}`, "GET", undefined, "", "signature_invalid", 401],
  ] as const) {
    const answer = await edge.ask(target, type === "" ? {} : { "Content-Type": type }, method, body);
    assert.equal(answer.status, status, target);
    assert.equal(json(answer).code, code);
    const call = await stored(answer);
    assert.equal(call.refused?.code, code);
    assert.deepEqual(call.events, []);
  }
});

test("signed calls: by parameters and by headers; changed, foreign and old ones are refused", async () => {
  const now = String(Math.floor(edge.clock.now().getTime() / 1000));
  const call = (query: string, body = "", method = "GET") => ({
    method,
    path: "/p/signed",
    query,
    body: Buffer.from(body),
  });
  const query = `${DEPOSIT}&ts=${now}`;
  const good = sign(call(query), now, "secret-2");
  assert.equal((await edge.ask(`/p/signed?${query}&sig=${good}`)).status, 200);
  assert.equal((await edge.ask(`/p/signed?sig=${good}&${query}`)).status, 200);
  const post = sign(call("", '{"type":"kyc_passed","customerId":"1"}', "POST"), now, "secret-2");
  const headers = { "Content-Type": "application/json", "X-Tributary-Timestamp": now, "X-Tributary-Signature": post };
  assert.equal((await edge.ask("/p/signed", headers, "POST", '{"type":"kyc_passed","customerId":"1"}')).status, 200);
  assert.equal(
    json(await edge.ask("/p/signed", headers, "POST", '{"type":"kyc_passed","customerId":"2"}')).code,
    "signature_invalid",
  );
  assert.equal(
    json(await edge.ask(`/p/signed?${query.replace("50.00", "5000")}&sig=${good}`)).code,
    "signature_invalid",
  );
  assert.equal(
    json(await edge.ask(`/p/signed?${query}&sig=${sign(call(query), now, "secret-1")}`)).code,
    "signature_invalid",
  );
  assert.equal(json(await edge.ask(`/p/signed?${query}&sig=zz`)).code, "signature_invalid");
  const old = String(Number(now) - 301);
  const stale = `${DEPOSIT}&ts=${old}`;
  assert.equal(
    json(await edge.ask(`/p/signed?${stale}&sig=${sign(call(stale), old, "secret-2")}`)).code,
    "signature_expired",
  );
  assert.equal(
    json(await edge.ask(`/p/open?${DEPOSIT}&sig=abc`)).code,
    "signature_invalid",
    "a wrong signature is wrong where none is asked for",
  );
});

test("the pixel answers its picture whatever comes, and takes the click from the cookie", async () => {
  const click = await edge.clickOf(await edge.ask("/c/main"));
  const answer = await edge.ask("/i/open.gif?type=registration&customer_id=c77", { Cookie: `trb_alpha=${click.id}` });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "image/gif");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.body.subarray(0, 6).toString("latin1"), "GIF89a");
  const call = readCall(await edge.lastBody());
  assert.equal(call.door, "pixel");
  assert.equal((call.events[0] as { clickId?: string }).clickId, click.id);
  for (const target of ["/i/nobody.gif?type=registration", "/i/open.gif?x=%zz", "/i/open.gif", "/i/"]) {
    const other = await edge.ask(target);
    assert.equal(other.status, 200, target);
    assert.equal(other.body.length, answer.body.length);
    assert.ok(readCall(await edge.lastBody()).refused ?? readCall(await edge.lastBody()).events.length === 1);
  }
});

test("a body that is too large is refused", async () => {
  const answer = await edge.ask(
    "/p/open",
    { "Content-Type": "application/json" },
    "POST",
    `"${"x".repeat(1_100_000)}"`,
  );
  assert.equal(answer.status, 413);
});

test("while the log cannot be written nothing is accepted", async () => {
  const other = await openTestEdge();
  await other.addSource("open", "s");
  await other.log.close();
  const answer = await other.ask(`/p/open?${DEPOSIT}`);
  assert.equal(answer.status, 503);
  assert.equal(json(answer).code, "log_unavailable");
  const pixel = await other.ask("/i/open.gif?type=registration&customer_id=1");
  assert.equal(pixel.status, 503);
  assert.equal(pixel.headers.get("content-type"), "image/gif");
  assert.deepEqual(other.defects, []);
  await other.close();
});

test("a signed call that comes again gets the receipt of the first time and reaches nothing, at every door", async () => {
  const now = String(Math.floor(edge.clock.now().getTime() / 1000));
  const entries = async () => {
    const { rows } = await edge.database.pool.query<{ n: number }>("select count(*)::int as n from intake.entry");
    return rows[0]?.n ?? 0;
  };
  for (const path of ["/p/signed", "/i/signed.gif"]) {
    const query = `type=deposit&customerId=77&externalId=again${path.length}&amount=5&ts=${now}`;
    const call = { method: "GET", path, query, body: Buffer.alloc(0) };
    const target = `${path}?${query}&sig=${sign(call, now, "secret-2")}`;
    const first = await edge.ask(target);
    assert.equal(first.status, 200, path);
    const before = await entries();
    const again = await edge.ask(target.replace(/sig=.*/, (sig) => sig.toUpperCase().replace("SIG", "sig")));
    assert.deepEqual([again.status, again.body], [first.status, first.body], path);
    assert.equal(await entries(), before, `${path}: nothing is written`);
  }
});

test("signatures that came are remembered for as long as they are good, and no longer", () => {
  const replays = new Replays();
  replays.note("a", "rcp_1_1", 0);
  replays.note("b", "rcp_1_2", 60_000);
  assert.deepEqual([replays.receiptOf("a", 599_999), replays.receiptOf("c", 0)], ["rcp_1_1", undefined]);
  assert.equal(replays.receiptOf("a", 600_000), undefined);
  assert.equal(replays.receiptOf("b", 600_000), "rcp_1_2");
});
