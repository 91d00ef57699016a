import type { Source } from "./contracts.ts";

/** Inquiries of partners that wait for the operator's word. */
export const cases: Source = {
  name: "cases",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const rows = await ctx.db.selectFrom("morning.open_inquiry").selectAll().execute();
    return rows
      .filter((row) => row.partner_spoke_last !== false)
      .map((row) => {
        const to = `/inquiries/${row.inquiry_id}`;
        return {
          key: `inquiry ${row.inquiry_id}`,
          kind: "case_due",
          partnerId: row.partner_id,
          programId: null,
          ownerUserId: null,
          permission: "statements.read",
          subjectKind: "inquiry",
          subjectId: row.inquiry_id ?? "",
          facts: { form: "inquiry", subject: row.subject ?? "" },
          evidence: [{ code: "opened", values: { since: (row.opened_at ?? now).toISOString() }, to }],
          action: { code: "answer", to },
          money: null,
          ftds: Math.max(1, (figures.get(row.partner_id ?? "")?.ftds ?? 0) * 0.2),
          dueAt: row.answer_by,
          since: row.opened_at ?? now,
          fingerprint: row.state ?? "",
        };
      });
  },
};
