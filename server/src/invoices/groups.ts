import type { WaitingReason } from "@tributary/contract";
import { lastDay } from "../kernel/period.ts";
import { type PayeeFacts, type PayeeOfProgram, payeeFor, thresholdMet } from "../payees/index.ts";
import type { Group, Part } from "./contracts.ts";

/**
 * Puts parts together that belong on one invoice. The payee of a month is whoever is named on its last day. A month below zero stays with the others
 * until together they are above it.
 * @param payeesOn who is paid on a day
 */
export function groupsOf(
  parts: readonly Part[],
  payeesOn: (day: string) => readonly PayeeOfProgram[],
): readonly Group[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts.filter((one) => one.minor !== 0n)) {
    const payeeId = payeeFor(payeesOn(lastDay(part.month)), part.partnerId, part.programId) ?? "";
    const key = `${part.partnerId} ${part.currency} ${payeeId}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups].map(([key, of]) => {
    const [partnerId = "", currency = "", payeeId = ""] = key.split(" ");
    const net = of.reduce((sum, one) => sum + one.minor, 0n);
    return { partnerId, currency, payeeId: payeeId === "" ? null : payeeId, parts: of, net };
  });
}

/** Whether a group can be invoiced now, or why not. @param customerComplete the operator's own data suffice for an invoice */
export function reasonOf(
  group: Group,
  payee: PayeeFacts | undefined,
  round: { readonly customerComplete: boolean; readonly belowThreshold: boolean },
): WaitingReason {
  if (payee === undefined) return "no_payee";
  if (group.net <= 0n) return "nothing_to_invoice";
  if (payee.terms.invoicing === "own_invoice") return "own_invoice";
  if (payee.status !== "verified") return "unverified";
  if (payee.tax === null) return "tax_undecided";
  if (payee.selfBilling === null) return "self_billing_missing";
  const { threshold } = payee.terms;
  const comparable = threshold !== null && threshold.currency === group.currency;
  if (!round.belowThreshold && comparable && !thresholdMet(threshold, group.net, group.currency))
    return "below_threshold";
  return round.customerComplete ? "ready" : "customer_incomplete";
}

const SENTENCES: Readonly<Record<WaitingReason, string>> = {
  ready: "It is invoiced with the next run, or now by hand.",
  nothing_to_invoice: "Together these months are not above zero: they wait for the next.",
  below_threshold: "It has not reached the payee's threshold.",
  own_invoice: "The payee writes its own invoice: it has not come, or has not been matched.",
  no_payee: "Nobody is named to be paid for it.",
  unverified: "Nobody has approved who the payee is.",
  tax_undecided: "The payee's tax treatment has not been approved.",
  self_billing_missing: "The payee has not accepted self-billing.",
  customer_incomplete: "The operator's own name, address or VAT number are missing in the invoice settings.",
};

export function sentenceOf(reason: WaitingReason): string {
  return SENTENCES[reason];
}
