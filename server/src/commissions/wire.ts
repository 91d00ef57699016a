import type { Line, Working } from "@tributary/contract";
import { publicNumber } from "../kernel/ids.ts";
import { UNTIL_RELEASED } from "./core/finish.ts";
import type { LineRow } from "./store/reading.ts";

export function lineWire(row: LineRow): Line {
  const working = row.working as unknown as Working;
  return {
    id: publicNumber("cln", row.line_id),
    key: row.line_key,
    version: row.version,
    latest: row.latest,
    partnerId: row.partner_id,
    programId: row.program_id,
    agreementVersionId: row.agreement_version_id,
    component: row.component,
    model: working.model,
    subjectKind: row.subject_kind as Line["subjectKind"],
    subjectId: row.subject_kind === "customer" ? publicNumber("cus", BigInt(row.subject_id)) : row.subject_id,
    subjectName: null,
    month: row.month.slice(0, 7),
    bookedMonth: row.booked_month.slice(0, 7),
    earnedOn: row.earned_on,
    currency: row.currency,
    amount: String(row.amount_minor),
    difference: String(row.difference_minor),
    heldUntil: row.held_until === UNTIL_RELEASED ? null : row.held_until,
    heldBy: row.held_until === UNTIL_RELEASED ? (working.hold.reason ?? "event") : null,
    held: String(row.held),
    calculatedAt: row.calculated_at.toISOString(),
  };
}
