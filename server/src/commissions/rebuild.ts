import { type AcceptedTerms, allPairs, type Pair } from "../agreements/index.ts";
import type { Context } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import type { Month } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { bookedBySource, heldBySource } from "../ledger/index.ts";
import { planVersionsByIds } from "../plans/index.ts";
import type { BooksCheck, DuePair, LineDifference, Replayed } from "./contracts.ts";
import { type Calculated, calculate, isEmptyMemory, type Memory } from "./core/calculate.ts";
import { reconcile } from "./core/reconcile.ts";
import { BEGINNING, type LoadedPair, loadPairs } from "./load.ts";
import { recalculate } from "./recalculate.ts";
import { markFrom } from "./store/due.ts";
import { storedMemories } from "./store/memories.ts";
import { booksOfLines, duePairs, heldRows } from "./store/proof.ts";

const PAIRS_AT_ONCE = 40;
const MOST_SHOWN = 20;

/**
 * Proves the books of commissions: the ledger agrees with the lines and with what is held (with itself: `verifyLedger`); lines and carries calculated anew from
 * the facts are the stored ones. Pairs that wait for their calculation are left out and counted. Writes nothing.
 */
export async function verifyBooks(ctx: Context): Promise<BooksCheck> {
  const problems = await againstLedger(ctx);
  const waiting = new Set((await duePairs(ctx.db)).map(pairName));
  const pairs = (await allPairs(ctx.db)).filter((pair) => !waiting.has(pairName(pair)));
  let lines = 0;
  for (let start = 0; start < pairs.length; start += PAIRS_AT_ONCE) {
    const some = pairs.slice(start, start + PAIRS_AT_ONCE).map((pair) => ({ ...pair, from: BEGINNING }));
    const memories = await storedMemories(ctx.db, some);
    for (const [position, pair] of (await loadPairs(ctx.db, some, { allCustomers: true })).entries()) {
      const calculated = calculate(pair.calculation);
      lines += calculated.lines.length;
      problems.push(
        ...lineProblems(pair, calculated),
        ...memoryProblems(pair, calculated, memories.get(position) ?? []),
      );
    }
  }
  return {
    whole: problems.length === 0,
    pairs: pairs.length,
    waiting: waiting.size,
    lines,
    problems: problems.slice(0, MOST_SHOWN),
  };
}

async function againstLedger(ctx: Context): Promise<string[]> {
  const problems: string[] = [];
  const booked = new Map(await bookedBySource(ctx));
  for await (const line of booksOfLines(ctx.db)) {
    const there = booked.get(line.sourceKey) ?? 0n;
    if (there !== line.amountMinor)
      problems.push(`${line.sourceKey} comes to ${line.amountMinor}, the ledger has booked ${there} for it`);
    booked.delete(line.sourceKey);
  }
  for (const [source, amount] of booked)
    problems.push(`the ledger has booked ${amount} for ${source}, which does not exist`);
  const held = new Map(await heldBySource(ctx));
  for (const row of await heldRows(ctx.db)) {
    const there = held.get(row.lineKey) ?? 0n;
    if (there !== row.heldMinor)
      problems.push(`${row.lineKey} is held with ${row.heldMinor}, the ledger holds ${there}`);
    held.delete(row.lineKey);
  }
  for (const [source, amount] of held) problems.push(`the ledger holds ${amount} for ${source}, nothing is held there`);
  return problems;
}

function lineProblems(pair: LoadedPair, calculated: Calculated): string[] {
  return reconcile(calculated.lines, pair.stored).map(
    (line) =>
      `${line.key} of ${line.month.slice(0, 7)} is stored with ${line.before.amountMinor} and comes to ${line.amountMinor}${
        line.differenceMinor === 0n ? " with another working" : ""
      }`,
  );
}

/** What is remembered holds until the next memory: what was calculated for a month must be the newest stored on or before it. */
function memoryProblems(pair: LoadedPair, calculated: Calculated, stored: readonly Memory[]): string[] {
  return calculated.memories.flatMap((memory) => {
    const before = stored.filter(
      (one) => one.component === memory.component && one.currency === memory.currency && one.month <= memory.month,
    );
    const newest = before.sort((a, b) => (a.month < b.month ? -1 : 1)).at(-1);
    const [there, comes] = [newest === undefined ? "nothing" : contentOf(newest), contentOf(memory)];
    if (there === comes || (newest === undefined && isEmptyMemory(memory))) return [];
    const place = `${pair.partnerId} ${pair.programId} ${memory.component}`;
    return [`what ${place} remembers into ${memory.month.slice(0, 7)} is stored as ${there} and comes to ${comes}`];
  });
}

