import { sql } from "kysely";
import { addMonths, dayOf, monthOf } from "../../kernel/period.ts";
import type { Draft } from "../core/draft.ts";
import { nextTier, scalesOf } from "../core/tiers.ts";
import type { Source } from "./contracts.ts";

interface Row {
  readonly partner_id: string;
  readonly program_id: string;
  readonly component: string;
  readonly reached: string;
  readonly plan: { readonly components?: readonly { readonly code?: string }[] };
  readonly agreement_id: string;
}

/** Partners who are a step from the next band of their scale, with what the calculation last said that they have reached this month. */
export const tiers: Source = {
  name: "tiers",
  read: async (ctx) => {
    const now = ctx.clock.now();
    const month = monthOf(dayOf(now, "UTC"));
    // The newest line of a component that names the band it was paid by carries the metric as it stands.
    const { rows } = await sql<Row>`
      with newest as (
        select distinct on (l.partner_id, l.program_id, l.component) l.partner_id, l.program_id, l.component, l.agreement_version_id,
          jsonb_path_query_first(l.working, '$.**.values ? (exists (@.reached))') ->> 'reached' as reached
        from morning.reached_tier l where l.month = ${month} and l.working @? '$.**.reached'
        order by l.partner_id, l.program_id, l.component, l.line_id desc)
      select n.partner_id, n.program_id, n.component, n.reached, t.plan, t.agreement_id
      from newest n join morning.terms t using (agreement_version_id) where n.reached is not null`.execute(ctx.db);
    const ends = new Date(`${addMonths(month, 1)}T00:00:00Z`);
    return rows.flatMap((row) => draftOf(row, month, ends, now) ?? []);
  },
};

function draftOf(row: Row, month: string, ends: Date, now: Date): Draft | undefined {
  const component = row.plan.components?.find(({ code }) => code === row.component);
  const [step] = scalesOf(component)
    .flatMap((scale) => nextTier(scale, Number(row.reached)) ?? [])
    .sort((a, b) => a.missing - b.missing);
  if (step === undefined) return undefined;
  const to = `/agreements/${row.agreement_id}`;
  return {
    key: `tier ${row.partner_id} ${row.program_id} ${row.component} ${month}`,
    kind: "tier_near",
    partnerId: row.partner_id,
    programId: row.program_id,
    ownerUserId: null,
    permission: "agreements.read",
    subjectKind: "agreement",
    subjectId: row.agreement_id,
    facts: {
      form: step.value === "" ? "band" : "value",
      missing: Math.ceil(step.missing * 100) / 100,
      next: step.next,
      value: step.value,
      component: row.component,
    },
    evidence: [{ code: "tier", values: { reached: step.reached, from: step.from }, to }],
    action: { code: "tell_partner", to: `/partners/${row.partner_id}` },
    money: null,
    // What is missing is what may come, and what a partner that climbs usually adds.
    ftds: Math.min(Math.max(1, step.missing), 50),
    dueAt: ends,
    since: now,
    fingerprint: step.next,
  };
}
