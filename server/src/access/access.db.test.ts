import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { getAuthTables } from "@better-auth/core/db";
import {
  type ApiWorld,
  apiWorld,
  type Caller,
  cookiesOf,
  EVERYWHERE,
  PASSWORD,
  PUBLIC_URL,
  signIn,
} from "../../test/api-world.ts";
import * as audit from "../audit/index.ts";
import { authOptions } from "./auth.ts";
import { tokenSource } from "./core/tokens.ts";
import { createSetupToken } from "./index.ts";

const tokens = tokenSource(randomBytes);
const NEW = "another good password";

describe("the tables of migration 0002", () => {
  it("are what the sign-in library asks for", async () => {
    const world = await apiWorld();
    try {
      const options = authOptions(world.ctx, {
        publicUrl: PUBLIC_URL,
        secret: "x".repeat(32),
        rateLimit: false,
        randomBytes,
        partnerMayEnter: async () => true,
      });
      const { rows } = await world.database.pool.query<{
        table_name: string;
        column_name: string;
        is_nullable: string;
        data_type: string;
      }>(
        "select table_name, column_name, is_nullable, data_type from information_schema.columns where table_schema = 'access'",
      );
      const types: Record<string, string> = {
        string: "text",
        boolean: "boolean",
        number: "integer",
        date: "timestamp with time zone",
      };
      const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      for (const table of Object.values(getAuthTables(options))) {
        const columns = new Map(
          rows.filter((row) => row.table_name === snake(table.modelName)).map((row) => [row.column_name, row]),
        );
        assert.ok(columns.has("id"), `${table.modelName} has an id`);
        for (const [field, attribute] of Object.entries(table.fields)) {
          const column = columns.get(snake(attribute.fieldName ?? field));
          assert.ok(column, `${table.modelName}.${field}`);
          assert.equal(column.data_type, types[String(attribute.type)], `${table.modelName}.${field}`);
          if (attribute.required === false)
            assert.ok(column.is_nullable === "YES" || field === "partnerId" || field === "status");
        }
      }
    } finally {
      await world.close();
    }
  });
});

describe("set-up", () => {
  it("makes the first administrator once, by the newest link only", async () => {
    const world = await apiWorld();
    try {
      const ask = world.anonymous();
      assert.deepEqual((await ask.call("GET", "/v1/setup")).body, { needed: true });
      const old = await createSetupToken(world.ctx, tokens);
      const fresh = await createSetupToken(world.ctx, tokens);
      const body = { name: "Ada", email: "Ada@House.example", password: NEW };
      assert.equal(
        (await ask.call("POST", "/v1/setup", { ...body, token: old?.token })).body.code,
        "setup_token_invalid",
      );
      assert.equal((await ask.call("POST", "/v1/setup", { ...body, token: "guess" })).body.code, "setup_token_invalid");
      const attempts = await Promise.all(
        [1, 2, 3].map(() => ask.call("POST", "/v1/setup", { ...body, token: fresh?.token })),
      );
      assert.deepEqual(attempts.map((one) => one.status).sort(), [201, 409, 409]);
      assert.equal(await createSetupToken(world.ctx, tokens), null);
      assert.deepEqual((await ask.call("GET", "/v1/setup")).body, { needed: false });
      const cookie = await signIn(world.app, "ada@house.example", NEW);
      const me = await world.app.inject({ url: "/v1/me", headers: { cookie } });
      assert.deepEqual([me.json().name, me.json().grants], ["Ada", [{ role: "administrator", ...EVERYWHERE }]]);
    } finally {
      await world.close();
    }
  });

  it("does not accept a link that is older than a day", async () => {
    const world = await apiWorld();
    try {
      const link = await createSetupToken(world.ctx, tokens);
      world.clock.advance(25 * 3_600_000);
      const answer = await world
        .anonymous()
        .call("POST", "/v1/setup", { token: link?.token, name: "A", email: "a@a.example", password: NEW });
      assert.equal(answer.body.code, "setup_token_invalid");
    } finally {
      await world.close();
    }
  });
});

