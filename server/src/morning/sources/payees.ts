import { sql } from "kysely";
import { addMonths, dayOf, monthOf } from "../../kernel/period.ts";
import type { Source } from "./contracts.ts";

/** Partners who are owed money and have nobody verified to be paid to. */
export const payees: Source = {
  name: "payees",
  read: async (ctx) => {
    const now = ctx.clock.now();
    const next = addMonths(monthOf(dayOf(now, "UTC")), 1);
    const { rows } = await sql<{ partner_id: string; currency: string; minor: string }>`
      select distinct on (b.partner_id) b.partner_id, b.currency, b.amount_minor::text as minor
      from morning.payable b join morning.seat p on p.partner_id = b.partner_id and p.status in ('active', 'paused')
      where not exists (select from morning.verified_payee v where v.partner_id = b.partner_id) and b.amount_minor > 0
      order by b.partner_id, b.amount_minor desc`.execute(ctx.db);
    return rows.map((row) => ({
      key: `payee ${row.partner_id}`,
      kind: "payee_missing",
      partnerId: row.partner_id,
      programId: null,
      ownerUserId: null,
      permission: "payees.read",
      subjectKind: "partner",
      subjectId: row.partner_id,
      facts: { form: "missing" },
      evidence: [],
      action: { code: "add_payee", to: `/partners/${row.partner_id}?tab=payees` },
      money: { minor: BigInt(row.minor), currency: row.currency },
      ftds: 0,
      dueAt: new Date(`${next}T00:00:00Z`),
      since: now,
      fingerprint: "missing",
    }));
  },
};
