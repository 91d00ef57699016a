/**
 * How well and how fast names are screened: on pairs with verdicts, on listed names altered by rule, on lists as they are published.
 *
 *     node bench/screening.ts [folder of due-diligence data]
 *
 * The numbers of core/score.ts and core/agreement.ts were fitted on the even rows of the pairs and on the altered names of seed 1; the odd
 * rows and the other seeds were not used for that. The baseline is Jaro-Winkler over the words in their order, at its own best threshold.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EntityKind, ListEntry } from "../server/src/compliance/core/names.ts";
import { createScreen, DEFAULT_THRESHOLD, MATCH_AT } from "../server/src/compliance/core/screen.ts";
import { csvRows } from "../server/src/compliance/lists/csv.ts";
import { textOf } from "../server/src/compliance/lists/files.ts";
import { listSources } from "../server/src/compliance/lists/folder.ts";
import { namesOf } from "../server/src/compliance/lists/names-file.ts";
import { screenNames } from "../server/src/compliance/screen-names.ts";
import { jaroWinkler, plainName } from "./screening/baseline.ts";
import { adversarialPairs, chanceOf, type NamePair } from "./screening/variants.ts";

const folder = process.argv[2] ?? join(import.meta.dirname, "../../shared/data/due-diligence");

interface Judged {
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
  readonly kind: EntityKind | undefined;
}

const ENTITY: Readonly<Record<string, EntityKind>> = {
  Person: "person",
  Company: "organization",
  Organization: "organization",
  Vessel: "vessel",
};

async function verdicts(): Promise<Judged[]> {
  const pairs: Judged[] = [];
  for await (const row of csvRows(textOf(join(folder, "names/name_bench.csv")), { delimiter: "," }))
    pairs.push({
      left: row.get("name1"),
      right: row.get("name2"),
      same: row.get("is_match") === "true",
      kind: ENTITY[row.get("schema")],
    });
  return pairs;
}

/** The score of two names as the product gives it: a list of one entry is asked. */
function ours(pair: Judged, known: boolean): number {
  const kind = known ? pair.kind : undefined;
  const entry = {
    list: "l",
    id: "1",
    kind: kind ?? "unknown",
    topic: "sanction",
    names: [{ text: pair.right, weak: false }],
  } as const;
  const screen = createScreen([{ ...entry, births: [], countries: [], identifiers: [], programs: [], remarks: "" }]);
  return screen.search({ name: pair.left, ...(kind !== undefined && { kind }) }, 0.3)[0]?.score ?? 0;
}

const baseline = (pair: Judged) => jaroWinkler(plainName(pair.left), plainName(pair.right));

interface Measured {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

function measure(pairs: readonly Judged[], scores: readonly number[], threshold: number): Measured {
  let [hit, wrong, missed] = [0, 0, 0];
  pairs.forEach(({ same }, at) => {
    const found = (scores[at] as number) >= threshold;
    if (found && same) hit++;
    else if (found) wrong++;
    else if (same) missed++;
  });
  return {
    precision: hit / Math.max(1, hit + wrong),
    recall: hit / Math.max(1, hit + missed),
    f1: (2 * hit) / Math.max(1, 2 * hit + wrong + missed),
  };
}

/** The threshold with the best F1: the baseline is given its best. */
function best(pairs: readonly Judged[], scores: readonly number[]): Measured & { readonly at: number } {
  const tried = Array.from({ length: 60 }, (_, step) => 0.4 + step / 100).map((at) => ({
    at,
    ...measure(pairs, scores, at),
  }));
  return tried.reduce((top, one) => (one.f1 > top.f1 ? one : top));
}

const share = (value: number) => value.toFixed(3);
const rows: string[] = [];

function line(name: string, pairs: readonly Judged[], known: boolean): Measured {
  const own = measure(
    pairs,
    pairs.map((pair) => ours(pair, known)),
    DEFAULT_THRESHOLD,
  );
  const other = best(pairs, pairs.map(baseline));
  rows.push(
    `| ${name} | ${pairs.length} | ${share(own.precision)} | ${share(own.recall)} | ${share(other.precision)} | ${share(other.recall)} | ${other.at.toFixed(2)} |`,
  );
  return own;
}

async function entriesOf(...names: readonly string[]): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for (const name of names)
    for (const source of (await listSources(join(folder, name))).sources)
      for await (const entry of source.entries()) entries.push(entry);
  return entries;
}

