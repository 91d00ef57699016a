import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { type ApiWorld, apiWorld, type Caller } from "../../test/api-world.ts";

const PROGRAM = {
  code: "fx",
  name: "FX",
  timeZone: "Europe/Madrid",
  currency: "EUR",
  fallbackUrl: "https://brand.example/",
};

describe("programs and offers", () => {
  let world: ApiWorld;
  let admin: Caller;
  let programId: string;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
    programId = (await admin.call("POST", "/v1/programs", PROGRAM)).body.id;
  });
  after(() => world.close());

  const offer = (more: object = {}) =>
    admin.call("POST", "/v1/offers", {
      programId,
      code: "main",
      name: "Main",
      landingUrl: "https://www.brand.example/?c={click_id}",
      allowedHosts: ["*.brand.example", "brand.example"],
      ...more,
    });

  for (const [what, change, code, field] of [
    ["a time zone that does not exist", { timeZone: "Europe/Nowhere" }, "invalid_input", "timeZone"],
    ["a currency that does not exist", { currency: "EUX" }, "unknown_currency", "currency"],
    ["a fallback that is no web address", { fallbackUrl: "javascript:alert(1)" }, "invalid_input", "fallbackUrl"],
    ["a tracking domain with a wildcard", { trackingDomain: "*.brand.example" }, "invalid_input", "trackingDomain"],
  ] as const) {
    it(`refuses a program with ${what}`, async () => {
      const { body } = await admin.call("POST", "/v1/programs", { ...PROGRAM, code: "other", ...change });
      assert.deepEqual([body.code, body.errors[0].field], [code, field]);
    });
  }

  for (const [what, change, field] of [
    ["a landing page elsewhere", { landingUrl: "https://evil.example/" }, "landingUrl"],
    ["a macro that chooses the host", { landingUrl: "https://{sub1}.brand.example/" }, "landingUrl"],
    ["a macro that nobody fills in", { landingUrl: "https://brand.example/?x={oops}" }, "landingUrl"],
    ["a host that allows a whole ending", { allowedHosts: ["*.example"] }, "allowedHosts"],
    ["no host at all", { allowedHosts: [] }, "allowedHosts"],
    ["a fallback with a password", { fallbackUrl: "https://a:b@brand.example/" }, "fallbackUrl"],
  ] as const) {
    it(`refuses an offer with ${what}`, async () => {
      const { status, body } = await offer({ code: "bad", ...change });
      assert.deepEqual([status, body.errors[0].field], [422, field]);
    });
  }

  it("keeps the landing page inside the hosts also when only the hosts change", async () => {
    const made = (await offer()).body;
    const narrowed = await admin.call("PATCH", `/v1/offers/${made.id}`, {
      revision: 1,
      allowedHosts: ["other.example"],
    });
    assert.deepEqual([narrowed.status, narrowed.body.errors[0].field], [422, "landingUrl"]);
    const both = await admin.call("PATCH", `/v1/offers/${made.id}`, {
      revision: 1,
      allowedHosts: ["other.example"],
      landingUrl: "https://other.example/",
    });
    assert.deepEqual([both.status, both.body.revision], [200, 2]);
    const late = await admin.call("PATCH", `/v1/offers/${made.id}`, { revision: 1, name: "Late" });
    assert.equal(late.body.code, "conflict");
  });

  it("keeps time zone and currency for ever", async () => {
    const program = (
      await admin.call("PATCH", `/v1/programs/${programId}`, {
        revision: 1,
        name: "FX 2",
        currency: "USD",
        timeZone: "UTC",
      })
    ).body;
    assert.deepEqual([program.name, program.currency, program.timeZone], ["FX 2", "EUR", "Europe/Madrid"]);
  });

  it("shows partners what is not a draft, without who looks after it", async () => {
    const partnerId = await world.partner("acme");
    const owner = await world.person(
      "Own",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }],
      partnerId,
    );
    assert.deepEqual((await owner.call("GET", "/v1/programs")).body.data, []);
    assert.equal((await owner.call("GET", `/v1/programs/${programId}`)).status, 404);
    const { revision } = (await admin.call("GET", `/v1/programs/${programId}`)).body;
    await admin.call("PATCH", `/v1/programs/${programId}`, { revision, ownerUserId: admin.userId });
    await admin.call("POST", `/v1/programs/${programId}/status`, { revision: revision + 1, status: "active" });
    const seen = (await owner.call("GET", "/v1/programs")).body.data;
    assert.deepEqual(
      seen.map((row: { id: string; ownerUserId: null }) => [row.id, row.ownerUserId]),
      [[programId, null]],
    );
    assert.deepEqual((await owner.call("GET", "/v1/offers")).body.data, []);
    assert.equal(
      (await owner.call("POST", `/v1/programs/${programId}/status`, { revision: 4, status: "closed" })).status,
      403,
    );
  });

  it("tells the processes that keep programs in memory, with the commit", async () => {
    const listener = new pg.Client({ connectionString: world.database.url });
    await listener.connect();
    try {
      const heard: string[] = [];
      listener.on("notification", (message) => heard.push(message.payload ?? ""));
      await listener.query("listen tributary_changes");
      const made = (await offer({ code: "told" })).body;
      await offer({ code: "told" });
      await admin.call("POST", `/v1/offers/${made.id}/status`, { revision: 1, status: "active" });
      await listener.query("select 1");
      assert.deepEqual(heard, [`offers:${made.id}`, `offers:${made.id}`]);
    } finally {
      await listener.end();
    }
  });

  it("closes for ever", async () => {
    const made = (await offer({ code: "end" })).body;
    await admin.call("POST", `/v1/offers/${made.id}/status`, { revision: 1, status: "closed" });
    const again = await admin.call("POST", `/v1/offers/${made.id}/status`, { revision: 2, status: "active" });
    assert.deepEqual([again.status, again.body.code], [409, "wrong_state"]);
  });
});
