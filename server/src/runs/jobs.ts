import type { Context, Jobs } from "../database/index.ts";
import { lettersOfRun, overdueLetters, type RunLetter } from "./letters.ts";
import { RUN_TASK, WAITING_TASK } from "./life.ts";
import type { RunNeeds } from "./needs.ts";
import { lookForPayments } from "./payments.ts";
import { openScheduledRuns } from "./schedules.ts";
import { runsAtWork } from "./store/runs.ts";
import { advanceRun } from "./work.ts";

/** How approvers are told. */
export interface RunPost {
  readonly publicUrl: string;
  readonly sendMail: (letter: RunLetter) => Promise<boolean>;
}

/** The work of runs, one run at a time; every minute it looks for what a kill has broken off. */
export function runsJobs(ctx: Context, needs: RunNeeds, post: RunPost): Jobs {
  const active = new Set<string>();
  const advance = async (runId: string): Promise<void> => {
    if (active.has(runId)) return;
    active.add(runId);
    try {
      await advanceRun(ctx, runId, needs);
    } finally {
      active.delete(runId);
    }
  };
  return {
    tasks: {
      [RUN_TASK]: (payload) => advance((payload as { readonly runId: string }).runId),
      "runs.resume": async () => {
        for (const runId of await runsAtWork(ctx.db)) await advance(runId);
        await lookForPayments(ctx);
      },
      [WAITING_TASK]: async (payload) => {
        const { runId } = payload as { readonly runId: string };
        for (const letter of await lettersOfRun(ctx, runId, "waiting", needs, post.publicUrl))
          await post.sendMail(letter);
      },
      "runs.remind": async () => {
        for (const letter of await overdueLetters(ctx, needs, post.publicUrl)) await post.sendMail(letter);
      },
      "runs.open_scheduled": async () => {
        await openScheduledRuns(ctx);
      },
    },
    schedule: [
      { task: "runs.resume", cron: "* * * * *" },
      { task: "runs.open_scheduled", cron: "7 * * * *" },
      { task: "runs.remind", cron: "23 * * * *" },
    ],
  };
}
