import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type WhyAnswer, WhyQuery } from "@tributary/contract";
import { deposit, type EventWorld, eventWorld, PROGRAM } from "../../../test/event-world.ts";
import { type TestAnalytics, testAnalytics, testClock } from "../../../test/harness/index.ts";
import { ANNA, BERT, CPA, MoneyWorld, planOf, signatory } from "../../../test/money/world.ts";
import { type Actor, asPartner } from "../../access/index.ts";
import { recalculate } from "../../commissions/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { shipAll } from "../../reporting/index.ts";
import { closeStatement, listStatements, openStatements, payStatement } from "../../statements/index.ts";
import { receiptId, type StoredClick } from "../../tracking/index.ts";
import { explainWhy } from "./service.ts";

let world: EventWorld;
let analytics: TestAnalytics;
const ada = signatory("prt_ada");
const ben = signatory("prt_ben");
const EXTERNAL = { type: "registration", customerRef: "story" } as const;

before(async () => {
  world = await eventWorld();
  analytics = await testAnalytics();
});
after(async () => {
  await analytics.close();
  await world.close();
});

const needs = (more: object = {}) => ({ whole: world.database.db, clickIds: world.clickIds, ...more });

function ask(actor: Actor, q: string, more: object = {}): Promise<WhyAnswer> {
  const query = WhyQuery.parse({ q });
  const { context, database } = world;
  const ctx = actor.partnerId === undefined ? context : asPartner(database.pool, context, actor.partnerId);
  return explainWhy(ctx, actor, query, needs(more));
}

/** `stage state code` of every stage that is known, in their order. */
function told(answer: WhyAnswer): readonly string[] {
  return answer.way.filter((one) => one.state !== "unknown").map((one) => `${one.stage} ${one.state} ${one.code}`);
}

const VERDICTS: readonly (readonly [Partial<StoredClick>, string, string])[] = [
  [{ verdict: "bot", to: "landing" }, "click", "bot"],
  [{ verdict: "partner_paused", to: "fallback" }, "click", "partner_paused"],
  [{ verdict: "country_blocked", to: "fallback", country: "US" }, "click", "country_blocked"],
  [{ verdict: "targeting", to: "fallback" }, "click", "targeting"],
];

describe("a click", () => {
  for (const [more, stage, code] of VERDICTS) {
    it(`stops at the ${stage} when its verdict was ${code}`, async () => {
      const clickId = await world.click("ada", "2026-03-02T10:00:00Z", more);
      const answer = await ask(ada, clickId.toUpperCase());
      assert.equal(answer.stoppedAt, stage);
      assert.ok(told(answer).includes(`click stopped ${code}`));
      assert.notEqual(answer.way.find((one) => one.stage === "click")?.rule, "");
    });
  }

  it("on an address that is no link stops at the link, for the operator", async () => {
    const at = "2026-03-02T10:01:00Z";
    const clickId = await world.click("ada", at, { verdict: "unknown_link", to: "fallback", link: 0, code: "typo" });
    assert.equal((await ask(ANNA, clickId)).stoppedAt, "link");
  });

  it("that counted and of which no event has come waits for one", async () => {
    const clickId = await world.click("ada", "2026-03-02T11:00:00Z", { refusedLink: "https://evil.example/" });
    assert.deepEqual(told(await ask(ada, clickId)), [
      "link ok link_known",
      "click ok click",
      "landing ok deep_link_refused",
      "event waiting no_event",
    ]);
  });

  it("of another partner is not found, whatever it was", async () => {
    const clickId = await world.click("ada", "2026-03-02T12:00:00Z");
    const answer = await ask(ben, clickId);
    assert.deepEqual([answer.found, answer.way], [[], []]);
    assert.match(answer.hint, /Nothing that you may see/);
  });

  it("is found by the click id of the partner's own tracker, once analytics has it", async () => {
    const clickId = await world.click("ada", "2026-03-02T13:00:00Z", { partnerClickId: "voluum-77" });
    const shipping = { db: world.database.db, analytics: analytics.client, clickIds: world.clickIds };
    await shipAll(shipping);
    const more = { analytics: analytics.client };
    assert.deepEqual(
      (await ask(ada, "voluum-77", more)).found.map((one) => [one.kind, one.id]),
      [["click", clickId]],
    );
    assert.deepEqual((await ask(ben, "voluum-77", more)).found, []);
  });
});

