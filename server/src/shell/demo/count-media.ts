import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../../database/index.ts";
import { refreshMorning } from "../../morning/index.ts";
import { freshness } from "../../reporting/index.ts";
import { countTraffic } from "../commission-traffic.ts";
import type { Program } from "../program.ts";

const LOOK_AGAIN_MS = 2_000;

/** Counts what is paid per click and per impression as soon as the history has arrived in the analytics, not only at the next full hour. */
export function countMediaSoon(program: Program): Running {
  const stopping = new AbortController();
  const done = countOnce(program, stopping.signal).catch((error: Error) => {
    if (!stopping.signal.aborted)
      program.log.warn({ err: error }, "clicks of the sample could not be counted; the hourly job does it");
  });
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function countOnce(program: Program, signal: AbortSignal): Promise<void> {
  const { ctx, analytics, database, clock } = program;
  const built = clock.now();
  while ((await freshness({ ...ctx, analytics, whole: database.db })) < built)
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  await countTraffic(program);
  // The first morning of the sample is read as soon as there is something to rank it by.
  await refreshMorning(ctx, { analytics });
}
