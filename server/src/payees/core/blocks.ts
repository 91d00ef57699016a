import type { PayeeTax, TaxFormData } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import type { BlockCode, PayeeBlock, PayeeFacts } from "../contracts.ts";
import { formsState } from "./tax-forms.ts";

/** What decides whether a payee may be paid, beside its facts. */
export interface Circumstances {
  readonly now: Date;
  readonly today: Day;
  readonly forms: readonly TaxFormData[];
  readonly taxForms: "if_given" | "always";
  readonly holds: readonly { readonly reason: string; readonly until: Date | null }[];
  /** Of the detail that would be paid to: a name that does not fit and that nobody looked at. */
  readonly nameDiffers: string | null;
  /** Why screening or a restriction of a partner stands against it. */
  readonly outside: readonly { readonly code: BlockCode; readonly sentence: string }[];
}

/** Why a payee cannot be paid now; empty: it can. */
export function blocksOf(facts: PayeeFacts, round: Circumstances): readonly PayeeBlock[] {
  const blocks: PayeeBlock[] = [];
  const block = (code: BlockCode, sentence: string, until: Date | null = null) =>
    blocks.push({ payeeId: facts.payeeId, code, sentence, until });
  if (facts.status === "closed") block("closed", "The payee is closed.");
  if (facts.status === "proposed") block("unverified", "Nobody has approved who this payee is.");
  for (const hold of round.holds.filter((one) => one.until === null || one.until > round.now))
    block("held", `Held: ${hold.reason}`, hold.until);
  const [first] = facts.details;
  if (first === undefined) block("no_detail", "No way of paying it has been approved.");
  else if (first.payableFrom > round.now)
    block("cooling_off", "Its payment detail changed and is cooling off.", first.payableFrom);
  if (round.nameDiffers !== null)
    block("name_differs", `The name on the account does not fit and nobody has reviewed it. ${round.nameDiffers}`);
  if (facts.tax === null) block("tax_undecided", "Its tax treatment has not been approved.");
  const forms = formsState(round.forms, round.today);
  if (forms === "expired") block("tax_form_expired", "Its tax form is out of date.");
  if (forms === "none" && round.taxForms === "always") block("tax_form_missing", "It has given no W-8 or W-9.");
  if (facts.terms.invoicing === "self_billing" && facts.selfBilling === null)
    block("self_billing_missing", "It has not accepted that the operator writes its invoices.");
  for (const one of round.outside) block(one.code, one.sentence);
  return blocks;
}

/** What of a tax treatment has to be said before two people can approve it. @returns field and message of everything that is wrong */
export function taxProblems(tax: PayeeTax): readonly { readonly field: string; readonly message: string }[] {
  const problems: { field: string; message: string }[] = [];
  const wrong = (field: string, message: string) => problems.push({ field, message });
  if (tax.vat === "domestic" && tax.vatRate === null) wrong("vatRate", "is needed where VAT is charged");
  if (tax.vat !== "domestic" && tax.vatRate !== null) wrong("vatRate", "is for domestic VAT only");
  if (["domestic", "reverse_charge"].includes(tax.vat) && !tax.vatNumber)
    wrong("vatNumber", "is needed for this treatment");
  if (["exempt", "outside_scope"].includes(tax.vat) && tax.vatReason === "")
    wrong("vatReason", "has to say why no VAT is charged");
  if (tax.withholdingRate !== null && tax.withholdingReason === "")
    wrong("withholdingReason", "has to say why tax is withheld");
  if (tax.treatyCountry !== null && tax.withholdingRate === null)
    wrong("treatyCountry", "lowers a withholding: give its rate");
  return problems;
}
