import { fork } from "node:child_process";
import { join } from "node:path";
import { countDuePairs, type Recalculated, recalculate } from "../commissions/index.ts";
import type { Configuration } from "./configuration.ts";
import type { Addresses, Program } from "./program.ts";

export interface CalculationOrder {
  readonly configuration: Configuration;
  readonly addresses: Addresses;
  readonly partnerId?: string;
}

export type CalculationMessage =
  | { readonly pairs: number }
  | { readonly done: Recalculated }
  | { readonly failed: string };

export interface CalculationOptions {
  readonly partnerId?: string;
  /** With one, this process calculates itself. */
  readonly processes: number;
  /** Pairs that are calculated, of so many that were due when it began. */
  readonly onProgress: (done: number, due: number) => void;
  readonly signal: AbortSignal;
}

/** Much is allocated and soon forgotten: a larger nursery costs some memory and saves a fifth of the time. */
const NODE_OPTIONS = ["--max-semi-space-size=32"];

/**
 * Calculates what is due in several processes at once; each takes pairs that no other has. Every part is committed by itself, so that whatever ends it,
 * the next calculation goes on where it stood.
 */
export async function calculateAll(
  program: Program,
  options: CalculationOptions,
): Promise<Recalculated & { readonly due: number }> {
  const { signal, onProgress, processes } = options;
  const one = options.partnerId === undefined ? {} : { partnerId: options.partnerId };
  const whose = options.partnerId === undefined ? {} : { partnerIds: [options.partnerId] };
  const due = await countDuePairs(program.ctx.db, options.partnerId);
  let calculated = 0;
  const progress = (pairs: number) => {
    calculated += pairs;
    onProgress(calculated, Math.max(due, calculated));
  };
  onProgress(0, due);
  const { databaseUrl, clickhouseUrl, configuration } = program;
  const order = { configuration, addresses: { databaseUrl, clickhouseUrl }, ...one };
  const results = await Promise.allSettled(
    processes === 1
      ? [recalculate(program.ctx, { ...whose, onProgress: progress, signal })]
      : Array.from({ length: processes }, () => inChild(order, progress, signal)),
  );
  const sum = { pairs: 0, lines: 0, transfers: 0, problems: 0 };
  for (const result of results) {
    if (result.status === "rejected") throw result.reason as Error;
    for (const name of ["pairs", "lines", "transfers", "problems"] as const) sum[name] += result.value[name];
  }
  return { ...sum, due: await countDuePairs(program.ctx.db, options.partnerId) };
}

function inChild(
  order: CalculationOrder,
  onProgress: (pairs: number) => void,
  signal: AbortSignal,
): Promise<Recalculated> {
  const child = fork(join(import.meta.dirname, "calculation-process.ts"), [], {
    execArgv: NODE_OPTIONS,
    serialization: "advanced",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const stop = () => void (child.connected && child.send("stop"));
  signal.addEventListener("abort", stop);
  child.send(order);
  return new Promise<Recalculated>((resolve, reject) => {
    child.on("message", (message: CalculationMessage) => {
      if ("pairs" in message) onProgress(message.pairs);
      else if ("done" in message) resolve(message.done);
      else reject(new Error(message.failed));
    });
    child.once("error", reject);
    child.once("exit", (code, died) =>
      reject(new Error(`A calculating process ended (${died ?? code}); what it had not committed is still due.`)),
    );
  }).finally(() => signal.removeEventListener("abort", stop));
}
