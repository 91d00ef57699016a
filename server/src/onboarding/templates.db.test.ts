import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ANNA, MoneyWorld, person } from "../../test/money/world.ts";
import type { Actor } from "../access/index.ts";
import { attachRegime } from "../compliance/index.ts";
import { activationRules, createPartner } from "../partners/index.ts";
import { publishedProcedures, saveProcedure } from "../procedures/index.ts";
import { changeCreative, createCreative, decideCreative } from "../programs/creatives.ts";
import { createOffer } from "../programs/index.ts";
import { accessNeeds } from "../shell/offer-access.ts";
import { procedureNeeds } from "../shell/onboarding.ts";
import { createLink } from "../tracking/index.ts";
import { startFor } from "./starts.ts";
import { installTemplates, onboardingSettings } from "./templates.ts";

describe("the shipped procedures", () => {
  let world: MoneyWorld;
  before(async () => {
    world = await MoneyWorld.open("2026-03-20T12:00:00Z");
  });
  after(() => world.close());
  const { facts } = procedureNeeds;
  const outcomes = async () => {
    const done = await installTemplates(world.ctx, ANNA, facts, { launches: true });
    return new Set(done.map(({ outcome }) => outcome));
  };

  it("are published once, launch the kinds that they are for, and are left alone when somebody edits them", async () => {
    assert.deepEqual(await outcomes(), new Set(["installed"]));
    assert.deepEqual(await outcomes(), new Set(["current"]));
    const rules = await activationRules(world.ctx.db);
    assert.equal(rules.find(({ kind }) => kind === "affiliate")?.procedure, "affiliate-onboarding");
    assert.equal(rules.length, 7);
    const [first] = await publishedProcedures(world.ctx.db);
    assert.equal(first?.procedure, "affiliate-onboarding");
    const definition = { ...first?.definition, purpose: "Ours." };
    await saveProcedure(world.ctx, ANNA, { definition, facts });
    await world.ctx.db.updateTable("onboarding.template").set({ shipped_hash: "of an older release" }).execute();
    const done = await installTemplates(world.ctx, ANNA, facts, { launches: true });
    assert.equal(done.find(({ procedure }) => procedure === "affiliate-onboarding")?.outcome, "edited");
    assert.equal(done.find(({ procedure }) => procedure === "deactivation")?.outcome, "drafted");
    const { templates } = await onboardingSettings(world.ctx, ANNA, facts);
    const states = new Map(templates.map(({ procedure, state }) => [procedure, state]));
    assert.deepEqual(
      [states.get("affiliate-onboarding"), states.get("network-onboarding")],
      ["edited", "update_waits"],
    );
  });

  it("ask for material that a second person approved, with the warnings of the regime that its offer is held to", async () => {
    const programId = await world.program("cfds");
    const hosts = { landingUrl: "https://x.example/", allowedHosts: ["x.example"] };
    const { id: offerId } = await createOffer(world.ctx, ANNA, { programId, code: "cfd", name: "CFDs", ...hosts });
    const officer = person("usr_officer", "compliance");
    const subject = { subjectKind: "offer" as const, subjectId: offerId };
    await attachRegime(world.ctx, officer, { ...subject, regime: "uk-fca", figures: { loss: "74" }, attached: true });
    const partner = await world.partner("promoter");
    await createLink(world.ctx, ANNA, { offerId, partnerId: partner });
    const fact = async () =>
      (await facts.get("creatives.approved")?.answer(world.ctx, { kind: "partner", id: partner, programId: null }, {}))
        ?.code;
    assert.equal(await fact(), "creatives.none");
    const banner = { offerId, name: "Banner", kind: "banner" as const, language: "en", expiresOn: "2026-03-25" };
    const made = await createCreative(world.ctx, ANNA, { ...banner, wording: "Trade CFDs. #ad" }, accessNeeds);
    assert.equal(await fact(), "creatives.waiting");
    const word = { decision: "approve" as const, reason: "read it" };
    const decide = (actor: Actor, { id, revision }: { id: string; revision: number }) =>
      decideCreative(world.ctx, actor, id, { revision, ...word }, accessNeeds);
    await assert.rejects(decide(ANNA, made), { code: "same_person" });
    await assert.rejects(decide(officer, made), /risk warning is missing/);
    const wording = `${made.warnings[0]?.text} Trade CFDs. #ad`;
    const mended = await changeCreative(world.ctx, ANNA, made.id, { revision: made.revision, wording }, accessNeeds);
    assert.equal((await decide(officer, mended)).state, "approved");
    assert.equal(await fact(), "creatives.approved");
    world.clock.set(new Date("2026-03-26T12:00:00Z"));
    assert.equal(await fact(), "creatives.expired");
  });

  it("begin when a partner is created, once, by its kind", async () => {
    const kam = person("usr_kam", "key_account_manager");
    const partner = await createPartner(world.ctx, kam, { code: "nets", name: "Nets", kind: "network" });
    const started = await startFor(world.ctx, "partner_created", [{ partnerId: partner.id }]);
    assert.equal(started.length, 1);
    assert.deepEqual(await startFor(world.ctx, "lead_won", [{ partnerId: partner.id }]), []);
    assert.deepEqual(await startFor(world.ctx, "partner_created", [{ partnerId: "prt_nobody" }]), []);
  });

  it("begin once for a lead that is won, whose two notices come at the same moment and name a program or none", async () => {
    const kam = person("usr_kam", "key_account_manager");
    const partner = await createPartner(world.ctx, kam, { code: "twice", name: "Twice", kind: "network" });
    const program = await world.program("twice");
    const started = await Promise.all([
      startFor(world.ctx, "partner_created", [{ partnerId: partner.id }]),
      startFor(world.ctx, "lead_won", [{ partnerId: partner.id, programId: program }]),
      startFor(world.ctx, "partner_created", [{ partnerId: partner.id }]),
    ]);
    assert.equal(started.flat().length, 1);
  });
});
