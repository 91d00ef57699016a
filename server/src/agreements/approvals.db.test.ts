import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type AgreementsWorld, agreementsWorld, at, type Loose, ok, refused } from "../../test/agreements/world.ts";
import type { Caller } from "../../test/api-world.ts";
import { allowedComponents, jurisdictionFacts } from "./index.ts";

const STRICT = {
  rules: [
    {
      code: "deviation",
      name: "Off the standard",
      when: { kind: "deviation", byMoreThan: "0.10" },
      approvers: [{ role: "approver", count: 2 }],
    },
    {
      code: "dear-cpa",
      name: "Dear CPA",
      when: { kind: "amount", models: ["cpa"], moreThan: "150.00", currency: "EUR" },
      approvers: [{ role: "finance", count: 1 }],
    },
    {
      code: "margin",
      name: "Margin",
      when: { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "asks" },
      approvers: [{ role: "finance", count: 1 }],
    },
  ],
  notice: { worseDays: 0, anyDays: 0 },
  answerDays: 5,
  reminderDays: [],
};

describe("who approves terms, and what a jurisdiction allows", () => {
  let world: AgreementsWorld;
  let admin: AgreementsWorld["admin"];
  let approver: AgreementsWorld["approver"];
  let kam: AgreementsWorld["kam"];
  let second: AgreementsWorld["second"];
  let finance: AgreementsWorld["finance"];
  let compliance: AgreementsWorld["compliance"];
  let evidence: AgreementsWorld["evidence"];
  let programId: AgreementsWorld["programId"];
  let partner: AgreementsWorld["partner"];
  let propose: AgreementsWorld["propose"];
  before(async () => {
    world = await agreementsWorld();
    ({ admin, approver, kam, second, finance, compliance, evidence, programId, partner, propose } = world);
  });
  after(() => world.world.close());

  it("asks whom the program's rules name, for the reasons that fired; several, and never the author", async () => {
    const strict = await world.program("strict");
    const standard = await world.plan(strict, "strict-standard");
    await refused(kam.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document: STRICT }), "forbidden");
    await ok(approver.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document: STRICT }));
    await refused(
      approver.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document: STRICT }),
      "conflict",
    );
    const { id: partnerId } = await partner("n8");
    const terms = { partnerId, programId: strict, planVersionId: standard, validFrom: "2026-04-01" };
    const made = await ok(
      kam.call("POST", "/v1/agreements", {
        ...terms,
        values: [{ path: "cpa.amount", value: "200.00" }],
        sendWhenApproved: false,
      }),
      201,
    );
    assert.deepEqual(
      made.approvals.needs.map((one: Loose) => [one.rule, one.reasons[0].en]),
      [
        ["dear-cpa", "cpa.amount is 200.00 EUR, more than 150.00 EUR."],
        ["deviation", "cpa.amount is 200.00, the standard is 120.00 (+66.67 %)."],
        ["margin", "No simulation is attached."],
      ],
    );
    const inbox = async (who: Caller) =>
      (await ok(who.call("GET", "/v1/agreements?awaiting=me"))).data.map((one: Loose) => one.id);
    assert.ok((await inbox(approver)).includes(made.agreementId) && (await inbox(finance)).includes(made.agreementId));
    assert.ok(!(await inbox(kam)).includes(made.agreementId) && !(await inbox(compliance)).includes(made.agreementId));
    assert.equal((await ok(approver.call("POST", at(made, "approve"), { comment: "fine" }))).status, "proposed");
    assert.ok(!(await inbox(approver)).includes(made.agreementId), "who has answered is asked no more");
    await refused(approver.call("POST", at(made, "approve"), {}), "wrong_state");
    assert.equal((await ok(finance.call("POST", at(made, "approve"), {}))).status, "proposed");
    assert.equal((await ok(second.call("POST", at(made, "approve"), {}))).status, "approved");
  });

  it("binds approvals to the wording: evidence of another a refusal, the same terms handed in again", async () => {
    const program = await world.program("bound");
    const standard = await world.plan(program, "bound-standard");
    await ok(approver.call("PUT", `/v1/agreement-policies/${program}`, { version: 0, document: STRICT }));
    const { id: partnerId } = await partner("n9");
    const terms = { partnerId, programId: program, planVersionId: standard, validFrom: "2026-04-01" };
    const made = await ok(kam.call("POST", "/v1/agreements", { ...terms, sendWhenApproved: false }), 201);
    await refused(kam.call("POST", at(made, "rounds"), { evidence: "sim_none" }), "invalid_input");
    evidence.set("sim_dear", { id: "sim_dear", planHash: "f".repeat(64), costShare: "0.10" });
    const edited = await ok(
      admin.call("POST", at(made, "rounds"), {
        values: [{ path: "cpa.amount", value: "125.00" }],
        evidence: "sim_dear",
      }),
    );
    assert.deepEqual(
      edited.approvals.needs.map((one: Loose) => [one.rule, one.reasons[0].en]),
      [["margin", "The attached simulation is of another plan."]],
    );
    await refused(admin.call("POST", at(made, "approve"), {}), "same_person");
    assert.equal(edited.plan.components[0].amount, "125.00");
    const back = await ok(finance.call("POST", at(made, "refuse"), { reason: "simulate it" }));
    assert.deepEqual([back.status, back.approvals.given.at(-1).comment], ["draft", "simulate it"]);
    await refused(kam.call("POST", at(made, "send"), {}), "wrong_state");
    const again = await ok(kam.call("POST", at(made, "submit")));
    assert.equal(again.approvals.needs[0].met, false);
    assert.equal((await ok(finance.call("POST", at(made, "approve"), {}))).status, "approved");
    const out = await ok(kam.call("POST", at(made, "send"), { termsHash: again.termsHash }));
    assert.deepEqual([out.status, out.answerBy], ["sent", "2026-03-15"]);
  });

  it("a component that a jurisdiction forbids is refused with the sentence, or passed by compliance for this plan", async () => {
    const { id: partnerId, owner } = await partner("n10", { country: "US" });
    await refused(
      kam.call("POST", `/v1/partners/${partnerId}/licences`, {
        jurisdiction: "US-NJ",
        class: "csie",
        validFrom: "2026-01-01",
      }),
      "forbidden",
    );
    await ok(
      compliance.call("POST", `/v1/partners/${partnerId}/licences`, {
        jurisdiction: "US-NJ",
        class: "vendor_registration",
        validFrom: "2026-01-01",
      }),
      201,
    );
    const no = await refused(propose(kam, partnerId), "jurisdiction_forbidden");
    assert.match(no.detail, /vendor registration.*flat amounts only/);
    assert.deepEqual(
      no.errors.map((one: Loose) => one.field),
      ["plan.share"],
    );
    const draft = await ok(propose(kam, partnerId, { submit: false }), 201);
    assert.deepEqual(
      draft.jurisdiction.map((one: Loose) => [one.code, one.rule, one.allowed, one.passed]),
      [["share", "nj-vendor", false, null]],
    );
    await refused(kam.call("POST", at(draft, "submit")), "jurisdiction_forbidden");
    const pass = { component: "share", rule: "nj-vendor", reason: "CSIE licence applied for, DGE letter of 2 March" };
    await refused(approver.call("POST", at(draft, "pass"), pass), "forbidden");
    await refused(compliance.call("POST", at(draft, "pass"), { ...pass, component: "cpa" }), "invalid_input");
    const passed = await ok(compliance.call("POST", at(draft, "pass"), pass));
    assert.equal(passed.jurisdiction[0].passed.reason, pass.reason);
    await ok(kam.call("POST", at(draft, "submit")));
    const other = await refused(
      kam.call("POST", at(draft, "rounds"), { values: [{ path: "share.rate", value: "0.31" }] }),
      "jurisdiction_forbidden",
    );
    assert.match(other.detail, /New Jersey/, "another plan needs another word of compliance");
    await ok(approver.call("POST", at(draft, "approve"), {}));
    const signed = await ok(
      owner.call("POST", at(draft, "accept"), { name: "Sofía Ruiz", termsHash: draft.termsHash, authority: true }),
    );

    const facts = await jurisdictionFacts(world.world.ctx.db, [{ partnerId, programId }], [signed.id]);
    const verdicts = allowedComponents(
      facts.rules.get(programId) ?? [],
      facts.partnerOn(partnerId, "2026-04-02"),
      signed.plan,
    );
    assert.deepEqual(
      verdicts.map((one) => [one.code, one.allowed]),
      [["share", false]],
    );
    assert.ok(facts.passed.has(`${signed.id} share nj-vendor`));
    assert.deepEqual(
      allowedComponents(facts.rules.get(programId) ?? [], facts.partnerOn(partnerId, "2025-12-31"), signed.plan),
      [],
      "before the licence's first day no rule speaks",
    );
  });

  it("the right to sign is the operator's to give", async () => {
    const { id: partnerId, owner } = await partner("n11");
    const contacts = `/v1/partners/${partnerId}/contacts`;
    await refused(owner.call("POST", contacts, { name: "Me", email: "me@p.example", signatory: true }), "forbidden");
    const [sofia] = (await ok(owner.call("GET", contacts))).data;
    await refused(owner.call("PATCH", `${contacts}/${sofia.id}`, { email: "me@p.example" }), "forbidden");
    await ok(owner.call("PATCH", `${contacts}/${sofia.id}`, { phone: "+34 600" }));
    await refused(
      owner.call("POST", `/v1/partners/${partnerId}/licences`, {
        jurisdiction: "US-NJ",
        class: "csie",
        validFrom: "2026-01-01",
      }),
      "forbidden",
    );
  });
});
