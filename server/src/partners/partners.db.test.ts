import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { transact } from "../database/index.ts";
import { joinProgram } from "./index.ts";

describe("partners", () => {
  let world: ApiWorld;
  let admin: Caller;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
  });
  after(() => world.close());

  const create = async (code: string, more: object = {}) => {
    world.clock.advance(1);
    return (await admin.call("POST", "/v1/partners", { code, name: `Name ${code}`, kind: "affiliate", ...more })).body;
  };

  it("move along their life, with a reason where somebody will ask", async () => {
    const partner = await create("life");
    const move = (revision: number, status: string, reason?: string) =>
      admin.call("POST", `/v1/partners/${partner.id}/status`, { revision, status, reason });
    const early = await move(1, "active");
    assert.deepEqual([early.status, early.body.code], [409, "wrong_state"]);
    assert.match(early.body.errors[0].hint, /onboarding, rejected/);
    assert.equal((await move(1, "onboarding")).body.status, "onboarding");
    const active = (await move(2, "active")).body;
    assert.equal(active.activatedAt, world.clock.now().toISOString());
    assert.equal((await move(3, "paused")).body.errors[0].field, "reason");
    const paused = (await move(3, "paused", "licence under review")).body;
    assert.deepEqual([paused.status, paused.statusReason], ["paused", "licence under review"]);
    assert.equal((await move(3, "active")).body.code, "conflict");
    const { data } = (await admin.call("GET", `/v1/audit?subjectKind=partner&subjectId=${partner.id}`)).body;
    assert.deepEqual(data[0].after, { status: "paused" });
    assert.equal(data[0].reason, "licence under review");
    const jobs = await world.database.pool.query(
      "select count(*)::int as n from database.notice where name = 'partners.status_changed'",
    );
    assert.equal(jobs.rows[0].n, 3);
  });

  it("have codes that are theirs alone", async () => {
    await create("once");
    const again = await admin.call("POST", "/v1/partners", { code: "once", name: "X", kind: "network" });
    assert.deepEqual([again.status, again.body.code, again.body.errors[0].field], [409, "already_exists", "code"]);
  });

  it("stand in a hierarchy without a circle, also when two people change it at once", async () => {
    const [a, b, c] = [await create("tree-a"), await create("tree-b"), await create("tree-c")];
    const under = (child: { id: string; revision: number }, parent: { id: string }) =>
      admin.call("PATCH", `/v1/partners/${child.id}`, { revision: child.revision, parentPartnerId: parent.id });
    assert.equal((await under(b, a)).status, 200);
    assert.equal((await under(c, b)).status, 200);
    const circle = await under(a, c);
    assert.deepEqual([circle.status, circle.body.errors[0].field], [422, "parentPartnerId"]);
    assert.equal((await under(a, a)).status, 422);
    const [x, y] = [await create("pair-x"), await create("pair-y")];
    const both = await Promise.all([under(x, y), under(y, x)]);
    assert.deepEqual(both.map((one) => one.status).sort(), [200, 422]);
  });

  it("are found by any part of their names, filtered, sorted and read page by page", async () => {
    for (const n of [1, 2, 3, 4, 5])
      await create(`list-${n}`, { country: n % 2 ? "ES" : "DE", tags: ["listed"], legalName: `Lista ${n} S.L.` });
    const all: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await admin.call(
        "GET",
        `/v1/partners?q=lista&sort=-name&limit=2${cursor ? `&cursor=${cursor}` : ""}`,
      );
      all.push(...body.data.map((row: { code: string }) => row.code));
      cursor = body.nextCursor;
    }
    assert.deepEqual(all, ["list-5", "list-4", "list-3", "list-2", "list-1"]);
    const codes = async (query: string) =>
      (await admin.call("GET", `/v1/partners?${query}`)).body.data.map((row: { code: string }) => row.code);
    assert.deepEqual(await codes("tag=listed&country=DE&sort=createdAt"), ["list-2", "list-4"]);
    assert.deepEqual(await codes("tag=listed&country=DE,ES&status=active"), []);
    assert.deepEqual(await codes("q=%25"), [], "a percent sign is a character like any other");
    const wrong = await admin.call("GET", "/v1/partners?status=alive");
    assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, "status.0"]);
  });

  it("have contacts", async () => {
    const partner = await create("contacts");
    const base = `/v1/partners/${partner.id}/contacts`;
    const made = (await admin.call("POST", base, { name: "Eva", email: "eva@x.example" })).body;
    assert.equal((await admin.call("PATCH", `${base}/${made.id}`, { phone: "+34 600" })).body.phone, "+34 600");
    assert.equal((await admin.call("GET", base)).body.data.length, 1);
    const other = await create("contacts-other");
    assert.equal((await admin.call("DELETE", `/v1/partners/${other.id}/contacts/${made.id}`)).status, 404);
    assert.equal((await admin.call("DELETE", `${base}/${made.id}`)).status, 204);
  });

  it("change at their own people's hand only how they are reached", async () => {
    const partner = await create("own", { note: "pays late", tags: ["vip"] });
    const owner = await world.person(
      "Olga",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partner.id }],
      partner.id,
    );
    const own = (await owner.call("GET", `/v1/partners/${partner.id}`)).body;
    assert.deepEqual([own.note, own.tags], ["", []]);
    const ok = await owner.call("PATCH", `/v1/partners/${partner.id}`, {
      revision: own.revision,
      website: "https://own.example",
    });
    assert.deepEqual([ok.status, ok.body.website], [200, "https://own.example"]);
    for (const change of [{ ownerUserId: owner.userId }, { tags: ["x"] }, { name: "New" }, { parentPartnerId: null }]) {
      const answer = await owner.call("PATCH", `/v1/partners/${partner.id}`, { revision: ok.body.revision, ...change });
      assert.deepEqual([answer.status, answer.body.code], [403, "forbidden"]);
    }
  });
});

