import { systemActor } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { partnersOfStatements } from "../statements/index.ts";
import { deliver, type Sender } from "./delivery.ts";
import { issueAutomatically } from "./issuing.ts";
import type { Branding } from "./paper.ts";
import { matchUploaded } from "./uploads.ts";

/** Invoices follow what becomes payable, own ones are matched when they come, and each is mailed until it went. */
export function invoicesJobs(ctx: Context, send: Sender, branding: () => Promise<Branding>): Jobs {
  const actor = systemActor("invoicing");
  const issue = async (payload: unknown) => {
    const { statementIds, runId } = payload as {
      readonly statementIds: readonly string[];
      readonly runId: string | null;
    };
    return { runId, partnerIds: await partnersOfStatements(ctx.db, statementIds) };
  };
  return {
    tasks: {
      "statements.approved": async (payload) => {
        await issueAutomatically(ctx, actor, (await issue(payload)).partnerIds);
      },
      "statements.closed": async (payload) => {
        const { runId, partnerIds } = await issue(payload);
        if (runId === null) await issueAutomatically(ctx, actor, partnerIds);
      },
      "invoices.issue": async () => {
        await issueAutomatically(ctx, actor, null);
      },
      "invoices.received": (payload) => matchUploaded(ctx, (payload as { readonly invoiceId: string }).invoiceId),
      "invoices.deliver": (payload) =>
        deliver(ctx, (payload as { readonly deliveryId: string }).deliveryId, send, branding),
    },
    // A payee that was verified, or accepted self-billing, after its statement was approved.
    schedule: [{ task: "invoices.issue", cron: "41 3 * * *" }],
  };
}
