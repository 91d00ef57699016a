import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { camt053, type Movement } from "../../test/bank-files.ts";
import { ANNA, BERT, MoneyWorld } from "../../test/money/world.ts";
import { Refusal } from "../kernel/refusal.ts";
import { verifyLedger } from "../ledger/index.ts";
import { openStatements } from "../statements/index.ts";
import { changeBankAccount, decideStatement, listBankAccounts, listBankStatements } from "./bank-accounts.ts";
import { mapBankFile, takeBankFile } from "./bank-files.ts";
import { bookMatches, reverseMatch } from "./booking.ts";
import type { ExpectedMovement } from "./contracts.ts";
import { changeEntry, getEntry, listEntries } from "./entries.ts";
import { confirmMatch, createMatch, expectMovements, matchAccount, undoMatch } from "./matching.ts";

const REFUSED = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

describe("the bank beside the payouts", () => {
  let world: MoneyWorld;
  let accountId = "";
  before(async () => {
    world = await MoneyWorld.open("2026-04-20T12:00:00Z");
  });
  after(() => world.close());

  const upload = (name: string, bytes: Buffer, bankAccountId?: string) =>
    takeBankFile(world.ctx, ANNA, { name, bytes, bankAccountId });
  const payout = (number: number, minor: string, more: Partial<ExpectedMovement> = {}): ExpectedMovement => ({
    payoutId: `pay_01k9000${number}`, batchId: "pbt_01k9batch1", partnerId: "prt_a", payeeName: `Partner ${number} SL`, account: null,
    endToEndId: `pay-01k9000${number}`, paymentReferences: [], currency: "EUR", minor, on: "2026-04-07", ...more,
  }); // biome-ignore format: a record
  const paid = (number: number, cents: number, more: Partial<Movement> = {}): Movement => ({
    cents: -cents, on: "2026-04-08", id: `pay-01k9000${number}`, name: `Partner ${number} SL`, ...more,
  }); // biome-ignore format: a record
  const states = async () => {
    const { rows } = await listEntries(world.ctx, ANNA, { limit: 100 });
    return rows.map((one) => `${one.amount.minor} ${one.state}`).sort();
  };
  const entryOf = async (minor: string) => {
    const { rows } = await listEntries(world.ctx, ANNA, { limit: 100 });
    const found = rows.find((one) => one.amount.minor === minor);
    assert.ok(found, `an entry of ${minor}`);
    return found;
  };
  const first = camt053({
    number: "1",
    opening: 100_000,
    movements: [
      paid(1, 10_000),
      paid(2, 5_000, { id: undefined as never, text: "thank you" }),
      { cents: -500, on: "2026-04-08", text: "Account fee" },
      { cents: 70_000, on: "2026-04-08", text: "Top up", id: "TOPUP1" },
    ],
  });

  it("takes a file, a statement and an entry once", async () => {
    const file = await upload("april.xml", first);
    assert.deepEqual([file.state, file.statements, file.entries, file.fresh], ["read", 1, 4, 4], file.sentence ?? "");
    accountId = file.bankAccountId ?? "";
    assert.equal((await upload("again.xml", first)).again, true);
    const spaced = Buffer.from(first.toString().replaceAll("</Ntry>", "</Ntry>\n"));
    assert.deepEqual([(await upload("spaced.xml", spaced)).fresh, (await states()).length], [0, 4]);
  });

  it("matches what is sure and suggests what is likely; a second look changes nothing", async () => {
    await expectMovements(world.ctx, "out", [payout(1, "10000"), payout(2, "5000")]);
    await expectMovements(world.ctx, "out", [payout(1, "10000")]);
    const done = await matchAccount(world.ctx, accountId);
    assert.deepEqual(done, { entries: 4, matched: 1, suggested: 1 });
    assert.deepEqual(await matchAccount(world.ctx, accountId), { entries: 3, matched: 0, suggested: 1 });
    assert.deepEqual(await states(), ["-10000 matched", "-500 open", "-5000 suggested", "70000 open"]);
    const detail = await getEntry(world.ctx, ANNA, (await entryOf("-10000")).id);
    assert.deepEqual(
      detail.match?.reasons.map((one) => one.code),
      ["end_to_end", "amount", "name", "day"],
    );
  });

  it("books once, by another person than who matched by hand, and the ledger's bank says what the bank says", async () => {
    const suggestion = await getEntry(world.ctx, ANNA, (await entryOf("-5000")).id);
    await confirmMatch(world.ctx, ANNA, suggestion.match?.id ?? "");
    const fee = await createMatch(world.ctx, ANNA, { entryIds: [(await entryOf("-500")).id], expectedIds: [] });
    assert.equal(fee.kind, "fee");
    const ownHand = await bookMatches(world.ctx, ANNA, { bankAccountId: accountId });
    assert.deepEqual([ownHand.booked, ownHand.refused.map((one) => one.code)], [1, ["same_person", "same_person"]]);
    assert.equal((await bookMatches(world.ctx, BERT, { bankAccountId: accountId })).booked, 2);
    assert.equal((await bookMatches(world.ctx, BERT, { bankAccountId: accountId })).booked, 0);
    assert.deepEqual(await world.balances(), {
      "bank:operator:EUR": -15_500n, "bank_fees:operator:EUR": 500n, "payout_clearing:operator:EUR": 15_000n,
    }); // biome-ignore format: a record
    assert.equal((await openStatements(world.ctx)).opened, 0, "the operator's own movements have no statement");
    const [account] = await listBankAccounts(world.ctx, ANNA);
    assert.deepEqual(
      [account?.bookedMinor, account?.openMinor, account?.lastStatement?.closing],
      ["-15500", "70000", "154500"],
    );
  });

  it("is taken back by reversing transfers, by somebody else", async () => {
    const match = (await getEntry(world.ctx, ANNA, (await entryOf("-5000")).id)).match?.id ?? "";
    await assert.rejects(reverseMatch(world.ctx, BERT, match, "wrong payout"), REFUSED("same_person"));
    await reverseMatch(world.ctx, ANNA, match, "wrong payout");
    assert.equal((await world.balances())["bank:operator:EUR"], -10_500n);
    assert.equal((await matchAccount(world.ctx, accountId)).suggested, 1);
    const again = await getEntry(world.ctx, ANNA, (await entryOf("-5000")).id);
    await confirmMatch(world.ctx, ANNA, again.match?.id ?? "");
    await undoMatch(world.ctx, ANNA, again.match?.id ?? "", "not sure");
    assert.equal((await entryOf("-5000")).state, "open");
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
  });

  it("offers a return of which nobody told, and the database refuses a second match of one entry", async () => {
    const back = camt053({
      number: "2",
      opening: 154_500,
      movements: [{ cents: 10_000, on: "2026-04-10", id: "pay-01k90001", name: "Partner 1 SL", text: "RETURN AC04" }],
    });
    assert.equal((await upload("return.xml", back)).fresh, 1);
    await matchAccount(world.ctx, accountId);
    const { match, entry } = await getEntry(world.ctx, ANNA, (await entryOf("10000")).id);
    assert.deepEqual([match?.kind, match?.expected[0]?.kind, entry.state], ["return", "back", "matched"]);
    assert.equal((await bookMatches(world.ctx, BERT, { matchIds: [match?.id ?? ""] })).booked, 1);
    await assert.rejects(
      sql`insert into reconciliation.match_entry (match_id, entry_id, living)
        select ${match?.id}, entry_id, true from reconciliation.match_entry where living limit 1`.execute(world.ctx.db),
      /unique|duplicate key/,
    );
  });

  it("holds what does not add up or leaves a gap, until a second person takes it or the missing one comes", async () => {
    const gap = camt053({ number: "4", opening: 160_000, movements: [{ cents: -100, on: "2026-04-15", text: "x" }] });
    const file = await upload("gap.xml", gap);
    const [held] = (await listBankStatements(world.ctx, ANNA, { limit: 10, fileId: file.id })).rows;
    assert.equal(held?.state, "held");
    assert.match(
      held?.problems[0]?.sentence ?? "",
      /ended on 2026-04-10 with 1645.00 EUR; this one begins with 1600.00 EUR.*-45.00 EUR/,
    );
    assert.equal((await entryOf("-100")).state, "held");
    await assert.rejects(
      decideStatement(world.ctx, ANNA, held?.id ?? "", { accept: true, reason: "fine" }),
      REFUSED("same_person"),
    );
    const missing = camt053({
      number: "3",
      opening: 164_500,
      movements: [{ cents: -4_500, on: "2026-04-13", text: "y" }],
    });
    await upload("missing.xml", missing);
    assert.equal((await entryOf("-100")).state, "open");
    const wrong = camt053({
      number: "5",
      opening: 159_900,
      closing: 1,
      movements: [{ cents: -200, on: "2026-04-16", text: "z" }],
    });
    const [unbalanced] = (
      await listBankStatements(world.ctx, ANNA, { limit: 10, fileId: (await upload("wrong.xml", wrong)).id })
    ).rows;
    assert.deepEqual([unbalanced?.state, unbalanced?.problems[0]?.code], ["held", "unbalanced"]);
    await decideStatement(world.ctx, BERT, unbalanced?.id ?? "", { accept: true, reason: "the bank confirmed it" });
    assert.equal((await entryOf("-200")).state, "open");
  });

  it("matches one debit for many payouts, several debits for one, and what the bank kept, and refuses sums that differ", async () => {
    await expectMovements(world.ctx, "out", [
      payout(5, "3000", { paymentReferences: ["FILE77"] }),
      payout(6, "4000", { paymentReferences: ["FILE77"] }),
      payout(7, "9000"),
      payout(8, "2000"),
    ]);
    const more = camt053({
      number: "6",
      opening: 1,
      movements: [
        { cents: -7_000, on: "2026-04-17", text: "SAMMELUEBERWEISUNG FILE77" },
        { cents: -6_000, on: "2026-04-17", text: "part 1" },
        { cents: -3_001, on: "2026-04-17", text: "part 2" },
        { cents: -2_150, on: "2026-04-17", text: "with fee" },
      ],
    });
    await upload("more.xml", more);
    await matchAccount(world.ctx, accountId);
    const batch = await getEntry(world.ctx, ANNA, (await entryOf("-7000")).id);
    assert.deepEqual([batch.match?.kind, batch.match?.state, batch.match?.expected.length], ["batch", "matched", 2]);
    const seven =
      (await getEntry(world.ctx, ANNA, (await entryOf("-6000")).id, "pay_01k90007")).alternatives[0]?.expectedId ?? "";
    const parts = [(await entryOf("-6000")).id, (await entryOf("-3001")).id];
    await assert.rejects(createMatch(world.ctx, ANNA, { entryIds: parts, expectedIds: [seven] }), /differ by 0.01 EUR/);
    const [account] = await listBankAccounts(world.ctx, ANNA);
    await changeBankAccount(world.ctx, ANNA, accountId, { revision: account?.revision ?? 0, feeMinor: "200" });
    const split = await createMatch(world.ctx, ANNA, { entryIds: parts, expectedIds: [seven] });
    assert.deepEqual([split.kind, split.fee?.minor], ["split", "1"]);
    await matchAccount(world.ctx, accountId);
    assert.equal(
      (await getEntry(world.ctx, ANNA, (await entryOf("-2150")).id)).alternatives[0]?.payoutId,
      "pay_01k90008",
    );
    const ignored = await entryOf("70000");
    await changeEntry(world.ctx, ANNA, ignored.id, {
      revision: ignored.revision,
      ignore: "our own top up",
      owner: "usr_bert",
    });
    assert.equal((await entryOf("70000")).state, "ignored");
  });

  it("asks once how a sheet is read, and remembers it for its columns", async () => {
    const sheet = (lines: readonly string[]) => Buffer.from(["Booking date;Text;Amount;Balance", ...lines].join("\n"));
    const asked = await upload(
      "bank.csv",
      sheet(["01.05.2026;Lunch;-12,00;88,00", "02.05.2026;Coffee;-3,00;85,00"]),
      accountId,
    );
    assert.equal(asked.state, "mapping", asked.sentence ?? "");
    const columns = { bookingDate: "Booking date", description: "Text", amount: "Amount", balance: "Balance" };
    const mapping = { columns, dateOrder: "dmy" as const, decimal: "," as const, delimiter: ";" as const };
    const read = await mapBankFile(world.ctx, ANNA, asked.id, { mapping, bankAccountId: accountId });
    assert.deepEqual([read.state, read.fresh], ["read", 2], read.sentence ?? "");
    const next = await upload(
      "bank-2.csv",
      sheet(["02.05.2026;Coffee;-3,00;85,00", "03.05.2026;Tea;-2,00;83,00"]),
      accountId,
    );
    assert.deepEqual([next.state, next.entries, next.fresh], ["read", 2, 1], next.sentence ?? "");
    assert.equal((await upload("letter.pdf", Buffer.from("%PDF-1.7 hello"))).state, "refused");
  });
});
