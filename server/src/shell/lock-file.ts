import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Who holds a lock: the process id and, where the system tells it, the moment that process began (so a reused id is seen). */
export type LockHolder = { readonly pid: number; readonly started: string | null; readonly note: string };

export type Lock = { readonly path: string; release(): void };

/**
 * Takes an exclusive lock that is a file. A lock whose holder no longer lives (kill -9, power cut) is taken over.
 * Answers the holder instead when another living process has it.
 */
export function takeLock(path: string, note = ""): Lock | LockHolder {
  mkdirSync(dirname(path), { recursive: true });
  const mine: LockHolder = { pid: process.pid, started: processStarted(process.pid), note };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const draft = `${path}.${process.pid}.new`;
    writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
    try {
      // A hard link appears with its content or not at all: nobody ever reads a half-written lock.
      linkSync(draft, path);
      return { path, release: () => releaseLock(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = readLock(path);
    if (holder && isAlive(holder)) return holder;
    if (holder) discardDead(path, holder);
  }
  throw new Error(`The lock ${path} could not be taken: it changes hands all the time.`);
}

export function isLock(taken: Lock | LockHolder): taken is Lock {
  return "release" in taken;
}

/** The living holder of a lock, or null. */
export function lockHolder(path: string): LockHolder | null {
  const holder = readLock(path);
  return holder && isAlive(holder) ? holder : null;
}

/** True while the process lives and is the one that was meant, not a later one under the same number. */
export function isAlive(holder: Pick<LockHolder, "pid" | "started">): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const started = processStarted(holder.pid);
  if (started === "dead") return false;
  return holder.started === null || started === null || started === holder.started;
}

/** Start time of a process as the kernel counts it; null where the system has no /proc; "dead" for a zombie or nothing. */
export function processStarted(pid: number): string | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name stands in brackets and may hold anything, so count the fields from the last bracket on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "dead" : (fields[19] ?? null);
  } catch {
    return "dead";
  }
}

function readLock(path: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    return { pid: 0x7fffffff, started: "unreadable", note: "" };
  }
}

/** Moves a dead lock aside; if a new holder slipped in between reading and moving, its lock is put back. */
function discardDead(path: string, dead: LockHolder): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readLock(aside);
  if (moved && moved.pid !== dead.pid && isAlive(moved)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function releaseLock(path: string): void {
  if (readLock(path)?.pid === process.pid) rmSync(path, { force: true });
}
