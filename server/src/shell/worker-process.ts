/** The worker as a process of its own, started by worker-child.ts; ends when its parent does. */
import type { Running } from "../database/index.ts";
import type { Configuration } from "./configuration.ts";
import { giveMemoryBackWhenIdle } from "./idle-memory.ts";
import { type Addresses, joinProgram, type Program } from "./program.ts";
import { startWorker } from "./worker.ts";

export type WorkerOrder = { readonly configuration: Configuration; readonly addresses: Addresses };
export type WorkerMessage = { readonly ready: true } | { readonly failed: string };

let program: Program | undefined;
let worker: Running | undefined;
let ending = false;

async function start(order: WorkerOrder): Promise<void> {
  program = joinProgram(order.configuration, order.addresses, "worker");
  worker = await startWorker(program);
  giveMemoryBackWhenIdle();
  process.send?.({ ready: true } satisfies WorkerMessage);
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // Whatever hangs, the process does not: its work is taken up where the database says it stands.
  setTimeout(() => process.exit(code), 15_000).unref();
  await worker?.stop();
  await program?.close();
  process.exit(code);
}

function fail(error: unknown): void {
  program?.log.fatal({ err: error }, "the worker cannot go on");
  process.send?.({ failed: (error as Error).message } satisfies WorkerMessage);
  void end(1);
}

// Ctrl-C reaches the whole process group; the parent decides when the worker ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.on("disconnect", () => void end(0));
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
process.on("message", (message) => {
  if (message === "stop") void end(0);
  else start(message as WorkerOrder).catch(fail);
});
