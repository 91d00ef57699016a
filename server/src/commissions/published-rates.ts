import type { Context } from "../database/index.ts";
import { decimal, divide, formatDecimal } from "../kernel/decimal.ts";
import type { Day } from "../kernel/period.ts";
import { lastRates } from "./store/published-rates.ts";

/** Between other currencies than the euro a rate is a quotient: so many decimals are kept. */
const DECIMALS = 10;

/**
 * The rates last published on or before a day, for whoever converts balances: units of the one currency for one of the other, with the day and source
 * that they are kept under.
 */
export async function publishedRates(ctx: Context, day: Day) {
  const rows = await lastRates(ctx.db, day);
  const found = new Map(rows.map((row) => [row.currency, row]));
  return (from: string, to: string): { rate: string; day: Day; source: string } | undefined => {
    const [a, b] = [from, to].map((one) => (one === "EUR" ? { rate: "1", day: "", source: "ecb" } : found.get(one)));
    if (a === undefined || b === undefined) return undefined;
    const rate = formatDecimal(divide(decimal(b.rate), decimal(a.rate), DECIMALS));
    return { rate, day: [a.day, b.day].sort().at(-1) ?? day, source: "ecb" };
  };
}
