import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const launcher = join(import.meta.dirname, "../../bin/tributary.js");

export type RunningTributary = {
  /** e.g. http://localhost:41235 */
  readonly url: string;
  readonly pid: number;
  readonly dataDirectory: string;
  /** Everything printed so far. */
  output(): string;
  /** Ctrl-C's little brother; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** kill -9 of the program and everything it started. */
  killEverything(): Promise<void>;
};

export type TributaryOptions = {
  /** Kept by the caller; a fresh temporary one (removed by `stop`) when not given. */
  readonly dataDirectory?: string;
  /** `serve` when not given. */
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs the real program as a person would, on any free port, and waits until it says that it runs. */
export async function startTributary(options: TributaryOptions = {}): Promise<RunningTributary> {
  const dataDirectory = options.dataDirectory ?? temporaryFolder();
  const { child, output } = launch(options.command ?? "serve", dataDirectory, options);
  let asked = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code, signal) => {
      // What the test sees of it is a refused connection, which says nothing.
      if (!asked) process.stderr.write(`Tributary ended by itself (${signal ?? code}):\n${output().slice(-4000)}\n`);
      resolve(code);
    });
  });
  const url = await waitForAddress(child, output);
  const end = async (): Promise<number | null> => {
    const code = await exited;
    if (!options.dataDirectory) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
    return code;
  };
  return {
    url,
    pid: child.pid ?? 0,
    dataDirectory,
    output,
    stop: (signal = "SIGTERM") => {
      asked = true;
      child.kill(signal);
      return end();
    },
    killEverything: async () => {
      asked = true;
      killAll(child.pid ?? 0);
      await exited;
    },
  };
}

/** Runs a command to its end. */
export async function runTributary(
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; dataDirectory?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const data = options.dataDirectory ? ["--data", options.dataDirectory] : [];
  const child = spawn(process.execPath, [launcher, ...args, ...data], { env: environment(options.env) });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "tributary-data-"));
}

function launch(
  command: string,
  dataDirectory: string,
  options: TributaryOptions,
): { child: ChildProcess; output(): string } {
  const args = [launcher, command, "--data", dataDirectory, "--port", "0", ...(options.args ?? [])];
  // The open channel ends the program in order when its test is gone, as with the launcher.
  const env = { ...environment(options.env), TRIBUTARY_LAUNCHED: "1" };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "ipc"], env });
  let text = "";
  child.stdout?.on("data", (data) => (text += data));
  child.stderr?.on("data", (data) => (text += data));
  return { child, output: () => text };
}

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...rest } = process.env;
  // A journey that is not about onboarding activates its partners by hand, as an operator may choose to.
  return { ...rest, LOG_LEVEL: "info", TRIBUTARY_ACTIVATION: "approval", ...extra };
}

async function waitForAddress(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const found = /is running at (http\S+)/.exec(output());
    if (found?.[1]) return found[1];
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Tributary ended: ${output()}`);
    await sleep(20);
  }
}

/** Stops a process first, so that it cannot start anything new while its children are looked for. */
function killAll(pid: number): void {
  signal(pid, "SIGSTOP");
  for (const child of childrenOf(pid)) killAll(child);
  signal(pid, "SIGKILL");
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
