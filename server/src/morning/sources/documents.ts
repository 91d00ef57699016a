import { addDays, dayOf } from "../../kernel/period.ts";
import type { Source } from "./contracts.ts";

const DAYS_AHEAD = 30;

/** Accepted documents that end soon, or have ended: without them payouts are held. */
export const documents: Source = {
  name: "documents",
  read: async (ctx, { figures }) => {
    const today = dayOf(ctx.clock.now(), "UTC");
    const rows = await ctx.db
      .selectFrom("morning.document as d")
      .innerJoin("morning.seat as p", "p.partner_id", "d.partner_id")
      .selectAll("d")
      .where("p.status", "in", ["active", "paused", "onboarding"])
      .where("d.expires_on", "<=", addDays(today, DAYS_AHEAD))
      .execute();
    return rows.map((row) => {
      const ends = row.expires_on ?? today;
      return {
        key: `document ${row.document_id}`,
        kind: "document_expiring",
        partnerId: row.partner_id,
        programId: null,
        ownerUserId: null,
        permission: "partners.read",
        subjectKind: "document",
        subjectId: row.document_id ?? "",
        facts: { form: ends < today ? "ended" : "ends", document: (row.kind ?? "").replaceAll("_", " "), day: ends },
        evidence: [],
        action: { code: "ask_document", to: `/partners/${row.partner_id}?tab=due-diligence` },
        money: null,
        ftds: Math.max(1, (figures.get(row.partner_id ?? "")?.ftds ?? 0) * 0.5),
        dueAt: new Date(`${ends}T00:00:00Z`),
        since: new Date(`${addDays(ends, -DAYS_AHEAD)}T00:00:00Z`),
        fingerprint: ends < today ? "ended" : "ends",
      };
    });
  },
};
