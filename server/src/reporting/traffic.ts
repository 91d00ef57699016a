import type { Analytics } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import { trafficQuery } from "./core/traffic.ts";
import { ask } from "./store/ask.ts";

/** What a partner's links brought on one day of the program's own zone, in one country and for one offer. */
export interface TrafficOfDay {
  readonly partnerId: string;
  readonly day: Day;
  /** ISO 3166-1 alpha-2, by address; empty: not known */
  readonly country: string;
  readonly offerId: string;
  /** counted clicks: verdict `click` */
  readonly clicks: number;
  /** counted clicks of different visitors, told apart by network and browser within the day, country and offer */
  readonly uniqueClicks: number;
  /** counted impressions: verdict `impression` */
  readonly impressions: number;
}

export interface TrafficQuestion {
  readonly programId: string;
  readonly partnerIds: readonly string[];
  readonly from: Day;
  /** exclusive */
  readonly to: Day;
}

/**
 * Traffic of some partners in a program, day by day: for whoever pays for clicks and impressions. Days without any are left out;
 * ordered by partner, day, country, offer. Says what is in ClickHouse: ask `freshness` before a period is called finished.
 */
export async function trafficByDay(
  ctx: { readonly analytics: Analytics },
  question: TrafficQuestion,
): Promise<readonly TrafficOfDay[]> {
  if (question.partnerIds.length === 0) return [];
  const reach = { everything: false, partnerIds: question.partnerIds, programIds: [] } as const;
  const rows = await ask<Record<keyof TrafficOfDay, string>>(ctx.analytics, reach, trafficQuery(question));
  return rows.map((row) => ({
    partnerId: row.partnerId,
    day: row.day,
    country: row.country,
    offerId: row.offerId,
    clicks: Number(row.clicks),
    uniqueClicks: Number(row.uniqueClicks),
    impressions: Number(row.impressions),
  }));
}
