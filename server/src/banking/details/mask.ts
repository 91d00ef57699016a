import type { BankDetail, DetailField } from "./contracts.ts";

/** What of a detail names a bank or a kind of account, not the account: may be read by everybody who sees the payee. */
const OPEN: ReadonlySet<DetailField> = new Set([
  "bic",
  "accountType",
  "routingNumber",
  "sortCode",
  "bsb",
  "bankCode",
  "branchCode",
  "institutionNumber",
  "transitNumber",
  "ifsc",
  "cnaps",
  "bankName",
  "bankCity",
]);

/** The same detail with all but the last four characters of each account as dots (an e-mail address: all but its first letter and its domain). */
export function maskDetail(detail: BankDetail): BankDetail {
  const fields = Object.entries(detail.fields).map(([name, value]) => {
    const text = value ?? "";
    return [name, OPEN.has(name as DetailField) ? text : maskText(name, text)];
  });
  return { ...detail, fields: Object.fromEntries(fields) as BankDetail["fields"] };
}

function maskText(name: string, text: string): string {
  const at = text.indexOf("@");
  if (at > 0) return `${text[0]}${"•".repeat(Math.max(at - 1, 1))}${text.slice(at)}`;
  const keep = text.length > 8 ? 4 : text.length > 4 ? 2 : 0;
  const country = name === "iban" ? text.slice(0, 2) : "";
  return `${country}${"•".repeat(Math.max(text.length - keep - country.length, 0))}${keep === 0 ? "" : text.slice(-keep)}`;
}
