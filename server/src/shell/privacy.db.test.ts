import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { NewDocumentQuery } from "@tributary/contract";
import { strFromU8, unzipSync } from "fflate";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { actorOfUser, systemActor } from "../access/index.ts";
import { addDocument, addPerson } from "../compliance/index.ts";
import { privacyRoutes } from "../privacy/routes.ts";
import { exportPerson } from "../privacy/service.ts";
import { vaultOf } from "../tracking/index.ts";
import { exportNeeds, privacyNeeds } from "./privacy.ts";

let world: ApiWorld;
let administrator: Caller;
let officer: Caller;
let partner: string;
let contact: string;
let zoe: Caller;
const vault = vaultOf(randomBytes(32));
const NAME = "Zoë Quetzalcoatl";
const EMAIL = "zoe.quetzal@people.example";
before(async () => {
  world = await apiWorld({ rooms: () => [privacyRoutes(privacyNeeds)] });
  administrator = await world.administrator();
  officer = await world.person("Officer", [{ role: "compliance", ...EVERYWHERE }]);
  partner = await world.partner("acme");
  const added = await administrator.call("POST", `/v1/partners/${partner}/contacts`, {
    name: NAME,
    email: EMAIL,
    phone: "+34 600 111 222",
  });
  contact = added.body.id;
  zoe = await world.person("Zoe.Quetzal", [{ role: "partner_owner", scopeKind: "partner", scopeId: partner }], partner);
  await zoe.call("PATCH", "/v1/me", { name: NAME });
});
after(() => world.close());

const preview = async (who = officer) =>
  (await who.call("GET", `/v1/privacy/preview?subjectKind=contact&subjectId=${contact}`)).body;

/** Everything that is stored, as text. */
async function everythingStored(): Promise<string> {
  const { rows } = await world.database.pool.query(`
    select string_agg(t.row, ' ') as text from (
      select e::text as row from audit.entry e union all select c::text from partners.contact c union all select u::text from access."user" u
      union all select i::text from access.invitation i union all select w.word from partners.search_word w
      union all select r::text from privacy.request r) t`);
  return rows[0].text;
}

describe("an export of a person", () => {
  it("holds what every room keeps, as a page and as data, and is in the trail", async () => {
    const { status, headers } = await officer.call("POST", "/v1/privacy/exports", {
      subjectKind: "contact",
      subjectId: contact,
      reason: "She asked by mail",
    });
    assert.deepEqual([status, headers["content-type"]], [200, "application/zip"]);
    const raw = await world.app.inject({ method: "GET", url: "/v1/privacy/requests" });
    assert.equal(raw.statusCode, 401);
    const { body } = await officer.call("GET", "/v1/privacy/requests");
    assert.equal(body.data[0].kind, "export");
    const kinds = body.data[0].shares.map((one: { kind: string }) => one.kind);
    for (const kind of ["account", "contact", "role", "session"])
      assert.ok(kinds.includes(kind), `${kind} in ${kinds}`);
  });

  it("can be opened, and names the person in the page and in the files", async () => {
    const actor = await actorOfUser(world.ctx, officer.userId);
    assert.ok(actor);
    const { bytes } = await exportPerson(
      world.ctx,
      actor,
      { subjectKind: "contact", subjectId: contact, reason: "Again" },
      privacyNeeds,
    );
    const files = unzipSync(bytes);
    assert.match(strFromU8(files["index.html"] ?? new Uint8Array()), /Zoë Quetzalcoatl/);
    assert.match(strFromU8(files["data/partners-contact.json"] ?? new Uint8Array()), /zoe\.quetzal@people\.example/);
    assert.doesNotMatch(strFromU8(files["data/access-account.json"] ?? new Uint8Array()), /password/);
  });
});

describe("an export of somebody behind a partner", () => {
  it("has the files of due diligence as they came in, and each is noted as looked at", async () => {
    const [actor, who] = [
      systemActor("test"),
      { role: "director" as const, name: "Ida Roth", share: null, country: "ES" },
    ];
    const more = { kind: "person" as const, birth: "", identifier: "", note: "" };
    const { id } = await addPerson(world.ctx, actor, partner, { ...who, ...more });
    const scan = Buffer.from("%PDF-1.7\nthe passport of Ida Roth\n%%EOF");
    const input = { partnerId: partner, personId: id, kind: "proof_of_address", name: "Pass Ida.pdf" };
    const paper = await addDocument(world.ctx, actor, vault, NewDocumentQuery.parse(input), scan);
    const asked = { subjectKind: "related_person" as const, subjectId: id, reason: "He asked by mail" };
    const reader = await actorOfUser(world.ctx, officer.userId);
    assert.ok(reader);
    const files = unzipSync((await exportPerson(world.ctx, reader, asked, exportNeeds(vault))).bytes);
    assert.deepEqual(Buffer.from(files[`files/${paper.id}-Pass_Ida.pdf`] ?? []), scan);
    const { rows } = await world.database.pool.query("select viewer_name, purpose from compliance.document_look");
    assert.deepEqual(rows, [{ viewer_name: "Officer", purpose: "He asked by mail" }]);
  });
});

