import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../test/harness/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { closeMonths, monthFigures, post, type TransferInput, takeBooks, verifyLedger } from "./index.ts";

describe("the ledger", () => {
  let database: TestDatabase;
  let ctx: Context;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());
  beforeEach(async () => {
    ctx = { db: database.db, clock: testClock("2026-03-10T00:00:00Z"), ids: { next: () => "x" } };
    await sql`truncate ledger.transfer, ledger.balance, ledger.account, ledger.period_total, ledger.closing`.execute(
      ctx.db,
    );
  });

  let number = 0;
  const transfer = (
    recipe: TransferInput["recipe"],
    amountMinor: bigint,
    more: Partial<TransferInput> = {},
  ): TransferInput => ({
    recipe,
    sourceKey: "line",
    idempotencyKey: `key ${++number}`,
    partnerId: "prt_a",
    programId: "prg_1",
    currency: "EUR",
    amountMinor,
    period: "2026-03-01",
    occurredOn: "2026-03-05",
    ...more,
  });
  const book = (...transfers: TransferInput[]) =>
    transact(ctx, async (tx) => {
      await takeBooks(tx, [{ partnerId: "prt_a", currency: "EUR" }]);
      return await post(tx, transfers, null);
    });
  const balances = async () => {
    const { rows } = await sql<{ account_id: string; amount_minor: bigint }>`
      select account_id, amount_minor from ledger.balance where amount_minor <> 0 order by account_id`.execute(ctx.db);
    return Object.fromEntries(rows.map((row) => [row.account_id, row.amount_minor]));
  };

  it("moves money by recipes: held, released, clawed back, paid, returned", async () => {
    await book(transfer("hold", 12000n));
    assert.deepEqual(await balances(), { "commission_expense:prg_1:EUR": 12000n, "partner_held:prt_a:EUR": -12000n });
    await book(transfer("release", 12000n), transfer("accrue", 500n));
    await book(transfer("claw_back", 2000n), transfer("adjust", -100n));
    await book(transfer("settle", 10400n));
    assert.deepEqual(await balances(), {
      "commission_expense:prg_1:EUR": 10400n,
      "payout_clearing:operator:EUR": -10400n,
    });
    await book(transfer("return", 10400n, { period: "2026-04-01" }));
    const [march, april] = await monthFigures(ctx, [
      { partnerId: "prt_a", currency: "EUR", month: "2026-03-01" },
      { partnerId: "prt_a", currency: "EUR", month: "2026-04-01" },
    ]);
    assert.deepEqual(march?.payable, {
      release: 12000n,
      accrue: 500n,
      claw_back: -2000n,
      adjust: -100n,
      settle: -10400n,
    });
    assert.deepEqual(march?.held, { hold: 12000n, release: -12000n });
    assert.equal(march?.closingPayable, 0n);
    assert.equal(april?.openingPayable, 0n);
    assert.equal(april?.closingPayable, 10400n);
    assert.deepEqual(await verifyLedger(ctx), { whole: true, transfers: 7, accounts: 4, problems: [] });
  });

  it("books a key once, also inside one batch sent again with others", async () => {
    const one = transfer("accrue", 100n);
    assert.deepEqual(await book(one), { booked: 1, already: 0 });
    assert.deepEqual(await book(one, transfer("accrue", 50n)), { booked: 1, already: 1 });
    assert.equal((await balances())["partner_payable:prt_a:EUR"], -150n);
  });

  it("books many as it books a few: each key once, roll-ups and postings whole", async () => {
    const first = Array.from({ length: 250 }, (_, n) => transfer(n % 2 === 0 ? "hold" : "accrue", BigInt(n + 1)));
    assert.deepEqual(await book(...first), { booked: 250, already: 0 });
    const more = Array.from({ length: 300 }, () =>
      transfer("adjust", -7n, { period: "2026-04-01", memo: { why: 'a "quoted"\tline' } }),
    );
    const [again] = more;
    assert.ok(again);
    assert.deepEqual(await book(...first.slice(100), ...more, again), { booked: 300, already: 151 });
    const held = first.filter(({ recipe }) => recipe === "hold").reduce((sum, one) => sum + one.amountMinor, 0n);
    const payable = first.reduce((sum, one) => sum + one.amountMinor, 0n) - held - 2100n;
    assert.deepEqual(await balances(), {
      "commission_expense:prg_1:EUR": held + payable,
      "partner_held:prt_a:EUR": -held,
      "partner_payable:prt_a:EUR": -payable,
    });
    assert.deepEqual(await verifyLedger(ctx), { whole: true, transfers: 550, accounts: 3, problems: [] });
    const { rows } = await sql<{ transfers: bigint; off: bigint }>`
      select count(*) as transfers, count(*) filter (where legs <> 2 or total <> 0) as off
      from (select count(*) as legs, sum(amount_minor) as total from ledger.posting group by transfer_id) t`.execute(
      ctx.db,
    );
    assert.deepEqual(rows, [{ transfers: 550n, off: 0n }]);
  });

  it("refuses what no recipe allows", async () => {
    await assert.rejects(book(transfer("accrue", -1n)), /cannot book/);
    await assert.rejects(book(transfer("accrue", 0n)), /cannot book/);
    await assert.rejects(book(transfer("accrue", 1n, { programId: null })), /needs a program/);
    assert.deepEqual(await balances(), {});
  });

  it("never changes what was booked", async () => {
    await book(transfer("accrue", 100n));
    await assert.rejects(sql`update ledger.transfer set amount_minor = 1`.execute(ctx.db), /append only/);
    await assert.rejects(sql`delete from ledger.transfer`.execute(ctx.db), /append only/);
    await assert.rejects(sql`delete from ledger.posting`.execute(ctx.db), /cannot delete from view/);
  });

  it("takes nothing in a closed month and names the next open one", async () => {
    const books = { partnerId: "prt_a", currency: "EUR" };
    await transact(ctx, (tx) => closeMonths(tx, [{ ...books, month: "2026-03-01" }]));
    await assert.rejects(
      book(transfer("accrue", 1n)),
      (error) => error instanceof Refusal && error.code === "period_closed" && error.message.includes("2026-03"),
    );
    await transact(ctx, async (tx) => {
      const open = await takeBooks(tx, [books]);
      assert.equal(open(books, "2026-01-01"), "2026-04-01");
      assert.equal(open(books, "2026-03-01"), "2026-04-01");
      assert.equal(open(books, "2026-06-01"), "2026-06-01");
    });
    await assert.rejects(
      transact(ctx, (tx) => closeMonths(tx, [{ ...books, month: "2026-03-01" }])),
      /is closed/,
    );
  });

  it("notices every way of cooking the books", async () => {
    await book(transfer("accrue", 100n), transfer("hold", 70n));
    const cook = async (statement: string, expected: RegExp) => {
      await ctx.db
        .transaction()
        .execute(async (db) => {
          await sql`set local session_replication_role = replica`.execute(db);
          await sql.raw(statement).execute(db);
          const check = await verifyLedger({ ...ctx, db });
          assert.equal(check.whole, false, statement);
          assert.match(check.problems.join("\n"), expected);
          throw new Error("undo");
        })
        .catch((error: Error) => {
          if (error.message !== "undo") throw error;
        });
    };
    await cook(
      "update ledger.balance set amount_minor = amount_minor + 1 where account_id like 'partner_payable%'",
      /balance of partner_payable/,
    );
    await cook("delete from ledger.balance where account_id like 'partner_payable%'", /balance of .* is missing/);
    await cook("update ledger.period_total set amount_minor = amount_minor + 1", /month total/);
    await cook(
      "update ledger.transfer set debit_account = 2000000000 where recipe = 'hold'",
      /transfer \d+ \(hold\): an account of it is not there/,
    );
    await cook(
      "update ledger.transfer set debit_account = credit_account, credit_account = debit_account where recipe = 'hold'",
      /does not allow its accounts/,
    );
    await cook("update ledger.transfer set amount_minor = 71 where recipe = 'hold'", /balance of partner_held/);
    await cook("delete from ledger.transfer where recipe = 'hold'", /balance of partner_held/);
    await cook("update ledger.transfer set currency = 'USD' where recipe = 'hold'", /in another currency/);
    await cook("update ledger.transfer set recipe = 'release' where recipe = 'hold'", /does not allow its accounts/);
    await cook("update ledger.transfer set partner_id = 'prt_b' where recipe = 'hold'", /belongs to somebody else/);
    await cook(
      `insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on, debit_account, credit_account, booked_at)
       select recipe, 'x', 'x', partner_id, program_id, currency, 5, period, occurred_on, debit_account, credit_account, booked_at from ledger.transfer where recipe = 'hold'`,
      /balance of partner_held/,
    );
    assert.equal((await verifyLedger(ctx)).whole, true);
  });

  it("books from many sides at once without losing or doubling anything", async () => {
    const same = Array.from({ length: 50 }, () => transfer("accrue", 10n));
    const many = Array.from({ length: 250 }, () => transfer("accrue", 2n));
    const other = Array.from({ length: 8 }, (_, index) => transfer("accrue", 3n, { partnerId: `prt_${index % 3}` }));
    await Promise.all([
      book(...same),
      book(...many),
      book(...same),
      book(...many),
      ...other.map((one) =>
        transact(ctx, async (tx) => {
          await takeBooks(tx, [{ partnerId: one.partnerId, currency: "EUR" }]);
          return await post(tx, [one], null);
        }),
      ),
    ]);
    assert.equal((await balances())["commission_expense:prg_1:EUR"], 1024n);
    assert.equal((await verifyLedger(ctx)).whole, true);
  });
});
