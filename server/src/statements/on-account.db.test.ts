import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { ANNA, BERT, CPA, MoneyWorld, person, planOf } from "../../test/money/world.ts";
import { recalculate } from "../commissions/index.ts";
import { transact } from "../database/index.ts";
import { post, takeBooks, verifyLedger } from "../ledger/index.ts";
import {
  approveOnAccount,
  closeStatements,
  listStatements,
  openStatements,
  payableStatements,
  returnSettlements,
  settleStatements,
} from "./index.ts";

const FRED = person("usr_fred", "finance");
let world: MoneyWorld;
let program: string;
let partner: string;
const ids = new Map<string, string>();

before(async () => {
  world = await MoneyWorld.open("2026-02-10T12:00:00Z");
  program = await world.program("casino");
  const plan = await world.plan(program, "cpa", planOf(CPA));
  partner = await world.partner("weekly");
  await world.agree(partner, program, plan);
  await earn("january", "2026-01-20");
  await openAll();
  await closeStatements(world.ctx, ANNA, [ids.get("2026-01") ?? ""]);
  await earn("february", "2026-02-03");
  await openAll();
});
after(() => world.close());

/** One qualified deposit: what CPA pays, 100.00. */
async function earn(name: string, on: string): Promise<void> {
  const customer = await world.customer(program, partner, name);
  for (const type of ["registration", "kyc_passed"]) await world.arrive({ customer, type, on });
  await world.arrive({ customer, type: "deposit", on, measures: { deposit: 50_000 } });
  await recalculate(world.ctx);
}

async function openAll(): Promise<void> {
  await openStatements(world.ctx, [partner]);
  const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, limit: 50 });
  for (const row of rows) ids.set(row.month, row.id);
}

/** `month amount`, with a star where it is on account. */
async function payable(): Promise<string[]> {
  const found = await payableStatements(world.ctx, { partnerIds: [partner] });
  return found.map((one) => `${one.month.slice(0, 7)} ${one.payable}${one.onAccount ? "*" : ""}`).sort();
}

function letGo(runId: string, minor: bigint) {
  const approvals = [{ statementId: ids.get("2026-02") ?? "", minor }];
  return transact(world.ctx, (tx) => approveOnAccount(tx, FRED, approvals, runId));
}

function settle(month: string, minor: bigint, key: string, keptMinor = 0n) {
  const settlement = {
    ...{ statementId: ids.get(month) ?? "", minor, keptMinor },
    ...{ sourceKey: key, idempotencyKey: key, reference: key },
  };
  return transact(world.ctx, async (tx) => {
    if (keptMinor > 0n) {
      const books = { partnerId: partner, currency: "EUR" };
      const open = await takeBooks(tx, [books]);
      const what = { recipe: "charge_fee" as const, sourceKey: key, idempotencyKey: `${key}:fee`, ...books };
      const when = { period: open(books, "2026-02-01"), occurredOn: "2026-02-10" };
      await post(tx, [{ ...what, ...when, programId: null, amountMinor: keptMinor, memo: {} }], BERT.id);
    }
    return await settleStatements(tx, BERT, [settlement]);
  });
}

it("pays on account of an open month, and the closed one before it stays whole", async () => {
  const [cpa] = await payable();
  assert.match(cpa ?? "", /^2026-01 \d+$/);
  const january = BigInt(cpa?.split(" ")[1] ?? "0");
  const none = await settle("2026-02", 1n, "early");
  assert.match(none.refused[0]?.detail ?? "", /no run let anything go/);
  assert.deepEqual(await letGo("run_1", january), { approved: 1, already: 0, refused: [] });
  assert.deepEqual(await letGo("run_1", january), { approved: 0, already: 1, refused: [] });
  assert.deepEqual(await payable(), [`2026-01 ${january}`, `2026-02 ${january}*`]);
  assert.match(
    (await settle("2026-02", january + 1n, "too-much")).refused[0]?.detail ?? "",
    /is left of what was let go/,
  );
  assert.equal((await settle("2026-02", january - 500n, "first", 200n)).settled, 1);
  assert.equal((await settle("2026-02", january - 500n, "first", 200n)).already, 1);
  assert.deepEqual(await payable(), [`2026-01 ${january}`, "2026-02 300*"]);
  assert.equal((await settle("2026-01", january, "all-of-january")).settled, 1);
  assert.deepEqual(await payable(), ["2026-02 300*"]);
  assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
});

it("takes back what came back, and closes the month with what is left", async () => {
  const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, limit: 50 });
  const open = rows.find((row) => row.month === "2026-02");
  const earned = BigInt(open?.figures.accrued ?? "0");
  const paid = BigInt(open?.figures.settled ?? "0");
  const back = { statementId: ids.get("2026-02") ?? "", minor: 1_000n, sourceKey: "first" };
  const returned = await transact(world.ctx, (tx) =>
    returnSettlements(tx, BERT, [{ ...back, idempotencyKey: "first:return", reason: "account closed" }]),
  );
  assert.equal(returned.settled, 1);
  assert.deepEqual(await payable(), ["2026-02 1300*"]);
  world.clock.set("2026-03-05T12:00:00Z");
  const closed = await closeStatements(world.ctx, ANNA, [ids.get("2026-02") ?? ""]);
  assert.deepEqual([closed.closed, closed.refused], [1, []]);
  assert.deepEqual(await payable(), ["2026-02 1300"], "what was let go and not paid is owed by the closed month");
  assert.ok(earned > 0n && paid < 0n, `${earned} earned, ${paid} paid`);
  assert.equal((await settle("2026-02", 1_300n, "rest")).settled, 1);
  assert.deepEqual(await payable(), []);
  assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
});
