import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Caller } from "../../test/api-world.ts";
import { ForeignWalk, liftRowSecurity, withQuery } from "../../test/foreign-walk.ts";
import { type TwoPartners, twoPartners } from "../../test/two-partners.ts";
import type { ApiRoute } from "./http/routes-table.ts";

/** Lists on which a furnished partner has something, if the application has them. */
const FURNISHED = [
  "partners",
  "links",
  "postbacks",
  "customers",
  "events",
  "lines",
  "statements",
  "agreements",
  "invitations",
  "users",
];
/** Of these the administrator sees a partner's only when it is named. */
const BY_PARTNER = ["/v1/invitations"];

/**
 * Walks every route of the assembled application as a partner's owner and as that partner's API key, and shows that nothing of another partner can be
 * read or changed. The routes come from the application's own table, so a new one is walked without being named here.
 */
for (const layer of ["both layers", "the application's own checks alone"] as const) {
  describe(`another partner's person and key, held by ${layer}`, () => {
    const rowSecurity = layer === "both layers";
    let two: TwoPartners;
    let walk: ForeignWalk;
    let callers: readonly (readonly [string, Caller])[];
    before(async () => {
      two = await twoPartners([forgetfulRoutes]);
      if (!rowSecurity) await liftRowSecurity(two);
      // Person and key meet the same services; without the database's help the person alone is enough.
      callers = [["person", two.mine.owner], ...(rowSecurity ? ([["key", two.mine.key]] as const) : [])];
      // What the services refuse by themselves they refuse with the database's help too: there, one id of the right kind is enough.
      walk = await ForeignWalk.of(two, callers, rowSecurity ? "the id that fits" : "every id");
    });
    after(() => two.close());
    const routes = () => two.routes.filter((route) => route.audience !== "public" && route.url !== FORGETFUL);

    it("there is something to find: the administrator and the other partner itself see it", async () => {
      const [seen, own] = [new Set<string>(), new Set<string>()];
      for (const route of routes().filter((one) => one.method === "GET" && !one.url.includes(":"))) {
        const url = withQuery(route, {});
        if (walk.leak(await two.administrator.call("GET", url)) !== undefined) seen.add(route.url);
        if (route.audience === "operator") continue;
        const answer = await two.foreign.owner.call("GET", url);
        if (answer.status >= 300)
          assert.ok([404, 422].includes(answer.status), `${url}: ${JSON.stringify(answer.body)}`);
        if (walk.leak(answer) !== undefined) own.add(route.url);
      }
      const known = FURNISHED.map((name) => `/v1/${name}`).filter((url) => routes().some((route) => route.url === url));
      assert.deepEqual(
        known.filter((url) => !own.has(url)),
        [],
        "lists that do not show the other partner its own",
      );
      const shown = known.filter((url) => !BY_PARTNER.includes(url));
      assert.deepEqual(
        shown.filter((url) => !seen.has(url)),
        [],
        "lists that do not show it to the administrator",
      );
    });

    it("reads nothing of the other partner, whatever is asked for", async () => {
      assert.deepEqual(await walk.read(routes().filter(forPartners)), []);
    });

    it("changes nothing of the other partner, and leaves nothing with it", async () => {
      assert.deepEqual(await walk.write(routes().filter(forPartners)), []);
    });

    it(`a route that forgets every check is ${rowSecurity ? "held by the database" : "found by this walk"}`, async () => {
      const forgetful = two.routes.filter((route) => route.url === FORGETFUL);
      assert.equal(forgetful.length, 2);
      const [read, written] = [await walk.read(forgetful), await walk.write(forgetful)];
      if (rowSecurity) return assert.deepEqual([...read, ...written], []);
      assert.match(read.join("\n"), /answers 200 with the mark frgnxq/);
      assert.match(written.join("\n"), /partners\.partner lost or changed/);
    });

    it("is turned away from every route of the operator, and nobody comes in without saying who it is", async () => {
      for (const route of routes()) {
        const url = route.url.replaceAll(/:\w+/g, walk.ids[0] ?? "x");
        const stranger = await two.anonymous.call(route.method, url);
        assert.equal(stranger.status, 401, `${route.method} ${url} without a sign-in`);
        if (route.audience !== "operator") continue;
        for (const [who, caller] of callers) {
          const answer = await caller.call(route.method, url);
          assert.deepEqual([answer.status, answer.body.code], [403, "forbidden"], `${who} ${route.method} ${url}`);
        }
      }
    });
  });
}

