import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller } from "../../../test/api-world.ts";
import { vaultOf } from "../events/source.ts";
import { smartLinksRoutes } from "../smart-links/routes.ts";
import { linksRoutes } from "./routes.ts";

let world: ApiWorld;
let operator: Caller;
let owner: Caller;
let one: string;

before(async () => {
  const needs = {
    publicUrl: "https://go.example",
    vault: vaultOf(randomBytes(32)),
    randomBytes,
    mayPromote: async () => true,
  };
  world = await apiWorld({ rooms: () => [linksRoutes(needs), smartLinksRoutes] });
  const { db } = world.ctx;
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, tracking_domain, created_at)
    values ('prg_a', 'alpha', 'Alpha', 'active', 'Europe/Madrid', 'EUR', 'https://a.example', 'go.brand.example', now())`.execute(
    db,
  );
  for (const [id, code] of [
    ["ofr_a", "main"],
    ["ofr_b", "vip"],
  ])
    await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
      values (${id}, 'prg_a', ${code}, 'x', 'active', 'https://a.example/', '{a.example}', now())`.execute(db);
  operator = await world.administrator();
  one = await world.partner("one");
  await world.partner("two");
  owner = await world.person("One", [{ role: "partner_owner", scopeKind: "partner", scopeId: one }], one);
});
after(() => world.close());

