import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { EdgeOffer, StoredClick } from "../contracts.ts";
import { readClick } from "../core/stored.ts";
import { type Answer, openTestEdge, PROGRAM_A, type TestEdge } from "./test-edge.ts";

const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
});
after(() => edge.close());

async function offer(offerId: string, more: Partial<EdgeOffer>): Promise<void> {
  const { db } = edge.database;
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at)
    values (${offerId}, ${PROGRAM_A}, ${offerId.slice(4)}, 'x', 'active', 'https://www.alpha.example/', '{www.alpha.example}', now())`.execute(
    db,
  );
  edge.catalogue.offers.push({
    offerId,
    programId: PROGRAM_A,
    code: offerId.slice(4),
    status: "active",
    landingUrl: `https://www.alpha.example/${offerId}`,
    allowedHosts: ["www.alpha.example"],
    allowedCountries: [],
    blockedCountries: [],
    fallbackUrl: null,
    ...more,
  });
}

async function link(code: string, offerId: string, set: object = {}): Promise<void> {
  await edge.addLink({ code, offerId, partnerId: "prt_one" });
  const entries = Object.entries(set);
  if (entries.length === 0) return;
  await edge.database.db
    .updateTable("tracking.link")
    .set(Object.fromEntries(entries))
    .where("code", "=", code)
    .execute();
  await edge.routes.refresh();
}

const from = (ip: string, more: Record<string, string> = {}) => ({ "X-Forwarded-For": ip, ...more });
const location = (answer: Answer) => answer.headers.get("location") ?? "";
async function record(): Promise<StoredClick> {
  return readClick(await edge.lastBody());
}

