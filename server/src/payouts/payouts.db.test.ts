import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { temporaryFolder } from "../../test/harness/index.ts";
import { ANNA } from "../../test/money/world.ts";
import { systemActor } from "../access/index.ts";
import { readPaymentFile } from "../banking/index.ts";
import { addPerson, listSources, loadList } from "../compliance/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { verifyLedger } from "../ledger/index.ts";
import { verifyStatements } from "../statements/index.ts";
import { bankKey } from "./core/keys.ts";
import { answerFailure, fetchFile, pollProviders, tellByHand } from "./dispatches.ts";
import { cancelBatch, checkBatchAgain, excludePayouts, reissuePayout } from "./prepare.ts";
import { getPayout, listPayouts } from "./reading.ts";
import { releaseBatch } from "./release.ts";
import { decideUnmatched, takeReport } from "./reports.ts";
import { closeSource, decideChange, proposeLimits } from "./sources.ts";
import { unmatchedPage } from "./store/reports.ts";
import { OTHER, PayoutWorld, PREPARER, RELEASER } from "./test-payout-world.ts";

let world: PayoutWorld;
before(async () => {
  world = await PayoutWorld.open();
  await world.source({ name: "Main account" });
});
after(() => world.close());

const refusal = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code ? true : assert.fail(String(error));

async function paid(minor: number, options: Parameters<PayoutWorld["payee"]>[1] = {}) {
  const partner = await world.partner();
  const payee = await world.payee(partner, options);
  await world.owe(partner, minor);
  return { partner, payee };
}

async function payoutsOf(batchId: string) {
  return (await listPayouts(world.ctx, RELEASER, { batchId, limit: 100 })).rows;
}

async function whole(): Promise<void> {
  assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
  assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
}

/** A watch list of one's own with these lines. */
async function listNames(lines: string): Promise<void> {
  const folder = temporaryFolder();
  const path = join(folder, "watch.csv");
  writeFileSync(path, `id,type,name,aliases,dob,country\n${lines}\n`);
  const [source] = (await listSources(path, { list: "house-list" })).sources;
  assert.ok(source);
  await loadList(world.ctx, systemActor("test"), source);
  rmSync(folder, { recursive: true });
}

/** A pain.002 about payments by their EndToEndId. */
function pain002(statuses: readonly (readonly [string, string, string?])[], message = "MSG"): Uint8Array {
  const transactions = statuses.map(
    ([id, status, reason]) =>
      `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reason ? `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>` : ""}</TxInfAndSts>`,
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>R-${message}</MsgId><CreDtTm>2026-03-04T10:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${message}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>${message}</OrgnlPmtInfId>${transactions.join("")}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
  );
}