/** The operator's routes turn partners away before anything else, which has a test of its own. */
const forPartners = (route: ApiRoute): boolean => route.audience !== "operator";

describe("a person of the operator with a smaller reach", () => {
  let two: TwoPartners;
  before(async () => {
    two = await twoPartners();
  });
  after(() => two.close());

  it("reads and changes nothing of a partner outside a region, a portfolio or one partner, by any route", async () => {
    const { administrator, hands, mine, foreign } = two;
    const newRegion = async (code: string) =>
      (await administrator.call("POST", "/v1/regions", { code, name: code })).body.id;
    const [here, there] = [await newRegion("here"), await newRegion("there")];
    const keeper = await hands.person("Keeper", [
      { role: "partner_operations", scopeKind: "portfolio", scopeId: "self" },
    ]);
    const local = await hands.person("Local", [{ role: "partner_operations", scopeKind: "region", scopeId: here }]);
    const single = await hands.person("Single", [
      { role: "partner_operations", scopeKind: "partner", scopeId: mine.id },
    ]);
    for (const [partner, place, owner] of [
      [mine, here, keeper.userId],
      [foreign, there, administrator.userId],
    ] as const) {
      const { revision } = (await administrator.call("GET", `/v1/partners/${partner.id}`)).body;
      const change = { revision, regionId: place, ownerUserId: owner };
      assert.equal((await administrator.call("PATCH", `/v1/partners/${partner.id}`, change)).status, 200);
    }
    const callers = [
      ["region", local],
      ["portfolio", keeper],
      ["partner", single],
    ] as const;
    for (const [who, caller] of callers) {
      for (const list of ["partners", "links", "customers", "events", "statements"]) {
        const { body } = await caller.call("GET", `/v1/${list}`);
        assert.ok(JSON.stringify(body).includes(mine.id), `${who} sees the own partner's ${list}`);
      }
    }
    const routes = two.routes.filter((route) => route.audience === "operator" || route.audience === "both");
    // Plans belong to programs, which these people may read.
    const inRegion = await ForeignWalk.of(two, [["region", local]], "the id that fits", ["planVersionId"]);
    assert.deepEqual(await inRegion.read(routes), []);
    assert.deepEqual(await inRegion.write(routes), []);
    // All scopes become the same reach, so for the others the lists are enough.
    const lists = routes.filter((route) => !route.url.includes(":"));
    assert.deepEqual(
      await (await ForeignWalk.of(two, callers.slice(1), "every id", ["planVersionId"])).read(lists),
      [],
    );
  });
});

const FORGETFUL = "/v1/forgetful/:id";

/** What a room would look like that checks nothing: the control of this test. */
const forgetfulRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { permission: "signed-in", audience: "both" } as const;
  const params = z.object({ id: z.string() });
  app.get(FORGETFUL, { config, schema: { summary: "Forgets its check", params } }, ({ ctx, params }) =>
    ctx.db.selectFrom("partners.partner").selectAll().where("partner_id", "=", params.id).execute(),
  );
  app.post(FORGETFUL, { config, schema: { summary: "Forgets its check", params } }, async ({ ctx, params }) => {
    const change = { website: "https://changed.example/" };
    await ctx.db.updateTable("partners.partner").set(change).where("partner_id", "=", params.id).execute();
    return {};
  });
};
