import { add, type Decimal, decimal, formatDecimal, multiply } from "../../../kernel/decimal.ts";
import { isNobody } from "../clicks.ts";
import type { ModelOf, Priced } from "../component-run.ts";
import type { Entry } from "../entries.ts";
import { payCounts } from "../paid-counts.ts";
import { numberOf } from "../trades.ts";

const THOUSANDTH = decimal("0.001");

/** Amount × impressions ÷ 1,000; parts of a thousand in proportion. */
export const calculateCpm: ModelOf<"cpm"> = (run) => {
  const shown = run.traffic().filter((entry) => entry.type === "impression" && !isNobody(entry));
  if (shown.length === 0) return { drafts: [], state: null };
  const things = shown.map(
    (entry): Priced => ({
      quantity: multiply(shownTimes(entry), THOUSANDTH),
      count: shownTimes(entry),
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
