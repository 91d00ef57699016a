import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type AgreementsWorld, agreementsWorld, at, type Loose, ok, refused } from "../../test/agreements/world.ts";
import { dueReminders, expireOffers, lettersOnTheTable } from "./reminders.ts";

describe("a negotiation", () => {
  let world: AgreementsWorld;
  let approver: AgreementsWorld["approver"];
  let kam: AgreementsWorld["kam"];
  let second: AgreementsWorld["second"];
  let finance: AgreementsWorld["finance"];
  let partner: AgreementsWorld["partner"];
  let propose: AgreementsWorld["propose"];
  before(async () => {
    world = await agreementsWorld();
    ({ approver, kam, second, finance, partner, propose } = world);
  });
  after(() => world.world.close());

  it("is found by its plan, whose values can be asked for before anything is proposed", async () => {
    const { id: partnerId, owner } = await partner("n0");
    const made = await ok(propose(kam, partnerId), 201);
    const used = await kam.call("GET", `/v1/agreements?planId=${made.planId}&partnerId=${partnerId}`);
    assert.deepEqual(
      used.body.data.map((one: { id: string }) => one.id),
      [made.agreementId],
    );
    assert.deepEqual((await kam.call("GET", "/v1/agreements?planId=pln_none")).body.data, []);
    const values = await kam.call("GET", `/v1/plan-values/${made.planVersionId}`);
    assert.deepEqual([values.status, values.body.data.length > 0], [200, true], JSON.stringify(values.body));
    const rate = values.body.data.find((one: { path: string }) => one.path === "share.rate");
    assert.match(rate.says.en, /30 %/, "every value stands in its sentence of the plan");
    assert.match(rate.says.es, /30 %/);
    assert.equal((await owner.call("GET", `/v1/plan-values/${made.planVersionId}`)).status, 403);
  });

  it("begins with a template, is approved, sent, and countered with a difference that can be seen", async () => {
    const { id: partnerId, owner } = await partner("n1");
    const first = await ok(propose(kam, partnerId, { message: "Welcome", note: "they asked for 40 %" }), 201);
    assert.deepEqual([first.status, first.standard, first.round], ["proposed", true, 1]);
    assert.match(
      first.termsText,
      /^## 1\. Parties\n\ncasino and \*\*n1 Ltd\*\*\.\n\n## 2\. Payment\n\n### 2\.1 The plan\n\n2\.1\.1 /,
    );
    assert.equal(
      (await owner.call("GET", `/v1/agreements/${first.agreementId}`)).body.versions.length,
      0,
      "a proposal is the operator's own paper",
    );
    await refused(kam.call("POST", at(first, "approve"), {}), "same_person");
    await refused(finance.call("POST", at(first, "approve"), {}), "forbidden");
    const sent = await ok(approver.call("POST", at(first, "approve"), { termsHash: first.termsHash }));
    assert.deepEqual([sent.status, sent.answerBy], ["sent", "2026-03-24"]);
    const [letter] = await lettersOnTheTable(world.world.ctx, first.id, "sent");
    assert.deepEqual([letter?.to, letter?.subject], ["n1@partner.example", "New terms for casino"]);

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
  });

  it("goes on with the operator's answer, which nobody has approved yet, and ends with a signature", async () => {
    const { id: partnerId, owner, helper } = await partner("n2");
    const first = await ok(propose(kam, partnerId), 201);
    await ok(approver.call("POST", at(first, "approve"), {}));
    const seen = { termsHash: first.termsHash };
    const values = [{ path: "share.rate", value: "0.40" }];
    await ok(owner.call("POST", at(first, "counter"), { ...seen, values, message: "We bring more" }));
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
    const { id: partnerId, owner } = await partner("n3");
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
    const { revision } = await ok(world.admin.call("GET", `/v1/partners/${partnerId}`));
    await ok(
      world.admin.call("PATCH", `/v1/partners/${partnerId}`, { revision, name: "Renamed", legalName: "Other Ltd" }),
    );
    assert.equal((await kam.call("GET", at(made, "document.pdf"))).body, one.body, "also when somebody was renamed");
  });

  it("a fortnight's boost overlays the base and ends by itself; reminders go out once", async () => {
    const { id: partnerId, owner } = await partner("boosted");
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
    const about = (await dueReminders(world.world.ctx)).filter((one) => one.text.includes("boosted"));
    assert.ok(boost.version === 2);
    assert.deepEqual(
      about.map((one) => [one.to, one.text]),
      [
        [
          "boosted@partner.example",
          "Version 2 of the agreement between boosted and casino does not apply any more from 2026-03-17 on. After that version 1 applies.",
        ],
      ],
    );
    assert.deepEqual(await dueReminders(world.world.ctx), []);
  });

  it("a change that may be worse waits for its notice; a better one does not", async () => {
    const careful = await world.program("careful");
    const standard = await world.plan(careful, "careful-standard");
    const { document, version } = await ok(approver.call("GET", `/v1/agreement-policies/${careful}`));
    const notice = { worseDays: 30, anyDays: 3 };
    await ok(approver.call("PUT", `/v1/agreement-policies/${careful}`, { version, document: { ...document, notice } }));
    const { id: partnerId, owner } = await partner("n5");
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

  it("an offer that nobody answered expires, and cannot be signed after its last day", async () => {
    const { id: partnerId, owner } = await partner("n6");
    const made = await ok(propose(kam, partnerId, { answerBy: "2026-03-12" }), 201);
    await ok(approver.call("POST", at(made, "approve"), {}));
    assert.equal(await expireOffers(world.world.ctx), 0);
    world.world.clock.set("2026-03-13T00:10:00Z");
    try {
      await refused(
        owner.call("POST", at(made, "accept"), { name: "Sofía Ruiz", termsHash: made.termsHash, authority: true }),
        "wrong_state",
      );
      assert.equal(await expireOffers(world.world.ctx), 1);
      assert.equal((await ok(owner.call("GET", `/v1/agreements/${made.agreementId}`))).versions[0].status, "expired");
    } finally {
      world.world.clock.set("2026-03-10T12:00:00Z");
    }
  });

  it("the partner may turn terms down, with its reason", async () => {
    const { id: partnerId, owner } = await partner("n7");
    const made = await ok(propose(kam, partnerId), 201);
    await ok(approver.call("POST", at(made, "approve"), {}));
    const declined = await ok(owner.call("POST", at(made, "decline"), { reason: "too low" }));
    assert.deepEqual([declined.status, declined.declineReason], ["declined", "too low"]);
    await ok(propose(kam, partnerId), 201);
  });
});
