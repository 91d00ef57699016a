import type { PayoutTotal } from "@tributary/contract";
import { MoneyText } from "../kit/money-text.tsx";

/** One sum per currency, over all methods. */
export function TotalsText({ totals }: { readonly totals: readonly PayoutTotal[] }) {
  const sums = new Map<string, bigint>();
  for (const one of totals) sums.set(one.currency, (sums.get(one.currency) ?? 0n) + BigInt(one.total));
  if (sums.size === 0) return "–";
  return (
    <span style={{ display: "inline-flex", flexDirection: "column", alignItems: "inherit" }}>
      {[...sums].map(([currency, minor]) => (
        <MoneyText key={currency} money={{ minor: String(minor), currency }} />
      ))}
    </span>
  );
}
