import { noteTraffic, pairsWithTraffic } from "../commissions/index.ts";
import type { Jobs } from "../database/index.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { programsByIds } from "../programs/index.ts";
import { trafficByDay } from "../reporting/index.ts";
import type { Program } from "./program.ts";

/** Late clicks and verdicts change days that have passed; further back nothing moves any more. */
const DAYS_BACK = 40;

/** Counts clicks and impressions for those who are paid for them, every hour. */
export function trafficJobs(program: Program): Jobs {
  return {
    tasks: { "commissions.traffic": () => countTraffic(program) },
    schedule: [{ task: "commissions.traffic", cron: "23 * * * *" }],
  };
}

/** Brings the counts of the last days from the analytics into the facts of commissions. */
export async function countTraffic(program: Pick<Program, "ctx" | "analytics">): Promise<void> {
  const { ctx, analytics } = program;
  const pairs = await pairsWithTraffic(ctx.db);
  const byProgram = Map.groupBy(pairs, (pair) => pair.programId);
  for (const { programId, timeZone } of await programsByIds(ctx.db, [...byProgram.keys()])) {
    const own = byProgram.get(programId) ?? [];
    const today = dayOf(ctx.clock.now(), timeZone);
    const days = { from: addDays(today, -DAYS_BACK), to: addDays(today, 1) };
    const found = await trafficByDay(
      { analytics },
      { programId, partnerIds: own.map((pair) => pair.partnerId), ...days },
    );
    await noteTraffic(
      ctx,
      own,
      days,
      found.map((row) => ({ ...row, programId })),
    );
  }
}
