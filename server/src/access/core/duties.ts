import type { Permission } from "../contracts.ts";
import { PERMISSIONS } from "./permissions.ts";

/** Two permissions that one person should not hold together. */
export interface Duty {
  readonly code: string;
  readonly one: Permission;
  readonly other: Permission;
  /** `never`: no role that the operator makes may hold both; `report`: an access review says so. */
  readonly weight: "never" | "report";
}

/** Both halves of a change that needs two people: always two people, so a role that holds both is a mistake or a shortcut. */
const HALVES: readonly Duty[] = PERMISSIONS.filter((permission) => permission.endsWith(".approve")).flatMap((other) => {
  const area = other.slice(0, other.indexOf("."));
  const one = `${area}.write` as Permission;
  return PERMISSIONS.includes(one) ? [{ code: `both_halves_${area}`, one, other, weight: "never" as const }] : [];
});

/** Who may invent somebody to pay, or an amount, does not let money go. */
const ACROSS: readonly Duty[] = [
  { code: "payee_and_payout", one: "payees.write", other: "payouts.approve", weight: "never" },
  { code: "payout_and_reconciliation", one: "payouts.write", other: "reconciliation.approve", weight: "report" },
  { code: "terms_and_statements", one: "agreements.write", other: "statements.approve", weight: "report" },
  { code: "plans_and_agreements", one: "plans.write", other: "agreements.approve", weight: "report" },
  { code: "ledger_and_payout", one: "ledger.write", other: "payouts.approve", weight: "never" },
  { code: "partner_and_payee", one: "partners.write", other: "payees.approve", weight: "report" },
  { code: "events_and_statements", one: "events.write", other: "statements.approve", weight: "report" },
  { code: "people_and_payout", one: "users.write", other: "payouts.approve", weight: "report" },
];

export const DUTIES: readonly Duty[] = [...ACROSS, ...HALVES];

/** The duties that these permissions, taken together, hold both sides of. */
export function conflictsOf(permissions: Iterable<string>): readonly Duty[] {
  const held = new Set(permissions);
  return DUTIES.filter((duty) => held.has(duty.one) && held.has(duty.other));
}
