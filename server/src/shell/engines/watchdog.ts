import { spawn } from "node:child_process";

/**
 * A tiny shell that outlives a kill -9 of this program just long enough to end the PostgreSQL it started: its standard input is a
 * pipe from here, which the system closes when this process dies. It is a courtesy; recovery at the next start never depends on it.
 */
export function startWatchdog(pid: number, pidFile: string): { end(): void } {
  const script = 'cat >/dev/null; [ "$(head -n1 "$1" 2>/dev/null)" = "$2" ] && kill -INT "$2"';
  const child = spawn("/bin/sh", ["-c", script, "tributary-watchdog", pidFile, String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return { end: () => child.stdin.end() };
}