describe("an event", () => {
  it("that came too long after its click stops at attribution, and the click's partner reads why", async () => {
    const clickId = await world.click("ada", "2026-01-02T10:00:00Z");
    await world.send([deposit("late-1", 5000, { customerRef: "late", clickId })]);
    await world.pipeline.drain();
    for (const [who, q] of [
      [ada, "late-1"],
      [ada, clickId],
      [ANNA, "late"],
    ] as const) {
      const answer = await ask(who, q);
      assert.equal(answer.stoppedAt, "attribution", `${who.id} ${q}`);
      assert.ok(told(answer).includes("attribution stopped window_expired"), JSON.stringify(told(answer)));
    }
    assert.deepEqual((await ask(ben, "late-1")).found, []);
  });

  it("whose customer another touch won says only that to the partner whose click it carried", async () => {
    const first = await world.click("ada", "2026-03-03T10:00:00Z");
    const second = await world.click("ben", "2026-03-03T11:00:00Z", { prev: first });
    await world.send([{ ...EXTERNAL, externalId: "won-1", customerRef: "won", clickId: second }]);
    await world.pipeline.drain();
    assert.deepEqual(told(await ask(ben, "won-1")).slice(0, 5), [
      "link ok link_known",
      "click ok click",
      "landing ok landing",
      "event ok accepted",
      "attribution ok last_click",
    ]);
    assert.deepEqual((await ask(ada, "won-1")).found, []);
    const own = await ask(ada, first);
    assert.deepEqual(told(own).at(-1), "event waiting no_event");
    assert.doesNotMatch(JSON.stringify(own), /prt_ben|won-1/);
    const seen = await ask(ANNA, "won-1");
    const facts = seen.way.find((one) => one.stage === "attribution")?.facts.map((fact) => fact.value);
    assert.deepEqual(facts, ["✓ last_click", "later_click_won"]);
  });

  it("that was taken back, sent twice or refused stops there, by its receipt or its id", async () => {
    const at = (seq: number) => receiptId(1, BigInt(seq), 0);
    const clickId = await world.click("ada", "2026-03-04T10:00:00Z");
    const event = { ...EXTERNAL, externalId: "back-1", customerRef: "back", clickId };
    const first = await world.send([event]);
    const again = await world.send([event]);
    await world.pipeline.drain();
    assert.ok(told(await ask(ada, at(again))).includes("event ok same_content"));
    assert.ok(told(await ask(ada, at(first))).includes("event ok accepted"));
    const back = await world.send([{ ...event, void: true }]);
    const refused = await world.send([], {
      refused: { code: "macro_unexpanded", detail: "click_id is {transaction_id}" },
    });
    await world.pipeline.drain();
    assert.equal((await ask(ANNA, "back-1")).stoppedAt, "event");
    assert.ok(told(await ask(ada, "back-1")).includes("event stopped voided"));
    assert.equal((await ask(ANNA, at(again))).stoppedAt, "event");
    assert.ok(told(await ask(ANNA, at(back))).includes("event stopped voided"));
    assert.deepEqual(told(await ask(ada, at(first))).at(-1), "event stopped replaced");
    const answer = await ask(ANNA, at(refused));
    assert.deepEqual(told(answer), ["event stopped macro_unexpanded"]);
    assert.equal(answer.way.find((one) => one.stage === "event")?.facts[0]?.value, "click_id is {transaction_id}");
    assert.deepEqual((await ask(ada, at(refused))).found, [], "a refused call belongs to nobody");
    assert.deepEqual((await ask(ben, at(first))).found, []);
  });

  it("of a name that several have is listed, and each is asked for by its own id", async () => {
    const clickId = await world.click("ada", "2026-03-05T10:00:00Z");
    const of = { customerRef: "both", clickId };
    await world.send([{ type: "registration", externalId: "A-1", ...of }, deposit("A-1", 700, of)]);
    await world.pipeline.drain();
    const answer = await ask(ada, "A-1");
    assert.deepEqual(answer.way, []);
    assert.deepEqual(answer.found.map((one) => one.title).sort(), ["deposit · A-1", "registration · A-1"]);
    const one = await ask(ada, answer.found[0]?.id ?? "");
    assert.equal(one.found.length, 1);
    assert.ok(one.way.length > 0);
  });

  it("in the log that nobody has processed yet waits", async () => {
    const seq = await world.send([{ ...EXTERNAL, externalId: "wait-1" }]);
    assert.deepEqual(told(await ask(ANNA, receiptId(1, BigInt(seq), 0))), ["event waiting not_processed"]);
    await world.pipeline.drain();
    assert.equal((await ask(ANNA, "wait-1")).stoppedAt, "attribution");
  });
});

