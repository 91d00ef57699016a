import type { Context, Jobs } from "../database/index.ts";
import { HealthMemory, type HealthNeeds, lookAtHealth } from "./run.ts";

/** Looks every ten minutes; a look that takes longer than that is not joined by another. */
export function healthJobs(ctx: Context, needs: HealthNeeds): Jobs {
  const memory = new HealthMemory();
  let looking: Promise<unknown> | undefined;
  return {
    tasks: {
      "health.look": async () => {
        looking ??= lookAtHealth(ctx, needs, memory).finally(() => {
          looking = undefined;
        });
        await looking;
      },
    },
    schedule: [{ task: "health.look", cron: "*/10 * * * *" }],
  };
}
