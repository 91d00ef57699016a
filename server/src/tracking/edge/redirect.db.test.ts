import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readClick } from "../core/stored.ts";
import { openTestEdge, PROGRAM_A, PROGRAM_B, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  const partnerId = "prt_one";
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId });
  await edge.addLink({ code: "plain", offerId: "ofr_plain", partnerId, source: "newsletter", creative: "b1" });
  await edge.addLink({ code: "paused-link", offerId: "ofr_main", partnerId, status: "paused" });
  await edge.addLink({ code: "paused-offer", offerId: "ofr_paused", partnerId });
  await edge.addLink({ code: "paused-partner", offerId: "ofr_main", partnerId: "prt_paused" });
  await edge.addLink({ code: "spain", offerId: "ofr_spain", partnerId });
  await edge.addLink({ code: "nous", offerId: "ofr_nous", partnerId });
  await edge.addLink({ code: "beta", offerId: "ofr_beta", partnerId });
  await edge.addLink({ code: "deep", offerId: "ofr_main", partnerId, deep_link: "https://a.shop.alpha.example/x?y=1" });
});
after(() => edge.close());

test("a click is recorded, then sent to the landing page with its id", async () => {
  const answer = await edge.ask(
    "/c/main?sub1=blue%20sky&sub10=ten&click_id=THEIRS-1&source=fb&creative=b7&utm_medium=cpc",
    {
      Referer: "https://blog.example/post",
      "Accept-Language": "es-ES,es;q=0.9",
      "X-Forwarded-For": "81.47.192.13",
    },
  );
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const click = await edge.clickOf(answer);
  assert.equal(answer.headers.get("location"), `https://www.alpha.example/land?cid=${click.id}&s=blue%20sky`);
  assert.deepEqual(answer.setCookies, [`trb_alpha=${click.id}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax`]);
  assert.deepEqual(
    { ...click, id: "", link: 0, ua: "" },
    {
      v: 1,
      id: "",
      at: Date.UTC(2026, 2, 1, 10),
      verdict: "click",
      to: "landing",
      link: 0,
      linkId: "lnk_main",
      programId: PROGRAM_A,
      offerId: "ofr_main",
      partnerId: "prt_one",
      ip: "81.47.192.13",
      country: "ES",
      ua: "",
      device: "desktop",
      os: "Windows",
      browser: "Chrome",
      sub1: "blue sky",
      partnerClickId: "THEIRS-1",
      sub10: "ten",
      source: "fb",
      creative: "b7",
      referer: "https://blog.example/post",
      language: "es-ES",
      other: { utm_medium: "cpc" },
    },
  );
});

test("the id says link, time and place, and is handed on even where the landing page has no macro", async () => {
  const answer = await edge.ask("/c/plain/");
  const click = await edge.clickOf(answer);
  assert.equal(answer.headers.get("location"), `https://www.alpha.example/plain?click_id=${click.id}#top`);
  assert.equal(edge.clickIds.read(click.id)?.at, Date.UTC(2026, 2, 1, 10));
  assert.equal(edge.clickIds.read(click.id)?.link, click.link);
  assert.equal(click.source, "newsletter");
  assert.equal(click.creative, "b1");
});

test("the cookie makes the visitor's clicks a chain, per program; a made-up one does not", async () => {
  const first = await edge.clickOf(await edge.ask("/c/main"));
  const second = await edge.clickOf(await edge.ask("/c/main", { Cookie: `a=b; trb_alpha=${first.id}; xtrb_alpha=q` }));
  assert.equal(second.prev, first.id);
  const forged = `${first.id.slice(0, -1)}${first.id.endsWith("0") ? "2" : "0"}`;
  assert.equal((await edge.clickOf(await edge.ask("/c/main", { Cookie: `trb_alpha=${forged}` }))).prev, undefined);
  assert.equal((await edge.clickOf(await edge.ask("/c/beta", { Cookie: `trb_alpha=${first.id}` }))).prev, undefined);
});

test("behind a trusted proxy that speaks https the cookie is Secure", async () => {
  const answer = await edge.ask("/c/main", { "X-Forwarded-Proto": "https" });
  assert.match(answer.setCookies[0] ?? "", /; Secure$/);
});

