import { type CronItem, Logger, parseCronItems, type Runner, run } from "graphile-worker";
import { forgetUnheard, type Jobs, type Running } from "../database/index.ts";
import type { Program } from "./program.ts";
import { isCall, standingNoticesOf, type Taker } from "./standing-notices.ts";
import { roomJobs, workerParts } from "./worker-parts.ts";

/** Every minute, for what a worker that was killed had begun to take. */
const LOOK_FOR_STANDING = "database.notices";
/** Every hour, so that notices to which no room listens do not pile up before those that somebody takes. */
const FORGET_UNHEARD = "database.unheard";

/** All background work: what runs all the time, and the jobs and schedules of the rooms. */
export async function startWorker(program: Program): Promise<Running> {
  const running: Running[] = [];
  try {
    for (const part of workerParts) running.push(await part(program));
    const runner = await startJobs(
      program,
      roomJobs.map((jobs) => jobs(program)),
    );
    if (runner) running.push({ stop: () => stopRunner(runner) });
  } catch (error) {
    await Promise.allSettled(running.map((part) => part.stop()));
    throw error;
  }
  program.log.info({ parts: running.length }, "the worker runs");
  return {
    stop: async () => {
      const results = await Promise.allSettled(running.map((part) => part.stop()));
      for (const result of results) {
        if (result.status === "rejected")
          program.log.error({ err: result.reason }, "a part of the worker did not end well");
      }
    },
  };
}

async function stopRunner(runner: Runner): Promise<void> {
  await runner.stop().catch((error: Error) => {
    // Stopped by itself already, which is all that is wanted.
    if (!/already/.test(error.message)) throw error;
  });
}

type Task = (payload: unknown) => Promise<void>;

function oneByOne(task: Task): Taker {
  return async (payloads) => {
    for (const payload of payloads) await task(payload);
  };
}

/** The rooms' tasks in one list; a name that several rooms listen to goes to one after the other. */
export function mergeJobs(all: readonly Jobs[]): {
  takers: ReadonlyMap<string, Taker>;
  schedule: CronItem[];
} {
  const takers = new Map<string, Taker>();
  const add = (name: string, taker: Taker) => {
    const earlier = takers.get(name);
    takers.set(
      name,
      earlier === undefined
        ? taker
        : async (payloads) => {
            await earlier(payloads);
            await taker(payloads);
          },
    );
  };
  for (const { tasks, sets } of all) {
    for (const [name, task] of Object.entries(tasks ?? {})) add(name, oneByOne(task));
    for (const [name, taker] of Object.entries(sets ?? {})) add(name, taker);
  }
  // A crontab's text does not take the dots of our task names; the items do.
  const schedule = all.flatMap((jobs) => (jobs.schedule ?? []).map(({ task, cron }) => ({ task, match: cron })));
  return { takers, schedule };
}

async function startJobs(program: Program, all: readonly Jobs[]): Promise<Runner | null> {
  const { takers, schedule } = mergeJobs(all);
  if (takers.size === 0) return null;
  const log = program.log.child({ jobs: true });
  const standing = standingNoticesOf(program.ctx.db, takers, (error, name) =>
    log.warn({ err: error, name }, "notices could not be taken together; they are taken one by one"),
  );
  const taskList = Object.fromEntries(
    [...takers].map(([name, take]) => [
      name,
      (payload: unknown) => (isCall(payload) ? standing.take(name) : take([payload])),
    ]),
  );
  return await run({
    // Connections of its own: it writes what failed as JSON, which the numbers of the rooms' connections (bigint) cannot be.
    connectionString: program.databaseUrl,
    maxPoolSize: 6,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2_000,
    taskList: {
      ...taskList,
      [LOOK_FOR_STANDING]: () => standing.takeAll(),
      [FORGET_UNHEARD]: () => forgetUnheard(program.ctx.db, [...takers.keys(), LOOK_FOR_STANDING, FORGET_UNHEARD]),
    },
    parsedCronItems: parseCronItems([
      ...schedule,
      { task: LOOK_FOR_STANDING, match: "* * * * *" },
      { task: FORGET_UNHEARD, match: "7 * * * *" },
    ]),
    logger: new Logger(() => (level, message, meta) => {
      const error = meta?.error;
      if (level === "error") log.error({ err: error }, message);
      else if (level === "warning") log.warn(message);
      else log.debug(message);
    }),
  });
}
