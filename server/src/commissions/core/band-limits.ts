import type { TieredValue, WorkingStep } from "@tributary/contract";
import { compare, type Decimal, decimal, formatDecimal, multiply, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Day } from "../../kernel/period.ts";
import type { About } from "./match.ts";
import { countOf } from "./tiers.ts";
import { mondayOf } from "./windows.ts";

/** Most that a band lets be paid. */
export interface BandLimit {
  readonly amount: Decimal;
  readonly per: "item" | "day" | "week" | "month";
  readonly band: string;
}

/** What a limit is asked about. */
interface Limited {
  readonly day: Day;
  readonly count?: Decimal;
  readonly about: About;
}

/** The limit of a band; undefined: none. */
export function limitOfBand(band: TieredValue["bands"][number], name: string): BandLimit | undefined {
  const { atMost } = band;
  if (atMost === undefined) return undefined;
  if (typeof atMost === "string") return { amount: decimal(atMost), per: "month", band: name };
  return { amount: decimal(atMost.amount), per: atMost.per, band: name };
}

/** Counts what bands have paid in their periods: everything in its order until the most is reached. */
export class BandLimits {
  readonly #left = new Map<string, Decimal>();
  readonly #cut = new Map<string, WorkingStep>();

  keep(limit: BandLimit | undefined, thing: Limited, amount: Decimal): Decimal {
    if (limit === undefined) return amount;
    const key = `${limit.band} ${bucketOf(limit, thing.day)}`;
    const left = limit.per === "item" ? multiply(limit.amount, countOf(thing)) : (this.#left.get(key) ?? limit.amount);
    if (compare(amount, left) <= 0) {
      this.#left.set(key, subtract(left, amount));
      return amount;
    }
    this.#left.set(key, ZERO);
    const code = limit.per === "month" ? "tier_at_most" : `tier_at_most_${limit.per}`;
    this.#cut.set(`${code} ${limit.band}`, { code, values: { tier: limit.band, value: formatDecimal(limit.amount) } });
    return left;
  }

  /** Which limits took something away. */
  steps(): readonly WorkingStep[] {
    return [...this.#cut.values()];
  }
}

function bucketOf(limit: BandLimit, day: Day): string {
  return limit.per === "day" ? day : limit.per === "week" ? mondayOf(day) : "";
}
