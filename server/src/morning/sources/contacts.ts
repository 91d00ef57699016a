import type { Source } from "./contracts.ts";

const DAY = 86_400_000;
/** An older message is no news any more: it is a matter of the record. */
const MOST_DAYS = 30;

/** Partners who wrote last and have no answer for a day. */
export const contacts: Source = {
  name: "contacts",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const rows = await ctx.db
      .selectFrom("morning.last_contact")
      .selectAll()
      .where("direction", "=", "in")
      .where("kind", "=", "mail")
      .where("at", "<", new Date(now.getTime() - DAY))
      .where("at", ">", new Date(now.getTime() - MOST_DAYS * DAY))
      .execute();
    return rows.map((row) => {
      const at = row.at ?? now;
      return {
        key: `message ${row.activity_id}`,
        kind: "message_unanswered",
        partnerId: row.partner_id,
        programId: null,
        ownerUserId: null,
        permission: "pipeline.read",
        subjectKind: "activity",
        subjectId: row.activity_id ?? "",
        facts: {
          form: "mail",
          subject: row.subject ?? "",
          days: Math.floor((now.getTime() - at.getTime()) / DAY),
        },
        evidence: [],
        action: { code: "answer", to: `/partners/${row.partner_id}?tab=activities` },
        money: null,
        ftds: Math.max(1, (figures.get(row.partner_id ?? "")?.ftds ?? 0) * 0.2),
        dueAt: new Date(at.getTime() + 2 * DAY),
        since: at,
        fingerprint: row.activity_id ?? "",
      };
    });
  },
};
