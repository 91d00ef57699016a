import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { CPA, planOf, SHARE } from "../../test/money/world.ts";
import { evaluate } from "../commissions/index.ts";
import { plansRoutes } from "../plans/routes.ts";
import { allowedComponents, type Evidence, jurisdictionFacts } from "./index.ts";
import { dueReminders, expireOffers, lettersOnTheTable } from "./reminders.ts";
import { agreementsRoutes } from "./routes.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Loose = any;

/** Simulations that this test's deal desk has stored. */
const evidence = new Map<string, Evidence>();

describe("a negotiation", () => {
  let world: ApiWorld;
  let admin: Caller;
  let kam: Caller;
  let approver: Caller;
  let second: Caller;
  let finance: Caller;
  let compliance: Caller;
  let programId: string;
  let planVersionId: string;
  let templateVersionId: string;
  let partners = 0;

  before(async () => {
    const needs = { evidenceOf: async (_ctx: unknown, _actor: unknown, id: string) => evidence.get(id) };
    world = await apiWorld({
      rooms: () => [plansRoutes({ run: evaluate }), agreementsRoutes(needs)],
      at: "2026-03-10T12:00:00Z",
    });
    admin = await world.administrator();
    const as = (name: string, role: "approver" | "finance" | "compliance" | "key_account_manager") =>
      world.person(name, [{ role, ...EVERYWHERE }]);
    [kam, approver, second] = [
      await as("Karin", "key_account_manager"),
      await as("Arthur", "approver"),
      await as("Berta", "approver"),
    ];
    [finance, compliance] = [await as("Fatima", "finance"), await as("Connor", "compliance")];
    programId = await program("casino");
    planVersionId = await plan(programId, "standard");
    const template = await ok(
      admin.call("POST", "/v1/agreement-templates", {
        programId,
        code: "affiliates",
        name: "Affiliates",
        planVersionId,
        clauses: [
          { key: "parties", title: "Parties", text: "{{program.name}} and **{{partner.legalName}}**.", locked: true },
          { key: "payment", title: "Payment", text: "{{plan.text}}\n\nPaid until the 10th.", locked: false },
        ],
      }),
      201,
    );
    templateVersionId = template.latest.id;
  });
  after(() => world.close());

  async function ok(answer: Promise<{ status: number; body: Loose }>, status = 200): Promise<Loose> {
    const { status: got, body } = await answer;
    assert.equal(got, status, JSON.stringify(body));
    return body;
  }
  async function refused(answer: Promise<{ status: number; body: Loose }>, code: string): Promise<Loose> {
    const { body } = await answer;
    assert.equal(body.code, code, JSON.stringify(body));
    return body;
  }
  async function program(code: string): Promise<string> {
    const made = await ok(
      admin.call("POST", "/v1/programs", {
        code,
        name: code,
        timeZone: "UTC",
        currency: "EUR",
        fallbackUrl: "https://o.example/",
      }),
      201,
    );
    await ok(admin.call("POST", `/v1/programs/${made.id}/status`, { revision: made.revision, status: "active" }));
    return made.id;
  }
  async function plan(inProgram: string, code: string, document: object = planOf(CPA, SHARE)): Promise<string> {
    const made = await ok(admin.call("POST", "/v1/plans", { programId: inProgram, code, name: code, document }), 201);
    await ok(approver.call("POST", `/v1/plans/${made.id}/versions/${made.versions[0].id}/publish`));
    return made.versions[0].id;
  }
  /** A partner with an owner who may sign for it, and one who may not. */
  async function partner(fields: { country?: string } = {}) {
    partners += 1;
    const name = `p${partners}`;
    const made = await ok(
      admin.call("POST", "/v1/partners", {
        code: `partner-${name}`,
        name,
        legalName: `${name} Ltd`,
        kind: "affiliate",
        email: `${name}@partner.example`,
        ...fields,
      }),
      201,
    );
    const grants = [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: made.id }];
    const owner = await world.person(`Owner${name}`, grants, made.id);
    const helper = await world.person(`Helper${name}`, grants, made.id);
    await ok(
      admin.call("POST", `/v1/partners/${made.id}/contacts`, {
        name: "Sofía Ruiz",
        email: `Owner${name}@People.example`,
        signatory: true,
      }),
      201,
    );
    return { id: made.id as string, owner, helper };
  }
  const at = (version: { agreementId: string; version: number }, verb: string) =>
    `/v1/agreements/${version.agreementId}/versions/${version.version}/${verb}`;
  const propose = (by: Caller, partnerId: string, more: object = {}) =>
    by.call("POST", "/v1/agreements", { partnerId, programId, templateVersionId, validFrom: "2026-04-01", ...more });

  it("runs from a template through counter-proposal and approvals to a signature, round by round", async () => {
    const { id: partnerId, owner, helper } = await partner();
    const first = await ok(propose(kam, partnerId, { message: "Welcome", note: "they asked for 40 %" }), 201);
    assert.deepEqual([first.status, first.standard, first.round], ["proposed", true, 1]);
    assert.match(first.termsText, /^## Parties\n\ncasino and \*\*p1 Ltd\*\*\.\n\n## Payment\n\n- /);
    assert.equal(
      (await owner.call("GET", `/v1/agreements/${first.agreementId}`)).body.versions.length,
      0,
      "a proposal is the operator's own paper",
    );
    await refused(kam.call("POST", at(first, "approve"), {}), "same_person");
    await refused(finance.call("POST", at(first, "approve"), {}), "forbidden");
    const sent = await ok(approver.call("POST", at(first, "approve"), { termsHash: first.termsHash }));
    assert.deepEqual([sent.status, sent.answerBy], ["sent", "2026-03-24"]);
    const [letter] = await lettersOnTheTable(world.ctx, first.id, "sent");
    assert.deepEqual([letter?.to, letter?.subject], ["p1@partner.example", "New terms for casino"]);

    const seen = (await ok(owner.call("GET", `/v1/agreements/${first.agreementId}`))).versions[0];
    assert.deepEqual([seen.note, seen.rounds[0].note, seen.rounds[0].authorName, seen.approvals], ["", "", "", null]);
    const counter = {
      message: "We bring more",
      termsHash: seen.termsHash,
      values: [{ path: "share.rate", value: "0.40" }],
    };
    await refused(
      owner.call("POST", at(first, "counter"), { ...counter, clauses: [{ key: "parties", text: "Us" }] }),
      "clause_locked",
    );
    await refused(owner.call("POST", at(first, "counter"), { ...counter, values: [] }), "invalid_input");
    await refused(owner.call("POST", at(first, "counter"), { ...counter, termsHash: "0".repeat(64) }), "conflict");
    const countered = await ok(
      owner.call("POST", at(first, "counter"), {
        ...counter,
        clauses: [{ key: "payment", text: "{{plan.text}}\n\nPaid until the 5th." }],
      }),
    );
    assert.deepEqual(countered.rounds[1].difference.plan, [
      {
        component: "share",
        path: "share.rate",
        kind: "changed",
        before: "0.30",
        after: "0.40",
        relative: "0.3333",
        effect: "better",
      },
    ]);
    assert.deepEqual(
      countered.rounds[1].difference.clauses.map((one: Loose) => [one.key, one.kind]),
      [["payment", "changed"]],
    );
    await refused(
      owner.call("POST", at(first, "accept"), { name: "Sofía Ruiz", termsHash: seen.termsHash, authority: true }),
      "wrong_state",
    );

    const answer = await ok(
      kam.call("POST", at(first, "rounds"), {
        values: [{ path: "share.rate", value: "0.35" }],
        message: "Let us meet",
      }),
    );
    assert.deepEqual(
      [answer.status, answer.round, answer.rounds.map((one: Loose) => one.side)],
      ["proposed", 3, ["operator", "partner", "operator"]],
    );
    assert.deepEqual(
      answer.deviation.plan.map((one: Loose) => one.path),
      ["share.rate"],
    );
    assert.equal(answer.approvals.given[0].current, false, "what was approved was another wording");
    const hidden = (await ok(owner.call("GET", `/v1/agreements/${first.agreementId}`))).versions[0];
    assert.deepEqual(
      [hidden.status, hidden.round, hidden.rounds.length],
      ["countered", 2, 2],
      "the operator's next round is not shown yet",
    );
    await ok(second.call("POST", at(first, "approve"), {}));

    const shown = (await ok(owner.call("GET", `/v1/agreements/${first.agreementId}`))).versions[0];
    const signature = { name: "Sofía Ruiz", termsHash: shown.termsHash, authority: true };
    await refused(helper.call("POST", at(first, "accept"), signature), "not_signatory");
    await refused(owner.call("POST", at(first, "accept"), { ...signature, authority: undefined }), "invalid_input");
    await refused(owner.call("POST", at(first, "accept"), { ...signature, termsHash: seen.termsHash }), "conflict");
    await refused(kam.call("POST", at(first, "accept"), signature), "same_person");
    const signed = await ok(owner.call("POST", at(first, "accept"), signature, { "user-agent": "Browser/7" }));
    assert.deepEqual(
      [signed.status, signed.acceptedName, signed.acceptedUserAgent, signed.acceptedAddress],
      ["accepted", "Sofía Ruiz", "Browser/7", "127.0.0.1"],
    );
    await refused(kam.call("POST", at(first, "rounds"), { validFrom: "2026-05-01" }), "wrong_state");
    await refused(kam.call("POST", at(first, "withdraw")), "wrong_state");
    const whole = await ok(kam.call("GET", `/v1/agreements/${first.agreementId}`));
    assert.deepEqual(whole.schedule, [{ from: "2026-04-01", to: null, version: 1, overruled: [] }]);
    assert.deepEqual([whole.inForce, whole.next.version, whole.versions[0].phase], [null, 1, "scheduled"]);
  });

  it("the paper is the same to the byte for both sides, and carries the hash", async () => {
    const { id: partnerId, owner } = await partner();
    const made = await ok(propose(kam, partnerId), 201);
    await ok(approver.call("POST", at(made, "approve"), {}));
    await ok(
      owner.call("POST", at(made, "accept"), { name: "Sofía Ruiz", termsHash: made.termsHash, authority: true }),
    );
    const [one, two] = [
      await kam.call("GET", at(made, "document.pdf")),
      await owner.call("GET", at(made, "document.pdf")),
    ];
    assert.equal(one.headers["content-type"], "application/pdf");
    assert.match(String(one.body), /^%PDF-1\.\d/);
    assert.ok(String(one.body).length > 10_000);
    assert.equal(one.body, two.body);
  });

  it("asks whom the program's rules name, for the reasons that fired; several, and never the author", async () => {
    const strict = await program("strict");
    const standard = await plan(strict, "strict-standard");
    const document = {
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
    await refused(kam.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document }), "forbidden");
    await ok(approver.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document }));
    await refused(approver.call("PUT", `/v1/agreement-policies/${strict}`, { version: 0, document }), "conflict");
    const { id: partnerId } = await partner();
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

  it("a change that may be worse waits for its notice; a better one does not", async () => {
    const careful = await program("careful");
    const standard = await plan(careful, "careful-standard");
    const { document, version } = await ok(approver.call("GET", `/v1/agreement-policies/${careful}`));
    const notice = { worseDays: 30, anyDays: 3 };
    await ok(approver.call("PUT", `/v1/agreement-policies/${careful}`, { version, document: { ...document, notice } }));
    const { id: partnerId, owner } = await partner();
    const base = { partnerId, programId: careful, planVersionId: standard };
    const first = await ok(kam.call("POST", "/v1/agreements", { ...base, validFrom: "2026-03-10" }), 201);
    await ok(approver.call("POST", at(first, "approve"), {}));
    await ok(
      owner.call("POST", at(first, "accept"), { name: "Sofía Ruiz", termsHash: first.termsHash, authority: true }),
    );
    const change = (value: string, validFrom: string) =>
      kam.call("POST", "/v1/agreements", { ...base, validFrom, values: [{ path: "share.rate", value }], submit: true });
    const short = await refused(change("0.25", "2026-04-08"), "notice_too_short");
    assert.match(short.detail, /2026-04-09/);
    await refused(change("0.35", "2026-03-12"), "notice_too_short");
    const better = await ok(change("0.35", "2026-03-13"), 201);
    await ok(kam.call("POST", at(better, "withdraw")));
    await ok(change("0.25", "2026-04-09"), 201);
  });

  it("a fortnight's boost overlays the base and ends by itself; reminders go out once", async () => {
    const { id: partnerId, owner } = await partner();
    const sign = async (more: object) => {
      const made = await ok(propose(kam, partnerId, more), 201);
      await ok(approver.call("POST", at(made, "approve"), {}));
      return await ok(
        owner.call("POST", at(made, "accept"), { name: "Sofía Ruiz", termsHash: made.termsHash, authority: true }),
      );
    };
    const base = await sign({ validFrom: "2026-03-01" });
    const boost = await sign({
      validFrom: "2026-03-09",
      validTo: "2026-03-17",
      values: [{ path: "share.rate", value: "0.45" }],
    });
    const whole = await ok(owner.call("GET", `/v1/agreements/${base.agreementId}`));
    assert.deepEqual(
      whole.schedule.map((one: Loose) => [one.from, one.version, one.overruled]),
      [
        ["2026-03-01", 1, []],
        ["2026-03-09", 2, [1]],
        ["2026-03-17", 1, []],
      ],
    );
    assert.deepEqual([whole.inForce.version, whole.nextFrom, whole.next.version], [2, "2026-03-17", 1]);
    const ending = await ok(kam.call("GET", `/v1/agreements?state=ending&partnerId=${partnerId}`));
    assert.deepEqual(
      ending.data.map((one: Loose) => one.id),
      [base.agreementId],
    );
    const about = (await dueReminders(world.ctx)).filter((one) => one.text.includes("p5"));
    assert.ok(boost.version === 2);
    assert.deepEqual(
      about.map((one) => [one.to, one.text]),
      [
        [
          `p5@partner.example`,
          "Version 2 of the agreement between p5 and casino does not apply any more from 2026-03-17 on. After that version 1 applies.",
        ],
      ],
    );
    assert.deepEqual(await dueReminders(world.ctx), []);
  });

  it("an offer that nobody answered expires, and cannot be signed after its last day", async () => {
    const { id: partnerId, owner } = await partner();
    const made = await ok(propose(kam, partnerId, { answerBy: "2026-03-12" }), 201);
    await ok(approver.call("POST", at(made, "approve"), {}));
    assert.equal(await expireOffers(world.ctx), 0);
    world.clock.set("2026-03-13T00:10:00Z");
    try {
      await refused(
        owner.call("POST", at(made, "accept"), { name: "Sofía Ruiz", termsHash: made.termsHash, authority: true }),
        "wrong_state",
      );
      assert.equal(await expireOffers(world.ctx), 1);
      assert.equal((await ok(owner.call("GET", `/v1/agreements/${made.agreementId}`))).versions[0].status, "expired");
    } finally {
      world.clock.set("2026-03-10T12:00:00Z");
    }
  });

  it("the partner may turn terms down, with its reason", async () => {
    const { id: partnerId, owner } = await partner();
    const made = await ok(propose(kam, partnerId), 201);
    await ok(approver.call("POST", at(made, "approve"), {}));
    const declined = await ok(owner.call("POST", at(made, "decline"), { reason: "too low" }));
    assert.deepEqual([declined.status, declined.declineReason], ["declined", "too low"]);
    await ok(propose(kam, partnerId), 201);
  });

  it("a component that a jurisdiction forbids is refused with the sentence, or passed by compliance for this plan", async () => {
    const { id: partnerId, owner } = await partner({ country: "US" });
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

    const facts = await jurisdictionFacts(world.ctx.db, [{ partnerId, programId }], [signed.id]);
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
    const { id: partnerId, owner } = await partner();
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
