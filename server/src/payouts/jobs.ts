import type { Context, Jobs } from "../database/index.ts";
import { openStatements } from "./service.ts";

/** A statement is opened as soon as something is booked in its month. */
export function payoutsJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "commissions.booked": async (payload) => {
        await openStatements(ctx, (payload as { partnerIds: readonly string[] }).partnerIds);
      },
      "payouts.open_statements": async () => {
        await openStatements(ctx);
      },
    },
    schedule: [{ task: "payouts.open_statements", cron: "23 * * * *" }],
  };
}
