import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type DialectCase, dialectCases } from "../../src/shell/generate/dialect-cases.ts";
import { DIALECTS, dialectNamed } from "../../src/tracking/dialects/index.ts";
import { readHistory, takeHistory } from "../../src/tracking/index.ts";
import { type DialectWorld, DOMAIN, dialectWorld } from "./dialect-world.ts";

/** A call that names a click and comes to the platform's own path, as the existing integration makes it. */
function firstWithClick(cases: readonly DialectCase[]): DialectCase | undefined {
  return cases.find(({ steps: [step] }) => {
    const clicked = step?.events?.some((event) => "clickId" in event && !("at" in event)) === true;
    return clicked && step?.call.path.startsWith("/in/") === false && step.call.example === undefined;
  });
}

/** An existing integration is pointed at the program's tracking domain and nothing else is changed. */
describe("an integration whose host name was changed", () => {
  let world: DialectWorld;
  before(async () => {
    world = await dialectWorld();
  });
  after(async () => {
    assert.deepEqual(world.edge.defects, []);
    await world.close();
  });

  for (const { dialect, cases } of dialectCases()) {
    const one = firstWithClick(cases);
    const step = one?.steps[0];
    if (one === undefined || step === undefined) continue;
    it(`is counted for the partner whose click it carries: ${dialect} (${one.id})`, async () => {
      const source = await world.source(dialect, one.settings, one.incumbent, dialectNamed(dialect)?.signs === true);
      const click = await world.click();
      const answer = await world.call(step, { click, token: source.token, own: source.own });
      assert.equal(answer.status, step.answer.status, answer.body.toString());
      await world.process();
      const { rows } = await world.edge.database.pool.query(
        "select partner_id, program_id, click_id from tracking.event where source_id = $1",
        [source.sourceId],
      );
      assert.deepEqual(rows[0], { partner_id: "prt_one", program_id: "prg_b", click_id: click });
    });
  }

  it("is proved for nearly every platform that names clicks", () => {
    const proved = dialectCases().filter((file) => firstWithClick(file.cases) !== undefined);
    assert.ok(proved.length >= DIALECTS.length - 3, proved.map((file) => file.dialect).join(", "));
  });

  it("is told from another platform's at the same path by its credential, and refused when several would take it", async () => {
    const affise = await world.source("affise", {}, "token");
    const tracker = await world.anotherSource("generic", {}, "token", false);
    const ask = async (query: string) => {
      const answer = await world.edge.ask(`/postback?clickid=x&sum=1&action_id=1&${query}`, {
        Host: "go.beta.example",
      });
      return [answer.status, answer.body.toString(), (await world.stored()).sourceId];
    };
    assert.deepEqual(await ask(`secure=${affise.token}`), [200, '{"status":1}', affise.sourceId]);
    assert.deepEqual(await ask(`token=${tracker.token}`), [200, "OK", tracker.sourceId]);
    await world.anotherSource("affise", { withoutToken: true }, "none", false);
    await world.anotherSource("affise", { withoutToken: true }, "none", false);
    const [status] = await ask("nothing=1");
    assert.equal(status, 401);
    assert.match((await world.stored()).refused?.detail ?? "", /More than one event source/);
  });

  it("goes on with the history that was imported: what happened before is changed and taken back by its old id", async () => {
    const program = world.edge.catalogue.programs.find((one) => one.programId === "prg_b");
    if (program === undefined) throw new Error("the program is missing");
    const old = (externalId: string) => ({ type: "sale", externalId, customerId: `c-${externalId}`, amount: "80" });
    const lines = readHistory(
      program,
      [old("1000.4321.1"), old("order-2"), old("order-3")],
      world.edge.clock.now().getTime(),
    );
    await takeHistory(world.edge.log, { programId: "prg_b", sourceId: "import:impact", file: "actions.csv" }, lines);
    await world.process();
    const source = await world.source("impact", {}, "token");
    const headers = {
      Authorization: `Basic ${Buffer.from(`IRsid1:${source.token}`).toString("base64")}`,
      Host: DOMAIN,
    };
    const ask = async (method: string, query: string) =>
      (await world.edge.ask(`/Advertisers/IRsid1/Actions?${query}`, headers, method)).status;
    assert.equal(await ask("PUT", "ActionId=1000.4321.1&Amount=60&Reason=ORDER_UPDATE"), 200);
    assert.equal(await ask("DELETE", "OrderId=order-2&DispositionCode=ITEM_RETURNED"), 200);
    assert.equal(await ask("PUT", "OrderId=order-9&Amount=60&Reason=ORDER_UPDATE"), 200);
    await world.process();
    assert.deepEqual(await world.fates(source.sourceId), [
      "corrected new_content",
      "reversed voided",
      "rejected nothing_to_change",
    ]);
    const { rows } = await world.edge.database.pool.query<{ held: string }>(
      `select external_id || ' ' || customer_ref || ' ' || (measures->>'sale') || case when void then ' void' else '' end as held
       from tracking.event where superseded_by is null and external_id in ('1000.4321.1', 'order-2', 'order-3') order by 1`,
    );
    assert.deepEqual(
      rows.map((row) => row.held),
      ["1000.4321.1 c-1000.4321.1 6000", "order-2 c-order-2 0 void", "order-3 c-order-3 8000"],
    );
  });

  it("is not taken on another program's domain, nor where nobody listens for it", async () => {
    const source = await world.source("affise", {}, "token");
    const path = `/postback?clickid=x&secure=${source.token}`;
    const elsewhere = await world.edge.ask(path, { Host: "go.beta.example:8443" });
    assert.equal(elsewhere.status, 200, "a port does not matter");
    world.edge.catalogue.programs[0] = { ...first(world), trackingDomain: "go.alpha.example" };
    await world.edge.routes.refresh();
    assert.equal((await world.edge.ask(path, { Host: "go.alpha.example" })).status, 404);
    assert.equal((await world.edge.ask(path, { Host: "deployment.example" })).status, 200);
    await world.source("tune", {}, "token");
    assert.equal((await world.edge.ask(path, { Host: "deployment.example" })).status, 404);
  });
});

function first(world: DialectWorld): DialectWorld["edge"]["catalogue"]["programs"][number] {
  const [program] = world.edge.catalogue.programs;
  if (program === undefined) throw new Error("the world has no program");
  return program;
}
