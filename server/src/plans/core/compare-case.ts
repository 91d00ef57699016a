import type { PlanExpectation } from "@tributary/contract";
import { compare, decimal } from "../../kernel/decimal.ts";

/** What a calculation came to, in whole units of the plan's currency. A month or component that is missing paid nothing. */
export interface MonthPaid {
  readonly month: string;
  readonly amount: string;
  readonly components: Readonly<Record<string, string>>;
}

export interface Compared extends PlanExpectation {
  readonly actual: string;
  readonly matches: boolean;
}

/** Expected beside calculated; equal as numbers (`120` is `120.00`). */
export function compareCase(expected: readonly PlanExpectation[], months: readonly MonthPaid[]): Compared[] {
  return expected.map((one) => {
    const month = months.find((paid) => paid.month === one.month);
    const actual = (one.component === null ? month?.amount : month?.components[one.component]) ?? "0.00";
    return { ...one, actual, matches: compare(decimal(actual), decimal(one.amount)) === 0 };
  });
}