describe("a batch by file", () => {
  it("is prepared by one, released by another, and settles its statements", async () => {
    const { partner } = await paid(12_345);
    const batch = await world.prepare();
    assert.deepEqual(batch.totals, [{ currency: "EUR", method: "bank", payouts: 1, total: "12345" }]);
    assert.equal(batch.controlSum, "1 EUR 12345");
    const release = { revision: batch.revision, controlSum: batch.controlSum, code: "123456" };
    await assert.rejects(releaseBatch(world.ctx, PREPARER, batch.id, release, world.needs), refusal("same_person"));
    const other = { ...release, controlSum: "1 EUR 12346" };
    await assert.rejects(releaseBatch(world.ctx, RELEASER, batch.id, other, world.needs), refusal("payout_changed"));
    await world.release(batch.id);
    assert.equal(await world.statementState(partner), "paid");
    await world.send();
    const [payout] = await payoutsOf(batch.id);
    assert.equal(payout?.state, "released", "written is not sent: the file is still in the house");
    const [dispatch] = (await world.batch(batch.id)).dispatches;
    const file = await fetchFile(world.ctx, PREPARER, dispatch?.id ?? "", world.vault);
    const read = readPaymentFile(file.bytes);
    assert.ok(read.ok);
    assert.deepEqual(
      read.file.payments.map((one) => [one.id, one.minor, one.party.iban]),
      [[bankKey(payout?.id ?? ""), 12_345n, "ES9121000418450200051332"]],
    );
    assert.equal((await payoutsOf(batch.id))[0]?.state, "sent");
    const again = await fetchFile(world.ctx, OTHER, dispatch?.id ?? "", world.vault);
    assert.deepEqual(again.bytes, file.bytes);
    const { rows } = await sql`select 1 from audit.entry where action = 'payouts.file_fetched'`.execute(world.ctx.db);
    assert.equal(rows.length, 2, "every look stands in the trail");
    await takeReport(world.ctx, OTHER, {
      name: "a.xml",
      bytes: pain002([[bankKey(payout?.id ?? ""), "ACSC"]]),
      origin: "file",
    });
    assert.equal((await world.batch(batch.id)).state, "finished");
    await whole();
  });

  it("what comes back is owed again, and paid anew by a payout that names the old one", async () => {
    const { partner } = await paid(5_000);
    const { partner: second } = await paid(7_000);
    const batch = await world.prepare();
    await world.release(batch.id);
    await world.send();
    const before = await payoutsOf(batch.id);
    const [back, fine] = [5_000, 7_000].map(
      (minor) => before.find((one) => one.amount.minor === String(minor))?.id ?? "",
    );
    const bytes = pain002([
      [bankKey(back ?? ""), "RJCT", "AC04"],
      [bankKey(fine ?? ""), "ACSC"],
    ]);
    const report = await takeReport(world.ctx, OTHER, { name: "b.xml", bytes, origin: "file" });
    assert.deepEqual([report.statuses, report.applied, report.unknown], [2, 2, 0]);
    assert.equal((await takeReport(world.ctx, OTHER, { name: "again.xml", bytes, origin: "file" })).id, report.id);
    const told = await getPayout(world.ctx, RELEASER, back ?? "");
    assert.deepEqual([told.state, told.reason?.slice(0, 4)], ["rejected", "AC04"]);
    assert.deepEqual([await world.statementState(partner), await world.statementState(second)], ["closed", "paid"]);
    await assert.rejects(
      reissuePayout(world.ctx, PREPARER, fine ?? "", "2026-03-04", world.needs),
      refusal("wrong_state"),
    );
    const anew = await reissuePayout(world.ctx, PREPARER, back ?? "", "2026-03-04", world.needs);
    const [next] = await payoutsOf(anew);
    assert.deepEqual([next?.replaces, next?.amount.minor, next?.state], [back, "5000", "prepared"]);
    await world.release(anew);
    assert.equal((await getPayout(world.ctx, RELEASER, back ?? "")).replacedBy, next?.id);
    assert.equal(await world.statementState(partner), "paid");
    await whole();
  });

  it("somebody takes a payout out with a reason; whoever did releases nothing of it", async () => {
    const { partner } = await paid(1_000);
    await paid(2_000);
    const batch = await world.prepare();
    const out = (await payoutsOf(batch.id)).find((one) => one.amount.minor === "1000")?.id ?? "";
    const input = { revision: batch.revision, payoutIds: [out], exclude: true, reason: "dispute about March" };
    await assert.rejects(
      excludePayouts(world.ctx, OTHER, batch.id, { ...input, reason: "" }),
      refusal("invalid_input"),
    );
    await excludePayouts(world.ctx, RELEASER, batch.id, input);
    const now = await world.batch(batch.id);
    assert.deepEqual([now.controlSum, now.counts, now.mayRelease], ["1 EUR 2000", { excluded: 1, prepared: 1 }, false]);
    await assert.rejects(world.release(batch.id), refusal("same_person"));
    await cancelBatch(world.ctx, PREPARER, batch.id, { revision: now.revision, reason: "once more" });
    const next = await world.prepare("2026-03-03", { partnerIds: [partner] });
    assert.equal(next.controlSum, "1 EUR 1000", "what a cancelled batch held is free");
    await world.release(next.id);
  });

  it("what moved since it was prepared is refused, not paid", async () => {
    const { payee } = await paid(3_000);
    const batch = await world.prepare();
    await sql`insert into payees.hold (hold_id, payee_id, reason, placed_by, placed_name, placed_at) values ('pyh_1', ${payee}, 'court order', 'usr_x', 'X', now())`.execute(
      world.ctx.db,
    );
    await assert.rejects(world.release(batch.id), refusal("payout_changed"));
    await checkBatchAgain(world.ctx, PREPARER, batch.id, { revision: batch.revision }, world.needs);
    const [held] = (await payoutsOf(batch.id)).filter((one) => one.payeeId === payee);
    assert.deepEqual([held?.state, held?.reasons[0]?.code], ["held", "held"]);
    const fresh = await world.batch(batch.id);
    await cancelBatch(world.ctx, PREPARER, batch.id, { revision: fresh.revision, reason: "held" });
  });

  it("somebody on a list who came behind a partner since it was prepared is met before money goes out", async () => {
    const { payee, partner } = await paid(3_000);
    const batch = await world.prepare();
    await listNames("7,individual,PETROVSKY Dragomir,,1961,RU");
    const person = {
      kind: "person",
      role: "owner",
      name: "Dragomir Petrovsky",
      share: null,
      birth: "",
      country: null,
    } as const;
    await addPerson(world.ctx, ANNA, partner, { ...person, identifier: "", note: "" });
    await assert.rejects(world.release(batch.id), refusal("payout_changed"));
    await checkBatchAgain(world.ctx, PREPARER, batch.id, { revision: batch.revision }, world.needs);
    const [held] = (await payoutsOf(batch.id)).filter((one) => one.payeeId === payee);
    assert.deepEqual([held?.state, held?.reasons[0]?.code], ["held", "screening"]);
    const fresh = await world.batch(batch.id);
    await cancelBatch(world.ctx, PREPARER, batch.id, { revision: fresh.revision, reason: "held" });
  });

  it("two batches never hold the same part of a statement", async () => {
    const { partner } = await paid(4_000);
    const own = { partnerIds: [partner] };
    const first = await world.prepare("2026-03-03", own);
    await assert.rejects(world.prepare("2026-03-03", own), refusal("wrong_state"));
    await world.release(first.id);
    await assert.rejects(world.prepare("2026-03-03", own), refusal("wrong_state"));
  });
});

