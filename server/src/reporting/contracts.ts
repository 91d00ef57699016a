import type { Analytics, Context, Db } from "../database/index.ts";
import type { ClickIds } from "../tracking/index.ts";

/** What a report needs: the context of the request, ClickHouse, and the database as the program itself sees it. */
export interface ReportContext extends Context {
  readonly analytics: Analytics;
  /**
   * Not narrowed by row-level security: for names of what a report shows anyway, and for what belongs to nobody (how far
   * shipping is). Whatever belongs to somebody is narrowed by the reach of the asker.
   */
  readonly whole: Db;
}

/** What shipping needs beyond that: the keys to read click ids by. */
export interface AnalyticsContext extends ReportContext {
  readonly clickIds: Pick<ClickIds, "read">;
}
