import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { systemActor } from "../access/index.ts";
import { changePartner, getPartner } from "../partners/index.ts";
import { addressPolicy, checkedLookup, urlProblem, vaultOf } from "../tracking/index.ts";
import { checkProof } from "./domains.ts";
import {
  type DiligenceAnswer,
  documentState,
  domainState,
  type Outside,
  ownershipState,
  questionnaireState,
  riskState,
  ScreenMemory,
  siteState,
} from "./index.ts";
import { forgetOldFiles, remindOfEnds } from "./keeping.ts";
import { endLetters } from "./letters.ts";
import { complianceRoutes } from "./routes.ts";

const system = systemActor("test");
const PDF = Buffer.from("%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\n%%EOF");
const AS_FILE = { "content-type": "application/octet-stream" };

describe("due diligence of a partner", () => {
  let world: ApiWorld;
  let officer: Caller;
  let second: Caller;
  let manager: Caller;
  let analyst: Caller;
  let owner: Caller;
  let other: Caller;
  let partnerId: string;
  let records: string[][] = [];
  let page = "<html><body>Risk-free profits! 18+</body></html>";
  let site: http.Server;

  const outside = (): Outside => {
    const policy = addressPolicy(["site.localtest"]);
    const resolving = {
      ...policy,
      resolve: async (host: string) => (host === "site.localtest" ? ["127.0.0.1"] : ["10.0.0.9"]),
    };
    return {
      lookup: checkedLookup(resolving),
      refuses: (url) => urlProblem(url, resolving),
      txtRecords: async () => records,
    };
  };
  const handIn = (who: Caller, query: string, file: Buffer = PDF) =>
    who.call("POST", `/v1/documents?name=scan.pdf&${query}`, file, AS_FILE);
  const accept = (who: Caller, document: { id: string; revision: number }, own: object = {}) =>
    who.call("POST", `/v1/documents/${document.id}/accept`, {
      revision: document.revision,
      number: "C01X00T47",
      issuedOn: null,
      expiresOn: "2031-05-01",
      nameOnIt: "Ana Lima",
      reason: "looked at it",
      ...own,
    });
  const said = async (answer: Promise<DiligenceAnswer>) => {
    const { holds, code } = await answer;
    return [holds, code];
  };

  before(async () => {
    site = http.createServer((request, response) => {
      if (request.url === "/inside")
        return response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
      response.writeHead(200, { "content-type": "text/html" }).end(page);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const needs = { memory: new ScreenMemory(), vault: vaultOf(randomBytes(32)), outside: outside() };
    world = await apiWorld({ at: "2026-03-31T12:00:00Z", rooms: () => [complianceRoutes(needs)] });
    await world.administrator();
    officer = await world.person("Olga", [{ role: "compliance", ...EVERYWHERE }]);
    second = await world.person("Sam", [
      { role: "compliance", ...EVERYWHERE },
      { role: "approver", ...EVERYWHERE },
    ]);
    manager = await world.person("Mia", [{ role: "key_account_manager", ...EVERYWHERE }]);
    analyst = await world.person("Ari", [{ role: "analyst", ...EVERYWHERE }]);
    partnerId = await world.partner("ana-lima");
    const foreign = await world.partner("somebody-else");
    owner = await world.person("Ana", [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }], partnerId);
    other = await world.person("Eve", [{ role: "partner_owner", scopeKind: "partner", scopeId: foreign }], foreign);
    const { revision } = await getPartner(world.ctx, system, partnerId);
    await changePartner(world.ctx, system, partnerId, {
      revision,
      entity: "individual",
      country: "ES",
      email: "ana@example.com",
    });
  });
  after(async () => {
    site.close();
    await world.close();
  });

  it("begins with nothing, and says so", async () => {
    assert.deepEqual(await said(documentState(world.ctx, partnerId, "complete")), [false, "documents.missing"]);
    assert.deepEqual(await said(ownershipState(world.ctx, partnerId)), [true, "ownership.person"]);
    assert.deepEqual(await said(questionnaireState(world.ctx, partnerId)), [false, "questionnaire.open"]);
    assert.deepEqual(await said(riskState(world.ctx, partnerId)), [false, "risk.unrated"]);
    assert.deepEqual(await said(siteState(world.ctx, partnerId)), [false, "sites.none"]);
    assert.deepEqual(await said(domainState(world.ctx, partnerId)), [false, "domain.no_sites"]);
  });

  it("takes a document from the portal, keeps it sealed, and lets only those open it who may", async () => {
    const made = await handIn(owner, "kind=photo_id");
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { id } = made.body;
    const { rows } = await sql<{
      bytes: Buffer;
    }>`select bytes from compliance.document_file where document_id = ${id}`.execute(world.ctx.db);
    assert.ok(rows[0] && !rows[0].bytes.includes("%PDF"), "the file lies open in the database");
    const open = (who: Caller) => who.call("GET", `/v1/documents/${id}/file?purpose=review`);
    assert.deepEqual(
      [(await open(other)).status, (await open(analyst)).status, (await open(manager)).status],
      [404, 403, 403],
    );
    const file = await open(officer);
    assert.deepEqual([file.status, file.body], [200, PDF.toString()]);
    assert.match(String(file.headers["content-disposition"]), /^attachment; filename="scan.pdf"/);
    assert.equal(file.headers["x-content-type-options"], "nosniff");
    assert.match(String(file.headers["content-security-policy"]), /sandbox/);
    assert.equal((await open(owner)).status, 200);
    const looks = await officer.call("GET", `/v1/documents/${id}/looks`);
    assert.deepEqual(
      looks.body.data.map(({ viewer, purpose }: { viewer: string; purpose: string }) => `${viewer}: ${purpose}`),
      ["Ana: review", "Olga: review"],
    );
  });

  it("refuses a page, a program and a document of somebody who is not there", async () => {
    assert.equal((await handIn(owner, "kind=photo_id", Buffer.from("<html><script>alert(1)</script>"))).status, 415);
    assert.equal((await handIn(owner, "kind=photo_id", Buffer.from("MZ\x90\0"))).status, 415);
    assert.equal((await handIn(owner, "kind=photo_id&personId=rpn_none")).status, 404);
    assert.equal((await handIn(officer, `kind=nothing&partnerId=${partnerId}`)).status, 422);
  });

  it("does not open a file of which a byte was changed, or that was moved to another record", async () => {
    const { body } = await handIn(owner, "kind=selfie");
    await sql`update compliance.document_file set bytes = set_byte(bytes, 14, (get_byte(bytes, 14) + 1) % 256) where document_id = ${body.id}`.execute(
      world.ctx.db,
    );
    assert.equal((await officer.call("GET", `/v1/documents/${body.id}/file`)).status, 500);
    await owner.call("POST", `/v1/documents/${body.id}/withdraw`, { revision: body.revision });
    assert.equal((await owner.call("GET", `/v1/documents/${body.id}`)).body.state, "withdrawn");
  });

  it("is complete when every document was accepted, and no sooner", async () => {
    const [passport] = (await officer.call("GET", `/v1/documents?partnerId=${partnerId}&kind=photo_id`)).body.data;
    assert.equal((await accept(manager, passport)).status, 403);
    assert.equal((await accept(officer, passport, { expiresOn: "2026-03-30" })).status, 422);
    assert.equal((await accept(officer, passport)).body.state, "accepted");
    const bill = (await handIn(owner, "kind=proof_of_address&issuedOn=2026-03-01")).body;
    assert.deepEqual(await said(documentState(world.ctx, partnerId, "complete")), [false, "documents.waiting"]);
    assert.equal((await accept(officer, bill, { issuedOn: "2026-03-01", expiresOn: null })).status, 200);
    assert.deepEqual(await said(documentState(world.ctx, partnerId, "complete")), [true, "documents.complete"]);
    const dates = await documentState(world.ctx, partnerId, "in_date");
    assert.deepEqual([dates.holds, dates.until], [true, "2031-05-01"]);
  });

  it("wants a second person where the kind says so, and replaces the old one then", async () => {
    const first = (await handIn(owner, "kind=licence&number=L1")).body;
    const proposed = (await accept(officer, first, { number: "L1" })).body;
    assert.equal(proposed.state, "proposed");
    assert.equal((await accept(officer, proposed)).body.code, "same_person");
    assert.equal((await accept(second, proposed, { number: "L1", expiresOn: "2026-04-20" })).body.state, "accepted");
    const newer = (await handIn(owner, `kind=licence&replaces=${first.id}`)).body;
    const again = (await accept(officer, newer, { number: "L2" })).body;
    assert.equal((await officer.call("GET", `/v1/documents/${first.id}`)).body.state, "accepted");
    await accept(second, again, { number: "L2", expiresOn: "2026-05-20" });
    assert.equal((await officer.call("GET", `/v1/documents/${first.id}`)).body.state, "replaced");
  });

  it("tells once that a document ends, and once that it has ended", async () => {
    assert.equal(await remindOfEnds(world.ctx), 1);
    assert.equal(await remindOfEnds(world.ctx), 0);
    const [licence] = (await officer.call("GET", `/v1/documents?partnerId=${partnerId}&kind=licence&state=accepted`))
      .body.data;
    const letters = await endLetters(world.ctx, licence.id, "https://t.example");
    assert.deepEqual(
      letters.map(({ to }) => to),
      ["ana@example.com"],
    );
    assert.match(
      letters[0]?.text ?? "",
      /^Licence or registration ends on 2026-05-20\. Hand in a newer one before then, please\.\s+https:\/\/t\.example\/portal\/documents$/,
    );
    const then = world.clock.now();
    world.clock.set(new Date("2026-05-21T08:00:00Z"));
    assert.equal(await remindOfEnds(world.ctx), 1);
    assert.equal(await remindOfEnds(world.ctx), 0);
    world.clock.set(then);
  });

  it("counts answers as they are asked now, and shows the partner no points", async () => {
    const answers = {
      traffic_sources: ["seo"],
      countries: ["ES"],
      under_18: "no",
      warnings: "no",
      advice: "no",
      public_office: "no",
    };
    assert.equal(
      (await owner.call("POST", "/v1/questionnaire-answers", { questionnaire: "due-diligence", answers: {} })).status,
      422,
    );
    const made = await owner.call("POST", "/v1/questionnaire-answers", { questionnaire: "due-diligence", answers });
    assert.deepEqual([made.status, made.body.points], [201, null]);
    const { holds, until } = await questionnaireState(world.ctx, partnerId);
    assert.deepEqual([holds, until], [true, "2027-03-30"]);
    const asked = (await owner.call("GET", `/v1/partners/${partnerId}/questionnaires`)).body.data;
    assert.ok(
      asked[0].questionnaire.questions.every(
        (question: { consequences: unknown[] }) => question.consequences.length === 0,
      ),
    );
  });

  it("keeps the page of a site as evidence, and goes nowhere inside", async () => {
    const { port } = site.address() as AddressInfo;
    const add = async (address: string) => (await owner.call("POST", "/v1/sites", { kind: "website", address })).body;
    const made = await add(`http://site.localtest:${port}/`);
    const seen = (await officer.call("POST", `/v1/sites/${made.id}/snapshots`)).body;
    assert.deepEqual([seen.snapshots[0].status, seen.snapshots[0].findings[0].claim], [200, "risk_free"]);
    for (const address of [
      `http://site.localtest:${port}/inside`,
      "http://inside.example/",
      "http://169.254.169.254/",
    ]) {
      const inside = await add(address);
      const { snapshots } = (await officer.call("POST", `/v1/sites/${inside.id}/snapshots`)).body;
      assert.match(snapshots[0].problem, /not a public address/);
      await officer.call("DELETE", `/v1/sites/${inside.id}?revision=${inside.revision}`);
    }
    const checklist = Object.fromEntries(seen.checklist.map(({ code }: { code: string }) => [code, "yes"]));
    const review = (verdict: string, revision: number, list: object = checklist) =>
      officer.call("POST", `/v1/sites/${made.id}/reviews`, {
        revision,
        verdict,
        reason: "looked at every page",
        checklist: list,
      });
    assert.equal((await review("failed", seen.revision, {})).status, 422);
    assert.equal((await review("failed", seen.revision)).body.state, "failed");
    assert.deepEqual(await said(siteState(world.ctx, partnerId)), [false, "sites.failed"]);
    assert.equal((await review("passed", seen.revision + 1)).body.state, "passed");
    const { holds, until } = await siteState(world.ctx, partnerId);
    assert.deepEqual([holds, until], [true, "2026-09-29"]);
    const kept = await officer.call("GET", `/v1/site-snapshots/${seen.snapshots[0].id}/file`);
    assert.match(String(kept.headers["content-disposition"]), /^attachment/);
  });

  it("proves a domain by its record, and loses it when the record is gone", async () => {
    assert.deepEqual(await said(domainState(world.ctx, partnerId)), [false, "domain.unproved"]);
    assert.equal((await owner.call("POST", "/v1/domain-proofs", { domain: "not a domain" })).status, 422);
    const proof = (await owner.call("POST", "/v1/domain-proofs", { domain: "site.localtest" })).body;
    const check = () => checkProof(world.ctx, system, outside(), proof.id);
    assert.equal((await check())?.state, "waiting");
    records = [[proof.record]];
    const proved = await check();
    assert.deepEqual([proved?.state, proved?.method], ["proved", "dns"]);
    assert.deepEqual(await said(domainState(world.ctx, partnerId)), [true, "domain.proved"]);
    records = [["v=spf1 -all"]];
    assert.equal((await check())?.state, "lost");
    assert.deepEqual(await said(domainState(world.ctx, partnerId)), [false, "domain.lost"]);
    page = "";
  });

  it("rates the risk with its working, and lets two people override it for a while", async () => {
    const rated = (await officer.call("POST", `/v1/partners/${partnerId}/risk`)).body;
    assert.equal(
      rated.working.reduce((sum: number, line: { result: number }) => sum + line.result, 0),
      rated.points,
    );
    assert.deepEqual(await said(riskState(world.ctx, partnerId, "low")), [true, "risk.rated"]);
    const override = { level: "high", reason: "they work with a closed partner", until: "2026-06-30" };
    const { body } = await officer.call("POST", `/v1/partners/${partnerId}/risk/overrides`, override);
    assert.equal(body.holds, rated.level);
    const decide = (who: Caller) =>
      who.call("POST", `/v1/risk-overrides/${body.override.id}/decision`, { approve: true, comment: "agreed" });
    assert.equal((await decide(officer)).status, 403);
    assert.equal((await decide(second)).body.holds, "high");
    assert.deepEqual(await said(riskState(world.ctx, partnerId, "medium")), [false, "risk.above"]);
    assert.deepEqual(await said(riskState(world.ctx, partnerId)), [false, "risk.undecided"]);
    const { revision } = (await officer.call("GET", `/v1/partners/${partnerId}/risk`)).body;
    await officer.call("POST", `/v1/partners/${partnerId}/risk/decision`, {
      revision,
      decision: "go",
      reason: "with a closer look",
    });
    const { holds, until } = await riskState(world.ctx, partnerId);
    assert.deepEqual([holds, until], [true, "2026-06-30"]);
  });

  it("works out who stands behind a company, and asks for their papers", async () => {
    const companyId = await world.partner("north-media");
    const { revision } = await getPartner(world.ctx, system, companyId);
    await changePartner(world.ctx, system, companyId, { revision, entity: "company", legalName: "North Media Ltd" });
    const add = async (person: object) =>
      (await officer.call("POST", `/v1/partners/${companyId}/related-people`, person)).body.id;
    const holding = await add({ kind: "organization", role: "owner", name: "Top Holding BV", share: "100" });
    const ben = await add({ kind: "person", role: "owner", name: "Ben Roth" });
    const open = (await officer.call("GET", `/v1/partners/${companyId}/ownership`)).body;
    assert.match(open.sentences[0].en, /nobody is recorded behind it|unexplained/);
    const said_ = await officer.call("POST", `/v1/partners/${companyId}/holdings`, {
      holderId: ben,
      heldId: holding,
      share: "100",
    });
    assert.deepEqual(
      [said_.body.holds, said_.body.nodes.find(({ id }: { id: string }) => id === ben).effective],
      [true, "100"],
    );
    const { needs } = (await officer.call("GET", `/v1/partners/${companyId}/due-diligence`)).body;
    assert.ok(needs.some((need: { personName: string | null }) => need.personName === "Ben Roth"));
    assert.equal(
      (await officer.call("POST", `/v1/partners/${companyId}/holdings`, { holderId: holding, heldId: ben, share: "5" }))
        .status,
      422,
    );
  });

  it("keeps rules as versions, refuses what names nothing, and never two at a time", async () => {
    const book = (await officer.call("GET", "/v1/due-diligence-rules/documents")).body;
    const change = (document: object, version = book.version) =>
      officer.call("PUT", "/v1/due-diligence-rules/documents", { version, document, reason: "a test" });
    const broken = structuredClone(book.document);
    broken.sets[0].needed = [["nothing_known"]];
    assert.equal((await change(broken)).status, 422);
    assert.equal(
      (
        await manager.call("PUT", "/v1/due-diligence-rules/documents", {
          version: 0,
          document: book.document,
          reason: "a test",
        })
      ).status,
      403,
    );
    const more = structuredClone(book.document);
    more.sets[0].needed.push(["selfie"]);
    assert.equal((await change(more)).body.version, 1);
    assert.equal((await change(more)).status, 409);
    assert.deepEqual(await said(documentState(world.ctx, partnerId, "complete")), [false, "documents.missing"]);
  });

  it("holds a text against the regimes that were attached", async () => {
    const check = async (text: string) =>
      (await officer.call("POST", "/v1/jurisdiction-check", { partnerId, text })).body;
    assert.equal((await check("Guaranteed profits!")).passes, false);
    assert.equal((await check("Compare fees.")).passes, true);
    await officer.call("PUT", "/v1/regimes", {
      subjectKind: "partner",
      subjectId: partnerId,
      regime: "eu-esma",
      figures: { loss: "74.5" },
    });
    const { passes, regimes } = await check("Compare fees.");
    assert.equal(passes, false);
    assert.equal((await check(regimes[0].warnings[0].text)).passes, true);
  });

  it("deletes files when their years after the end are over, and keeps that they were there", async () => {
    assert.equal(await forgetOldFiles(world.ctx), 0);
    await sql`update partners.partner set status = 'deactivated' where partner_id = ${partnerId}`.execute(world.ctx.db);
    assert.equal(await forgetOldFiles(world.ctx), 0);
    const [passport] = (await officer.call("GET", `/v1/documents?partnerId=${partnerId}&kind=photo_id`)).body.data;
    assert.equal(passport.keptUntil, "2031-03-31");
    world.clock.set(new Date("2031-04-01T00:00:00Z"));
    assert.ok((await forgetOldFiles(world.ctx)) > 0);
    const { rows } = await sql`select from compliance.document_file where document_id = ${passport.id}`.execute(
      world.ctx.db,
    );
    const { rows: record } = await sql<{
      sha256: string;
      number: string;
    }>`select sha256, number from compliance.document where document_id = ${passport.id}`.execute(world.ctx.db);
    assert.deepEqual([rows.length, record[0]?.sha256, record[0]?.number], [0, passport.sha256, ""]);
  });
});
