import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunningTributary, startTributary, temporaryFolder } from "./tributary.ts";

const root = join(import.meta.dirname, "../../..");
const PREFIX = "tributary-sample-";
const CLICKS = 4_000;
const HOUR_MS = 3_600_000;

/**
 * The program on a sample of its own, without the traffic that `tributary demo` lets go on: what a test finds is what it did. The sample
 * is built once for all tests of a run and copied. It is built anew for other sources and for another day, because its year ends today.
 */
export async function startSample(): Promise<RunningTributary> {
  const template = await sampleTemplate();
  utimesSync(template, new Date(), new Date());
  const dataDirectory = temporaryFolder();
  rmSync(dataDirectory, { recursive: true });
  // Owners are kept: as root, PostgreSQL's files belong to a user of their own.
  const copied = spawnSync("cp", ["-a", template, dataDirectory]);
  if (copied.status !== 0) throw new Error(`the sample cannot be copied: ${copied.stderr}`);
  const running = await startTributary({ dataDirectory, args: ["--host", "localhost"] });
  return {
    ...running,
    stop: async (signal) => {
      const code = await running.stop(signal);
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
      return code;
    },
  };
}

async function sampleTemplate(): Promise<string> {
  const folder = join(tmpdir(), `${PREFIX}${process.getuid?.() ?? 0}-${fingerprint()}`);
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!take(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (!existsSync(folder)) await build(folder);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

async function build(folder: string): Promise<void> {
  forgetOthers(folder);
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  const running = await startTributary({ dataDirectory: making, command: "demo", args: ["--clicks", String(CLICKS)] });
  const code = await running.stop();
  if (code !== 0) throw new Error(`the sample did not end in order: ${running.output()}`);
  renameSync(making, folder);
}

/** One process builds; a lock whose owner is gone is taken over. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch {
    if (isAlive(lock)) return false;
    rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAlive(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    // Not written yet: its owner has only just come.
    return (error as NodeJS.ErrnoException).code === "ENOENT" && existsSync(lock);
  }
}

/** Samples of other days and sources take room. One that was used within the hour may be another run's, which is copying it. */
function forgetOthers(folder: string): void {
  const mine = `${PREFIX}${process.getuid?.() ?? 0}-`;
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    if (!name.startsWith(mine) || path.startsWith(folder)) continue;
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - used > HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Of everything that the sample is made of, and of the day. */
function fingerprint(): string {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const folder of ["contract/src", "server/src", "server/migrations"])
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).sort(byPath))
      if (entry.isFile() && !entry.name.includes(".test."))
        hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest("hex").slice(0, 16);
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}
