import type { MoneyValue } from "@tributary/contract";
import { MoneyText, Nothing } from "../kit/money-text.tsx";

/** One amount per currency, below each other. */
export function Amounts({ amounts }: { readonly amounts: readonly MoneyValue[] }) {
  if (amounts.length === 0) return <Nothing />;
  return amounts.map((one) => (
    <div key={one.currency}>
      <MoneyText money={one} signed />
    </div>
  ));
}