function contentOf({ own, bands, caps, postponed, handedOver }: Memory): string {
  return canonicalJson({ own, bands, caps, postponed, handedOver });
}

/**
 * Calculates a month again, under the terms as they are or, as a what-if, under another plan, and shows what would be different.
 * @param options.dryRun false books the differences; never under another plan
 * @throws Refusal `invalid_input` for an unknown plan version, `wrong_state` for booking a what-if
 */
export async function replayCommissions(
  ctx: Context,
  options: { readonly month: Month; readonly dryRun: boolean; readonly planVersionId?: string },
): Promise<Replayed> {
  const { month, dryRun, planVersionId } = options;
  if (!dryRun && planVersionId !== undefined)
    throw new Refusal("wrong_state", "Another plan is a what-if: it can be shown, not booked. Use it with --dry-run.");
  const plan = planVersionId === undefined ? null : await planOf(ctx, planVersionId);
  const pairs = (await allPairs(ctx.db)).filter((pair) => plan === null || pair.programId === plan.programId);
  const differences: LineDifference[] = [];
  const partners = new Map<string, { stored: bigint; calculated: bigint }>();
  const change = (_: DuePair, accepted: readonly AcceptedTerms[]) =>
    plan === null ? accepted : accepted.map((terms) => ({ ...terms, plan: plan.plan, planHash: plan.hash }));
  for (let start = 0; start < pairs.length; start += PAIRS_AT_ONCE) {
    const some = pairs.slice(start, start + PAIRS_AT_ONCE).map((pair) => ({ ...pair, from: month }));
    for (const pair of await loadPairs(ctx.db, some, { allCustomers: true, terms: change }))
      for (const difference of differencesOf(pair, month)) {
        if (difference.storedMinor !== difference.calculatedMinor) differences.push(difference);
        const name = `${pair.partnerId} ${difference.currency}`;
        const sum = partners.get(name) ?? { stored: 0n, calculated: 0n };
        partners.set(name, {
          stored: sum.stored + difference.storedMinor,
          calculated: sum.calculated + difference.calculatedMinor,
        });
      }
  }
  if (!dryRun) {
    await markFrom(
      ctx.db,
      pairs.map((pair) => ({ ...pair, month })),
      ctx.clock.now(),
    );
    await recalculate(ctx);
  }
  return { month, booked: !dryRun, partners: [...partners].map(partnerTotal), differences };
}

function partnerTotal([name, sum]: [string, { stored: bigint; calculated: bigint }]): Replayed["partners"][number] {
  const [partnerId = "", currency = ""] = name.split(" ");
  return { partnerId, currency, storedMinor: sum.stored, calculatedMinor: sum.calculated };
}

function differencesOf(pair: LoadedPair, month: Month): LineDifference[] {
  const stored = new Map(pair.stored.filter((line) => line.month === month).map((line) => [line.key, line]));
  const lines = calculate({ ...pair.calculation, to: month }).lines.filter((line) => line.month === month);
  const place = { partnerId: pair.partnerId, programId: pair.programId, month };
  const found = lines.map((line) => {
    const storedMinor = stored.get(line.key)?.amountMinor ?? 0n;
    stored.delete(line.key);
    const { key: lineKey, currency, amountMinor: calculatedMinor } = line;
    return { ...place, lineKey, currency, storedMinor, calculatedMinor };
  });
  const gone = [...stored.values()].map((line) => ({
    ...place,
    lineKey: line.key,
    currency: line.currency,
    storedMinor: line.amountMinor,
    calculatedMinor: 0n,
  }));
  return [...found, ...gone];
}

async function planOf(ctx: Context, planVersionId: string) {
  const [plan] = await planVersionsByIds(ctx.db, [planVersionId]);
  if (plan === undefined) throw invalid("planVersionId", planVersionId, "is no plan version");
  return plan;
}

function pairName(pair: Pair): string {
  return `${pair.programId} ${pair.partnerId}`;
}
