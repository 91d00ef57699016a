import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import type { FactAnswer, Facts } from "./index.ts";
import { caseOf, lookAgain } from "./index.ts";
import { proceduresJobs } from "./jobs.ts";
import { proceduresRoutes } from "./routes.ts";

const YAML = `procedure: letting-in
title: Letting in
stages:
  - key: papers
    title: Papers
    owner: partner_operations
    due: { days: 1 }
    guide: Ask for the papers.
    tasks:
      - key: send
        title: Send your papers
        owner: partner
        checklist: [{ key: passport, title: Passport }]
    gate:
      - fact: documents.complete
    escalations: [{ after: { hours: 1 }, to: approver, note: Call them }]
  - key: approval
    title: Approval
    owner: approver
    due: { hours: 4 }
    guide: Look at everything.
    gate:
      - { decision: first, title: First signature, role: compliance, evidence: required }
      - { decision: second, title: Second signature, role: approver, otherThan: [first] }
`;

describe("procedures and their cases", () => {
  let world: ApiWorld;
  let admin: Caller;
  let officer: Caller;
  let approver: Caller;
  let visitor: Caller;
  let partnerId: string;
  let caseId: string;
  const known = new Map<string, boolean>();
  const answer = (holds: boolean): FactAnswer => ({
    ...{ holds, code: holds ? "documents.complete" : "documents.expired", values: {}, evidence: [], until: null },
    sentence: holds ? "All documents are there." : "The proof of address of Jane Doe ended on 2026-03-01.",
  });
  const vault = { open: (text: string) => text, close: (text: string) => text };
  const facts: Facts = new Map([
    [
      "documents.complete",
      {
        fact: "documents.complete",
        title: "All documents are there",
        parameters: [],
        answer: async (_ctx, subject) => answer(known.get(subject.id) === true),
      },
    ],
  ]);
  const order = async (who: Caller, body: object) =>
    await who.call("POST", `/v1/procedure-cases/${caseId}/orders`, body);

  before(async () => {
    world = await apiWorld({
      at: "2026-03-02T10:00:00Z",
      rooms: (_, database) => [proceduresRoutes({ facts, whole: database.db, vault })],
    });
    admin = await world.administrator();
    officer = await world.person("Olga", [{ role: "compliance", ...EVERYWHERE }]);
    approver = await world.person("Axel", [{ role: "approver", ...EVERYWHERE }]);
    partnerId = await world.partner("acme", { ownerUserId: admin.userId });
    visitor = await world.person(
      "Pia",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }],
      partnerId,
    );
  });
  after(() => world.close());

  it("keep a draft with its comments, refuse what is wrong with its line, and publish", async () => {
    const wrong = await admin.call("POST", "/v1/procedures/check", {
      yaml: YAML.replace("role: approver", "role: cook"),
    });
    assert.deepEqual([wrong.status, wrong.body.code], [422, "procedure_invalid"]);
    assert.match(wrong.body.errors[0].message, /^line 24: /);
    const unknown = YAML.replace("fact: documents.complete", "fact: documents.signed");
    const draft = await admin.call("PUT", "/v1/procedures/draft", { yaml: unknown });
    assert.deepEqual([draft.status, draft.body.version, draft.body.state], [200, 1, "draft"]);
    const publish = (revision: number) =>
      admin.call("POST", "/v1/procedures/letting-in/publish", { revision, summary: "" });
    assert.equal((await publish(draft.body.revision)).status, 422);
    assert.equal((await officer.call("PUT", "/v1/procedures/draft", { yaml: YAML })).status, 403);
    const mended = await admin.call("PUT", "/v1/procedures/draft", { yaml: YAML, revision: draft.body.revision });
    assert.equal((await publish(draft.body.revision)).status, 409);
    assert.deepEqual([(await publish(mended.body.revision)).status, mended.body.yaml], [200, YAML]);
    await assert.rejects(
      world.database.db.updateTable("procedures.version").set({ summary: "other" }).execute(),
      /never changed/,
    );
  });

  it("start a case, and say why its gate is shut and who is waited on", async () => {
    const subject = { procedure: "letting-in", subjectId: partnerId };
    const started = await admin.call("POST", "/v1/procedure-cases", subject);
    assert.equal(started.status, 201);
    caseId = started.body.id;
    const [papers] = started.body.stagesOf;
    assert.equal(papers.conditions[0].sentence, "The proof of address of Jane Doe ended on 2026-03-01.");
    assert.deepEqual(
      [started.body.dueAt, started.body.waitingOn],
      ["2026-03-03T10:00:00.000Z", ["partner", "partner_operations"]],
    );
    assert.equal((await admin.call("POST", "/v1/procedure-cases", subject)).body.code, "already_exists");
  });

  it("let the partner do its own tasks, and nothing else", async () => {
    const own = (body: object) => visitor.call("POST", `/v1/own-procedures/${caseId}/orders`, body);
    const [shown] = (await visitor.call("GET", "/v1/own-procedures")).body.data;
    assert.deepEqual([shown.title, shown.tasks.length, shown.waitingForUs], ["Letting in", 1, true]);
    assert.equal((await own({ do: "finish_task", task: "send" })).body.code, "wrong_state");
    assert.equal((await own({ do: "drop", reason: "me" })).status, 403);
    assert.equal(
      (await own({ do: "waive", condition: "documents.complete", reason: "me", until: "2026-04-01" })).status,
      403,
    );
    await own({ do: "tick", task: "send", item: "passport" });
    assert.equal((await own({ do: "finish_task", task: "send" })).body.data[0].waitingForUs, false);
    const other = await world.partner("other");
    const stranger = await world.person(
      "Stan",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: other }],
      other,
    );
    assert.equal(
      (
        await stranger.call("POST", `/v1/own-procedures/${caseId}/orders`, {
          do: "untick",
          task: "send",
          item: "passport",
        })
      ).status,
      404,
    );
  });

  it("escalate once when a stage is late, by working time, and write to the owner and to the role that it is escalated to", async () => {
    world.clock.set("2026-03-03T11:30:00Z");
    await lookAgain(world.ctx, facts, caseId);
    await lookAgain(world.ctx, facts, caseId);
    const steps = (await admin.call("GET", `/v1/procedure-cases/${caseId}/history`)).body.data;
    assert.equal(steps.filter((step: { kind: string }) => step.kind === "escalated").length, 1);
    const mails: { to: string; text: string }[] = [];
    const jobs = proceduresJobs(world.ctx, { facts }, async (mail) => mails.push(mail) > 0, "https://console.example");
    await jobs.tasks?.["procedures.escalated"]?.({ caseId, to: "approver", note: "Call them" });
    const names = mails.map(({ to }) => to.split("@")[0]).sort();
    assert.deepEqual(names, ["admin", "axel"], "the owner, and whoever holds the role");
    assert.match(mails[0]?.text ?? "", /ended on 2026-03-01/);
    assert.equal((await admin.call("GET", "/v1/procedure-waits?for=everybody&overdue=true")).body.data.length, 1);
  });

  it("pass a shut gate with a waiver of two people only, and are shut again when it ends", async () => {
    const waived = await order(officer, {
      do: "waive",
      condition: "documents.complete",
      reason: "in the post",
      until: "2026-03-04",
    });
    const [waiver] = waived.body.waivers;
    assert.deepEqual([waived.body.stage, waiver.state], ["papers", "proposed"]);
    assert.equal((await order(officer, { do: "sign_waiver", waiver: waiver.id })).status, 403);
    const passed = await order(approver, { do: "sign_waiver", waiver: waiver.id });
    assert.deepEqual([passed.body.stage, passed.body.dueAt], ["approval", "2026-03-03T15:30:00.000Z"]);
    world.clock.set("2026-03-05T09:00:00Z");
    const jobs = proceduresJobs(world.ctx, { facts }, async () => true, "");
    await jobs.tasks?.["procedures.look_due"]?.({});
    const shut = (await admin.call("GET", `/v1/procedure-cases/${caseId}`)).body;
    assert.deepEqual(
      shut.shutAgain.map((one: { key: string }) => one.key),
      ["documents.complete"],
    );
  });

  it("are signed by two people with evidence, whose file is what it was", async () => {
    const sign = (decision: string, rest: object = {}) => ({ do: "sign", decision, verdict: "approved", ...rest });
    assert.equal((await order(officer, sign("first"))).status, 422);
    const file = await officer.call("POST", `/v1/procedure-cases/${caseId}/evidence?name=check.txt`, "seen it", {
      "content-type": "text/plain",
    });
    assert.equal(file.status, 201, JSON.stringify(file.body));
    assert.equal(file.body.sha256, createHash("sha256").update("seen it").digest("hex"));
    assert.equal((await order(officer, sign("first", { evidence: ["pce_none"] }))).status, 404);
    assert.equal((await order(officer, sign("first", { evidence: [file.body.id] }))).status, 200);
    assert.equal((await order(officer, sign("second"))).status, 403);
    const both = await world.person("Both", [
      { role: "compliance", ...EVERYWHERE },
      { role: "approver", ...EVERYWHERE },
    ]);
    assert.equal((await order(both, sign("first", { links: ["https://example.com/register"] }))).status, 200);
    assert.equal((await order(both, sign("second"))).body.code, "same_person");
    const signed = await order(approver, sign("second"));
    assert.deepEqual([signed.status, signed.body.status], [200, "running"]);
    known.set(partnerId, true);
    const looked = await admin.call("POST", `/v1/procedure-cases/${caseId}/look`);
    assert.deepEqual([looked.body.status, looked.body.waitingOn], ["finished", []]);
    const steps = (await admin.call("GET", `/v1/procedure-cases/${caseId}/history`)).body.data;
    assert.ok(steps.some((step: { kind: string; about: string }) => step.about === "check.txt"));
    const kept = await world.ctx.db.selectFrom("procedures.evidence").select("body").execute();
    assert.deepEqual(
      kept.filter(({ body }) => /seen it|example/.test(body.toString("latin1"))),
      [],
      "nothing of it can be read in the database",
    );
    const shown = await admin.call("GET", `/v1/procedure-cases/${caseId}/evidence/${file.body.id}`);
    assert.equal(shown.body, "seen it");
    const [look] = (await admin.call("GET", `/v1/audit?subjectId=${caseId}`)).body.data;
    assert.deepEqual([look.action, look.after.name], ["procedures.evidence_opened", "check.txt"]);
    assert.equal(shown.headers["x-content-type-options"], "nosniff");
  });

  it("measure where time went", async () => {
    const query = "procedure=letting-in&from=2026-03-01&to=2026-04-01";
    const stages = (await admin.call("GET", `/v1/procedure-bottlenecks?${query}`)).body;
    assert.deepEqual(stages.cases, { started: 1, finished: 1, dropped: 0, running: 0, sentBack: 0 });
    assert.deepEqual(
      stages.rows.map((row: { key: string; medianWorkingHours: number; late: number }) => [
        row.key,
        row.medianWorkingHours,
        row.late,
      ]),
      [
        ["papers", 9.5, 1],
        ["approval", 13.5, 1],
      ],
    );
    const missing = (await admin.call("GET", `/v1/procedure-bottlenecks?${query}&by=missing`)).body.rows;
    assert.ok(missing.some((row: { key: string }) => row.key === "documents.complete"));
  });

  it("send back, move to a newer version and back", async () => {
    const back = await order(admin, { do: "send_back", to: "approval", reason: "look twice" });
    assert.deepEqual([back.body.status, back.body.stage], ["running", "approval"]);
    const newer = YAML.replace(
      "  - key: approval",
      "  - key: training\n    title: Training\n    owner: owner\n    due: { days: 1 }\n    guide: Train.\n    tasks: [{ key: teach, title: Teach, owner: owner }]\n  - key: approval",
    );
    const draft = await admin.call("PUT", "/v1/procedures/draft", { yaml: newer });
    await admin.call("POST", "/v1/procedures/letting-in/publish", {
      revision: draft.body.revision,
      summary: "training",
    });
    const preview = await admin.call("POST", "/v1/procedures/letting-in/versions/2/preview", { stages: {} });
    const [move] = preview.body.moves;
    assert.deepEqual([move.toStage, move.how, move.fresh], ["training", "nearest", ["teach"]]);
    const cases = [{ caseId, revision: move.revision }];
    const migrate = () => admin.call("POST", "/v1/procedures/letting-in/versions/2/migrate", { cases });
    assert.deepEqual((await migrate()).body, { moved: 1, left: [] });
    assert.equal((await migrate()).body.left.length, 1);
    const undone = await admin.call("POST", `/v1/procedure-cases/${caseId}/undo-migration`);
    assert.deepEqual([undone.body.version, undone.body.stage, undone.body.newerVersion], [1, "approval", 2]);
  });

  it("are safe when many act at once: one of them wins", async () => {
    const before = (await admin.call("GET", `/v1/procedure-cases/${caseId}`)).body;
    const drop = { do: "drop", reason: "over", revision: before.revision };
    const answers = await Promise.all(Array.from({ length: 6 }, () => order(admin, drop)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
    const facts_ = await caseOf(world.ctx, { kind: "partner", id: partnerId, programId: null }, "letting-in");
    assert.equal(facts_?.status, "dropped");
    await assert.rejects(world.database.db.deleteFrom("procedures.history").execute(), /only ever added to/);
  });
});
