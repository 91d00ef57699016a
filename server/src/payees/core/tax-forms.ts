import type { PayeeTax, TaxForm, TaxFormData } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";

/**
 * The last day on which a form holds. A W-9 holds until it is withdrawn; of the W-8 family the day is the last one of the third calendar year after
 * its signature (a W-8BEN of 5 March 2026 holds until 31 December 2029).
 * Source: instructions of the Internal Revenue Service for Form W-8BEN, "Expiration of Form W-8BEN"; 26 CFR 1.1441-1(e)(4)(ii).
 */
export function formExpiry(form: TaxForm, signedOn: Day): Day | null {
  return form === "W-9" ? null : `${Number(signedOn.slice(0, 4)) + 3}-12-31`;
}

/** Which forms a company or an individual may give at all. */
export function formFits(form: TaxForm, kind: "company" | "individual"): boolean {
  if (form === "W-8BEN") return kind === "individual";
  if (form === "W-8BEN-E" || form === "W-8IMY" || form === "W-8EXP") return kind === "company";
  return true;
}

/** `none`: no form was given; `expired`: the last one's day is over. */
export function formsState(forms: readonly TaxFormData[], today: Day): "none" | "valid" | "expired" {
  if (forms.length === 0) return "none";
  return forms.some((one) => one.expiresOn === null || one.expiresOn >= today) ? "valid" : "expired";
}

/** All but the last four letters and digits as dots; short numbers wholly. */
export function maskNumber(value: string): string {
  if (value.length <= 4) return "•".repeat(value.length);
  return `${"•".repeat(value.length - 4)}${value.slice(-4)}`;
}

/** What of a tax treatment everybody who may see the payee sees: the VAT number, which stands on every invoice, but no other. */
export function maskTax(tax: PayeeTax): PayeeTax {
  return {
    ...tax,
    numbers: tax.numbers.map((one) => ({ ...one, value: maskNumber(one.value) })),
    forms: tax.forms.map((one) => ({ ...one, tin: maskNumber(one.tin) })),
  };
}
