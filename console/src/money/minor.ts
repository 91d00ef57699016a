import type { MoneyValue } from "@tributary/contract";

/** An amount of a record that names its currency once. */
export function amountOf(one: { readonly currency: string }, minor: string): MoneyValue {
  return { minor, currency: one.currency };
}
