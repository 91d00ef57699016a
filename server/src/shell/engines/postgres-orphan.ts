import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../lock-file.ts";

/**
 * After a kill -9 of the program its PostgreSQL may still run, or have left its pid file. The caller holds the data folder's lock,
 * so whatever is found here belongs to nobody: a living server is shut down, a stale file (whose number may by now
 * belong to a stranger) is removed.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  const postmaster = readPid(pidFile);
  if (postmaster !== null && isServerOf(postmaster, cluster)) {
    await endProcess(postmaster);
  }
  // Without its postmaster a backend ends by itself at its next look; until then it holds the shared memory.
  for (let waited = 0; waited < 100 && leftovers(cluster).length > 0; waited += 1) {
    if (waited === 50) for (const pid of leftovers(cluster)) signal(pid, "SIGQUIT");
    await sleep(50);
  }
  rmSync(pidFile, { force: true });
}

async function endProcess(pid: number): Promise<void> {
  for (const [name, patience] of [
    ["SIGINT", 200],
    ["SIGQUIT", 100],
    ["SIGKILL", 100],
  ] as const) {
    signal(pid, name);
    for (let waited = 0; waited < patience; waited += 1) {
      if (!isAlive({ pid, started: null })) return;
      await sleep(50);
    }
  }
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** A server process works inside its data folder, which tells it from a stranger with the same number. */
function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive({ pid, started: null })) return false;
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function leftovers(cluster: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isServerOf(pid, cluster));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone, which is what was wanted.
  }
}
