import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

interface Process {
  readonly parent: number;
  readonly name: string;
  readonly command: string;
  /** own time and that of children that have ended, seconds */
  readonly seconds: number;
}

function processes(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const id of readdirSync("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
      const command = readFileSync(`/proc/${id}/cmdline`, "latin1").replaceAll("\0", " ");
      all.set(Number(id), {
        parent: Number(fields[1]),
        name: nameOf(command),
        command,
        seconds: ticks / TICKS_PER_SECOND,
      });
    } catch {
      // It ended in between.
    }
  }
  return all;
}

function nameOf(command: string): string {
  if (command.startsWith("postgres") || command.includes("/postgres")) return "postgres";
  return /(worker|clickhouse|tributary)[^/]*\.[jt]s/.exec(command)?.[1] ?? "other";
}

/** Processor time, in seconds, that a process and everything it started has taken so far, by kind of process (Linux). */
export function processorTime(root: number): Record<string, number> {
  const all = processes();
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  const seconds: Record<string, number> = {};
  for (const [pid, process] of all) {
    if (!belongs(pid)) continue;
    const name = pid === root ? "bench and import" : process.name;
    seconds[name] = (seconds[name] ?? 0) + process.seconds;
  }
  return seconds;
}

/** The same of the server processes that work for one database. */
export function processorTimeOfDatabase(name: string): number {
  return [...processes().values()]
    .filter((one) => one.name === "postgres" && one.command.includes(` ${name} `))
    .reduce((sum, one) => sum + one.seconds, 0);
}
