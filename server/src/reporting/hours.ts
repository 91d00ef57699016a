import type { RecordReach } from "../access/index.ts";
import type { Analytics } from "../database/index.ts";
import { hoursQuery } from "./core/hours.ts";
import { ask } from "./store/ask.ts";

/** What one hour brought. */
export interface HourOfTraffic {
  readonly programId: string;
  /** empty: calls that name nobody */
  readonly partnerId: string;
  readonly offerId: string;
  /** of calls only */
  readonly sourceId: string;
  /** `clicks`: counted clicks; `event`: events that were heard, first versions only; `calls`: lines of calls that were sent, whatever became of them */
  readonly what: "clicks" | "event" | "calls";
  readonly type: string;
  /** hours since 1970 in UTC */
  readonly hour: number;
  readonly count: number;
  /** of events: how many have a click, and the sums of the logarithm of the seconds since it, and of its square; of calls: how many were rejected */
  readonly marked: number;
  readonly logs: number;
  readonly squares: number;
}

export interface HoursQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly programIds?: readonly string[];
}

/**
 * Clicks, events and calls of every hour, by program, partner, offer and type, in one question for everybody. An event belongs to the hour in which it was heard of:
 * what stops is the telling. What was told more than two days late is history, and belongs to when it happened.
 */
export async function trafficByHour(
  ctx: { readonly analytics: Analytics },
  question: HoursQuestion,
  reach: RecordReach = { everything: true },
): Promise<readonly HourOfTraffic[]> {
  type Row = Record<keyof HourOfTraffic, string>;
  const rows = await ask<Row>(ctx.analytics, reach, hoursQuery(question), HOURS_AT_ONCE);
  return rows.map((row) => ({
    programId: row.programId,
    partnerId: row.partnerId,
    offerId: row.offerId,
    sourceId: row.sourceId,
    what: row.what as HourOfTraffic["what"],
    type: row.type,
    hour: Number(row.hour),
    count: Number(row.count),
    marked: Number(row.marked),
    logs: Number(row.logs),
    squares: Number(row.squares),
  }));
}

/** Two months of hours of a large program; nobody waits for it. */
const HOURS_AT_ONCE = { max_result_rows: "8000000", max_execution_time: 120 };
