import type { Context, Jobs } from "../database/index.ts";
import { dueReminders, expireOffers, type Letter, lettersOnTheTable } from "./reminders.ts";

/** Whoever has to answer is told. Offers expire and reminders go out every hour, so that each program's own midnight is met. */
export function agreementsJobs(ctx: Context, sendMail: (letter: Letter) => Promise<boolean>): Jobs {
  const tell = (awaited: "sent" | "countered") => async (payload: unknown) => {
    const { agreementVersionId } = payload as { agreementVersionId: string };
    for (const letter of await lettersOnTheTable(ctx, agreementVersionId, awaited)) await sendMail(letter);
  };
  return {
    tasks: {
      "agreements.sent": tell("sent"),
      "agreements.countered": tell("countered"),
      "agreements.hourly": async () => {
        await expireOffers(ctx);
        for (const letter of await dueReminders(ctx)) await sendMail(letter);
      },
    },
    schedule: [{ task: "agreements.hourly", cron: "11 * * * *" }],
  };
}
