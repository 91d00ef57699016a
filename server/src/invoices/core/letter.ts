import type { InvoiceLanguage } from "@tributary/contract";
import type { InvoiceDocument } from "../contracts.ts";
import { amountText } from "./ubl.ts";
import { WORDS } from "./wording.ts";

/** What stands in the mail that an invoice travels with. */
export function letterOf(
  document: InvoiceDocument,
  operator: string,
): { readonly subject: string; readonly text: string } {
  const words = WORDS[document.language];
  const kind = document.kind === "credit_note" ? words.creditNote : words.selfBilled;
  const amount = `${amountText(BigInt(document.totals.payable), document.currency)} ${document.currency}`;
  const subject = `${kind} ${document.number}`;
  return { subject, text: TEXTS[document.language](document.supplier.name, subject, amount, operator).join("\n\n") };
}

const TEXTS: Readonly<
  Record<InvoiceLanguage, (payee: string, what: string, amount: string, operator: string) => readonly string[]>
> = {
  en: (payee, what, amount, operator) => [
    `${payee},`,
    `attached is ${what} for ${amount}, as a PDF and as an electronic invoice (UBL, EN 16931).`,
    "It counts as accepted unless you object within 14 days; your portal has the statement with every line.",
    operator,
  ],
  es: (payee, what, amount, operator) => [
    `${payee}:`,
    `adjuntamos ${what} por ${amount}, en PDF y como factura electrónica (UBL, EN 16931).`,
    "Se considera aceptada si no la objeta en 14 días; en su portal está la liquidación con cada línea.",
    operator,
  ],
  de: (payee, what, amount, operator) => [
    `${payee},`,
    `anbei ${what} über ${amount}, als PDF und als elektronische Rechnung (UBL, EN 16931).`,
    "Sie gilt als angenommen, wenn Sie nicht binnen 14 Tagen widersprechen; die Abrechnung mit jeder Zeile steht in Ihrem Portal.",
    operator,
  ],
};
