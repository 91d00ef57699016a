import type { Assumptions, DealMeasures, NewDeal, PlanDocument, Scenario, StressOutcome } from "@tributary/contract";
import { addMonths } from "../../../kernel/period.ts";
import type { RateTable } from "../../core/rates.ts";
import { smallestDeposit } from "./cliffs.ts";
import { type Forecast, forecastFacts, type Twist } from "./forecast.ts";
import { type MonthNumbers, measure, minorOf } from "./measures.ts";
import { type Paid, type Range, revenueOver, runOver } from "./plan-run.ts";

/** A plan under its hash. */
export interface HashedPlan {
  readonly plan: PlanDocument;
  readonly hash: string;
}

/** What all plans of a forecast share. */
export interface ForecastQuestion {
  readonly assumptions: Assumptions;
  /** Whose base is the revenue, and whose currency everything is in. */
  readonly measuredBy: PlanDocument;
  readonly base: string;
  readonly rates: RateTable;
}

type Told = NonNullable<NewDeal["forecast"]>;

const NOTHING: Scenario = { name: "base", traffic: "1", conversion: "1", revenue: "1", churn: "1" };
/** Break-even is looked for with at most so many runs and up to so many times the forecast's traffic. */
const HALVINGS = 10;
const MOST_TIMES = 8;
/** Larger forecasts are not run ten times over. */
const MOST_TRIED = 2_500;

/** A plan over the forecast in one scenario. */
export function measureScenario(
  one: HashedPlan,
  question: ForecastQuestion,
  scenario: Scenario,
  breakEven: boolean,
): DealMeasures {
  const made = makeForecast(question, scenario);
  const range = rangeOf(question.assumptions);
  const paid = pay(one, question, made.forecast, range);
  const fewest = breakEven ? breakEvenFtd(one, question, scenario, made.forecast) : null;
  return measure(paid, made.numbers, range, question.measuredBy.currency, fewest);
}

/** The plan when something goes wrong, against the base forecast. */
export function measureStress(one: HashedPlan, question: ForecastQuestion, stress: Told["stress"]): StressOutcome[] {
  const base = outcome(one, question, NOTHING);
  const twists: readonly Twist[] = [
    { kind: "whale_wins", amount: stress.whaleWin },
    { kind: "all_at_minimum", deposit: smallestDeposit(one.plan) },
    { kind: "chargeback_wave", share: stress.chargebackShare },
  ];
  return twists.map((twist) => {
    const { cost, revenue, code } = outcome(one, question, NOTHING, twist);
    const money = (minor: bigint) => ({ minor: String(minor), currency: code });
    const net = revenue - cost;
    const difference = net - (base.revenue - base.cost);
    return {
      case: twist.kind,
      cost: money(cost),
      revenue: money(revenue),
      net: money(net),
      netDifference: money(difference),
    };
  });
}

function outcome(one: HashedPlan, question: ForecastQuestion, scenario: Scenario, twist?: Twist) {
  const { forecast, numbers } = makeForecast(question, scenario, twist);
  const range = rangeOf(question.assumptions);
  const measures = measure(pay(one, question, forecast, range), numbers, range, question.measuredBy.currency);
  // What is charged back was never the operator's: it is missing from the revenue, whatever the base counts.
  const lost = twist?.kind === "chargeback_wave" ? chargedBack(forecast, question.measuredBy.currency) : 0n;
  return {
    cost: BigInt(measures.cost.minor),
    revenue: BigInt(measures.revenue.minor) - lost,
    code: measures.cost.currency,
  };
}

function chargedBack(forecast: Forecast, code: string): bigint {
  const amounts = forecast.facts.customers.flatMap((customer) =>
    customer.entries.flatMap((entry) => (entry.type === "chargeback" ? [entry.measures.chargeback] : [])),
  );
  return amounts.reduce((sum, amount) => sum + minorOf(amount, code), 0n);
}

function makeForecast(question: ForecastQuestion, scenario: Scenario, twist?: Twist) {
  const { assumptions, measuredBy, base, rates } = question;
  const forecast = forecastFacts(assumptions, measuredBy.currency, scenario, twist);
  const revenue = revenueOver(measuredBy, base, forecast.facts, rates, rangeOf(assumptions));
  const firstDeposits = new Map(forecast.months.map((one) => [one.month, one.firstDeposits]));
  return { forecast, numbers: { revenue, firstDeposits } satisfies MonthNumbers };
}

function pay(one: HashedPlan, question: ForecastQuestion, forecast: Forecast, range: Range): Paid {
  return runOver(one.plan, one.hash, forecast.facts, question.rates, range, question.measuredBy.currency);
}

/**
 * The fewest first deposits per month, rounded up, with which what comes in over the whole forecast pays the commission; 0 when even nothing
 * costs nothing; null when no traffic up to eight times the assumed one does.
 */
function breakEvenFtd(one: HashedPlan, question: ForecastQuestion, scenario: Scenario, made: Forecast): number | null {
  if (made.facts.customers.length > MOST_TRIED) return null;
  const { assumptions } = question;
  const range = rangeOf(assumptions);
  const tried = (clicks: number) => {
    const { forecast, numbers } = makeForecast({ ...question, assumptions: { ...assumptions, clicks } }, scenario);
    const measures = measure(pay(one, question, forecast, range), numbers, range, question.measuredBy.currency);
    const perMonth = Math.ceil(measures.firstDeposits / assumptions.months);
    return { holds: BigInt(measures.net.minor) >= 0n, perMonth };
  };
  let [low, high] = [0, assumptions.clicks];
  // No traffic costs nothing and brings nothing in most plans; a fixed fee is what makes it lose.
  if (tried(0).holds && tried(Math.max(1, Math.floor(high / 4))).holds) return 0;
  let best = tried(high);
  while (!best.holds) {
    if (high === 0 || high >= assumptions.clicks * MOST_TIMES || tooMany(made, high * 2, assumptions.clicks))
      return null;
    [low, high] = [high, high * 2];
    best = tried(high);
  }
  for (let step = 0; step < HALVINGS && high - low > 1; step += 1) {
    const middle = Math.floor((low + high) / 2);
    const found = tried(middle);
    if (found.holds) [high, best] = [middle, found];
    else low = middle;
  }
  return best.perMonth;
}

function tooMany(made: Forecast, clicks: number, assumed: number): boolean {
  return (made.facts.customers.length * clicks) / Math.max(assumed, 1) > MOST_TRIED * 2;
}

function rangeOf(assumptions: Assumptions): Range {
  const from = `${assumptions.start}-01`;
  return { from, to: addMonths(from, assumptions.months - 1) };
}
