import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";

let world: ApiWorld;
let administrator: Caller;
let region: string;
before(async () => {
  world = await apiWorld({ at: "2026-03-02T09:00:00Z" });
  administrator = await world.administrator();
  region = (await administrator.call("POST", "/v1/regions", { code: "eu", name: "Europe" })).body.id;
});
after(() => world.close());

const kam = (name: string) =>
  world.person(name, [{ role: "key_account_manager", scopeKind: "portfolio", scopeId: "self" }]);
const check = async (asker: Caller, query: string) => (await asker.call("GET", `/v1/access/check?${query}`)).body;

describe("roles that the operator makes", () => {
  const editor = {
    role: "custom_link_editor",
    name: "Link editor",
    permissions: ["links.read", "links.write", "partners.read"],
  };

  it("are made of permissions, given, and hold what they say", async () => {
    const made = await administrator.call("POST", "/v1/roles", editor);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const erin = await world.person("Erin", [{ role: "custom_link_editor", ...EVERYWHERE }]);
    const { body } = await erin.call("GET", "/v1/me");
    assert.deepEqual(body.permissions, ["links.read", "links.write", "partners.read"]);
    assert.equal((await erin.call("GET", "/v1/partners")).status, 200);
    assert.equal((await erin.call("GET", "/v1/payees")).status, 404, "no such room here");
    const held = await administrator.call("DELETE", "/v1/roles/custom_link_editor");
    assert.deepEqual([held.status, held.body.code], [409, "wrong_state"]);
  });

  for (const both of [
    ["payees.write", "payees.approve"],
    ["payees.write", "payouts.approve"],
    ["plans.write", "plans.approve"],
  ]) {
    it(`never hold ${both.join(" and ")} together`, async () => {
      const role = { role: "custom_shortcut", name: "Shortcut", permissions: both };
      const { status, body } = await administrator.call("POST", "/v1/roles", role);
      assert.deepEqual([status, body.code], [422, "separation_of_duties"]);
    });
  }

  it("hold nothing that their maker does not hold everywhere", async () => {
    await administrator.call("POST", "/v1/roles", {
      role: "custom_people",
      name: "People",
      permissions: ["users.read", "users.write"],
    });
    const clerk = await world.person("Clerk", [{ role: "custom_people", ...EVERYWHERE }]);
    const wide = { role: "custom_wide", name: "Wide", permissions: ["payouts.write"] };
    assert.equal((await clerk.call("POST", "/v1/roles", wide)).body.code, "invalid_input");
  });
});

describe("a deputy", () => {
  let ana: Caller;
  let ben: Caller;
  let partner: string;
  before(async () => {
    [ana, ben] = [await kam("Ana"), await kam("Ben")];
    partner = await world.partner("annas-partner", { regionId: region, ownerUserId: ana.userId });
  });

  it("sees nothing of the portfolio before, all of it meanwhile, and the trail names whose place it was", async () => {
    assert.equal((await ben.call("GET", `/v1/partners/${partner}`)).status, 404);
    const named = await ana.call("POST", "/v1/deputies", {
      deputyUserId: ben.userId,
      startsOn: "2026-03-02",
      endsOn: "2026-03-06",
      reason: "Holidays",
    });
    assert.deepEqual([named.status, named.body.state], [201, "active"], JSON.stringify(named.body));
    const seen = await ben.call("GET", `/v1/partners/${partner}`);
    assert.equal(seen.status, 200);
    const change = { revision: seen.body.revision, note: "Called while Ana is away" };
    assert.equal((await ben.call("PATCH", `/v1/partners/${partner}`, change)).status, 200);
    const { body } = await administrator.call("GET", `/v1/audit?partnerId=${partner}&action=partners.changed`);
    assert.equal(body.data[0].actor.name, "Ben");
    assert.deepEqual(body.data[0].actingFor, ana.userId);
    assert.deepEqual((await ben.call("GET", "/v1/me")).body.deputyFor, [{ id: ana.userId, name: "Ana" }]);
  });

  it("signs nothing in that portfolio, not even by an own right", async () => {
    const head = await world.person("Head", [{ role: "approver", ...EVERYWHERE }]);
    const about = `userId=${head.userId}&partnerId=${partner}&permission=agreements.approve`;
    assert.equal((await check(administrator, about)).data[0].allowed, true);
    const named = await administrator.call("POST", "/v1/deputies", {
      principalUserId: ana.userId,
      deputyUserId: head.userId,
      startsOn: "2026-03-02",
      endsOn: "2026-03-06",
      reason: "Second deputy",
    });
    assert.equal(named.status, 201);
    const [answer] = (await check(administrator, about)).data;
    assert.deepEqual([answer.allowed, answer.why], [false, "deputy_signs"]);
    const ended = await administrator.call("DELETE", `/v1/deputies/${named.body.id}`);
    assert.equal(ended.status, 204);
    assert.equal((await check(administrator, about)).data[0].allowed, true);
  });

  it("ends by itself", async () => {
    world.clock.set(new Date("2026-03-07T00:00:01Z"));
    assert.equal((await ben.call("GET", `/v1/partners/${partner}`)).status, 404);
    const { body } = await ana.call("GET", "/v1/deputies");
    assert.equal(body.data[0].state, "ended");
  });
});

