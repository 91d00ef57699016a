import { add, type Decimal, decimal, formatDecimal, multiply } from "../../../kernel/decimal.ts";
import type { ModelOf, Priced } from "../component-run.ts";
import type { Entry } from "../entries.ts";
import { payCounts } from "../paid-counts.ts";
import { has, numberOf } from "../trades.ts";

const THOUSANDTH = decimal("0.001");

/** Amount × impressions ÷ 1,000; parts of a thousand in proportion. */
export const calculateCpm: ModelOf<"cpm"> = (run) => {
  const shown = run.traffic().filter((entry) => entry.type === "impression" && !has(entry, "bot"));
  if (shown.length === 0) return { drafts: [], state: null };
  const things = shown.map(
    (entry): Priced => ({
      quantity: multiply(shownTimes(entry), THOUSANDTH),
      about: run.about(entry),
      day: entry.day,
      at: entry.at,
      name: entry.id ?? entry.day,
    }),
  );
  const total = formatDecimal(shown.map(shownTimes).reduce(add));
  const steps = [{ code: "impressions_counted", values: { value: total } }];
  return payCounts(run, run.component.amount, things, {
    code: "impressions_paid",
    inputs: [{ name: "impressions", value: total }],
    steps,
  });
};

/** A sum of impressions may come as one fact. */
function shownTimes(entry: Entry): Decimal {
  return numberOf(entry, "impressions") ?? decimal(entry.count);
}
