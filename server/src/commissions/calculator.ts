import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Running } from "../database/index.ts";
import { recalculate } from "./recalculate.ts";

/** A month that moves all the time would else get a new line version every second. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a calculation it rests this many times as long: during an import everything is due again all the time, and events go first. */
const REST_FACTOR = 4;

/** Calculates what is due as long as it runs; the fewer there is to do, the sooner an event is an amount. */
export function startCalculator(ctx: Context, options: { readonly onTrouble: (error: Error) => void }): Running {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const started = performance.now();
      await recalculate(ctx).catch((error: Error) => options.onTrouble(error));
      const took = performance.now() - started;
      const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, took * REST_FACTOR));
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
