import type { StatementFigures } from "@tributary/contract";
import type { MonthFigures } from "../../ledger/index.ts";

const NAMED = new Set(["accrue", "release", "claw_back", "adjust", "settle", "return"]);

/** The ledger's sums as a statement shows them. */
export function statementFigures(month: MonthFigures): StatementFigures {
  const other = Object.entries(month.payable).filter(([recipe]) => !NAMED.has(recipe));
  const text = (amount: bigint | undefined) => String(amount ?? 0n);
  return {
    openingPayable: text(month.openingPayable),
    accrued: text(month.payable.accrue),
    released: text(month.payable.release),
    clawedBack: text(month.payable.claw_back),
    adjusted: text(month.payable.adjust),
    settled: text(month.payable.settle),
    returned: text(month.payable.return),
    ...(other.length === 0
      ? {}
      : { otherMovements: Object.fromEntries(other.map(([recipe, amount]) => [recipe, text(amount)])) }),
    closingPayable: text(month.closingPayable),
    openingHeld: text(month.openingHeld),
    held: text(month.held.hold),
    releasedFromHold: text(month.held.release),
    reversed: text(month.held.reverse),
    closingHeld: text(month.closingHeld),
  };
}

/**
 * What the lines and adjustments booked in the month must come to together: everything that moves expense. Releases only move between held and
 * payable, settlements and returns only between payable and the bank.
 */
export function earnedInMonth(figures: StatementFigures): bigint {
  const parts = [figures.accrued, figures.clawedBack, figures.adjusted, figures.held, figures.reversed];
  return parts.reduce((sum, part) => sum + BigInt(part), 0n);
}
