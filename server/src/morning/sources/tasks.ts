import type { Source } from "./contracts.ts";

const DAY = 86_400_000;

/** Tasks that are due by the end of tomorrow. */
export const tasks: Source = {
  name: "tasks",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const rows = await ctx.db
      .selectFrom("morning.open_task")
      .selectAll()
      .where("due_at", "<", new Date(now.getTime() + 2 * DAY))
      .execute();
    return rows.map((row) => {
      const due = row.due_at ?? now;
      const to = row.lead_id === null ? `/partners/${row.partner_id}?tab=activities` : `/leads/${row.lead_id}`;
      return {
        key: `task ${row.task_id}`,
        kind: "task_due",
        partnerId: row.partner_id,
        programId: null,
        ownerUserId: row.owner_user_id,
        permission: "pipeline.read",
        subjectKind: "task",
        subjectId: row.task_id ?? "",
        facts: { form: due < now ? "overdue" : "due", task: row.title ?? "" },
        evidence: [],
        action: { code: "open_task", to },
        money: null,
        ftds: Math.max(1, (figures.get(row.partner_id ?? "")?.ftds ?? 0) * 0.1),
        dueAt: due,
        since: due,
        fingerprint: "open",
      };
    });
  },
};
