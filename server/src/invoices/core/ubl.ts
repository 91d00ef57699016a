import type { InvoiceLine, InvoiceParty, InvoiceTax } from "@tributary/contract";
import { decimal, formatDecimal } from "../../kernel/decimal.ts";
import { currency, exponent } from "../../kernel/money.ts";
import type { InvoiceDocument } from "../contracts.ts";
import { WORDS } from "./wording.ts";
import { type Element, element, xmlText } from "./xml.ts";

const NAMESPACES = {
  "xmlns:cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
  "xmlns:cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
};
/** UNTDID 1001: a self-billed invoice, a self-billed credit note. */
const TYPES = { invoice: "389", creditNote: "261" };

/**
 * The invoice or credit note as UBL 2.1 to the model of EN 16931 (its specification identifier says so). A credit note's amounts are positive there: the
 * document itself says which way they go. What is withheld stands as paid amount (BT-113), for the model knows no withholding, with a note that says so.
 * Source: EN 16931-1:2017 and CEN/TS 16931-3-2; OASIS UBL 2.1.
 */
export function ublOf(document: InvoiceDocument): string {
  const isCredit = document.kind === "credit_note";
  const name = isCredit ? "CreditNote" : "Invoice";
  const root = element(name, { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`, ...NAMESPACES }, [
    cbc("CustomizationID", "urn:cen.eu:en16931:2017"),
    cbc("ID", document.number),
    cbc("IssueDate", document.issuedOn),
    ...(isCredit || document.dueOn === null ? [] : [cbc("DueDate", document.dueOn)]),
    cbc(`${name}TypeCode`, isCredit ? TYPES.creditNote : TYPES.invoice),
    ...notesOf(document).map((note) => cbc("Note", note)),
    cbc("DocumentCurrencyCode", document.currency),
    ...period(document),
    ...preceding(document),
    ...statements(document),
    cac("AccountingSupplierParty", [party(document.supplier, document.taxes)]),
    cac("AccountingCustomerParty", [party(document.customer, document.taxes)]),
    taxTotal(document),
    monetaryTotal(document),
    ...document.lines.map((line, at) => lineOf(document, line, at)),
  ]);
  return xmlText(root);
}

const cbc = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): Element =>
  element(`cbc:${name}`, attributes, [text]);
const cac = (name: string, children: readonly Element[]): Element => element(`cac:${name}`, {}, children);

function notesOf(document: InvoiceDocument): readonly string[] {
  const { withholding, corrects } = document;
  return [...document.notes, corrects?.reason ?? "", withholding?.reason ?? ""].filter((note) => note !== "");
}

function period({ supplyFrom, supplyTo }: InvoiceDocument): Element[] {
  if (supplyFrom === null || supplyTo === null) return [];
  return [cac("InvoicePeriod", [cbc("StartDate", supplyFrom), cbc("EndDate", supplyTo)])];
}

function preceding({ corrects }: InvoiceDocument): Element[] {
  if (corrects === null) return [];
  const reference = [cbc("ID", corrects.number), cbc("IssueDate", corrects.issuedOn)];
  return [cac("BillingReference", [cac("InvoiceDocumentReference", reference)])];
}

/** The statements that it is for, as supporting documents (BG-24). */
function statements(document: InvoiceDocument): Element[] {
  const ids = new Set(document.lines.flatMap((line) => line.statementId ?? []));
  return [...ids].map((id) => cac("AdditionalDocumentReference", [cbc("ID", id)]));
}

function party(one: InvoiceParty, taxes: readonly InvoiceTax[]): Element {
  // Outside the scope of VAT neither side may show a VAT number (BR-O-02).
  const outside = taxes.some((tax) => tax.category === "O");
  const scheme = cac("TaxScheme", [cbc("ID", "VAT")]);
  const vat =
    one.vatNumber === null || outside
      ? []
      : [cac("PartyTaxScheme", [cbc("CompanyID", prefixed(one.vatNumber, one.country)), scheme])];
  return cac("Party", [
    // A supplier with neither VAT number nor register is told apart by what the operator calls it (BR-CO-26).
    ...(one.id === "" ? [] : [cac("PartyIdentification", [cbc("ID", one.id)])]),
    cac("PartyName", [cbc("Name", one.name)]),
    cac("PostalAddress", [
      ...optional("StreetName", one.street),
      ...optional("CityName", one.city),
      ...optional("PostalZone", one.postalCode),
      ...optional("CountrySubentity", one.region),
      cac("Country", [cbc("IdentificationCode", one.country)]),
    ]),
    ...vat,
    cac("PartyLegalEntity", [cbc("RegistrationName", one.name), ...optional("CompanyID", one.registrationNumber)]),
    ...(one.email === "" ? [] : [cac("Contact", [cbc("ElectronicMail", one.email)])]),
  ]);
}

/** VAT identifiers begin with the country's two letters; Greece's are EL (BR-CO-09). */
function prefixed(number: string, country: string): string {
  return /^[A-Z]{2}/.test(number) ? number : `${country === "GR" ? "EL" : country}${number}`;
}

const optional = (name: string, text: string): Element[] => (text === "" ? [] : [cbc(name, text)]);

function taxTotal(document: InvoiceDocument): Element {
  return cac("TaxTotal", [
    money("TaxAmount", document, document.totals.vat),
    ...document.taxes.map((tax) =>
      cac("TaxSubtotal", [
        money("TaxableAmount", document, tax.basis),
        money("TaxAmount", document, tax.vat),
        cac("TaxCategory", [
          ...categoryParts(tax),
          ...(tax.reasonCode === null ? [] : [cbc("TaxExemptionReasonCode", tax.reasonCode)]),
          ...(tax.category === "S" ? [] : optional("TaxExemptionReason", tax.reason)),
          cac("TaxScheme", [cbc("ID", "VAT")]),
        ]),
      ]),
    ),
  ]);
}

/** Every category but O says a rate, be it zero (BR-48). */
function categoryParts(tax: InvoiceTax): Element[] {
  const id = cbc("ID", tax.category);
  return tax.category === "O" ? [id] : [id, cbc("Percent", percentOf(tax.rate ?? "0"))];
}

function percentOf(rate: string): string {
  const { units, scale } = decimal(rate);
  return formatDecimal({ units: units * 100n, scale });
}

function monetaryTotal(document: InvoiceDocument): Element {
  const { net, gross, withheld, payable } = document.totals;
  return cac("LegalMonetaryTotal", [
    money("LineExtensionAmount", document, net),
    money("TaxExclusiveAmount", document, net),
    money("TaxInclusiveAmount", document, gross),
    ...(withheld === "0" ? [] : [money("PrepaidAmount", document, withheld)]),
    money("PayableAmount", document, payable),
  ]);
}

/** A line below zero is a quantity below zero at a price above it: prices are never negative (BR-27). */
function lineOf(document: InvoiceDocument, line: InvoiceLine, at: number): Element {
  const isCredit = document.kind === "credit_note";
  const net = signed(document, line.net);
  const quantity = net < 0n ? "-1" : "1";
  const [tax] = document.taxes;
  return cac(isCredit ? "CreditNoteLine" : "InvoiceLine", [
    cbc("ID", String(at + 1)),
    cbc(isCredit ? "CreditedQuantity" : "InvoicedQuantity", quantity, { unitCode: "C62" }),
    money("LineExtensionAmount", document, line.net),
    cac("Item", [
      cbc("Name", line.description || WORDS[document.language].description),
      cac("ClassifiedTaxCategory", [
        ...(tax === undefined ? [] : categoryParts(tax)),
        cac("TaxScheme", [cbc("ID", "VAT")]),
      ]),
    ]),
    cac("Price", [
      cbc("PriceAmount", amountText(net < 0n ? -net : net, document.currency), { currencyID: document.currency }),
    ]),
  ]);
}

function money(name: string, document: InvoiceDocument, minor: string): Element {
  return cbc(name, amountText(signed(document, minor), document.currency), { currencyID: document.currency });
}

function signed(document: InvoiceDocument, minor: string): bigint {
  return document.kind === "credit_note" ? -BigInt(minor) : BigInt(minor);
}

/** `1234.50`: as many decimals as the currency has. */
export function amountText(minor: bigint, code: string): string {
  const places = exponent(currency(code));
  const sign = minor < 0n ? "-" : "";
  const digits = String(minor < 0n ? -minor : minor).padStart(places + 1, "0");
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
