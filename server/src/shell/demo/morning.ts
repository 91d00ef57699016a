import { systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { applyTagRules, evaluateAll, makeFirstRules, saveTagRule } from "../../governance/index.ts";
import { dayOf, monthOf } from "../../kernel/period.ts";
import { savePlans } from "../../morning/index.ts";
import { allPartners } from "../../partners/index.ts";

/** Every other partner has a plan; the sample's partners bring between a few and some dozens of first deposits a month. */
const PLANNED_FTDS = [6, 12, 20, 35];

/** Rules about the data with what they find, a tag by rule, and plans of this month. */
export async function writeMorning(ctx: Context): Promise<void> {
  const system = systemActor("demo");
  await makeFirstRules(ctx);
  const iberia = { tag: "iberia", title: "Iberia", active: true, when: { field: "country", is: ["ES", "PT"] } };
  await saveTagRule(ctx, system, undefined, iberia);
  const worldwide = {
    record: "offer",
    tag: "worldwide",
    title: "Open to every country",
    active: true,
    when: { field: "countries", empty: true },
  };
  await saveTagRule(ctx, system, undefined, worldwide);
  await applyTagRules(ctx);
  await evaluateAll(ctx);
  const month = monthOf(dayOf(ctx.clock.now(), "UTC")).slice(0, 7);
  const partners = (await allPartners(ctx.db)).filter(({ status }) => status === "active");
  const rows = partners
    .filter((_, index) => index % 2 === 0)
    .map(({ partnerId }, index) => ({
      subjectKind: "partner" as const,
      subjectId: partnerId,
      ftds: PLANNED_FTDS[index % PLANNED_FTDS.length] ?? 10,
      revenueMinor: null,
      commissionMinor: String((PLANNED_FTDS[index % PLANNED_FTDS.length] ?? 10) * 9_000),
    }));
  if (rows.length > 0) await savePlans(ctx, system, { month, rows });
}
