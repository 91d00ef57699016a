import { splitByWeights } from "../../kernel/money.ts";
import type { ProgramPart } from "../contracts.ts";

/** What each program is owed, in minor units. */
export type ProgramBalances = ReadonlyMap<string, bigint>;

/**
 * Splits a payable amount by what each program is owed. Programs that are owed nothing, or owe, take no part: what they owe lowers the others'
 * parts in proportion. Parts sum to the amount. E.g. 100 of which A is owed 90 and B 30 while C owes 20 → A 75, B 25.
 */
export function splitByProgram(minor: bigint, balances: ProgramBalances): readonly ProgramPart[] {
  const owed = [...balances].filter(([, balance]) => balance > 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  if (owed.length === 0) return [{ programId: null, minor }];
  const parts = splitByWeights(
    minor,
    owed.map(([, balance]) => balance),
  );
  return owed
    .map(([programId], index) => ({ programId, minor: parts[index] ?? 0n }))
    .filter((part) => part.minor !== 0n);
}

/**
 * What a settlement takes from each program. One that leaves nothing to pay takes whatever each program still stands at, also what one owes, so that
 * the next statement begins at zero for all of them; that need not sum to what was paid, of which tax or a reserve may have been kept.
 */
export function takenBySettlement(
  parts: readonly ProgramPart[],
  balances: ProgramBalances,
  leavesNothing: boolean,
): readonly ProgramPart[] {
  if (!leavesNothing) return parts;
  return [...balances].filter(([, minor]) => minor !== 0n).map(([programId, minor]) => ({ programId, minor }));
}
