import type { InvoiceLanguage } from "@tributary/contract";
import { percent } from "../../kernel/decimal.ts";
import type { TaxTreatment } from "../../payees/index.ts";

interface Words {
  readonly selfBilled: string;
  readonly uploaded: string;
  readonly creditNote: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly supply: string;
  readonly dueOn: string;
  readonly supplier: string;
  readonly customer: string;
  readonly vatNumber: string;
  readonly registration: string;
  readonly description: string;
  readonly amount: string;
  readonly net: string;
  readonly vat: string;
  readonly noVat: string;
  readonly gross: string;
  readonly withheld: string;
  readonly payable: string;
  readonly corrects: string;
  readonly selfBilling: string;
  readonly reverseCharge: string;
  readonly export: string;
  readonly outside: string;
  readonly commission: (program: string, month: string) => string;
  readonly correction: (description: string) => string;
}

export const WORDS: Readonly<Record<InvoiceLanguage, Words>> = {
  en: {
    selfBilled: "Self-billed invoice",
    uploaded: "Invoice",
    creditNote: "Self-billed credit note",
    number: "Number",
    issuedOn: "Date of issue",
    supply: "Period of supply",
    dueOn: "Due",
    supplier: "Supplier",
    customer: "Customer",
    vatNumber: "VAT number",
    registration: "Registration",
    description: "Description",
    amount: "Amount",
    net: "Net amount",
    vat: "VAT",
    noVat: "VAT: none",
    gross: "Total with VAT",
    withheld: "Withholding tax",
    payable: "Amount payable",
    corrects: "Corrects invoice",
    selfBilling: "Self-billing: issued by the customer in the name and on behalf of the supplier.",
    reverseCharge:
      "Reverse charge: VAT is to be accounted for by the customer (Articles 44 and 196 of Directive 2006/112/EC).",
    export: "Service supplied to a customer established outside the country of supply; no VAT is charged.",
    outside: "Outside the scope of VAT.",
    commission: (program, month) => `Commission ${program}, ${month}`,
    correction: (description) => `Correction: ${description}`,
  },
  es: {
    selfBilled: "Factura expedida por el destinatario",
    uploaded: "Factura",
    creditNote: "Factura rectificativa expedida por el destinatario",
    number: "Número",
    issuedOn: "Fecha de expedición",
    supply: "Periodo de prestación",
    dueOn: "Vencimiento",
    supplier: "Proveedor",
    customer: "Cliente",
    vatNumber: "NIF-IVA",
    registration: "Registro",
    description: "Concepto",
    amount: "Importe",
    net: "Base imponible",
    vat: "IVA",
    noVat: "IVA: ninguno",
    gross: "Total con IVA",
    withheld: "Retención",
    payable: "Importe a pagar",
    corrects: "Rectifica la factura",
    selfBilling: "Facturación por el destinatario: expedida por el cliente en nombre y por cuenta del proveedor.",
    reverseCharge:
      "Inversión del sujeto pasivo: el IVA lo liquida el cliente (artículos 44 y 196 de la Directiva 2006/112/CE).",
    export: "Servicio prestado a un cliente establecido fuera del país de la prestación; no se repercute IVA.",
    outside: "Operación no sujeta a IVA.",
    commission: (program, month) => `Comisión ${program}, ${month}`,
    correction: (description) => `Rectificación: ${description}`,
  },
  de: {
    selfBilled: "Gutschrift",
    uploaded: "Rechnung",
    creditNote: "Korrektur zur Gutschrift",
    number: "Nummer",
    issuedOn: "Ausstellungsdatum",
    supply: "Leistungszeitraum",
    dueOn: "Fällig",
    supplier: "Leistender Unternehmer",
    customer: "Leistungsempfänger",
    vatNumber: "USt-IdNr.",
    registration: "Register",
    description: "Bezeichnung",
    amount: "Betrag",
    net: "Nettobetrag",
    vat: "Umsatzsteuer",
    noVat: "Umsatzsteuer: keine",
    gross: "Gesamtbetrag mit Umsatzsteuer",
    withheld: "Quellensteuer",
    payable: "Auszahlungsbetrag",
    corrects: "Korrigiert",
    selfBilling:
      "Gutschrift: vom Leistungsempfänger im Namen und für Rechnung des leistenden Unternehmers ausgestellt.",
    reverseCharge: "Steuerschuldnerschaft des Leistungsempfängers (Artikel 44 und 196 der Richtlinie 2006/112/EG).",
    export: "Leistung an einen im Drittland ansässigen Leistungsempfänger; es wird keine Umsatzsteuer berechnet.",
    outside: "Nicht steuerbar.",
    commission: (program, month) => `Provision ${program}, ${month}`,
    correction: (description) => `Korrektur: ${description}`,
  },
};