describe("links with terms", () => {
  test("who does not fit goes to the fallback, and the record names the level and the condition", async () => {
    await offer("ofr_phones", { targeting: { device: { is: ["mobile"] } } });
    await link("phones", "ofr_phones", { targeting: { country: { is: ["US"] } } });
    const cases = [
      ["8.8.8.8", PHONE, "click", undefined],
      ["8.8.8.8", undefined, "targeting", "offer.device"],
      ["2.136.0.1", PHONE, "targeting", "link.country"],
    ] as const;
    for (const [ip, agent, verdict, rule] of cases) {
      const answer = await edge.ask("/c/phones", from(ip, agent === undefined ? {} : { "User-Agent": agent }));
      const click = await record();
      assert.deepEqual([click.verdict, click.rule], [verdict, rule]);
      const expected =
        verdict === "click" ? /^https:\/\/www.alpha.example\/ofr_phones/ : /^https:\/\/alpha.example\/fallback$/;
      assert.match(location(answer), expected);
    }
    await edge.ask("/v/phones.gif", from("8.8.8.8"));
    const shown = JSON.parse(await edge.lastBody());
    assert.deepEqual([shown.verdict, shown.rule], ["targeting", "offer.device"]);
  });

  test("dates of link and offer, and the way into an offer that is not public", async () => {
    const at = (text: string) => new Date(text);
    await offer("ofr_later", { startsAt: at("2026-04-01T00:00:00Z") });
    await offer("ofr_over", { endsAt: at("2026-03-01T10:00:00Z") });
    await offer("ofr_closed_circle", { access: "private" });
    await link("early", "ofr_main", { valid_from: at("2026-03-02T00:00:00Z") });
    await link("late", "ofr_main", { valid_to: at("2026-03-01T10:00:00Z") });
    await link("later", "ofr_later");
    await link("over", "ofr_over");
    await link("circle", "ofr_closed_circle");
    const verdicts: (string | undefined)[] = [];
    for (const code of ["early", "late", "later", "over", "circle"]) {
      const answer = await edge.ask(`/c/${code}`);
      assert.equal(location(answer), "https://alpha.example/fallback");
      const click = await record();
      verdicts.push(`${click.verdict} ${click.rule ?? ""}`.trim());
    }
    assert.deepEqual(verdicts, [
      "link_expired link.not_yet",
      "link_expired link.over",
      "offer_not_started",
      "offer_ended",
      "access_required",
    ]);
    Object.assign(edge.catalogue, { accesses: [{ offerId: "ofr_closed_circle", partnerId: "prt_one" }] });
    await edge.routes.refresh();
    assert.match(location(await edge.ask("/c/circle")), /ofr_closed_circle/);
  });

  test("a vanity path of several segments, with parameters of offer and link in the address", async () => {
    await offer("ofr_utm", { utm: { utm_source: "{partner}", utm_medium: "affiliate" } });
    await link("brand/spring-26/es", "ofr_utm", { utm: { utm_medium: "mail", utm_campaign: "{sub1}" } });
    const query = new URL(location(await edge.ask("/c/brand/spring-26/es?sub1=a%20b"))).searchParams;
    assert.deepEqual([...query.keys()], ["click_id", "utm_source", "utm_medium", "utm_campaign"]);
    assert.deepEqual(
      [query.get("utm_source"), query.get("utm_medium"), query.get("utm_campaign")],
      ["one", "mail", "a b"],
    );
    const deep = location(
      await edge.ask("/c/brand/spring-26/es?url=https%3A%2F%2Fwww.alpha.example%2Fdeep%3Futm_source%3Dx"),
    );
    assert.equal(new URL(deep).searchParams.getAll("utm_source").join(), "x");
    assert.equal(new URL(deep).searchParams.get("utm_medium"), "mail");
    assert.equal((await edge.ask("/c/brand/spring-26")).headers.get("location"), "https://deployment.example/unknown");
  });

  test("pages of a landing set by their weights; a visitor stays by its cookie, and without one", async () => {
    await offer("ofr_set", {});
    const page = (landingId: string, weight: number, status = "active") => ({
      landingId,
      offerId: "ofr_set",
      name: landingId.slice(4),
      url: `https://www.alpha.example/${landingId}?p={landing}&click_id={click_id}`,
      weight,
      status,
    });
    const landings = [page("lpg_a", 75), page("lpg_b", 25), page("lpg_off", 900, "paused"), page("lpg_named", 0)];
    Object.assign(edge.catalogue, { landings });
    for (const { landingId, weight } of landings)
      await sql`insert into programs.landing_page (landing_id, offer_id, name, url, weight, status, created_at)
        values (${landingId}, 'ofr_set', 'x', 'x', ${weight}, 'active', now())`.execute(edge.database.db);
    await link("set", "ofr_set");
    await link("named", "ofr_set", { landing_id: "lpg_named" });
    const seen = { lpg_a: 0, lpg_b: 0 } as Record<string, number>;
    for (let n = 0; n < 400; n += 1) {
      const answer = await edge.ask("/c/set", from(`8.8.${n >> 8}.${n & 255}`));
      const landing = new URL(location(answer)).pathname.slice(1);
      seen[landing] = (seen[landing] ?? 0) + 1;
      if (n > 3) continue;
      const click = await record();
      assert.equal(click.landing, landing);
      const cookie = answer.setCookies.find((one) => one.startsWith("trr_alpha="))?.split(";")[0] ?? "none";
      const again = await edge.ask("/c/set", from("1.2.3.4", { Cookie: cookie }));
      assert.equal(new URL(location(again)).pathname.slice(1), landing, "elsewhere, with the cookie");
      assert.equal(
        again.setCookies.some((one) => one.startsWith("trr_")),
        false,
      );
      const bare = await edge.ask("/c/set", from(`8.8.${n >> 8}.${n & 255}`));
      assert.equal(new URL(location(bare)).pathname.slice(1), landing, "the same address without a cookie");
    }
    assert.deepEqual(Object.keys(seen), ["lpg_a", "lpg_b"]);
    assert.ok(Math.abs((seen.lpg_a ?? 0) / 400 - 0.75) < 0.11, JSON.stringify(seen));
    assert.match(location(await edge.ask("/c/named")), /lpg_named\?p=named/);
  });
});

