import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Running } from "../database/index.ts";
import { recalculate } from "./recalculate.ts";

/** A month that moves all the time would else get a new line version every second. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a calculation it rests this many times as long: during an import everything is due again all the time, and events go first. */
const REST_FACTOR = 4;

/** While a file is imported or a backlog worked off, the months of its events are calculated once at the end, or after this. */
const LONGEST_WAIT_FOR_EVENTS_MS = 300_000;
/** After an import there are many parts to do: while the database looks up one of them, another is calculated. */
const PARTS_AT_ONCE = 2;
/** How often it is asked whether events still wait. */
const ASK_AGAIN_MS = 500;

export interface CalculatorOptions {
  readonly onTrouble: (error: Error) => void;
  /** Do so many events wait to be processed that they go first? Months that they belong to would be due again at once. */
  readonly eventsGoFirst?: () => Promise<boolean>;
}

/** Calculates what is due as long as it runs; the fewer there is to do, the sooner an event is an amount. */
export function startCalculator(ctx: Context, options: CalculatorOptions): Running {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const started = performance.now();
      await recalculate(ctx, { atOnce: PARTS_AT_ONCE }).catch((error: Error) => options.onTrouble(error));
      const took = performance.now() - started;
      const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, took * REST_FACTOR));
      await rest(pause);
      for (let rested = pause; rested < LONGEST_WAIT_FOR_EVENTS_MS && (await behind()); rested += ASK_AGAIN_MS)
        await rest(ASK_AGAIN_MS);
    }
  };
  const rest = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
  const behind = async (): Promise<boolean> => {
    if (stopping.signal.aborted || options.eventsGoFirst === undefined) return false;
    return await options.eventsGoFirst().catch(() => false);
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
