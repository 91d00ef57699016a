import type { Analytics, Context } from "../database/index.ts";
import { addDays, addMonths, dayOf, monthOf } from "../kernel/period.ts";
import { allPartners } from "../partners/index.ts";
import type { FirstDepositsExpected } from "../procedures/index.ts";
import { figuresByPartner } from "../reporting/index.ts";

/** Partners of the last year and a half say what to expect; whoever came later has no three whole months yet. */
const MONTHS_BACK = 18;
const FIRST_MONTHS = 3;

/** What new partners brought a day in their first three whole months, by kind and region: what a day's delay costs, where nothing better is known. */
export async function firstDeposits(ctx: Context, analytics: Analytics): Promise<FirstDepositsExpected> {
  const month = monthOf(dayOf(ctx.clock.now(), "UTC"));
  const from = addMonths(month, -MONTHS_BACK);
  const ranges = Array.from({ length: MONTHS_BACK }, (_, index) => {
    const start = addMonths(from, index);
    return { name: start, from: start, to: addMonths(start, 1) };
  });
  const figures = await figuresByPartner({ analytics }, { everything: true }, ranges, { revenue: false });
  const averages = new Map<string, { days: number; ftds: number; partners: number }>();
  for (const { partnerId, kind, regionId, createdAt } of await allPartners(ctx.db)) {
    const first = addMonths(monthOf(dayOf(createdAt, "UTC")), 1);
    const end = addMonths(first, FIRST_MONTHS);
    if (first < from || end > month) continue;
    const own = figures.get(partnerId);
    const months = ranges.filter((range) => range.from >= first && range.from < end);
    const ftds = months.reduce((sum, { name }) => sum + (own?.[name]?.ftds ?? 0), 0);
    for (const key of keysOf(kind, regionId)) {
      const known = averages.get(key) ?? { days: 0, ftds: 0, partners: 0 };
      const days = known.days + daysBetween(first, end);
      averages.set(key, { days, ftds: known.ftds + ftds, partners: known.partners + 1 });
    }
  }
  return {
    from: { partners: averages.get("")?.partners ?? 0, months: MONTHS_BACK },
    perDay: ({ kind, regionId }) => {
      for (const key of keysOf(kind, regionId)) {
        const known = averages.get(key);
        if (known !== undefined && known.days > 0 && (known.partners >= 3 || key === ""))
          return known.ftds / known.days;
      }
      return null;
    },
  };
}

/** From the nearest to the widest. */
function keysOf(kind: string | null, regionId: string | null): readonly string[] {
  return [...new Set([`${kind ?? ""} ${regionId ?? ""}`, `${kind ?? ""}`, ""])];
}

function daysBetween(from: string, to: string): number {
  let days = 0;
  for (let day = from; day < to; day = addDays(day, 1)) days += 1;
  return days;
}
