import { sql } from "kysely";
import { arrayLiteral, copyRowsInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { AttributionRules, Candidate, Claim, DecisionReason, GivenByHand } from "../contracts.ts";

/** A decision as it is kept. */
export interface StoredDecision {
  readonly decisionId: bigint;
  readonly customerId: bigint;
  readonly eventId: bigint | null;
  readonly decidedAt: Date;
  readonly partnerId: string | null;
  readonly reason: DecisionReason;
  readonly candidates: readonly Candidate[];
  /** of decisions from before rules had versions */
  readonly rules: AttributionRules | null;
  /** null: from before there were versions, or decided by hand */
  readonly rulesVersion: number | null;
  /** user id of whoever decided by hand */
  readonly decidedBy: string | null;
  /** what that person gave as the reason */
  readonly note: string | null;
  /** what a person gave, and from which day */
  readonly claim: Claim | null;
  readonly givenFrom: string | null;
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
  "rules_version",
  "claim",
  "given_from",
];

export async function insertDecisions(tx: Tx, decisions: readonly StoredDecision[]): Promise<void> {
  function* rows() {
    for (const d of decisions) {
      const what = [d.decisionId, d.customerId, d.eventId, d.decidedAt, d.partnerId, d.reason];
      yield [...what, d.candidates, d.rules, d.decidedBy, d.note, d.rulesVersion, d.claim, d.givenFrom];
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
    rules: AttributionRules | null;
    rules_version: number | null;
    decided_by: string | null;
    note: string | null;
    claim: Claim | null;
    given_from: string | null;
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
    rulesVersion: row.rules_version,
    decidedBy: row.decided_by,
    note: row.note,
    claim: row.claim,
    givenFrom: row.given_from,
  }));
}

/** What is stored of a binding that was imported says also since when and until when it was one. */
type StoredClaim = Claim & { readonly boundAt?: string | null; readonly ownedUntil?: string | null };

/** What persons decided about these customers, the earliest first. */
export async function givenByHand(db: Db, customerIds: readonly bigint[]): Promise<Map<bigint, GivenByHand[]>> {
  const gifts = new Map<bigint, GivenByHand[]>();
  if (customerIds.length === 0) return gifts;
  const { rows } = await sql<{
    customer_id: bigint;
    at: number;
    reason: GivenByHand["reason"];
    partner_id: string | null;
    claim: StoredClaim | null;
    given_from: string | null;
  }>`
    select d.customer_id, (extract(epoch from d.decided_at) * 1000)::float8 as at, d.reason, d.partner_id, d.claim, d.given_from
    from unnest(${arrayLiteral(customerIds)}::int8[]) as n(customer_id)
    join attribution.decision d using (customer_id) where d.decided_by is not null
    order by d.customer_id, d.decision_id`.execute(db);
  const none = { linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  for (const { customer_id, at, reason, partner_id, claim, given_from } of rows) {
    // An imported binding that was taken back was never there.
    const isTakenBack = claim === null && partner_id === null;
    const given: StoredClaim = claim ?? { ...none, partnerId: partner_id };
    const boundAt = given.boundAt === null ? null : new Date(given.boundAt ?? at);
    const gift = { at: boundAt?.getTime() ?? at, boundAt, from: given_from, until: given.ownedUntil ?? null };
    const own = gifts.get(customer_id) ?? [];
    gifts.set(customer_id, isTakenBack ? [] : [...own, { ...gift, reason, claim: given }]);
  }
  return gifts;
}
