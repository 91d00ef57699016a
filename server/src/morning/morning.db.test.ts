import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { MorningItem } from "@tributary/contract";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { systemActor } from "../access/index.ts";
import { getPartner, movePartner } from "../partners/index.ts";
import { lastTrafficByLink } from "../reporting/index.ts";
import type { Draft } from "./core/draft.ts";
import { refreshMorning } from "./refresh.ts";
import { morningRoutes } from "./routes.ts";
import type { Source } from "./sources/contracts.ts";

const system = systemActor("test");
let world: ApiWorld;
let analytics: TestAnalytics;
let kam: Caller;
let other: Caller;
let admin: Caller;
let mine: string;
let theirs: string;

before(async () => {
  analytics = await testAnalytics();
  world = await apiWorld({
    rooms: () => [morningRoutes({ analytics: analytics.client })],
    at: "2026-06-15T08:00:00Z",
  });
  admin = await world.administrator();
  kam = await person("Kam");
  other = await person("Other");
  mine = await partnerOf("mine", kam.userId);
  theirs = await partnerOf("theirs", other.userId);
});
after(async () => {
  await world.close();
  await analytics.close();
});

async function person(name: string): Promise<Caller> {
  return await world.person(name, [{ role: "key_account_manager", ...EVERYWHERE }]);
}

async function partnerOf(code: string, ownerUserId: string): Promise<string> {
  return await world.partner(code, { ownerUserId });
}

function draft(key: string, partnerId: string, more: Partial<Draft> = {}): Draft {
  return {
    key,
    kind: "traffic_drop",
    partnerId,
    programId: null,
    ownerUserId: null,
    permission: "links.read",
    subjectKind: "partner",
    subjectId: partnerId,
    facts: { form: "clicks_drop", seen: 3, expected: 40 },
    evidence: [{ code: "alert", values: { since: "2026-06-15T05:00:00.000Z" }, to: null }],
    action: { code: "look_alert", to: "/health" },
    money: { minor: 100_000n, currency: "EUR" },
    ftds: 2,
    dueAt: world.clock.now(),
    since: world.clock.now(),
    fingerprint: "one",
    ...more,
  };
}

const say = (...drafts: Draft[]): readonly Source[] => [{ name: "test", read: async () => drafts }];
const needs = () => ({ analytics: analytics.client });
const morning = async (who: Caller, query = ""): Promise<MorningItem[]> =>
  (await who.call("GET", `/v1/morning?language=en${query}`)).body.data;

