import type { InvoiceFileRead } from "@tributary/contract";
import { SaxesParser } from "saxes";
import { parseDecimal } from "../kernel/decimal.ts";
import { parseCurrency, toMinorExact } from "../kernel/money.ts";

type Read = NonNullable<InvoiceFileRead["read"]>;

const NAMESPACES: Readonly<Record<string, Read["format"]>> = {
  "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2": "ubl",
  "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100": "cii",
};
/** More text than any invoice has: what is longer is no invoice. */
const MOST_ELEMENTS = 200_000;

/**
 * What an electronic invoice says: UBL 2.1 or UN/CEFACT CII (Factur-X, ZUGFeRD, XRechnung). Nothing outside the file is opened and no entity of its
 * own is resolved.
 * @returns undefined when it is not such an invoice
 */
export function readInvoiceXml(text: string): Read | undefined {
  const found = pathsOf(text);
  if (found === undefined) return undefined;
  const { format, values } = found;
  const first = (...paths: readonly string[]) => paths.map((path) => values.get(path)?.[0]).find(Boolean) ?? "";
  return format === "ubl" ? ublRead(first, values) : ciiRead(first, values);
}

type Values = ReadonlyMap<string, readonly string[]>;
type First = (...paths: readonly string[]) => string;

function ublRead(first: First, values: Values): Read {
  const currency = knownCurrency(first("DocumentCurrencyCode"));
  return {
    format: "ubl",
    number: first("ID"),
    issuedOn: dayText(first("IssueDate")),
    currency,
    net: minorOf(first("LegalMonetaryTotal/TaxExclusiveAmount"), currency),
    vat: vatOf(values, "TaxTotal/TaxAmount", currency),
    supplierName: first(
      "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
      "AccountingSupplierParty/Party/PartyName/Name",
    ),
    supplierVatNumber: first("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID"),
    customerName: first(
      "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
      "AccountingCustomerParty/Party/PartyName/Name",
    ),
  };
}

function ciiRead(first: First, values: Values): Read {
  const settlement = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement";
  const agreement = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement";
  const sums = `${settlement}/SpecifiedTradeSettlementHeaderMonetarySummation`;
  const currency = knownCurrency(first(`${settlement}/InvoiceCurrencyCode`));
  return {
    format: "cii",
    number: first("ExchangedDocument/ID"),
    issuedOn: dayText(first("ExchangedDocument/IssueDateTime/DateTimeString")),
    currency,
    net: minorOf(first(`${sums}/TaxBasisTotalAmount`), currency),
    vat: vatOf(values, `${sums}/TaxTotalAmount`, currency),
    supplierName: first(`${agreement}/SellerTradeParty/Name`),
    supplierVatNumber: first(`${agreement}/SellerTradeParty/SpecifiedTaxRegistration/ID`),
    customerName: first(`${agreement}/BuyerTradeParty/Name`),
  };
}

/** Without any, none is charged; several are of several currencies, the first is the invoice's. */
function vatOf(values: Values, path: string, currency: string | null): string | null {
  const given = values.get(path);
  return given === undefined ? (currency === null ? null : "0") : minorOf(given[0] ?? "", currency);
}

function knownCurrency(code: string): string | null {
  return parseCurrency(code) ?? null;
}

function minorOf(text: string, code: string | null): string | null {
  const amount = parseDecimal(text.trim());
  const known = code === null ? undefined : parseCurrency(code);
  const minor = amount === undefined || known === undefined ? undefined : toMinorExact(amount, known);
  return minor === undefined ? null : String(minor);
}

function dayText(text: string): string | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  const day = compact === null ? text.trim().slice(0, 10) : `${compact[1]}-${compact[2]}-${compact[3]}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}

/** The texts of all elements by their path below the root, without prefixes. */
function pathsOf(text: string): { readonly format: Read["format"]; readonly values: Values } | undefined {
  const values = new Map<string, string[]>();
  const path: string[] = [];
  let format: Read["format"] | undefined;
  let content = "";
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (elements > MOST_ELEMENTS) throw new Error("too many elements");
    if (elements === 1) format = NAMESPACES[tag.uri];
    else path.push(tag.local);
    content = "";
  });
  parser.on("text", (piece) => {
    content += piece;
  });
  parser.on("closetag", () => {
    if (content.trim() !== "") {
      const name = path.join("/");
      values.set(name, [...(values.get(name) ?? []), content.trim()]);
    }
    content = "";
    path.pop();
  });
  parser.on("error", (error) => {
    throw error;
  });
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return format === undefined ? undefined : { format, values };
}
