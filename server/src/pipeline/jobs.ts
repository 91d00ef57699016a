import { userEmails } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { transact } from "../database/index.ts";
import { passOpenTasks } from "./activities.ts";
import { confirmationMail, tooEarlyMail } from "./applications.ts";
import type { PipelineNeeds } from "./contracts.ts";
import { readMailboxes } from "./mailbox-reader.ts";
import { sendReports } from "./report.ts";
import { noteReminded, tasksToRemind } from "./store/activities.ts";
import { dropOldProofs, dropUnconfirmed } from "./store/forms.ts";

/** Mails to applicants, reminders of tasks, and what nobody needs any more. */
export function pipelineJobs(ctx: Context, needs: PipelineNeeds): Jobs {
  return {
    tasks: {
      "pipeline.confirmation_due": async (payload) => {
        const mail = await confirmationMail(ctx, needs.publicUrl, payload as Parameters<typeof confirmationMail>[2]);
        if (mail !== null) await needs.sendMail(mail);
      },
      "pipeline.too_early": async (payload) => {
        const mail = await tooEarlyMail(ctx, payload as Parameters<typeof tooEarlyMail>[1]);
        if (mail !== null) await needs.sendMail(mail);
      },
      "partners.owner_changed": async (payload) => {
        const { partnerIds, partnerId, from, to } = payload as {
          readonly partnerIds?: readonly string[];
          readonly partnerId?: string;
          readonly from: string | null;
          readonly to: string | null;
        };
        await passOpenTasks(ctx, partnerIds ?? (partnerId === undefined ? [] : [partnerId]), from, to);
      },
      "pipeline.remind": () => remind(ctx, needs),
      "pipeline.read_mail": async () => {
        await readMailboxes(ctx, needs);
      },
      "pipeline.send_reports": async () => {
        await sendReports(ctx, needs);
      },
      "pipeline.tidy": async () => {
        const now = ctx.clock.now();
        await dropOldProofs(ctx.db, now);
        await dropUnconfirmed(ctx.db, now);
      },
    },
    schedule: [
      { task: "pipeline.remind", cron: "* * * * *" },
      { task: "pipeline.read_mail", cron: "*/2 * * * *" },
      { task: "pipeline.send_reports", cron: "7 6 * * *" },
      { task: "pipeline.tidy", cron: "17 3 * * *" },
    ],
  };
}

/** Mails whoever has a task that is due soon. Noted before it is sent: a mail too few is better than the same one every minute. */
async function remind(ctx: Context, needs: PipelineNeeds): Promise<void> {
  const due = await transact(ctx, async (tx) => {
    const rows = await tasksToRemind(tx.db, tx.clock.now());
    if (rows.length > 0)
      await noteReminded(
        tx.db,
        rows.map((row) => row.task_id),
        tx.clock.now(),
      );
    return rows;
  });
  if (due.length === 0) return;
  const emails = await userEmails(
    ctx.db,
    due.flatMap((row) => row.owner_user_id ?? []),
  );
  for (const row of due) {
    const to = emails.get(row.owner_user_id ?? "");
    const place = row.lead_id === null ? `/partners/${row.partner_id}` : `/leads/${row.lead_id}`;
    const text = [
      row.title,
      row.note,
      row.due_at.toISOString().slice(0, 16).replace("T", " "),
      `${needs.publicUrl}${row.lead_id === null && row.partner_id === null ? "/tasks" : place}`,
    ];
    if (to !== undefined)
      await needs.sendMail({ to, subject: row.title, text: text.filter((one) => one !== "").join("\n\n") });
  }
}
