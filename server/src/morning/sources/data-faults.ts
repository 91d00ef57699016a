import type { Source } from "./contracts.ts";

/** Active partners whose records break rules that matter; the gravest hundred of everybody's are enough for a morning. */
const MOST = 500;

export const dataFaults: Source = {
  name: "data-faults",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const rows = await ctx.db
      .selectFrom("morning.fault as f")
      .innerJoin("morning.seat as p", "p.partner_id", "f.partner_id")
      .selectAll("f")
      .where("p.status", "in", ["active", "onboarding"])
      .orderBy("f.weight", "desc")
      .orderBy("f.partner_id")
      .limit(MOST)
      .execute();
    return rows.map((row) => ({
      key: `faults ${row.partner_id}`,
      kind: "data_faults",
      partnerId: row.partner_id,
      programId: null,
      ownerUserId: null,
      permission: "governance.read",
      subjectKind: "partner",
      subjectId: row.partner_id ?? "",
      facts: { form: "faults", count: row.faults ?? 0 },
      evidence: [],
      action: { code: "mend_data", to: `/data-quality?partnerId=${row.partner_id}` },
      money: null,
      ftds: Math.max(0.2, (figures.get(row.partner_id ?? "")?.ftds ?? 0) * 0.05),
      dueAt: null,
      since: now,
      fingerprint: String(row.faults ?? 0),
    }));
  },
};
