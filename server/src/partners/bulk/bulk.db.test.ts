import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../../test/api-world.ts";
import * as audit from "../../audit/index.ts";
import { createField } from "../fields.ts";
import { bulkRoutes } from "./routes.ts";
import { workOnBulk } from "./service.ts";

const BINARY = { "content-type": "application/octet-stream" };

describe("many partners at once", () => {
  let world: ApiWorld;
  let admin: Caller;
  let region: string;
  before(async () => {
    world = await apiWorld({ rooms: () => [bulkRoutes()] });
    admin = await world.administrator();
    region = (await admin.call("POST", "/v1/regions", { code: "latam", name: "Latin America" })).body.id;
  });
  after(() => world.close());

  const send = async (who: Caller, content: string, more = "") => {
    world.clock.advance(1000);
    const answer = await who.call("POST", `/v1/bulk-changes?name=list.csv${more}`, Buffer.from(content), BINARY);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const step = async (who: Caller, id: string, name: string) => {
    const answer = await who.call("POST", `/v1/bulk-changes/${id}/${name}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    await workOnBulk(world.ctx, id);
    return (await who.call("GET", `/v1/bulk-changes/${id}`)).body;
  };
  const rowsOf = async (who: Caller, id: string, query = "") =>
    (await who.call("GET", `/v1/bulk-changes/${id}/rows?limit=100${query}`)).body.data;
  const partner = async (code: string, more: object = {}) => {
    world.clock.advance(1000);
    return (await admin.call("POST", "/v1/partners", { code, name: code, kind: "affiliate", ...more })).body;
  };
  const read = async (id: string) => (await admin.call("GET", `/v1/partners/${id}`)).body;

  it("are previewed field by field, made, refused with line and reason, and taken back where nobody was since", async () => {
    const known = await partner("known", { country: "ES", tags: ["old"] });
    const same = await partner("same", { country: "DE" });
    await createField(world.ctx, (await import("../../access/index.ts")).systemActor("test"), {
      key: "tier",
      title: { en: "Tier", es: "Nivel" },
      type: "one_of",
      options: [{ value: "gold", title: { en: "Gold", es: "Oro" } }],
    } as never);
    const file = [
      "Partner code;Company;Type;Country;E-mail;Tags;Region;Tier;Parent;Comments",
      "new-one;New One;IB;Alemania;new@one.example;a, b;LATAM;Oro;known;=1+1",
      "known;Known;;Portugal;;new;;gold;;",
      "same;same;affiliate;DE;;;;;;",
      "bad;Bad;affiliate;Atlantis;;;;;;",
      "new-one;Again;affiliate;;;;;;;",
      "nokind;No Kind;;;;;;;;",
      "short;x",
    ].join("\r\n");
    const opened = await send(admin, file);
    assert.deepEqual(
      opened.mapping.columns.map((one: { field: string }) => one.field),
      ["code", "name", "kind", "country", "email", "tags", "region", "field:tier", "parent", "note"],
    );
    const checked = await step(admin, opened.id, "check");
    assert.deepEqual(checked.counts, { create: 1, refuse: 4, unchanged: 1, update: 1 });
    const rows = await rowsOf(admin, opened.id);
    assert.deepEqual(
      rows.map((row: { line: number; action: string; problem: { field: string; code: string } | null }) => [
        ...[row.line, row.action, row.problem?.field ?? null, row.problem?.code ?? null],
      ]),
      [
        [2, "create", null, null],
        [3, "update", null, null],
        [4, "unchanged", null, null],
        [5, "refuse", "country", "no_country"],
        [6, "refuse", null, "twice"],
        [7, "refuse", "kind", "needed"],
        [8, "refuse", null, "broken_row"],
      ],
    );
    assert.deepEqual(rows[1].changes, [
      { field: "name", before: "known", after: "Known" },
      { field: "country", before: "ES", after: "PT" },
      { field: "field:tier", before: null, after: "gold" },
      { field: "tags", before: ["old"], after: ["old", "new"] },
    ]);
    assert.equal((await read(known.id)).country, "ES");
    const done = await step(admin, opened.id, "run");
    assert.equal(done.status, "done");
    const [made] = await rowsOf(admin, opened.id, "&action=create");
    const fresh = await read(made.targetId);
    assert.deepEqual(
      [fresh.kind, fresh.country, fresh.regionId, fresh.parentPartnerId, fresh.tags, fresh.note, fresh.revision],
      ["introducing_broker", "DE", region, known.id, ["a", "b"], "=1+1", 2],
    );
    assert.deepEqual([(await read(known.id)).country, (await read(same.id)).revision], ["PT", 1]);
    const trail = (await admin.call("GET", `/v1/audit?subjectKind=partner&subjectId=${known.id}`)).body.data;
    assert.deepEqual(
      [trail[0].action, trail[0].before.country, trail[0].after.country],
      ["partners.changed", "ES", "PT"],
    );
    const rejects = (await admin.call("GET", `/v1/bulk-changes/${opened.id}/rejects`)).body as string;
    assert.match(rejects, /^\ufeffPartner code,.*,line,field,problem\r\nbad,Bad,.*,5,country,is no country/);
    assert.equal(rejects.trim().split("\r\n").length, 5);
    await undoAfterAChange(opened.id, known.id, made.targetId);
  });

  const undoAfterAChange = async (id: string, known: string, fresh: string) => {
    const now = await read(known);
    await admin.call("PATCH", `/v1/partners/${known}`, { revision: now.revision, note: "by hand" });
    const undone = await step(admin, id, "undo");
    assert.deepEqual([undone.status, undone.undone], ["undone", { undone: 1, kept: 1 }]);
    const [kept] = await rowsOf(admin, id, "&outcome=kept");
    assert.deepEqual([kept.line, kept.kept], [3, "was changed by somebody since"]);
    assert.equal((await admin.call("GET", `/v1/partners/${fresh}`)).status, 404);
    assert.equal((await audit.verifyChain(world.ctx)).whole, true);
  };

  it("remember what the columns of a file mean", async () => {
    const first = await send(admin, "Nick;Firmenname;Art\nmem-1;Mem;affiliate\n");
    assert.deepEqual(first.questions[0].code, "no_key");
    const columns = first.mapping.columns.map((one: { column: string }) => ({
      ...{ column: one.column, field: { Nick: "code", Firmenname: "name", Art: "kind" }[one.column] ?? null },
    }));
    const put = { revision: first.revision, mapping: { ...first.mapping, columns } };
    assert.equal((await admin.call("PUT", `/v1/bulk-changes/${first.id}/mapping`, put)).status, 200);
    await step(admin, first.id, "check");
    const again = await send(admin, "Firmenname;Nick;Art\nMem;mem-1;affiliate\n");
    assert.deepEqual(
      [again.remembered, again.mapping.columns.map((one: { field: string }) => one.field)],
      [true, ["name", "code", "kind"]],
    );
  });

  it("stay within what the actor may write, before and after", async () => {
    const other = await partner("theirs");
    const mine = await partner("mine", { regionId: region });
    const kam = await world.person("Kam", [{ role: "key_account_manager", scopeKind: "region", scopeId: region }]);
    const bulk = await send(kam, `id,note,region\n${other.id},x,\n${mine.id},y,\n`);
    await step(kam, bulk.id, "check");
    const rows = await rowsOf(kam, bulk.id);
    assert.deepEqual(
      rows.map((row: { action: string }) => row.action),
      ["refuse", "update"],
    );
    assert.deepEqual([rows[0].problem.code, rows[0].label], ["unknown_partner", other.id]);
    const foreign = await world.person("Kim", [{ role: "key_account_manager", scopeKind: "region", scopeId: region }]);
    assert.equal((await foreign.call("GET", `/v1/bulk-changes/${bulk.id}`)).status, 404);
    const taken = await admin.call("POST", `/v1/bulk-changes/${bulk.id}/run`);
    assert.deepEqual([taken.status, taken.body.code], [403, "forbidden"]);
  });

  it("are edited from a list: owner, tags and a status that is lawful", async () => {
    const one = await partner("edit-1", { tags: ["x"] });
    const two = await partner("edit-2", { tags: ["x", "y"], regionId: region });
    const edit = { ownerUserId: admin.userId, addTags: ["vip"], removeTags: ["x"], status: "onboarding" };
    const answer = await admin.call("POST", "/v1/partners/mass-edit", { filter: { q: "edit-" }, edit });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    await workOnBulk(world.ctx, answer.body.id);
    const rows = await rowsOf(admin, answer.body.id);
    assert.deepEqual(
      rows.map((row: { action: string; label: string }) => [row.action, row.label]),
      [
        ["update", "edit-1"],
        ["update", "edit-2"],
      ],
    );
    await step(admin, answer.body.id, "run");
    for (const [{ id }, tags] of [
      [one, ["vip"]],
      [two, ["y", "vip"]],
    ] as const) {
      const now = await read(id);
      assert.deepEqual([now.tags, now.ownerUserId, now.status], [tags, admin.userId, "onboarding"]);
    }
  });

  it("make and change contacts by partner and address", async () => {
    const firm = await partner("firm");
    const bulk = await send(
      admin,
      "Partner code,Name,Email,Roles\nfirm,Ana,ana@firm.example,finance\nnobody,B,b@x.example,\n",
      "&subject=contact",
    );
    await step(admin, bulk.id, "check");
    await step(admin, bulk.id, "run");
    const change = await send(admin, "Partner code,Name,Email\nfirm,Ana Ruiz,ANA@firm.example\n", "&subject=contact");
    await step(admin, change.id, "check");
    await step(admin, change.id, "run");
    const contacts = async () => (await admin.call("GET", `/v1/partners/${firm.id}/contacts`)).body.data;
    assert.deepEqual(
      (await contacts()).map((one: { name: string; roles: string[] }) => [one.name, one.roles]),
      [["Ana Ruiz", ["finance"]]],
    );
    await step(admin, change.id, "undo");
    assert.equal((await contacts())[0].name, "Ana");
  });

  it("are made once, also when the process goes away in between", async () => {
    const lines = Array.from({ length: 4_500 }, (_, at) => `bulk-${at},Partner ${at},affiliate`);
    const bulk = await send(admin, `code,name,kind\n${lines.join("\n")}\n`);
    await step(admin, bulk.id, "check");
    await admin.call("POST", `/v1/bulk-changes/${bulk.id}/run`);
    const gone = new Error("killed");
    await assert.rejects(
      workOnBulk(world.ctx, bulk.id, () => {
        throw gone;
      }),
      gone,
    );
    const half = (await admin.call("GET", `/v1/bulk-changes/${bulk.id}`)).body;
    // What the other lane was at is made to its end.
    assert.deepEqual([half.status, [2_000, 2_500, 4_000].includes(half.done)], ["running", true]);
    await workOnBulk(world.ctx, bulk.id);
    const { rows } = await world.database.pool.query(
      "select count(*)::int as n, (select count(*)::int from audit.entry where action = 'partners.created' and after ->> 'bulkId' = $1) as told from partners.partner where code like 'bulk-%'",
      [bulk.id],
    );
    assert.deepEqual(rows[0], { n: 4_500, told: 4_500 });
  });

  it("ask for the right to write partners", async () => {
    const analyst = await world.person("Ann", [{ role: "analyst", ...EVERYWHERE }]);
    assert.equal((await analyst.call("GET", "/v1/bulk-changes")).status, 403);
  });
});
