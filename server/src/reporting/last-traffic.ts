import type { Analytics } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import { ask } from "./store/ask.ts";

/** The last day since one on which each link had a counted click, in the program's zone. Links without any are left out. */
export async function lastTrafficByLink(
  ctx: { readonly analytics: Analytics },
  since: Day,
): Promise<ReadonlyMap<string, Day>> {
  const rows = await ask<{ link: string; day: string }>(
    ctx.analytics,
    { everything: true },
    {
      // In the words of the daily roll-up, so that no click is read.
      sql: `select toString(link_id) as link, toString(max(day)) as day from (
          select link_id, day, countIf(verdict = 'click') as n from clicks
          where {{scope}} and day >= {since:Date} group by link_id, day having n > 0)
        group by link order by link`,
      params: { since },
    },
  );
  return new Map(rows.map((row) => [row.link, row.day]));
}
