import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ANNA, BERT, MoneyWorld, person } from "../../test/money/world.ts";
import { getPartner, liftRestriction, movePartner, restrictionsOf } from "../partners/index.ts";
import { listRestrictions } from "../partners/restrictions.ts";
import { lookAgain, publishProcedure, saveProcedure, signWaiver, startCase, waive } from "../procedures/index.ts";
import { procedureNeeds } from "../shell/onboarding.ts";
import { agreementInForce, rulesInForce } from "../shell/sandbox/set-up.ts";
import { getCap } from "../tracking/index.ts";
import { previewClosing, proposeClosing, reverseClosing } from "./closing/closing.ts";
import type { OnboardingNeeds } from "./contracts.ts";
import { onboardingJobs } from "./jobs.ts";
import { launch, raise } from "./launch.ts";
import { readiness } from "./readiness.ts";
import { startReviews } from "./starts.ts";
import { installTemplates } from "./templates.ts";

const NOTHING = { balances: [], held: [], statements: [], payouts: [], clicks: [], documents: [] };
const needs: OnboardingNeeds = {
  ...procedureNeeds,
  tracking: { agreementOf: agreementInForce, rulesOf: rulesInForce },
  mattersOf: async () => NOTHING,
};
const YAML = `
procedure: quick
title: { en: Quick, es: Rápido }
purpose: Two stages.
subject: partner
starts: [manual]
stages:
  - key: set-up
    title: { en: Set-up, es: Configuración }
    owner: owner
    due: { days: 2 }
    guide: Links first.
    gate:
      - { fact: tracking.links }
  - key: launch
    title: { en: Launch, es: Lanzamiento }
    owner: approver
    due: { days: 1 }
    guide: Softly.
    gate:
      - { fact: onboarding.launched, waivable: false }
`;

/** What becomes of a partner after the gates: softly, fully, held when a waiver has ended, reviewed, closed and taken back. */
describe("a partner that was launched", () => {
  let world: MoneyWorld;
  let partnerId = "";
  let caseId = "";
  const carla = person("usr_carla");
  const status = async () => (await getPartner(world.ctx, ANNA, partnerId)).status;
  const seen = () => readiness(world.ctx, ANNA, partnerId, needs, "en");
  before(async () => {
    world = await MoneyWorld.open("2026-03-20T12:00:00Z");
    const programId = await world.program("harbor");
    partnerId = await world.partner("lighthouse");
    await movePartner(world.ctx, ANNA, partnerId, { revision: 1, status: "onboarding" });
    await saveProcedure(world.ctx, ANNA, { yaml: YAML, facts: needs.facts });
    await publishProcedure(world.ctx, ANNA, { procedure: "quick", summary: "first", facts: needs.facts });
    const subject = { kind: "partner", id: partnerId, programId } as const;
    ({ caseId } = await startCase(world.ctx, ANNA, { procedure: "quick", subject }));
    await lookAgain(world.ctx, needs, caseId);
  });
  after(() => world.close());
  const soft = {
    mode: "soft" as const,
    caps: [{ metric: "clicks" as const, limit: "500", period: "day" as const }],
    criteria: "Two weeks without a complaint",
    endsOn: "2026-04-03",
  };

  it("is launched by nobody while a gate is shut, and softly when two people signed a waiver with an end", async () => {
    await assert.rejects(launch(world.ctx, ANNA, partnerId, { caseId, ...soft }, needs), { code: "gates_shut" });
    const wish = { caseId, condition: "tracking.links", reason: "links come on Monday", until: "2026-03-24" };
    const waiver = await waive(world.ctx, ANNA, wish);
    await signWaiver(world.ctx, BERT, { caseId, waiver });
    await lookAgain(world.ctx, needs, caseId);
    const made = await launch(world.ctx, ANNA, partnerId, { caseId, ...soft }, needs);
    assert.deepEqual([await status(), made.state, made.launchedBy], ["active", "soft", "usr_anna"]);
    const [cap] = (await seen()).launch?.caps ?? [];
    assert.deepEqual([cap?.limit, (await getCap(world.ctx, ANNA, cap?.capId ?? "")).status], ["500", "active"]);
  });

  it("is launched fully by somebody else, and its caps are gone", async () => {
    world.clock.set(new Date("2026-03-23T12:00:00Z"));
    const { launch: stood } = await seen();
    assert.ok(stood);
    const word = { revision: stood.revision, reason: "no complaints" };
    await assert.rejects(raise(world.ctx, ANNA, stood.id, word), { code: "same_person" });
    const full = await raise(world.ctx, BERT, stood.id, word);
    assert.deepEqual([full.state, full.raisedBy, full.raisedReason], ["full", "usr_bert", "no complaints"]);
    assert.equal((await getCap(world.ctx, ANNA, stood.caps[0]?.capId ?? "")).status, "archived");
  });

  it("has its payouts held when the waiver has ended, once, and asks for them when a new one is signed", async () => {
    const jobs = onboardingJobs(world.ctx, { ...needs, riskOf: async () => null }).tasks ?? {};
    const notice = { caseId, partnerId, condition: "tracking.links", sentence: "There is no link." };
    await jobs["procedures.gate_shut_again"]?.(notice);
    await jobs["procedures.gate_shut_again"]?.(notice);
    const held = (await listRestrictions(world.ctx, ANNA, partnerId, { limit: 10 })).rows;
    assert.deepEqual(
      held.map((one) => [one.kind, one.reason]),
      [["hold_payouts", "There is no link."]],
    );
    assert.deepEqual(
      (await seen()).lapses.map((one) => one.condition),
      ["tracking.links"],
    );
    await jobs["procedures.gate_open_again"]?.(notice);
    assert.deepEqual((await seen()).lapses, []);
    await liftRestriction(world.ctx, BERT, held[0]?.id ?? "", "links are there");
    assert.deepEqual(await restrictionsOf(world.ctx, [partnerId]), []);
  });

  it("is reviewed once a year, and once only", async () => {
    await installTemplates(world.ctx, ANNA, needs.facts, { launches: true });
    const review = () => startReviews(world.ctx, async () => "low");
    assert.equal(await review(), 0);
    world.clock.set(new Date("2029-03-25T12:00:00Z"));
    assert.equal(await review(), 1);
    assert.equal(await review(), 0);
  });

  it("is closed on what was seen, and taken back as it was by somebody else", async () => {
    const shown = await previewClosing(world.ctx, ANNA, partnerId, needs);
    const wish = { kind: "deactivation" as const, reason: "no traffic", shownHash: shown.hash, reversibleDays: 30 };
    await assert.rejects(proposeClosing(world.ctx, ANNA, partnerId, { ...wish, shownHash: "x".repeat(64) }, needs), {
      code: "consequences_changed",
    });
    const closing = await proposeClosing(world.ctx, ANNA, partnerId, wish, needs);
    assert.deepEqual([closing.state, await status()], ["done", "deactivated"]);
    await reverseClosing(world.ctx, carla, closing.id, { revision: closing.revision, reason: "it came back" });
    assert.deepEqual([await status(), await restrictionsOf(world.ctx, [partnerId])], ["active", []]);
  });
});