/**
 * What the law of the supplier's country calls the reverse charge. The invoice has to carry the words (Directive 2006/112/EC, Article 226 (11a)); they
 * stand beside the sentence in the invoice's language when that is another one.
 */
const REVERSE_CHARGE: Readonly<Record<string, string>> = {
  AT: "Übergang der Steuerschuld auf den Leistungsempfänger",
  BE: "Autoliquidation / Btw verlegd",
  BG: "обратно начисляване",
  CY: "Αντίστροφη επιβάρυνση",
  CZ: "daň odvede zákazník",
  DE: "Steuerschuldnerschaft des Leistungsempfängers",
  DK: "Omvendt betalingspligt",
  EE: "pöördmaksustamine",
  ES: "Inversión del sujeto pasivo",
  FI: "Käännetty verovelvollisuus",
  FR: "Autoliquidation",
  GR: "Αντίστροφη επιβάρυνση",
  HR: "Prijenos porezne obveze",
  HU: "fordított adózás",
  IE: "Reverse charge",
  IT: "inversione contabile",
  LT: "Atvirkštinis apmokestinimas",
  LU: "Autoliquidation",
  LV: "nodokļa apgrieztā maksāšana",
  MT: "Reverse charge",
  NL: "Btw verlegd",
  PL: "odwrotne obciążenie",
  PT: "IVA – autoliquidação",
  RO: "taxare inversă",
  SE: "Omvänd betalningsskyldighet",
  SI: "obrnjena davčna obveznost",
  SK: "prenesenie daňovej povinnosti",
};

/** What has to stand beside the amount when no VAT is charged. */
export function vatReason(tax: TaxTreatment, language: InvoiceLanguage, country: string): string {
  const words = WORDS[language];
  const of: Readonly<Record<TaxTreatment["vat"], string>> = {
    domestic: "",
    reverse_charge: withOwnWords(words.reverseCharge, REVERSE_CHARGE[country]),
    export: words.export,
    exempt: tax.vatReason,
    outside_scope: tax.vatReason || words.outside,
  };
  return of[tax.vat];
}

function withOwnWords(sentence: string, own: string | undefined): string {
  return own === undefined || sentence.toLowerCase().startsWith(own.toLowerCase()) ? sentence : `${sentence} ${own}.`;
}

/** `Withholding tax 15 %: services (treaty with ES, article 12)`. */
export function withholdingText(tax: TaxTreatment, language: InvoiceLanguage): string {
  const { withholding } = tax;
  if (withholding === null) return "";
  const treaty = TREATY[language];
  const article = withholding.treatyArticle === "" ? "" : `, ${treaty.article} ${withholding.treatyArticle}`;
  const under = withholding.treatyCountry === null ? "" : ` (${treaty.with} ${withholding.treatyCountry}${article})`;
  return `${WORDS[language].withheld} ${percent(withholding.rate)}: ${withholding.reason}${under}`;
}

const TREATY: Readonly<Record<InvoiceLanguage, { readonly with: string; readonly article: string }>> = {
  en: { with: "treaty with", article: "article" },
  es: { with: "convenio con", article: "artículo" },
  de: { with: "Abkommen mit", article: "Artikel" },
};
