import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AttributionRules, CreditQuery, NewRulesVersion, RulesProposal } from "@tributary/contract";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";
import { systemActor } from "../access/index.ts";
import { creditReport } from "../attribution/credit-report.ts";
import { attributeByHand, explainAttribution, listCustomers, replayRuns } from "../attribution/index.ts";
import {
  getRun,
  listKnownCustomers,
  listRules,
  markKnownCustomers,
  previewRules,
  saveRules,
  takeBackKnownCustomers,
} from "../attribution/rules-service.ts";
import { replayAttribution, runAttribution, tryAttribution } from "./attribution-replay.ts";
import { customerSurroundings } from "./customers.ts";
import { touchSources } from "./pipeline.ts";

const actor = systemActor("test");
const version = (rules: object, more: object = {}) =>
  NewRulesVersion.parse({ rules, after: 1, reason: "a test of rules", ...more });

async function ownerOf(world: EventWorld, customerRef: string): Promise<string | null | undefined> {
  const [row] = await world.rows<{ partner_id: string | null }>(
    "select partner_id from attribution.customer where customer_ref = $1",
    [customerRef],
  );
  return row?.partner_id;
}

describe("a new version of the rules", () => {
  let world: EventWorld;
  before(async () => {
    world = await eventWorld();
    const first = await world.click("ada", "2026-03-01T00:00:00Z");
    const last = await world.click("ben", "2026-03-02T00:00:00Z", { prev: first });
    await world.send([
      { type: "registration", externalId: "r1", customerRef: "anna", at: ms("2026-03-03T00:00:00Z"), clickId: last },
      deposit("d1", 100, { customerRef: "anna", at: ms("2026-03-04T00:00:00Z") }),
      { type: "registration", externalId: "r2", customerRef: "bert", at: ms("2026-03-20T00:00:00Z"), clickId: last },
    ]);
    await world.pipeline.drain();
    await world.rows("delete from commissions.dirty");
  });
  after(() => world.close());
  const proposal = RulesProposal.parse({ rules: { model: "first_click" }, validUntil: "2026-03-10" });

  it("begins with the program's own", async () => {
    const { rows } = await listRules(world.context, actor, PROGRAM, { limit: 10 });
    assert.deepEqual(
      rows.map((one) => [one.version, one.rules.model, one.inForce]),
      [[1, "last_click", true]],
    );
  });

  it("is not kept for days that are over without a preview of the same rules", async () => {
    const past = version({ model: "first_click" }, { validUntil: "2026-03-10" });
    await assert.rejects(saveRules(world.context, actor, PROGRAM, past), { code: "invalid_input" });
    const other = await previewRules(world.context, actor, PROGRAM, RulesProposal.parse({ rules: {} }));
    const waiting = saveRules(world.context, actor, PROGRAM, { ...past, previewId: other.id });
    await assert.rejects(waiting, { code: "invalid_input" });
  });

  it("a preview tells who would move and writes nothing; then it is kept and everybody decided again", async () => {
    const { context, clickIds } = world;
    const preview = await previewRules(context, actor, PROGRAM, proposal);
    await runAttribution(context, clickIds, preview.id);
    const told = await getRun(context, actor, preview.id);
    assert.deepEqual(
      [told.state, told.customers, told.moves, told.commissions],
      ["done", 2, [{ from: "prt_ben", to: "prt_ada", customers: 1, events: 2 }], []],
    );
    assert.equal(await ownerOf(world, "anna"), "prt_ben");
    const given = { ...proposal, after: 1, reason: "first clicks in spring", previewId: preview.id };
    const saved = await saveRules(context, actor, PROGRAM, given);
    assert.equal(saved.version.version, 2);
    await runAttribution(context, clickIds, saved.runId ?? "");
    assert.deepEqual([await ownerOf(world, "anna"), await ownerOf(world, "bert")], ["prt_ada", "prt_ben"]);
    const dirty = await world.rows("select distinct partner_id from commissions.dirty order by 1");
    assert.deepEqual(dirty, [{ partner_id: "prt_ada" }, { partner_id: "prt_ben" }]);
    const [trail] = await world.rows("select action, reason from audit.entry order by seq desc limit 1");
    assert.deepEqual(trail, { action: "attribution.rules_changed", reason: "first clicks in spring" });
    assert.deepEqual((await replayAttribution(context, clickIds, { dryRun: true })).moved, []);
  });

  it("every decision names its version, and every candidate has a reason", async () => {
    const { rows } = await listCustomers(world.context, actor, { limit: 10, sort: "oldest" }, customerSurroundings);
    const explained = await explainAttribution(world.context, actor, rows[0]?.id ?? "", customerSurroundings);
    assert.deepEqual(
      explained.decisions.map((one) => [one.rulesVersion, one.rules?.model, one.candidates.map((c) => c.reason)]),
      [
        [2, "first_click", ["earlier_click_won", "first_click"]],
        [1, "last_click", ["last_click", "later_click_won"]],
      ],
    );
  });

  it("refuses a window for an offer or partner that is not there", async () => {
    const windows = (one: object) =>
      version({ windows: [{ clickDays: 3, ...one }] }, { after: 2, validFrom: "2026-04-01" });
    for (const one of [{ offerId: "ofr_other" }, { partnerId: "prt_nobody" }])
      await assert.rejects(saveRules(world.context, actor, PROGRAM, windows(one)), { code: "invalid_input" });
  });

  it("nobody overwrites a version that they have not seen", async () => {
    await assert.rejects(saveRules(world.context, actor, PROGRAM, version({}, { validFrom: "2026-04-01" })), {
      code: "conflict",
    });
  });

  it("a run that was broken off goes on where it stood", async () => {
    const { context, clickIds } = world;
    const asked = { ...proposal, rules: AttributionRules.parse({}), validUntil: null, validFrom: "2026-01-01" };
    const told = await tryAttribution(context, clickIds, { programId: PROGRAM, tried: asked });
    assert.equal(told.moves[0]?.customers, 1);
    const saved = await saveRules(
      context,
      actor,
      PROGRAM,
      { ...asked, after: 2, reason: "and back", previewId: null },
      { previewed: true },
    );
    // As if it had been killed after the first page, which held everybody but the last customer.
    const [{ id } = { id: 0n }] = await world.rows<{ id: bigint }>(
      "select min(customer_id) as id from attribution.customer",
    );
    await replayRuns.advance(context.db, saved.runId ?? "", 0n, { after: id, customers: 1, moves: [] });
    await runAttribution(context, clickIds, saved.runId ?? "");
    assert.equal(await ownerOf(world, "anna"), "prt_ada", "the page before the kill is not taken twice");
    const run = await getRun(context, actor, saved.runId ?? "");
    assert.deepEqual([run.state, run.customers], ["done", 2]);
  });

  it("partners do not read which partners the rules name", async () => {
    await world.rows(
      `update attribution.rules_version set rules = rules || '{"noOverwritePartners": ["prt_cyd"]}' where version = 2`,
    );
    const client = await world.database.pool.connect();
    try {
      await client.query("begin; set local role tributary_portal");
      const { rows } = await client.query<{ rules: object }>(
        "select rules from attribution.rules_shown where version = 2",
      );
      assert.ok(rows[0] !== undefined && !JSON.stringify(rows).includes("prt_cyd"));
      await assert.rejects(client.query("select rules from attribution.rules_version"), /permission denied/);
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});

describe("what the operator knows of customers", () => {
  it("those who were imported as existing are not claimed where known customers are kept", async () => {
    const world = await eventWorld({ existingCustomers: "keep" });
    try {
      const clickId = await world.click("ada", "2026-03-05T00:00:00Z");
      const registration = (customerRef: string) => ({
        type: "registration",
        externalId: `r-${customerRef}`,
        customerRef,
        at: ms("2026-03-06T00:00:00Z"),
        clickId,
      });
      await world.send([registration("anna"), registration("bert")]);
      await world.pipeline.drain();
      const around = { ...customerSurroundings, sources: touchSources(world.clickIds) };
      const customers = [
        { customerRef: "anna", knownSince: "2026-03-01T00:00:00.000Z" },
        { customerRef: "bert", knownSince: "2026-03-05T12:00:00.000Z" },
        { customerRef: "cleo", knownSince: null },
      ];
      const noted = await markKnownCustomers(world.context, actor, PROGRAM, { customers }, around);
      assert.deepEqual(noted, { noted: 3, moved: 1 });
      const { rows } = await listKnownCustomers(world.context, actor, PROGRAM, { limit: 10, q: "cl" });
      assert.deepEqual(
        rows.map((one) => [one.customerRef, one.knownSince]),
        [["cleo", null]],
      );
      await world.send([registration("cleo")]);
      await world.pipeline.drain();
      const found = await world.rows("select customer_ref, partner_id, reason from attribution.customer order by 1");
      assert.deepEqual(found, [
        { customer_ref: "anna", partner_id: null, reason: "imported_as_existing" },
        { customer_ref: "bert", partner_id: "prt_ada", reason: "last_click" },
        { customer_ref: "cleo", partner_id: null, reason: "imported_as_existing" },
      ]);
      assert.deepEqual((await replayAttribution(world.context, world.clickIds, { dryRun: true })).moved, []);
      const wrong = { customerRefs: ["anna", "nobody"], reason: "a list of another brand" };
      const back = await takeBackKnownCustomers(world.context, actor, PROGRAM, wrong, around);
      assert.deepEqual(back, { takenBack: 1, moved: 1 });
      const anna = "select partner_id, reason from attribution.customer where customer_ref = 'anna'";
      assert.deepEqual(await world.rows(anna), [{ partner_id: "prt_ada", reason: "last_click" }]);
    } finally {
      await world.close();
    }
  });

  it("a decision by hand gives way only to kinds that stand before it", async () => {
    const world = await eventWorld({ priority: ["code", "manual", "click", "customer"] });
    try {
      const clickId = await world.click("ada", "2026-03-05T00:00:00Z");
      await world.send([{ type: "registration", externalId: "r", at: ms("2026-03-06T00:00:00Z"), clickId }]);
      await world.pipeline.drain();
      const { rows } = await listCustomers(world.context, actor, { limit: 1, sort: "newest" }, customerSurroundings);
      const given = {
        revision: rows[0]?.revision ?? 0,
        partnerId: "prt_ben",
        linkId: null,
        from: null,
        reason: "by contract",
      };
      await attributeByHand(world.context, actor, rows[0]?.id ?? "", given, customerSurroundings);
      const later = await world.click("cyd", "2026-04-05T00:00:00Z");
      await world.send([deposit("d1", 5, { at: ms("2026-04-06T00:00:00Z"), clickId: later })]);
      await world.pipeline.drain();
      assert.equal(await ownerOf(world, "anna"), "prt_ben", "a click stands behind it");
      await world.send([deposit("d2", 5, { at: ms("2026-04-07T00:00:00Z"), code: "CYD" })]);
      await world.pipeline.drain();
      assert.equal(await ownerOf(world, "anna"), "prt_cyd", "a code stands before it");
      const explained = await explainAttribution(world.context, actor, rows[0]?.id ?? "", customerSurroundings);
      assert.deepEqual(
        explained.decisions[0]?.candidates.map((one) => `${one.kind} ${one.partnerId} ${one.reason}`),
        ["code prt_cyd code", "manual prt_ben code_won"],
      );
      assert.deepEqual((await replayAttribution(world.context, world.clickIds, { dryRun: true })).moved, []);
    } finally {
      await world.close();
    }
  });
});

describe("an event before its customer was bound", () => {
  it("is nobody's where the rules do not reach back so far, and its receipt says so", async () => {
    const world = await eventWorld({ deferredLeads: { kind: "days", days: 3 } });
    try {
      const clickId = await world.click("ada", "2026-03-01T00:00:00Z");
      await world.send([{ type: "registration", externalId: "r", at: ms("2026-03-10T00:00:00Z"), clickId }]);
      await world.pipeline.drain();
      const early = [
        deposit("d1", 5, { at: ms("2026-03-05T00:00:00Z") }),
        deposit("d2", 5, { at: ms("2026-03-08T00:00:00Z") }),
      ];
      const seq = await world.send(early);
      await world.pipeline.drain();
      assert.deepEqual(await world.fates(seq), ["unattributed before_ownership", "accepted"]);
      const [customer] = await world.rows("select owned_from, owned_until from attribution.customer");
      assert.deepEqual(customer, { owned_from: "2026-03-07", owned_until: null });
      assert.deepEqual((await replayAttribution(world.context, world.clickIds, { dryRun: true })).moved, []);
    } finally {
      await world.close();
    }
  });
});

describe("credit of all touches", () => {
  it("comes from the stored journeys; later conversions have the journey that bound the customer", async () => {
    const world = await eventWorld({ priority: ["click", "impression", "code"], impressionWindowDays: 3 });
    try {
      const seen = await world.view("cyd", "2026-03-02T00:00:00Z");
      const first = await world.click("ada", "2026-03-01T00:00:00Z");
      const last = await world.click("ben", "2026-03-03T00:00:00Z", { prev: first, prevView: seen });
      await world.send([
        deposit("d1", 1000, { customerRef: "anna", at: ms("2026-03-04T00:00:00Z"), clickId: last }),
        deposit("d2", 101, { customerRef: "anna", at: ms("2026-03-25T00:00:00Z") }),
        deposit("d3", 50, { customerRef: "bert", at: ms("2026-03-25T00:00:00Z"), code: "ADA" }),
        deposit("d4", 7, { customerRef: "cleo", at: ms("2026-03-25T00:00:00Z") }),
      ]);
      await world.pipeline.drain();
      const query = CreditQuery.parse({
        programId: PROGRAM,
        from: "2026-03-01",
        to: "2026-04-01",
        event: "deposit",
        models: "first,last,position",
      });
      const report = await creditReport(world.context, actor, query, world.clickIds);
      assert.deepEqual([report.conversions, report.withJourney, report.touches], [4, 2, 6]);
      const told = report.rows.map(({ id, credits }) => [
        id,
        ...credits.map((one) => `${one.conversions} ${one.amounts[0]?.minor ?? "0"}`),
      ]);
      assert.deepEqual(told, [
        [null, "1 7", "1 7", "1 7"],
        ["prt_ada", "3 1151", "1 50", "1.8 491"],
        ["prt_ben", "0 0", "2 1101", "0.8 440"],
        ["prt_cyd", "0 0", "0 0", "0.4 220"],
      ]);
    } finally {
      await world.close();
    }
  });
});