describe("people", () => {
  let world: ApiWorld;
  let admin: Caller;
  let partnerId: string;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
    partnerId = await world.partner("acme");
  });
  after(() => world.close());

  const token = (link: string) => new URL(link).searchParams.get("token");

  it("come in by a link that works once, with the roles of the invitation", async () => {
    const grants = [{ role: "analyst", ...EVERYWHERE }];
    const made = await admin.call("POST", "/v1/invitations", { email: "Lea@House.example", name: "Lea", grants });
    assert.equal(made.status, 201);
    assert.equal(made.body.mailed, true);
    assert.ok(world.mails.at(-1)?.text.includes(made.body.link));
    const open = await admin.call("GET", "/v1/invitations");
    assert.equal(open.body.data[0].email, "lea@house.example");
    const ask = world.anonymous();
    const look = await ask.call("POST", "/v1/invitations/look", { token: token(made.body.link) });
    assert.deepEqual(look.body, { kind: "invite", email: "lea@house.example", name: "Lea", forPartner: false });
    const short = await ask.call("POST", "/v1/invitations/accept", { token: token(made.body.link), password: "short" });
    assert.equal(short.body.errors[0].field, "password");
    const accept = { token: token(made.body.link), password: NEW };
    const both = await Promise.all([
      ask.call("POST", "/v1/invitations/accept", accept),
      ask.call("POST", "/v1/invitations/accept", accept),
    ]);
    assert.deepEqual(both.map((one) => one.status).sort(), [200, 404]);
    await signIn(world.app, "lea@house.example", NEW);
  });

  it("are found, changed with the revision seen, and disabled with everything they hold", async () => {
    const bo = await world.person("Bo", [{ role: "analyst", ...EVERYWHERE }]);
    const key = await world.key(bo, ["partners.read"]);
    const found = (await admin.call("GET", "/v1/users?q=bo@")).body.data[0];
    assert.equal(found.grants[0].role, "analyst");
    const renamed = await admin.call("PATCH", `/v1/users/${found.id}`, { revision: found.revision, name: "Bob" });
    assert.equal(renamed.body.name, "Bob");
    const late = await admin.call("PATCH", `/v1/users/${found.id}`, { revision: found.revision, name: "Bobby" });
    assert.deepEqual([late.status, late.body.code], [409, "conflict"]);
    assert.equal((await key.call("GET", "/v1/partners")).status, 200);
    await admin.call("PATCH", `/v1/users/${found.id}`, { revision: renamed.body.revision, status: "disabled" });
    assert.equal((await bo.call("GET", "/v1/me")).status, 401);
    assert.equal((await key.call("GET", "/v1/partners")).status, 401);
    await assert.rejects(signIn(world.app, "bo@people.example", PASSWORD), /Sign-in failed/);
  });

  it("get a new password by a link, and are signed out everywhere by it", async () => {
    const cy = await world.person("Cy", [{ role: "analyst", ...EVERYWHERE }]);
    const made = await admin.call("POST", `/v1/users/${cy.userId}/reset-link`);
    const used = await world
      .anonymous()
      .call("POST", "/v1/invitations/accept", { token: token(made.body.link), password: NEW });
    assert.equal(used.status, 200);
    assert.equal((await cy.call("GET", "/v1/me")).status, 401);
    await assert.rejects(signIn(world.app, "cy@people.example", PASSWORD));
    await signIn(world.app, "cy@people.example", NEW);
  });

  it("cannot give what they do not hold", async () => {
    const kam = await world.person("Kam", [{ role: "key_account_manager", ...EVERYWHERE }]);
    const up = await kam.call("POST", "/v1/invitations", {
      email: "x@x.example",
      grants: [{ role: "administrator", ...EVERYWHERE }],
    });
    assert.deepEqual([up.status, up.body.code], [403, "forbidden"]);
    const region = (await admin.call("POST", "/v1/regions", { code: "emea", name: "EMEA" })).body.id;
    const local = await world.person("Local", [{ role: "administrator", scopeKind: "region", scopeId: region }]);
    const everywhere = { userId: kam.userId, role: "analyst", ...EVERYWHERE };
    assert.equal((await local.call("POST", "/v1/grants", everywhere)).status, 404);
    assert.equal((await local.call("POST", `/v1/users/${admin.userId}/reset-link`)).status, 404);
  });

  it("never lose the last administrator", async () => {
    const me = (await admin.call("GET", `/v1/users/${admin.userId}`)).body;
    const off = await admin.call("PATCH", `/v1/users/${admin.userId}`, { revision: me.revision, status: "disabled" });
    assert.deepEqual([off.status, off.body.code], [409, "wrong_state"]);
    assert.equal((await admin.call("DELETE", `/v1/grants/${me.grants[0].id}`)).body.code, "wrong_state");
  });

  it("of a partner are invited by who looks after it or by its owner, with partner roles only", async () => {
    const kam = await world.person("Keeper", [{ role: "key_account_manager", ...EVERYWHERE }]);
    const grants = [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }];
    const made = await kam.call("POST", "/v1/invitations", {
      email: "own@acme.example",
      name: "Own",
      partnerId,
      grants,
    });
    assert.equal(made.status, 201);
    assert.match(made.body.link, /\/portal\/welcome\?token=/);
    await world.anonymous().call("POST", "/v1/invitations/accept", { token: token(made.body.link), password: NEW });
    const cookie = await signIn(world.app, "own@acme.example", NEW);
    const call = async (method: "GET" | "POST", url: string, payload?: object) =>
      (
        await world.app.inject({
          method,
          url,
          headers: { cookie, host: "localhost:3000" },
          ...(payload ? { payload } : {}),
        })
      ).json();
    const me = await call("GET", "/v1/me");
    assert.deepEqual([me.kind, me.partner], ["partner_user", { id: partnerId, name: "acme" }]);
    const member = { role: "partner_member", scopeKind: "partner", scopeId: partnerId };
    assert.ok((await call("POST", "/v1/invitations", { email: "m@acme.example", grants: [member] })).link);
    assert.equal(
      (await call("POST", "/v1/invitations", { email: "a@acme.example", grants: [{ role: "analyst", ...EVERYWHERE }] }))
        .code,
      "invalid_input",
    );
    const other = await world.partner("other");
    const foreign = { ...member, scopeId: other };
    assert.equal(
      (await call("POST", "/v1/invitations", { email: "f@acme.example", partnerId: other, grants: [foreign] })).code,
      "invalid_input",
    );
  });

  it("leave a trail of all this, and the chain is whole", async () => {
    const { data } = (await admin.call("GET", "/v1/audit?limit=500")).body;
    const actions = new Set(data.map((entry: { action: string }) => entry.action));
    for (const action of [
      "access.signed_in",
      "access.invited",
      "access.joined",
      "access.user_changed",
      "access.password_reset",
      "access.api_key_created",
    ]) {
      assert.ok(actions.has(action), action);
    }
    assert.ok(!JSON.stringify(data).includes(NEW));
    assert.equal((await audit.verifyChain(world.ctx)).whole, true);
    assert.equal((await admin.call("POST", "/v1/audit/verify")).body.whole, true);
  });
});

