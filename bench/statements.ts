/**
 * The month end of a whole operator, from calculated lines to frozen statements and to what is payable: by default 20,000 partners and 5,000,000
 * lines. Every tenth partner works in two programs, so that its payable amount is split by what its transfers say.
 *
 *     node bench/statements.ts [partners] [lines]
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { sql } from "kysely";
import type { Context } from "../server/src/database/index.ts";
import { transact } from "../server/src/database/index.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import {
  closeStatements,
  openStatements,
  payableStatements,
  settleStatements,
  verifyStatements,
} from "../server/src/statements/index.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { ANNA, BERT } from "../server/test/money/world.ts";
import { readCommandConfiguration } from "./events/configuration.ts";

const PARTNERS = Number(process.argv[2] ?? 20_000);
const LINES = Number(process.argv[3] ?? PARTNERS * 250);
const TARGET_SECONDS = 300;
const MONTH = "2026-01-01";
const loadBefore = loadavg()[0] ?? 0;

async function seed(ctx: Context): Promise<void> {
  const each = Math.round(LINES / PARTNERS);
  await sql`
    insert into partners.partner (partner_id, code, name, kind, status, created_at)
    select 'prt_' || lpad(n::text, 6, '0'), 'p' || n, 'Partner ' || n, 'affiliate', 'active', now() from generate_series(1, ${PARTNERS}::int) n`.execute(
    ctx.db,
  );
  await sql`
    insert into commissions.line (line_key, version, partner_id, program_id, agreement_version_id, component, subject_kind, subject_id, month,
      booked_month, earned_on, currency, amount_minor, difference_minor, working, working_hash, calculated_at)
    select 'agv_' || p || ':share:' || n || ':2026-01', 1, 'prt_' || lpad(p::text, 6, '0'),
           case when p % 10 = 0 and n % 2 = 0 then 'prg_b' else 'prg_a' end, 'agv_' || p, case when n % 5 = 0 then 'cpa' else 'share' end,
           'customer', n::text, ${MONTH}::date, ${MONTH}::date, ${MONTH}::date + n % 28, 'EUR', 100 + n % 900, 100 + n % 900,
           '{"model":"share"}', md5(p || ' ' || n) || md5(n || ' ' || p), now()
    from generate_series(1, ${PARTNERS}::int) p, generate_series(1, ${each}::int) n`.execute(ctx.db);
  await sql`
    insert into ledger.account (account_id, kind, owner, currency)
    select 'partner_payable:' || partner_id || ':EUR', 'partner_payable', partner_id, 'EUR' from partners.partner
    union all select 'commission_expense:' || program || ':EUR', 'commission_expense', program, 'EUR' from unnest(array['prg_a', 'prg_b']) program`.execute(
    ctx.db,
  );
  await sql`
    insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
      debit_account, credit_account, booked_at)
    select 'accrue', line_key, 'line:' || line_key || ':1', l.partner_id, program_id, l.currency, amount_minor, booked_month, earned_on,
           d.account_number, c.account_number, now()
    from commissions.line l
    join ledger.account d on d.account_id = 'commission_expense:' || l.program_id || ':EUR'
    join ledger.account c on c.account_id = 'partner_payable:' || l.partner_id || ':EUR'`.execute(ctx.db);
  await sql`
    insert into ledger.period_total (partner_id, currency, period, kind, recipe, amount_minor, transfers)
    select partner_id, currency, period, 'partner_payable', 'accrue', -sum(amount_minor), count(*) from ledger.transfer group by 1, 2, 3`.execute(
    ctx.db,
  );
  await sql`
    insert into ledger.balance (account_id, amount_minor, last_transfer)
    select 'partner_payable:' || partner_id || ':EUR', amount_minor, 0 from ledger.period_total`.execute(ctx.db);
  await sql.raw("vacuum analyze").execute(ctx.db);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s`);
  return [result, seconds];
}

async function main(program: Program): Promise<boolean> {
  const { ctx } = program;
  await timed(`seeded ${PARTNERS} partners and ${LINES} lines`, () => seed(ctx));
  await timed("opened", () => openStatements(ctx));
  const { rows } = await sql<{ id: string }>`select statement_id as id from statements.statement`.execute(ctx.db);
  const ids = rows.map((row) => row.id);
  const [closed, seconds] = await timed("closed", () => closeStatements(ctx, ANNA, ids));
  console.log(
    `${closed.closed} statements frozen, ${closed.refused.length} refused: ${Math.round(LINES / seconds).toLocaleString("en")} lines/s (target ${TARGET_SECONDS} s)`,
  );
  const [payable] = await timed("payable, split by program", () => payableStatements(ctx));
  const settlements = payable.map((one) => ({
    statementId: one.statementId,
    minor: one.payable,
    sourceKey: `payout:${one.statementId}`,
    idempotencyKey: `payout:${one.statementId}`,
    reference: "BENCH",
  }));
  const [settled] = await timed("settled in one transaction", () =>
    transact(ctx, (tx) => settleStatements(tx, BERT, settlements)),
  );
  const [proof] = await timed("proved", () => verifyStatements(ctx));
  console.log(`${settled.settled} settled, ${proof.closed} proved, ${proof.problems.length} problems`);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadBefore.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`,
  );
  return (
    closed.closed === PARTNERS &&
    settled.settled === PARTNERS &&
    proof.problems.length === 0 &&
    seconds < TARGET_SECONDS
  );
}

const dataDirectory = temporaryFolder();
try {
  if (!(await withProgram(readCommandConfiguration(dataDirectory), "bench", main))) process.exitCode = 1;
} finally {
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
