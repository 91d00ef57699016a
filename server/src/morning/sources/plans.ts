import { addMonths, dayOf, monthOf } from "../../kernel/period.ts";
import { forecastCount, workingDays } from "../core/run-rate.ts";
import type { Source } from "./contracts.ts";

/** Below this share of its plan at the month's run rate a partner is behind. */
const BEHIND = 0.8;
/** The first week says little about a month. */
const LEAST_DAYS = 5;

/** Partners who will miss their month's plan of first deposits when it goes on as it does. */
export const plans: Source = {
  name: "plans",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const today = dayOf(now, "UTC");
    const month = monthOf(today);
    const [done, of] = [workingDays(month, today), workingDays(month, addMonths(month, 1))];
    if (done < LEAST_DAYS) return [];
    const rows = await ctx.db
      .selectFrom("morning.plan")
      .selectAll()
      .where("month", "=", month)
      .where("subject_kind", "=", "partner")
      .where("ftds", ">", 0)
      .execute();
    const rate = { name: "working_days", done, of, factor: of / done } as const;
    return rows.flatMap((row) => {
      const sofar = figures.get(row.subject_id)?.ftdsMonth ?? 0;
      const forecast = forecastCount(sofar, sofar, rate) ?? 0;
      const plan = row.ftds ?? 0;
      if (forecast >= plan * BEHIND) return [];
      return {
        key: `plan ${row.subject_id} ${month}`,
        kind: "plan_behind",
        partnerId: row.subject_id,
        programId: null,
        ownerUserId: null,
        permission: "reports.read",
        subjectKind: "partner",
        subjectId: row.subject_id,
        facts: { form: "behind", plan, forecast },
        evidence: [{ code: "sofar", values: { ftds: sofar, done, of }, to: "/portfolio" }],
        action: { code: "open_portfolio", to: "/portfolio" },
        money: null,
        ftds: plan - forecast,
        dueAt: new Date(`${addMonths(month, 1)}T00:00:00Z`),
        since: now,
        fingerprint: month,
      } as const;
    });
  },
};
