import type { Draft, DraftItem } from "./core/contracts.ts";
import type { ItemRow, PayoutRow } from "./store/payouts.ts";

/** A kept payout as the draft that it was written from. */
export function draftOfRows(row: PayoutRow, items: readonly ItemRow[]): Draft {
  return {
    payeeId: row.payee_id,
    partnerId: items[0]?.partner_id ?? "",
    payeeName: row.payee_name,
    method: row.method as Draft["method"],
    currency: row.currency,
    amountMinor: row.amount_minor,
    feeMinor: row.fee_minor,
    account: row.account,
    detailId: row.detail_id,
    chargeBearer: row.charge_bearer as Draft["chargeBearer"],
    sourceId: row.source_id,
    reasons: row.reasons as unknown as Draft["reasons"],
    items: items.map(itemOfRow),
  };
}

function itemOfRow(row: ItemRow): DraftItem {
  const { rate, rate_on: day, rate_source: source } = row;
  return {
    statementId: row.statement_id,
    partnerId: row.partner_id,
    currency: row.currency,
    grossMinor: row.gross_minor,
    withheldMinor: row.withheld_minor,
    reserveMinor: row.reserve_minor,
    feeMinor: row.fee_minor,
    netMinor: row.net_minor,
    paidMinor: row.paid_minor,
    rate: rate === null ? null : { rate, day: day ?? "", source: source ?? "" },
    byProgram: weightsOf(row),
    invoiceId: row.invoice_id,
    invoiceNumber: row.invoice_number,
  };
}

/** What the programs of an item weigh, as they are kept. */
export function weightsOf(row: ItemRow): DraftItem["byProgram"] {
  const kept = row.by_program as unknown as readonly (readonly [string, string])[] | null;
  return kept === null ? null : kept.map(([programId, minor]) => ({ programId, minor: BigInt(minor) }));
}
