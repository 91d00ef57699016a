import type { Context, Jobs } from "../database/index.ts";
import { addMonths, dayOf, monthOf } from "../kernel/period.ts";
import { bookRules, releaseReserves } from "./adjustments/rules.ts";
import { releaseDue } from "./release.ts";
import { markStanding } from "./standing.ts";
import { licenceChanged, termsAccepted } from "./terms-accepted.ts";

/** Holds and reserves are released and repeating adjustments booked every hour, fees and guarantees are due when a month has ended; accepted terms are calculated from the month in which they begin. */
export function commissionsJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "commissions.release": async () => {
        await releaseDue(ctx, dayOf(ctx.clock.now(), "UTC"));
        await bookRules(ctx);
        await releaseReserves(ctx);
      },
      // On the first of a month the one before has ended, in whichever zone a day later at the latest.
      "commissions.standing": async () => {
        const today = dayOf(ctx.clock.now(), "UTC");
        await markStanding(ctx, addMonths(monthOf(today), today.endsWith("-01") || today.endsWith("-02") ? -1 : 0));
      },
      "agreements.accepted": (payload) => termsAccepted(ctx, payload as Parameters<typeof termsAccepted>[1]),
      // What was held because of a jurisdiction may be payable now, and what is earned from a day on may not be any more.
      "agreements.jurisdiction_passed": (payload) => termsAccepted(ctx, payload as Parameters<typeof termsAccepted>[1]),
      "partners.licence_changed": (payload) => licenceChanged(ctx, payload as Parameters<typeof licenceChanged>[1]),
    },
    schedule: [
      { task: "commissions.release", cron: "7 * * * *" },
      { task: "commissions.standing", cron: "17 6 1,2 * *" },
    ],
  };
}
