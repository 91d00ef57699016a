import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { ANNA, MoneyWorld } from "../../test/money/world.ts";
import { transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import {
  accrualTotals,
  changeSetUp,
  earnedAndBooked,
  getSetUp,
  listAccrualDifferences,
  listAccruals,
  trialBalanceOn,
} from "./accounting.ts";
import { post, type TransferInput, takeBooks } from "./index.ts";
import { createExport, downloadExport, listExports } from "./journal-export.ts";

describe("the ledger for accounting", () => {
  let world: MoneyWorld;
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-20T12:00:00Z");
  });
  after(() => world.close());

  const book = async (
    at: string,
    recipe: TransferInput["recipe"],
    amountMinor: bigint,
    occurredOn: string,
    more: Partial<TransferInput> = {},
  ) => {
    world.clock.set(at);
    const transfer: TransferInput = {
      recipe, sourceKey: `line ${++number}`, idempotencyKey: `key ${number}`, partnerId: "prt_a", programId: "prg_1", currency: "EUR", amountMinor,
      period: `${occurredOn.slice(0, 7)}-01`, occurredOn, ...more,
    }; // biome-ignore format: a record
    await transact(world.ctx, async (tx) => {
      await takeBooks(tx, [transfer]);
      await post(tx, [transfer], "usr_anna");
    });
  };
  const file = async (id: string) => {
    const parts: Buffer[] = [];
    for await (const part of (await downloadExport(world.ctx, ANNA, id)).bytes) parts.push(part);
    return Buffer.concat(parts);
  };

  it("says what was owed on 31 March as it was known then and as it is known now, and which keys make the difference", async () => {
    await book("2026-03-20T12:00:00Z", "hold", 10_000n, "2026-03-15");
    await book("2026-03-31T23:30:00Z", "release", 10_000n, "2026-03-31");
    await book("2026-03-31T23:40:00Z", "accrue", 500n, "2026-03-31", { partnerId: "prt_b" });
    await book("2026-04-03T09:00:00Z", "claw_back", 1_200n, "2026-03-28", { period: "2026-04-01" });
    await book("2026-04-10T09:00:00Z", "settle", 8_000n, "2026-04-10", { programId: null });
    const { rows } = await listAccruals(world.ctx, ANNA, { limit: 10, on: "2026-03-31" });
    assert.deepEqual(
      rows.map((row) => [row.partnerId, row.payableThen, row.heldThen, row.knownThen, row.knownNow, row.difference]),
      [
        ["prt_a", "10000", "0", "10000", "8800", "-1200"],
        ["prt_b", "500", "0", "500", "500", "0"],
      ],
    );
    const { totals } = await accrualTotals(world.ctx, ANNA, { on: "2026-03-31" });
    assert.deepEqual(
      totals.map((one) => [one.knownThen, one.knownNow, one.byRecipe]),
      [["10500", "9300", [{ recipe: "claw_back", amount: "-1200", transfers: 1 }]]],
    );
    const late = await listAccrualDifferences(world.ctx, ANNA, { limit: 10, on: "2026-03-31" });
    assert.deepEqual(
      late.rows.map((row) => [row.sourceKey, row.amount, row.occurredOn]),
      [["line 4", "-1200", "2026-03-28"]],
    );
    const known = await listAccruals(world.ctx, ANNA, {
      limit: 10,
      on: "2026-03-31",
      known: "2026-04-03",
      changed: "yes",
    });
    assert.deepEqual(known.rows, []);
    assert.equal((await listAccruals(world.ctx, ANNA, { limit: 1, on: "2026-03-31" })).nextCursor !== null, true);
  });

  it("has debits equal to credits on every day and by every of its times, and the same as the roll-ups at the end", async () => {
    for (const basis of ["booked", "period", "occurred"] as const)
      for (const on of ["2026-03-15", "2026-03-31", "2026-04-05", "2026-12-31"]) {
        const { totals } = await trialBalanceOn(world.ctx, ANNA, { on, basis, from: "2026-03-20" });
        for (const one of totals) assert.deepEqual([one.closing, one.debit], ["0", one.credit], `${basis} ${on}`);
      }
    const { rows } = await trialBalanceOn(world.ctx, ANNA, {
      on: "2026-12-31",
      basis: "booked",
      kind: "partner_payable",
    });
    assert.deepEqual(
      rows.map((row) => [row.owner, row.debit, row.credit, row.closing]),
      [
        ["prt_a", "9200", "10000", "-800"],
        ["prt_b", "0", "500", "-500"],
      ],
    );
    const march = await trialBalanceOn(world.ctx, ANNA, { on: "2026-03-31", basis: "period", from: "2026-03-01" });
    assert.deepEqual(
      march.rows.map((row) => [row.kind, row.closing]),
      [
        ["commission_expense", "10500"],
        ["partner_held", "0"],
        ["partner_payable", "-10500"],
      ],
    );
  });

  it("ties the commission of some days to the expense of their months", async () => {
    const march = {
      programId: "prg_1",
      partnerId: null,
      currency: "EUR",
      from: "2026-03-01",
      until: "2026-04-01",
      fromMonth: "2026-03-01",
      untilMonth: "2026-03-01",
    };
    assert.deepEqual(await earnedAndBooked(world.ctx, march), {
      earnedHere: 10_500n,
      earnedLater: -1_200n,
      earlier: 0n,
      adjustments: 0n,
      ledger: 10_500n,
    });
    const april = {
      ...march,
      from: "2026-04-01",
      until: "2026-05-01",
      fromMonth: "2026-04-01",
      untilMonth: "2026-04-01",
    };
    assert.deepEqual(await earnedAndBooked(world.ctx, april), {
      earnedHere: 0n,
      earnedLater: 0n,
      earlier: -1_200n,
      adjustments: 0n,
      ledger: -1_200n,
    });
  });

  it("wants a code for every account, and gives each booking to accounting once", async () => {
    await assert.rejects(createExport(world.ctx, ANNA, { format: "csv", through: "2026-03" }), /has no code/);
    const setUp = await getSetUp(world.ctx, ANNA);
    const codes = setUp.missing.map((kind, at) => ({ kind, code: String(4_000 + at), name: kind }));
    const change = {
      revision: setUp.revision,
      settings: { consultant: "1001", client: "1" },
      codes: [...codes, { kind: "partner_payable" as const, owner: "prt_b", code: "70002", name: "B" }],
    };
    assert.deepEqual((await changeSetUp(world.ctx, ANNA, change)).missing, []);
    const first = await createExport(world.ctx, ANNA, { format: "csv", detail: "days", through: "2026-03" });
    assert.deepEqual(
      [first.transfers, first.rows, first.totals, first.openPeriods],
      [3, 3, [{ currency: "EUR", debit: "20500" }], ["2026-03"]],
    );
    const text = await file(first.id);
    assert.equal(createHash("sha256").update(text).digest("hex"), first.hash);
    assert.equal(text.toString().trim().split(/\r?\n/).length, 7);
    assert.match(text.toString(), /70002,B,,5.00,EUR,accrue,prt_b,prg_1/);
    await assert.rejects(
      createExport(world.ctx, ANNA, { format: "csv", through: "2026-03" }),
      (error) => error instanceof Refusal && error.code === "wrong_state",
    );
    await book("2026-05-02T09:00:00Z", "adjust", -300n, "2026-05-02", { period: "2026-03-01" });
    const late = await createExport(world.ctx, ANNA, { format: "xero", detail: "transfers", through: "2026-03" });
    assert.equal(late.transfers, 1);
    assert.match((await file(late.id)).toString(), /31\/03\/2026,adjust prt_a,\d+,Tax Exempt,3\.00/);
    await assert.rejects(
      sql`insert into ledger.exported select transfer_id, ${late.id} from ledger.exported limit 1`.execute(
        world.ctx.db,
      ),
      /duplicate key/,
    );
    await changeSetUp(world.ctx, ANNA, {
      ...change,
      revision: 1,
      codes: change.codes.map((one) => ({ ...one, code: "9999" })),
    });
    assert.deepEqual(await file(first.id), text, "the file is the same again, whatever was changed since");
  });

  it("writes DATEV's booking batch: one currency, one business year", async () => {
    world.clock.set("2026-05-03T09:00:00Z");
    const batch = await createExport(world.ctx, ANNA, { format: "datev", detail: "months", through: "2026-04" });
    const lines = (await file(batch.id)).toString("latin1").split("\r\n");
    assert.match(
      lines[0] ?? "",
      /^"EXTF";700;21;"Buchungsstapel";7;\d{17};;"RE";"";"";1001;1;20260101;4;20260401;20260430;"Tributary";"";1;0;0;"EUR"/,
    );
    assert.equal(lines[0]?.split(";").length, 31);
    assert.ok(lines[1]?.startsWith("Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz"));
    assert.equal(lines[1]?.split(";").length, 116);
    assert.match(lines[2] ?? "", /^12,00;"S";"EUR";;;"";9999;9999;"";3004;"1";"";;"claw back prg_1"/);
    await book("2026-06-02T09:00:00Z", "accrue", 300n, "2026-06-02");
    await book("2026-06-02T09:00:00Z", "accrue", 300n, "2026-06-02", { currency: "USD" });
    await assert.rejects(createExport(world.ctx, ANNA, { format: "datev", through: "2026-06" }), /one currency/);
    assert.deepEqual(
      (await listExports(world.ctx, ANNA, { limit: 10 })).rows.map((one) => [one.format, one.transfers]),
      [
        ["datev", 2],
        ["xero", 1],
        ["csv", 3],
      ],
    );
  });
});