describe("limits, days and accounts", () => {
  it("nobody releases more than they may; limits change by two people", async () => {
    await paid(90_000);
    const limits = [
      { person: "*", currency: "EUR", limit: "1000000" },
      { person: RELEASER.id, currency: "EUR", limit: "89999" },
    ];
    const change = await proposeLimits(world.ctx, PREPARER, { limits });
    await assert.rejects(decideChange(world.ctx, PREPARER, change, true), refusal("same_person"));
    await decideChange(world.ctx, OTHER, change, true);
    const batch = await world.prepare();
    await assert.rejects(world.release(batch.id), refusal("limit_exceeded"));
    await decideChange(
      world.ctx,
      OTHER,
      await proposeLimits(world.ctx, PREPARER, { limits: limits.slice(0, 1) }),
      true,
    );
    await world.release(batch.id);
    await decideChange(world.ctx, OTHER, await proposeLimits(world.ctx, PREPARER, { limits: [] }), true);
  });

  it("a cut-off that has passed refuses the day, and says which is possible", async () => {
    const source = await world.source({ name: "Early bank", currencies: ["GBP"], countries: ["GB"], cutOff: "08:00" });
    await paid(1_500, { terms: {} });
    const batch = await world.prepare("2026-03-02");
    assert.deepEqual(batch.lateFor, []);
    await closeSource(world.ctx, OTHER, source);
    await world.release(batch.id);
    const late = await world.source({ name: "Slow bank", cutOff: "08:00", leadDays: 2, position: 1 });
    await paid(1_600);
    const second = await world.prepare("2026-03-03");
    assert.deepEqual(
      second.lateFor.map((one) => one.earliest),
      ["2026-03-05"],
    );
    await assert.rejects(world.release(second.id), refusal("cut_off_passed"));
    await checkBatchAgain(
      world.ctx,
      PREPARER,
      second.id,
      { revision: second.revision, executionDate: "2026-03-05" },
      world.needs,
    );
    await world.release(second.id);
    await closeSource(world.ctx, OTHER, late);
    await whole();
  });

  it("a payment that the bank's format does not take is rejected with the reason, and the others go", async () => {
    await paid(100_000_000_000); // more than SEPA carries in one payment
    await paid(1_200);
    const own = await world.prepare("2026-03-04");
    await world.release(own.id);
    await world.send();
    const all = (await payoutsOf(own.id)).filter((one) => ["100000000000", "1200"].includes(one.amount.minor));
    assert.deepEqual(all.map((one) => [one.amount.minor, one.state]).sort(), [
      ["100000000000", "rejected"],
      ["1200", "released"],
    ]);
    assert.equal((await world.batch(own.id)).dispatches[0]?.state, "written");
    await whole();
  });

  it("another currency is paid by the rate of the day, and comes back as what it was", async () => {
    await sql`insert into commissions.rate (source, day, currency, rate, loaded_at) values ('ecb', '2026-02-27', 'USD', 1.0825, now())`.execute(
      world.ctx.db,
    );
    await world.source({ name: "Dollars", format: "pain.001.001.09", currencies: ["USD"] });
    const detail = { currency: "USD", fields: { iban: "ES9121000418450200051332", bic: "CAIXESBBXXX" } };
    const { partner } = await paid(10_000, { terms: { payoutCurrency: "USD" }, detail });
    const batch = await world.prepare("2026-03-03", { partnerIds: [partner] });
    assert.equal(batch.controlSum, "1 USD 10825");
    await world.release(batch.id);
    const [payout] = await payoutsOf(batch.id);
    const items = (await getPayout(world.ctx, RELEASER, payout?.id ?? "")).items;
    assert.deepEqual([items[0]?.net, items[0]?.rate, items[0]?.rateOn], ["10000", "1.0825", "2026-02-27"]);
    const way = async () => {
      const all = await world.money.balances();
      return [all["payout_clearing:operator:USD"], all["fx_clearing:operator:USD"], all["fx_clearing:operator:EUR"]];
    };
    assert.deepEqual(await way(), [-10_825n, 10_825n, -10_000n]);
    await assert.rejects(
      tellByHand(world.ctx, RELEASER, payout?.id ?? "", "returned", "account closed"),
      refusal("same_person"),
    );
    await tellByHand(world.ctx, OTHER, payout?.id ?? "", "returned", "account closed");
    assert.deepEqual(await way(), [undefined, undefined, undefined]);
    assert.equal((await world.money.owed(partner)).payable, 10_000n);
    await whole();
  });
});

