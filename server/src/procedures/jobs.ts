import { type Context, type Jobs, transact } from "../database/index.ts";
import { askToLookAt } from "./acting.ts";
import type { ProcedureNeeds } from "./contracts.ts";
import { type EscalationMail, escalationMails } from "./escalation-mail.ts";
import { lookAtCases, lookAtDue } from "./looking.ts";

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
  const look = async (payloads: readonly unknown[]): Promise<void> => {
    const ids = payloads.map((payload) => (payload as { readonly partnerId?: string | null }).partnerId);
    const partnerIds = [...new Set(ids.filter((id) => typeof id === "string"))];
    if (partnerIds.length > 0) await transact(ctx, (tx) => askToLookAt(tx, partnerIds));
  };
  return {
    sets: {
      ...Object.fromEntries(notices.map((notice) => [notice, look])),
      "procedures.look": (payloads) => {
        const caseIds = payloads.map((payload) => (payload as { readonly caseId: string }).caseId);
        // one look at a case answers everything that asked for one until then
        return lookAtCases(ctx, needs, [...new Set(caseIds)]);
      },
    },
    tasks: {
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
