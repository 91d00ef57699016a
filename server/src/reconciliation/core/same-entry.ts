import type { KnownEntry, NewEntry } from "../contracts.ts";

export interface SortedOut {
  readonly fresh: readonly NewEntry[];
  /** of those that were known: which, in the order of the file */
  readonly same: readonly bigint[];
}

/**
 * Which entries of a file are new. The same entry comes again in overlapping exports, as report and as statement, in another format. Each known
 * entry stands for one of the file at most, so two real bookings that look alike stay two. In this order:
 * 1. the bank's own reference and the amount;
 * 2. the same content, word by word (with the running balance, where the file has one);
 * 3. from another format or kind of statement: the same day, amount and currency, unless both name a different end-to-end id or both have the
 *    bank's reference in the same format.
 *
 * Two entries alike in every word, in a file that was cut in the middle of a day and has neither reference nor running balance, cannot be told
 * apart from one that came twice: they are taken for one, and the balances of the statement say so.
 */
export function sortOut(known: readonly KnownEntry[], incoming: readonly NewEntry[]): SortedOut {
  const free = new Set(known);
  const same = new Map<NewEntry, bigint>();
  const stages: readonly ((one: Comparable) => string | null)[] = [
    (one) => (one.bankReference === null ? null : `${one.bankReference}|${one.amountMinor}|${one.currency}`),
    (one) => one.contentKey,
    (one) => `${one.bookedOn}|${one.amountMinor}|${one.currency}`,
  ];
  for (const [stage, keyOf] of stages.entries()) {
    const groups = new Map<string, KnownEntry[]>();
    for (const one of free) {
      const key = keyOf(one);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    for (const entry of incoming) {
      if (same.has(entry)) continue;
      const key = keyOf(entry);
      const found = key === null ? undefined : groups.get(key)?.find((one) => free.has(one) && fits(stage, one, entry));
      if (found === undefined) continue;
      free.delete(found);
      same.set(entry, found.entryId);
    }
  }
  const fresh = incoming.filter((entry) => !same.has(entry));
  return { fresh, same: incoming.flatMap((entry) => same.get(entry) ?? []) };
}

type Comparable = Pick<KnownEntry, "bankReference" | "contentKey" | "bookedOn" | "amountMinor" | "currency">;

function fits(stage: number, known: KnownEntry, entry: NewEntry): boolean {
  if (stage === 0) return true;
  const sameWords = known.family === entry.family;
  const bothNamed = known.bankReference !== null && entry.bankReference !== null;
  // Two references of the same bank in the same format are two bookings, however alike the rest is.
  if (sameWords && bothNamed && known.bankReference !== entry.bankReference) return false;
  if (stage === 1) return true;
  if (sameWords && known.kind === entry.kind) return false;
  return known.endToEndId === null || entry.endToEndId === null || known.endToEndId === entry.endToEndId;
}