describe("what may somebody do with a partner", () => {
  it("is answered with the grant, or with why not, and matches what the API then does", async () => {
    const rita = await world.person("Rita", [{ role: "partner_operations", scopeKind: "region", scopeId: region }]);
    const near = await world.partner("near", { regionId: region });
    const far = await world.partner("far");
    for (const [id, allowed] of [
      [near, true],
      [far, false],
    ] as const) {
      const { data } = await check(administrator, `userId=${rita.userId}&partnerId=${id}&permission=partners.write`);
      assert.equal(data[0].allowed, allowed, data[0].sentence);
      const { body } = await administrator.call("GET", `/v1/partners/${id}`);
      const { status } = await rita.call("PATCH", `/v1/partners/${id}`, { revision: body.revision, note: "x" });
      assert.equal(status === 200, allowed);
    }
    const all = await check(rita, `userId=${rita.userId}&partnerId=${near}`);
    assert.ok(all.data.length > 50);
    assert.match(
      all.data.find((one: { permission: string }) => one.permission === "payouts.approve").sentence,
      /No role of Rita/,
    );
    const foreign = await rita.call("GET", `/v1/access/check?userId=${administrator.userId}`);
    assert.equal(foreign.status, 403, "others' rights are asked by whoever may read people");
  });
});

describe("a region that only owners see", () => {
  it("shows an account manager of the region the own partners alone; a lead and the compliance team see all", async () => {
    const carl = await world.person("Carl", [{ role: "key_account_manager", scopeKind: "region", scopeId: region }]);
    const lead = await world.person("Lead", [
      { role: "key_account_manager", scopeKind: "portfolio", scopeId: carl.userId },
    ]);
    const officer = await world.person("Officer", [{ role: "compliance", scopeKind: "region", scopeId: region }]);
    const own = await world.partner("carls", { regionId: region, ownerUserId: carl.userId });
    const others = await world.partner("not-carls", { regionId: region, ownerUserId: administrator.userId });
    const sees = async (who: Caller, id: string) => (await who.call("GET", `/v1/partners/${id}`)).status === 200;
    assert.deepEqual([await sees(carl, own), await sees(carl, others)], [true, true]);
    const closed = await administrator.call("PUT", `/v1/access/closed-regions/${region}`, {
      reason: "Competing teams",
    });
    assert.equal(closed.status, 204);
    assert.deepEqual([await sees(carl, own), await sees(carl, others)], [true, false]);
    assert.deepEqual([await sees(lead, own), await sees(lead, others)], [true, false]);
    assert.deepEqual([await sees(officer, own), await sees(officer, others)], [true, true]);
    const { body } = await carl.call("GET", "/v1/partners");
    assert.deepEqual(
      body.data.map((one: { id: string }) => one.id),
      [own],
    );
    await administrator.call("DELETE", `/v1/access/closed-regions/${region}`);
    assert.equal(await sees(carl, others), true);
  });
});