describe("smart links", () => {
  async function smart(id: string, mode: string, explore: number, options: object[]): Promise<void> {
    await sql`insert into tracking.smart_link (smart_id, program_id, name, mode, explore, least_clicks, offer_id, options, status, created_by, created_at)
      values (${id}, ${PROGRAM_A}, 'x', ${mode}, ${explore}, 100, 'ofr_main', ${JSON.stringify(options)}, 'active', 'test', now())`.execute(
      edge.database.db,
    );
  }

  test("the best earning offer but for the share that explores; the record says which and why", async () => {
    for (const id of ["ofr_poor", "ofr_rich", "ofr_fresh"]) await offer(id, {});
    const measure = (id: string, clicks: number, earned: number) =>
      sql`insert into tracking.offer_earnings (offer_id, program_id, clicks, earned_minor, from_day, to_day, measured_at)
        values (${id}, ${PROGRAM_A}, ${clicks}, ${earned}, '2026-02-01', '2026-03-01', now())`.execute(
        edge.database.db,
      );
    await measure("ofr_poor", 1000, 5_000);
    await measure("ofr_rich", 1000, 90_000);
    await measure("ofr_fresh", 20, 1_000_000);
    await smart("sml_best", "best", 20, [{ offerId: "ofr_poor" }, { offerId: "ofr_rich" }, { offerId: "ofr_fresh" }]);
    await link("best", "ofr_main", { smart_id: "sml_best" });
    const counts: Record<string, number> = {};
    for (let n = 0; n < 300; n += 1) {
      const answer = await edge.ask("/c/best", from(`9.9.${n >> 8}.${n & 255}`));
      const click = await record();
      assert.equal(click.smartId, "sml_best");
      assert.match(location(answer), new RegExp(`/${click.offerId}[?]`));
      const key = `${click.chosen} ${click.chosen === "best" ? click.offerId : ""}`.trim();
      counts[key] = (counts[key] ?? 0) + 1;
    }
    assert.deepEqual(Object.keys(counts).sort(), ["best ofr_rich", "explore"]);
    assert.ok(Math.abs((counts.explore ?? 0) / 300 - 0.2) < 0.1, JSON.stringify(counts));
  });

  test("only offers that are open, meant for the visitor and open to the partner; else where no option fits", async () => {
    await offer("ofr_shut", { status: "paused" });
    await offer("ofr_secret", { access: "request" });
    await offer("ofr_tablet", { targeting: { device: { is: ["tablet"] } } });
    await offer("ofr_us", {});
    const options = [
      { offerId: "ofr_shut" },
      { offerId: "ofr_secret" },
      { offerId: "ofr_tablet" },
      { offerId: "ofr_us", when: { country: { is: ["US"] } } },
    ];
    await smart("sml_rules", "weights", 0, options);
    await link("rules", "ofr_main", { smart_id: "sml_rules" });
    await edge.ask("/c/rules", from("8.8.8.8"));
    let click = await record();
    assert.deepEqual([click.verdict, click.offerId, click.chosen], ["click", "ofr_us", "only"]);
    await edge.ask("/c/rules", from("2.136.0.1"));
    click = await record();
    assert.deepEqual([click.verdict, click.offerId, click.chosen], ["click", "ofr_main", "none"]);
  });
});

