/**
 * A million events by file, end to end: imported, processed, attributed and calculated by the running program, everything on this
 * machine. The clock runs from the start of `tributary import events` until every line has its fate and nothing is due for
 * calculation; a quarter as many clicks as customers were recorded before.
 *
 *     node bench/events.ts [events]        1,000,000 unless given
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "../server/src/shell/program.ts";
import { withProgram } from "../server/src/shell/program.ts";
import { runTributary, startTributary, temporaryFolder } from "../server/test/harness/tributary.ts";
import { readCommandConfiguration } from "./events/configuration.ts";
import { processorTime } from "./events/processor-time.ts";
import { agreeOnTerms, recordClicks } from "./events/world.ts";

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const PARTNERS = 150;
const CUSTOMERS = Math.max(100, Math.floor(EVENTS / 20));

/** One registration per customer, then deposits, and one day's casino activity for every third event. */
async function writeFile(path: string, clicks: readonly string[]): Promise<void> {
  const out = createWriteStream(path);
  out.write("type,external_id,customer_id,occurred_at,amount,currency,click_id,ggr,bonus,fees,taxes,product\n");
  const start = Date.parse("2026-03-02T00:00:00Z");
  let text = "";
  for (let i = 0; i < EVENTS; i += 1) {
    const customer = (i * 7919) % CUSTOMERS;
    const at = new Date(start + Math.floor(i / CUSTOMERS) * 86_400_000 + (i % 86_000) * 1000).toISOString();
    if (i < CUSTOMERS) text += `registration,r${i},c${customer},${at},,,${clicks[customer] ?? ""},,,,,\n`;
    else if (i % 3 === 0) text += `activity,a${i},c${customer},${at},,EUR,,12.00,1.00,0.20,0.50,casino\n`;
    else text += `deposit,d${i},c${customer},${at},${10 + (i % 50)}.00,EUR,,,,,,\n`;
    if (text.length > 1 << 20) {
      if (!out.write(text)) await once(out, "drain");
      text = "";
    }
  }
  out.end(text);
  await once(out, "finish");
}

/** Calls that wait to be processed, and months that are due for calculation; cheap, so that asking does not disturb. */
async function left(program: Program): Promise<{ calls: number; due: number }> {
  const { rows } = await program.database.pool.query<{ calls: bigint; due: bigint }>(`
    select (select count(*) from intake.entry e left join intake.cursor c on c.lane = e.lane and c.consumer = 'events'
              where e.kind = 3 and e.kind <> 1 and e.seq >= coalesce(c.next_seq, 0)) as calls,
           (select count(*) from commissions.dirty) as due`);
  return { calls: Number(rows[0]?.calls ?? 0n), due: Number(rows[0]?.due ?? 0n) };
}

function difference(after: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));
}

async function report(
  program: Program,
  seconds: Readonly<Record<string, number>>,
  used: Readonly<Record<string, number>>,
): Promise<void> {
  const { pool } = program.database;
  const fates = await pool.query("select fate, count(*)::int from tracking.receipt group by 1 order by 1");
  const lines = await pool.query(
    "select count(*)::int as lines, count(distinct partner_id)::int as partners from commissions.line",
  );
  const total = seconds.calculated ?? Number.NaN;
  console.log(JSON.stringify({ fates: fates.rows, lines: lines.rows[0], seconds }));
  console.log(`${EVENTS} events in ${total.toFixed(1)} s: ${Math.round(EVENTS / total)} events/s (target 10,000)`);
  const each = Object.entries(used).map(([name, value]) => `${name} ${((value / EVENTS) * 1e6).toFixed(0)}`);
  console.log(`µs of processor time an event: ${each.join(", ")}`);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
}

async function main(): Promise<void> {
  const dataDirectory = temporaryFolder();
  const tributary = await startTributary({ dataDirectory, env: { LOG_LEVEL: "warn" } });
  try {
    await withProgram(readCommandConfiguration(dataDirectory), "bench", async (program) => {
      const place = await agreeOnTerms(program, PARTNERS);
      const file = join(dataDirectory, "events.csv");
      await writeFile(file, await recordClicks(program, place, CUSTOMERS));
      const began = performance.now();
      // This process is the parent of the server and of the import; its own share, waiting and asking, is small.
      const usedBefore = processorTime(process.pid);
      const since = () => (performance.now() - began) / 1000;
      const seconds: Record<string, number> = {};
      const args = ["import", "events", file, "--program", place.programId];
      const imported = runTributary(args, { dataDirectory }).then((result) => {
        seconds.imported = since();
        if (result.code !== 0) throw new Error(`${result.stdout}${result.stderr}`);
      });
      for (;;) {
        await sleep(250);
        const now = await left(program);
        if (seconds.imported !== undefined && now.calls === 0) seconds.processed ??= since();
        if (seconds.processed !== undefined && now.due === 0) break;
        if (since() > 1800) throw new Error(`${now.calls} calls are left after half an hour`);
      }
      seconds.calculated = since();
      await imported;
      const used = difference(processorTime(process.pid), usedBefore);
      await report(program, seconds, used);
    });
  } finally {
    await tributary.stop();
  }
}

await main();
