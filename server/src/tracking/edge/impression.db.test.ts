import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { readImpression } from "../core/stored.ts";
import { clickById, loadJourneys } from "../process/index.ts";
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

test("where the program's attribution uses impressions, they are a chain that clicks and pixels name", async () => {
  const [program] = edge.catalogue.programs;
  assert.ok(program !== undefined);
  edge.catalogue.programs[0] = { ...program, viewWindowDays: 2 };
  await edge.routes.refresh();
  const name = `trv_${program.code}`;
  const first = await edge.ask("/v/main.gif");
  const one = await last();
  assert.deepEqual(first.setCookies, [`${name}=${one.id}; Max-Age=172800; Path=/; HttpOnly; SameSite=Lax`]);
  const https = { "X-Forwarded-Proto": "https", Cookie: `${name}=${one.id}` };
  const second = await edge.ask("/v/main.gif", https);
  const two = await last();
  assert.equal(two.prevView, one.id);
  assert.match(second.setCookies[0] ?? "", /SameSite=None; Secure$/);
  const made = await edge.ask("/c/main", { Cookie: `${name}=${two.id}` });
  const click = await edge.clickOf(made);
  assert.deepEqual([click.prevView, click.prev], [two.id, undefined]);
  assert.equal((await edge.ask("/v/main.gif", { Cookie: `${name}=made-up` })).status, 200);
  assert.equal((await last()).prevView, undefined, "a made-up id joins no chain");
  const bot = await edge.ask("/v/main.gif", { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
  assert.deepEqual(bot.setCookies, []);

  const { db } = edge.database;
  const journeys = await loadJourneys(db, edge.clickIds, [click.id, two.id], 0);
  assert.deepEqual(
    journeys.get(click.id)?.map((step) => [step.kind, step.clickId]),
    [
      ["click", click.id],
      ["impression", two.id],
      ["impression", one.id],
    ],
  );
  assert.deepEqual(
    journeys.get(two.id)?.map((step) => step.clickId),
    [two.id, one.id],
  );
});

test("hostile addresses are recorded like any other", async () => {
  for (const target of [`/v/${"x".repeat(3000)}.gif`, "/v/main.gif?sub1=%ff%zz&sub1=2", "/v/.gif", "/v/"]) {
    assert.equal((await edge.ask(target)).status, 200, target);
  }
  assert.deepEqual(edge.defects, []);
});
