import { sql } from "kysely";
import { copyRowsInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { AttributionRules, Candidate, DecisionReason } from "../contracts.ts";

/** A decision as it is kept. */
export interface StoredDecision {
  readonly decisionId: bigint;
  readonly customerId: bigint;
  readonly eventId: bigint | null;
  readonly decidedAt: Date;
  readonly partnerId: string | null;
  readonly reason: DecisionReason;
  readonly candidates: readonly Candidate[];
  readonly rules: AttributionRules;
  /** user id of whoever decided by hand */
  readonly decidedBy: string | null;
  /** what that person gave as the reason */
  readonly note: string | null;
}

const COLUMNS = [
  "decision_id",
  "customer_id",
  "event_id",
  "decided_at",
  "partner_id",
  "reason",
  "candidates",
  "rules",
  "decided_by",
  "note",
];

export async function insertDecisions(tx: Tx, decisions: readonly StoredDecision[]): Promise<void> {
  function* rows() {
    for (const d of decisions) {
      const what = [d.decisionId, d.customerId, d.eventId, d.decidedAt, d.partnerId, d.reason];
      yield [...what, d.candidates, d.rules, d.decidedBy, d.note];
    }
  }
  await copyRowsInTransaction(tx, "attribution.decision", COLUMNS, rows());
}

/** All decisions about a customer, the newest first. */
export async function decisionsOf(db: Db, customerId: bigint): Promise<StoredDecision[]> {
  const { rows } = await sql<{
    decision_id: bigint;
    customer_id: bigint;
    event_id: bigint | null;
    decided_at: Date;
    partner_id: string | null;
    reason: DecisionReason;
    candidates: Candidate[];
    rules: AttributionRules;
    decided_by: string | null;
    note: string | null;
  }>`select * from attribution.decision where customer_id = ${customerId} order by decision_id desc limit 200`.execute(
    db,
  );
  return rows.map((row) => ({
    decisionId: row.decision_id,
    customerId: row.customer_id,
    eventId: row.event_id,
    decidedAt: row.decided_at,
    partnerId: row.partner_id,
    reason: row.reason,
    candidates: row.candidates,
    rules: row.rules,
    decidedBy: row.decided_by,
    note: row.note,
  }));
}
