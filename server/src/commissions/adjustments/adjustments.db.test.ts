import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { NewAdjustment } from "@tributary/contract";
import { ANNA, BERT, MoneyWorld, person, planOf, SHARE, signatory } from "../../../test/money/world.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { monthFigures, verifyLedger } from "../../ledger/index.ts";
import { closeStatements, listStatements, openStatements, payableStatements } from "../../statements/index.ts";
import { recalculate } from "../index.ts";
import { checkBatch, proposeBatch } from "./batches.ts";
import { listReasons, saveReason } from "./reasons.ts";
import { bookRules, decideRule, proposeRule, releaseReserves } from "./rules.ts";
import { decideAdjustment, decideAdjustments, listAdjustments, proposeAdjustment } from "./service.ts";

describe("adjustments", () => {
  let world: MoneyWorld;
  let program: string;
  let plan: string;
  let partner: string;
  let customer: bigint;
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-10T12:00:00Z");
    program = await world.program("casino");
    plan = await world.plan(program, "share", planOf(SHARE));
  });
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set("2026-03-10T12:00:00Z");
    number += 1;
    partner = await world.partner(`partner-${number}`);
    await world.agree(partner, program, plan);
    customer = await world.customer(program, partner, `c-${number}`);
  });

  const refusal = (code: string, text: RegExp) => (error: unknown) =>
    error instanceof Refusal && error.code === code && text.test(error.message);
  const given = (more: Partial<NewAdjustment> = {}): NewAdjustment => ({
    partnerId: partner,
    programId: program,
    currency: "EUR",
    amount: "500",
    month: "2026-03",
    reason: "agreed on the phone",
    ...more,
  });
  const alone = (kind: NewAdjustment["kind"], amount: string, more: Partial<NewAdjustment> = {}) =>
    given({ kind, amount, programId: null, ...more });
  async function booked(input: NewAdjustment): Promise<string> {
    const { id } = await proposeAdjustment(world.ctx, ANNA, input);
    await decideAdjustment(world.ctx, BERT, id, true);
    return id;
  }
  const payable = async (of = partner) => (await world.owed(of)).payable;
  const moves = async (month: string) =>
    (await monthFigures(world.ctx, [{ partnerId: partner, currency: "EUR", month: `${month}-01` }]))[0]?.payable;

  it("asks for what its reason demands, and for the program whose expense it is", async () => {
    const propose = (more: Partial<NewAdjustment>) => proposeAdjustment(world.ctx, ANNA, given(more));
    await assert.rejects(propose({ reasonCode: "tracking_gap" }), refusal("invalid_input", /evidence is missing/));
    await assert.rejects(propose({ reasonCode: "no_such" }), refusal("invalid_input", /catalogue/));
    await assert.rejects(propose({ reasonCode: "set_off" }), refusal("invalid_input", /no reason for a correction/));
    await assert.rejects(propose({ programId: null }), refusal("invalid_input", /programId is missing/));
    await assert.rejects(propose({ kind: "write_off" }), refusal("invalid_input", /no meaning/));
    await assert.rejects(propose({ kind: "bonus", amount: "-5" }), refusal("invalid_input", /above zero/));
    await assert.rejects(propose({ otherPartnerId: partner }), refusal("invalid_input", /set-off/));
    const evidence = [{ kind: "link" as const, text: "https://tickets.example/7" }];
    const done = await propose({ reasonCode: "tracking_gap", evidence, effectiveTo: "2026-04" });
    assert.deepEqual([done.evidence, done.effectiveTo, done.status], [evidence, "2026-04", "proposed"]);
    await decideAdjustment(world.ctx, BERT, done.id, true, "seen in the log");
    const [seen] = (await listAdjustments(world.ctx, signatory(partner), { limit: 5 })).rows;
    assert.deepEqual([seen?.id, seen?.evidence, seen?.decisionNote, seen?.decidedBy], [done.id, [], null, null]);
  });

  it("the catalogue is edited, and large or repeated ones are never among the clean", async () => {
    const goodwill = (await listReasons(world.ctx)).find((one) => one.code === "goodwill");
    assert.ok(goodwill);
    const change = { ...goodwill, warnFrom: "10000" };
    assert.equal((await saveReason(world.ctx, ANNA, "goodwill", change)).revision, goodwill.revision + 1);
    await assert.rejects(saveReason(world.ctx, ANNA, "goodwill", change), refusal("conflict", /changed after/));
    const kam = person("usr_kam", "key_account_manager");
    await assert.rejects(saveReason(world.ctx, kam, "goodwill", change), refusal("forbidden", /./));
    const propose = (more: Partial<NewAdjustment>) =>
      proposeAdjustment(world.ctx, ANNA, given({ reasonCode: "goodwill", ...more }));
    const clean = await propose({});
    const twice = await propose({});
    const large = await propose({ amount: "-10000" });
    assert.deepEqual([clean.warnings, twice.warnings, large.warnings], [[], ["duplicate"], ["large"]]);
    const ids = [clean.id, twice.id, large.id];
    const own = await decideAdjustments(world.ctx, ANNA, { ids, approve: true });
    assert.deepEqual([own.decided, own.refused.map((one) => one.code)], [0, Array(3).fill("same_person")]);
    const bulk = await decideAdjustments(world.ctx, BERT, { ids, approve: true, onlyClean: true });
    assert.deepEqual([bulk.decided, bulk.refused.map((one) => one.id)], [1, [twice.id, large.id]]);
    assert.equal(await payable(), 500n);
    assert.equal((await decideAdjustments(world.ctx, BERT, { ids: [large.id], approve: false })).decided, 1);
  });

  it("a negative balance is written off, or met from another partner's, and never by more than there is", async () => {
    const other = await world.partner(`other-${number}`);
    await booked(given({ amount: "-3000" }));
    await booked(given({ partnerId: other, amount: "1000" }));
    const setOff = (amount: string) =>
      booked(alone("set_off", amount, { partnerId: other, otherPartnerId: partner, reasonCode: "set_off" }));
    await assert.rejects(setOff("1001"), refusal("wrong_state", /Only 1000 is owed/));
    await setOff("1000");
    assert.deepEqual([await payable(other), await payable()], [0n, -2000n]);
    const writeOff = (amount: string) => booked(alone("write_off", amount, { reasonCode: "uncollectible" }));
    await assert.rejects(writeOff("2001"), refusal("wrong_state", /it is -2000/));
    await writeOff("2000");
    assert.equal(await payable(), 0n);
    assert.deepEqual(await moves("2026-03"), { adjust: -3000n, set_off_in: 1000n, write_off: 2000n });
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
  });

  it("a reserve is kept back and given back once: by hand, or on its day", async () => {
    await booked(given({ amount: "1000" }));
    const reserve = (amount: string, more: Partial<NewAdjustment> = {}) =>
      booked(alone("reserve", amount, { reasonCode: "reserve", ...more }));
    await assert.rejects(reserve("1001"), refusal("wrong_state", /Only 1000 is owed/));
    const byHand = await reserve("300");
    await reserve("200", { releaseOn: "2026-03-12" });
    assert.equal(await payable(), 500n);
    const back = (amount: string) => booked(alone("reserve_release", amount, { ofId: byHand, reasonCode: "reserve" }));
    await assert.rejects(back("299"), refusal("invalid_input", /is not what is kept/));
    await back("300");
    await assert.rejects(back("300"), refusal("wrong_state", /already/));
    assert.deepEqual(await releaseReserves(world.ctx), { released: 0 });
    world.clock.set("2026-03-12T06:00:00Z");
    assert.deepEqual(await releaseReserves(world.ctx), { released: 1 });
    assert.deepEqual(await releaseReserves(world.ctx), { released: 0 });
    assert.equal(await payable(), 1000n);
  });

  it("a rule books every month once until it ends, and keeps its part of each closed month", async () => {
    const fee = await proposeRule(world.ctx, ANNA, {
      kind: "bonus",
      partnerId: partner,
      programId: program,
      currency: "EUR",
      amount: "700",
      fromMonth: "2026-01",
      untilMonth: "2026-04",
      reasonCode: "bonus",
      reason: "monthly fee",
    });
    await assert.rejects(decideRule(world.ctx, ANNA, fee.id, "approve"), refusal("same_person", /./));
    await bookRules(world.ctx);
    assert.equal(await payable(), 0n, "nobody has approved it");
    await decideRule(world.ctx, BERT, fee.id, "approve");
    await bookRules(world.ctx);
    await bookRules(world.ctx);
    assert.equal(await payable(), 2100n, "January, February and March");
    const keep = await proposeRule(world.ctx, ANNA, {
      kind: "reserve",
      partnerId: partner,
      currency: "EUR",
      percent: "10",
      holdDays: 30,
      fromMonth: "2026-02",
      reasonCode: "reserve",
      reason: "rolling reserve",
    });
    await decideRule(world.ctx, BERT, keep.id, "approve");
    await world.arrive({ customer, type: "activity", on: "2026-02-05", measures: { ggr: 41_150 } });
    await recalculate(world.ctx);
    await openStatements(world.ctx, [partner]);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, limit: 9 });
    const ids = rows.filter((row) => row.month < "2026-03").map((row) => row.id);
    assert.deepEqual(await closeStatements(world.ctx, ANNA, ids), { closed: 2, already: 0, refused: [] });
    const [due] = await payableStatements(world.ctx, { partnerIds: [partner] });
    assert.equal(due?.payable, 700n + 700n + 12_345n - 1305n, "10 % of 130.45 are kept: 13.05");
    const [kept] = (await listAdjustments(world.ctx, ANNA, { kind: "reserve", partnerId: partner, limit: 5 })).rows;
    assert.deepEqual(
      [kept?.amount, kept?.month, kept?.bookedMonth, kept?.releaseOn],
      ["1305", "2026-02", "2026-03", "2026-04-09"],
    );
    await decideRule(world.ctx, ANNA, fee.id, "end");
    world.clock.set("2026-04-10T06:00:00Z");
    await bookRules(world.ctx);
    await releaseReserves(world.ctx);
    assert.equal(await payable(), 2100n + 12_345n, "nothing for April, and the reserve is back");
  });

  it("a file is looked at row by row before anything of it is proposed, and proposed once", async () => {
    const file = [
      "Partner;Program;Currency;Amount;Month;Reason code;Reason;Evidence",
      `partner-${number};casino;EUR;12,50;2026-03;goodwill;late answer;`,
      `${partner};${program};EUR;-1,000.00;2026-02;duplicate;counted twice;https://tickets.example/8`,
      "nobody;casino;EUR;5;2026-03;goodwill;who is this;",
      `${partner};casino;EUR;1.005;2026-03;goodwill;too fine;`,
      `${partner};casino;EUR;5;2026-3;goodwill;no month;`,
    ].join("\n");
    const batch = await checkBatch(world.ctx, ANNA, "march.csv", Buffer.from(file));
    assert.deepEqual([batch.good, batch.refused, batch.status], [2, 3, "checked"]);
    assert.deepEqual(batch.totals, [{ currency: "EUR", amount: "-98750", rows: 2 }]);
    assert.deepEqual(
      batch.rows.map((row) => [row.line, row.amount]),
      [
        [2, "1250"],
        [3, "-100000"],
        [4, "500"],
        [5, null],
        [6, "500"],
      ],
    );
    const problems = batch.rows.map((row) => row.problem ?? "");
    for (const [index, text] of [/^$/, /^$/, /partner .*no partner/, /no amount of EUR/, /month/].entries())
      assert.match(problems[index] ?? "", text);
    await assert.rejects(proposeBatch(world.ctx, ANNA, batch.id, false), refusal("wrong_state", /3 rows are refused/));
    await assert.rejects(proposeBatch(world.ctx, BERT, batch.id, true), refusal("not_found", /./));
    assert.equal((await proposeBatch(world.ctx, ANNA, batch.id, true)).status, "proposed");
    await assert.rejects(proposeBatch(world.ctx, ANNA, batch.id, true), refusal("wrong_state", /proposed already/));
    const { rows } = await listAdjustments(world.ctx, ANNA, { batchId: batch.id, clean: true, limit: 10 });
    assert.equal(rows.length, 2);
    const ids = rows.map((row) => row.id);
    assert.equal((await decideAdjustments(world.ctx, BERT, { ids, approve: true, onlyClean: true })).decided, 2);
    assert.equal(await payable(), 1250n - 100_000n);
    await assert.rejects(
      checkBatch(world.ctx, ANNA, "x.xlsx", Buffer.from("PK\x03\x04 nonsense")),
      refusal("bad_request", /workbook/),
    );
  });
});
