import type { Context, Jobs } from "../database/index.ts";
import { endOverdueRestrictions } from "./restrictions.ts";
import { learnWords } from "./search.ts";
import { doDueTransfers } from "./transfers.ts";
import { doDueTransitions } from "./transitions.ts";

/** Every minute restrictions whose time is over; transfers and transitions on their day. */
export function partnersJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "partners.end_restrictions": async () => {
        await endOverdueRestrictions(ctx);
      },
      "partners.learn_words": async () => {
        await learnWords(ctx);
      },
      "partners.due": async () => {
        await doDueTransfers(ctx);
        await doDueTransitions(ctx);
      },
    },
    schedule: [
      { task: "partners.end_restrictions", cron: "* * * * *" },
      { task: "partners.learn_words", cron: "* * * * *" },
      { task: "partners.due", cron: "*/10 * * * *" },
    ],
  };
}
