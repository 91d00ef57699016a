import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Assumptions, type DealResult, NewSimulation, type PlanInput, type ReplayResult } from "@tributary/contract";
import { sql } from "kysely";
import { ANNA, CPA, MoneyWorld, person, planOf, SHARE, signatory } from "../../../test/money/world.ts";
import type { TouchSources } from "../../attribution/index.ts";
import { hashPlan, readPlan } from "../../plans/index.ts";
import { recalculate } from "../index.ts";
import { runSimulation } from "./run.ts";
import {
  cancelSimulation,
  getSimulation,
  listReplayed,
  listSimulations,
  simulationEvidence,
  startSimulation,
  suggestAssumptions,
} from "./service.ts";
import { insertReplayed, noteSteps, takeUp } from "./store/simulations.ts";

const NEEDS = {
  sources: { clickIds: {}, findPartners: async () => new Map() } as unknown as TouchSources,
  engineVersion: "1.2.3",
};
const RICHER: PlanInput = planOf({ ...CPA, amount: "200" }, { ...SHARE, rate: "0.5" });
const FIRST = { from: "2026-01", to: "2026-02" };

describe("simulations", () => {
  let world: MoneyWorld;
  let program: string;
  let partner: string;
  let second: string;
  let today: string;
  let richer: string;
  before(async () => {
    world = await MoneyWorld.open();
    program = await world.program("casino");
    today = await world.plan(program, "hybrid", planOf(CPA, SHARE));
    richer = await world.plan(program, "richer", RICHER);
    partner = await world.partner("one");
    second = await world.partner("two");
    await world.agree(partner, program, today);
    await world.agree(second, program, today);
    const a = await world.customer(program, partner, "c1");
    const b = await world.customer(program, partner, "c2");
    const c = await world.customer(program, second, "c3");
    await world.depositor(a, "2026-01-05", 5000);
    await world.depositor(b, "2026-02-08", 5000);
    await world.depositor(c, "2026-02-09", 5000, "USD");
    const ggr = (customer: bigint, on: string, minor: number) => ({
      customer,
      type: "activity",
      on,
      measures: { ggr: minor, ngr: minor },
    });
    await world.arrive(ggr(a, "2026-01-10", -50_000), ggr(a, "2026-02-20", 80_000), ggr(b, "2026-02-21", 10_000));
    await rate("2026-02-09", "1.25");
    await recalculate(world.ctx);
  });
  after(() => world.close());

  async function rate(day: string, value: string): Promise<void> {
    await sql`insert into commissions.rate (source, day, currency, base, rate, loaded_at)
      values ('ecb', ${day}::date, 'USD', 'EUR', ${value}::numeric, now())`.execute(world.ctx.db);
  }

  async function ran(question: unknown, who = ANNA) {
    const { id } = await startSimulation(world.ctx, who, NewSimulation.parse(question));
    await runSimulation(world.ctx, id, NEEDS);
    return await getSimulation(world.ctx, who, id);
  }

  const replay = (change: object, month = "2026-02") => ({
    kind: "replay",
    name: "what if",
    programId: program,
    month,
    change,
  });
  const deal = (more: object) => ({
    kind: "deal",
    name: "a better deal",
    programId: program,
    subject: { kind: "partner", partnerId: partner },
    proposed: { kind: "document", document: RICHER, name: "Richer" },
    ...more,
  });
  const linesThere = async () =>
    (await sql<{ n: bigint }>`select count(*)::bigint as n from commissions.line`.execute(world.ctx.db)).rows[0]?.n;

  it("a deal over history: today's plan comes to what is booked, the proposed one to more; nothing is booked", async () => {
    const before = await linesThere();
    const done = await ran(deal({ history: FIRST, others: [{ kind: "version", planVersionId: today }] }));
    assert.deepEqual([done.status, done.problem, done.engineVersion], ["done", null, "1.2.3"]);
    const result = done.result as DealResult;
    const told = result.plans.map((one) => [
      one.role,
      one.history?.cost.minor,
      one.history?.revenue.minor,
      one.history?.net.minor,
      one.history?.firstDeposits,
      one.history?.qualified,
      one.history?.costPerQualified?.minor,
      one.history?.months.map((month) => month.cumulativeNet.minor).join(" "),
    ]);
    assert.deepEqual(told, [
      // January −500 carried; February (900 − 500) × 0.3 = 120 beside two CPA of 120
      ["today", "36000", "40000", "4000", 2, 2, "18000", "-62000 4000"],
      // (900 − 500) × 0.5 = 200 beside two CPA of 200
      ["proposed", "60000", "40000", "-20000", 2, 2, "30000", "-70000 -20000"],
      ["other", "36000", "40000", "4000", 2, 2, "18000", "-62000 4000"],
    ]);
    assert.equal(done.planHash, hashPlan(readPlan(RICHER)));
    assert.equal(done.costShare, "1.5");
    assert.equal(await linesThere(), before);
  });

  it("is evidence for whoever may see it, and never changes", async () => {
    const done = await ran(deal({ history: FIRST }));
    assert.deepEqual(await simulationEvidence(world.ctx, ANNA, done.id), {
      id: done.id,
      planHash: done.planHash,
      costShare: "1.5",
    });
    assert.equal(await simulationEvidence(world.ctx, signatory(partner), done.id), undefined);
    assert.equal(await simulationEvidence(world.ctx, ANNA, "sim_none"), undefined);
    await assert.rejects(
      sql`update commissions.simulation set cost_share = 0.1 where simulation_id = ${done.id}`.execute(world.ctx.db),
      /never changes/,
    );
    const again = await ran(deal({ history: FIRST }));
    assert.equal(again.inputHash, done.inputHash, "the same question over the same facts has the same hash");
    await assert.rejects(cancelSimulation(world.ctx, ANNA, done.id), /done already/);
  });

  it("a deal over a forecast, out of assumptions that history suggests", async () => {
    const found = await suggestAssumptions(world.ctx, ANNA, {
      programId: program,
      partnerId: partner,
      base: "ngr",
      ...FIRST,
    });
    assert.deepEqual([found.months, found.firstDeposits, found.assumptions?.averageFirstDeposit], [2, 2, "50"]);
    const assumptions = Assumptions.parse({ ...found.assumptions, clicks: 100, months: 6, revenuePerActive: "90" });
    const done = await ran(deal({ forecast: { assumptions } }));
    const result = done.result as DealResult;
    assert.deepEqual(
      result.plans.map((one) => [one.role, one.forecast.map((each) => each.scenario).join(" "), one.stress.length]),
      [
        ["today", "base optimistic worst", 3],
        ["proposed", "base optimistic worst", 3],
      ],
    );
    const [now, then] = result.plans.map((one) => BigInt(one.forecast[0]?.measures.cost.minor ?? "0"));
    assert.ok(now !== undefined && then !== undefined && then > now && now > 0n);
  });

  it("a segment is who fits it and may be seen", async () => {
    const everybody = await ran(deal({ subject: { kind: "segment" }, history: FIRST }));
    assert.equal((everybody.result as DealResult).partners, 2);
    await assert.rejects(ran(deal({ subject: { kind: "segment", partnerKind: "network" }, history: FIRST })), /nobody/);
    await assert.rejects(ran(deal({})), /look back/);
    await assert.rejects(ran(deal({ history: { from: "2026-03", to: "2026-02" } })), /before the first/);
    await assert.rejects(ran(deal({ history: FIRST }), signatory(partner)), /plans.read/);
    const analyst = person("usr_analyst", "analyst");
    assert.equal((await ran(deal({ history: FIRST }), analyst)).status, "done");
  });

  it("a month under the same plan is what is booked; under another it differs, partner by partner", async () => {
    const same = (await ran(replay({ kind: "plan", plan: { kind: "version", planVersionId: today } })))
      .result as ReplayResult;
    assert.deepEqual(same.totals, [{ currency: "EUR", booked: "36000", replayed: "36000", difference: "0" }]);
    assert.equal(same.changed, 0);
    const done = await ran(replay({ kind: "plan", plan: { kind: "version", planVersionId: richer } }));
    const result = done.result as ReplayResult;
    assert.deepEqual(
      [result.partners, result.changed, result.totals],
      [
        2,
        2,
        // one: 200 + 200; two: 200
        [{ currency: "EUR", booked: "36000", replayed: "60000", difference: "24000" }],
      ],
    );
    const page = await listReplayed(world.ctx, ANNA, done.id, { limit: 1 });
    assert.deepEqual(
      page.rows.map((row) => [row.partnerId, row.partnerName, row.difference.minor]),
      [[partner, "one", "16000"]],
    );
    const rest = await listReplayed(world.ctx, ANNA, done.id, { limit: 1, cursor: page.nextCursor ?? "" });
    assert.deepEqual([rest.rows.map((row) => row.partnerId), rest.nextCursor], [[second], null]);
  });

  it("a month under other exchange rates", async () => {
    const dear = (await ran(replay({ kind: "rates", rates: [{ on: "2026-02-09", currency: "USD", rate: "5" }] })))
      .result as ReplayResult;
    // 50 dollars are 10 euro then: less than the 20 that the CPA asks for
    assert.deepEqual(dear.totals, [{ currency: "EUR", booked: "36000", replayed: "24000", difference: "-12000" }]);
    assert.equal(dear.spread.filter((one) => one.partners > 0).length, 2);
  });

  it("a month under another rule of attribution: customers whom no stored touch claims are nobody's", async () => {
    const rules = {
      model: "last_click",
      windowDays: 1,
      priority: ["click"],
      binding: { kind: "lifetime" },
      existingCustomers: "attribute",
    };
    const done = (await ran(replay({ kind: "attribution", rules }))).result as ReplayResult;
    assert.deepEqual([done.customersMoved, done.totals[0]?.replayed], [3, "0"]);
  });

  it("a customer whom another rule gives to somebody else takes the commission along", async () => {
    await sql`
      insert into tracking.event (program_id, source_id, type, external_id, customer_ref, customer_id, partner_id, occurred_at,
        received_at, lane, seq, measures, quantities, dimensions, content_hash, partner_hint)
      select program_id, 'test', 'registration', 'hint', customer_ref, customer_id, partner_id, '2026-02-08T08:00:00Z', now(), 1, 1,
        '{}', '{}', '{}', 'hash', 'two'
      from attribution.customer where customer_ref = 'c2'`.execute(world.ctx.db);
    const sources = { ...NEEDS.sources, findPartners: async () => new Map([["two", second]]) };
    const rules = { priority: ["partner"] };
    const question = NewSimulation.parse(replay({ kind: "attribution", rules }));
    const { id } = await startSimulation(world.ctx, ANNA, question);
    await runSimulation(world.ctx, id, { ...NEEDS, sources });
    const { rows } = await listReplayed(world.ctx, ANNA, id, { limit: 10 });
    const told = rows.map((row) => [row.partnerName, row.booked.minor, row.replayed.minor]);
    // c2 alone is somebody's then: a CPA of 120, and 30 of its 100 from the day on which it was bound
    assert.deepEqual(told, [
      ["one", "24000", "0"],
      ["two", "12000", "15000"],
    ]);
  });

  it("is cancelled by whoever may see it, and a run that was broken off begins anew", async () => {
    const question = NewSimulation.parse(replay({ kind: "plan", plan: { kind: "version", planVersionId: richer } }));
    const waiting = await startSimulation(world.ctx, ANNA, question);
    assert.equal((await cancelSimulation(world.ctx, ANNA, waiting.id)).status, "cancelled");
    await runSimulation(world.ctx, waiting.id, NEEDS);
    assert.equal((await getSimulation(world.ctx, ANNA, waiting.id)).result, null);
    const broken = await startSimulation(world.ctx, ANNA, question);
    await takeUp(world.ctx.db, broken.id);
    await noteSteps(world.ctx.db, broken.id, 1, 2);
    await insertReplayed(world.ctx.db, broken.id, [
      { partnerId: "prt_x", currency: "EUR", bookedMinor: 1n, replayedMinor: 2n },
    ]);
    await runSimulation(world.ctx, broken.id, NEEDS);
    assert.equal((await getSimulation(world.ctx, ANNA, broken.id)).status, "done");
    assert.equal((await listReplayed(world.ctx, ANNA, broken.id, { limit: 10 })).rows.length, 2);
    const listed = await listSimulations(world.ctx, ANNA, { limit: 100, kind: "replay" });
    assert.ok(listed.rows.some((row) => row.id === broken.id));
    assert.ok(listed.rows.every((row) => row.kind === "replay"));
  });

  it("what cannot be calculated says why", async () => {
    const zloty = { ...RICHER, currency: "PLN" };
    const done = await ran(deal({ proposed: { kind: "document", document: zloty }, history: FIRST }));
    assert.equal(done.status, "failed");
    assert.match(done.problem ?? "", /rate/);
  });
});
