import { type Decimal, decimal, formatDecimal } from "../../../kernel/decimal.ts";
import type { ModelOf, Priced } from "../component-run.ts";
import { type Entry, inOrder } from "../entries.ts";
import { payCounts, quantityOf } from "../paid-counts.ts";
import { has, numberOf } from "../trades.ts";

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
    return [{ quantity: counted, about: run.about(entry), day: entry.day, at: entry.at, name: entry.id ?? entry.day }];
  });
  const total = formatDecimal(quantityOf(things));
  const left = unknown === 0 ? [] : [{ code: "clicks_unknown", values: { count: String(unknown), held: "false" } }];
  const steps = [{ code: `${count}_counted`, values: { value: total } }, ...left];
  return payCounts(run, amount, things, { code: "clicks_paid", inputs: [{ name: count, value: total }], steps });
};

/** A robot, a page fetched ahead, a click that was reported twice. */
function isNobody(entry: Entry): boolean {
  return has(entry, "bot") || has(entry, "prefetch") || has(entry, "duplicate");
}

/** How many of the clicks were a visitor's first of the day; null: nobody says. */
function uniqueOf(entry: Entry, seen: Set<string>): Decimal | null {
  const told = numberOf(entry, "unique") ?? numberOf(entry, "unique_clicks");
  if (told !== undefined) return told;
  const { visitor, unique } = entry.dimensions;
  if (visitor === undefined) return unique === "true" ? decimal(entry.count) : unique === "false" ? decimal("0") : null;
  const key = `${entry.day} ${visitor}`;
  if (seen.has(key)) return decimal("0");
  seen.add(key);
  return decimal("1");
}
