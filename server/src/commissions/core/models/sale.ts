import type { SaleComponent } from "@tributary/contract";
import type { ComponentRun, ModelOf } from "../component-run.ts";
import { type Entry, inOrder } from "../entries.ts";
import { isOrder, type OrderRule, worthOf } from "../order-items.ts";
import { payOrders } from "../orders.ts";
import { WHOLE } from "../trades.ts";

/** A share of what orders are worth, or an amount for each; all of them or every customer's first. */
export const calculateSale: ModelOf<"sale"> = (run) => payOrders(run, saleRule(run));

function saleRule(run: ComponentRun<SaleComponent>): OrderRule {
  const firsts = new Map<string, Entry | null>();
  const firstOf = (customerId: string): Entry | null => {
    const known = firsts.get(customerId);
    if (known !== undefined) return known;
    const orders = run.customer(customerId)?.entries.filter((entry) => isOrder(run, entry)) ?? [];
    const first = orders.reduce<Entry | null>((a, b) => (a === null || inOrder(b, a) < 0 ? b : a), null);
    firsts.set(customerId, first);
    return first;
  };
  const isFirst = (entry: Entry): boolean => {
    const first = entry.customerId === null ? null : firstOf(entry.customerId);
    if (first === null) return false;
    return (
      first === entry || (entry.dimensions.order !== undefined && entry.dimensions.order === first.dimensions.order)
    );
  };
  return {
    share: (entry) => (run.component.orders === "all" || isFirst(entry) ? WHOLE : null),
    worth: (entry, log) => worthOf(run, entry, log),
    leftOut: "orders_not_first",
  };
}