describe("people of the operator with a smaller reach", () => {
  let world: ApiWorld;
  let admin: Caller;
  let ids: { emea: string; latam: string; kept: string; joined: string };
  let program: string;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
    const region = async (code: string) => (await admin.call("POST", "/v1/regions", { code, name: code })).body.id;
    const [emea, latam] = [await region("emea"), await region("latam")];
    program = (
      await admin.call("POST", "/v1/programs", {
        code: "forex",
        name: "Forex",
        timeZone: "UTC",
        currency: "EUR",
        fallbackUrl: "https://x.example/",
      })
    ).body.id;
    await admin.call("POST", "/v1/programs", {
      code: "casino",
      name: "Casino",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://x.example/",
    });
    const keeper = await world.person("Keeper", [
      { role: "key_account_manager", scopeKind: "portfolio", scopeId: "self" },
    ]);
    ids = { emea, latam, kept: keeper.userId, joined: "" };
    await world.partner("of-emea", { regionId: emea });
    await world.partner("of-latam", { regionId: latam });
    await world.partner("of-keeper", { regionId: latam, ownerUserId: keeper.userId });
    const joined = await world.partner("in-forex");
    ids.joined = joined;
    await transact(world.ctx, (tx) => joinProgram(tx, joined, program));
    people = {
      region: await world.person("Regina", [{ role: "partner_operations", scopeKind: "region", scopeId: emea }]),
      portfolio: keeper,
      program: await world.person("Prog", [{ role: "key_account_manager", scopeKind: "program", scopeId: program }]),
      two: await world.person("Two", [
        { role: "analyst", ...EVERYWHERE },
        { role: "partner_operations", scopeKind: "region", scopeId: latam },
      ]),
    };
  });
  after(() => world.close());
  let people: Record<"region" | "portfolio" | "program" | "two", Caller>;

  const codesSeen = async (caller: Caller) =>
    (await caller.call("GET", "/v1/partners?sort=name")).body.data.map((row: { code: string }) => row.code);
  const byCode = async (code: string) => (await admin.call("GET", `/v1/partners?q=${code}`)).body.data[0];

  for (const [who, seen] of [
    ["region", ["of-emea"]],
    ["portfolio", ["of-keeper"]],
    ["program", ["in-forex"]],
    ["two", ["in-forex", "of-emea", "of-keeper", "of-latam"]],
  ] as const) {
    it(`${who}: sees ${seen.join(", ")} in lists, records and search, and nothing else`, async () => {
      const caller = people[who];
      assert.deepEqual(await codesSeen(caller), seen);
      for (const code of ["of-emea", "of-latam", "of-keeper", "in-forex"]) {
        const { id } = await byCode(code);
        const inside = (seen as readonly string[]).includes(code);
        assert.equal((await caller.call("GET", `/v1/partners/${id}`)).status, inside ? 200 : 404, code);
        assert.equal((await caller.call("GET", `/v1/partners/${id}/contacts`)).status, inside ? 200 : 404, code);
        const found = (await caller.call("GET", `/v1/search?q=${code}`)).body.data;
        assert.equal(found.length, inside ? 1 : 0, code);
      }
    });
  }

  it("changes only where the writing role holds, even when another role reads everywhere", async () => {
    const [emea, latam] = [await byCode("of-emea"), await byCode("of-latam")];
    const rename = (caller: Caller, partner: { id: string; revision: number }, change: object) =>
      caller.call("PATCH", `/v1/partners/${partner.id}`, { revision: partner.revision, ...change });
    assert.equal((await rename(people.two, emea, { name: "No" })).status, 403);
    assert.equal((await rename(people.two, latam, { name: "Yes" })).status, 200);
    assert.equal((await rename(people.region, latam, { name: "No" })).status, 404);
    const moved = await rename(people.region, emea, { regionId: ids.latam });
    assert.deepEqual([moved.status, moved.body.code], [403, "forbidden"], "not into a region of somebody else");
  });

  it("creates only inside the reach", async () => {
    const body = { name: "New", kind: "affiliate" };
    const make = (caller: Caller, more: object) =>
      caller.call("POST", "/v1/partners", { ...body, code: `new-${Math.random().toString(36).slice(2)}`, ...more });
    assert.equal((await make(people.region, { regionId: ids.emea })).status, 201);
    assert.equal((await make(people.region, { regionId: ids.latam })).status, 403);
    assert.equal((await make(people.region, {})).status, 403);
    assert.equal((await make(people.portfolio, { ownerUserId: people.portfolio.userId })).status, 201);
    assert.equal((await make(people.portfolio, { ownerUserId: people.region.userId })).status, 403);
  });

  it("of one program sees that program alone", async () => {
    const codes = (await people.program.call("GET", "/v1/programs")).body.data.map((row: { code: string }) => row.code);
    assert.deepEqual(codes, ["forex"]);
    assert.equal(
      (await people.region.call("GET", "/v1/programs")).body.data.length,
      2,
      "partners of a region may work in any",
    );
  });

  it("reads the trail of what is inside the reach only", async () => {
    const auditor = await world.person("Audra", [{ role: "compliance", scopeKind: "region", scopeId: ids.emea }]);
    const [emea, latam] = [await byCode("of-emea"), await byCode("of-latam")];
    assert.equal((await auditor.call("GET", "/v1/audit")).status, 403);
    const own = await auditor.call("GET", `/v1/audit?partnerId=${emea.id}`);
    assert.ok(
      own.body.data.length > 0 && own.body.data.every((entry: { partnerId: string }) => entry.partnerId === emea.id),
    );
    assert.equal((await auditor.call("GET", `/v1/audit?partnerId=${latam.id}`)).status, 403);
  });
});
