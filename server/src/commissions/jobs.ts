import type { Context, Jobs } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { releaseDue } from "./release.ts";
import { termsAccepted } from "./terms-accepted.ts";

/** Holds are released every hour; accepted terms are calculated from the month in which they begin. */
export function commissionsJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "commissions.release": async () => {
        await releaseDue(ctx, dayOf(ctx.clock.now(), "UTC"));
      },
      "agreements.accepted": (payload) => termsAccepted(ctx, payload as Parameters<typeof termsAccepted>[1]),
    },
    schedule: [{ task: "commissions.release", cron: "7 * * * *" }],
  };
}
