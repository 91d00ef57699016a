import type { Db } from "../database/index.ts";
import { type Day, lastDay, monthOf } from "../kernel/period.ts";
import { type Facts, NO_FACTS } from "./core/entries.ts";
import { RateTable } from "./core/rates.ts";
import type { Terms } from "./core/terms.ts";
import { FIRST_DAY, LAST_DAY } from "./store/facts.ts";
import { type RateRow, readRates } from "./store/rates.ts";

/**
 * The rates that these facts can ask for; nothing is read when everything is in its plan's currency.
 * @param instead puts others in the place of the published ones
 */
export async function ratesFor(
  db: Db,
  pairs: readonly { readonly terms: readonly Terms[] }[],
  loaded: readonly Facts[],
  instead?: (published: readonly RateRow[]) => readonly RateRow[],
): Promise<RateTable> {
  const currencies = new Set<string>();
  let first = LAST_DAY;
  let last = FIRST_DAY;
  pairs.forEach((pair, position) => {
    const own = new Set(pair.terms.map((one) => one.plan.currency));
    const see = (code: string | null, day: Day) => {
      if (code === null || (own.size === 1 && own.has(code))) return;
      currencies.add(code);
      for (const one of own) currencies.add(one);
      if (day < first) first = day;
      if (day > last) last = day;
    };
    const known = loaded[position] ?? NO_FACTS;
    for (const entry of known.totals ?? []) see(entry.currency, entry.day);
    for (const customer of [...known.customers, ...known.elsewhere]) {
      for (const entry of customer.entries) see(entry.currency, entry.day);
      if (customer.firstDeposit !== null) see(customer.firstDeposit.currency, customer.firstDeposit.day);
    }
  });
  if (currencies.size === 0) return new RateTable("ecb", []);
  const published = await readRates(db, "ecb", [...currencies], first, lastDay(monthOf(last)));
  return new RateTable("ecb", instead === undefined ? published : instead(published));
}
