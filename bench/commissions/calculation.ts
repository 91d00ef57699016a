import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Context } from "../../server/src/database/index.ts";

const MAIN = new URL("../../server/src/main.ts", import.meta.url).pathname;
const LOOK_EVERY_MS = 50;
/** Looking costs processor time too, which the calculation should have. */
const WEIGH_EVERY_MS = 1_000;

export interface Calculated {
  readonly pairs: number;
  readonly lines: number;
  readonly problems: number;
  /** From the first to the last pair, as the command says; starting the processes is counted, joining the engines is not. */
  readonly seconds: number;
  /** Resident memory of all calculating processes, each at its most. */
  readonly peakMb: number;
}

/** `tributary calculate` as a person would run it. */
export async function calculateInChild(dataDirectory: string): Promise<Calculated> {
  const child = start(dataDirectory);
  const output = collect(child);
  let peakKb = 0;
  const looking = setInterval(() => {
    peakKb = Math.max(peakKb, peakOf(child.pid ?? 0));
  }, WEIGH_EVERY_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(looking);
  if (code !== 0) throw new Error(`the calculation ended with ${code}: ${output()}`);
  return { ...(JSON.parse(output()) as Omit<Calculated, "peakMb">), peakMb: peakKb / 1024 };
}

/** Killed without warning when about half is done, and run again. */
export async function killedAndResumed(
  ctx: Context,
  dataDirectory: string,
): Promise<{ readonly pairsBefore: number; readonly pairsAfter: number }> {
  const due = async () =>
    Number((await sql<{ n: bigint }>`select count(*) as n from commissions.dirty`.execute(ctx.db)).rows[0]?.n ?? 0n);
  const all = await due();
  const child = start(dataDirectory);
  const output = collect(child);
  while (child.exitCode === null && (await due()) > all / 2) await sleep(LOOK_EVERY_MS);
  for (const pid of family(child.pid ?? 0)) process.kill(pid, "SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  else throw new Error(`it was done before it could be killed: ${output()}`);
  const left = await due();
  const done = await calculateInChild(dataDirectory);
  return { pairsBefore: all - left, pairsAfter: done.pairs };
}

function start(dataDirectory: string): ChildProcess {
  return spawn(process.execPath, [MAIN, "calculate", "--json", "--data", dataDirectory], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "error" },
  });
}

function collect(child: ChildProcess): () => string {
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  return () => text;
}

/** A process and what it started (Linux). */
function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

/** Each process' own highest resident memory, added up: never less than what they had together at a time. */
function peakOf(root: number): number {
  const sizes = family(root).map((pid) => Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return sizes.reduce((sum, one) => sum + one, 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
