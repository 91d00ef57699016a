import type { PayeeLanguage } from "@tributary/contract";

/**
 * What both sides agree on before the operator may write invoices in a payee's name: prior agreement, a procedure of acceptance for each invoice, one
 * series of numbers, and that the supplier's own duties stay its own. Source: Directive 2006/112/EC, Article 224; HMRC notice 700/62, section 3.
 */
export function selfBillingText(payee: string, language: PayeeLanguage): string {
  return TEXTS[language](payee).join("\n\n");
}

const TEXTS: Readonly<Record<PayeeLanguage, (payee: string) => readonly string[]>> = {
  en: (payee) => [
    `Self-billing agreement with ${payee}`,
    `1. The operator writes the invoices for the commission that ${payee} earns, in its name and on its behalf, on the basis of the approved statements.`,
    "2. Each invoice is made available when it is issued. It counts as accepted unless the payee objects within 14 days; it is then corrected by a credit note.",
    "3. The payee writes no invoices of its own for the same commission. The operator numbers the invoices in a series of their own, without gaps.",
    "4. The payee says at once when its name, address, VAT number or VAT status changes, and remains liable for the VAT that it owes.",
    "5. Either side may end this agreement in writing at any time. Invoices issued until then stay valid.",
  ],
  es: (payee) => [
    `Acuerdo de autofacturación con ${payee}`,
    `1. El operador expide, en nombre y por cuenta de ${payee}, las facturas de las comisiones que este gana, sobre la base de las liquidaciones aprobadas.`,
    "2. Cada factura se pone a disposición al expedirse. Se considera aceptada si no se objeta en 14 días; en ese caso se corrige con una factura rectificativa.",
    "3. El perceptor no expide facturas propias por las mismas comisiones. El operador numera las facturas en una serie propia, sin huecos.",
    "4. El perceptor comunica de inmediato todo cambio de nombre, domicilio, NIF-IVA o situación de IVA, y sigue respondiendo del IVA que deba.",
    "5. Cualquiera de las partes puede poner fin a este acuerdo por escrito. Las facturas expedidas hasta entonces siguen siendo válidas.",
  ],
  de: (payee) => [
    `Gutschriftsvereinbarung mit ${payee}`,
    `1. Der Betreiber rechnet die Provisionen, die ${payee} verdient, in dessen Namen und für dessen Rechnung auf Grundlage der freigegebenen Abrechnungen durch Gutschrift ab.`,
    "2. Jede Gutschrift wird bei Ausstellung bereitgestellt. Sie gilt als angenommen, wenn ihr nicht binnen 14 Tagen widersprochen wird; sie wird dann durch eine Korrektur berichtigt.",
    "3. Der Empfänger stellt für dieselben Provisionen keine eigenen Rechnungen. Der Betreiber nummeriert die Gutschriften in einem eigenen, lückenlosen Kreis.",
    "4. Der Empfänger teilt jede Änderung von Name, Anschrift, Umsatzsteuer-Identifikationsnummer oder Steuerstatus unverzüglich mit und schuldet die Umsatzsteuer weiterhin selbst.",
    "5. Jede Seite kann diese Vereinbarung jederzeit in Textform beenden. Bis dahin ausgestellte Gutschriften bleiben gültig.",
  ],
};
