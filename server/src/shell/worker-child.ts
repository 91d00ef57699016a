import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../database/index.ts";
import type { Program } from "./program.ts";
import type { WorkerMessage, WorkerOrder } from "./worker-process.ts";

export type WorkerChild = Running & { pid(): number | undefined };

/**
 * Mebibytes of young objects. A batch of ten thousand events lives for half a second and is then forgotten whole; with the usual 16 it is
 * copied over and over and collected at last among what is old, which takes a fifth of the worker's time. Given back when it is idle.
 */
const ROOM_FOR_A_BATCH = "--max-semi-space-size=64";

/** Runs the worker in a child process and starts it again when it dies, after a pause that grows while it keeps dying. */
export async function startWorkerChild(program: Program): Promise<WorkerChild> {
  let stopping = false;
  let child: ChildProcess;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  const launch = (): ChildProcess => {
    const began = Date.now();
    const started = fork(join(import.meta.dirname, "worker-process.ts"), [], {
      execArgv: [ROOM_FOR_A_BATCH],
      serialization: "advanced",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const { databaseUrl, clickhouseUrl, configuration } = program;
    started.send({ configuration, addresses: { databaseUrl, clickhouseUrl } } satisfies WorkerOrder);
    started.on("error", () => undefined);
    started.once("exit", (code, signal) => {
      if (stopping) return;
      failures = Date.now() - began > 60_000 ? 0 : failures + 1;
      const pause = failures <= 1 ? 0 : Math.min(30_000, 250 * 2 ** failures);
      program.log.error({ code, signal, pause }, "the worker ended unasked; it is started again");
      again = setTimeout(() => {
        child = launch();
      }, pause);
    });
    return started;
  };
  child = launch();
  await ready(child);
  return {
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(again);
      await endChild(child);
    },
  };
}

/** The first start is waited for; one that fails is not fatal, since the next attempt may find the database again. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("message", (_message: WorkerMessage) => resolve());
    child.once("exit", () => resolve());
  });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<boolean>((resolve) => child.once("exit", () => resolve(true)));
  if (child.connected) child.send("stop");
  if (!(await Promise.race([exited, sleep(20_000, false, { ref: false })]))) child.kill("SIGKILL");
}
