import { SmartOption } from "@tributary/contract";
import { z } from "zod";
import type { Db } from "../../database/index.ts";
import { everyEarnings, everySmart } from "./store/smart-links.ts";

/** A smart link as the edge keeps it. */
export interface EdgeSmart {
  readonly smartId: string;
  readonly mode: "weights" | "best";
  readonly explore: number;
  readonly leastClicks: number;
  readonly offerId: string;
  readonly options: readonly z.output<typeof SmartOption>[];
  readonly active: boolean;
}

/** What was measured of an offer. */
export interface EdgeEarnings {
  readonly offerId: string;
  readonly clicks: bigint;
  readonly earnedMinor: bigint;
}

const Options = z.array(SmartOption);

export async function edgeSmart(db: Db): Promise<{ smart: EdgeSmart[]; earnings: EdgeEarnings[] }> {
  const [rows, measured] = await Promise.all([everySmart(db), everyEarnings(db)]);
  const smart = rows.map((row) => ({
    smartId: row.smart_id,
    mode: row.mode as EdgeSmart["mode"],
    explore: row.explore,
    leastClicks: row.least_clicks,
    offerId: row.offer_id,
    options: Options.parse(row.options),
    active: row.status === "active",
  }));
  const earnings = measured.map((row) => ({
    offerId: row.offer_id,
    clicks: row.clicks,
    earnedMinor: row.earned_minor,
  }));
  return { smart, earnings };
}
