import type { InvoiceDifference, InvoiceFileRead } from "@tributary/contract";
import { formatMoney, money } from "../../kernel/money.ts";

/** An own invoice as it came. */
export interface Given {
  readonly number: string;
  readonly issuedOn: string;
  readonly currency: string;
  readonly net: bigint;
  readonly vat: bigint;
  readonly read: InvoiceFileRead["read"];
}

/** What it should say. */
export interface Expected {
  readonly net: bigint;
  readonly vat: bigint;
  readonly currency: string;
  readonly supplierName: string;
  readonly supplierVatNumber: string | null;
  readonly customerName: string;
  readonly statements: number;
  readonly today: string;
}

/** Everything in which an own invoice is not what it should be; empty: it is matched. */
export function differencesOf(given: Given, expected: Expected): readonly InvoiceDifference[] {
  const found: InvoiceDifference[] = [];
  const differs = (field: InvoiceDifference["field"], want: string, has: string, sentence: string) =>
    found.push({ field, expected: want, given: has, sentence });
  const text = (minor: bigint, code: string) => formatMoney(money(minor, code));
  if (expected.statements === 0)
    differs("statements", "", given.number, `Nothing in ${given.currency} is approved and without an invoice.`);
  else if (given.net !== expected.net)
    differs(
      "net",
      text(expected.net, expected.currency),
      text(given.net, given.currency),
      `The net amount is ${text(abs(given.net - expected.net), given.currency)} ${given.net > expected.net ? "more" : "less"} than what is approved.`,
    );
  if (expected.statements > 0 && given.vat !== expected.vat)
    differs(
      "vat",
      text(expected.vat, expected.currency),
      text(given.vat, given.currency),
      "The VAT is not what the payee's tax treatment comes to.",
    );
  if (given.issuedOn > expected.today) differs("date", expected.today, given.issuedOn, "The date lies in the future.");
  for (const one of readDifferences(given, expected)) found.push(one);
  return found;
}

/** Where the file itself says something else than what was typed, or names somebody else. */
function* readDifferences(given: Given, expected: Expected): Generator<InvoiceDifference> {
  const { read } = given;
  if (read === null) return;
  const typed = [
    ["number", read.number, given.number, "number"],
    ["date", read.issuedOn ?? "", given.issuedOn, "date"],
    ["currency", read.currency ?? "", given.currency, "currency"],
    ["net", read.net ?? "", String(given.net), "net amount"],
    ["vat", read.vat ?? "", String(given.vat), "VAT"],
  ] as const;
  for (const [field, inFile, has, word] of typed)
    if (inFile !== "" && inFile !== has)
      yield {
        field,
        expected: inFile,
        given: has,
        sentence: `The ${word} in the file is another than the one entered.`,
      };
  const vatNumber = plain(read.supplierVatNumber);
  const known = plain(expected.supplierVatNumber ?? "");
  if (vatNumber !== "" && known !== "" && vatNumber !== known && !vatNumber.endsWith(known))
    yield {
      field: "vat_number",
      expected: expected.supplierVatNumber ?? "",
      given: read.supplierVatNumber,
      sentence: "The invoice names another VAT number than the payee's.",
    };
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
