import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, cookiesOf, EVERYWHERE, PASSWORD, signIn } from "../../test/api-world.ts";
import * as audit from "../audit/index.ts";

const AT_HOME = { way: "password", address: "127.0.0.1" };
const HEADERS = { origin: "http://localhost:3000", host: "localhost:3000" };

describe("the people of a closed partner", () => {
  let world: ApiWorld;
  let admin: Caller;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
  });
  after(() => world.close());

  async function move(id: string, ...states: string[]): Promise<void> {
    for (const status of states) {
      const { revision } = (await admin.call("GET", `/v1/partners/${id}`)).body;
      const moved = await admin.call("POST", `/v1/partners/${id}/status`, { revision, status, reason: "tested" });
      assert.equal(moved.status, 200, JSON.stringify(moved.body));
    }
  }

  it("are signed out, neither sign in nor use keys, and come back with the partner", async () => {
    const id = await world.partner("ended");
    await move(id, "onboarding", "active");
    const owner = { role: "partner_owner", scopeKind: "partner", scopeId: id } as const;
    const person = await world.person("Olga", [owner], id);
    const key = await world.key(person, ["links.read"]);
    await move(id, "paused");
    assert.equal((await person.call("GET", "/v1/me")).status, 200, "a paused partner may look");
    await move(id, "deactivated");
    assert.equal((await person.call("GET", "/v1/me")).status, 401);
    const refused = await key.call("GET", "/v1/me");
    assert.deepEqual([refused.status, refused.body.code], [403, "partner_closed"]);
    const attempt = await world.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: HEADERS,
      payload: { email: "olga@people.example", password: PASSWORD },
    });
    assert.deepEqual([attempt.statusCode, attempt.json().code], [403, "partner_closed"]);
    assert.equal(attempt.headers["set-cookie"], undefined);
    const wrong = await world.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: HEADERS,
      payload: { email: "olga@people.example", password: "something else" },
    });
    assert.equal(wrong.statusCode, 401, "a wrong password learns nothing about the partner");
    await move(id, "onboarding");
    const cookie = await signIn(world.app, "olga@people.example", PASSWORD);
    assert.equal((await world.app.inject({ url: "/v1/me", headers: { cookie } })).statusCode, 200);
    assert.equal((await key.call("GET", "/v1/me")).status, 200);
  });

  it("do not come in by an open session that was kept from the sign-out", async () => {
    const id = await world.partner("kept");
    await move(id, "onboarding", "active");
    const owner = { role: "partner_owner", scopeKind: "partner", scopeId: id } as const;
    const person = await world.person("Kurt", [owner], id);
    await world.database.pool.query("update partners.partner set status = 'deactivated' where partner_id = $1", [id]);
    const answer = await person.call("GET", "/v1/me");
    assert.deepEqual([answer.status, answer.body.code], [403, "partner_closed"]);
  });
});

describe("the trail of sign-ins", () => {
  let world: ApiWorld;
  before(async () => {
    world = await apiWorld();
  });
  after(() => world.close());

  const post = (url: string, payload: object, cookie = "") =>
    world.app.inject({ method: "POST", url: `/api/auth${url}`, payload, headers: { ...HEADERS, cookie } });
  const entries = async (action: string) =>
    (await audit.list(world.ctx, {}, { limit: 500 })).filter((entry) => entry.action === action);

  it("holds sign-outs and failures, with the person where the account is known", async () => {
    const person = await world.person("Vera", [{ role: "analyst", ...EVERYWHERE }]);
    const cookie = await signIn(world.app, "vera@people.example", PASSWORD);
    assert.equal((await post("/sign-out", {}, cookie)).statusCode, 200);
    const [out] = await entries("access.signed_out");
    assert.deepEqual([out?.actorId, out?.subjectId], [person.userId, person.userId]);
    await post("/sign-out", {}, cookie);
    assert.equal((await entries("access.signed_out")).length, 1, "nobody was signed in any more");
    await post("/sign-in/email", { email: "vera@people.example", password: "wrong password" });
    const [failed] = await entries("access.sign_in_failed");
    assert.deepEqual([failed?.actorKind, failed?.subjectId], ["anonymous", person.userId]);
    assert.deepEqual(failed?.after, AT_HOME);
    await post("/sign-in/email", { email: "my-secret-password@typed.example", password: "x" });
    const [unknown] = await entries("access.sign_in_failed");
    assert.equal(unknown?.subjectId, "unknown");
    assert.ok(!JSON.stringify([unknown?.after, unknown?.subjectId]).includes("my-secret"));
  });

  it("holds changes of the second factor, and codes that were guessed", async () => {
    const person = await world.person("Theo", [{ role: "analyst", ...EVERYWHERE }]);
    const cookie = await signIn(world.app, "theo@people.example", PASSWORD);
    const begun = await post("/two-factor/enable", { password: PASSWORD }, cookie);
    assert.equal(begun.statusCode, 200);
    // The state after a code was confirmed; the confirming itself is in the test of the second factor.
    await world.database.pool.query('update access."user" set two_factor_enabled = true where id = $1', [
      person.userId,
    ]);
    await world.database.pool.query("update access.two_factor set verified = true where user_id = $1", [person.userId]);
    const half = await post("/sign-in/email", { email: "theo@people.example", password: PASSWORD });
    assert.equal(half.json().twoFactorRedirect, true, half.body);
    const guessed = await post("/two-factor/verify-totp", { code: "000000" }, cookiesOf(half.headers["set-cookie"]));
    assert.equal(guessed.statusCode, 401, guessed.body);
    const [failed] = await entries("access.sign_in_failed");
    assert.equal(failed?.subjectId, person.userId);
    assert.deepEqual(failed?.after, { ...AT_HOME, way: "second factor" });
    assert.equal((await post("/two-factor/disable", { password: PASSWORD }, cookie)).statusCode, 200);
    const [removed] = await entries("access.second_factor_removed");
    assert.equal(removed?.subjectId, person.userId);
  });

  it("is not flooded by whoever guesses", async () => {
    const person = await world.person("Gus", [{ role: "analyst", ...EVERYWHERE }]);
    const count = async () =>
      (await entries("access.sign_in_failed")).filter((entry) => entry.subjectId === person.userId).length;
    const guess = () => post("/sign-in/email", { email: "gus@people.example", password: "wrong password" });
    for (let n = 0; n < 12; n += 1) await guess();
    assert.equal(await count(), 5);
    world.clock.advance(16 * 60_000);
    await guess();
    const [last] = await entries("access.sign_in_failed");
    assert.deepEqual([await count(), last?.after], [6, { ...AT_HOME, leftOut: 7 }]);
  });
});
