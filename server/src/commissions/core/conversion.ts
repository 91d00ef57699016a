import type { PlanDocument, WorkingConversion } from "@tributary/contract";
import { type Decimal, formatDecimal } from "../../kernel/decimal.ts";
import { currency, toDecimal } from "../../kernel/money.ts";
import { type Day, lastDay, monthOf } from "../../kernel/period.ts";
import type { DayAmount } from "./facts.ts";
import type { RateTable } from "./rates.ts";

/** An amount in the plan's currency, and how it got there; `conversion` is null when it was in that currency already. */
export interface InPlanCurrency {
  readonly value: Decimal;
  readonly conversion: WorkingConversion | null;
}

/**
 * Brings an amount of a day into the plan's currency by the plan's rule.
 * @param name what the amount is, for the working
 * @throws Refusal `rate_missing`
 */
export function inPlanCurrency(plan: PlanDocument, rates: RateTable, amount: DayAmount, name: string): InPlanCurrency {
  const from = currency(amount.currency);
  const value = toDecimal({ minor: amount.minor, currency: from });
  if (amount.currency === plan.currency) return { value, conversion: null };
  const asked = rateDay(plan, amount.day);
  const to = currency(plan.currency);
  const converted = rates.convert(value, from, to, asked);
  return {
    value: converted.value,
    conversion: {
      name,
      amount: formatDecimal(value),
      from,
      to,
      fromRate: converted.fromRate,
      toRate: converted.toRate,
      rate: converted.rate,
      converted: formatDecimal(converted.value),
      source: rates.source,
      asked,
      published: converted.published,
    },
  };
}

function rateDay(plan: PlanDocument, day: Day): Day {
  return plan.conversion.at === "day" ? day : lastDay(monthOf(day));
}
