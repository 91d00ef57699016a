import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { lettersOfOwners } from "../shell/owner-letters.ts";
import { missingFields, partnerReadiness, refuseNewOffers, restrictionsOf, stoppedPartners } from "./index.ts";
import { partnersJobs } from "./jobs.ts";

const both = (en: string, es = en) => ({ en, es });

describe("the partner's record", () => {
  let world: ApiWorld;
  let admin: Caller;
  let kam: Caller;
  let chief: Caller;
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
    kam = await world.person("Kim", [{ role: "key_account_manager", ...EVERYWHERE }]);
    chief = await world.person("Ada", [
      { role: "approver", ...EVERYWHERE },
      { role: "partner_operations", ...EVERYWHERE },
    ]);
  });
  after(() => world.close());

  const create = async (code: string, more: object = {}) => {
    world.clock.advance(1);
    return (await admin.call("POST", "/v1/partners", { code, name: `Name ${code}`, kind: "affiliate", ...more })).body;
  };
  const job = (name: string) => partnersJobs(world.ctx).tasks?.[name]?.({});

  it("holds custom fields, typed, kept from whoever may not see them, with their history in the trail", async () => {
    const tier = {
      ...{ key: "tier", title: both("Tier", "Nivel"), type: "one_of", requiredFor: ["onboarding"] },
      options: ["gold", "silver"].map((value) => ({ value, title: both(value) })),
    };
    assert.equal((await kam.call("POST", "/v1/partner-fields", tier)).status, 403);
    const field = (await admin.call("POST", "/v1/partner-fields", tier)).body;
    const secret = { key: "passport", title: both("Passport"), type: "text" };
    const guard = { readPermission: "compliance.write", writePermission: "compliance.write" };
    assert.equal((await admin.call("POST", "/v1/partner-fields", { ...secret, ...guard })).status, 201);
    const partner = await create("fields");
    const put = (who: Caller, values: object) => who.call("PUT", `/v1/partners/${partner.id}/fields`, { values });
    assert.equal((await put(kam, { tier: "bronze" })).body.errors[0].field, "values.tier");
    assert.equal((await put(kam, { passport: "X1" })).status, 422, "a field that one may not see does not exist");
    const move = () => admin.call("POST", `/v1/partners/${partner.id}/status`, { revision: 1, status: "onboarding" });
    const early = await move();
    assert.deepEqual(
      [early.status, early.body.code, early.body.errors[0].field],
      [409, "fields_missing", "fields.tier"],
    );
    assert.deepEqual(await missingFields(world.ctx, partner.id, "onboarding"), [{ key: "tier", title: tier.title }]);
    assert.equal((await put(kam, { tier: "gold" })).status, 200);
    assert.equal((await put(admin, { passport: "X1" })).status, 200);
    const seen = (await kam.call("GET", `/v1/partners/${partner.id}/fields`)).body.data;
    assert.deepEqual(
      seen.map((one: { field: { key: string }; value: unknown }) => [one.field.key, one.value]),
      [["tier", "gold"]],
    );
    assert.equal((await move()).status, 200);
    const trail = (await admin.call("GET", `/v1/audit?subjectKind=partner&subjectId=${partner.id}`)).body.data;
    const change = trail.findLast((one: { action: string }) => one.action === "partners.fields_changed");
    assert.deepEqual([change.before, change.after], [{ tier: null }, { tier: "gold" }]);
    const found = async (who: Caller, filter: string) => who.call("GET", `/v1/partners?field=${filter}`);
    assert.deepEqual(
      (await found(kam, "tier:gold")).body.data.map((row: { id: string }) => row.id),
      [partner.id],
    );
    assert.deepEqual((await found(kam, "tier:silver")).body.data, []);
    assert.equal((await found(kam, "passport:X1")).status, 422);
    const narrow = { revision: field.revision, options: [tier.options[1]] };
    const effects = (await admin.call("POST", `/v1/partner-fields/${field.id}/effects`, narrow)).body;
    assert.deepEqual([effects.filled, effects.lost, effects.examples[0].value], [1, 1, "gold"]);
    assert.equal((await admin.call("PATCH", `/v1/partner-fields/${field.id}`, narrow)).body.code, "wrong_state");
    const agreed = { ...narrow, acceptLoss: 1, requiredFor: [] };
    assert.equal((await admin.call("PATCH", `/v1/partner-fields/${field.id}`, agreed)).body.filled, 0);
  });

  it("shows what a protected field held, in the trail too, only to who may see the field, and notes the look", async () => {
    const guard = { readPermission: "payees.reveal", writePermission: "partners.write" };
    const field = { key: "account", title: both("Account"), type: "text", ...guard };
    assert.equal((await admin.call("POST", "/v1/partner-fields", field)).status, 201);
    const payer = await world.person("Fin", [
      { role: "finance", ...EVERYWHERE },
      { role: "partner_operations", ...EVERYWHERE },
    ]);
    const auditor = await world.person("Aud", [{ role: "compliance", ...EVERYWHERE }]);
    const partner = await create("guarded");
    assert.equal(
      (await payer.call("PUT", `/v1/partners/${partner.id}/fields`, { values: { account: "ES76-9" } })).status,
      200,
    );
    const raw = await world.ctx.db.selectFrom("audit.entry").selectAll().where("subject_id", "=", partner.id).execute();
    assert.ok(!JSON.stringify(raw, (_, one) => (typeof one === "bigint" ? String(one) : one)).includes("ES76"));
    const trail = (who: Caller) => who.call("GET", `/v1/audit?subjectKind=partner&subjectId=${partner.id}`);
    const [entry] = (await trail(payer)).body.data;
    assert.deepEqual([entry.after, entry.guards], [{ account: "[protected]" }, ["payees.reveal"]]);
    const open = (who: Caller, body: object) => who.call("POST", `/v1/audit/${entry.id}/open`, body);
    assert.equal((await open(auditor, { reason: "curious" })).status, 403);
    assert.equal((await open(payer, {})).status, 422);
    assert.deepEqual((await open(payer, { reason: "complaint 7" })).body.after, { account: "ES76-9" });
    const [look] = (await trail(auditor)).body.data;
    assert.deepEqual(
      [look.action, look.actor.name, look.reason, look.after],
      ["audit.protected_opened", "Fin", "complaint 7", { entry: entry.id, opened: ["payees.reveal"] }],
    );
  });

  it("says who may sign and who is asked first for what", async () => {
    const partner = await create("roles");
    const base = `/v1/partners/${partner.id}/contacts`;
    const eva = { name: "Eva", email: "eva@x.example", roles: ["finance", "signatory"], primaryFor: ["finance"] };
    const first = (await kam.call("POST", base, eva)).body;
    assert.deepEqual([first.signatory, first.primaryFor], [true, ["finance"]]);
    const bo = { name: "Bo", email: "bo@x.example", roles: ["finance"], primaryFor: ["finance"] };
    assert.equal((await kam.call("POST", base, bo)).status, 201);
    const people = (await kam.call("GET", base)).body.data;
    assert.deepEqual(
      Object.fromEntries(people.map((one: { name: string; primaryFor: string[] }) => [one.name, one.primaryFor])),
      { Eva: [], Bo: ["finance"] },
    );
    const wrong = await kam.call("PATCH", `${base}/${first.id}`, { primaryFor: ["technical"] });
    assert.equal(wrong.body.errors[0].field, "primaryFor");
  });

  it("stops links and new offers until somebody lifts it, or its time is over", async () => {
    const partner = await create("stopped");
    const base = `/v1/partners/${partner.id}/restrictions`;
    const until = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    const place = (kind: string, more: object = {}) => kam.call("POST", base, { kind, reason: "complaints", ...more });
    assert.equal((await place("stop_links", { until: "2020-01-01T00:00:00Z" })).body.errors[0].field, "until");
    assert.equal((await place("stop_links", { until })).status, 201);
    assert.ok((await stoppedPartners(world.ctx.db)).has(partner.id));
    const block = (await place("block_offers")).body;
    await assert.rejects(refuseNewOffers(world.ctx, partner.id), { code: "partner_restricted" });
    const lifted = await kam.call("POST", `/v1/restrictions/${block.id}/lift`, { reason: "settled" });
    assert.deepEqual([lifted.body.state, lifted.body.endedName], ["lifted", "Kim"]);
    await refuseNewOffers(world.ctx, partner.id);
    world.clock.advance(3_600_001);
    assert.deepEqual(await restrictionsOf(world.ctx, [partner.id]), []);
    await job("partners.end_restrictions");
    assert.ok(!(await stoppedPartners(world.ctx.db)).has(partner.id));
    const [last] = (await kam.call("GET", base)).body.data.filter((one: { kind: string }) => one.kind === "stop_links");
    assert.deepEqual([last.state, last.endedBy], ["expired", null]);
  });

  it("lets held payouts go when two people say so", async () => {
    const partner = await create("held");
    const hold = { kind: "hold_payouts", reason: "chargebacks" };
    const placed = (await kam.call("POST", `/v1/partners/${partner.id}/restrictions`, hold)).body;
    const lift = (who: Caller) => who.call("POST", `/v1/restrictions/${placed.id}/lift`, { reason: "all clear" });
    assert.equal((await lift(kam)).body.state, "lift_asked");
    assert.equal((await lift(kam)).body.code, "same_person");
    const other = await world.person("Kai", [{ role: "key_account_manager", ...EVERYWHERE }]);
    assert.equal((await lift(other)).body.code, "forbidden");
    assert.equal((await restrictionsOf(world.ctx, [partner.id], "hold_payouts")).length, 1);
    assert.equal((await lift(chief)).body.state, "lifted");
    assert.equal((await lift(chief)).body.code, "wrong_state");
  });

  it("goes to another owner on a day, with notice, and back", async () => {
    const [a, b] = [
      await create("move-a", { ownerUserId: kam.userId, email: "a@a.example" }),
      await create("move-b", { ownerUserId: kam.userId }),
    ];
    const day = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const wanted = { portfolioOf: kam.userId, ownerUserId: chief.userId, effectiveOn: day(1), reason: "leave" };
    const preview = (await admin.call("POST", "/v1/ownership-transfers/preview", wanted)).body;
    assert.deepEqual([preview.partners, preview.withoutEmail], [2, 1]);
    const planned = (await admin.call("POST", "/v1/ownership-transfers", wanted)).body;
    assert.equal(planned.state, "planned");
    const away = { revision: b.revision, ownerUserId: admin.userId };
    assert.equal((await admin.call("PATCH", `/v1/partners/${b.id}`, away)).status, 200);
    const late = await create("move-c", { ownerUserId: kam.userId });
    const ownerOf = async (id: string) => (await admin.call("GET", `/v1/partners/${id}`)).body.ownerUserId;
    await job("partners.due");
    assert.equal(await ownerOf(a.id), kam.userId, "its day has not come");
    world.clock.advance(86_400_000);
    await job("partners.due");
    assert.deepEqual(await Promise.all([a, b, late].map((one) => ownerOf(one.id))), [
      chief.userId,
      admin.userId,
      chief.userId,
    ]);
    const rows = (await admin.call("GET", `/v1/ownership-transfers/${planned.id}/partners`)).body.data;
    assert.deepEqual(
      rows.map((row: { state: string }) => row.state),
      ["moved", "left_out", "moved"],
    );
    const told = await world.database.pool.query(
      "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'partners.owner_changed' order by j.id desc limit 1",
    );
    const letters = await lettersOfOwners(world.ctx, told.rows[0].payload);
    assert.deepEqual(
      letters.map((mail) => [mail.to, mail.subject]),
      [["a@a.example", "Ada looks after you now"]],
    );
    const back = await admin.call("POST", `/v1/ownership-transfers/${planned.id}/revert`, { reason: "came back" });
    assert.equal(back.body.state, "reverted");
    assert.deepEqual(await Promise.all([a, b, late].map((one) => ownerOf(one.id))), [
      kam.userId,
      admin.userId,
      kam.userId,
    ]);
  });

  it("becomes something else on a day, and what follows is shown before", async () => {
    const partner = await create("becomes");
    const base = `/v1/partners/${partner.id}/transitions`;
    const look = (await kam.call("GET", `${base}/consequences?subject=entity&to=company`)).body.data;
    assert.deepEqual(
      look.map((one: { code: string }) => one.code),
      ["documents_again", "payee_again", "history_stays"],
    );
    const today = world.clock.now().toISOString().slice(0, 10);
    const become = (body: object) => kam.call("POST", base, { effectiveOn: today, reason: "founded", ...body });
    assert.equal((await become({ subject: "entity", to: "company" })).body.state, "done");
    assert.equal((await become({ subject: "kind", to: "pirate" })).body.errors[0].field, "to");
    assert.equal((await become({ subject: "kind", to: "network" })).body.state, "done");
    const now = (await kam.call("GET", `/v1/partners/${partner.id}`)).body;
    assert.deepEqual([now.entity, now.kind], ["company", "network"]);
  });

  it("tells what it is worth towards a launch", async () => {
    const sources = [{ kind: "seo", url: "https://x.example", description: "" }];
    const partner = await create("ready", {
      ownerUserId: kam.userId,
      deputyUserId: chief.userId,
      trafficSources: sources,
    });
    const { ownerAndDeputy, countries, trafficDeclared, parentDated } = await partnerReadiness(world.ctx, partner.id);
    assert.deepEqual([ownerAndDeputy, countries, trafficDeclared, parentDated], [true, false, true, true]);
  });
});
