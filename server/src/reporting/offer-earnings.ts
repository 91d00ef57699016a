import { sql } from "kysely";
import type { Analytics, Db } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import { ask } from "./store/ask.ts";

/** What an offer's clicks brought. */
export interface EarnedByOffer {
  readonly offerId: string;
  /** counted clicks */
  readonly clicks: bigint;
  /** commission for customers whom the offer brought, minor units of the asked currency */
  readonly earnedMinor: bigint;
}

export interface OfferEarningsQuestion {
  readonly programId: string;
  readonly currency: string;
  readonly from: Day;
  /** exclusive */
  readonly to: Day;
}

/**
 * Clicks of a period, and the commission earned in it, by offer: earnings per click as the trade counts them, whichever click a customer came by.
 * Commission of partners as a whole (fixed fees, gates over all customers) is no offer's; lines in other currencies are left out.
 */
export async function earningsByOffer(
  ctx: { readonly db: Db; readonly analytics: Analytics },
  question: OfferEarningsQuestion,
): Promise<readonly EarnedByOffer[]> {
  const { programId, currency, from, to } = question;
  const clicked = await ask<{ offerId: string; clicks: string }>(
    ctx.analytics,
    { everything: true },
    {
      sql: `select toString(offer_id) as offerId, count() as clicks from clicks
      where {{scope}} and program_id = {program:String} and day >= {from:Date} and day < {to:Date} and verdict = 'click'
      group by offerId order by offerId`,
      params: { program: programId, from, to },
    },
  );
  const { rows } = await sql<{ offer_id: string; earned: string }>`
    select c.offer_id, sum(l.difference_minor)::text as earned
    from reporting.commission_line l join reporting.customer c on c.customer_id = case when l.subject_kind = 'customer' then l.subject_id::bigint end
    where l.program_id = ${programId} and l.currency = ${currency} and l.earned_on >= ${from}::date and l.earned_on < ${to}::date
      and c.offer_id is not null
    group by c.offer_id`.execute(ctx.db);
  const earned = new Map(rows.map((row) => [row.offer_id, BigInt(row.earned)]));
  return clicked
    .filter((row) => row.offerId !== "")
    .map((row) => ({ offerId: row.offerId, clicks: BigInt(row.clicks), earnedMinor: earned.get(row.offerId) ?? 0n }));
}
