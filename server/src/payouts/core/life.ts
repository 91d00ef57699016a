import type { LifeCycle } from "../../kernel/life-cycle.ts";

export type PayoutState =
  | "prepared"
  | "held"
  | "excluded"
  | "cancelled"
  | "released"
  | "sent"
  | "accepted"
  | "settled"
  | "rejected"
  | "returned";

/** `held`: its checks forbid it; `excluded`: a person took it out; `rejected`: never left; `returned`: left and came back. */
export const PAYOUT_LIFE: LifeCycle<PayoutState> = {
  prepared: ["held", "excluded", "cancelled", "released"],
  held: ["prepared", "excluded", "cancelled"],
  excluded: ["prepared", "held", "cancelled"],
  cancelled: [],
  released: ["sent", "accepted", "settled", "rejected", "returned"],
  sent: ["accepted", "settled", "rejected", "returned"],
  accepted: ["settled", "rejected", "returned"],
  settled: ["returned"],
  rejected: [],
  returned: [],
};

export type BatchState = "preparing" | "prepared" | "released" | "finished" | "cancelled";

/** What a bank or a provider says of a payment. */
export type ToldStatus = "accepted" | "pending" | "settled" | "rejected" | "returned" | "partial";

/**
 * What a told status makes of a payout. Reports come late and out of order: whatever says less than what is known changes nothing.
 * A rejection of what was settled means that the money came back.
 * @returns the new state; null: nothing changes
 */
export function stateAfter(state: PayoutState, told: ToldStatus): PayoutState | null {
  if (told === "partial") return null;
  const next = told === "pending" ? "sent" : told === "rejected" && state === "settled" ? "returned" : told;
  return PAYOUT_LIFE[state].includes(next) ? next : null;
}

/** The money is not with the payee and will not be: it is owed again. */
export function cameBack(state: PayoutState): boolean {
  return state === "rejected" || state === "returned";
}
