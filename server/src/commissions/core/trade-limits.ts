import type { WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, multiply, roundTo, ZERO } from "../../kernel/decimal.ts";
import type { Priced } from "./component-run.ts";
import type { Entry } from "./entries.ts";
import { matches } from "./match.ts";
import type { PaidItem } from "./paid-items.ts";
import type { TradingComponent } from "./trade-collection.ts";
import { absolute, partOfOrder, settled, weigh, within } from "./trades.ts";

export interface Paid {
  readonly items: readonly PaidItem[];
  readonly steps: readonly WorkingStep[];
}

/**
 * The most per trade first, then the rounding per trade, which never leads over the most.
 * @param carried an amount that a trade carries, in the plan's currency; undefined: it does not
 */
export function limitAndRound(
  component: TradingComponent,
  currency: string,
  things: readonly Priced[],
  amounts: readonly Decimal[],
  carried: (entry: Entry, measure: string) => Decimal | undefined,
): Paid {
  const { itemAtMost, itemAtMostOf, itemRounding } = component;
  if (itemAtMost === undefined && itemAtMostOf === undefined && itemRounding === undefined) {
    return { items: things.map((thing, index) => ({ thing, label: "", amount: amounts[index] ?? ZERO })), steps: [] };
  }
  let [limited, rounded] = [0, 0];
  let [afterLimit, afterRounding] = [ZERO, ZERO];
  const items = things.map((thing, index): PaidItem => {
    const amount = amounts[index] ?? ZERO;
    const count = thing.about.entry?.count ?? 1;
    const most = mostOf(component, thing, carried);
    const kept = most === null ? amount : limit(component, amount, most);
    if (kept !== amount) limited += count;
    afterLimit = add(afterLimit, kept);
    const rounds = itemRounding !== undefined && matches(thing.about, itemRounding.only);
    if (rounds) rounded += count;
    const near = rounds ? roundTo(kept, itemRounding.places, itemRounding.mode) : kept;
    const final = most === null ? near : within(near, most);
    afterRounding = add(afterRounding, final);
    return { thing, label: "", amount: final };
  });
  const after = (value: Decimal) => ({ value: formatDecimal(settled(value)), currency });
  const steps: WorkingStep[] = [];
  if (limited > 0)
    steps.push({
      code: "trades_at_most",
      values: { count: String(limited), limit: limitText(component), ...after(afterLimit) },
    });
  if (rounded > 0) {
    const places = String(itemRounding?.places);
    steps.push({ code: "trades_rounded", values: { count: String(rounded), places, ...after(afterRounding) } });
  }
  return { items, steps };
}

function limit(component: TradingComponent, amount: Decimal, most: Decimal): Decimal {
  if (component.itemOver === "nothing" && compare(absolute(amount), most) > 0) return ZERO;
  return within(amount, most);
}

/** The most that one trade may earn, of all that the plan says; null: as much as it comes to. */
function mostOf(
  component: TradingComponent,
  thing: Priced,
  carried: (entry: Entry, measure: string) => Decimal | undefined,
): Decimal | null {
  const { itemAtMost, itemAtMostOf } = component;
  const { entry } = thing.about;
  const whole = itemAtMost === undefined ? null : multiply(decimal(itemAtMost), decimal(entry?.count ?? 1));
  // An order that is closed in parts has one most, however many parts there are.
  const fixed = whole === null || entry === undefined ? whole : weigh(whole, partOfOrder(entry));
  if (itemAtMostOf === undefined || entry === undefined) return fixed;
  const part = multiply(absolute(carried(entry, itemAtMostOf.measure) ?? ZERO), decimal(itemAtMostOf.share));
  return fixed === null || compare(part, fixed) < 0 ? part : fixed;
}

function limitText({ itemAtMost, itemAtMostOf }: TradingComponent): string {
  const part = itemAtMostOf === undefined ? [] : [`${itemAtMostOf.share} × ${itemAtMostOf.measure}`];
  return [...(itemAtMost === undefined ? [] : [itemAtMost]), ...part].join(", ");
}
