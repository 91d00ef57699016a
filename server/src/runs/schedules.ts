import { systemActor } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { duesOf } from "./core/due.ts";
import { runsOf } from "./core/periods.ts";
import { currentSettings } from "./settings.ts";
import { addCourse, insertRun } from "./store/runs.ts";

/** Runs are there from the first day of their period on, so that the calendar shows what comes. */
export async function openScheduledRuns(ctx: Context): Promise<{ readonly opened: number }> {
  const { version, document } = await currentSettings(ctx);
  const today = dayOf(ctx.clock.now(), document.calendar.timeZone);
  const actor = systemActor("runs");
  let opened = 0;
  for (const schedule of document.schedules) {
    // Yesterday's too: a program that stood still over the change of a month makes up for it.
    const periods = [today, addDays(today, -1)].flatMap((day) => runsOf(schedule.cadence, day));
    for (const period of new Map(periods.map((one) => [`${one.from} ${one.to}`, one])).values())
      await transact(ctx, async (tx) => {
        const runId = tx.ids.next("run");
        const isNew = await insertRun(tx.db, {
          runId,
          ...period,
          kind: "regular",
          schedule: schedule.code,
          scope: { partnerIds: [], regionIds: [] },
          reason: "",
          settingsVersion: version,
          dues: duesOf(period.to, document.dueDays, document.calendar),
          openedBy: actor.id,
          openedAt: tx.clock.now(),
        });
        if (!isNew) return;
        opened += 1;
        await addCourse(tx.db, {
          runId,
          from: null,
          to: "open",
          attempt: 0,
          person: actor.id,
          at: tx.clock.now(),
          comment: "",
        });
      });
  }
  return { opened };
}
