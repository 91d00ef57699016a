import type { ReportContext } from "./contracts.ts";
import { oldestUnshipped } from "./store/lanes.ts";

/** Everything recorded before this instant is in ClickHouse: the arrival of the oldest entry that is not, or now. */
export async function freshness(ctx: ReportContext): Promise<Date> {
  return (await oldestUnshipped(ctx.whole)) ?? ctx.clock.now();
}
