/**
 * How few false alarms the health of tracking raises, and how soon it tells planted breaks, on seeded histories.
 *
 *     node bench/health.ts [programs of 20 partners] [seed]
 *
 * The constants of the detector were chosen on the seed `tuning`; what is published is the seed `report`, which they were not.
 */
import {
  BREAKS,
  type BreakName,
  falseAlarms,
  type Planted,
  plant,
  programWorld,
} from "../server/test/health/measure.ts";

const [programs = "25", seed = "report"] = process.argv.slice(2);
const alarms: string[] = [];
const planted: Planted[] = [];
let partners = 0;
let small = 0;
const started = performance.now();
const perPartner: number[] = [];

for (let program = 0; program < Number(programs); program++) {
  const world = programWorld(`${seed} ${program}`);
  for (const told of falseAlarms(world)) {
    partners += 1;
    perPartner.push(told.length);
    alarms.push(...told.map((one) => `${one.kind} ${one.direction}`));
  }
  world.histories.forEach((_, index) => {
    for (const name of Object.keys(BREAKS) as BreakName[]) {
      const one = plant(world, index, name);
      if (one === undefined) small += 1;
      else planted.push(one);
    }
  });
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
console.log(`seed ${seed}, ${partners} partners, 90 days each, ${Math.round((performance.now() - started) / 1000)} s`);
console.log(
  `false alarms: ${alarms.length}, ${(alarms.length / partners).toFixed(2)} a partner and 90 days; partners with more than one: ${perPartner.filter((n) => n > 1).length}, most ${Math.max(...perPartner)}`,
);
for (const [kind, all] of Map.groupBy(alarms, (one) => one))
  console.log(`  ${kind.padEnd(24)} ${(all.length / partners).toFixed(3)}`);
const row = (name: string, all: readonly Planted[]) => {
  const found = all.filter((one) => one.afterHours !== undefined);
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  console.log(
    `  ${name.padEnd(44)} ${String(all.length).padStart(5)} ${share(found.length, all.length).padStart(8)}   ${median(
      found.map((one) => one.expectedThen),
    )
      .toFixed(0)
      .padStart(4)} events, ${median(found.map((one) => one.afterHours ?? 0))} h`,
  );
};
console.log(
  `planted breaks: ${planted.length} (${small} too small to make 100 events in four weeks); told in time; median events and hours until then`,
);
for (const [name, all] of Map.groupBy(planted, (one) => one.name)) row(name, all);
row("all", planted);
for (const [low, high] of [
  [0, 50],
  [50, 200],
  [200, 800],
  [800, 1e9],
] as const)
  row(
    `  partners of ${low}–${high} clicks a day`,
    planted.filter((one) => one.daily >= low && one.daily < high),
  );