describe("a morning", () => {
  it("is each person's own, ranked with its working", async () => {
    const small = draft("small", mine, {
      money: null,
      ftds: 1,
      kind: "data_faults",
      facts: { form: "faults", count: 2 },
    });
    await refreshMorning(world.ctx, needs(), say(draft("big", mine), small, draft("far", theirs)));
    const items = await morning(kam);
    assert.deepEqual(
      items.map((one) => one.title),
      ["Clicks dropped", "Grave faults in the record: 2"],
    );
    const { worth, urgency, chance, score } = items[0]?.working ?? assert.fail();
    assert.deepEqual([worth.minor, urgency, chance, score], ["140000", 1, 0.5, 700]);
    assert.equal(items[0]?.cause, "3 instead of 40 expected.");
    assert.equal((await morning(kam, "&whose=all")).length, 3);
    assert.equal((await morning(other)).length, 1);
  });

  it("keeps what was answered away, and brings it back when there is news", async () => {
    const [first] = await morning(kam);
    await kam.call("POST", `/v1/morning/${first?.id}/answer`, { answer: "done" });
    assert.equal(
      (await morning(kam)).some((one) => one.id === first?.id),
      false,
    );
    await refreshMorning(world.ctx, needs(), say(draft("big", mine)));
    assert.deepEqual(await morning(kam), []);
    await refreshMorning(world.ctx, needs(), say(draft("big", mine, { fingerprint: "two" })));
    assert.deepEqual(
      (await morning(kam)).map((one) => one.id),
      [first?.id],
      "the same item",
    );
  });

  it("snoozes until an instant", async () => {
    const [first] = await morning(kam);
    const past = await kam.call("POST", `/v1/morning/${first?.id}/answer`, {
      answer: "snooze",
      until: "2026-06-15T07:00:00Z",
    });
    assert.equal(past.status, 422);
    await kam.call("POST", `/v1/morning/${first?.id}/answer`, { answer: "snooze", until: "2026-06-16T08:00:00Z" });
    assert.deepEqual(await morning(kam), []);
    assert.equal((await morning(kam, "&state=answered"))[0]?.state, "snoozed");
    world.clock.set("2026-06-16T08:00:01Z");
    assert.equal((await morning(kam)).length, 1);
  });

  it("learns from what is of no use, and hands over", async () => {
    const [first] = await morning(kam);
    await kam.call("POST", `/v1/morning/${first?.id}/answer`, { answer: "not_useful", reason: "a holiday" });
    const tuning = (await kam.call("GET", "/v1/morning-weights")).body;
    assert.deepEqual(tuning.learnt, [{ kind: "traffic_drop", done: 1, notUseful: 1, factor: 5 / 7 }]);
    await kam.call("POST", `/v1/morning/${first?.id}/answer`, { answer: "open" });
    await kam.call("POST", `/v1/morning/${first?.id}/answer`, { answer: "hand", toUserId: other.userId });
    assert.deepEqual(await morning(kam), []);
    assert.equal((await morning(other))[0]?.handedBy, kam.userId);
  });

  it("is tuned by the person and by the operator, with a look beforehand", async () => {
    await refreshMorning(
      world.ctx,
      needs(),
      say(
        draft("drop", mine, { money: null }),
        draft("cap", mine, { kind: "cap_near", facts: { form: "near", cap: "A", share: 80 }, ftds: 1, money: null }),
      ),
    );
    const change = { of: "personal", weights: { cap_near: 3 }, revision: 0 };
    const preview = (await kam.call("POST", "/v1/morning-weights/preview", change)).body.rows;
    assert.deepEqual(
      preview.map((row: { kind: string; before: number; after: number }) => [row.kind, row.before, row.after]),
      [
        ["cap_near", 2, 1],
        ["traffic_drop", 1, 2],
      ],
    );
    assert.equal((await morning(kam))[0]?.kind, "traffic_drop", "nothing is kept yet");
    await kam.call("PUT", "/v1/morning-weights", change);
    assert.equal((await morning(kam))[0]?.kind, "cap_near");
    assert.equal((await kam.call("PUT", "/v1/morning-weights", change)).status, 409);
    assert.equal((await kam.call("PUT", "/v1/morning-weights", { ...change, of: "operator" })).status, 403);
    const worth = { of: "operator", weights: {}, ftdWorth: { minor: "50000", currency: "EUR" }, revision: 0 };
    assert.equal((await admin.call("PUT", "/v1/morning-weights", worth)).status, 200);
    assert.equal((await morning(kam))[1]?.working.worth.minor, "100000");
  });

  it("reads every source there is", async () => {
    const { revision } = await getPartner(world.ctx, system, mine);
    await movePartner(world.ctx, system, mine, { revision, status: "onboarding" });
    world.clock.set("2026-07-01T08:00:00Z");
    const troubles: string[] = [];
    await refreshMorning(world.ctx, needs(), undefined, (source, error) =>
      troubles.push(`${source}: ${error.message}`),
    );
    assert.deepEqual(troubles, []);
    assert.deepEqual(await lastTrafficByLink({ analytics: analytics.client }, "2026-01-01"), new Map());
    assert.ok((await morning(kam)).some((one) => one.kind === "onboarding_stalled"));
  });
});

describe("the portfolio", () => {
  it("stands against its plan, by partner and owner", async () => {
    const rows = [{ subjectId: mine, ftds: 20, revenueMinor: null, commissionMinor: "500000" }];
    assert.equal((await kam.call("PUT", "/v1/portfolio/plans", { month: "2026-07", rows })).body.saved, 1);
    const mineNow = (await kam.call("GET", "/v1/portfolio")).body;
    assert.deepEqual(
      mineNow.rows.map((row: { id: string; plan: { ftds: number } }) => [row.id, row.plan.ftds]),
      [[mine, 20]],
    );
    assert.equal(mineNow.method.factor, 0, "nothing can be said on the first day");
    const owners = (await kam.call("GET", "/v1/portfolio?by=owner&whose=all")).body;
    assert.equal(owners.total.plan.ftds, 20);
  });

  it("takes plans from a file, line by line", async () => {
    const csv = "partner;month;ftds;commission\nmine;2026-07;30;1200.50\nnobody;2026-07;5;\nmine;July;5;";
    const tried = (await kam.call("POST", "/v1/portfolio/plans/import", { csv })).body;
    assert.deepEqual(
      [tried.rows, tried.saved, tried.problems.map((one: { line: number }) => one.line)],
      [1, 0, [3, 4]],
    );
    const done = (await kam.call("POST", "/v1/portfolio/plans/import", { csv, dryRun: false })).body;
    assert.equal(done.saved, 1);
    const [row] = (await kam.call("GET", "/v1/portfolio")).body.rows;
    assert.deepEqual(row.plan, { ftds: 30, revenueMinor: null, commissionMinor: "120050" });
  });
});
