import { FactLine, type PlanDocument, type PlanLanguage, type Working } from "@tributary/contract";
import { decimal } from "../kernel/decimal.ts";
import { currency, formatMoney, parseCurrency, toMinorExact } from "../kernel/money.ts";
import { type Day, type Month, monthOf } from "../kernel/period.ts";
import { type Complaint, Refusal } from "../kernel/refusal.ts";
import { hashPlan, readPlan } from "../plans/index.ts";
import { type CalculatedLine, calculate } from "./core/calculate.ts";
import { type Carry, type CustomerFacts, type DayAmount, foldDays, type Total } from "./core/facts.ts";
import { RateTable } from "./core/rates.ts";
import { renderWorking, workingAsText } from "./core/render-working.ts";
import type { Terms } from "./core/terms.ts";

export interface EvaluatedLine {
  readonly component: string;
  /** The customer's name in the facts file, or the month. */
  readonly subject: string;
  readonly month: string;
  readonly earnedOn: Day;
  /** Whole units of the currency, e.g. `120.00`. */
  readonly amount: string;
  readonly currency: string;
  readonly payableFrom: Day;
  readonly working: Working;
  readonly explanation: readonly string[];
}

export interface Evaluation {
  readonly planHash: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly EvaluatedLine[];
  readonly months: readonly { readonly month: string; readonly amount: string }[];
  readonly total: string;
  readonly carry: readonly { readonly component: string; readonly into: string; readonly base: string }[];
}

export interface EvaluateOptions {
  /** Only this month, `2026-03-01`; without it every month with facts. */
  readonly month?: Month;
  readonly language?: PlanLanguage;
}

/**
 * What a plan pays for given facts, without server or database: the program's own calculation, nothing else.
 * @param document the plan, as JSON or YAML has been parsed
 * @param facts one JSON object per line, see `FactLine`
 * @throws Refusal `plan_invalid`, `invalid_input` with the line of the facts file, `rate_missing`
 */
export function evaluate(document: unknown, facts: string, options: EvaluateOptions = {}): Evaluation {
  const plan = readPlan(document);
  const parsed = readFacts(facts);
  const terms = termsOf(plan);
  const totals = totalsOf(parsed);
  const months = monthsOf(parsed, options.month);
  const calculated = calculate({
    ...months,
    terms: [terms],
    termsFor: () => terms,
    customers: customersOf(parsed),
    totals,
    carryIn: carryOf(parsed, plan, months.from),
    rates: new RateTable("ecb", ratesOf(parsed)),
  });
  const lines = calculated.lines
    .filter((line) => line.month >= months.from && line.month <= months.to)
    .sort((a, b) => (a.earnedOn === b.earnedOn ? (a.key < b.key ? -1 : 1) : a.earnedOn < b.earnedOn ? -1 : 1));
  return {
    planHash: terms.planHash,
    currency: plan.currency,
    from: months.from.slice(0, 7),
    to: months.to.slice(0, 7),
    lines: lines.map((line) => evaluatedLine(line, options.language ?? "en")),
    months: [...Map.groupBy(lines, (line) => line.month)].map(([month, own]) => ({
      month: month.slice(0, 7),
      amount: sum(own, plan.currency),
    })),
    total: sum(lines, plan.currency),
    carry: calculated.carries
      .filter((carry) => carry.month > months.to)
      .map((carry) => ({ component: carry.component, into: carry.month.slice(0, 7), base: carry.base })),
  };
}

function readFacts(text: string): FactLine[] {
  const facts: FactLine[] = [];
  const complaints: Complaint[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "") return;
    const place = `line ${index + 1}`;
    const json = parseJson(line);
    if (json === undefined) {
      complaints.push({ field: place, value: line.slice(0, 80), message: "is no JSON object" });
      return;
    }
    const fact = FactLine.safeParse(json);
    if (!fact.success)
      complaints.push({ field: place, value: line.slice(0, 80), message: "is no fact", hint: hintFor(json) });
    else if ("currency" in fact.data && parseCurrency(fact.data.currency) === undefined)
      complaints.push({ field: place, value: fact.data.currency, message: "is no ISO 4217 currency" });
    else if ("amount" in fact.data && minorOf(fact.data.amount, fact.data.currency) === undefined)
      complaints.push({
        field: place,
        value: fact.data.amount,
        message: `has more decimals than ${fact.data.currency}`,
      });
    else facts.push(fact.data);
  });
  if (complaints.length === 0) return facts;
  const shown = complaints
    .slice(0, 5)
    .map((one) => `${one.field}: ${one.value} ${one.message}${one.hint ? ` (${one.hint})` : ""}`);
  throw new Refusal("invalid_input", `The facts cannot be read. ${shown.join("; ")}`, complaints.slice(0, 50));
}

