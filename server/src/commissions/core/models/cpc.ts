import { decimal, formatDecimal } from "../../../kernel/decimal.ts";
import { isNobody, uniqueOf } from "../clicks.ts";
import type { ModelOf, Priced } from "../component-run.ts";
import { inOrder } from "../entries.ts";
import { payCounts, quantityOf } from "../paid-counts.ts";

/** Amount × clicks that count, or × clicks that were the visitor's first of the day. */
export const calculateCpc: ModelOf<"cpc"> = (run) => {
  const { amount, count } = run.component;
  const clicks = run.traffic().filter((entry) => entry.type === "click" && !isNobody(entry));
  if (clicks.length === 0) return { drafts: [], state: null };
  const seen = new Set<string>();
  let unknown = 0;
  const things = clicks.toSorted(inOrder).flatMap((entry): Priced[] => {
    const counted = count === "clicks" ? decimal(entry.count) : uniqueOf(entry, seen);
    if (counted === null) unknown += entry.count;
    if (counted === null || counted.units === 0n) return [];
    const about = run.about(entry);
    return [{ quantity: counted, count: counted, about, day: entry.day, at: entry.at, name: entry.id ?? entry.day }];
  });
  const total = formatDecimal(quantityOf(things));
  const left = unknown === 0 ? [] : [{ code: "clicks_unknown", values: { count: String(unknown), held: "false" } }];
  const steps = [{ code: `${count}_counted`, values: { value: total } }, ...left];
  return payCounts(run, amount, things, { code: "clicks_paid", inputs: [{ name: count, value: total }], steps });
};