/** Altered listed names, names of nobody, and listed words put together anew, against whole lists; by the command's own way. */
async function speed(entries: readonly ListEntry[], altered: readonly NamePair[]): Promise<number> {
  const chance = chanceOf(7);
  const words = entries
    .flatMap(({ names }) => names.flatMap(({ text }) => text.split(/[\s,]+/)))
    .filter((word) => word.length > 2);
  const word = () => words[Math.floor(chance() * words.length)] as string;
  const names = Array.from({ length: 10_000 }, (_, at) =>
    at % 2 === 0
      ? (altered[at % altered.length] as NamePair).left
      : `${word()} ${word()} ${at % 3 === 0 ? word() : ""}`,
  );
  const work = await mkdtemp(join(tmpdir(), "screening-"));
  const file = join(work, "names.csv");
  await writeFile(file, `name\n${names.map((name) => `"${name.replaceAll('"', "")}"`).join("\n")}\n`);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let count = 0;
  for await (const _ of screenNames(await entriesOf("ofac", "un"), namesOf(file, {}), {
    threshold: DEFAULT_THRESHOLD,
    cores: 2,
  }))
    count++;
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await rm(work, { recursive: true });
  console.log(
    `${count} names against ${entries.length} entries (${entries.reduce((sum, { names: all }) => sum + all.length, 0)} names) of OFAC and UN: ${seconds.toFixed(1)} s on two cores, lists read and indexed; ${((user + system) / 1e6).toFixed(1)} s of processor time.`,
  );
  return seconds;
}

/** Altered names against the whole lists: whether the very entry is found, and how many others come along. */
function inWholeLists(entries: readonly ListEntry[], pairs: readonly NamePair[]): void {
  const screen = createScreen(entries);
  const wanted = pairs.filter(({ same }) => same);
  let [found, others] = [0, 0];
  for (const { left, right } of wanted) {
    const hits = screen.search({ name: left }, DEFAULT_THRESHOLD);
    if (hits.some(({ entry }) => entry.names[0]?.text === right)) found++;
    others += hits.filter(({ entry }) => entry.names[0]?.text !== right).length;
  }
  console.log(
    `Altered listed names asked of the whole lists: ${share(found / wanted.length)} found, ${(others / wanted.length).toFixed(1)} other entries along with each.`,
  );
}

async function main(): Promise<boolean> {
  if (!existsSync(folder)) {
    console.log(`The data of ${folder} is not there: nothing was measured.`);
    return true;
  }
  const all = await verdicts();
  const entries = await entriesOf("ofac", "un");
  const unseen = adversarialPairs(entries, 3000, 3);
  const fitted = line(
    "pairs with verdicts, even rows (fitted)",
    all.filter((_, at) => at % 2 === 0),
    true,
  );
  const judged = line(
    "pairs with verdicts, odd rows",
    all.filter((_, at) => at % 2 === 1),
    true,
  );
  const whole = line("pairs with verdicts, all", all, true);
  line("the same, kind not said", all, false);
  line("altered listed names and hard neighbors, seed 1 (fitted)", adversarialPairs(entries, 1500, 1), true);
  const altered = line("the same, seed 3", unseen, true);
  const { precision } = measure(
    all,
    all.map((pair) => ours(pair, true)),
    MATCH_AT,
  );
  console.log(
    [
      "| names | pairs | precision | recall | Jaro-Winkler precision | recall | at |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
      ...rows,
      "",
    ].join("\n"),
  );
  console.log(
    `Threshold ${DEFAULT_THRESHOLD}; from ${MATCH_AT} on a hit is called a match (precision ${share(precision)} there).`,
  );
  inWholeLists(entries, unseen);
  const seconds = await speed(entries, unseen);
  const good = [whole, altered].every(({ precision: one, recall }) => one > 0.95 && recall > 0.95);
  console.log(`Fitted F1 ${share(fitted.f1)}, judged F1 ${share(judged.f1)}.`);
  return good && seconds < 30;
}

if (!(await main())) process.exitCode = 1;