describe("caps on clicks", () => {
  async function cap(id: string, more: Record<string, unknown>): Promise<void> {
    await edge.database.db
      .insertInto("tracking.cap")
      .values({
        cap_id: id,
        program_id: PROGRAM_A,
        name: id,
        each: "all",
        metric: "clicks",
        most: 10n,
        period: "day",
        overflow: "fallback",
        warn_at: 80,
        status: "active",
        created_by: "test",
        created_at: new Date(),
        ...more,
      } as never)
      .execute();
    await edge.routes.refresh();
  }
  const used = async (id: string) =>
    (
      await sql<{ used: bigint }>`select sum(used)::int8 as used from tracking.cap_count where cap_id = ${id}`.execute(
        edge.database.db,
      )
    ).rows[0]?.used;

  test("let through what there is and no more, one after the other; and again on the next day of the program's zone", async () => {
    await offer("ofr_capped", {});
    await link("capped", "ofr_capped");
    await cap("cap_day", { offer_id: "ofr_capped" });
    const verdicts = async (count: number) => {
      const list: string[] = [];
      for (let n = 0; n < count; n += 1) {
        await edge.ask("/c/capped", from(`8.8.8.${n}`));
        await edge.routes.table.clickCaps.settled();
        list.push((await record()).verdict);
      }
      return list;
    };
    const list = await verdicts(14);
    assert.equal(list.filter((one) => one === "click").length, 10);
    assert.deepEqual(list.slice(10), ["cap_reached", "cap_reached", "cap_reached", "cap_reached"]);
    assert.equal((await record()).capId, "cap_day");
    assert.equal(await used("cap_day"), 10n);
    // 23:30 in Madrid is still the same day, half an hour later it is not, though it is in Greenwich.
    edge.clock.set("2026-03-01T22:30:00Z");
    assert.deepEqual(await verdicts(1), ["cap_reached"]);
    edge.clock.set("2026-03-01T23:30:00Z");
    assert.deepEqual(await verdicts(1), ["click"]);
    edge.clock.set("2026-03-01T10:00:00Z");
    const jobs = await sql<{ payload: { kind: string } }>`select payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'tracking.alert' order by j.id`.execute(
      edge.database.db,
    );
    assert.deepEqual(
      jobs.rows.map((job) => job.payload.kind),
      ["cap_near", "cap_reached"],
    );
  });

  test("lead on to another offer, or to an address of their own", async () => {
    await offer("ofr_first", {});
    await offer("ofr_second", {});
    await link("first", "ofr_first");
    await link("second", "ofr_second");
    await cap("cap_other", { offer_id: "ofr_first", most: 1n, overflow_offer_id: "ofr_second" });
    await edge.ask("/c/first");
    await edge.routes.table.clickCaps.settled();
    const answer = await edge.ask("/c/first");
    let click = await record();
    assert.deepEqual([click.verdict, click.offerId, click.capId], ["click", "ofr_second", "cap_other"]);
    assert.match(location(answer), /ofr_second/);
    await cap("cap_url", {
      offer_id: "ofr_second",
      most: 1n,
      overflow_url: "https://www.alpha.example/full?c={country}",
    });
    await edge.ask("/c/second");
    await edge.routes.table.clickCaps.settled();
    const full = await edge.ask("/c/second", from("8.8.8.8"));
    click = await record();
    assert.deepEqual([click.verdict, location(full)], ["cap_reached", "https://www.alpha.example/full?c=US"]);
  });

  test("count each sub ID by itself, and bots and HEAD requests not at all", async () => {
    await offer("ofr_subs", {});
    await link("subs", "ofr_subs");
    await cap("cap_subs", { offer_id: "ofr_subs", each: "sub1", most: 2n });
    for (let n = 0; n < 5; n += 1) await edge.ask("/c/subs?sub1=x", { "User-Agent": "Googlebot/2.1" });
    for (let n = 0; n < 5; n += 1) await edge.ask("/c/subs?sub1=x", {}, "HEAD");
    const verdicts: string[] = [];
    for (const sub of ["x", "x", "x", "y", ""]) {
      await edge.ask(`/c/subs?sub1=${sub}`);
      await edge.routes.table.clickCaps.settled();
      verdicts.push((await record()).verdict);
    }
    assert.deepEqual(verdicts, ["click", "click", "cap_reached", "click", "click"]);
  });

  test("give back what was reserved and not used", async () => {
    await offer("ofr_idle", {});
    await link("idle", "ofr_idle");
    await cap("cap_idle", { offer_id: "ofr_idle", most: 800n });
    await edge.ask("/c/idle");
    const { clickCaps: caps } = edge.routes.table;
    await caps.settled();
    assert.ok(((await used("cap_idle")) ?? 0n) > 50n);
    for (let n = 0; n < 3; n += 1) await caps.sweep();
    assert.equal(await used("cap_idle"), 1n);
  });
});
