import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readClick } from "../core/stored.ts";
import { openTestEdge, type TestEdge } from "./test-edge.ts";

const lists = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "security",
);
const ALLOWED = /^(?:www\.alpha\.example|(?:[^.]+\.)+shop\.alpha\.example)$/;

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
});
after(() => edge.close());

const lines = (path: string) =>
  readFileSync(join(lists, path), "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "");

async function landsInside(target: string): Promise<void> {
  const answer = await edge.ask(target);
  if (answer.status === 400) return; // no HTTP request at all: the parser of the server refused it
  assert.equal(answer.status, 302, target);
  const location = answer.headers.get("location") ?? "";
  assert.match(new URL(location).hostname, ALLOWED, `${target} → ${location}`);
  assert.match(location, /^https?:\/\/[\x21-\x7e]+$/);
  assert.equal(answer.headers.get("crlf"), undefined);
  assert.equal(answer.setCookies.length, 1);
  assert.match(answer.setCookies[0] ?? "", /^trb_alpha=/);
}

test("no payload of the public lists makes an open redirect or a header", async (t) => {
  if (!existsSync(lists)) return t.skip(`no lists at ${lists}`);
  const payloads = [
    ...lines("lists/open-redirect/Open-Redirect-payloads.txt"),
    ...lines("lists/open-redirect/openredirects.txt"),
    ...lines("lists/open-redirect/params.txt"),
    ...lines("lists/crlf/crlf.txt"),
    ...lines("ssrf-urls.csv")
      .slice(1)
      .map((line) => line.split(",")[0] ?? ""),
  ];
  for (const payload of payloads) {
    const raw = payload.replaceAll(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter));
    await landsInside(`/c/main?url=${encodeURIComponent(payload)}`);
    await landsInside(`/c/main?dl=${raw}`);
    await landsInside(`/c/main?dl=https://www.alpha.example${raw.startsWith("/") ? raw : `/${raw}`}`);
    await landsInside(`/c/main?sub1=${raw}&click_id=${raw}`);
  }
  t.diagnostic(`${payloads.length} payloads, four ways each, none left the allowed hosts`);
});

test("hosts that look allowed are not", async () => {
  for (const host of [
    "https://www.alpha.example@evil.example/",
    "https://www.alpha.example.evil.example/",
    "https://evil.example/https://www.alpha.example",
    "https://evil.example#www.alpha.example",
    "https://evil.example\\@www.alpha.example/",
    "https://shop.alpha.example/",
    "https://evilshop.alpha.example/",
    "https://www.alpha.example:8443/",
    "https://user:pass@www.alpha.example/",
    "javascript://www.alpha.example/%0aalert(1)",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "\thttps://evil.example",
    "data:text/html,x",
    "https://{sub1}/",
    "https://{sub1}.shop.alpha.example@evil.example",
    "http://[::ffff:1.2.3.4]/",
    "https://ｗｗｗ.alpha.example.evil.example/",
  ]) {
    const answer = await edge.ask(`/c/main?sub1=evil.example&url=${encodeURIComponent(host)}`);
    assert.ok(answer.headers.get("location")?.startsWith("https://www.alpha.example/land?"), host);
    assert.equal(readClick(await edge.lastBody()).to, "landing", host);
  }
});

test("malformed percent-encoding stays what it is, bytes that are not UTF-8 become U+FFFD", async () => {
  const click = await edge.clickOf(
    await edge.ask("/c/main?sub1=%&sub2=%zz%41&sub3=%ff%c3%b1%C3&sub4=a%2&sub5=%u00f1&sub6=1%2B1+2"),
  );
  assert.deepEqual(
    [click.sub1, click.sub2, click.sub3, click.sub4, click.sub5, click.sub6],
    ["%", "%zzA", "\ufffdñ\ufffd", "a%2", "%u00f1", "1+1 2"],
  );
});

test("a NUL, a line break and half a character reach neither header nor database as such", async () => {
  const answer = await edge.ask("/c/main?sub1=a%00b&sub2=a%0d%0aX-Evil:1&sub3=%ed%a0%80");
  assert.equal(answer.headers.get("x-evil"), undefined);
  const click = await edge.clickOf(answer);
  assert.equal(click.sub1, "a\ufffdb");
  assert.equal(click.sub2, "a\r\nX-Evil:1");
  const back = await edge.database.pool.query(
    "select body::jsonb->>'sub2' as sub2 from intake.entry order by lane desc, seq desc limit 1",
  );
  assert.equal(back.rows[0]?.sub2, "a\r\nX-Evil:1");
});

test("a parameter that comes twice: the first counts, the second is kept beside it", async () => {
  const click = await edge.clickOf(await edge.ask("/c/main?sub1=first&sub1=second&s1=third&sub2=&&=x&sub2=real&flag"));
  assert.equal(click.sub1, "first");
  assert.equal(click.sub2, "real");
  assert.deepEqual(click.other, { sub1: "second", s1: "third" });
});

test("a query of 64 KB is answered and recorded, long values cut and named", async () => {
  const answer = await edge.ask(
    `/c/main?sub1=${"é".repeat(10).replaceAll("é", "%C3%A9")}${"x".repeat(65_000)}&sub2=kept`,
  );
  const click = await edge.clickOf(answer);
  assert.equal(click.sub1?.length, 255);
  assert.ok(click.sub1?.startsWith("éééé"));
  assert.equal(click.sub2, "kept");
  assert.deepEqual(click.cut, ["sub1"]);
  const many = await edge.ask(`/c/main?${Array.from({ length: 8000 }, (_, i) => `p${i}=${i}`).join("&")}`);
  assert.equal(Object.keys((await edge.clickOf(many)).other ?? {}).length, 20);
});

test("a request larger than the server takes is refused, and the next one served", async () => {
  const refused = await edge.ask(`/c/main?sub1=${"x".repeat(200_000)}`).then(
    (answer) => answer.status === 431,
    (error: NodeJS.ErrnoException) => error.code === "ECONNRESET" || error.code === "EPIPE",
  );
  assert.ok(refused);
  assert.equal((await edge.ask("/c/main")).status, 302);
});

test("odd headers do no harm", async () => {
  for (const headers of [
    { Cookie: "trb_alpha=%00%ff; trb_alpha" },
    { Cookie: `trb_alpha=${"x".repeat(8000)}` },
    { "X-Forwarded-For": "'; drop table x;--" },
    { "X-Forwarded-For": "unknown, 999.1.1.1" },
    { "X-Forwarded-For": "::ffff:81.47.192.13" },
    { Referer: `https://x.example/"\\\u00ff${"y".repeat(5000)}` },
    { "Accept-Language": '"><script>' },
    { "User-Agent": '\u00e9\u00ff" \\ x' },
    { Host: "" },
    { Host: "[::1]:80" },
  ]) {
    const answer = await edge.ask("/c/main", headers as Record<string, string>);
    assert.equal(answer.status, 302, JSON.stringify(headers).slice(0, 100));
    await edge.clickOf(answer);
  }
  assert.deepEqual(edge.defects, []);
});

test("while the log cannot be written no visitor is sent on unrecorded", async () => {
  const other = await openTestEdge();
  await other.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
  await other.log.close();
  const answer = await other.ask("/c/main");
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get("retry-after"), "1");
  assert.equal(answer.headers.get("location"), undefined);
  await other.close();
});
