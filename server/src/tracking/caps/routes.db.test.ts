import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller } from "../../../test/api-world.ts";
import { systemActor } from "../../access/index.ts";
import { capsSection } from "../proof/caps-section.ts";
import { capsRoutes } from "./routes.ts";

describe("caps over the API", () => {
  let world: ApiWorld;
  let operator: Caller;
  let owner: Caller;
  let one: string;
  let two: string;
  before(async () => {
    const decide = async () => ({ decided: 0, unchanged: 0 });
    world = await apiWorld({ at: "2026-03-31T12:00:00Z", rooms: () => [capsRoutes({ decide })] });
    const { db } = world.ctx;
    await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, created_at)
      values ('prg_a', 'alpha', 'Alpha', 'active', 'Europe/Madrid', 'EUR', 'https://other.example/', now())`.execute(
      db,
    );
    for (const id of ["ofr_a", "ofr_b"])
      await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
        values (${id}, 'prg_a', ${id.slice(4)}, 'x', 'active', 'https://a.example/', '{a.example}', now())`.execute(db);
    operator = await world.administrator();
    one = await world.partner("one");
    two = await world.partner("two");
    owner = await world.person("One", [{ role: "partner_owner", scopeKind: "partner", scopeId: one }], one);
  });
  after(() => world.close());

  const BASE = { programId: "prg_a", name: "A", metric: "clicks", limit: "100", period: "week" };
  const FALLBACK = { kind: "fallback" };

  for (const [what, more, field] of [
    ["clicks that are to wait", { overflow: { kind: "pend" } }, "overflow.kind"],
    ["clicks of a type", { overflow: FALLBACK, eventType: "ftd" }, "eventType"],
    ["conversions of no type", { metric: "conversions", overflow: { kind: "stop" } }, "eventType"],
    [
      "an address and an offer",
      { overflow: { kind: "fallback", url: "https://a.example/", offerId: "ofr_b" } },
      "overflow.url",
    ],
    [
      "its own offer to go on to",
      { offerId: "ofr_a", overflow: { kind: "fallback", offerId: "ofr_a" } },
      "overflow.offerId",
    ],
    [
      "an address elsewhere",
      { offerId: "ofr_a", overflow: { kind: "fallback", url: "https://evil.example/" } },
      "overflow.url",
    ],
    ["another program's offer", { offerId: "ofr_x", overflow: FALLBACK }, "offerId"],
    ["no limit", { limit: "0", overflow: FALLBACK }, "limit"],
  ] as const) {
    test(`a cap with ${what} is refused`, async () => {
      const { status, body } = await operator.call("POST", "/v1/caps", { ...BASE, ...more });
      assert.deepEqual([status, body.errors[0].field], [422, field], JSON.stringify(body));
    });
  }

  test("says how much is used, by the fullest counter, and when it begins anew in the program's zone", async () => {
    const overflow = { kind: "fallback", url: "https://other.example/full" };
    const made = await operator.call("POST", "/v1/caps", { ...BASE, offerId: "ofr_a", each: "partner", overflow });
    assert.deepEqual([made.status, made.body.fullest], [201, null], JSON.stringify(made.body));
    for (const [partner, used, from] of [
      [one, 40, "2026-03-30"],
      [two, 90, "2026-03-30"],
      [one, 100, "2026-03-23"],
    ] as const)
      await sql`insert into tracking.cap_count (cap_id, period_from, partner_id, used) values (${made.body.id}, ${from}, ${partner}, ${used})`.execute(
        world.ctx.db,
      );
    const seen = (await operator.call("GET", `/v1/caps/${made.body.id}`)).body;
    const { partnerId, used, share, state, periodFrom, resetsAt } = seen.fullest;
    assert.deepEqual(
      [partnerId, used, share, state, periodFrom, resetsAt, seen.counters],
      [two, "90", 90, "near", "2026-03-30", "2026-04-05T22:00:00.000Z", 2],
    );
    const counters = (await operator.call("GET", `/v1/caps/${made.body.id}/counters`)).body.data;
    assert.equal(counters.length, 2);
    const mine = (await owner.call("GET", `/v1/caps/${made.body.id}`)).body;
    assert.deepEqual([mine.fullest.partnerId, mine.fullest.used, mine.counters], [one, "40", 1]);
    assert.equal((await owner.call("GET", `/v1/caps/${made.body.id}/counters`)).body.data.length, 1);
  });

  test("a partner sees its own caps and those that count each partner, never what others use together", async () => {
    const whole = await operator.call("POST", "/v1/caps", { ...BASE, name: "whole", overflow: FALLBACK });
    await operator.call("POST", "/v1/caps", { ...BASE, name: "theirs", partnerId: two, overflow: FALLBACK });
    await operator.call("POST", "/v1/caps", { ...BASE, name: "mine", partnerId: one, overflow: FALLBACK });
    const names = (await owner.call("GET", "/v1/caps")).body.data.map((cap: { name: string }) => cap.name);
    assert.deepEqual(names.sort(), ["A", "mine"]);
    assert.equal((await owner.call("GET", `/v1/caps/${whole.body.id}`)).status, 404);
    assert.equal((await owner.call("POST", "/v1/caps", { ...BASE, overflow: FALLBACK })).status, 403);
    assert.equal((await owner.call("GET", "/v1/caps/capped")).status, 403);
  });

  test("is changed in what it allows, and stays what it counts", async () => {
    const { id } = (await operator.call("POST", "/v1/caps", { ...BASE, name: "changing", overflow: FALLBACK })).body;
    const changed = await operator.call("PATCH", `/v1/caps/${id}`, {
      revision: 1,
      limit: "500",
      status: "paused",
      metric: "amount",
    });
    assert.deepEqual(
      [changed.status, changed.body.limit, changed.body.status, changed.body.metric],
      [200, "500", "paused", "clicks"],
    );
    assert.equal((await operator.call("PATCH", `/v1/caps/${id}`, { revision: 1, limit: "9" })).status, 409);
    const archived = await operator.call("PATCH", `/v1/caps/${id}`, { revision: 2, status: "archived" });
    assert.equal(archived.body.status, "archived");
    const names = (await operator.call("GET", "/v1/caps")).body.data.map((cap: { name: string }) => cap.name);
    assert.ok(!names.includes("changing"));
  });

  test("stands on the set-up sheet of the partners and offers that it counts, in words", async () => {
    const cap = { ...BASE, offerId: "ofr_b", metric: "amount", eventType: "sale", limit: "500000", period: "month" };
    const made = { ...cap, name: "On the sheet", partnerId: one, each: "sub2", overflow: { kind: "pend" } };
    const { status, body } = await operator.call("POST", "/v1/caps", made);
    assert.equal(status, 201, JSON.stringify(body));
    const rowsOf = async (partnerId: string, offerId: string, language: "en" | "es") => {
      const asked = { programId: "prg_a", offerId, partnerId, language };
      const { rows } = await capsSection(world.ctx, systemActor("test"), asked);
      return rows.filter(([name]) => name === "On the sheet");
    };
    assert.deepEqual(await rowsOf(one, "ofr_b", "en"), [
      ["On the sheet", "5000.00 EUR", "amount (sale)", "month", "sub2", "conversions wait for a decision"],
    ]);
    assert.equal((await rowsOf(one, "ofr_b", "es"))[0]?.[5], "las conversiones esperan una decisión");
    assert.deepEqual([await rowsOf(two, "ofr_b", "en"), await rowsOf(one, "ofr_a", "en")], [[], []]);
  });
});
