import { exactAmount, readComma } from "../amounts.ts";
import type { Charge, OriginalAmount } from "../contracts.ts";
import { present } from "../references.ts";

/** `/OCMT/EUR4,5/` and `/EXCH/1,0812/` stand in the supplement of `:61:` and in `:86:`. */
export function originalIn(text: string): OriginalAmount | null {
  const match = /\/OCMT\/([A-Z]{3})([\d.,]+)/.exec(text);
  const value = readComma(match?.[2] ?? "");
  if (match === null || value === undefined) return null;
  const rate = readComma(/\/EXCH\/([\d.,]+)/.exec(text)?.[1] ?? "");
  const written = /\/EXCH\/([\d.,]+)/.exec(text)?.[1]?.replace(",", ".");
  return {
    amount: exactAmount(value, match[1] ?? null),
    ...present({ rate: rate === undefined ? undefined : written }),
  };
}

/** `/CHGS/EUR0,5/`, once for each bank that takes its part. */
export function chargesIn(text: string): readonly Charge[] {
  return [...text.matchAll(/\/CHGS\/([A-Z]{3})([\d.,]+)/g)].flatMap((match) => {
    const value = readComma(match[2] ?? "");
    return value === undefined ? [] : [{ amount: exactAmount(value, match[1] ?? null) }];
  });
}