describe("API keys", () => {
  let world: ApiWorld;
  let admin: Caller;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
  });
  after(() => world.close());

  it("do what they name and no more", async () => {
    const key = await world.key(admin, ["partners.read"]);
    assert.equal((await key.call("GET", "/v1/partners")).status, 200);
    const write = await key.call("POST", "/v1/partners", { code: "a-1", name: "A", kind: "affiliate" });
    assert.deepEqual([write.status, write.body.code], [403, "forbidden"]);
    assert.equal(
      (await key.call("POST", "/v1/api-keys", { name: "more", permissions: ["partners.read"] })).status,
      403,
    );
    const me = (await key.call("GET", "/v1/me")).body;
    assert.deepEqual([me.kind, me.permissions, me.userId], ["api_key", ["partners.read"], admin.userId]);
  });

  it("cannot name what their person does not have", async () => {
    const analyst = await world.person("Ann", [{ role: "analyst", ...EVERYWHERE }]);
    const answer = await analyst.call("POST", "/v1/api-keys", { name: "k", permissions: ["partners.write"] });
    assert.deepEqual([answer.status, answer.body.errors[0].value], [422, "partners.write"]);
  });

  it("end with their time, by hand, and with the role they came from", async () => {
    const soon = new Date(world.clock.now().getTime() + 60_000).toISOString();
    const made = (
      await admin.call("POST", "/v1/api-keys", { name: "soon", permissions: ["partners.read"], expiresAt: soon })
    ).body;
    const ask = (token: string) =>
      world.anonymous().call("GET", "/v1/partners", undefined, { authorization: `Bearer ${token}` });
    assert.equal((await ask(made.token)).status, 200);
    world.clock.advance(61_000);
    assert.equal((await ask(made.token)).status, 401);
    const other = (await admin.call("POST", "/v1/api-keys", { name: "x", permissions: ["partners.read"] })).body;
    assert.equal((await admin.call("DELETE", `/v1/api-keys/${other.id}`)).status, 204);
    assert.equal((await ask(other.token)).status, 401);
    const person = await world.person("Cal", [{ role: "analyst", ...EVERYWHERE }]);
    const key = await world.key(person, ["partners.read"]);
    const grants = (await admin.call("GET", `/v1/grants?userId=${person.userId}`)).body.data;
    await admin.call("DELETE", `/v1/grants/${grants[0].id}`);
    assert.equal((await key.call("GET", "/v1/partners")).status, 403);
    assert.equal((await ask("tbk_nonsense")).status, 401);
    assert.equal((await ask("")).status, 401);
  });

  it("tell when they were last used", async () => {
    const key = await world.key(admin, ["partners.read"]);
    await key.call("GET", "/v1/partners");
    const { data } = (await admin.call("GET", "/v1/api-keys")).body;
    const used = data.filter((one: { lastUsedAt: string }) => one.lastUsedAt === world.clock.now().toISOString());
    assert.equal(used.length, 1);
    assert.ok(data.every((one: object) => !("token" in one)));
  });
});

