import type { PersonalShare, PrivacyRequest } from "@tributary/contract";
import type { RequestRow } from "./store/requests.ts";

export function requestWire(row: RequestRow): PrivacyRequest {
  return {
    id: row.request_id,
    kind: row.kind as PrivacyRequest["kind"],
    subjectKind: row.subject_kind as PrivacyRequest["subjectKind"],
    subjectId: row.subject_id,
    state: row.state as PrivacyRequest["state"],
    reason: row.reason,
    shares: row.preview as unknown as PersonalShare[],
    pseudonym: row.pseudonym,
    certificate: row.certificate as PrivacyRequest["certificate"],
    certificateHash: row.certificate_hash,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionNote: row.decision_note,
    revision: row.revision,
  };
}