describe("the money", () => {
  const clock = testClock("2026-03-31T12:00:00Z");
  let money: MoneyWorld;
  let clickId: string;
  const ctx = () => ({ ...world.context, clock, ids: idSource(() => clock.now(), randomBytes) });
  const send = async (type: string, on: string, more: object = {}) => {
    await world.send([{ type, externalId: `m-${type}`, customerRef: "rich", at: Date.parse(on), clickId, ...more }]);
    await world.pipeline.drain();
    await recalculate(ctx());
  };
  const stages = async () => told(await ask(ada, "m-registration")).slice(5);

  before(async () => {
    money = MoneyWorld.over(world.database, clock);
    clickId = await world.click("ada", "2026-03-06T10:00:00Z", { partnerClickId: "pc" });
    await world.rows(
      `insert into tracking.postback (postback_id, partner_id, event_types, method, url, host, status, created_by, created_at)
       values ('pbk_why', 'prt_ada', '{registration}', 'GET', 'https://x.example/', 'x.example', 'active', 'usr_1', now())`,
    );
  });

  it("waits for terms, then for the condition that is missing", async () => {
    await send("registration", "2026-03-06T11:00:00Z");
    assert.deepEqual(await stages(), [
      "qualification waiting no_terms",
      "commission waiting nothing_booked",
      "postback waiting telling",
    ]);
    await money.agree("prt_ada", PROGRAM, await money.plan(PROGRAM, "cpa", planOf(CPA)));
    await send("kyc_passed", "2026-03-06T12:00:00Z");
    assert.deepEqual(await stages(), ["qualification waiting conditions_missing", "postback waiting telling"]);
    const step = (await ask(ada, "m-registration")).way.find((one) => one.stage === "qualification");
    assert.ok(
      step?.facts.some((fact) => fact.value.includes("✗")),
      JSON.stringify(step?.facts),
    );
  });

  it("is booked when the conditions are met, stands on the open statement, and is paid", async () => {
    await send("deposit", "2026-03-06T13:00:00Z", { currency: "EUR", measures: { deposit: "5000" } });
    await openStatements(ctx());
    const booked = ["qualification ok qualified", "commission ok booked"];
    assert.deepEqual((await stages()).slice(0, 3), [...booked, "statement waiting statement_open"]);
    clock.advance(20 * 86_400_000);
    const { rows } = await listStatements(ctx(), ANNA, { partnerId: "prt_ada", limit: 5 });
    const id = rows[0]?.id ?? "";
    await closeStatement(ctx(), ANNA, id);
    assert.deepEqual((await stages()).slice(2, 4), ["statement ok statement_closed", "payment waiting to_pay"]);
    await payStatement(ctx(), BERT, id, { reference: "SEPA 1" });
    assert.deepEqual((await stages()).slice(2, 4), ["statement ok statement_closed", "payment ok paid"]);
  });

  it("says what the partner's own system was told", async () => {
    await world.rows(
      "update tracking.delivery set state = 'dead', outcome = 'gave_up', next_at = null, settled_at = now()",
    );
    assert.equal((await stages()).at(-1), "postback stopped gave_up");
    await world.rows("update tracking.delivery set state = 'delivered', outcome = 'answered'");
    assert.equal((await stages()).at(-1), "postback ok told");
    const answer = await ask(ada, "m-kyc_passed");
    assert.equal(answer.way.at(-1)?.code, "nobody_told");
  });

  it("that was taken back says so", async () => {
    await send("chargeback", "2026-03-07T13:00:00Z", { currency: "EUR", measures: { chargeback: "5000" } });
    assert.ok((await stages()).includes("commission stopped taken_back"));
    assert.equal((await ask(ada, "m-registration")).stoppedAt, "commission");
  });
});
