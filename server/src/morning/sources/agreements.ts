import { sql } from "kysely";
import { addDays, dayOf } from "../../kernel/period.ts";
import type { Source } from "./contracts.ts";

const DAYS_AHEAD = 45;

/** Accepted terms that end soon with none to follow, and terms that the partner sent back. */
export const agreements: Source = {
  name: "agreements",
  read: async (ctx, { figures }) => {
    const today = dayOf(ctx.clock.now(), "UTC");
    const { rows } = await sql<{
      agreement_id: string;
      partner_id: string;
      program_id: string;
      status: string;
      version: number;
      valid_to: string | null;
      made_at: Date;
    }>`
      select t.agreement_id, t.partner_id, t.program_id, t.status, t.version, t.valid_to, t.made_at from morning.terms t
      join morning.seat p on p.partner_id = t.partner_id and p.status in ('active', 'paused', 'onboarding')
      where t.status = 'countered'
        or (t.status = 'accepted' and t.valid_to between ${today} and ${addDays(today, DAYS_AHEAD)}
          and not exists (select from morning.terms n where n.agreement_id = t.agreement_id and n.version <> t.version
            and n.status in ('accepted', 'sent', 'proposed', 'approved') and (n.valid_to is null or n.valid_to > t.valid_to)))`.execute(
      ctx.db,
    );
    return rows.map((row) => {
      const ends = row.status === "accepted";
      const to = `/agreements/${row.agreement_id}`;
      return {
        key: `agreement ${row.agreement_id} ${row.version}`,
        kind: "agreement_ending",
        partnerId: row.partner_id,
        programId: row.program_id,
        ownerUserId: null,
        permission: "agreements.read",
        subjectKind: "agreement",
        subjectId: row.agreement_id,
        facts: { form: ends ? "ends" : "countered", day: row.valid_to ?? "" },
        evidence: [{ code: "agreement", values: { version: row.version }, to }],
        action: { code: ends ? "renew_terms" : "answer_terms", to },
        money: null,
        // What it brings in four weeks is what ends with it.
        ftds: Math.max(1, figures.get(row.partner_id)?.ftds ?? 0),
        dueAt: ends && row.valid_to !== null ? new Date(`${row.valid_to}T00:00:00Z`) : row.made_at,
        since: row.made_at,
        fingerprint: row.status,
      };
    });
  },
};
