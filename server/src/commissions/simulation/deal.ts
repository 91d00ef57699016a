import type { DealMeasures, DealPlanResult, DealResult, NewDeal, PlanDocument } from "@tributary/contract";
import { type AcceptedTerms, acceptedTerms, termsInForce } from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import { add, type Decimal, decimal, divide, formatDecimal } from "../../kernel/decimal.ts";
import { addDays, type Day, dayOf, lastDay, type Month } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { programById } from "../../programs/index.ts";
import type { DuePair } from "../contracts.ts";
import { calculate } from "../core/calculate.ts";
import { RateTable } from "../core/rates.ts";
import { type LoadedPair, type LoadOptions, loadPairs } from "../load.ts";
import { readRates } from "../store/rates.ts";
import { tierCliffs } from "./core/cliffs.ts";
import { type ForecastQuestion, type HashedPlan, measureScenario, measureStress } from "./core/forecast-run.ts";
import { measure } from "./core/measures.ts";
import { Paid, type Range, revenueOf, revenuePlan, shownIn, termsOfPlan } from "./core/plan-run.ts";
import type { HistoryMonth } from "./core/propose.ts";
import { historyOf } from "./history.ts";
import type { Steps } from "./steps.ts";

const PAIRS_AT_ONCE = 40;

/** One of the plans side by side, with its document as it was when it was asked for. */
export interface NamedPlan {
  readonly role: "proposed" | "other";
  readonly name: string;
  readonly plan: PlanDocument;
  readonly hash: string;
}

export interface DealQuestion {
  readonly deal: NewDeal;
  readonly plans: readonly NamedPlan[];
  readonly partnerIds: readonly string[];
}

export interface DealDone {
  readonly result: DealResult;
  readonly costShare: string | null;
  /** What was found in the stored facts, for the hash. */
  readonly facts: unknown;
}

type Column = {
  readonly role: "today" | "proposed" | "other";
  readonly name: string;
  readonly plan: HashedPlan | null;
};

/**
 * Runs plans over real history, through the loader and the calculation that production uses, and over a forecast. Books nothing.
 * @throws Refusal what the calculation refuses, e.g. `rate_missing`
 */
export async function runDeal(ctx: Context, question: DealQuestion, steps: Steps): Promise<DealDone> {
  const { deal, plans, partnerIds } = question;
  const [proposed] = plans;
  if (proposed === undefined) throw new Error("a deal is stored without its plan");
  const pairs = partnerIds.map((partnerId) => ({ partnerId, programId: deal.programId }));
  const program = await programById(ctx.db, deal.programId);
  const zone = program?.timeZone ?? "UTC";
  const today = dayOf(ctx.clock.now(), zone);
  const standing = await standingPlan(ctx, pairs, today);
  const columns: Column[] = [
    ...(standing === null ? [] : [{ role: "today" as const, name: standing.name, plan: standing.plan }]),
    ...plans.map((one) => ({ role: one.role, name: one.name, plan: { plan: one.plan, hash: one.hash } })),
  ];
  const history = deal.history === null ? null : range(deal.history);
  const chunks = Math.ceil(pairs.length / PAIRS_AT_ONCE);
  const forecastSteps = deal.forecast === null ? 0 : columns.length * (deal.forecast.scenarios.length + 2);
  steps.expect((history === null ? 0 : chunks * (columns.length + 1)) + forecastSteps);
  const months = history === null ? [] : await historyOf(ctx.db, pairs, zone, history);
  const looked =
    history === null ? null : await runHistory(ctx, { deal, columns, pairs, history, months, proposed }, steps);
  const forecast = await runForecast(ctx, deal, columns, proposed.plan, today, steps);
  const results = columns.map(
    (column, index): DealPlanResult => ({
      role: column.role,
      name: column.name,
      planHash: column.plan?.hash ?? null,
      history: looked?.[index] ?? null,
      ...(forecast.plans[index] ?? { forecast: [], cliffs: [], stress: [] }),
    }),
  );
  const result: DealResult = {
    kind: "deal",
    currency: proposed.plan.currency,
    base: deal.base,
    partners: partnerIds.length,
    history: deal.history,
    plans: results,
    notes: [...(standing?.notes ?? []), ...forecast.notes],
  };
  return { result, costShare: expectedShare(results), facts: factsOf(months) };
}

