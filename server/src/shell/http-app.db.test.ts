import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, PUBLIC_URL } from "../../test/api-world.ts";

describe("the HTTP application", () => {
  let world: ApiWorld;
  let admin: Caller;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
  });
  after(() => world.close());

  it("answers whoever has not signed in with 401, and says how", async () => {
    const answer = await world.anonymous().call("GET", "/v1/partners");
    assert.deepEqual([answer.status, answer.body.code], [401, "unauthenticated"]);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    assert.match(String(answer.headers["www-authenticate"]), /Bearer/);
    assert.equal(answer.body.requestId, answer.headers["x-request-id"]);
  });

  it("names field, value and way out of what cannot be accepted", async () => {
    const answer = await admin.call("POST", "/v1/partners", { code: "NO", name: "", kind: "alien" });
    assert.deepEqual([answer.status, answer.body.code], [422, "invalid_input"]);
    assert.deepEqual(answer.body.errors.map((error: { field: string }) => error.field).sort(), [
      "code",
      "kind",
      "name",
    ]);
    assert.equal(answer.body.errors.find((error: { field: string }) => error.field === "code").value, "NO");
    const query = await admin.call("GET", "/v1/partners?limit=9999");
    assert.deepEqual([query.status, query.body.errors[0].field], [422, "limit"]);
  });

  const broken: [string, () => Promise<{ status: number; body: { code: string } }>, number, string][] = [
    ["an unknown address", () => admin.call("GET", "/v1/nothing"), 404, "not_found"],
    ["a method that the address does not take", () => admin.call("PUT", "/v1/partners"), 405, "method_not_allowed"],
    ["a broken percent sign", () => admin.call("GET", "/v1/partners/%zz"), 400, "malformed_encoding"],
    ["a cursor of somewhere else", () => admin.call("GET", "/v1/partners?cursor=abc"), 422, "invalid_input"],
    [
      "a body that is no JSON",
      () => admin.call("POST", "/v1/partners", "{", { "content-type": "application/json" }),
      400,
      "bad_request",
    ],
    [
      "a body of another type",
      () => admin.call("POST", "/v1/partners", "a=b", { "content-type": "text/plain" }),
      415,
      "unsupported_media_type",
    ],
    [
      "a body that is too large",
      () => admin.call("POST", "/v1/partners", { name: "x".repeat(1_100_000) }),
      413,
      "too_large",
    ],
    ["a null byte", () => admin.call("GET", "/v1/partners?q=a%00b"), 422, "invalid_input"],
  ];
  for (const [what, ask, status, code] of broken) {
    it(`answers ${what} with ${code}`, async () => {
      const answer = await ask();
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    });
  }

  it("says in its headers what a browser may do, and keeps answers out of caches", async () => {
    const { headers } = await admin.call("GET", "/v1/me");
    assert.match(String(headers["content-security-policy"]), /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["access-control-allow-origin"], undefined);
  });

  it("refuses a change that another site's page asks for with the person's cookie", async () => {
    const body = { code: "x-1", name: "X", kind: "affiliate" };
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "null" },
    ]) {
      assert.equal((await admin.call("POST", "/v1/partners", body, headers as Record<string, string>)).status, 403);
    }
    const own = await admin.call("POST", "/v1/partners", body, { origin: PUBLIC_URL, "sec-fetch-site": "same-origin" });
    assert.equal(own.status, 201);
  });

  it("gives the same answer to the same idempotency key, and runs the request once", async () => {
    const key = { "idempotency-key": "one" };
    const body = { code: "idem", name: "I", kind: "network" };
    const [first, second] = [
      await admin.call("POST", "/v1/partners", body, key),
      await admin.call("POST", "/v1/partners", body, key),
    ];
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers["idempotent-replayed"], "true");
    const other = await admin.call("POST", "/v1/partners", { ...body, code: "idem-2" }, key);
    assert.deepEqual([other.status, other.body.code], [422, "idempotency_key_reused"]);
    const refused = await admin.call("POST", "/v1/partners", { code: "!" }, { "idempotency-key": "two" });
    assert.equal(refused.status, 422);
  });

  it("runs one of many requests that come with the same key at once", async () => {
    const body = { code: "burst", name: "B", kind: "network" };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => admin.call("POST", "/v1/partners", body, { "idempotency-key": "burst" })),
    );
    const made = answers.filter((answer) => answer.status === 201);
    assert.ok(made.length >= 1);
    assert.equal(new Set(made.map((answer) => answer.body.id)).size, 1);
    assert.ok(answers.every((answer) => answer.status === 201 || answer.body.code === "idempotency_in_progress"));
  });

  it("keeps no token of an answer in the clear", async () => {
    const made = await admin.call(
      "POST",
      "/v1/api-keys",
      { name: "k", permissions: ["partners.read"] },
      { "idempotency-key": "key" },
    );
    const { rows } = await world.database.pool.query("select body from access.idempotency where key = 'key'");
    assert.ok(made.body.token.startsWith("tbk_"));
    assert.ok(!rows[0].body.includes(made.body.token));
    const again = await admin.call(
      "POST",
      "/v1/api-keys",
      { name: "k", permissions: ["partners.read"] },
      { "idempotency-key": "key" },
    );
    assert.equal(again.body.token, made.body.token);
  });

  it("describes every route in OpenAPI 3.1", async () => {
    const { body } = await world.anonymous().call("GET", "/v1/openapi.json");
    assert.equal(body.openapi, "3.1.0");
    const described = Object.entries<Record<string, { summary?: string; responses: object }>>(body.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ id: `${method.toUpperCase()} ${path}`, operation })),
    );
    const expected = world.routes.map((route) => `${route.method} ${route.url.replaceAll(/:(\w+)/g, "{$1}")}`);
    assert.deepEqual(described.map((one) => one.id).sort(), expected.sort());
    for (const { id, operation } of described) {
      assert.ok(operation.summary, `${id} has a summary`);
      assert.ok("default" in operation.responses, `${id} names the problem answer`);
    }
  });

  it("has a reference page that loads nothing from elsewhere", async () => {
    const page = await world.anonymous().call("GET", "/v1/docs/");
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.body, /https?:\/\/(?!localhost)[^"'\s]*\.(js|css|woff2?)/);
    assert.match(String(page.headers["content-security-policy"]), /connect-src 'self'/);
    assert.equal((await world.anonymous().call("GET", "/v1/docs/js/scalar.js")).status, 200);
    assert.match((await world.anonymous().call("GET", "/v1/errors")).body, /id="conflict"/);
  });
});
