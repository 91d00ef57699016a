import type { PostbackFilters } from "@tributary/contract";
import type { PostedAmount } from "../contracts.ts";

/** What filters look at: an event, or a change of a commission. */
export interface FilterSubject {
  readonly offerId: string | null;
  readonly country: string | null;
  readonly touch: Readonly<Record<string, unknown>>;
  readonly amount: PostedAmount | null;
  /** null: not a commission */
  readonly commissionState: string | null;
}

/** Released is left out unless asked for: it would tell the same money twice. */
const TOLD_BY_DEFAULT: readonly string[] = ["accrued", "held", "reversed"];

/** Does it pass? Pure; an amount is compared by its size and only within one currency. */
export function passes(filters: PostbackFilters, subject: FilterSubject): boolean {
  const { offerIds, countries, subs, minAmount, commissionStates } = filters;
  if (offerIds !== undefined && !offerIds.includes(subject.offerId ?? "")) return false;
  if (countries !== undefined && !countries.includes(subject.country ?? "")) return false;
  for (const [name, values] of Object.entries(subs ?? {})) {
    if (values !== undefined && !values.includes(String(subject.touch[name] ?? ""))) return false;
  }
  if (subject.commissionState !== null && !(commissionStates ?? TOLD_BY_DEFAULT).includes(subject.commissionState)) {
    return false;
  }
  const { amount } = subject;
  if (minAmount === undefined || amount === null || amount.currency !== minAmount.currency) return true;
  return (amount.minor < 0n ? -amount.minor : amount.minor) >= BigInt(minAmount.minor);
}
