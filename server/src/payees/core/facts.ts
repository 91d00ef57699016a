import type { AccountDetail, PayeeTax, PayeeTerms } from "@tributary/contract";
import type { BankDetail } from "../../banking/index.ts";
import type { PayoutTerms, TaxTreatment } from "../contracts.ts";

/** What holds until two people have agreed on something else. */
const NO_TERMS: PayoutTerms = {
  payoutCurrency: null,
  threshold: null,
  feeBearer: "operator",
  invoicing: "none",
  paymentDays: 0,
};

export function termsFacts(terms: PayeeTerms | null): PayoutTerms {
  if (terms === null) return NO_TERMS;
  const { thresholdMinor, thresholdCurrency } = terms;
  const threshold =
    thresholdMinor === null || thresholdCurrency === null
      ? null
      : { minor: BigInt(thresholdMinor), currency: thresholdCurrency, kind: terms.thresholdKind };
  const { payoutCurrency, feeBearer, invoicing, paymentDays } = terms;
  return { payoutCurrency, threshold, feeBearer, invoicing, paymentDays };
}

export function taxFacts(tax: PayeeTax | null): TaxTreatment | null {
  if (tax === null) return null;
  const { vat, vatRate, vatNumber, vatReason, withholdingRate, withholdingReason, treatyCountry, treatyArticle } = tax;
  const withholding =
    withholdingRate === null
      ? null
      : { rate: withholdingRate, reason: withholdingReason, treatyCountry, treatyArticle };
  return { vat, vatRate, vatNumber, vatReason, withholding };
}

/** The contract's detail as banking knows it: both have the same shape, the names of fields are banking's. */
export function bankDetailOf(detail: AccountDetail): BankDetail {
  return { ...detail, fields: detail.fields as BankDetail["fields"] };
}

/** Details in the order of use: those that the terms name first, the others as they were approved. */
export function inOrder<T extends { readonly detailId: string }>(details: readonly T[], order: readonly string[]): T[] {
  const place = (one: T) => {
    const at = order.indexOf(one.detailId);
    return at < 0 ? order.length : at;
  };
  return details.toSorted((a, b) => place(a) - place(b) || (a.detailId < b.detailId ? -1 : 1));
}