function parseJson(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hintFor(json: object): string {
  if ("measure" in json) return "an amount needs customer, on, measure, amount (text) and currency";
  if ("milestone" in json) return "a milestone needs customer, on and registration or kyc_passed";
  if ("rate" in json) return "a rate needs on, currency and rate (text, units for one euro)";
  return "see docs/reference/plan-language.md";
}

type AmountLine = Extract<FactLine, { measure: string }>;

function amounts(facts: readonly FactLine[]): AmountLine[] {
  return facts.filter((fact): fact is AmountLine => "measure" in fact);
}

function minorOf(amount: string, code: string): bigint | undefined {
  return toMinorExact(decimal(amount), currency(code));
}

function dayAmount(fact: AmountLine): DayAmount {
  return { day: fact.on, currency: fact.currency, minor: minorOf(fact.amount, fact.currency) ?? 0n };
}

function totalsOf(facts: readonly FactLine[]): Total[] {
  return amounts(facts).map((fact) => ({
    ...dayAmount(fact),
    cohort: "",
    product: fact.product ?? "",
    measure: fact.measure,
  }));
}

function customersOf(facts: readonly FactLine[]): CustomerFacts[] {
  const named = facts.filter((fact) => "customer" in fact);
  return [...Map.groupBy(named, (fact) => fact.customer)].map(([customerId, own]) => {
    const milestone = (name: string): Day | null => {
      const days = own.flatMap((fact) => ("milestone" in fact && fact.milestone === name ? [fact.on] : []));
      return days.sort()[0] ?? null;
    };
    const of = (measure: string): DayAmount[] =>
      amounts(own)
        .filter((fact) => fact.measure === measure)
        .map(dayAmount);
    const [firstDeposit = null] = of("deposit").toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    return {
      customerId,
      cohort: "",
      registeredOn: milestone("registration"),
      kycOn: milestone("kyc_passed"),
      firstDeposit,
      deposits: foldDays(of("deposit")),
      chargebacks: foldDays(of("chargeback")),
      refunds: foldDays(of("refund")),
    };
  });
}

function ratesOf(facts: readonly FactLine[]): { day: Day; currency: string; rate: string }[] {
  return facts.flatMap((fact) => ("rate" in fact ? [{ day: fact.on, currency: fact.currency, rate: fact.rate }] : []));
}

function carryOf(facts: readonly FactLine[], plan: PlanDocument, month: Month): Carry[] {
  return facts.flatMap((fact) =>
    "carryIn" in fact ? [{ component: fact.component, currency: plan.currency, month, base: fact.carryIn }] : [],
  );
}

function monthsOf(facts: readonly FactLine[], month: Month | undefined): { from: Month; to: Month } {
  if (month !== undefined) return { from: month, to: month };
  const days = facts.flatMap((fact) => ("customer" in fact ? [fact.on] : [])).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    throw new Refusal("invalid_input", "The facts file holds no fact of a customer.");
  return { from: monthOf(first), to: monthOf(last) };
}

function termsOf(plan: PlanDocument): Terms {
  const validity = { version: 1, validFrom: "0001-01-01", validTo: null, customers: "move" as const };
  return { agreementVersionId: "plan", ...validity, plan, planHash: hashPlan(plan) };
}

function evaluatedLine(line: CalculatedLine, language: PlanLanguage): EvaluatedLine {
  const money = { minor: line.amountMinor, currency: currency(line.currency) };
  const rendered = { currency: line.currency, amountMinor: line.amountMinor, subject: line.subjectId };
  return {
    component: line.component,
    subject: line.subjectId,
    month: line.month.slice(0, 7),
    earnedOn: line.earnedOn,
    amount: plainAmount(money.minor, line.currency),
    currency: line.currency,
    payableFrom: line.heldUntil ?? line.earnedOn,
    working: line.working,
    explanation: workingAsText(renderWorking(line.working, rendered, language)),
  };
}

function sum(lines: readonly CalculatedLine[], code: string): string {
  return plainAmount(
    lines.reduce((total, line) => total + line.amountMinor, 0n),
    code,
  );
}

/** `120.00`: with all decimals of the currency, without its name. */
function plainAmount(minor: bigint, code: string): string {
  return formatMoney({ minor, currency: currency(code) }).split(" ")[0] ?? "";
}
