/**
 * `npm test`: every test file there is, or those that are named. Files that take long begin first, so that no long one is left over for the
 * end. Everything a run makes lies in one folder that goes with it: runs on one machine do not see each other and leave nothing behind.
 */
import { chmodSync, globSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isAlive, lockHolder } from "../src/shell/lock-file.ts";
import { shortLived } from "./harness/memory.ts";

const root = join(import.meta.dirname, "../..");

/** What takes longest stands first: browsers, whole programs, tools, databases; what only computes fills the gaps at the end. */
const LONGEST_FIRST = [
  "e2e/src/screens.test.ts",
  "server/src/shell/serve.test.ts",
  "server/test/scenarios/**/*.test.ts",
  "e2e/src/**/*.test.ts",
  "server/test/house/tools.test.ts",
  "server/src/shell/**/*.test.ts",
  "server/{src,test}/**/*.db.test.ts",
  "{contract,server,console,tracker}/**/*.test.ts",
];

const FOLDER = "tributary-run-";

export function testFiles(patterns: readonly string[] = LONGEST_FIRST): string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ["**/node_modules"] }).sort());
  return [...new Set(found)].map((path) => join(root, path));
}

/** Files of one room that share a process: each would load the same half a thousand modules, which takes longer than most of them. */
const TOGETHER = /^server\/src\/(?!shell\/)(\w+)\/.*\.db\.test\.ts$/;
const MOST_TOGETHER = 7;

/** The files as they are run: those that go together are imported by one file in the folder, each as a suite of its own name. */
function together(files: readonly string[], folder: string): string[] {
  const groups = new Map<string, string[]>();
  const entries: string[] = [];
  const begin = (room: string): string[] => {
    const path = join(folder, `${room}-${entries.length}.test.ts`);
    const group: string[] = [];
    groups.set(path, group);
    open.set(room, group);
    entries.push(path);
    return group;
  };
  const open = new Map<string, string[]>();
  for (const file of files) {
    const room = TOGETHER.exec(relative(root, file))?.[1];
    if (room === undefined) {
      entries.push(file);
      continue;
    }
    const group = open.get(room);
    (group === undefined || group.length >= MOST_TOGETHER ? begin(room) : group).push(file);
  }
  for (const [path, group] of groups) writeFileSync(path, entryOf(group));
  return entries;
}

function entryOf(group: readonly string[]): string {
  const suites = group.map((file) => {
    const [name, address] = [relative(root, file), pathToFileURL(file).href].map((text) => JSON.stringify(text));
    return `describe(${name}, async () => { await import(${address}); });`;
  });
  return ['import { describe } from "node:test";', ...suites, ""].join("\n");
}

async function runSuite(files: readonly string[]): Promise<void> {
  const place = shortLived();
  removeForgotten(place);
  const folder = mkdtempSync(join(place, `${FOLDER}${process.pid}-`));
  // As root, PostgreSQL runs as a user of its own, which has to come through.
  chmodSync(folder, 0o755);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  process.env.TMPDIR = folder;
  // Hundreds of processes load the same modules: types are stripped and code is compiled once for all of them.
  process.env.NODE_COMPILE_CACHE = join(folder, "compiled");
  const took = new Map<string, number>();
  // One more than there are cores: a test waits for its database, its server or its browser half of the time.
  const results = run({ files: together(files, folder), concurrency: availableParallelism() + 1, timeout: 600_000 });
  results.on("test:fail", () => {
    process.exitCode = 1;
  });
  results.on("test:summary", ({ file, duration_ms }) => {
    if (file !== undefined) took.set(relative(file.startsWith(folder) ? folder : root, file), duration_ms);
  });
  results.compose(new spec()).pipe(process.stdout);
  await new Promise((resolve) => results.once("end", resolve));
  await endCluster(folder);
  process.stderr.write(`Files that took longest:\n${longest(took).join("\n")}\n`);
}

function longest(took: ReadonlyMap<string, number>): string[] {
  return [...took]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 15)
    .map(([file, ms]) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
}

/** The cluster that all tests share waits a while for more of them; here it knows that none will come. */
async function endCluster(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((one) => /^tributary-test-\w+\.lock$/.test(one))) {
    const holder = lockHolder(join(folder, name));
    if (holder === null) continue;
    process.kill(holder.pid, "SIGTERM");
    for (let tries = 0; tries < 300 && lockHolder(join(folder, name)) !== null; tries += 1) await sleep(100);
  }
}

/** Folders of runs that were killed. */
function removeForgotten(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = /^tributary-run-(\d+)-\w+$/.exec(name)?.[1];
    if (pid === undefined || isAlive({ pid: Number(pid), started: null })) continue;
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // Another user's, who removes it with the next run.
    }
  }
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  const files = testFiles(named.length > 0 ? named : undefined);
  if (files.length === 0) throw new Error(`There is no test file ${named.join(" ")}`);
  await runSuite(files);
}
