import { type CronItem, Logger, parseCronItems, type Runner, run } from "graphile-worker";
import type { Jobs, Running } from "../database/index.ts";
import type { Program } from "./program.ts";
import { roomJobs, workerParts } from "./worker-parts.ts";

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

function inTurn(first: Task, second: Task): Task {
  return async (payload) => {
    await first(payload);
    await second(payload);
  };
}

/** The rooms' tasks in one list; a name that several rooms listen to runs them one after the other. */
export function mergeJobs(all: readonly Jobs[]): {
  tasks: Record<string, Task>;
  schedule: CronItem[];
} {
  const tasks: Record<string, Task> = {};
  for (const jobs of all) {
    for (const [name, task] of Object.entries(jobs.tasks ?? {})) {
      const earlier = tasks[name];
      tasks[name] = earlier ? inTurn(earlier, task) : task;
    }
  }
  // A crontab's text does not take the dots of our task names; the items do.
  const schedule = all.flatMap((jobs) => (jobs.schedule ?? []).map(({ task, cron }) => ({ task, match: cron })));
  return { tasks, schedule };
}

async function startJobs(program: Program, all: readonly Jobs[]): Promise<Runner | null> {
  const { tasks, schedule } = mergeJobs(all);
  if (Object.keys(tasks).length === 0) return null;
  const log = program.log.child({ jobs: true });
  return await run({
    pgPool: program.database.pool,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2_000,
    taskList: tasks,
    parsedCronItems: parseCronItems(schedule),
    logger: new Logger(() => (level, message, meta) => {
      const error = meta?.error;
      if (level === "error") log.error({ err: error }, message);
      else if (level === "warning") log.warn(message);
      else log.debug(message);
    }),
  });
}
