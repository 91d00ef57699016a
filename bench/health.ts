/**
 * How few false alarms the health of tracking raises, and how soon it tells planted breaks, on seeded histories.
 *
 *     node bench/health.ts [programs of 20 partners] [seed]
 *
 * The constants of the detector were chosen on the seed `tuning`; what is published is the seed `report`, which they were not.
 */
import { loadavg } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import {
  BREAKS,
  type BreakName,
  falseAlarms,
  type Planted,
  plant,
  programWorld,
} from "../server/test/health/measure.ts";

const THREADS = 2;

interface Found {
  /** kinds and directions of each partner's false alarms */
  readonly alarms: readonly (readonly string[])[];
  readonly planted: readonly Planted[];
  readonly small: number;
}

function measure(seed: string): Found {
  const world = programWorld(seed);
  const alarms = falseAlarms(world).map((told) => told.map((one) => `${one.kind} ${one.direction}`));
  const names = Object.keys(BREAKS) as BreakName[];
  const all = world.histories.flatMap((_, index) => names.map((name) => plant(world, index, name)));
  const planted = all.filter((one) => one !== undefined);
  return { alarms, planted, small: all.length - planted.length };
}

if (isMainThread) await report();
else for (const seed of workerData as readonly string[]) parentPort?.postMessage(measure(seed));

async function report(): Promise<void> {
  const [programs = "25", seed = "report"] = process.argv.slice(2);
  const seeds = Array.from({ length: Number(programs) }, (_, index) => `${seed} ${index}`);
  const found: Found[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const own = seeds.filter((_, index) => index % THREADS === thread);
      const worker = new Worker(new URL(import.meta.url), { workerData: own });
      worker.on("message", (one: Found) => {
        found.push(one);
        // it takes long: what stands so far is told on the way
        if (found.length % 5 === 0) tell(seed, found, started);
      });
      return new Promise((resolve, reject) => worker.on("exit", resolve).on("error", reject));
    }),
  );
  if (found.length % 5 !== 0) tell(seed, found, started);
}

function tell(seed: string, found: readonly Found[], started: number): void {
  const seconds = Math.round((performance.now() - started) / 1000);
  const alarms = found.flatMap((one) => one.alarms);
  console.log(`seed ${seed}, ${alarms.length} partners, 90 days each, ${seconds} s, load ${loadavg()[0]?.toFixed(1)}`);
  tellAlarms(alarms);
  tellPlanted(
    found.flatMap((one) => one.planted),
    found.reduce((sum, one) => sum + one.small, 0),
  );
}

function tellAlarms(alarms: Found["alarms"]): void {
  const all = alarms.flat();
  const each = alarms.map((one) => one.length);
  const more = each.filter((count) => count > 1).length;
  console.log(
    `false alarms: ${all.length}, ${(all.length / alarms.length).toFixed(2)} a partner and 90 days; ${share(more, each.length)} of the partners had more than one, the most ${Math.max(...each)}`,
  );
  for (const [kind, of] of Map.groupBy(all, (one) => one))
    console.log(`  ${kind.padEnd(24)} ${(of.length / alarms.length).toFixed(3)}`);
}

function tellPlanted(planted: readonly Planted[], small: number): void {
  console.log(`planted breaks: ${planted.length} (${small} too small to make 100 events in four weeks)`);
  console.log(`  ${"".padEnd(44)} breaks  within 100 events  or within a day  events and hours until told (median)`);
  for (const [name, all] of Map.groupBy(planted, (one) => one.name)) row(name, all);
  row("all", planted);
  for (const [low, high] of [
    [0, 50],
    [50, 200],
    [200, 800],
    [800, 3000],
  ] as const)
    row(
      `  partners of ${low}–${high} clicks a day`,
      planted.filter((one) => one.daily >= low && one.daily < high),
    );
  for (const followed of [false, true])
    row(
      followed ? "  partners with followers" : "  partners with an audience",
      planted.filter((one) => one.followed === followed),
    );
}

function row(name: string, all: readonly Planted[]): void {
  const within = (hours: (one: Planted) => number) =>
    share(all.filter((one) => (one.afterHours ?? Number.POSITIVE_INFINITY) <= hours(one)).length, all.length);
  const told = all.filter((one) => one.afterHours !== undefined);
  const soon = within((one) => one.allowedHours).padStart(18);
  const day = within((one) => Math.max(24, one.allowedHours)).padStart(16);
  const events = median(told.map((one) => one.expectedThen)).toFixed(0);
  console.log(
    `  ${name.padEnd(44)} ${String(all.length).padStart(6)} ${soon} ${day}  ${events} events, ${median(told.map((one) => one.afterHours ?? 0))} h`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
