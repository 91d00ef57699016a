import { unwrapped } from "./fields.ts";
import { freeText } from "./free-text.ts";
import { slashedText } from "./slashed.ts";
import { structuredText } from "./structured.ts";
import type { Information } from "./told.ts";

/** The dialect is told by how the text begins: `166?00…` or `000>10…` (structured), `/EREF/…` (codes between slashes), else free. */
export function informationOf(lines: readonly string[], own: string | undefined): Information {
  const kept = lines.map((line) => line.replace(/[^\P{Cc}\t]/gu, ""));
  if (kept.every((line) => line.trim() === ""))
    return {
      dialect: "none",
      references: {},
      counterparty: {},
      remittance: { unstructured: [], structured: [] },
      codes: [],
    };
  const structured = structuredText(kept.join(""));
  if (structured !== undefined) return structured;
  const slashed = slashedText(unwrapped(kept));
  if (slashed !== undefined) return slashed;
  return freeText(kept, own);
}