describe("the second factor", () => {
  it("is asked for at sign-in once it is set up", async () => {
    const world = await apiWorld();
    try {
      await world.person("Dora", [{ role: "analyst", ...EVERYWHERE }]);
      const cookie = await signIn(world.app, "dora@people.example", PASSWORD);
      const post = (url: string, payload: object, cookies: string) =>
        world.app.inject({
          method: "POST",
          url: `/api/auth${url}`,
          payload,
          headers: { cookie: cookies, origin: PUBLIC_URL, host: "localhost:3000" },
        });
      const enabled = await post("/two-factor/enable", { password: PASSWORD }, cookie);
      assert.equal(enabled.statusCode, 200, enabled.body);
      const secret = new URL(enabled.json().totpURI).searchParams.get("secret") ?? "";
      assert.equal((await post("/two-factor/verify-totp", { code: totp(secret) }, cookie)).statusCode, 200);
      const wrong = { currentPassword: "not the password", newPassword: NEW };
      assert.notEqual((await post("/change-password", wrong, cookie)).statusCode, 200);
      const written = (await audit.list(world.ctx, { subjectKind: "user" }, { limit: 50 })).map(
        (entry) => entry.action,
      );
      assert.ok(written.includes("access.second_factor_started"));
      assert.ok(written.includes("access.second_factor_added"));
      assert.ok(!written.includes("access.password_changed"), "nothing was changed");
      const half = await post("/sign-in/email", { email: "dora@people.example", password: PASSWORD }, "");
      assert.equal(half.json().twoFactorRedirect, true);
      const waiting = cookiesOf(half.headers["set-cookie"]);
      assert.equal((await world.app.inject({ url: "/v1/me", headers: { cookie: waiting } })).statusCode, 401);
      assert.notEqual((await post("/two-factor/verify-totp", { code: "000000" }, waiting)).statusCode, 200);
      const done = await post("/two-factor/verify-totp", { code: totp(secret) }, waiting);
      const full = cookiesOf(done.headers["set-cookie"]);
      assert.equal((await world.app.inject({ url: "/v1/me", headers: { cookie: full } })).json().twoFactor, true);
    } finally {
      await world.close();
    }
  });

  it("may be a passkey, bound to the address under which people reach the program", async () => {
    const world = await apiWorld();
    try {
      await world.person("Pia", [{ role: "analyst", ...EVERYWHERE }]);
      const cookie = await signIn(world.app, "pia@people.example", PASSWORD);
      const headers = { cookie, origin: PUBLIC_URL, host: "localhost:3000" };
      const url = "/api/auth/passkey/generate-register-options";
      const options = await world.app.inject({ method: "GET", url, headers });
      assert.deepEqual([options.statusCode, options.json().rp], [200, { id: "localhost", name: "Tributary" }]);
      assert.equal((await world.app.inject({ method: "GET", url })).statusCode, 401);
    } finally {
      await world.close();
    }
  });

  it("nobody signs up, renames or deletes themselves past the invitation", async () => {
    const world = await apiWorld();
    try {
      for (const path of ["/sign-up/email", "/update-user", "/delete-user", "/change-email"]) {
        const answer = await world.app.inject({
          method: "POST",
          url: `/api/auth${path}`,
          headers: { origin: PUBLIC_URL, host: "localhost:3000" },
          payload: { email: "x@x.example", password: NEW, name: "X" },
        });
        assert.equal(answer.statusCode, 404, path);
      }
      const { rows } = await world.database.pool.query('select count(*)::int as n from access."user"');
      assert.equal(rows[0].n, 0);
    } finally {
      await world.close();
    }
  });
});

