import type { Context, Jobs } from "../database/index.ts";
import { openStatements } from "./service.ts";

/** A statement is opened as soon as something is booked in its month. */
export function statementsJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "commissions.booked": async (payload) => {
        await openStatements(ctx, (payload as { partnerIds: readonly string[] }).partnerIds);
      },
      "statements.open_statements": async () => {
        await openStatements(ctx);
      },
    },
    schedule: [{ task: "statements.open_statements", cron: "23 * * * *" }],
  };
}
