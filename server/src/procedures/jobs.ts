import { type Context, type Jobs, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { askToLookAt } from "./acting.ts";
import type { ProcedureNeeds } from "./contracts.ts";
import { type EscalationMail, escalationMails } from "./escalation-mail.ts";
import { lookAgain, lookAtDue } from "./looking.ts";

/**
 * Looks at cases when something of them changed, and every minute at those whose time has come; writes to whom work is escalated.
 * @param notices names of notices of other rooms that carry a `partnerId` and may change what its cases ask
 */
export function proceduresJobs(
  ctx: Context,
  needs: ProcedureNeeds,
  sendMail: (mail: EscalationMail) => Promise<boolean>,
  publicUrl: string,
  notices: readonly string[] = [],
): Jobs {
  const look = async (payload: unknown): Promise<void> => {
    const { partnerId } = payload as { readonly partnerId?: string | null };
    if (typeof partnerId === "string") await transact(ctx, (tx) => askToLookAt(tx, [partnerId]));
  };
  return {
    tasks: {
      ...Object.fromEntries(notices.map((notice) => [notice, look])),
      "procedures.look": async (payload) => {
        const { caseId } = payload as { readonly caseId: string };
        await lookAgain(ctx, needs, caseId).catch((error: unknown) => {
          // a case that is not there any more needs no look
          if (!(error instanceof Refusal && error.code === "not_found")) throw error;
        });
      },
      "procedures.look_due": async () => {
        await lookAtDue(ctx, needs);
      },
      "procedures.escalated": async (payload) => {
        for (const mail of await escalationMails(
          ctx,
          payload as { caseId: string; to: string; note: string },
          publicUrl,
        ))
          await sendMail(mail);
      },
    },
    schedule: [{ task: "procedures.look_due", cron: "* * * * *" }],
  };
}
