import { sql } from "kysely";
import { dayOf } from "../../kernel/period.ts";
import { type DealFigures, readyForMore } from "../core/better-deal.ts";
import type { Source } from "./contracts.ts";

/** Partners whose figures speak for better terms; the criteria stand in core/better-deal.ts and in the evidence. */
export const betterDeals: Source = {
  name: "better-deals",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const today = dayOf(now, "UTC");
    const { rows } = await sql<{
      partner_id: string;
      plan: string;
      agreement_id: string;
      program_id: string;
      doubts: number;
    }>`
      select distinct on (t.partner_id) t.partner_id, t.plan_version_id as plan, t.agreement_id, t.program_id,
        (select count(*) from morning.alert a where a.partner_id = t.partner_id)::integer as doubts
      from morning.terms t join morning.seat p on p.partner_id = t.partner_id and p.status = 'active'
      where t.status = 'accepted' and t.valid_from <= ${today} and (t.valid_to is null or t.valid_to > ${today})
      order by t.partner_id, t.version desc`.execute(ctx.db);
    const terms = new Map(rows.map((row) => [row.partner_id, row]));
    const known: DealFigures[] = rows.flatMap((row) => {
      const figure = figures.get(row.partner_id);
      return figure === undefined ? [] : { ...figure, partnerId: row.partner_id, plan: row.plan, doubts: row.doubts };
    });
    return readyForMore(known).flatMap((one) => {
      const row = terms.get(one.partnerId);
      if (row === undefined) return [];
      const percent = (share: number) => Math.round(share * 100);
      return {
        key: `better-deal ${one.partnerId}`,
        kind: "better_deal",
        partnerId: one.partnerId,
        programId: row.program_id,
        ownerUserId: null,
        permission: "agreements.read",
        subjectKind: "agreement",
        subjectId: row.agreement_id,
        facts: { form: "ready", ftds: one.ftds, growth: percent(one.growth - 1), median: one.median },
        evidence: [
          {
            code: "growth",
            values: { ftds: one.ftds, before: one.ftdsBefore },
            to: `/reports/funnel?partnerId=${one.partnerId}`,
          },
          { code: "peers", values: { peers: one.peers, median: one.median }, to: `/agreements/${row.agreement_id}` },
          { code: "returning", values: { share: percent(one.returning) }, to: null },
        ],
        action: { code: "simulate", to: `/deal-desk/new?partner=${one.partnerId}` },
        money: null,
        // A third more of what it brings is what better terms are hoped to bring.
        ftds: one.ftds / 3,
        dueAt: null,
        since: now,
        fingerprint: "ready",
      } as const;
    });
  },
};
