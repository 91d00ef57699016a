import type { Context } from "../database/index.ts";
import { type Day, dayOf } from "../kernel/period.ts";

/** Due diligence goes by the calendar of UTC: a partner may work in several programs with zones of their own. */
export function today(ctx: Context): Day {
  return dayOf(ctx.clock.now(), "UTC");
}
