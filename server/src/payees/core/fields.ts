import type { PayeeFields, PayeeMethod } from "@tributary/contract";
import type { RequiredField } from "../../banking/index.ts";

/** A provider's account is one id, whatever the country. */
const PROVIDERS: Readonly<Record<Exclude<PayeeMethod, "bank">, PayeeFields["fields"][number]>> = {
  paypal: field(
    "paypalReceiver",
    "PayPal account",
    "e-mail address or payer ID",
    "payee@example.com",
    "paypal_account",
  ),
  wise: field("wiseRecipientId", "Wise recipient", "number of the recipient", "40000123", "wise_number"),
  payoneer: field("payoneerPayeeId", "Payoneer payee", "id of the payee", "P-123456", "payoneer_id"),
};

function field(
  name: string,
  label: string,
  format: string,
  example: string,
  code: PayeeFields["fields"][number]["shape"]["code"],
): PayeeFields["fields"][number] {
  return { name, label, format, shape: { code, least: 0, most: 0 }, example, optional: false, choices: null };
}

/** @param required what banks of the country ask for */
export function fieldsOf(method: PayeeMethod, required: readonly RequiredField[]): PayeeFields["fields"] {
  if (method !== "bank") return [PROVIDERS[method]];
  return required.map(({ choices, ...one }) => ({ ...one, choices: choices === undefined ? null : [...choices] }));
}
