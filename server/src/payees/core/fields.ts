import type { PayeeFields, PayeeMethod } from "@tributary/contract";
import type { RequiredField } from "../../banking/index.ts";

/** A provider's account is one id, whatever the country. */
const PROVIDERS: Readonly<Record<Exclude<PayeeMethod, "bank">, PayeeFields["fields"][number]>> = {
  paypal: field("paypalReceiver", "PayPal account", "e-mail address or payer ID", "payee@example.com"),
  wise: field("wiseRecipientId", "Wise recipient", "number of the recipient", "40000123"),
  payoneer: field("payoneerPayeeId", "Payoneer payee", "id of the payee", "P-123456"),
};

function field(name: string, label: string, format: string, example: string): PayeeFields["fields"][number] {
  return { name, label, format, example, optional: false, choices: null };
}

/** @param required what banks of the country ask for */
export function fieldsOf(method: PayeeMethod, required: readonly RequiredField[]): PayeeFields["fields"] {
  if (method !== "bank") return [PROVIDERS[method]];
  return required.map(({ choices, ...one }) => ({ ...one, choices: choices === undefined ? null : [...choices] }));
}
