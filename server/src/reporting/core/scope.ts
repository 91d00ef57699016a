import type { RecordReach } from "../../access/index.ts";

/**
 * The condition that narrows a table of the analytics to what somebody may see: a record is visible when its partner or its
 * program is in reach. The only place where this is said; `store/ask.ts` puts it into every query.
 */
export function scopeCondition(reach: RecordReach): { condition: string; params: Record<string, unknown> } {
  if (reach.everything) return { condition: "true", params: {} };
  const conditions: string[] = [];
  const params: Record<string, unknown> = {};
  if (reach.partnerIds.length > 0) {
    conditions.push("partner_id in {scope_partners:Array(String)}");
    params.scope_partners = reach.partnerIds;
  }
  if (reach.programIds.length > 0) {
    conditions.push("program_id in {scope_programs:Array(String)}");
    params.scope_programs = reach.programIds;
  }
  if (conditions.length === 0) return { condition: "false", params: {} };
  return { condition: conditions.length === 1 ? (conditions[0] ?? "false") : `(${conditions.join(" or ")})`, params };
}

const TABLE = /\bfrom\s+(?:clicks|impressions|customers|events|intake)\b/gi;

/**
 * Puts the scope into a query that marks its places with `{{scope}}`.
 * @throws when a table is read in it without that mark: a defect that must never reach anybody
 */
export function withinScope(sql: string, condition: string): string {
  const tables = sql.match(TABLE)?.length ?? 0;
  const marks = sql.split("{{scope}}").length - 1;
  if (tables === 0 || tables !== marks) throw new Error(`a report reads ${tables} tables but narrows ${marks} of them`);
  return sql.replaceAll("{{scope}}", condition);
}