describe("an erasure", () => {
  it("is shown before, without anybody's data changing", async () => {
    const seen = await preview();
    assert.deepEqual(seen.emails, [EMAIL]);
    const fates = Object.fromEntries(seen.shares.map((one: { kind: string; fate: string }) => [one.kind, one.fate]));
    assert.equal(fates.account, "pseudonymized");
    assert.equal(fates.trail_entry, "kept");
    assert.match(await everythingStored(), /quetzal/);
  });

  it("is held by a legal hold on the partner, which whoever placed it cannot lift", async () => {
    const hold = await officer.call("POST", "/v1/privacy/holds", {
      subjectKind: "partner",
      subjectId: partner,
      reason: "Court case 12/26",
    });
    assert.equal(hold.status, 201);
    const seen = await preview();
    assert.equal(seen.blockedBy.length, 1);
    const wish = { subjectKind: "contact", subjectId: contact, reason: "She asked", hash: seen.hash };
    assert.equal((await officer.call("POST", "/v1/privacy/erasures", wish)).body.code, "legal_hold");
    assert.equal(
      (await officer.call("POST", `/v1/privacy/holds/${hold.body.id}/lift`, { reason: "Over" })).status,
      403,
    );
    assert.equal(
      (await administrator.call("POST", `/v1/privacy/holds/${hold.body.id}/lift`, { reason: "Settled" })).status,
      200,
    );
  });

  it("needs a second person, leaves nothing of the name anywhere, and the trail whole", async () => {
    const { hash } = await preview();
    const wish = { subjectKind: "contact", subjectId: contact, reason: "She asked by mail", hash };
    assert.equal(
      (await administrator.call("POST", "/v1/privacy/erasures", { ...wish, hash: "other" })).body.code,
      "conflict",
    );
    const { body: own } = await administrator.call("POST", "/v1/privacy/erasures", wish);
    const decide = (who: Caller, approve: boolean, revision: number) =>
      who.call("POST", `/v1/privacy/erasures/${own.id}/decision`, { revision, approve, note: "" });
    assert.equal((await decide(administrator, true, own.revision)).body.code, "same_person");
    const signer = await world.person("Signer", [{ role: "approver", ...EVERYWHERE }]);
    const done = await decide(signer, true, own.revision);
    assert.deepEqual([done.status, done.body.state], [200, "done"], JSON.stringify(done.body));
    const { certificate, pseudonym } = done.body;
    assert.match(pseudonym, /^Person [0-9A-F]{10}$/);
    assert.ok(certificate.keysDestroyed >= 2);
    assert.doesNotMatch(await everythingStored(), /quetzal|zoë|600 111/i);
    const chain = await administrator.call("POST", "/v1/audit/verify");
    assert.deepEqual([chain.body.whole, chain.body.problem], [true, null]);
    assert.equal((await zoe.call("GET", "/v1/me")).status, 401, "signed out");
    const { body: trail } = await administrator.call("GET", `/v1/audit?subjectId=${contact}`);
    assert.equal(trail.data[0].after.name, "[erased]");
    const { body: kept } = await administrator.call("GET", `/v1/partners/${partner}/contacts`);
    assert.equal(kept.data[0].name, pseudonym);
  });
});

describe("retention", () => {
  it("counts first, removes what is older than the rule, and reports it", async () => {
    const wish = { revision: 0, keepDays: 10, active: true, basis: "Nothing needs used links" };
    assert.equal((await officer.call("PUT", "/v1/privacy/retention/invitation", wish)).status, 403);
    assert.equal(
      (await administrator.call("PUT", "/v1/privacy/retention/invitation", { ...wish, keepDays: 2 })).body.code,
      "invalid_input",
    );
    assert.equal((await administrator.call("PUT", "/v1/privacy/retention/invitation", wish)).status, 200);
    const made = await administrator.call("POST", "/v1/invitations", {
      email: "late@people.example",
      grants: [{ role: "analyst", scopeKind: "everything" }],
    });
    assert.equal(made.status, 201);
    await administrator.call(
      "DELETE",
      `/v1/invitations/${(await administrator.call("GET", "/v1/invitations")).body.data[0].id}`,
    );
    world.clock.advance(11 * 86_400_000);
    const run = async (dry: boolean) =>
      (await administrator.call("POST", "/v1/privacy/retention-runs", { dry })).body.report;
    assert.deepEqual(
      (await run(true)).map((one: { due: number; removed: number }) => [one.due, one.removed]),
      [[1, 0]],
    );
    assert.deepEqual(
      (await run(false)).map((one: { due: number; removed: number }) => [one.due, one.removed]),
      [[1, 1]],
    );
    assert.deepEqual(
      (await run(true)).map((one: { due: number }) => one.due),
      [0],
    );
  });
});
