import type { Assumptions, Scenario } from "@tributary/contract";
import {
  add,
  type Decimal,
  decimal,
  divideRounded,
  multiply,
  roundTo,
  subtract,
  ZERO,
} from "../../../kernel/decimal.ts";
import { addDays, addMonths, type Day, lastDay, type Month } from "../../../kernel/period.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { type Customer, type Entry, type Facts, inOrder, NO_FACTS } from "../../core/entries.ts";

/** What is laid over a forecast to see how a plan bears it. */
export type Twist =
  | { readonly kind: "whale_wins"; readonly amount: string }
  | { readonly kind: "all_at_minimum"; readonly deposit: string }
  | { readonly kind: "chargeback_wave"; readonly share: string };

export interface ForecastMonth {
  readonly month: Month;
  readonly clicks: number;
  readonly registrations: number;
  readonly firstDeposits: number;
  /** Active customers of all months so far. */
  readonly active: number;
}

export interface Forecast {
  readonly facts: Facts;
  readonly months: readonly ForecastMonth[];
}

/** Every customer is a record with its own facts; more would only be slower, a smaller partner shows the same. */
export const MOST_CUSTOMERS = 20_000;
const ONE = decimal(1);
const NO_FACTOR: Scenario = { name: "base", traffic: "1", conversion: "1", revenue: "1", churn: "1" };

/**
 * Facts of months that have not happened, out of stated assumptions: whole customers, whose numbers are the expected ones rounded so that the sum up
 * to every month is right, and exact amounts. The same assumptions give the same facts for ever; there is no randomness. Customers who deposit
 * do so on the day on which they register, and are verified on that day.
 * @throws Refusal `invalid_input` when the assumptions make too many customers
 */
export function forecastFacts(
  assumptions: Assumptions,
  currency: string,
  scenario: Scenario = NO_FACTOR,
  twist?: Twist,
): Forecast {
  const plan = new Months(assumptions, scenario, twist);
  const cohorts = plan.cohorts();
  const people = cohorts.reduce((sum, one) => sum + one.registrations, 0);
  if (people > MOST_CUSTOMERS) throw tooMany(people);
  const customers = cohorts.flatMap((cohort) => customersOf(cohort, plan, currency));
  const months = cohorts.map((cohort, index) => ({
    month: cohort.month,
    clicks: cohort.clicks,
    registrations: cohort.registrations,
    firstDeposits: cohort.firstDeposits,
    active: cohorts
      .slice(0, index + 1)
      .reduce((sum, one, position) => sum + plan.survivors(one.firstDeposits, index - position), 0),
  }));
  return { facts: { ...NO_FACTS, customers, traffic: cohorts.map(trafficOf) }, months };
}

interface Cohort {
  readonly position: number;
  readonly month: Month;
  readonly clicks: number;
  readonly registrations: number;
  readonly firstDeposits: number;
}

/** The assumptions under a scenario, as numbers of one month. */
class Months {
  readonly assumptions: Assumptions;
  readonly twist: Twist | undefined;
  readonly revenue: Decimal;
  readonly #scenario: Scenario;
  readonly #stays: Decimal;

  constructor(assumptions: Assumptions, scenario: Scenario, twist: Twist | undefined) {
    this.assumptions = assumptions;
    this.twist = twist;
    this.#scenario = scenario;
    this.revenue =
      twist?.kind === "all_at_minimum"
        ? ZERO
        : multiply(decimal(assumptions.revenuePerActive), decimal(scenario.revenue));
    this.#stays = subtract(ONE, share(multiply(decimal(assumptions.churn), decimal(scenario.churn))));
  }

