import { amountText } from "../amounts.ts";
import type { PaymentBatch } from "../contracts.ts";
import type { Demands, Findings, Prepared } from "../prepare.ts";
import { freeText } from "./cells.ts";

export const PAYONEER_DEMANDS: Demands = {
  methods: ["payoneer"],
  idSet: "latin",
  idLength: 35,
  mostMinor: 99_999_999_999n,
  debtor: false,
  most: 5000,
};

const COLUMNS = ["Payee ID", "Amount", "Currency", "Description", "Internal Payment ID", "Payment Date"];

/** Payoneer's mass payout: who by the payee id under which the account was registered; the payment's id comes back as the internal one. */
export function payoneerRows(
  _batch: PaymentBatch,
  prepared: readonly Prepared[],
  findings: Findings,
): readonly (readonly string[])[] {
  const rows = prepared.map(({ payment, account, amount, executionDate }) => [
    account.fields.payoneerPayeeId ?? "",
    amountText(amount),
    amount.currency,
    freeText(payment.id, "remittance", payment.remittance ?? payment.reference ?? payment.id, 255, findings),
    payment.id,
    executionDate,
  ]);
  return [COLUMNS, ...rows];
}
