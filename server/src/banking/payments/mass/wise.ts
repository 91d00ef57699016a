import { amountText } from "../amounts.ts";
import type { PaymentBatch } from "../contracts.ts";
import type { Demands, Findings, Prepared } from "../prepare.ts";
import { freeText } from "./cells.ts";

export const WISE_DEMANDS: Demands = {
  methods: ["wise"],
  idSet: "latin",
  idLength: 35,
  mostMinor: 99_999_999_999n,
  debtor: false,
  most: 1000,
};

const COLUMNS = [
  "recipientId",
  "name",
  "recipientEmail",
  "recipientDetail",
  "recipientType",
  "sourceCurrency",
  "targetCurrency",
  "amountCurrency",
  "amount",
  "paymentReference",
  "addressCountryCode",
  "addressCity",
  "addressFirstLine",
  "addressState",
  "addressPostCode",
];

/**
 * Wise's template for saved recipients, at most 1,000 transfers. `amountCurrency` says which side is exact: `target`, the payee gets the
 * whole amount and the operator bears the fee (the default), or `source`. Source: Wise, "How do I fill in my batch template?".
 */
export function wiseRows(
  batch: PaymentBatch,
  prepared: readonly Prepared[],
  findings: Findings,
): readonly (readonly string[])[] {
  const rows = prepared.map(({ payment, account, amount }) => {
    const { payee } = payment;
    const text = (field: string, value: string | undefined, most: number) =>
      freeText(payment.id, field, value ?? "", most, findings);
    const bearer = payment.chargeBearer === "payee" ? "source" : (batch.options?.wise?.amountCurrency ?? "target");
    return [
      account.fields.wiseRecipientId ?? "",
      text("payee.name", payee.name, 140),
      payee.email ?? "",
      text("payee.id", payee.id, 70),
      payee.kind === "person" ? "PERSON" : "INSTITUTION",
      batch.debtor.currency,
      amount.currency,
      bearer,
      amountText(amount),
      text("remittance", payment.remittance ?? payment.reference ?? payment.id, 35),
      payee.address?.country ?? "",
      text("payee.address.town", payee.address?.town, 70),
      text("payee.address.street", `${payee.address?.street ?? ""} ${payee.address?.building ?? ""}`, 100),
      text("payee.address.region", payee.address?.region, 35),
      text("payee.address.postCode", payee.address?.postCode, 16),
    ];
  });
  return [COLUMNS, ...rows];
}
