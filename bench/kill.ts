/**
 * kill -9 of the whole program, engines included, in the middle of full load: afterwards every acknowledged click and event is
 * there, and none is there twice. Every round goes on with the data folder of the one before.
 *
 *     node bench/kill.ts [rounds]
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyAnalytics } from "../server/src/reporting/index.ts";
import { commandConfiguration } from "../server/src/shell/cli.ts";
import { openPipeline } from "../server/src/shell/pipeline.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import { clickIdsFor, shippingOf, vaultFor } from "../server/src/shell/tracking-parts.ts";
import { parseReceiptId } from "../server/src/tracking/index.ts";
import { startTributary } from "../server/test/harness/index.ts";
import { temporaryFolder } from "../server/test/harness/tributary.ts";
import { loadUntilCut, type Promised } from "./kill/load.ts";
import { addSource } from "./kill/source.ts";
import { fillWorld } from "./redirect/world.ts";

const [rounds = 20] = process.argv.slice(2).map(Number);
const TOKEN = "kill-bench-token";
const LOADED_MS = { least: 1500, most: 3500 };

async function round(dataDirectory: string, number: number): Promise<Promised> {
  const running = await startTributary({ dataDirectory, env: { LOG_LEVEL: "error" } });
  const port = Number(new URL(running.url).port);
  const loading = loadUntilCut({ port, token: TOKEN, round: number });
  await sleep(LOADED_MS.least + Math.random() * (LOADED_MS.most - LOADED_MS.least));
  await running.killEverything();
  return await loading;
}

/** Looks for everything that was promised, and for anything that is there twice. */
async function check(program: Program, promised: Promised): Promise<string[]> {
  const clickIds = await clickIdsFor(program);
  await openPipeline({ db: program.database.db, clock: program.clock, clickIds }).drain();
  const problems: string[] = [];
  const places = promised.clicks.map((id) => clickIds.read(id));
  if (places.some((place) => place === undefined)) problems.push("a click id that was handed out cannot be read");
  const clicks = await rows<{ id: string }>(
    program,
    `select e.body::json->>'id' as id from unnest($1::int[], $2::int8[]) as wanted(lane, seq) join intake.entry e using (lane, seq) where e.kind = 1`,
    [places.map((place) => place?.lane ?? 0), places.map((place) => String(place?.seq ?? 0))],
  );
  const found = new Set(clicks.map((row) => row.id));
  const lost = promised.clicks.filter((id) => !found.has(id));
  if (lost.length > 0) problems.push(`${lost.length} clicks are lost, e.g. ${lost[0]}`);
  if (new Set(promised.clicks).size !== promised.clicks.length) problems.push("a click id was handed out twice");
  problems.push(
    ...(await checkEvents(program, promised)),
    ...(await checkDoubles(program)),
    ...(await checkAnalytics(program)),
  );
  return problems;
}

/** The same in ClickHouse, which was killed too: as many rows as in PostgreSQL, with the same sums. */
async function checkAnalytics(program: Program): Promise<string[]> {
  const { differences } = await verifyAnalytics(await shippingOf(program));
  return differences.map(
    (one) => `ClickHouse ${one.table}: ${one.inClickhouse.rows} rows, PostgreSQL ${one.inPostgres.rows}`,
  );
}

async function checkEvents(program: Program, promised: Promised): Promise<string[]> {
  const wanted = [...promised.events].map(([id, receipt]) => ({ id, place: parseReceiptId(receipt) }));
  const found = await rows<{ external_id: string; fate: string }>(
    program,
    `select v.external_id, r.fate from unnest($1::int[], $2::int8[]) as wanted(lane, seq)
     join tracking.receipt r using (lane, seq) join tracking.event v using (event_id)`,
    [wanted.map(({ place }) => place?.lane ?? 0), wanted.map(({ place }) => String(place?.seq ?? 0))],
  );
  const there = new Set(found.map((row) => row.external_id));
  const lost = wanted.filter(({ id }) => !there.has(id));
  return lost.length > 0 ? [`${lost.length} events are lost, e.g. ${lost[0]?.id}`] : [];
}

async function checkDoubles(program: Program): Promise<string[]> {
  const events = await rows<{ external_id: string }>(
    program,
    "select external_id from tracking.event group by external_id having count(*) > 1 limit 5",
    [],
  );
  const clicks = await rows<{ id: string }>(
    program,
    "select body::json->>'id' as id from intake.entry where kind = 1 group by 1 having count(*) > 1 limit 5",
    [],
  );
  return [
    ...events.map((row) => `event ${row.external_id} is there twice`),
    ...clicks.map((row) => `click ${row.id} is there twice`),
  ];
}

async function rows<T extends object>(program: Program, text: string, values: unknown[]): Promise<T[]> {
  return (await program.database.pool.query<T>(text, values)).rows;
}

const dataDirectory = temporaryFolder();
const configuration = commandConfiguration({ data: dataDirectory });
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before: ${loadavg()[0]?.toFixed(2)}`,
);
let clicks = 0;
let events = 0;
let failed = 0;
try {
  await withProgram(configuration, "bench", async (program) => {
    await fillWorld(program.database);
    await addSource(program.database, vaultFor(program), TOKEN);
  });
  for (let number = 1; number <= rounds; number++) {
    const promised = await round(dataDirectory, number);
    const problems = await withProgram(configuration, "bench", (program) => check(program, promised));
    clicks += promised.clicks.length;
    events += promised.events.size;
    failed += problems.length > 0 ? 1 : 0;
    console.log(
      `round ${number}: ${promised.clicks.length} clicks and ${promised.events.size} events acknowledged, ${problems.length === 0 ? "all there, none twice" : problems.join("; ")}`,
    );
  }
} finally {
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
console.log(
  `${rounds} rounds: ${clicks} clicks and ${events} events acknowledged; ${failed === 0 ? "nothing lost, nothing twice" : `${failed} rounds failed`}`,
);
process.exitCode = failed === 0 ? 0 : 1;
