import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller } from "../../../test/api-world.ts";
import { vaultOf } from "../events/source.ts";
import { linksRoutes } from "../links/routes.ts";

describe("sources that speak another platform's dialect, over the API", () => {
  let world: ApiWorld;
  let admin: Caller;
  let programId = "";
  const vault = vaultOf(randomBytes(32));
  before(async () => {
    const needs = { publicUrl: "https://here.example", vault, randomBytes, mayPromote: async () => true };
    world = await apiWorld({ rooms: () => [linksRoutes(needs)] });
    admin = await world.administrator();
    const program = {
      code: "alpha",
      name: "Alpha",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://alpha.example/",
    };
    programId = (await admin.call("POST", "/v1/programs", program)).body.id;
  });
  after(() => world.close());

  const make = (more: object) =>
    admin.call("POST", "/v1/event-sources", { programId, name: "Cashier", dialect: "affise", ...more });

  it("keeps the token of the existing integration as its SHA-256 only", async () => {
    const made = await make({ incumbentToken: "the-old-secret", settings: { events: { FTD: "Deposit" } } });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { dialect, hasIncumbentToken, settings, dialectUrl, token } = made.body;
    assert.deepEqual([dialect, hasIncumbentToken, settings.events], ["affise", true, { ftd: "deposit" }]);
    assert.equal(dialectUrl, `https://here.example/in/${token}`);
    const { rows } = await world.database.pool.query(
      "select incumbent_token_hash, incumbent_secret, e::text as whole from tracking.event_source e where source_id = $1",
      [made.body.id],
    );
    assert.match(rows[0].incumbent_token_hash, /^[0-9a-f]{64}$/);
    assert.equal(rows[0].incumbent_secret, null);
    assert.ok(!rows[0].whole.includes("the-old-secret"));
    const trail = await world.database.pool.query("select coalesce(after::text, '') as text from audit.entry");
    assert.ok(trail.rows.every(({ text }) => !text.includes("the-old-secret")));
  });

  it("seals the signing secret of a platform that signs, and forgets it with the dialect", async () => {
    const { body } = await make({ dialect: "rewardful", incumbentToken: "signing-secret" });
    const sealed = async () => {
      const { rows } = await world.database.pool.query(
        "select incumbent_secret as secret, incumbent_token_hash as hash from tracking.event_source where source_id = $1",
        [body.id],
      );
      return rows[0];
    };
    assert.equal(vault.open((await sealed()).secret), "signing-secret");
    const changed = await admin.call("PATCH", `/v1/event-sources/${body.id}`, { dialect: "tune" });
    assert.deepEqual([changed.status, changed.body.hasIncumbentToken], [200, false]);
    assert.deepEqual(await sealed(), { secret: null, hash: null });
  });

  it("begins as a test where it is said so, and goes live once", async () => {
    const { body } = await make({ test: true });
    const live = await admin.call("PATCH", `/v1/event-sources/${body.id}`, { test: false });
    assert.deepEqual([body.test, live.body.test], [true, false]);
  });

  it("changes the settings as a whole, and takes the old token back", async () => {
    const { body } = await make({ incumbentToken: "the-old-secret", settings: { offers: ["1"] } });
    const settings = { statuses: { "2": "ignore" }, addresses: ["203.0.113.0/24"] };
    const changed = await admin.call("PATCH", `/v1/event-sources/${body.id}`, { settings, incumbentToken: null });
    assert.deepEqual(
      [changed.body.settings.offers, changed.body.settings.statuses, changed.body.hasIncumbentToken],
      [[], { "2": "ignore" }, false],
    );
  });

  it("refuses what cannot be an address, a currency, a meaning or a token", async () => {
    for (const given of [
      { settings: { addresses: ["not an address"] } },
      { settings: { currency: "euro" } },
      { settings: { statuses: { "2": "maybe" } } },
      { settings: { events: { "2": "no such thing!" } } },
      { incumbentToken: "short" },
      { dialect: "klingon" },
    ]) {
      assert.equal((await make(given)).status, 422, JSON.stringify(given));
    }
  });

  it("lists the platforms with their addresses", async () => {
    const { body } = await admin.call("GET", "/v1/source-dialects");
    const affise = body.data.find((one: { name: string }) => one.name === "affise");
    assert.deepEqual(affise.addresses[0].path, "/postback");
    assert.deepEqual(affise.tokenParameters, ["secure", "afsecure"]);
    assert.ok(body.data.length >= 13);
  });
});
