import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { asPartner, systemActor } from "../../src/access/index.ts";
import { publishProcedure, saveProcedure } from "../../src/procedures/index.ts";
import { procedureNeeds } from "../../src/shell/onboarding.ts";
import type { Answer } from "../api-world.ts";
import { GatesWorld, type Ready } from "./gates-world.ts";

/** Ways around the gates. Each is refused with a code, and the partner is what it was. */
describe("around the gates", () => {
  let world: GatesWorld;
  before(async () => {
    world = await GatesWorld.open();
  });
  after(() => world.close());

  const refused = (answer: Answer, status: number, code: string) =>
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
  const notActive = async ({ partnerId }: Ready) => assert.notEqual((await world.partner(partnerId)).status, "active");
  const byHand = async (
    caller: { call: GatesWorld["people"]["kam"]["call"] },
    { partnerId }: Ready,
    status = "active",
  ) => {
    const { revision } = await world.partner(partnerId);
    return await caller.call("POST", `/v1/partners/${partnerId}/status`, { revision, status, reason: "quickly" });
  };

  it("1–4: nobody makes a partner active by hand, whatever the role, nor by key", async () => {
    const one = await world.ready();
    refused(await byHand(world.people.kam, one), 403, "forbidden");
    refused(await byHand(world.people.analyst, one), 403, "forbidden");
    refused(await byHand(world.people.approver, one), 409, "partner_not_launched");
    const admin = await world.api.administrator();
    refused(await byHand(admin, one), 409, "partner_not_launched");
    const key = await world.api.key(admin, ["partners.read", "partners.write", "partners.approve"]);
    refused(await byHand(key, one), 409, "partner_not_launched");
    refused(await world.launch(key, one), 403, "forbidden");
    await notActive(one);
  });

  it("5–6: who may not approve partners launches none, nor does the partner itself", async () => {
    const one = await world.ready();
    for (const who of ["kam", "finance", "analyst"] as const) refused(await world.launch(who, one), 403, "forbidden");
    const grant = { role: "partner_owner", scopeKind: "partner", scopeId: one.partnerId } as const;
    const own = await world.api.person("Own", [grant], one.partnerId);
    refused(await world.launch(own, one), 403, "forbidden");
    refused(await byHand(own, one), 403, "forbidden");
    refused(await world.order(own, one.caseId, { do: "withdraw", decision: "go-live", reason: "x" }), 403, "forbidden");
    await notActive(one);
  });

  it("7: a change of the record that names a status changes none", async () => {
    const one = await world.ready();
    const { revision } = await world.partner(one.partnerId);
    await world.people.operations.call("PATCH", `/v1/partners/${one.partnerId}`, {
      revision,
      status: "active",
      note: "x",
    });
    const made = await world.people.operations.call("POST", "/v1/partners", {
      ...{ code: "born-active", name: "Born active", kind: "affiliate", status: "active" },
    });
    assert.equal(made.body.status, "applied");
    await notActive(one);
  });

  it("8: shut gates are all told, each with its reason", async () => {
    const one = await world.begun();
    const answer = await world.launch("approver", one);
    refused(answer, 409, "gates_shut");
    const fields = answer.body.errors.map(({ field }: { field: string }) => field);
    assert.deepEqual(fields, ["checks.payee.verified", "checks.reviewed", "checks.seconded", "activation.go-live"]);
    assert.equal(answer.body.errors[0].message, "Nobody is named who is paid for this partner.");
  });

  it("9–10: another partner's case, and a procedure of one's own making, prove nothing", async () => {
    const [one, other] = [await world.begun(), await world.ready()];
    refused(await world.launch("approver", { partnerId: one.partnerId, caseId: other.caseId }), 409, "gates_shut");
    const short = await world.begun("short-cut");
    await world.sign("second", short, "go-live");
    const answer = await world.launch("approver", short);
    refused(answer, 409, "gates_shut");
    assert.match(answer.body.detail, /launched by walk, not by short-cut/);
  });

  it("11: what was seen once counts for nothing when it holds no more", async () => {
    const one = await world.ready();
    await world.change(one.partnerId, { deputyUserId: null });
    const answer = await world.launch("approver", one);
    refused(answer, 409, "gates_shut");
    assert.match(answer.body.detail, /Nobody is named who stands in/);
  });

  it("12–13: terms that ended and a waiver that ended shut the gate behind the case", async () => {
    const one = await world.ready();
    const then = world.api.clock.now();
    world.api.clock.set("2026-04-11T12:00:00Z");
    const late = await world.launch("approver", one);
    world.api.clock.set("2026-05-01T12:00:00Z");
    const ended = await world.launch("approver", one);
    world.api.clock.set(then);
    refused(late, 409, "gates_shut");
    assert.deepEqual(
      late.body.errors.map(({ field }: { field: string }) => field),
      ["checks.payee.verified"],
    );
    refused(ended, 409, "gates_shut");
    assert.match(ended.body.detail, /ended on 2026-05-01/);
  });

  it("14–16: nobody is two people: not for signatures, not for waivers", async () => {
    const one = await world.begun();
    const both = await world.api.person("Both", [
      { role: "compliance", scopeKind: "everything", scopeId: null },
      { role: "approver", scopeKind: "everything", scopeId: null },
    ]);
    const sign = (decision: string) => ({
      do: "sign",
      decision,
      verdict: "approved",
      comment: "",
      texts: ["seen"],
    });
    assert.equal((await world.order(both, one.caseId, sign("reviewed"))).status, 200);
    refused(await world.order(both, one.caseId, sign("seconded")), 403, "same_person");
    const waiver = (condition: string) => ({
      do: "waive",
      condition,
      reason: "soon",
      until: "2026-04-01",
      evidence: [],
    });
    const proposed = await world.order(both, one.caseId, waiver("payee.verified"));
    const id = proposed.body.waivers?.[0]?.id ?? "";
    refused(await world.order(both, one.caseId, { do: "sign_waiver", waiver: id, comment: "" }), 403, "same_person");
    refused(await world.order(both, one.caseId, waiver("agreement.accepted_by_signatory")), 403, "forbidden");
    refused(await world.order("kam", one.caseId, { do: "sign_waiver", waiver: id, comment: "" }), 403, "forbidden");
  });

  it("17: evidence of another partner's case is no evidence", async () => {
    const [one, other] = [await world.begun(), await world.ready()];
    const { rows } = await world.api.database.pool.query(
      "select evidence_id from procedures.evidence where case_id = $1 limit 1",
      [other.caseId],
    );
    const order = {
      do: "sign",
      decision: "reviewed",
      verdict: "approved",
      comment: "",
      evidence: [rows[0].evidence_id],
    };
    refused(await world.order("compliance", one.caseId, order), 404, "not_found");
    refused(await world.order("compliance", one.caseId, { ...order, evidence: [] }), 422, "invalid_input");
  });

  it("18: a rejected partner comes back into onboarding, not past it", async () => {
    const one = await world.ready();
    await byHand(world.people.approver, one, "rejected");
    refused(await byHand(world.people.approver, one), 409, "wrong_state");
    refused(await world.launch("approver", one), 409, "wrong_state");
    assert.equal((await byHand(world.people.operations, one, "onboarding")).status, 200);
    refused(await byHand(world.people.approver, one), 409, "partner_not_launched");
  });

  it("19: the portal's database role writes neither a status nor a launch nor a case", async () => {
    const one = await world.ready();
    const tries = [
      sql`update partners.partner set status = 'active' where partner_id = ${one.partnerId}`,
      sql`insert into partners.launch values (${one.partnerId}, now(), 'me', '{}')`,
      sql`update procedures.case set status = 'finished' where case_id = ${one.caseId}`,
      sql`insert into procedures.history values (${one.caseId}, 99, 'signed', 'activation', now(), 'me', 'Me', '{}')`,
      sql`delete from partners.activation_rule`,
      sql`update onboarding.handover set sha256 = ''`,
    ];
    const portal = asPartner(world.api.database.pool, world.api.ctx, one.partnerId).db;
    for (const attempt of tries) await assert.rejects(attempt.execute(portal), /permission denied/);
    await assert.rejects(sql`delete from procedures.history`.execute(world.api.ctx.db), /only ever added to/);
  });

  it("20–21: of two launches at once, and of one sent again, one counts", async () => {
    const one = await world.ready();
    const key = { "idempotency-key": "launch-once-0001" };
    const send = (headers: Record<string, string>) =>
      world.people.approver.call(
        "POST",
        `/v1/partners/${one.partnerId}/launch`,
        { caseId: one.caseId, mode: "full" },
        headers,
      );
    const answers = await Promise.all([send(key), send({}), world.launch("second", one)]);
    assert.equal(
      answers.filter(({ status }) => status === 200).length,
      1,
      JSON.stringify(answers.map(({ body }) => body)),
    );
    for (const answer of answers.filter(({ status }) => status !== 200)) assert.equal(answer.status, 409);
    refused(await world.launch("second", one), 409, "wrong_state");
    const { rows } = await world.api.database.pool.query(
      "select count(*) from onboarding.launch where partner_id = $1",
      [one.partnerId],
    );
    assert.equal(rows[0].count, 1n);
    assert.equal((await world.partner(one.partnerId)).status, "active");
  });

  it("22–23: a procedure that is made easier meanwhile, and a rule that is dropped, open nothing for cases that run", async () => {
    const one = await world.begun();
    const office = systemActor("office");
    const yaml =
      "procedure: walk\ntitle: Walk\nstages:\n  - { key: activation, title: Go, owner: approver, gate: [{ fact: onboarding.launched, waivable: false }] }\n";
    refused(
      await world.people.approver.call("PUT", "/v1/onboarding-settings", { kind: "affiliate", procedure: null }),
      403,
      "forbidden",
    );
    await saveProcedure(world.api.ctx, office, { yaml, facts: procedureNeeds.facts });
    await publishProcedure(world.api.ctx, office, { procedure: "walk", summary: "", facts: procedureNeeds.facts });
    refused(await world.launch("approver", one), 409, "gates_shut");
    await notActive(one);
  });

  it("24: a key signs nothing", async () => {
    const one = await world.begun("short-cut");
    const admin = world.people.approver;
    const key = await world.api.key(admin, ["procedures.read", "procedures.write", "procedures.approve"]);
    const order = { do: "sign", decision: "go-live", verdict: "approved", comment: "", evidence: [] };
    refused(await world.order(key, one.caseId, order), 403, "forbidden");
  });

  it("25–27: nobody is ended unseen: not by hand, not on what was shown before, not past its time", async () => {
    const { call } = world.people.operations;
    const partnerId = await world.active();
    refused(await byHand(world.people.operations, { partnerId, caseId: "" }, "deactivated"), 409, "closing_needed");
    const closing = { kind: "deactivation", reason: "it never answered", reversibleDays: 10 };
    const shownHash = async () => (await call("GET", `/v1/partners/${partnerId}/closing`)).body.hash;
    const before = await shownHash();
    await world.api.person("Late", [{ role: "partner_owner", scopeKind: "partner", scopeId: partnerId }], partnerId);
    const propose = (hash: string) =>
      call("POST", `/v1/partners/${partnerId}/closings`, { ...closing, shownHash: hash });
    refused(await propose(before), 409, "consequences_changed");
    const done = await propose(await shownHash());
    assert.deepEqual(
      [done.status, done.body.state, done.body.twoPeople],
      [200, "done", false],
      JSON.stringify(done.body),
    );
    assert.equal((await world.partner(partnerId)).status, "deactivated");
    const reverse = () =>
      world.people.operations.call("POST", `/v1/closings/${done.body.id}/reverse`, {
        revision: done.body.revision,
        reason: "it answered",
      });
    const then = world.api.clock.now();
    world.api.clock.set("2026-04-02T12:00:00Z");
    const late = await reverse();
    world.api.clock.set(then);
    refused(late, 409, "wrong_state");
    world.api.clock.set("2026-03-21T12:00:00Z");
    const reversed = await reverse();
    assert.equal(reversed.body.state, "reversed", JSON.stringify(reversed.body));
    assert.equal((await world.partner(partnerId)).status, "active");
    const { rows } = await world.api.database.pool.query(
      "select count(*) from partners.restriction where partner_id = $1 and ended_at is null",
      [partnerId],
    );
    assert.equal(rows[0].count, 0n);
  });
});