test("automated requests are answered and recorded as what they are", async () => {
  for (const [headers, method, verdict] of [
    [{}, "HEAD", "head"],
    [{ "Sec-Purpose": "prefetch;prerender" }, "GET", "prefetch"],
    [{ Purpose: "prefetch" }, "GET", "prefetch"],
    [{ "X-Purpose": "preview" }, "GET", "prefetch"],
    [{ "X-Moz": "prefetch" }, "GET", "prefetch"],
    [{ "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }, "GET", "bot"],
    [{ "User-Agent": "" }, "GET", "bot"],
  ] as const) {
    const answer = await edge.ask("/c/main", headers, method);
    assert.equal(answer.status, 302, verdict);
    assert.equal((await edge.clickOf(answer)).verdict, verdict);
    assert.deepEqual(answer.setCookies, [], "no visitor, no cookie");
  }
});

test("what is paused, unknown or blocked goes to the fallback that is named for it", async () => {
  for (const [target, headers, location, verdict] of [
    ["/c/paused-link", {}, "https://alpha.example/fallback", "link_paused"],
    ["/c/paused-offer", {}, "https://alpha.example/fallback", "offer_paused"],
    ["/c/paused-partner", {}, "https://alpha.example/fallback", "partner_paused"],
    ["/c/spain", { "X-Forwarded-For": "8.8.8.8" }, "https://www.alpha.example/not-here?c=US", "country_blocked"],
    ["/c/spain", { "X-Forwarded-For": "10.0.0.1" }, "https://www.alpha.example/not-here?c=", "country_blocked"],
    ["/c/nous", { "X-Forwarded-For": "8.8.8.8" }, "https://alpha.example/fallback", "country_blocked"],
    ["/c/no-such", {}, "https://deployment.example/unknown", "unknown_link"],
    ["/c/", {}, "https://deployment.example/unknown", "unknown_link"],
    ["/c/main", { Host: "GO.beta.example:8080" }, "https://beta.example/fallback", "unknown_link"],
    ["/c/%00%0d%0aX:1", {}, "https://deployment.example/unknown", "unknown_link"],
  ] as const) {
    const answer = await edge.ask(target, headers);
    assert.equal(answer.status, 302, target);
    assert.equal(answer.headers.get("location"), location, target);
    const click = readClick(await edge.lastBody());
    assert.equal(click.verdict, verdict, target);
    assert.equal(click.to, "fallback");
  }
  const beta = await edge.ask("/c/beta", { Host: "go.beta.example" });
  assert.equal((await edge.clickOf(beta)).programId, PROGRAM_B);
  assert.equal(
    (await edge.ask("/c/nous", { "X-Forwarded-For": "81.47.192.13" })).headers.get("location")?.slice(0, 30),
    "https://www.alpha.example/land",
  );
});

test("without a fallback of the deployment an unknown link goes to the only active program's, or is told plainly", async () => {
  const other = await openTestEdge({ fallbackUrl: null });
  const plain = await other.ask("/c/no-such");
  assert.equal(plain.status, 404);
  assert.equal(plain.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.equal(readClick(await other.lastBody()).to, "none");
  other.catalogue.programs = other.catalogue.programs.map((p) =>
    p.programId === PROGRAM_B ? { ...p, status: "draft" as const } : p,
  );
  await other.routes.refresh();
  assert.equal((await other.ask("/c/no-such")).headers.get("location"), "https://alpha.example/fallback");
  await other.close();
});

test("deep links reach allowed hosts only; the others land on the landing page and are named", async () => {
  for (const [asked, location] of [
    ["https://www.alpha.example/a/b?c=d", "https://www.alpha.example/a/b?c=d&click_id="],
    ["https://x.y.shop.alpha.example/", "https://x.y.shop.alpha.example/?click_id="],
    ["/games/poker", "https://www.alpha.example/games/poker?click_id="],
    ["https://www.alpha.example/?id={click_id}#x", "https://www.alpha.example/?id="],
  ] as const) {
    const answer = await edge.ask(`/c/main?dl=${encodeURIComponent(asked)}`);
    assert.ok(answer.headers.get("location")?.startsWith(location), asked);
    const click = readClick(await edge.lastBody());
    assert.equal(click.deepLink, asked);
    assert.equal(click.to, "deep_link");
    assert.ok(answer.headers.get("location")?.includes(click.id));
  }
  const refused = await edge.ask("/c/main?url=https://evil.example/www.alpha.example");
  assert.ok(refused.headers.get("location")?.startsWith("https://www.alpha.example/land?"));
  assert.equal((await edge.clickOf(refused)).refusedLink, "https://evil.example/www.alpha.example");
  const own = await edge.ask("/c/deep");
  assert.ok(own.headers.get("location")?.startsWith("https://a.shop.alpha.example/x?y=1&click_id="));
});

test("changes announced in the database reach the edge", async () => {
  await edge.database.pool.query("update tracking.link set status = 'paused' where code = 'deep'");
  await edge.database.pool.query("select pg_notify('tributary_changes', 'links:lnk_deep')");
  for (let i = 0; i < 200; i++) {
    if ((await edge.ask("/c/deep")).headers.get("location") === "https://alpha.example/fallback") return;
  }
  assert.fail("the edge did not hear of it");
});

test("other methods and other paths", async () => {
  const refused = await edge.ask("/c/main", {}, "POST", "x=1");
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get("allow"), "GET, HEAD");
  assert.equal((await edge.ask("/cc/main")).status, 404);
  assert.equal((await edge.ask("/v1/links")).status, 404);
});