/** What the partners are on today: one plan, or of a segment the one that most of them have for the forecast. */
async function standingPlan(ctx: Context, pairs: readonly { partnerId: string; programId: string }[], today: Day) {
  const accepted = Map.groupBy(await acceptedTerms(ctx.db, pairs), (one) => one.partnerId);
  const inForce = [...accepted.values()].flatMap((own) => termsInForce(own, today) ?? []);
  const groups = [...Map.groupBy(inForce, (one) => one.planHash).values()].sort((a, b) => b.length - a.length);
  const [most] = groups[0] ?? [];
  if (most === undefined) return null;
  const plan = { plan: most.plan, hash: most.planHash };
  const values = { plans: String(groups.length), have: String(groups[0]?.length), all: String(inForce.length) };
  const notes: DealResult["notes"] = groups.length === 1 ? [] : [{ code: "several_plans_today", values }];
  return { name: most.plan.name ?? "", plan, notes };
}

interface HistoryQuestion {
  readonly deal: NewDeal;
  readonly columns: readonly Column[];
  readonly pairs: readonly { readonly partnerId: string; readonly programId: string }[];
  readonly history: Range;
  readonly months: readonly HistoryMonth[];
  readonly proposed: NamedPlan;
}

async function runHistory(ctx: Context, question: HistoryQuestion, steps: Steps): Promise<DealMeasures[]> {
  const { deal, columns, pairs, history, months, proposed } = question;
  const shown = proposed.plan.currency;
  const due = pairs.map((pair) => ({ ...pair, from: history.from }));
  const revenue = new Map<Month, Decimal>();
  const measuring = { plan: revenuePlan(proposed.plan, deal.base), hash: "revenue" };
  await eachPair(ctx, due, insteadOf(measuring), steps, (pair) => {
    for (const [month, value] of revenueOf({ ...pair.calculation, ...history, memories: [] }, history)) {
      const known = revenue.get(month);
      revenue.set(month, known === undefined ? value : add(known, value));
    }
  });
  const firstDeposits = new Map(months.map((one) => [one.month, one.firstDeposits]));
  const rates = await ratesBetween(ctx, history, shown, columns);
  const measures: DealMeasures[] = [];
  for (const column of columns) {
    const paid = new Paid();
    const asIs = column.role === "today";
    await eachPair(ctx, due, asIs ? undefined : insteadOf(column.plan), steps, (pair) => {
      const { calculation } = pair;
      // A plan that is only proposed begins without carries; the one in force has its own.
      const memories = asIs ? calculation.memories : [];
      paid.noteTerms(calculation.terms);
      const { lines } = calculate({ ...calculation, ...history, memories });
      paid.add(lines, pair.partnerId, history, (line) => shownIn(line, rates, shown));
    });
    measures.push(measure(paid, { revenue, firstDeposits }, history, shown));
  }
  return measures;
}

function insteadOf(plan: HashedPlan | null): LoadOptions["terms"] {
  if (plan === null) return undefined;
  const terms = termsOfPlan(plan.plan, plan.hash);
  return (pair): AcceptedTerms[] => [{ ...terms, ...pair, agreementId: "simulated" }];
}

async function eachPair(
  ctx: Context,
  due: readonly DuePair[],
  terms: LoadOptions["terms"],
  steps: Steps,
  work: (pair: LoadedPair) => void,
): Promise<void> {
  for (let start = 0; start < due.length; start += PAIRS_AT_ONCE) {
    const some = due.slice(start, start + PAIRS_AT_ONCE);
    const options = { withoutStored: true, ...(terms === undefined ? {} : { terms }) };
    for (const pair of await loadPairs(ctx.db, some, options)) if (pair.calculation.terms.length > 0) work(pair);
    await steps.done();
  }
}

