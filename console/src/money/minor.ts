import type { MoneyValue } from "@tributary/contract";

/** An amount of a record that names its currency once. */
export function amountOf(one: { readonly currency: string }, minor: string): MoneyValue {
  return { minor, currency: one.currency };
}

/** What was paid out in a statement's month: in the books it takes from what is payable, to people it is an amount. */
export function paidOut(one: {
  readonly currency: string;
  readonly figures: { readonly settled: string };
}): MoneyValue {
  return amountOf(one, String(-BigInt(one.figures.settled)));
}
