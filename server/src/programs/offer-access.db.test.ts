import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller } from "../../test/api-world.ts";
import { lettersOf } from "../shell/offer-access.ts";

describe("offers that are not open to everybody", () => {
  let world: ApiWorld;
  let admin: Caller;
  let owner: Caller;
  let other: Caller;
  let partnerId: string;
  const offers: Record<string, string> = {};

  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
    const program = { code: "fx", name: "FX", timeZone: "UTC", currency: "EUR", fallbackUrl: "https://a.example/" };
    const programId = (await admin.call("POST", "/v1/programs", program)).body.id;
    for (const access of ["public", "request", "private"]) {
      const accessQuestions = [{ code: "how", text: "How will you promote it?", required: true }];
      const body = {
        programId,
        code: access,
        name: access,
        landingUrl: "https://a.example/",
        allowedHosts: ["a.example"],
        access,
        accessQuestions,
      };
      const made = (await admin.call("POST", "/v1/offers", body)).body;
      await admin.call("POST", `/v1/offers/${made.id}/status`, { revision: 1, status: "active" });
      offers[access] = made.id;
    }
    await admin.call("POST", `/v1/programs/${programId}/status`, { revision: 1, status: "active" });
    partnerId = await world.partner("acme", { ownerUserId: admin.userId });
    const otherId = await world.partner("rival");
    owner = await world.person("Own", [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }], partnerId);
    other = await world.person("Riv", [{ role: "partner_owner", scopeKind: "partner", scopeId: otherId }], otherId);
  });
  after(() => world.close());

  const seen = async (caller: Caller) =>
    (await caller.call("GET", "/v1/offers?sort=name")).body.data.map(
      (one: { name: string; myAccess: string }) => `${one.name} ${one.myAccess}`,
    );

  it("a partner sees what it may ask for, and of a private offer nothing", async () => {
    assert.deepEqual(await seen(owner), ["public open", "request needed"]);
    assert.equal((await owner.call("GET", `/v1/offers/${offers.private}`)).status, 404);
    assert.equal((await owner.call("GET", `/v1/offers/${offers.private}/landing-pages`)).status, 404);
    assert.equal((await owner.call("POST", "/v1/offer-requests", { offerId: offers.private })).status, 404);
    assert.equal((await owner.call("POST", "/v1/offer-requests", { offerId: offers.public })).status, 409);
  });

  it("asks with answers; the request waits in the queue of whoever looks after the partner", async () => {
    const without = await owner.call("POST", "/v1/offer-requests", { offerId: offers.request });
    assert.deepEqual([without.status, without.body.errors[0].field], [422, "answers.how"]);
    const asked = await owner.call("POST", "/v1/offer-requests", {
      offerId: offers.request,
      answers: { how: "On my blog" },
      note: "Please",
    });
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    assert.deepEqual(asked.body.answers, [{ question: "How will you promote it?", answer: "On my blog" }]);
    assert.equal(
      (await owner.call("POST", "/v1/offer-requests", { offerId: offers.request, answers: { how: "again" } })).status,
      409,
    );
    assert.deepEqual((await other.call("GET", "/v1/offer-requests")).body.data, []);
    assert.equal((await other.call("GET", `/v1/offer-requests/${asked.body.id}`)).status, 404);
    const [letter] = await lettersOf(world.ctx, asked.body.id, "requested");
    assert.match(letter?.text ?? "", /asks to promote request[\s\S]*On my blog[\s\S]*Please/);
    assert.deepEqual(await seen(owner), ["public open", "request requested"]);
  });

  it("is declined with a reason, asks again, is let in and shut out again; nobody decides for itself", async () => {
    const [request] = (await admin.call("GET", "/v1/offer-requests?status=requested")).body.data;
    const decide = (who: Caller, revision: number, decision: string, reason?: string) =>
      who.call("POST", `/v1/offer-requests/${request.id}/decision`, {
        revision,
        decision,
        ...(reason ? { reason } : {}),
      });
    assert.equal((await decide(owner, 1, "approve")).status, 403);
    assert.equal((await decide(admin, 1, "decline")).status, 422);
    const declined = await decide(admin, 1, "decline", "Tell us more");
    assert.deepEqual([declined.body.status, declined.body.decidedBy], ["declined", admin.userId]);
    const mine = (await owner.call("GET", `/v1/offer-requests/${request.id}`)).body;
    assert.deepEqual([mine.reason, mine.decidedBy], ["Tell us more", null]);
    const again = await owner.call("POST", "/v1/offer-requests", { offerId: offers.request, answers: { how: "Mail" } });
    assert.deepEqual([again.status, again.body.status, again.body.revision], [201, "requested", 3]);
    assert.equal((await decide(admin, 2, "approve")).status, 409);
    assert.equal((await decide(admin, 3, "approve")).body.status, "approved");
    assert.deepEqual(await seen(owner), ["public open", "request open"]);
    assert.equal((await decide(admin, 4, "revoke", "No more")).body.status, "revoked");
    assert.deepEqual(await seen(owner), ["public open", "request declined"]);
    assert.equal(
      (await owner.call("POST", "/v1/offer-requests", { offerId: offers.request, answers: { how: "x" } })).status,
      409,
    );
  });

  it("the operator lets a partner into a private offer, and only that one sees it", async () => {
    const made = await admin.call("POST", "/v1/offer-requests", { offerId: offers.private, partnerId });
    assert.deepEqual([made.status, made.body.status], [201, "approved"], JSON.stringify(made.body));
    assert.equal((await owner.call("GET", `/v1/offers/${offers.private}`)).body.myAccess, "open");
    assert.deepEqual(await seen(other), ["public open", "request needed"]);
  });

  it("pages of a landing set stay on the offer's hosts, also when these change", async () => {
    const at = `/v1/offers/${offers.public}/landing-pages`;
    const bad = await admin.call("POST", at, { name: "A", url: "https://evil.example/" });
    assert.deepEqual([bad.status, bad.body.errors[0].field], [422, "url"]);
    const page = (await admin.call("POST", at, { name: "A", url: "https://a.example/a?c={click_id}", weight: 30 }))
      .body;
    assert.equal((await owner.call("POST", at, { name: "B", url: "https://a.example/b" })).status, 403);
    assert.equal((await owner.call("GET", at)).body.data[0].name, "A");
    const { revision } = (await admin.call("GET", `/v1/offers/${offers.public}`)).body;
    const moved = await admin.call("PATCH", `/v1/offers/${offers.public}`, {
      revision,
      allowedHosts: ["b.example"],
      landingUrl: "https://b.example/",
    });
    assert.deepEqual([moved.status, moved.body.errors[0].value], [422, "https://a.example/a?c={click_id}"]);
    assert.equal(
      (await admin.call("PATCH", `/v1/landing-pages/${page.id}`, { revision: 1, status: "archived" })).status,
      200,
    );
    assert.equal(
      (
        await admin.call("PATCH", `/v1/offers/${offers.public}`, {
          revision,
          allowedHosts: ["b.example"],
          landingUrl: "https://b.example/",
        })
      ).status,
      200,
    );
  });

  for (const [what, change, field] of [
    ["ends before it starts", { startsAt: "2026-03-02T00:00:00Z", endsAt: "2026-03-01T00:00:00Z" }, "endsAt"],
    ["has a parameter with a macro that nobody fills in", { utm: { utm_source: "{nobody}" } }, "utm.utm_source"],
  ] as const) {
    it(`refuses an offer that ${what}`, async () => {
      const { revision } = (await admin.call("GET", `/v1/offers/${offers.request}`)).body;
      const answer = await admin.call("PATCH", `/v1/offers/${offers.request}`, { revision, ...change });
      assert.deepEqual([answer.status, answer.body.errors[0].field], [422, field]);
    });
  }
});
