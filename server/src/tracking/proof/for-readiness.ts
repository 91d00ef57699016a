import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import { findRun } from "./store/runs.ts";

/** A link of a partner that is open now. */
export interface OpenLink {
  readonly linkId: string;
  readonly code: string;
  readonly programId: string;
  readonly offerId: string;
}

/** Door for readiness: the links of a partner that take clicks today, in one program or (null) in all. */
export async function openLinksOf(
  db: Db,
  partnerId: string,
  programId: string | null,
  now: Date,
): Promise<readonly OpenLink[]> {
  const { rows } = await sql<{ link_id: string; code: string; program_id: string; offer_id: string }>`
    select link_id, code, program_id, offer_id from tracking.link
    where partner_id = ${partnerId} and status = 'active' and (valid_to is null or valid_to > ${now})
      and ${programId === null ? sql`true` : sql`program_id = ${programId}`}
    order by link_id limit 500`.execute(db);
  return rows.map((row) => ({
    linkId: row.link_id,
    code: row.code,
    programId: row.program_id,
    offerId: row.offer_id,
  }));
}

/** Door for readiness: the types of the events that a finished postback test understood, each once for every event. */
export async function typesTested(db: Db, runId: string): Promise<readonly string[]> {
  const run = await findRun(db, runId);
  return (run?.result.lines ?? []).flatMap((line) => {
    const { type } = line.sent as { readonly type?: unknown };
    return line.reason.startsWith("test_") && typeof type === "string" ? [type] : [];
  });
}
