import type { AttributionRules, NewReplay, PlanDocument, ReplayResult } from "@tributary/contract";
import { type AcceptedTerms, allPairs } from "../../agreements/index.ts";
import {
  customersAfter,
  type MovedCustomer,
  resettleCustomers,
  soleRules,
  type TouchSources,
} from "../../attribution/index.ts";
import { type Context, inTransaction } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { programById } from "../../programs/index.ts";
import { calculate } from "../core/calculate.ts";
import { type LoadedPair, type LoadOptions, loadPairs } from "../load.ts";
import type { RateRow } from "../store/rates.ts";
import { spreadOf } from "./core/spread.ts";
import { ownersAfter } from "./owners-after.ts";
import type { Steps } from "./steps.ts";
import { bookedOfMonth } from "./store/history.ts";
import { clearReplayed, insertReplayed, type NewReplayed } from "./store/simulations.ts";

const PAIRS_AT_ONCE = 40;
const CUSTOMERS_AT_ONCE = 2_000;
const MOST_PROBLEMS = 50;

export interface ReplayQuestion {
  readonly simulationId: string;
  readonly replay: NewReplay;
  /** The other plan, where one is put in the place of the accepted ones. */
  readonly plan: { readonly plan: PlanDocument; readonly hash: string } | null;
}

export interface ReplayDone {
  readonly result: ReplayResult;
  readonly facts: unknown;
}

/**
 * A month of all partners of a program under something else: another plan, another rule of attribution, other exchange rates. What comes out is
 * compared with what is booked, per partner; nothing is booked.
 */
export async function runReplay(
  ctx: Context,
  question: ReplayQuestion,
  sources: TouchSources,
  steps: Steps,
): Promise<ReplayDone> {
  const { replay, simulationId } = question;
  const { programId, change } = replay;
  const month: Month = `${replay.month}-01`;
  await clearReplayed(ctx.db, simulationId);
  const pairs = (await allPairs(ctx.db)).filter((pair) => pair.programId === programId);
  steps.expect(Math.ceil(pairs.length / PAIRS_AT_ONCE));
  const moved = change.kind === "attribution" ? await movedUnder(ctx, programId, change.rules, sources, steps) : null;
  const options = optionsOf(question, moved);
  const booked = await bookedOfMonth(ctx.db, programId, month);
  const sums = new Map(booked.map((row) => [`${row.partner_id} ${row.currency}`, { booked: row.minor, replayed: 0n }]));
  const problems: { partnerId: string; message: string }[] = [];
  const failed = new Set<string>();
  for (let start = 0; start < pairs.length; start += PAIRS_AT_ONCE) {
    const some = pairs.slice(start, start + PAIRS_AT_ONCE).map((pair) => ({ ...pair, from: month }));
    for (const pair of await loadPairs(ctx.db, some, options)) {
      const problem = addReplayed(pair, month, sums);
      if (problem === null) continue;
      failed.add(pair.partnerId);
      if (problems.length < MOST_PROBLEMS) problems.push({ partnerId: pair.partnerId, message: problem });
    }
    await steps.done();
  }
  const rows = [...sums].map(([place, sum]) => replayedRow(place, sum)).filter((row) => !failed.has(row.partnerId));
  await insertReplayed(ctx.db, simulationId, rows);
  const result = resultOf(replay.month, rows, moved?.length ?? null, problems);
  return { result, facts: rows.map((row) => [row.partnerId, row.currency, String(row.bookedMinor)]) };
}

/** @returns why the pair cannot be calculated, or null */
function addReplayed(
  pair: LoadedPair,
  month: Month,
  sums: Map<string, { booked: bigint; replayed: bigint }>,
): string | null {
  try {
    for (const line of calculate({ ...pair.calculation, to: month }).lines) {
      if (line.month !== month) continue;
      const place = `${pair.partnerId} ${line.currency}`;
      const sum = sums.get(place) ?? { booked: 0n, replayed: 0n };
      sums.set(place, { ...sum, replayed: sum.replayed + line.amountMinor });
    }
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function replayedRow(place: string, sum: { readonly booked: bigint; readonly replayed: bigint }): NewReplayed {
  const [partnerId = "", currency = ""] = place.split(" ");
  return { partnerId, currency, bookedMinor: sum.booked, replayedMinor: sum.replayed };
}

function resultOf(
  month: string,
  rows: readonly NewReplayed[],
  customersMoved: number | null,
  problems: ReplayResult["problems"],
): ReplayResult {
  const totals = [...Map.groupBy(rows, (row) => row.currency)].map(([currency, own]) => {
    const booked = own.reduce((sum, row) => sum + row.bookedMinor, 0n);
    const replayed = own.reduce((sum, row) => sum + row.replayedMinor, 0n);
    return { currency, booked: String(booked), replayed: String(replayed), difference: String(replayed - booked) };
  });
  return {
    kind: "replay",
    month,
    partners: new Set(rows.map((row) => row.partnerId)).size,
    changed: new Set(rows.filter((row) => row.bookedMinor !== row.replayedMinor).map((row) => row.partnerId)).size,
    customersMoved,
    problems,
    totals: totals.sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    spread: spreadOf(rows.map((row) => ({ currency: row.currency, minor: row.replayedMinor - row.bookedMinor }))),
  };
}

function optionsOf({ replay, plan }: ReplayQuestion, moved: readonly MovedCustomer[] | null): LoadOptions {
  const { change } = replay;
  if (plan !== null)
    return {
      withoutStored: true,
      terms: (_, accepted): AcceptedTerms[] =>
        accepted.map((terms) => ({ ...terms, plan: plan.plan, planHash: plan.hash })),
    };
  if (moved !== null) return { withoutStored: true, owners: ownersAfter(moved) };
  if (change.kind === "rates") return { withoutStored: true, rates: ratesInstead(change.rates) };
  return { withoutStored: true };
}

function ratesInstead(stated: readonly { readonly on: string; readonly currency: string; readonly rate: string }[]) {
  return (published: readonly RateRow[]): readonly RateRow[] => {
    const rows = new Map(published.map((row) => [`${row.day} ${row.currency}`, row]));
    for (const { on, currency, rate } of stated) rows.set(`${on} ${currency}`, { day: on, currency, rate });
    return [...rows.values()];
  };
}

/** Who would belong to whom: decided again over the stored touches, in memory. Decisions by hand stay. */
async function movedUnder(
  ctx: Context,
  programId: string,
  rules: AttributionRules,
  sources: TouchSources,
  steps: Steps,
): Promise<readonly MovedCustomer[]> {
  const program = await programById(ctx.db, programId);
  const programs = new Map([[programId, { timeZone: program?.timeZone ?? "UTC", timeline: soleRules(rules) }]]);
  const moved: MovedCustomer[] = [];
  let after = 0n;
  for (;;) {
    const page = await inTransaction(
      ctx.db,
      async (tx) => {
        const states = await customersAfter(tx, after, CUSTOMERS_AT_ONCE, programId);
        const own = states.map((state) => state.customerId);
        const input = { programs, sources, now: ctx.clock.now(), dryRun: true };
        const result = own.length === 0 ? { moved: [] } : await resettleCustomers(tx, own, input);
        return { last: states.at(-1)?.customerId, moved: result.moved };
      },
      { isolation: "repeatable read" },
    );
    if (page.last === undefined) return moved;
    after = page.last;
    moved.push(...page.moved);
    steps.expect(1);
    await steps.done();
  }
}
