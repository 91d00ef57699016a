import type { RecipeName } from "../../ledger/index.ts";

const BECAME_PAYABLE = [
  "accrue",
  "release",
  "claw_back",
  "adjust",
  "write_off",
] as const satisfies readonly RecipeName[];

/**
 * What an open month could pay on account: what became payable in it, less what was owed by the partner before it, less what was taken of it already, in minor
 * units; never below zero. What earlier months still owe the partner is theirs to pay.
 * E.g. 900 accrued, 100 clawed back, an opening balance of −50, 200 taken → 550.
 */
export function availableOnAccount(
  month: { readonly openingPayable: bigint; readonly payable: Readonly<Partial<Record<RecipeName, bigint>>> },
  taken: bigint,
): bigint {
  const own = BECAME_PAYABLE.reduce((sum, recipe) => sum + (month.payable[recipe] ?? 0n), 0n);
  const owing = month.openingPayable < 0n ? month.openingPayable : 0n;
  const minor = own + owing - taken;
  return minor > 0n ? minor : 0n;
}