describe("reports nobody asked for", () => {
  it("an unknown reference waits for a person, once", async () => {
    const bytes = pain002([["SOMEBODY-ELSES", "RJCT", "AC01"]], "OTHER-FILE");
    const report = await takeReport(world.ctx, OTHER, { name: "c.xml", bytes, origin: "file" });
    assert.deepEqual([report.applied, report.unknown], [0, 1]);
    const [waiting] = (await unmatchedPage(world.ctx.db, { state: ["waiting"] }, { limit: 10 })).rows;
    const decision = { payoutId: null, note: "a salary" };
    await decideUnmatched(world.ctx, OTHER, waiting?.unmatched_id ?? "", decision);
    await assert.rejects(
      decideUnmatched(world.ctx, OTHER, waiting?.unmatched_id ?? "", decision),
      refusal("wrong_state"),
    );
    const broken = { name: "d.xml", bytes: Buffer.from("<Document/>"), origin: "file" as const };
    await assert.rejects(takeReport(world.ctx, OTHER, broken), refusal("invalid_input"));
  });
});

describe("a provider's API", () => {
  it("sends, hears back, and gives up what is refused", async () => {
    await world.connection("paypal");
    const detail = { method: "paypal" as const, fields: { paypalReceiver: "ruiz@example.com" } };
    const { partner } = await paid(2_500, { detail });
    const batch = await world.prepare("2026-03-03", { partnerIds: [partner] });
    assert.deepEqual(
      batch.totals.map((one) => [one.method, one.total]),
      [["paypal", "2500"]],
    );
    await world.release(batch.id);
    world.providers.mishaps.push({
      path: /POST .*\/payouts$/,
      what: { status: 422, body: { name: "INSUFFICIENT_FUNDS", message: "Not enough." } },
      times: 1,
    });
    await world.send();
    const [failed] = (await world.batch(batch.id)).dispatches;
    assert.deepEqual(
      [failed?.state, failed?.problem],
      ["failed", { code: "turned_down", detail: "INSUFFICIENT_FUNDS: Not enough." }],
    );
    await answerFailure(world.ctx, PREPARER, failed?.id ?? "", false);
    await world.send();
    const [payout] = await payoutsOf(batch.id);
    assert.deepEqual([payout?.state, world.providers.moved], ["sent", [payout?.id]]);
    const held = world.providers.payments.get(payout?.id ?? "");
    assert.equal(held?.amount, "25.00");
    if (held) held.status = "RETURNED";
    world.money.clock.advance(11 * 60_000);
    assert.equal(await pollProviders(world.ctx, world.needs, assert.fail), 1);
    assert.equal((await payoutsOf(batch.id))[0]?.state, "returned");
    assert.equal(await world.statementState(partner), "closed");
    await whole();
  });

  it("what cannot be sent at all is given up: its statements are owed again", async () => {
    const batch = await world.prepare();
    await world.release(batch.id);
    world.providers.mishaps.push({
      path: /POST .*\/payouts$/,
      what: { status: 400, body: { name: "VALIDATION_ERROR" } },
      times: 1,
    });
    await world.send();
    const failed = (await world.batch(batch.id)).dispatches.find((one) => one.state === "failed");
    await answerFailure(world.ctx, RELEASER, failed?.id ?? "", true);
    assert.ok((await payoutsOf(batch.id)).some((one) => one.state === "rejected"));
    await whole();
  });
});

it("an analyst without the permission sees no batch", async () => {
  const nobody = { ...ANNA, permissions: new Set<never>(), grants: [] };
  assert.deepEqual((await listPayouts(world.ctx, nobody, { limit: 5 })).rows, []);
});
