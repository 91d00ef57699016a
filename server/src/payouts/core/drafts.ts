import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Draft } from "./contracts.ts";

export interface Summed {
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** What the releaser has to have seen: how many payouts and which sum per currency, e.g. `12 EUR 8841200 + 3 USD 91000`. */
export function controlSum(payouts: readonly Summed[]): string {
  const groups = [...Map.groupBy(payouts, (one) => one.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups
    .map(([currency, some]) => `${some.length} ${currency} ${some.reduce((sum, one) => sum + one.amountMinor, 0n)}`)
    .join(" + ");
}

export function isBlocked(draft: Draft): boolean {
  return draft.reasons.some((reason) => reason.blocks);
}

/** Everything of a draft that somebody who released it agreed to. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return canonicalJson(essence(a)) === canonicalJson(essence(b));
}

function essence(draft: Draft) {
  const { payeeId, method, currency, amountMinor, detailId, sourceId } = draft;
  const items = draft.items
    .map((item) => [item.statementId, item.grossMinor, item.netMinor, item.paidMinor])
    .sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1));
  return { payeeId, method, currency, amountMinor, detailId, sourceId, blocked: isBlocked(draft), items };
}
