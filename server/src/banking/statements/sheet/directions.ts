import type { SheetMapping } from "../contracts.ts";
import { plainTitle } from "./titles.ts";

const OUT = new Set(
  "d dr db dbit debit debet debito debe af uit out outgoing soll s withdrawal lastschrift belastung ausgang ausgabe abgang cargo charge ud sent ut minus w p t terheles outflow expense kiadas".split(
    " ",
  ),
);
const IN = new Set(
  "c cr k crdt credit kredit credito haber haben h in bij incoming deposit gutschrift eingang received abono ind inn plus j jovairas inflow income bevetel".split(
    " ",
  ),
);

/** The words of a direction's column that mean money out. */
export function debitWordsOf(mapping: SheetMapping): ReadonlySet<string> {
  return mapping.debitWords === undefined ? OUT : new Set(mapping.debitWords.map(plainTitle));
}

/** Whether a cell that holds one word for it means money in or out; nothing for any other text. */
export function directionOf(cell: string): "in" | "out" | undefined {
  const word = plainTitle(cell) || cell.trim();
  if (OUT.has(word) || word === "-") return "out";
  return IN.has(word) || word === "+" ? "in" : undefined;
}
