import { ClickHouseError } from "@clickhouse/client";
import type { RecordReach } from "../../access/index.ts";
import type { Analytics } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { Query } from "../core/funnel.ts";
import { scopeCondition, withinScope } from "../core/scope.ts";

/** What a report may take: enough for 50 million clicks, too little to be in anybody's way. */
const LIMITS = {
  max_execution_time: 20,
  max_memory_usage: "2000000000",
  max_bytes_before_external_group_by: "1000000000",
  max_bytes_before_external_sort: "1000000000",
  max_result_rows: "200000",
  result_overflow_mode: "throw",
  // A name that a select gives to a sum does not hide the column that is summed up.
  prefer_column_name_to_alias: 1,
} as const;

/** TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_ROWS_OR_BYTES */
const TOO_HEAVY = new Set(["159", "160", "241", "396"]);

/**
 * Asks ClickHouse one question, narrowed to what the asker may see. Values are bound by the server, never put into the text.
 * 64-bit numbers come as text. @param limits other limits, for questions that nobody waits for
 * @throws Refusal `report_too_heavy` when the answer would take more than {@link LIMITS}
 */
export async function ask<T>(
  analytics: Analytics,
  reach: RecordReach,
  query: Query,
  limits: Readonly<Record<string, string | number>> = {},
): Promise<readonly T[]> {
  const scope = scopeCondition(reach);
  try {
    const result = await analytics.query({
      query: withinScope(query.sql, scope.condition),
      query_params: { ...query.params, ...scope.params },
      clickhouse_settings: { ...LIMITS, ...limits },
      // The partners of a large portfolio do not fit into an address.
      use_multipart_params_auto: true,
      format: "JSONEachRow",
    });
    return await result.json<T>();
  } catch (error) {
    if (error instanceof ClickHouseError && TOO_HEAVY.has(error.code)) {
      throw new Refusal(
        "report_too_heavy",
        "This would take too long or too much memory: ask for fewer days, fewer breakdowns, or one program or partner.",
      );
    }
    throw error;
  }
}
