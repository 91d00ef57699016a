import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { RunDetail } from "@tributary/contract";
import { sql } from "kysely";
import { ANNA, BERT } from "../../test/money/world.ts";
import { decideAdjustment, proposeAdjustment } from "../commissions/index.ts";
import { transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { verifyLedger } from "../ledger/index.ts";
import {
  listStatements,
  payableStatements,
  payStatement,
  settleStatements,
  verifyStatements,
} from "../statements/index.ts";
import { answerItems } from "./approvals.ts";
import { compareAttempts, listLineChanges } from "./compare.ts";
import { delegate } from "./delegations.ts";
import { answerReopening, askFor, askToReopen, cancelRun, closeRun, openRun, repeatRun, sendBack } from "./moves.ts";
import { lookForPayments } from "./payments.ts";
import { getItem, getSnapshot, listItems, listRuns, listWaiting } from "./reading.ts";
import { openScheduledRuns } from "./schedules.ts";
import { currentSettings, saveSettings } from "./settings.ts";
import { RunWorld, regional } from "./test-run.ts";
import { advanceRun } from "./work.ts";

const refusal =
  (code: string, text: RegExp = /./) =>
  (error: unknown) =>
    error instanceof Refusal && error.code === code && text.test(error.message);
const page = { limit: 100, sort: "-toPay" as const };

const WALKED = [
  ["open", "done", "usr_finn"],
  ["frozen", "done", "usr_finn"],
  ["calculated", "done", "usr_finn"],
  ["validated", "done", "usr_finn"],
  ["regionally_approved", "done", "usr_cora"],
  ["centrally_approved", "done", "usr_dora"],
  ["finance_approved", "done", "usr_fred"],
  ["paid", "done", "runs"],
  ["closed", "done", "usr_finn"],
];

function stagesOf(run: RunDetail) {
  return run.stages.map((one) => [one.state, one.outcome, one.by]);
}

describe("a commission run", () => {
  let world: RunWorld;
  before(async () => {
    world = await RunWorld.open();
  });
  after(() => world.close());
  const itemsOf = async (runId: string, actor = world.people.finn) =>
    (await listItems(world.money.ctx, actor, runId, page, world.needs)).rows;

  it("goes from open to closed, and pays nobody before finance has signed", async () => {
    const { people, money } = world;
    money.clock.set("2026-02-10T12:00:00Z");
    const eu = await world.partner("eu");
    const latam = await world.partner("latam", "usr_lars");
    await world.revenue(eu.customer, "2026-01-10", 1_000_000);
    await world.revenue(eu.customer, "2026-02-05", 1_500_000);
    await world.revenue(latam.customer, "2026-02-05", 200_000);
    const run = await world.run("off_cycle", "2026-02-01", "2026-03-01", [eu.id, latam.id]);
    await assert.rejects(world.work(run, "freeze"), refusal("wrong_state", /not over/));
    money.clock.set("2026-03-04T12:00:00Z");
    const january = await world.run("off_cycle", "2026-01-01", "2026-02-01", [eu.id, latam.id]);
    for (const id of [january, run]) {
      assert.equal(await world.work(id, "freeze"), "frozen");
      assert.equal(await world.work(id, "calculate"), "calculated");
      if (id === january) assert.equal(await world.work(id, "validate"), "validated");
    }
    const [first, second] = await itemsOf(run);
    assert.deepEqual(
      [first?.partnerId, first?.earned, first?.earnedBefore, first?.causes.volume, first?.toPay],
      [eu.id, "450000", "300000", "150000", "750000"],
      "what January owes is paid with February",
    );
    assert.deepEqual([second?.earned, second?.marks.map((one) => one.code)], ["60000", ["first", "top"]]);
    assert.deepEqual(
      first?.marks.filter((one) => one.severity === "warn").map((one) => one.code),
      ["change_up"],
    );
    assert.equal(await world.work(run, "validate"), "validated");
    assert.deepEqual(await payableStatements(money.ctx), [], "closed is not payable");

    await assert.rejects(world.approve(run, people.lars, [latam.id]), refusal("same_person", /look after/));
    await assert.rejects(world.approve(run, people.lars, [eu.id]), refusal("forbidden"));
    await assert.rejects(
      world.approve(run, ANNA, [eu.id]),
      refusal("same_person", /entered/),
      "she wrote the agreement",
    );
    assert.equal((await world.approve(run, people.rita)).approved, 0, "nothing of hers is clean");
    assert.equal((await world.approve(run, people.rita, [eu.id])).approved, 1);
    assert.equal((await world.approve(run, people.cora)).approved, 1, "the clean one of the other region");
    assert.equal((await world.detail(run)).state, "regionally_approved");
    await assert.rejects(world.approve(run, people.rita, [eu.id]), refusal("forbidden"), "a region is not the whole");
    await assert.rejects(world.approve(run, people.finn, [eu.id]), refusal("forbidden"), "finance signs later");
    assert.equal((await world.approve(run, people.dora, [eu.id])).approved, 1);
    assert.equal((await world.detail(run)).state, "centrally_approved", "600 EUR need no central signature");
    await assert.rejects(world.approve(run, people.finn, [eu.id]), refusal("same_person", /closed/));
    assert.deepEqual(await payableStatements(money.ctx), []);
    await world.approve(run, people.fred, [eu.id, latam.id]);
    assert.equal((await world.detail(run)).state, "finance_approved");
    assert.deepEqual(
      (await payableStatements(money.ctx)).map((one) => one.partnerId),
      [latam.id],
      "January of the other's books is in a run that is not approved",
    );
    await world.approve(january, people.rita, [eu.id]);
    await world.approve(january, people.cora, [eu.id]);
    await world.approve(january, people.fred, [eu.id]);
    const payable = await payableStatements(money.ctx);
    assert.deepEqual(payable.map((one) => one.payable).sort(), [60_000n, 750_000n]);
    for (const one of payable) await payStatement(money.ctx, people.fred, one.statementId, { reference: "R" });
    await lookForPayments(money.ctx);
    const paid = await world.detail(run);
    assert.equal(paid.state, "paid");
    await closeRun(money.ctx, people.finn, run, { revision: paid.revision, comment: "" });
    assert.deepEqual(stagesOf(await world.detail(run)), WALKED);
    assert.deepEqual((await verifyLedger(money.ctx)).problems, []);
    assert.deepEqual((await verifyStatements(money.ctx)).problems, []);
  });

  it("is calculated again as a new attempt, says line by line what changed, and never doubles anything", async () => {
    const { money, people } = world;
    money.clock.set("2026-04-03T12:00:00Z");
    const one = await world.partner("eu");
    await world.revenue(one.customer, "2026-03-05", 100_000);
    const run = await world.run("off_cycle", "2026-03-01", "2026-04-01", [one.id]);
    await world.work(run, "freeze");
    await world.work(run, "calculate");
    const before = await getSnapshot(money.ctx, people.finn, run, null, world.needs);
    await world.revenue(one.customer, "2026-03-20", 50_000);
    const adjustment = {
      partnerId: one.id,
      programId: world.programId,
      currency: "EUR",
      amount: "-2500",
      month: "2026-03",
      reason: "agreed",
    };
    const proposed = await proposeAdjustment(money.ctx, ANNA, adjustment);
    assert.deepEqual(
      (await itemsOf(run)).map((item) => item.earned),
      ["30000"],
      "an attempt stays as it was calculated",
    );
    await decideAdjustment(money.ctx, BERT, proposed.id, true);
    await repeatRun(money.ctx, people.finn, run, {
      revision: (await world.detail(run)).revision,
      comment: "late data",
    });
    await advanceRun(money.ctx, run, world.needs);
    const again = await world.detail(run);
    assert.deepEqual([again.state, again.attempt], ["calculated", 2]);
    const comparison = await compareAttempts(money.ctx, people.finn, run, { from: 1, to: 2 });
    assert.deepEqual(comparison.partners, [
      {
        partnerId: one.id,
        currency: "EUR",
        before: "30000",
        after: "42500",
        lines: "15000",
        adjustments: "-2500",
        other: "0",
      },
    ]);
    const lines = await listLineChanges(money.ctx, people.finn, run, { from: 1, to: 2, limit: 10 });
    assert.deepEqual(
      lines.rows.map((line) => [line.component, line.before, line.after, line.why]),
      [["share", "30000", "45000", ["facts"]]],
    );
    assert.notEqual((await getSnapshot(money.ctx, people.finn, run, null, world.needs)).hash, before.hash);
    const item = await getItem(money.ctx, people.finn, run, { partnerId: one.id, currency: "EUR" }, world.needs);
    assert.deepEqual(item.enteredBy, [
      { userId: "usr_anna", what: "adjustment" },
      { userId: "usr_anna", what: "terms" },
    ]);
    assert.deepEqual(
      item.cells.map((cell) => [cell.component, cell.quantity, cell.amount]),
      [["share", "1500", "45000"]],
    );
  });

  it("closes a statement once: what is in one run is in no other", async () => {
    const { money, people } = world;
    money.clock.set("2026-04-03T13:00:00Z");
    const one = await world.partner("eu");
    await world.revenue(one.customer, "2026-03-05", 100_000);
    const run = await world.run("off_cycle", "2026-03-01", "2026-04-01", [one.id]);
    for (const step of ["freeze", "calculate"] as const) await world.work(run, step);
    const other = await world.run("off_cycle", "2026-03-01", "2026-04-01", [one.id]);
    await world.work(other, "freeze");
    await world.work(other, "calculate");
    assert.deepEqual(await itemsOf(other), [], "a statement is in one run");
    await cancelRun(money.ctx, people.finn, other, { revision: (await world.detail(other)).revision, comment: "" });
    await world.work(run, "validate");
    const statements = await listStatements(money.ctx, people.finn, { partnerId: one.id, limit: 10 });
    assert.deepEqual(
      statements.rows.map((row) => [row.month, row.runId]),
      [["2026-03", run]],
    );
    await assert.rejects(
      repeatRun(money.ctx, people.finn, run, { revision: (await world.detail(run)).revision, comment: "" }),
      refusal("wrong_state"),
    );
  });

  it("goes on where a kill between any two parts, or in the middle of one, has ended it", async () => {
    const { money, people } = world;
    money.clock.set("2026-05-04T12:00:00Z");
    const partners = [await world.partner("eu"), await world.partner("eu"), await world.partner("latam")];
    for (const [index, one] of partners.entries())
      await world.revenue(one.customer, "2026-04-05", 100_000 * (index + 1));
    const run = await world.run(
      "off_cycle",
      "2026-04-01",
      "2026-05-01",
      partners.map((one) => one.id),
    );
    const looks = world.needs.payees;
    let kills = 0;
    const dying = new Set<string>();
    world.needs = {
      ...world.needs,
      payees: async (ctx, ids, since) => {
        const answer = await looks?.(ctx, ids, since);
        if (!dying.has(ids.join())) throw new Error(`killed in ${dying.add(ids.join()).size}`);
        return answer ?? new Map();
      },
    };
    const { revision } = await world.detail(run);
    const options = {
      partnersAtOnce: 1,
      onPart: (step: string, cursor: string) => {
        const part = `${step} ${cursor}`;
        if (dying.has(part)) return;
        dying.add(part);
        kills += 1;
        throw new Error("killed");
      },
    };
    const stubbornly = async () => {
      for (let attempt = 0; attempt < 40; attempt += 1)
        await advanceRun(money.ctx, run, world.needs, options).catch((error: Error) =>
          assert.match(error.message, /^killed/),
        );
    };
    await askFor(money.ctx, people.finn, run, "freeze", { revision, comment: "" }, world.needs);
    await stubbornly();
    for (const step of ["calculate", "validate"] as const) {
      await askFor(
        money.ctx,
        people.finn,
        run,
        step,
        { revision: (await world.detail(run)).revision, comment: "" },
        world.needs,
      );
      await stubbornly();
    }
    world.needs = { ...world.needs, payees: looks };
    const detail = await world.detail(run);
    assert.deepEqual([detail.state, detail.attempt, detail.working], ["validated", 1, null]);
    assert.ok(kills >= 9, `${kills} kills between parts`);
    assert.deepEqual(
      (await itemsOf(run)).map((item) => [item.earned, item.toPay]),
      [
        ["90000", "90000"],
        ["60000", "60000"],
        ["30000", "30000"],
      ],
    );
    assert.equal(detail.course.filter((one) => one.to === "calculated").length, 1);
    assert.deepEqual((await verifyStatements(money.ctx)).problems, []);
  });

  it("is sent back with a comment; approvals fall, and a partner may be left out and taken in later", async () => {
    const { money, people } = world;
    money.clock.set("2026-06-03T12:00:00Z");
    const one = await world.partner("eu");
    const two = await world.partner("eu");
    for (const { customer } of [one, two]) await world.revenue(customer, "2026-05-05", 100_000);
    const run = await world.run("off_cycle", "2026-05-01", "2026-06-01", [one.id, two.id]);
    for (const step of ["freeze", "calculate", "validate"] as const) await world.work(run, step);
    await world.approve(run, people.rita);
    const through = await world.detail(run);
    assert.equal(through.state, "centrally_approved", "300 EUR need no central signature");
    await sendBack(money.ctx, people.dora, run, {
      revision: through.revision,
      to: "validated",
      comment: "look at the new site",
    });
    const back = await world.detail(run);
    assert.deepEqual(
      [back.state, back.stages[4]?.waiting, back.course.at(-1)?.comment],
      ["validated", 2, "look at the new site"],
    );
    await assert.rejects(
      sendBack(money.ctx, people.dora, run, { revision: back.revision, to: "open", comment: "again" }),
      refusal("wrong_state"),
    );
    const exclude = {
      items: [{ partnerId: two.id, currency: "EUR" }],
      decision: "exclude" as const,
      comment: "in dispute",
    };
    await answerItems(money.ctx, people.rita, run, { revision: back.revision, ...exclude });
    await world.approve(run, people.rita);
    await world.approve(run, people.fred);
    assert.equal((await world.detail(run)).state, "finance_approved");
    const own = async () =>
      (await payableStatements(money.ctx, { partnerIds: [one.id, two.id] })).map((row) => row.partnerId);
    assert.deepEqual(await own(), [one.id]);
    const include = { ...exclude, decision: "include" as const, comment: "settled" };
    await answerItems(money.ctx, people.finn, run, { revision: (await world.detail(run)).revision, ...include });
    assert.deepEqual(await own(), [one.id], "it goes through its own signatures");
    await world.approve(run, people.rita, [two.id]);
    await assert.rejects(world.approve(run, people.rita, [two.id]), refusal("forbidden"));
    await world.approve(run, people.fred, [two.id]);
    assert.deepEqual((await own()).sort(), [one.id, two.id].sort());
  });

  it("lets somebody stand in for a while, never around a conflict", async () => {
    const { money, people } = world;
    money.clock.set("2026-07-03T12:00:00Z");
    const one = await world.partner("eu");
    await world.revenue(one.customer, "2026-06-05", 100_000);
    const run = await world.run("off_cycle", "2026-06-01", "2026-07-01", [one.id]);
    for (const step of ["freeze", "calculate", "validate"] as const) await world.work(run, step);
    const given = {
      toUserId: "usr_lars",
      validFrom: "2026-07-01",
      validTo: "2026-07-05",
      levels: ["regional" as const],
      reason: "holidays",
    };
    const waits = async () =>
      (await listWaiting(money.ctx, people.lars, world.needs)).filter((row) => row.runId === run);
    assert.deepEqual(await waits(), []);
    await delegate(money.ctx, people.rita, given, world.needs);
    const [waiting] = await waits();
    assert.deepEqual([waiting?.runId, waiting?.items, waiting?.actingFor], [run, 1, ["usr_rita"]]);
    await delegate(money.ctx, people.fred, { ...given, levels: ["finance"], toUserId: "usr_rita" }, world.needs);
    await world.approve(run, people.lars);
    await assert.rejects(
      world.approve(run, people.rita, [one.id]),
      refusal("same_person", /already/),
      "through Lars she has approved it",
    );
    money.clock.set("2026-07-06T12:00:00Z");
    await world.approve(run, people.fred);
    assert.equal((await world.detail(run)).state, "finance_approved");
    assert.deepEqual(
      (await getItem(money.ctx, people.finn, run, { partnerId: one.id, currency: "EUR" }, world.needs)).decisions.map(
        (word) => [word.level, word.person, word.actingFor],
      ),
      [
        ["finance", "usr_fred", null],
        ["regional", "usr_lars", "usr_rita"],
      ],
    );
  });

  it("is opened again by two people, and books what differs in the open month", async () => {
    const { money, people } = world;
    money.clock.set("2026-08-03T12:00:00Z");
    const one = await world.partner("eu");
    await world.revenue(one.customer, "2026-07-05", 100_000);
    const run = await world.run("off_cycle", "2026-07-01", "2026-08-01", [one.id]);
    for (const step of ["freeze", "calculate", "validate"] as const) await world.work(run, step);
    await world.approve(run, people.rita);
    await world.approve(run, people.fred);
    for (const row of await payableStatements(money.ctx, { partnerIds: [one.id] }))
      await payStatement(money.ctx, people.fred, row.statementId, { reference: "R" });
    await lookForPayments(money.ctx);
    await closeRun(money.ctx, people.finn, run, { revision: (await world.detail(run)).revision, comment: "" });
    await world.revenue(one.customer, "2026-07-20", 40_000);
    const asked = { revision: (await world.detail(run)).revision, reason: "a file was late" };
    await askToReopen(money.ctx, people.finn, run, asked);
    const move = async () => ({ revision: (await world.detail(run)).revision, comment: "" });
    await assert.rejects(answerReopening(money.ctx, people.finn, run, await move(), true), refusal("forbidden"));
    await answerReopening(money.ctx, people.dora, run, await move(), true);
    for (const step of ["freeze", "calculate"] as const) await world.work(run, step);
    const lines = await listLineChanges(money.ctx, people.finn, run, { from: 1, to: 2, limit: 10 });
    assert.deepEqual(
      lines.rows.map((line) => [line.month, line.before, line.after]),
      [["2026-07", "30000", "42000"]],
    );
    assert.equal(await world.work(run, "validate"), "validated");
    assert.deepEqual(await money.owed(one.id), { held: 0n, payable: 12_000n }, "in August");
    assert.deepEqual(await payableStatements(money.ctx, { partnerIds: [one.id] }), []);
    assert.deepEqual((await verifyStatements(money.ctx)).problems, []);
  });

  it("pays a part of an open month on account, never twice and never what is still under review", async () => {
    const { money, people } = world;
    money.clock.set("2026-09-08T12:00:00Z");
    const one = await world.partner("eu");
    await world.revenue(one.customer, "2026-08-15", 500_000);
    await world.revenue(one.customer, "2026-09-03", 100_000);
    const week = await world.run("off_cycle", "2026-09-01", "2026-09-08", [one.id]);
    for (const step of ["freeze", "calculate", "validate"] as const) await world.work(week, step);
    assert.deepEqual(
      (await itemsOf(week)).map((item) => [item.closingPayable, item.toPay]),
      [["180000", "30000"]],
    );
    await world.revenue(one.customer, "2026-09-10", 20_000);
    money.clock.set("2026-09-15T12:00:00Z");
    const next = await world.run("off_cycle", "2026-09-08", "2026-09-15", [one.id]);
    for (const step of ["freeze", "calculate"] as const) await world.work(next, step);
    assert.deepEqual(
      (await itemsOf(next)).map((item) => item.toPay),
      ["6000"],
    );
    const { rows } = await listStatements(money.ctx, people.finn, { partnerId: one.id, limit: 10 });
    assert.deepEqual(
      rows.map((row) => row.status),
      ["open", "open"],
    );
    await world.approve(week, people.cora, [one.id]);
    await world.approve(week, people.fred, [one.id]);
    const early = async () =>
      (await payableStatements(money.ctx, { partnerIds: [one.id] })).map((each) => [each.onAccount, each.payable]);
    assert.deepEqual(await early(), [[true, 30_000n]], "finance let the week go on account of the open month");
    assert.equal((await lookForPayments(money.ctx)).paid, 0);
    const [paid] = await payableStatements(money.ctx, { partnerIds: [one.id] });
    const settlement = { statementId: paid?.statementId ?? "", minor: 30_000n, sourceKey: "pay_1", reference: "W37" };
    const done = await transact(money.ctx, (tx) =>
      settleStatements(tx, ANNA, [{ ...settlement, idempotencyKey: "pay_1:settle" }]),
    );
    assert.equal(done.settled, 1);
    assert.deepEqual([await early(), await lookForPayments(money.ctx)], [[], { paid: 1 }]);
    assert.equal((await world.detail(week)).state, "paid");
  });

  it("opens by schedule, once, and shows each region its own", async () => {
    const { money, people } = world;
    money.clock.set("2026-10-20T12:00:00Z");
    const settings = await currentSettings(money.ctx);
    const document = {
      ...settings.document,
      schedules: [
        ...settings.document.schedules,
        { code: "weekly", name: "Weekly", cadence: "weekly" as const, partnerIds: ["prt_x"], regionIds: [] },
      ],
    };
    await assert.rejects(
      saveSettings(money.ctx, people.finn, { version: 1, document, reason: "weekly" }),
      refusal("forbidden"),
    );
    await saveSettings(money.ctx, ANNA, { version: settings.version, document, reason: "weekly" });
    await assert.rejects(
      saveSettings(money.ctx, ANNA, { version: settings.version, document, reason: "late" }),
      refusal("conflict"),
    );
    assert.equal((await openScheduledRuns(money.ctx)).opened, 3);
    assert.equal((await openScheduledRuns(money.ctx)).opened, 0);
    const { data } = await listRuns(money.ctx, people.finn, { limit: 100, kind: ["regular"] });
    assert.deepEqual(data.map((run) => `${run.schedule} ${run.mode} ${run.from}`).sort(), [
      "monthly statement 2026-10-01",
      "weekly interim 2026-10-19",
      "weekly statement 2026-10-01",
    ]);
    const twice = { kind: "regular" as const, schedule: "monthly", from: "2026-10-01", to: "2026-11-01" };
    await assert.rejects(openRun(money.ctx, people.finn, twice), refusal("already_exists"));
    const [first] = (
      await listRuns(money.ctx, regional("usr_x", world.regions.latam), { limit: 100, state: ["closed"] })
    ).data;
    assert.deepEqual(
      first?.totals.map((total) => [total.partners, total.earned]),
      [[1, "60000"]],
      "of the first run only the partner of the region",
    );
    const { rows } = await sql<{
      many: bigint;
    }>`select count(*) as many from runs.item i join runs.run r using (run_id) where i.attempt > r.attempt`.execute(
      money.ctx.db,
    );
    assert.equal(rows[0]?.many, 0n);
  });
});
