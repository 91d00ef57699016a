import type { Context, Jobs } from "../../database/index.ts";
import type { ImportNeeds } from "./contracts.ts";
import { type FetchNeeds, fetchInto } from "./pull/fetch.ts";
import { atWork, workOn } from "./service.ts";

/** Imports are worked on in the worker; what a process left behind that is gone is taken up within a minute. */
export function integrationsJobs(ctx: Context, needs: ImportNeeds & FetchNeeds): Jobs {
  const work = async (id: string): Promise<void> => {
    await workOn(ctx, id, needs, { fetch: (one) => fetchInto(one, needs) });
  };
  return {
    tasks: {
      "integrations.work": async (payload) => work((payload as { readonly importId: string }).importId),
      "integrations.take_up": async () => {
        for (const id of await atWork(ctx)) await work(id);
      },
    },
    schedule: [{ task: "integrations.take_up", cron: "* * * * *" }],
  };
}
