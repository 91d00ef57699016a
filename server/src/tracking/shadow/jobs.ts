import { announce, type Context, type Jobs, transact } from "../../database/index.ts";
import { runComparison } from "./compare.ts";
import { LOOK_TASK, lookIntoFile, READ_TASK } from "./files.ts";
import { readUploadedFile } from "./read-file.ts";
import { COMPARE_TASK } from "./service.ts";
import { liveShadows } from "./store/shadows.ts";

/** Files are read and sides compared in the background; what is told live is compared every hour. */
export function shadowJobs(ctx: Context): Jobs {
  return {
    tasks: {
      [LOOK_TASK]: (payload) => lookIntoFile(ctx, (payload as { readonly fileId: string }).fileId),
      [READ_TASK]: (payload) => readUploadedFile(ctx, (payload as { readonly fileId: string }).fileId),
      [COMPARE_TASK]: (payload) => runComparison(ctx, (payload as { readonly shadowId: string }).shadowId),
      "tracking.shadow_hourly": async () => {
        for (const { shadow_id: shadowId } of await liveShadows(ctx.db))
          await transact(ctx, (tx) => announce(tx, COMPARE_TASK, { shadowId }));
      },
    },
    schedule: [{ task: "tracking.shadow_hourly", cron: "23 * * * *" }],
  };
}
