import { sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import type { Db } from "../../database/index.ts";
import { withinReach } from "./earnings.ts";

export interface WaitingWork {
  readonly kind:
    | "agreements_to_approve"
    | "agreements_to_send"
    | "agreements_to_accept"
    | "agreements_countered"
    | "agreements_ending"
    | "adjustments_to_approve"
    | "statements_to_close"
    | "statements_to_pay"
    | "partners_in_onboarding"
    | "postbacks_dead";
  readonly count: number;
  readonly since: Date;
}

const DAY_MS = 86_400_000;
/** Onboarding takes a while; a dead postback is news for a week. */
const ONBOARDING_DAYS = 14;
const DEAD_DAYS = 7;

/** What waits for somebody, by kind, with the oldest one's date. */
export async function waitingWork(
  db: Db,
  reach: RecordReach,
  programIds: readonly string[] | undefined,
  now: Date,
): Promise<readonly WaitingWork[]> {
  const onboardingBefore = new Date(now.getTime() - ONBOARDING_DAYS * DAY_MS);
  const deadSince = new Date(now.getTime() - DEAD_DAYS * DAY_MS);
  const rows = await sql<{ kind: WaitingWork["kind"]; count: bigint; since: Date }>`
    select kind, count(*) as count, min(since) as since from reporting.waiting
    where ${withinReach(reach)} and since <= ${now}
      and ${programIds === undefined ? sql`true` : sql`(program_id is null or program_id = any(${[...programIds]}))`}
      and (kind <> 'partners_in_onboarding' or since < ${onboardingBefore})
      and (kind <> 'postbacks_dead' or since > ${deadSince})
    group by kind order by min(since)`.execute(db);
  return rows.rows.map((row) => ({ ...row, count: Number(row.count) }));
}
