import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { CPA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import { recalculate } from "../commissions/index.ts";
import { createRegion } from "../programs/index.ts";
import { feedTotals } from "../tracking/index.ts";
import { ACTOR_OF_USER, advanceRun, payeeLooks, type RunNeeds } from "./index.ts";
import { lettersOfRun, overdueLetters } from "./letters.ts";
import { runsRoutes } from "./routes.ts";

const needs: RunNeeds = {
  feedTotals,
  payees: payeeLooks,
  expiredDocuments: null,
  screening: null,
  actorOf: ACTOR_OF_USER,
};
let api: ApiWorld;
let admin: Caller;
let finance: Caller;
let head: Caller;
let other: Caller;
let partner: string;

before(async () => {
  api = await apiWorld({ at: "2026-02-05T12:00:00Z", rooms: () => [runsRoutes(needs)] });
  const world = MoneyWorld.over(api.database, api.clock);
  admin = await api.administrator();
  finance = await api.person("Finn", [{ role: "finance", ...EVERYWHERE }]);
  const region = (
    await createRegion(api.ctx, (await needs.actorOf(api.ctx, admin.userId)) as never, { code: "eu", name: "Europe" })
  ).id;
  head = await api.person("Rita", [{ role: "approver", scopeKind: "region", scopeId: region }]);
  other = await api.person("Lars", [{ role: "approver", ...EVERYWHERE }]);
  partner = await api.partner("acme", { regionId: region });
  const program = await world.program("casino");
  await world.agree(partner, program, await world.plan(program, "hybrid", planOf(CPA, SHARE)));
  const customer = await world.customer(program, partner, "c-1");
  await world.arrive({ customer, type: "activity", on: "2026-01-10", measures: { ggr: 1_000_000 } });
  await recalculate(api.ctx);
});
after(() => api.close());

/** Approvers are told by mail, each once, and named where somebody looks. */
async function toldOnce(runId: string): Promise<void> {
  const letters = await lettersOfRun(api.ctx, runId, "waiting", needs, "https://ops.example");
  const told = new Set(letters.map((one) => one.to.split("@")[0]));
  assert.deepEqual([told.has("rita"), told.has("lars"), told.has("finn")], [true, true, false], [...told].join(" "));
  assert.match(letters[0]?.text ?? "", /one partner.*1 of them clean.*https:\/\/ops\.example\/runs\/run_/s);
  assert.deepEqual(await lettersOfRun(api.ctx, runId, "waiting", needs, ""), [], "each is told once");
  assert.equal((await overdueLetters(api.ctx, needs, "")).length, 0);
  const [region] = (await finance.call("GET", `/v1/runs/${runId}`)).body.regions;
  assert.ok(region.people.includes("Rita"), JSON.stringify(region));
}

it("a run over HTTP: opened, worked off by the worker, approved by three people with what each may see", async () => {
  const opened = await finance.call("POST", "/v1/runs", {
    kind: "off_cycle",
    from: "2026-01-01",
    to: "2026-02-01",
    reason: "extra",
  });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const run = `/v1/runs/${opened.body.id}`;
  assert.equal((await head.call("POST", `${run}/freeze`, { revision: 1 })).status, 403);
  let { revision } = opened.body;
  for (const step of ["freeze", "calculate", "validate"]) {
    const asked = await finance.call("POST", `${run}/${step}`, { revision });
    assert.deepEqual([asked.status, asked.body.working], [200, step], JSON.stringify(asked.body));
    assert.equal((await finance.call("POST", `${run}/${step}`, { revision })).status, 409, "somebody has changed it");
    await advanceRun(api.ctx, opened.body.id, needs);
    revision = (await finance.call("GET", run)).body.revision;
  }
  const items = await head.call("GET", `${run}/items?only=exceptions`);
  assert.deepEqual(items.body.data, [], JSON.stringify(items.body));
  const all = await head.call("GET", `${run}/items`);
  assert.deepEqual(
    all.body.data.map((one: { toPay: string; mayApprove: boolean; needs: object }) => [
      one.toPay,
      one.mayApprove,
      one.needs,
    ]),
    [["300000", true, { regional: 1, central: 1, finance: 1 }]],
  );
  const waiting = await head.call("GET", "/v1/runs/waiting");
  assert.deepEqual([waiting.body.data.length, waiting.body.data[0].level], [1, "regional"]);
  await toldOnce(opened.body.id);
  const approve = (who: Caller, at: number) => who.call("POST", `${run}/approvals`, { revision: at });
  const first = await approve(head, revision);
  assert.deepEqual(
    [first.status, first.body.approved, first.body.run.state],
    [200, 1, "regionally_approved"],
    JSON.stringify(first.body),
  );
  const named = { revision: first.body.run.revision, items: [{ partnerId: partner, currency: "EUR" }] };
  assert.equal((await head.call("POST", `${run}/approvals`, named)).body.code, "forbidden");
  const second = await approve(other, first.body.run.revision);
  assert.equal(second.body.run.state, "centrally_approved");
  const same = { ...named, revision: second.body.run.revision };
  assert.equal(
    (await finance.call("POST", `${run}/approvals`, same)).body.code,
    "same_person",
    "Finn closed the statements",
  );
  assert.equal(
    (await other.call("POST", `${run}/approvals`, same)).body.code,
    "same_person",
    "Lars has signed already",
  );
  const last = await approve(admin, second.body.run.revision);
  assert.equal(last.body.approved, 1, JSON.stringify(last.body));
  await advanceRun(api.ctx, opened.body.id, needs);
  const done = await finance.call("GET", run);
  assert.equal(done.body.state, "finance_approved");
  const detail = await finance.call("GET", `${run}/items/${partner}/EUR`);
  assert.deepEqual(
    detail.body.decisions.map((one: { level: string }) => one.level),
    ["finance", "central", "regional"],
  );
  const snapshot = await finance.call("GET", `${run}/snapshot`);
  assert.equal(snapshot.status, 200, JSON.stringify(snapshot.body));
});

it("settings are read by whoever sees runs, and written as the next version by whoever may", async () => {
  const settings = await admin.call("GET", "/v1/runs/settings");
  const change = {
    version: settings.body.version,
    document: { ...settings.body.document, lateDays: 3 },
    reason: "files come late",
  };
  assert.equal((await finance.call("PUT", "/v1/runs/settings", change)).status, 403);
  assert.equal((await admin.call("PUT", "/v1/runs/settings", change)).body.version, settings.body.version + 1);
});
