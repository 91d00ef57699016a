import { formatMoney, money } from "../../kernel/money.ts";
import type { Candidate, Decided, Expected, OpenEntry } from "../contracts.ts";
import { addDay, LEAST_SHOWN, LEAST_SUGGESTED, Reasons, scorePair } from "./score.ts";

export interface MatchSettings {
  /** from this score on no person is asked */
  readonly autoScore: number;
  readonly feeMinor: bigint;
}

/** Every entry with each expected movement that could be it; the lookup has found them by reference or amount. */
export function candidatesOf(
  pairs: readonly { readonly entry: OpenEntry; readonly expected: Expected; readonly isReturn: boolean }[],
  settings: MatchSettings,
): Candidate[] {
  return pairs.flatMap(({ entry, expected, isReturn }) => {
    const scored = scorePair(entry, isReturn ? { ...expected, kind: "back" } : expected, settings.feeMinor);
    if (scored === null || scored.score < LEAST_SHOWN) return [];
    const kind = isReturn ? ("return" as const) : ("one" as const);
    return [{ ...scored, entryId: entry.entryId, expectedIds: [expected.expectedId], kind }];
  });
}

/**
 * One debit for many payouts: the expected movements of one file or batch that come to exactly what was debited. Named by a reference it is
 * sure; by the sum alone it is offered.
 * @param groups expected movements by what a bank may call them (message id, batch id), in one currency each
 */
export function batchCandidates(
  entries: readonly OpenEntry[],
  groups: ReadonlyMap<string, readonly Expected[]>,
): Candidate[] {
  const bySum = new Map<string, (readonly Expected[])[]>();
  for (const group of new Set(groups.values())) {
    if (group.length < 2) continue;
    const key = `${group[0]?.kind}|${group[0]?.currency}|${sumOf(group)}`;
    bySum.set(key, [...(bySum.get(key) ?? []), group]);
  }
  return entries.flatMap((entry) => {
    const seen = entry.amountMinor < 0n ? -entry.amountMinor : entry.amountMinor;
    const kind = entry.amountMinor < 0n ? "out" : "back";
    const same = bySum.get(`${kind}|${entry.currency}|${seen}`) ?? [];
    return same.map((group) =>
      batchCandidate(
        entry,
        group,
        entry.refs.find((ref) => groups.get(ref) === group),
      ),
    );
  });
}

function batchCandidate(entry: OpenEntry, group: readonly Expected[], ref: string | undefined): Candidate {
  const reasons = new Reasons();
  const [first] = group;
  const total = formatMoney(money(sumOf(group), entry.currency));
  if (ref !== undefined) reasons.add("batch_reference", ref, `${group.length}`);
  reasons.add("amount", total, `${group.length} × ${total}`);
  const members = membersFound(entry, group);
  if (members) reasons.add("reference", `${entry.details.length}`, `${group.length}`);
  addDay(reasons, entry.bookedOn, first?.expectedOn ?? entry.bookedOn);
  // A bare sum that fits a whole batch is more than a bare amount: a person should see it.
  const score = ref === undefined && !members ? Math.max(reasons.score, 50) : Math.max(reasons.score, 88);
  const expectedIds = group.map((one) => one.expectedId).sort((a, b) => (a < b ? -1 : 1));
  return { entryId: entry.entryId, expectedIds, kind: "batch", score, reasons: reasons.all, feeMinor: 0n, rate: null };
}

/** Whether the bank lists exactly the payouts of the batch. */
function membersFound(entry: OpenEntry, group: readonly Expected[]): boolean {
  if (entry.details.length !== group.length) return false;
  const refs = new Set(entry.details.flatMap((detail) => detail.refs));
  return group.every((one) => refs.has(one.endToEndId.toUpperCase().replace(/[^A-Z0-9]/g, "")));
}

export function sumOf(group: readonly Pick<Expected, "amountMinor">[]): bigint {
  return group.reduce((sum, one) => sum + one.amountMinor, 0n);
}

/**
 * Gives each entry and each expected movement to one candidate at most, the best first. A candidate needs no person when its score reaches the
 * threshold, nothing in it contradicts, and no other candidate for the same things is as good. The result does not depend on the order of the
 * candidates.
 */
export function decide(candidates: readonly Candidate[], settings: MatchSettings): readonly Decided[] {
  const ordered = candidates.filter((one) => one.score >= LEAST_SUGGESTED).toSorted(inOrder);
  const rivals = bestRivals(ordered);
  const entries = new Set<bigint>();
  const expected = new Set<bigint>();
  return ordered.flatMap((one) => {
    if (entries.has(one.entryId) || one.expectedIds.some((id) => expected.has(id))) return [];
    entries.add(one.entryId);
    for (const id of one.expectedIds) expected.add(id);
    const against = one.reasons.some((reason) => CONTRADICTIONS.has(reason.code));
    const sure = one.score >= settings.autoScore && !against && rivals(one) < one.score;
    return [{ ...one, sure }];
  });
}

const CONTRADICTIONS: ReadonlySet<string> = new Set(["other_amount", "other_currency", "other_account", "day_before"]);

function inOrder(a: Candidate, b: Candidate): number {
  return b.score - a.score || compareIds(a.entryId, b.entryId) || compareLists(a.expectedIds, b.expectedIds);
}

function compareLists(a: readonly bigint[], b: readonly bigint[]): number {
  for (const [at, id] of a.entries()) {
    const order = compareIds(id, b[at] ?? -1n);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIds(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The best score of any other candidate that wants the same entry or one of the same expected movements. */
function bestRivals(ordered: readonly Candidate[]): (one: Candidate) => number {
  const byThing = new Map<string, Candidate[]>();
  const thingsOf = (one: Candidate) => [`e${one.entryId}`, ...one.expectedIds.map((id) => `x${id}`)];
  for (const one of ordered)
    for (const thing of thingsOf(one)) {
      const list = byThing.get(thing);
      // The two best of each are enough to know the best other one.
      if (list === undefined) byThing.set(thing, [one]);
      else if (list.length < 2) list.push(one);
    }
  return (one) =>
    Math.max(0, ...thingsOf(one).map((thing) => byThing.get(thing)?.find((other) => other !== one)?.score ?? 0));
}
