/**
 * Memory of the whole program at rest, engines included: the proportional share (PSS) of every process, a minute after the start.
 *
 *     node bench/memory.ts [seconds]
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { startTributary } from "../server/test/harness/index.ts";

const [seconds = 60] = process.argv.slice(2).map(Number);
const MOST_MB = 900;

/** The process and everything below it. */
function family(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .flatMap((name) => family(Number(name)));
  return [pid, ...children];
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // ended meanwhile
  }
}

function proportionalMb(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8")
    .split("\0")
    .filter((word) => word !== "");
  return words
    .map((word) => word.split("/").at(-1))
    .slice(0, 2)
    .join(" ")
    .slice(0, 60);
}

const running = await startTributary({ env: { LOG_LEVEL: "error" } });
try {
  await sleep(seconds * 1000);
  const processes = family(running.pid).map((pid) => ({ name: nameOf(pid), mb: proportionalMb(pid) }));
  for (const { name, mb } of processes.filter((one) => one.mb >= 5))
    console.log(`${mb.toFixed(0).padStart(6)} MB  ${name}`);
  const total = processes.reduce((sum, one) => sum + one.mb, 0);
  console.log(
    `${total.toFixed(0).padStart(6)} MB  in ${processes.length} processes (${MOST_MB} allowed) → ${total < MOST_MB ? "held" : "NOT held"}`,
  );
  process.exitCode = total < MOST_MB ? 0 : 1;
} finally {
  await running.stop();
}