describe("an access review", () => {
  it("shows dormant grants and duties in one hand, is decided by somebody else, and takes away at once", async () => {
    const both = await world.person("Both", [
      { role: "finance", ...EVERYWHERE },
      { role: "approver", ...EVERYWHERE },
    ]);
    world.clock.set(new Date("2026-09-01T09:00:00Z"));
    const { body: report } = await administrator.call("GET", `/v1/access/grants?userId=${both.userId}`);
    assert.equal(report.data.length, 2);
    assert.ok(report.data.every((one: { dormant: boolean }) => one.dormant));
    assert.ok(report.data[0].conflicts.includes("payee_and_payout"));
    const { body: review } = await administrator.call("POST", "/v1/access/reviews", {
      name: "Autumn",
      dueOn: "2026-09-30",
    });
    const decide = (grantIds: string[], decision: string, reason = "") =>
      administrator.call("POST", `/v1/access/reviews/${review.id}/decisions`, { grantIds, decision, reason });
    const mine = (await administrator.call("GET", `/v1/access/grants?userId=${administrator.userId}`)).body.data[0]
      .grantId;
    assert.equal((await decide([mine], "confirm")).body.code, "same_person");
    const grantOf = (role: string): string =>
      report.data.find((one: { role: string }) => one.role === role)?.grantId ?? assert.fail(role);
    const [first, second] = [grantOf("finance"), grantOf("approver")];
    assert.equal((await decide([second], "revoke")).body.code, "invalid_input", "without a reason");
    assert.equal((await decide([second], "revoke", "Finance does not sign")).body.revoked, 1);
    assert.equal((await decide([first], "confirm")).status, 200);
    const left = await administrator.call("GET", `/v1/access/grants?userId=${both.userId}`);
    assert.deepEqual(
      left.body.data.map((one: { role: string }) => one.role),
      ["finance"],
    );
    const close = await administrator.call("POST", `/v1/access/reviews/${review.id}/close`);
    assert.deepEqual([close.status, close.body.code], [409, "wrong_state"]);
    const paper = await administrator.call("GET", `/v1/access/reviews/${review.id}/document.pdf?language=es`);
    assert.deepEqual([paper.status, String(paper.body).slice(0, 5)], [200, "%PDF-"]);
    assert.equal((await both.call("GET", `/v1/access/reviews/${review.id}/document.pdf`)).status, 403);
  });
});

describe("a partner's team", () => {
  it("always has an owner", async () => {
    const id = await world.partner("team");
    const owner = await world.person("Olaf", [{ role: "partner_owner", scopeKind: "partner", scopeId: id }], id);
    const { body } = await owner.call("GET", `/v1/grants?userId=${owner.userId}`);
    const removed = await owner.call("DELETE", `/v1/grants/${body.data[0].id}`);
    assert.deepEqual([removed.status, removed.body.code], [409, "wrong_state"]);
    await world.person("Olga", [{ role: "partner_owner", scopeKind: "partner", scopeId: id }], id);
    assert.equal((await owner.call("DELETE", `/v1/grants/${body.data[0].id}`)).status, 204);
  });

  it("may have somebody for finance who sees payees, and an analyst who sees no money", async () => {
    const id = await world.partner("team-two");
    const finance = await world.person("Fine", [{ role: "partner_finance", scopeKind: "partner", scopeId: id }], id);
    const analyst = await world.person("Anal", [{ role: "partner_analyst", scopeKind: "partner", scopeId: id }], id);
    const may = async (who: Caller) => (await who.call("GET", "/v1/me")).body.permissions;
    assert.ok((await may(finance)).includes("payees.write"));
    assert.ok(!(await may(analyst)).some((one: string) => /^(statements|payees|payouts|invoices)\./.test(one)));
  });
});
