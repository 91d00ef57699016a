import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { readImpression } from "../core/stored.ts";
import { clickById } from "../process/index.ts";
import { openTestEdge, PROGRAM_A, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
  await edge.addLink({ code: "paused-link", offerId: "ofr_main", partnerId: "prt_one", status: "paused" });
  await edge.addLink({ code: "spain", offerId: "ofr_spain", partnerId: "prt_one" });
});
after(() => edge.close());

const last = async () => readImpression(await edge.lastBody());

test("an ad that was shown is recorded, then answered with a picture that nobody keeps", async () => {
  const answer = await edge.ask("/v/main.gif?creative=b7&sub1=top", { "X-Forwarded-For": "81.47.192.13" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "image/gif");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.body.subarray(0, 6).toString("latin1"), "GIF89a");
  assert.deepEqual(answer.setCookies, [], "who saw an ad has not visited");
  const shown = await last();
  assert.deepEqual(
    [
      shown.verdict,
      shown.to,
      shown.linkId,
      shown.programId,
      shown.partnerId,
      shown.country,
      shown.creative,
      shown.sub1,
    ],
    ["impression", "none", "lnk_main", PROGRAM_A, "prt_one", "ES", "b7", "top"],
  );
  const kinds = await sql<{ kind: number }>`select kind from intake.entry order by lane desc, seq desc limit 1`.execute(
    edge.database.db,
  );
  assert.equal(kinds.rows[0]?.kind, 2);
  assert.equal(await clickById(edge.database.db, edge.clickIds, shown.id), undefined, "an impression is no click");
});

test("what is automated, closed or unknown gets the picture and does not count", async () => {
  const cases: readonly (readonly [string, Record<string, string>, string, string])[] = [
    [
      "/v/main.gif",
      { "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
      "GET",
      "bot",
    ],
    ["/v/main.gif", { "Sec-Purpose": "prefetch" }, "GET", "prefetch"],
    ["/v/main.gif", {}, "HEAD", "head"],
    ["/v/paused-link.gif", {}, "GET", "link_paused"],
    ["/v/spain.gif", { "X-Forwarded-For": "8.8.8.8" }, "GET", "country_blocked"],
    ["/v/nobody.gif", {}, "GET", "unknown_link"],
  ];
  for (const [target, headers, method, verdict] of cases) {
    const answer = await edge.ask(target, headers, method);
    assert.equal(answer.status, 200, target);
    assert.equal((await last()).verdict, verdict, target);
  }
  assert.equal((await edge.ask("/v/main.gif", {}, "POST")).status, 405);
  assert.deepEqual(edge.defects, []);
});

test("hostile addresses are recorded like any other", async () => {
  for (const target of [`/v/${"x".repeat(3000)}.gif`, "/v/main.gif?sub1=%ff%zz&sub1=2", "/v/.gif", "/v/"]) {
    assert.equal((await edge.ask(target)).status, 200, target);
  }
  assert.deepEqual(edge.defects, []);
});
