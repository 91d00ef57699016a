import { amountText } from "../amounts.ts";
import type { PaymentBatch } from "../contracts.ts";
import { checkId, type Demands, type Findings, type Prepared } from "../prepare.ts";
import { freeText } from "./cells.ts";

export const PAYPAL_DEMANDS: Demands = {
  methods: ["paypal"],
  idSet: "latin",
  idLength: 30,
  mostMinor: 10_000_000_00n,
  debtor: false,
  most: 5000,
};

/** Currencies that PayPal pays out; those without decimals are paid in whole units only. */
const CURRENCIES = new Set(
  "AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD".split(" "),
);
const WHOLE = new Set(["HUF", "TWD"]);

/** PayPal's mass payment file: no header, one currency, at most 5,000 rows. Source: PayPal, "Send payouts using the web". */
export function paypalRows(
  batch: PaymentBatch,
  prepared: readonly Prepared[],
  findings: Findings,
): readonly (readonly string[])[] {
  const currency = batch.payments[0]?.amount.currency;
  return prepared.map(({ payment, account, amount }) => {
    if (amount.currency !== currency) {
      const hint = "Write one file for each currency.";
      findings.refuse(payment.id, "amount.currency", amount.currency, [
        "one_currency",
        `is not ${currency}, the file's`,
        hint,
      ]);
    }
    if (!CURRENCIES.has(amount.currency)) {
      const hint = `Pay in one of ${[...CURRENCIES].join(", ")}.`;
      findings.refuse(payment.id, "amount.currency", amount.currency, [
        "currency_not_taken",
        "is not paid out by PayPal",
        hint,
      ]);
    }
    if (WHOLE.has(amount.currency) && amount.minor % 100n !== 0n) {
      const hint = "Round the amount to whole units.";
      findings.refuse(payment.id, "amount", String(amount.minor), [
        "wrong_format",
        `has decimals, which PayPal does not have for ${amount.currency}`,
        hint,
      ]);
    }
    if (/\s/.test(payment.id)) checkId(payment.id, "id", `${payment.id} `, "latin", 30, findings);
    const text = amountText(amount, batch.options?.paypal?.decimalComma === true ? "," : ".");
    const shown = WHOLE.has(amount.currency) ? text.replace(/[.,]00$/, "") : text;
    const note = freeText(payment.id, "remittance", payment.remittance ?? payment.reference ?? "", 400, findings);
    return [account.fields.paypalReceiver ?? "", shown, amount.currency, payment.id, note, "PAYPAL"];
  });
}
