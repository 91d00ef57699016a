import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readClick } from "../core/stored.ts";
import { clickById } from "../process/index.ts";
import { openTestEdge, PROGRAM_A, type TestEdge } from "./test-edge.ts";

const PAGE = "https://www.alpha.example/shoes?trb=main&color=red#sizes";
let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
  await edge.addLink({ code: "paused-link", offerId: "ofr_main", partnerId: "prt_one", status: "paused" });
  await edge.addLink({ code: "spain", offerId: "ofr_spain", partnerId: "prt_one" });
});
after(() => edge.close());

const call = (code: string, values: Record<string, string>, headers: Record<string, string> = {}) =>
  edge.ask(`/d/${code}?${new URLSearchParams(values)}`, { Origin: "https://www.alpha.example", ...headers });
const json = (body: Buffer) => JSON.parse(body.toString("utf8")) as Record<string, unknown>;

test("a visitor who came straight to the landing page is a click, durable when it is answered", async () => {
  const answer = await call("main", { page: PAGE, ref: "https://blog.example/best", sub1: "footer", gclid: "g1" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("access-control-allow-origin"), "https://www.alpha.example");
  const { clickId, counted } = json(answer.body);
  assert.equal(counted, true);
  const click = readClick(await edge.lastBody());
  assert.deepEqual(
    [click.id, click.verdict, click.to, click.direct, click.programId, click.sub1, click.referer, click.deepLink],
    [
      clickId,
      "click",
      "deep_link",
      true,
      PROGRAM_A,
      "footer",
      "https://blog.example/best",
      "https://www.alpha.example/shoes?trb=main&color=red",
    ],
  );
  assert.deepEqual(click.other, { gclid: "g1" }, "the script's own parameters are nobody's");
  assert.equal((await clickById(edge.database.db, edge.clickIds, String(clickId)))?.id, clickId);
});

test("the click before is part of the journey, unless it is made up", async () => {
  const first = json((await call("main", { page: PAGE })).body).clickId as string;
  await call("main", { page: PAGE, prev: first });
  assert.equal(readClick(await edge.lastBody()).prev, first);
  await call("main", { page: PAGE, prev: `0${first.slice(1)}`.replace(/.$/, "0") });
  assert.equal(readClick(await edge.lastBody()).prev, undefined);
});

test("a page that the offer does not allow records nothing, whatever it says of itself", async () => {
  const before = await edge.lastBody();
  const cases: readonly (readonly [string, Record<string, string>])[] = [
    ["https://evil.example/", { Origin: "https://evil.example" }],
    ["https://www.alpha.example/", { Origin: "https://evil.example" }],
    ["https://www.alpha.example@evil.example/", { Origin: "https://evil.example" }],
    ["javascript:alert(1)", {}],
    ["not an address", {}],
    ["", {}],
  ];
  for (const [page, headers] of cases) {
    const answer = await call("main", { page }, headers);
    assert.equal(answer.status, 403, page);
    assert.equal(answer.headers.get("access-control-allow-origin") ?? null, null, page);
  }
  assert.equal((await call("nobody", { page: PAGE })).status, 404);
  assert.equal((await edge.ask("/d/main", {})).status, 403);
  assert.equal(await edge.lastBody(), before);
});

test("what is automated or closed is recorded with its reason and has no click id", async () => {
  const bot = { "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" };
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ["main", bot, "bot"],
    ["paused-link", {}, "link_paused"],
    ["spain", { "X-Forwarded-For": "8.8.8.8" }, "country_blocked"],
  ];
  for (const [code, headers, verdict] of cases) {
    const answer = await call(code, { page: PAGE }, headers);
    assert.deepEqual(json(answer.body), { clickId: null, counted: false, verdict });
    assert.equal(readClick(await edge.lastBody()).verdict, verdict);
  }
});

test("the script is handed out with what the program says, for an hour", async () => {
  const answer = await edge.ask("/s/alpha.js", {});
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/javascript/);
  const text = answer.body.toString("utf8");
  assert.match(text, /program:"alpha",consent:true,days:30/);
  assert.doesNotThrow(() => new Function(text), "a script that can be read");
  const etag = answer.headers.get("etag") ?? "";
  assert.equal((await edge.ask("/s/alpha.js", { "If-None-Match": etag })).status, 304);
  for (const path of ["/s/nobody.js", "/s/alpha", "/s/../alpha.js", "/s/"])
    assert.equal((await edge.ask(path, {})).status, 404, path);
  assert.equal((await edge.ask("/s/alpha.js", { Host: "go.beta.example" })).status, 404, "not on another's host");
});
