import type { Statement, StatementFigures } from "@tributary/contract";
import type { StatementContent } from "./core/content.ts";
import type { StatementRow } from "./store/statements.ts";

/** @param toPay what is still to be paid of a closed statement */
export function statementWire(
  row: StatementRow,
  figures: StatementFigures,
  toPay: bigint | null,
  forPartner: boolean,
): Statement {
  const content = row.content as unknown as StatementContent | null;
  return {
    id: row.statement_id,
    partnerId: row.partner_id,
    currency: row.currency,
    month: row.month.slice(0, 7),
    status: row.status as Statement["status"],
    figures,
    runId: forPartner ? null : row.run_id,
    approvedAt: row.approved_at?.toISOString() ?? null,
    lineCount: content?.lineCount ?? null,
    contentHash: row.content_hash,
    toPay: toPay === null ? null : String(toPay),
    closedBy: forPartner ? null : row.closed_by,
    closedAt: row.closed_at?.toISOString() ?? null,
    paidBy: forPartner ? null : row.paid_by,
    paidAt: row.paid_at?.toISOString() ?? null,
    paid: row.paid_minor === null ? null : String(row.paid_minor),
    paymentReference: row.payment_reference,
    paidWith: row.paid_with,
    returnedAt: row.returned_at?.toISOString() ?? null,
    returnReason: row.return_reason,
  };
}
