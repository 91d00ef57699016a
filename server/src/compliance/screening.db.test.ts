import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { systemActor } from "../access/index.ts";
import { createContact } from "../partners/index.ts";
import { ListProblem, listSources, loadList, ScreenMemory, screeningState, screenPartners } from "./index.ts";
import { lookAtScreening } from "./jobs.ts";
import { screeningRoutes } from "./routes/screening.ts";

const system = systemActor("test");

describe("screening of partners", () => {
  let world: ApiWorld;
  let officer: Caller;
  let approver: Caller;
  let folder: string;
  const memory = new ScreenMemory();
  const hits = async (query = "") => (await officer.call("GET", `/v1/screening/hits?${query}`)).body.data;
  const state = async (partnerId: string) => (await screeningState(world.ctx, [partnerId])).get(partnerId);
  const decide = (who: Caller, hit: { id: string; revision: number }, what: string) =>
    who.call("POST", `/v1/screening/hits/${hit.id}/${what}`, { revision: hit.revision, reason: "checked by hand" });

  async function load(rows: string, force = false) {
    const path = join(folder, "watch.csv");
    await writeFile(path, `id,type,name,aliases,dob,country\n${rows}`);
    const { sources } = await listSources(path, { list: "house-list" });
    const [source] = sources;
    assert.ok(source);
    return await loadList(world.ctx, system, source, { force });
  }

  async function partnerWith(code: string, contact: string): Promise<string> {
    const id = await world.partner(code);
    await createContact(world.ctx, system, id, {
      name: contact,
      email: `${code}@example.com`,
      phone: "",
      role: "",
      signatory: false,
    });
    return id;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "screening-"));
    world = await apiWorld({ at: "2026-03-31T12:00:00Z", rooms: () => [screeningRoutes(memory)] });
    await world.administrator();
    officer = await world.person("Olga", [{ role: "compliance", ...EVERYWHERE }]);
    approver = await world.person("Axel", [{ role: "approver", ...EVERYWHERE }]);
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  it("knows nothing of a partner before a list is loaded", async () => {
    const id = await partnerWith("early", "Anna Schmidt");
    assert.equal(await state(id), "unscreened");
  });

  it("shows identity data whole to who may see it, for a reason, and notes the look", async () => {
    const partnerId = await partnerWith("identity", "Ida Roth");
    const base = `/v1/partners/${partnerId}/related-people`;
    const identity = { birth: "1980-02-03", identifier: "X1234567L" };
    const more = { kind: "person", role: "director", name: "Ida Roth", share: null, country: "ES", note: "" };
    const person = (await officer.call("POST", base, { ...more, ...identity })).body;
    assert.ok(!JSON.stringify(person).includes("X1234567L"));
    const reveal = (who: Caller, body: object) => who.call("POST", `${base}/${person.id}/reveal`, body);
    assert.equal((await reveal(approver, { reason: "curious" })).status, 403);
    assert.equal((await reveal(officer, {})).status, 422);
    const whole = (await reveal(officer, { reason: "passport renewed" })).body;
    assert.deepEqual([whole.birth, whole.identifier], [identity.birth, identity.identifier]);
    const trail = (await officer.call("GET", `/v1/audit?subjectId=${person.id}`)).body.data;
    assert.deepEqual(
      trail.map((one: { action: string; reason: string }) => [one.action, one.reason]),
      [
        ["compliance.identity_revealed", "passport renewed"],
        ["compliance.person_added", null],
      ],
    );
    assert.deepEqual([trail[1].after.name, trail[1].after.identifier], ["Ida Roth", "[protected]"]);
  });

  it("keeps versions of a list, and what each changed", async () => {
    const first = await load("1,individual,PETROVSKY Dragomir,,1961,RU\n2,entity,Zarinpal Trading Co,,,IR\n");
    assert.deepEqual(first, { list: "house-list", version: 1, entries: 2, added: 2, removed: 0, altered: 0 });
    assert.equal(
      (await load("1,individual,PETROVSKY Dragomir,,1961,RU\n2,entity,Zarinpal Trading Co,,,IR\n")).version,
      null,
    );
    const second = await load(
      "1,individual,PETROVSKY Dragomir,Dragan Petrovski,1961,RU\n3,individual,QASIMOV Tural,,,AZ\n",
    );
    assert.deepEqual(second, { list: "house-list", version: 2, entries: 2, added: 1, removed: 1, altered: 1 });
    const changes = (await officer.call("GET", "/v1/screening/changes?list=house-list&version=2")).body.data;
    const told = changes.map((one: { entryId: string; change: string }) => `${one.entryId} ${one.change}`);
    assert.deepEqual(told, ["1 altered", "2 removed", "3 added"]);
  });

  it("refuses a list that lost more than half of its entries, unless it is said to be right", async () => {
    const many = Array.from({ length: 30 }, (_, at) => `x${at},individual,Person Number${at}abc,,,\n`).join("");
    const path = join(folder, "long.csv");
    const of = async (text: string) => {
      await writeFile(path, `id,type,name,aliases,dob,country\n${text}`);
      return (await listSources(path, { list: "long-list" })).sources[0] ?? assert.fail();
    };
    await loadList(world.ctx, system, await of(many));
    const short = await of(many.split("\n").slice(0, 3).join("\n"));
    await assert.rejects(loadList(world.ctx, system, short), ListProblem);
    assert.equal((await loadList(world.ctx, system, short, { force: true })).removed, 27);
  });

  it("finds a contact in another script, and two people decide that it is them", async () => {
    const id = await partnerWith("balkan", "Драгомир Петровский");
    const card = await officer.call("POST", `/v1/partners/${id}/screening`);
    assert.deepEqual([card.status, card.body.state, card.body.open], [200, "waiting", 1]);
    const [hit] = await hits(`partnerId=${id}`);
    assert.deepEqual([hit.subjectKind, hit.list, hit.entryId, hit.state], ["contact", "house-list", "1", "open"]);
    const detail = (await officer.call("GET", `/v1/screening/hits/${hit.id}`)).body;
    assert.ok(detail.steps.length > 0 && detail.listed.names.length === 2);
    const proposed = (await decide(officer, hit, "propose")).body;
    assert.equal(proposed.state, "proposed");
    assert.equal((await decide(officer, proposed, "confirm")).status, 403);
    const confirmed = await decide(approver, proposed, "confirm");
    assert.deepEqual([confirmed.status, confirmed.body.state, await state(id)], [200, "true_match", "match"]);
    const trail = await world.database.db
      .selectFrom("audit.entry")
      .select("action")
      .where("subject_id", "=", hit.id)
      .execute();
    assert.deepEqual(trail.map((one) => one.action).sort(), [
      "compliance.match_confirmed",
      "compliance.match_proposed",
    ]);
  });

  it("does not let whoever proposed a match agree, whatever the roles", async () => {
    const both = await world.person("Both", [
      { role: "compliance", ...EVERYWHERE },
      { role: "approver", ...EVERYWHERE },
    ]);
    const id = await partnerWith("alone", "Dragomir Petrovsky");
    await screenPartners(world.ctx, memory, [id]);
    const [hit] = await hits(`partnerId=${id}`);
    const proposed = (await decide(both, hit, "propose")).body;
    const refused = await decide(both, proposed, "confirm");
    assert.deepEqual([refused.status, refused.body.code], [403, "same_person"]);
    assert.equal((await decide(approver, proposed, "send-back")).body.state, "open");
  });

  it("remembers a false positive until either side changes", async () => {
    const id = await partnerWith("tural", "Tural Qasimov");
    await screenPartners(world.ctx, memory, [id]);
    const [hit] = await hits(`partnerId=${id}`);
    assert.equal((await decide(officer, hit, "dismiss")).body.state, "false_positive");
    assert.equal(await state(id), "clear");
    await screenPartners(world.ctx, memory, [id]);
    assert.equal(await state(id), "clear");
    await load("1,individual,PETROVSKY Dragomir,Dragan Petrovski,1961,RU\n3,individual,QASIMOV Tural,,1979,AZ\n");
    await lookAtScreening(world.ctx, memory);
    const [again] = await hits(`partnerId=${id}`);
    assert.deepEqual([again.id, again.state, again.reopenedWhy], [hit.id, "open", "entry_changed"]);
  });

  it("screens directors and owners, and takes a hit back when they leave or the entry goes", async () => {
    const id = await world.partner("owned");
    const added = await officer.call("POST", `/v1/partners/${id}/related-people`, {
      kind: "person",
      role: "owner",
      name: "Tural Qasimov",
      share: "60",
      birth: "1979",
    });
    assert.equal(added.status, 201);
    assert.equal(await state(id), "unscreened");
    await lookAtScreening(world.ctx, memory);
    assert.equal(await state(id), "waiting");
    const gone = await officer.call("DELETE", `/v1/partners/${id}/related-people/${added.body.id}?revision=1`);
    assert.equal(gone.status, 204);
    await lookAtScreening(world.ctx, memory);
    assert.equal(await state(id), "clear");
    assert.equal((await hits(`partnerId=${id}`))[0].state, "gone");
  });

  it("meets a partner that was clear when a list gets a new entry", async () => {
    const id = await partnerWith("later", "Bartholomew Okonkwo");
    await screenPartners(world.ctx, memory, [id]);
    assert.equal(await state(id), "clear");
    await load(
      "1,individual,PETROVSKY Dragomir,,1961,RU\n3,individual,QASIMOV Tural,,1979,AZ\n4,individual,OKONKWO Bartholomew,,,NG\n",
    );
    await lookAtScreening(world.ctx, memory);
    assert.equal(await state(id), "waiting");
  });

  it("shows hits only to those who may see them", async () => {
    const other = await world.person("Nobody", [{ role: "compliance", scopeKind: "portfolio", scopeId: "usr_other" }]);
    const seen = await other.call("GET", "/v1/screening/hits");
    assert.deepEqual([seen.status, seen.body.data], [200, []]);
    const analyst = await world.person("Ana", [{ role: "analyst", ...EVERYWHERE }]);
    const [hit] = await hits("state=open");
    assert.equal((await decide(analyst, hit, "dismiss")).status, 403);
  });
});