/** Published rates of the months, for amounts in another currency than the one that is shown. */
async function ratesBetween(
  ctx: Context,
  history: Range,
  shown: string,
  columns: readonly Column[],
): Promise<RateTable> {
  const codes = [...new Set([shown, ...columns.flatMap((one) => one.plan?.plan.currency ?? [])])];
  const rows = await readRates(ctx.db, "ecb", codes, history.from, lastDay(history.to));
  return new RateTable("ecb", rows);
}

type Forecasts = Pick<DealPlanResult, "forecast" | "cliffs" | "stress">;

async function runForecast(
  ctx: Context,
  deal: NewDeal,
  columns: readonly Column[],
  measuredBy: PlanDocument,
  today: Day,
  steps: Steps,
): Promise<{ readonly plans: readonly Forecasts[]; readonly notes: DealResult["notes"] }> {
  if (deal.forecast === null) return { plans: [], notes: [] };
  const { assumptions, scenarios, stress } = deal.forecast;
  const rates = await ratesOfToday(ctx, columns, measuredBy.currency, today);
  const question: ForecastQuestion = { assumptions, measuredBy, base: deal.base, rates };
  const plans: Forecasts[] = [];
  const notes: DealResult["notes"] = [];
  for (const { plan, name } of columns) {
    if (plan === null) {
      plans.push({ forecast: [], cliffs: [], stress: [] });
      continue;
    }
    const forecast: DealPlanResult["forecast"] = [];
    for (const scenario of scenarios) {
      const breakEven = scenario.name === "base";
      forecast.push({ scenario: scenario.name, measures: measureScenario(plan, question, scenario, breakEven) });
      await steps.done();
    }
    const outcomes = measureStress(plan, question, stress);
    await steps.done();
    const cliffs = tierCliffs(plan.plan, plan.hash, assumptions, rates);
    await steps.done();
    plans.push({ forecast, cliffs: [...cliffs.found], stress: outcomes });
    notes.push(...cliffs.left.map((note) => ({ ...note, values: { ...note.values, plan: name } })));
  }
  return { plans, notes };
}

/** A forecast knows no rates of days to come: today's hold throughout. */
async function ratesOfToday(ctx: Context, columns: readonly Column[], shown: string, today: Day): Promise<RateTable> {
  const others = [...new Set(columns.flatMap((one) => one.plan?.plan.currency ?? []))].filter((code) => code !== shown);
  if (others.length === 0) return new RateTable("stated", []);
  const rows = await readRates(ctx.db, "ecb", [...others, shown], addDays(today, -20), today);
  const latest = (code: string) =>
    code === "EUR"
      ? "1"
      : rows
          .filter((row) => row.currency === code)
          .sort((a, b) => (a.day < b.day ? -1 : 1))
          .at(-1)?.rate;
  const pairs = others.map((code) => {
    const [from, to] = [latest(shown), latest(code)];
    if (from === undefined || to === undefined)
      throw new Refusal("rate_missing", `There is no rate from ${shown} to ${code} for today.`);
    return { day: "0001-01-01", from: shown, to: code, rate: formatDecimal(divide(decimal(to), decimal(from), 12)) };
  });
  return new RateTable("stated", [], pairs);
}

/** Commission over revenue that the proposed plan is expected to come to: of the forecast where there is one. */
function expectedShare(results: readonly DealPlanResult[]): string | null {
  const proposed = results.find((one) => one.role === "proposed");
  const base = proposed?.forecast.find((one) => one.scenario === "base")?.measures ?? proposed?.history;
  return base?.costShare ?? null;
}

function range({ from, to }: { readonly from: string; readonly to: string }): Range {
  return { from: `${from}-01`, to: `${to}-01` };
}

function factsOf(months: readonly HistoryMonth[]): unknown {
  return months.map(({ sums, ...rest }) => ({
    ...rest,
    sums: Object.fromEntries([...sums].map(([name, one]) => [name, [String(one.minor), one.events]])),
  }));
}
