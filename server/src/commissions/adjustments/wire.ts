import type { Adjustment, AdjustmentRule, Evidence } from "@tributary/contract";
import { decimal, formatDecimal } from "../../kernel/decimal.ts";
import type { RuleRow } from "../store/adjustment-rules.ts";
import type { AdjustmentRow } from "../store/adjustments.ts";

/** A partner sees what was decided and why, not who decided nor what was gathered to decide it. */
export function adjustmentWire(row: AdjustmentRow, forPartner: boolean): Adjustment {
  return {
    id: row.adjustment_id,
    kind: row.kind as Adjustment["kind"],
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
    amount: String(row.amount_minor),
    month: row.month.slice(0, 7),
    effectiveTo: row.effective_to?.slice(0, 7) ?? null,
    reasonCode: row.reason_code,
    reason: row.reason,
    evidence: forPartner ? [] : (row.evidence as unknown as Evidence[]),
    lineKey: row.line_key,
    inquiryId: row.inquiry_id,
    otherPartnerId: forPartner ? null : row.other_partner_id,
    ofId: row.of_id,
    releaseOn: row.release_on,
    batchId: forPartner ? null : row.batch_id,
    ruleId: row.rule_id,
    warnings: forPartner ? [] : (row.warnings as Adjustment["warnings"]),
    status: row.status as Adjustment["status"],
    proposedBy: forPartner ? "" : row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: forPartner ? null : row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionNote: forPartner ? null : row.decision_note,
    bookedMonth: row.booked_month?.slice(0, 7) ?? null,
  };
}

export function ruleWire(row: RuleRow): AdjustmentRule {
  return {
    id: row.rule_id,
    kind: row.kind as AdjustmentRule["kind"],
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
    amount: row.amount_minor === null ? null : String(row.amount_minor),
    percent: row.percent === null ? null : formatDecimal(decimal(row.percent)),
    holdDays: row.hold_days,
    fromMonth: row.from_month.slice(0, 7),
    untilMonth: row.until_month?.slice(0, 7) ?? null,
    reasonCode: row.reason_code,
    reason: row.reason,
    status: row.status as AdjustmentRule["status"],
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by,
    endedBy: row.ended_by,
  };
}