const count = async (table: string) =>
  Number((await sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)}`.execute(world.ctx.db)).rows[0]?.n);

describe("links out of a file", () => {
  const FILE = [
    "Partner;Offer;Code;Name;Valid from;Valid to;Deep link;UTM source;Budget",
    "one;main;brand/one;Blog;2026-03-29;2026-04-01;/deep;{partner};9",
    "ONE;ofr_a;;Second;;;;;",
    "nobody;main;x-nobody;;;;;;",
    "one;nothing;x-nothing;;;;;;",
    "one;main;brand/one;twice;;;;;",
    "one;main;bad code!;;;;;;",
    "one;main;x-elsewhere;;;;https://evil.example/;;",
    "one;main;x-macro;;;;;{nobody};",
    "one;main;x-time;;tomorrow;;;;",
    "one;main;x-span;;2026-05-01;2026-04-01;;;",
    ";;;;;;;;",
  ].join("\r\n");

  test("a preview names every row that is refused, with its column, and makes nothing", async () => {
    const { status, body } = await operator.call("POST", "/v1/links/bulk/preview", { csv: FILE });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.rows, body.good, body.refused, body.unknownColumns], [10, 2, 8, ["budget"]]);
    assert.deepEqual(
      body.refusals.map((one: { row: number; field: string }) => `${one.row} ${one.field}`),
      ["4 partner", "5 offer", "7 code", "8 deep_link", "9 utm_source", "10 valid_from", "11 valid_to", "6 code"],
    );
    assert.deepEqual(body.sample[1], { row: 3, partnerId: one, offerId: "ofr_a", code: null, name: "Second" });
    assert.equal(await count("tracking.link"), 0);
  });

  test("all or nothing, unless the good rows alone are wanted; days begin in the program's zone", async () => {
    const refused = await operator.call("POST", "/v1/links/bulk", { csv: FILE });
    assert.deepEqual(
      [refused.status, refused.body.errors[0].field, await count("tracking.link")],
      [422, "rows.4.partner", 0],
    );
    const { status, body } = await operator.call("POST", "/v1/links/bulk", { csv: FILE, skipRefused: true });
    assert.deepEqual([status, body.made.length], [201, 2], JSON.stringify(body));
    assert.equal(body.made[0].url, "https://go.brand.example/brand/one");
    const link = (await operator.call("GET", `/v1/links/${body.made[0].id}`)).body;
    assert.deepEqual(
      [link.validFrom, link.validTo, link.utm],
      ["2026-03-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z", { utm_source: "{partner}" }],
    );
    const told = await sql<{ payload: unknown }>`
      select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'links.created'`.execute(world.ctx.db);
    const linkIds = body.made.map((one: { id: string }) => one.id);
    assert.deepEqual(told.rows, [{ payload: { linkIds } }], "each link that was made is news");
    const again = await operator.call("POST", "/v1/links/bulk/preview", { csv: FILE });
    assert.match(again.body.refusals.find((one: { row: number }) => one.row === 2).message, /another link/);
  });

  test("a partner's file makes its own links only", async () => {
    const { body } = await owner.call("POST", "/v1/links/bulk/preview", {
      csv: "offer,partner\nmain,\nmain,two\nmain,one",
    });
    assert.deepEqual(
      [body.good, body.refusals.map((r: { row: number; field: string }) => `${r.row} ${r.field}`)],
      [2, ["3 partner"]],
    );
    assert.equal((await owner.call("POST", "/v1/codes/bulk/preview", { csv: "code\nX" })).status, 403);
  });

  for (const [what, csv] of [
    ["no column that is known", "a,b\n1,2"],
    ["two columns of one name", "offer,Offer\nmain,main"],
    ["a quote that never ends", 'offer,partner\n"main,one'],
    ["more rows than are taken", `offer\n${"main\n".repeat(10_001)}`],
  ] as const) {
    test(`a file with ${what} is refused as a whole`, async () => {
      const { status, body } = await operator.call("POST", "/v1/links/bulk/preview", { csv });
      assert.deepEqual([status, body.errors[0].field], [422, "csv"]);
    });
  }

  test("ten thousand rows are made in one go", async () => {
    const before = await count("tracking.link");
    const csv = `partner,offer,name,source\n${Array.from({ length: 10_000 }, (_, n) => `one,main,Link ${n},s${n}`).join("\n")}`;
    const { status, body } = await operator.call("POST", "/v1/links/bulk", { csv });
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal(body.made.length, 10_000);
    assert.equal(new Set(body.made.map((one: { code: string }) => one.code)).size, 10_000);
    assert.equal((await count("tracking.link")) - before, 10_000);
  });
});

describe("codes out of a file", () => {
  test("owners, validity and doubles", async () => {
    const csv = [
      "program,partner,code,valid_from,valid_to",
      "alpha,one,spring10,2026-03-01,2026-04-01",
      "alpha,one,SPRING10,,",
      "beta,one,x1,,",
      "alpha,one,!,,",
    ].join("\n");
    const preview = (await operator.call("POST", "/v1/codes/bulk/preview", { csv })).body;
    assert.deepEqual(
      preview.refusals.map((r: { row: number; field: string }) => `${r.row} ${r.field}`),
      ["4 program", "5 code", "3 code"],
    );
    const made = await operator.call("POST", "/v1/codes/bulk", { csv, skipRefused: true });
    assert.deepEqual([made.status, made.body.made], [201, 1]);
    const [code] = (await operator.call("GET", "/v1/codes?q=SPRING")).body.data;
    assert.deepEqual([code.code, code.partnerId, code.state], ["SPRING10", one, "ended"]);
    assert.deepEqual((await owner.call("GET", "/v1/codes?state=valid")).body.data, []);
    const moved = await operator.call("PATCH", "/v1/codes/prg_a:SPRING10", { validFrom: null, validTo: null });
    assert.deepEqual(
      [moved.body.state, (await owner.call("GET", "/v1/codes?state=valid")).body.data.length],
      ["valid", 1],
    );
    assert.equal((await owner.call("GET", "/v1/codes")).body.data[0].createdBy, null);
  });
});

test("a link as a QR code: a drawing or a picture", async () => {
  const link = (await operator.call("POST", "/v1/links", { partnerId: one, offerId: "ofr_b", code: "qr/one" })).body;
  for (const [query, type] of [
    ["", "image/svg+xml"],
    ["?format=png&size=400&source=flyer", "image/png"],
  ] as const) {
    const answer = await operator.call("GET", `/v1/links/${link.id}/qr${query}`);
    assert.deepEqual([answer.status, String(answer.headers["content-type"]).split(";")[0]], [200, type]);
  }
});
