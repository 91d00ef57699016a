import type { Context, Jobs } from "../database/index.ts";
import { closeDeadLanes } from "./intake/lane.ts";

/** What the tracking room does by the clock. */
export function trackingJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "tracking.close_dead_lanes": async () => {
        await closeDeadLanes(ctx.db, ctx.clock.now());
      },
    },
    schedule: [{ task: "tracking.close_dead_lanes", cron: "* * * * *" }],
  };
}
