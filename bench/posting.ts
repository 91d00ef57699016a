/**
 * Transfers booked by the ledger's own door, in sets: takeBooks, post, commit. All of them touch one account, the expense of one program.
 *
 *     node bench/posting.ts [transfers in all] [a batch]
 */
import { cpus, loadavg } from "node:os";
import { sql } from "kysely";
import { type Context, transact } from "../server/src/database/index.ts";
import { post, type TransferInput, takeBooks, verifyLedger } from "../server/src/ledger/index.ts";
import { testClock, testDatabase } from "../server/test/harness/index.ts";
import { processorTimeOfDatabase } from "./events/processor-time.ts";

const TARGET = 35_000;
/** As in a run of five million lines for twenty thousand partners. */
const LINES_OF_A_PARTNER = 250;
const [all = 400_000, batch = 20_000] = process.argv.slice(2).map(Number);

/** What a calculation books: keys as long as the real ones, most of them held, a few corrections. */
function transferOf(number: number): TransferInput {
  const partner = String(Math.floor(number / LINES_OF_A_PARTNER)).padStart(6, "0");
  const line = `agv_01k9x3m4q5r6s7t8v9w0x1y2z3/rs/customer/${number}/2026-03`;
  return {
    recipe: number % 10 === 0 ? "accrue" : "hold",
    sourceKey: line,
    idempotencyKey: `line:${line}:1`,
    partnerId: `prt_01k9x3m4q5r6s7t8v9w0${partner}`,
    programId: "prg_01k9x3m4q5r6s7t8v9w0x1y2z3",
    currency: "EUR",
    amountMinor: BigInt(100 + (number % 9_000)),
    period: "2026-03-01",
    occurredOn: "2026-03-15",
  };
}

async function book(ctx: Context, from: number): Promise<number> {
  const transfers = Array.from({ length: batch }, (_, index) => transferOf(from + index));
  const partners = [...new Set(transfers.map((one) => one.partnerId))];
  const began = performance.now();
  await transact(ctx, async (tx) => {
    await takeBooks(
      tx,
      partners.map((partnerId) => ({ partnerId, currency: "EUR" })),
    );
    const { booked } = await post(tx, transfers, null);
    if (booked !== batch) throw new Error(`${booked} of ${batch} were booked`);
  });
  return performance.now() - began;
}

const database = await testDatabase();
try {
  const ctx: Context = { db: database.db, clock: testClock("2026-04-01T00:00:00Z"), ids: { next: () => "x" } };
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} when it began, batches of ${batch}`);
  const taken: number[] = [];
  let own = 0;
  for (let from = 0; from < all; from += batch) {
    const before = process.cpuUsage();
    taken.push(await book(ctx, from));
    const { user, system } = process.cpuUsage(before);
    own += user + system;
  }
  const served = processorTimeOfDatabase(database.name) * 1_000_000;
  console.log(
    `processor time of a transfer: ${(own / all).toFixed(1)} µs here, ${(served / all).toFixed(1)} in PostgreSQL`,
  );
  const perSecond = (all / taken.reduce((sum, one) => sum + one, 0)) * 1_000;
  const sorted = taken.toSorted((a, b) => a - b);
  const median = (batch / (sorted[Math.floor(sorted.length / 2)] ?? 1)) * 1_000;
  const best = (batch / (sorted[0] ?? 1)) * 1_000;
  console.log(
    `${all} transfers, one hot account: ${perSecond.toFixed(0)}/s in all, ${median.toFixed(0)}/s the middle batch, ${best.toFixed(0)}/s the best`,
  );
  const { rows } = await sql<{ amount: bigint }>`
    select amount_minor as amount from ledger.balance where account_id like 'commission_expense:%'`.execute(ctx.db);
  const expected = Array.from({ length: all }, (_, number) => transferOf(number).amountMinor).reduce(
    (a, b) => a + b,
    0n,
  );
  if (rows[0]?.amount !== expected) throw new Error(`the hot account holds ${rows[0]?.amount} instead of ${expected}`);
  const checked = await verifyLedger(ctx);
  if (!checked.whole) throw new Error(checked.problems.join("; "));
  console.log(`the books are whole  → ${median >= TARGET ? "held" : "NOT held"}`);
  if (median < TARGET) process.exitCode = 1;
} finally {
  await database.close();
}
