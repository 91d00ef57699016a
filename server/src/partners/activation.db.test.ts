import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller } from "../../test/api-world.ts";
import { systemActor } from "../access/index.ts";
import { launchPartner, setActivationRule } from "./index.ts";

describe("a partner that is launched by a procedure", () => {
  let world: ApiWorld;
  let admin: Caller;
  const office = systemActor("onboarding");
  before(async () => {
    world = await apiWorld();
    admin = await world.administrator();
  });
  after(() => world.close());

  const inOnboarding = async (code: string, kind = "affiliate") => {
    const made = (await admin.call("POST", "/v1/partners", { code, name: code, kind })).body;
    return (await admin.call("POST", `/v1/partners/${made.id}/status`, { revision: 1, status: "onboarding" })).body;
  };
  const activate = (one: { id: string; revision: number }) =>
    admin.call("POST", `/v1/partners/${one.id}/status`, { revision: one.revision, status: "active" });

  it("is not made active by hand, and comes back from a pause without its procedure", async () => {
    await setActivationRule(world.ctx, office, { kind: "*", procedure: "affiliate_onboarding" });
    const partner = await inOnboarding("gated");
    const refused = await activate(partner);
    assert.deepEqual([refused.status, refused.body.code], [409, "partner_not_launched"]);
    assert.equal(refused.body.errors[0].hint, "affiliate_onboarding");
    const launched = await launchPartner(world.ctx, office, { partnerId: partner.id, proof: { caseId: "pca_1" } });
    assert.equal(launched.status, "active");
    const paused = await admin.call("POST", `/v1/partners/${partner.id}/status`, {
      revision: launched.revision,
      status: "paused",
      reason: "a look at its traffic",
    });
    assert.equal((await activate(paused.body)).body.status, "active");
    const trail = (await admin.call("GET", `/v1/audit?subjectKind=partner&subjectId=${partner.id}`)).body.data;
    const launch = trail.find((one: { after?: { proof?: unknown } }) => one.after?.proof !== undefined);
    assert.deepEqual(launch.after, { status: "active", proof: { caseId: "pca_1" } });
  });

  it("of a kind with a procedure of its own is told which", async () => {
    await setActivationRule(world.ctx, office, { kind: "network", procedure: "network_onboarding" });
    assert.equal((await activate(await inOnboarding("net", "network"))).body.errors[0].hint, "network_onboarding");
    await setActivationRule(world.ctx, office, { kind: "network", procedure: null });
    await setActivationRule(world.ctx, office, { kind: "*", procedure: null });
    assert.equal((await activate(await inOnboarding("free"))).body.status, "active");
  });

  it("cannot be launched from elsewhere in its life, nor without a case", async () => {
    const applied = (await admin.call("POST", "/v1/partners", { code: "early", name: "early", kind: "affiliate" }))
      .body;
    const launch = (proof: { caseId: string }) => launchPartner(world.ctx, office, { partnerId: applied.id, proof });
    await assert.rejects(launch({ caseId: "pca_2" }), { code: "wrong_state" });
    await assert.rejects(launch({ caseId: "" }), { code: "partner_not_launched" });
  });

  it("is announced when it is made", async () => {
    const { rows } = await world.database.pool.query(
      "select count(*)::int as n from database.notice where name = 'partners.created'",
    );
    assert.equal(rows[0].n, 4);
  });
});