  cohorts(): Cohort[] {
    const { assumptions } = this;
    const registrationRate = decimal(assumptions.registrationRate);
    const depositing =
      this.twist?.kind === "all_at_minimum"
        ? ONE
        : share(multiply(decimal(assumptions.ftdRate), decimal(this.#scenario.conversion)));
    const expected = { clicks: ZERO, registrations: ZERO, firstDeposits: ZERO };
    const counted = { clicks: 0, registrations: 0, firstDeposits: 0 };
    return Array.from({ length: assumptions.months }, (_, position) => {
      const month = addMonths(`${assumptions.start}-01`, position);
      const season = decimal(assumptions.seasonality[Number(month.slice(5, 7)) - 1] ?? "1");
      const clicks = multiply(multiply(decimal(assumptions.clicks), season), decimal(this.#scenario.traffic));
      const registrations = multiply(clicks, registrationRate);
      const come = { clicks, registrations, firstDeposits: multiply(registrations, depositing) };
      const whole = (name: keyof typeof come): number => {
        expected[name] = add(expected[name], come[name]);
        const now = integer(expected[name]) - counted[name];
        counted[name] += now;
        return now;
      };
      return {
        position,
        month,
        clicks: whole("clicks"),
        registrations: whole("registrations"),
        firstDeposits: whole("firstDeposits"),
      };
    });
  }

  /** How many of so many customers are still active some months later. */
  survivors(customers: number, months: number): number {
    let left = decimal(customers);
    for (let month = 0; month < months; month += 1) left = roundTo(multiply(left, this.#stays), 12);
    return integer(left);
  }

  firstDeposit(): Decimal {
    return decimal(this.twist?.kind === "all_at_minimum" ? this.twist.deposit : this.assumptions.averageFirstDeposit);
  }

  /** Further deposits of one customer in the month of this age: whole ones, right in the sum of its life. */
  repeats(age: number): number {
    if (age === 0 || this.twist?.kind === "all_at_minimum") return 0;
    const rate = decimal(this.assumptions.repeatDeposits);
    const upTo = (months: number) => integer(multiply(rate, decimal(months)));
    return upTo(age) - upTo(age - 1);
  }

  /** The month in the middle, in which the worst cases happen. */
  get middle(): number {
    return Math.floor((this.assumptions.months - 1) / 2);
  }
}

function customersOf(cohort: Cohort, plan: Months, currency: string): Customer[] {
  const last = plan.assumptions.months - 1;
  // How many of the cohort are there in each of its months, worked out once.
  const left = Array.from({ length: last - cohort.position + 1 }, (_, age) =>
    plan.survivors(cohort.firstDeposits, age),
  );
  return Array.from({ length: cohort.registrations }, (_, index) => {
    const customerId = `${cohort.month.slice(0, 7)}-${index + 1}`;
    const day = spread(cohort.month, index, cohort.registrations);
    const registered = { day, at: instant(day, "10") };
    const base = { customerId, partnerId: NO_FACTS.partnerId, cohort: "", attributes: {} };
    const registration = entry(customerId, "registration", day, "10", null, {});
    if (index >= cohort.firstDeposits)
      return { ...base, milestones: { registration: registered }, firstDeposit: null, entries: [registration] };
    const lived = left.filter((count) => index < count).length;
    const entries = [registration, ...lifeOf({ customerId, day, index, cohort, lived }, plan, currency)];
    const deposited = { day, at: instant(day, "12") };
    return {
      ...base,
      milestones: { registration: registered, kyc_passed: { day, at: instant(day, "11") } },
      firstDeposit: { ...deposited, currency, value: plan.firstDeposit() },
      entries: entries.sort(inOrder),
    };
  });
}

interface Life {
  readonly customerId: string;
  readonly day: Day;
  readonly index: number;
  readonly cohort: Cohort;
  /** Months in which the customer is active, the first included. */
  readonly lived: number;
}

function lifeOf(life: Life, plan: Months, currency: string): Entry[] {
  const { customerId, day, cohort } = life;
  const { assumptions } = plan;
  const entries: Entry[] = [entry(customerId, "kyc_passed", day, "11", null, {})];
  for (let age = 0; age < life.lived; age += 1) {
    const month = addMonths(cohort.month, age);
    const close = lastDay(month);
    let deposited = ZERO;
    const deposit = (on: Day, hour: string, amount: Decimal) => {
      deposited = add(deposited, amount);
      entries.push(entry(customerId, "deposit", on, hour, currency, { deposit: amount }));
    };
    if (age === 0) deposit(day, "12", plan.firstDeposit());
    for (let again = 0; again < plan.repeats(age); again += 1)
      deposit(spread(month, again, plan.repeats(age)), "13", decimal(assumptions.averageDeposit));
    const fees = multiply(deposited, decimal(assumptions.paymentFees));
    const won = life.index === 0 && isWhale(plan, cohort.position + age, cohort.position) ? whaleOf(plan) : ZERO;
    const ggr = subtract(plan.revenue, won);
    if (ggr.units !== 0n || fees.units !== 0n)
      entries.push(entry(customerId, "activity", close, "20", currency, { ggr, fees, ngr: subtract(ggr, fees) }));
    if (decimal(assumptions.lotsPerActive).units !== 0n) entries.push(tradeOf(customerId, close, plan, currency));
  }
  if (isChargedBack(life, plan)) {
    const on = addMonths(cohort.month, 1);
    const measures = { chargeback: plan.firstDeposit() };
    entries.push(
      entry(customerId, "chargeback", spread(on, life.index, cohort.firstDeposits), "15", currency, measures),
    );
  }
  return entries;
}

/** One customer of the first month that has any wins in the month in the middle. */
function isWhale(plan: Months, month: number, cohort: number): boolean {
  return plan.twist?.kind === "whale_wins" && month === plan.middle && cohort === plan.middle;
}

function whaleOf(plan: Months): Decimal {
  return plan.twist?.kind === "whale_wins" ? decimal(plan.twist.amount) : ZERO;
}

function isChargedBack(life: Life, plan: Months): boolean {
  if (plan.twist?.kind !== "chargeback_wave" || life.cohort.position !== plan.middle) return false;
  return life.index < integer(multiply(decimal(life.cohort.firstDeposits), decimal(plan.twist.share)));
}

function tradeOf(customerId: string, day: Day, plan: Months, currency: string): Entry {
  const { lotsPerActive, symbol } = plan.assumptions;
  const trade = entry(customerId, "trade", day, "16", currency, { spread: plan.revenue });
  return { ...trade, quantities: { lots: decimal(lotsPerActive) }, dimensions: { symbol } };
}

function entry(
  customerId: string,
  type: string,
  day: Day,
  hour: string,
  currency: string | null,
  measures: Readonly<Record<string, Decimal>>,
): Entry {
  const id = `${customerId}-${type}-${day}`;
  const rest = { customerId, cohort: "", currency, measures, quantities: {}, dimensions: {}, count: 1 };
  return { day, at: instant(day, hour), type, id, ...rest };
}

function trafficOf({ month, clicks }: Cohort): Entry {
  const rest = { id: null, customerId: null, cohort: "", currency: null, measures: {}, dimensions: {} };
  return { day: month, at: null, type: "click", ...rest, quantities: { unique: decimal(clicks) }, count: clicks };
}

/** The day of one of many things that are spread evenly over a month. */
function spread(month: Month, index: number, of: number): Day {
  const days = Number(lastDay(month).slice(8, 10));
  return addDays(month, Math.floor((index * days) / Math.max(of, 1)));
}

function instant(day: Day, hour: string): number {
  return Date.parse(`${day}T${hour}:00:00Z`);
}

/** Halves up. */
function integer(value: Decimal): number {
  return Number(divideRounded(value.units, 10n ** BigInt(value.scale), "half_up"));
}

/** A share is never more than one. */
function share(value: Decimal): Decimal {
  return subtract(value, ONE).units > 0n ? ONE : value;
}

function tooMany(people: number): Refusal {
  return new Refusal(
    "invalid_input",
    `These assumptions make ${people} customers; a forecast takes ${MOST_CUSTOMERS} at most.`,
    [
      {
        field: "forecast.assumptions",
        value: String(people),
        message: "too many customers",
        hint: "Take fewer months or less traffic.",
      },
    ],
  );
}
