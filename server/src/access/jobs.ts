import type { Context, Jobs } from "../database/index.ts";
import { forgetOld } from "./answers.ts";

export function accessJobs(ctx: Context): Jobs {
  return {
    tasks: { "access.forget_old": () => forgetOld(ctx) },
    schedule: [{ task: "access.forget_old", cron: "17 * * * *" }],
  };
}
