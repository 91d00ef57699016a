import type { AccountDetail, NewPayeeVersion, PayeeTax, PayeeTerms } from "@tributary/contract";
import type { z } from "zod";
import { checkBankDetail, checkTaxNumber, maskDetail, taxNumberKinds } from "../banking/index.ts";
import type { Context } from "../database/index.ts";
import { parseCurrency } from "../kernel/money.ts";
import { type Complaint, Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { taxProblems } from "./core/blocks.ts";
import { bankDetailOf } from "./core/facts.ts";
import type { NameCheck } from "./core/names.ts";
import { formExpiry, formFits, maskTax } from "./core/tax-forms.ts";
import { loadPayees } from "./loading.ts";
import { checkedName } from "./names.ts";
import type { PayeeNeeds } from "./needs.ts";
import type { PayeeRow } from "./store/payees.ts";
import { versionsOf } from "./store/versions.ts";

type Input = z.output<typeof NewPayeeVersion>;

/** A proposal that was checked, as it is kept: what is secret is masked in the document and whole in what is sealed. */
export interface Draft {
  readonly aspect: Input["aspect"];
  readonly document: object;
  readonly sealed: string | null;
  readonly fingerprint: string | null;
  readonly replaces: string | null;
  /** Of a detail: how well the holder's name fits. */
  readonly name: NameCheck | null;
}

/** @throws Refusal `invalid_input` with every field that is wrong, `wrong_state` */
export async function draftOf(tx: Context, payee: PayeeRow, input: Input, needs: PayeeNeeds): Promise<Draft> {
  const open = { sealed: null, fingerprint: null, replaces: null, name: null };
  if (input.aspect === "detail") return await detailDraft(tx, payee, input, needs);
  const waiting = await versionsOf(tx.db, [payee.payee_id], ["proposed"]);
  if (waiting.some((one) => one.aspect === input.aspect))
    throw new Refusal("wrong_state", "A proposal of this waits already: take it back, or have it decided first.");
  if (input.aspect === "identity") return { aspect: "identity", document: input.identity, ...open };
  if (input.aspect === "terms") {
    await refuseTerms(tx, payee, input.terms);
    return { aspect: "terms", document: input.terms, ...open };
  }
  const tax = checkedTax(payee, input.tax);
  return { aspect: "tax", document: maskTax(tax), ...open, sealed: needs.vault.close(JSON.stringify(tax)) };
}

async function detailDraft(
  tx: Context,
  payee: PayeeRow,
  input: Extract<Input, { aspect: "detail" }>,
  needs: PayeeNeeds,
): Promise<Draft> {
  const { detail, masked, sealed, fingerprint } = checkedDetail(input.detail, needs);
  if (input.replaces !== null) {
    const standing = await versionsOf(tx.db, [payee.payee_id], ["approved"]);
    if (!standing.some((one) => one.version_id === input.replaces && one.aspect === "detail"))
      throw invalid("replaces", input.replaces, "is no detail of this payee that stands");
  }
  return {
    aspect: "detail",
    document: masked,
    sealed,
    fingerprint,
    replaces: input.replaces,
    name: await checkedName(tx, payee.payee_id, detail.holder),
  };
}

/** A detail in its official form, as it is kept. @throws Refusal `invalid_input` with every field that its country does not know */
export function checkedDetail(given: AccountDetail, needs: PayeeNeeds) {
  const verdict = checkBankDetail(bankDetailOf(given));
  if (!verdict.ok)
    throw refuseAll(
      verdict.complaints.map((one) => ({
        field: OWN_FIELDS.has(one.field) ? `detail.${one.field}` : `detail.fields.${one.field}`,
        value: one.value,
        message: one.message,
        hint: one.hint,
      })),
    );
  const { detail } = verdict.normalised;
  return {
    detail,
    masked: maskDetail(detail),
    sealed: needs.vault.close(JSON.stringify(detail)),
    fingerprint: needs.fingerprint(accountText(detail as AccountDetail)),
  };
}

const OWN_FIELDS = new Set(["method", "country", "currency", "holder"]);

/** What makes an account the same account, whatever name or bank stands beside it. */
function accountText(detail: AccountDetail): string {
  const { iban, paypalReceiver, wiseRecipientId, payoneerPayeeId, clabe, cbu } = detail.fields;
  const whole = iban ?? paypalReceiver ?? wiseRecipientId ?? payoneerPayeeId ?? clabe ?? cbu;
  if (whole !== undefined) return `${detail.method} ${whole.toLowerCase()}`;
  const parts = Object.entries(detail.fields)
    .filter(([name]) => !["bankName", "bankCity", "accountType", "taxNumber", "bic"].includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return `${detail.method} ${detail.country} ${parts.join(" ")}`;
}

async function refuseTerms(tx: Context, payee: PayeeRow, terms: PayeeTerms): Promise<void> {
  if ((terms.thresholdMinor === null) !== (terms.thresholdCurrency === null))
    throw invalid(
      "terms.thresholdCurrency",
      terms.thresholdCurrency ?? "",
      "is needed with a threshold, and only then",
    );
  if (terms.thresholdMinor?.startsWith("-"))
    throw invalid("terms.thresholdMinor", terms.thresholdMinor, "is below zero");
  for (const [field, code] of [
    ["payoutCurrency", terms.payoutCurrency],
    ["thresholdCurrency", terms.thresholdCurrency],
  ] as const)
    if (code !== null && parseCurrency(code) === undefined)
      throw invalid(`terms.${field}`, code, "is not a currency of ISO 4217");
  const details = new Set(
    (await loadPayees(tx, [payee.payee_id])).get(payee.payee_id)?.details.map((one) => one.version_id),
  );
  const strange = terms.detailOrder.find((id) => !details.has(id));
  if (strange !== undefined) throw invalid("terms.detailOrder", strange, "is no detail of this payee that stands");
}

/** The treatment with its numbers in their official form and the days on which its forms expire. */
function checkedTax(payee: PayeeRow, tax: PayeeTax): PayeeTax {
  const complaints: Complaint[] = taxProblems(tax).map((one) => ({ ...one, field: `tax.${one.field}` }));
  const number = (country: string, kind: string, value: string, field: string): string => {
    const verdict = checkTaxNumber(country, kind, value);
    if (verdict.ok) return verdict.normalised;
    const { message, hint } = verdict.complaint;
    complaints.push({ field, message, hint });
    return value;
  };
  const vatNumber =
    tax.vatNumber && taxNumberKinds(payee.country).includes("vat")
      ? number(payee.country, "vat", tax.vatNumber, "tax.vatNumber")
      : tax.vatNumber || null;
  const numbers = tax.numbers.map((one, at) => ({
    ...one,
    value: number(one.country, one.kind, one.value, `tax.numbers.${at}.value`),
  }));
  const forms = tax.forms.map((one, at) => {
    if (!formFits(one.form, payee.kind as "company"))
      complaints.push({ field: `tax.forms.${at}.form`, value: one.form, message: `is not for ${KINDS[payee.kind]}` });
    return { ...one, expiresOn: one.expiresOn ?? formExpiry(one.form, one.signedOn) };
  });
  if (complaints.length > 0) throw refuseAll(complaints);
  return { ...tax, vatNumber, numbers, forms };
}

const KINDS: Readonly<Record<string, string>> = { company: "a company", individual: "an individual" };

function refuseAll(complaints: readonly Complaint[]): Refusal {
  const detail = complaints.map((one) => `${one.field} ${one.message}`).join("; ");
  return new Refusal("invalid_input", detail, complaints);
}
