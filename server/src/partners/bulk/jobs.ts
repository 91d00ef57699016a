import type { Context, Jobs } from "../../database/index.ts";
import { bulksAtWork, workOnBulk } from "./service.ts";

/** Bulk changes are worked on in the worker; what a process left behind that is gone is taken up within a minute. */
export function bulkJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "partners.bulk_work": async (payload) => workOnBulk(ctx, (payload as { readonly bulkId: string }).bulkId),
      "partners.bulk_take_up": async () => {
        for (const id of await bulksAtWork(ctx)) await workOnBulk(ctx, id);
      },
    },
    schedule: [{ task: "partners.bulk_take_up", cron: "* * * * *" }],
  };
}
