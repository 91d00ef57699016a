/**
 * Half a million conversions tracked, beside half a million of the back office: paired, classified and summed in the database.
 *
 *     node bench/three-ways.ts [rows a side]
 */
import { loadavg } from "node:os";
import { runComparison } from "../server/src/reconciliation/index.ts";
import { eventWorld, PROGRAM } from "../server/test/event-world.ts";
import { processorTimeOfDatabase } from "./events/processor-time.ts";

const [rows = 500_000] = process.argv.slice(2).map(Number);
const TARGET_MB = 400;
const TARGET_SECONDS = 120;
const world = await eventWorld();
try {
  console.log(`${rows} rows a side, load ${loadavg()[0]?.toFixed(1)} when it began`);
  await world.rows(
    `insert into tracking.event (program_id, source_id, type, external_id, customer_ref, customer_id, occurred_at, received_at, currency, measures, partner_id, lane, seq, line, content_hash)
     select $1, 'src_test', 'deposit', 'o' || i, 'c' || i % 40000, i % 40000, '2026-03-01'::timestamptz + i * interval '5 seconds', '2026-03-31', 'EUR',
            jsonb_build_object('deposit', (1000 + i % 9000)::text), 'prt_ada', 1, 1000000 + i, 0, 'bench'
     from generate_series(1, $2::int) i`,
    [PROGRAM, rows],
  );
  await world.rows(
    `insert into reconciliation.comparison (comparison_id, name, program_id, from_day, until_day, currency, types, tolerance_minutes, amount_tolerance, late_days, state, created_by, created_at)
     values ('cmp_bench', 'bench', $1, '2026-03-01', '2026-04-01', 'EUR', '{deposit}', 10, 0, 2, 'waiting', 'bench', now())`,
    [PROGRAM],
  );
  await world.rows(
    `insert into reconciliation.comparison_file (file_id, comparison_id, side, name, content_hash, kind, size, header_row, columns, sample, suggestion, time_zone, state, uploaded_by, uploaded_at)
     values ('cmf_bench', 'cmp_bench', 'office', 'office.csv', 'x', 'csv', 1, 1, '{}', '[]', '{}', 'UTC', 'read', 'bench', now())`,
  );
  // Of a hundred: eighty by their order, nine by the customer, five by time and amount only, one with another amount, the rest is missing or new.
  await world.rows(
    `insert into reconciliation.side_row (comparison_id, side, row_key, occurred_at, type, order_id, customer_ref, partner_ref, partner_id, currency, minor, counts, status)
     select 'cmp_bench', 'office', 'k' || i, '2026-03-01'::timestamptz + i * interval '5 seconds' + case when i % 100 >= 80 then interval '40 seconds' else interval '0' end, 'deposit',
            case when i % 100 < 80 then 'o' || i when i % 100 >= 95 then 'n' || i end, case when i % 100 between 80 and 88 then 'c' || i % 40000 end, 'ada', 'prt_ada', 'EUR',
            1000 + i % 9000 + case when i % 100 = 1 then 500 else 0 end, true, 'approved'
     from generate_series(1, $1::int) i where i % 100 <> 94`,
    [rows],
  );
  const began = performance.now();
  const [{ name }] = (await world.rows<{ name: string }>("select current_database() as name")) as [{ name: string }];
  const [own, served] = [process.cpuUsage(), processorTimeOfDatabase(name)];
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  await runComparison(world.context, "cmp_bench");
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  console.log(
    `processor time: ${((user + system) / 1e6).toFixed(1)} s here, ${(processorTimeOfDatabase(name) - served).toFixed(1)} s in PostgreSQL`,
  );
  const classes = await world.rows<{ class: string; rows: bigint }>(
    "select class, count(*) as rows from reconciliation.result where comparison_id = 'cmp_bench' group by 1 order by 2 desc",
  );
  const megabytes = Math.round(most / 2 ** 20);
  console.log(
    `${seconds.toFixed(1)} s, ${megabytes} MB in this process at most: ${classes.map((one) => `${one.class} ${one.rows}`).join(", ")}`,
  );
  const held = megabytes < TARGET_MB && seconds < TARGET_SECONDS;
  console.log(held ? "→ held" : "→ NOT held");
  if (!held) process.exitCode = 1;
} finally {
  await world.close();
}