describe("trying passwords and links", () => {
  it("has to wait after some attempts from one address, and other addresses need not", async () => {
    const world = await apiWorld({ rateLimit: true });
    try {
      await world.person("Rob", [{ role: "analyst", ...EVERYWHERE }]);
      const attempt = (remoteAddress: string, password: string) =>
        world.app.inject({
          method: "POST",
          url: "/api/auth/sign-in/email",
          headers: {
            origin: PUBLIC_URL,
            host: "localhost:3000",
            "x-tributary-client-address": "203.0.113.9",
            "x-forwarded-for": "203.0.113.9",
          },
          remoteAddress,
          payload: { email: "rob@people.example", password },
        });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n++) statuses.push((await attempt("192.0.2.1", "wrong password")).statusCode);
      assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
      assert.equal((await attempt("192.0.2.1", PASSWORD)).statusCode, 429);
      assert.equal((await attempt("192.0.2.2", PASSWORD)).statusCode, 200);
      const looks = Array.from({ length: 25 }, () =>
        world.anonymous().call("POST", "/v1/invitations/look", { token: "guess" }),
      );
      const last = (await Promise.all(looks)).at(-1);
      assert.deepEqual([last?.status, last?.body.code], [429, "too_many_requests"]);
      assert.ok(last?.headers["retry-after"]);
    } finally {
      await world.close();
    }
  });
});

/** RFC 6238 with SHA-1, 30 seconds, six digits: what an authenticator app computes. */
function totp(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll("=", "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
