import { systemActor } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import type { PrivacyNeeds } from "./contracts.ts";
import { runRetention } from "./retention.ts";

/** Every night what the retention rules say. */
export function privacyJobs(ctx: Context, needs: PrivacyNeeds): Jobs {
  return {
    tasks: {
      "privacy.retention": async () => {
        await runRetention(ctx, systemActor("retention"), false, needs);
      },
    },
    schedule: [{ task: "privacy.retention", cron: "47 2 * * *" }],
  };
}
