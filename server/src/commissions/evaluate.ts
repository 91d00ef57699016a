import type { FactLine, PlanDocument, PlanLanguage, Working } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, subtract, ZERO } from "../kernel/decimal.ts";
import { currency, formatMoney, toDecimal } from "../kernel/money.ts";
import { addMonths, type Day, type Month, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { checkPlan, hashPlan, readPlan } from "../plans/index.ts";
import { type Calculated, type CalculatedLine, calculate, type Memory } from "./core/calculate.ts";
import type { Facts } from "./core/entries.ts";
import { factsOfFile } from "./core/facts-of-file.ts";
import { UNTIL_RELEASED } from "./core/finish.ts";
import { carriedInto, rememberCarry } from "./core/models/index.ts";
import { planNames } from "./core/plan-names.ts";
import { RateTable } from "./core/rates.ts";
import { renderWorking, workingAsText } from "./core/render-working.ts";
import { monthsBetween } from "./core/run.ts";
import { slips } from "./core/slips.ts";
import type { Terms } from "./core/terms.ts";
import { readFactLines } from "./facts-file.ts";

const BEGINNING: Day = "0001-01-01";

export interface EvaluatedLine {
  readonly component: string;
  readonly model: string;
  /** The customer's name in the facts file, the month, or the sub-partner. */
  readonly subject: string;
  readonly month: string;
  readonly earnedOn: Day;
  /** Whole units of the currency, e.g. `120.00`: what is booked. */
  readonly amount: string;
  /** The same before rounding. */
  readonly exact: string;
  readonly currency: string;
  /** null: held until somebody or something releases it; `heldBy` says what. */
  readonly payableFrom: Day | null;
  readonly heldBy: string | null;
  readonly rate: string | null;
  readonly tier: string | null;
  readonly working: Working;
  readonly explanation: readonly string[];
}

export interface EvaluatedMonth {
  readonly month: string;
  /** Earned in the month. */
  readonly amount: string;
  /** Becomes payable in the month, from this and earlier ones. */
  readonly payable: string;
  /** Paid out for the month by the plan's minimum, and what is kept for the next. */
  readonly paid: string;
  readonly balance: string;
  readonly components: Readonly<Record<string, string>>;
  /** Numbers behind the amounts: bases, counts, lots. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Evaluation {
  readonly planHash: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly EvaluatedLine[];
  readonly months: readonly EvaluatedMonth[];
  readonly total: string;
  /** Held with no day of release. */
  readonly pending: string;
  /** What components remember into the month after the last: a carried base, who is fenced in. */
  readonly carry: readonly {
    readonly component: string;
    readonly into: string;
    readonly base?: string;
    readonly state: Memory["own"];
  }[];
}

export interface EvaluationOfFile extends Evaluation {
  /** Numbers that the facts tell and nothing reads, or that the plan reads and no fact tells: a misspelt name, or nothing at all. */
  readonly notes: readonly string[];
}

export interface EvaluateOptions {
  /** Only this month, `2026-03-01`; without it every month with facts. */
  readonly month?: Month;
  /** First month, where components pay before there are facts. */
  readonly from?: Month | undefined;
  /** Last month, where components pay without facts. */
  readonly until?: Month;
  readonly language?: PlanLanguage;
  /** Of the program: where a day begins; UTC when left out. */
  readonly timeZone?: string;
}

/**
 * What a plan pays for given facts, without server or database: the program's own calculation, nothing else.
 * @param document the plan, as JSON or YAML has been parsed
 * @param facts one JSON object per line, see contract/src/evaluate.ts
 * @throws Refusal `plan_invalid`, `invalid_input` with the line of the facts file, `rate_missing`
 */
export function evaluate(document: unknown, facts: string, options: EvaluateOptions = {}): EvaluationOfFile {
  const plan = readPlan(document);
  const lines = readFactLines(facts);
  const known = factsOfFile(lines, plan.currency, options.timeZone ?? "UTC", planNames(plan));
  const dated = { ...options, from: firstDue(plan, known) };
  const memories = memoriesOf(lines, plan, monthsOf(known, dated).from);
  const evaluated = withRateLine(() => evaluateFacts(plan, known, ratesOf(lines), memories, dated));
  return { ...evaluated, notes: [...warningsOf(document), ...slips(plan, known)] };
}

/** What the linter warns of: a plan that is valid, and probably not what is meant. */
function warningsOf(document: unknown): string[] {
  return checkPlan(document)
    .findings.filter((one) => one.severity === "warning")
    .map((one) => [`${one.path}: ${one.message}`, one.wayOut ?? ""].join(" ").trim());
}

/** Who evaluates a file loads no rates: they stand in it. */
function withRateLine<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "rate_missing") throw error;
    const [complaint] = error.complaints;
    const day = complaint?.value ?? "2026-03-02";
    const [, from = "USD", to = "EUR"] = /from ([A-Z]+) to ([A-Z]+)/.exec(error.message) ?? [];
    const line = `{"on": "${day}", "currency": "${from === "EUR" ? to : from}", "rate": 1.2}`;
    const hint = `give it as a line of the facts, units for one euro: ${line}; with conversion.source stated: {"on": "${day}", "from": "${from}", "to": "${to}", "rate": 0.92}`;
    throw new Refusal("rate_missing", `${error.message} Way out: ${hint}.`, [
      { field: complaint?.field ?? "rate", value: day, message: "no rate", hint },
    ]);
  }
}

/** The same for facts that are at hand: calculator, test cases, simulations. */
export function evaluateFacts(
  plan: PlanDocument,
  facts: Facts,
  rates: RateTable,
  memories: readonly Memory[] = [],
  options: EvaluateOptions = {},
): Evaluation {
  const terms = termsOf(plan);
  const months = monthsOf(facts, options);
  const calculated = calculate({ ...months, terms: [terms], termsFor: () => terms, facts, rates, memories });
  const lines = calculated.lines
    .filter((line) => line.month >= months.from && line.month <= months.to)
    .sort((a, b) => (a.earnedOn === b.earnedOn ? (a.key < b.key ? -1 : 1) : a.earnedOn < b.earnedOn ? -1 : 1));
  return {
    planHash: terms.planHash,
    currency: plan.currency,
    from: months.from.slice(0, 7),
    to: months.to.slice(0, 7),
    lines: lines.map((line) => evaluatedLine(plan, line, options.language ?? "en")),
    months: evaluatedMonths(plan, months, lines, calculated),
    total: sum(lines, plan.currency),
    pending: sum(
      lines.filter((line) => line.heldUntil === UNTIL_RELEASED),
      plan.currency,
    ),
    carry: calculated.memories
      .filter((one) => one.month > months.to && Object.keys(one.own).length > 0)
      .map((one) => ({
        component: one.component,
        into: one.month.slice(0, 7),
        ...carriedBase(plan, one),
        state: one.own,
      })),
  };
}

function carriedBase(plan: PlanDocument, memory: Memory): { readonly base?: string } {
  const component = plan.components.find((one) => one.code === memory.component);
  const base = component === undefined ? null : carriedInto(component, memory.own);
  return base === null ? {} : { base: formatDecimal(base) };
}

/** A negative base given with the facts, as the component itself remembers it. */
function memoriesOf(lines: readonly FactLine[], plan: PlanDocument, month: Month): Memory[] {
  return lines.flatMap((line) => {
    if (line.kind !== "carry") return [];
    const component = plan.components.find((one) => one.code === line.fact.component);
    if (component?.model !== "revenue_share") {
      throw new Refusal("invalid_input", `There is no revenue share ${line.fact.component} to carry into.`, [
        { field: "component", value: line.fact.component, message: "no such revenue share in the plan" },
      ]);
    }
    const own = rememberCarry(line.fact.carryIn, addMonths(month, -1));
    return [
      {
        component: component.code,
        currency: plan.currency,
        month,
        leftBy: "plan",
        own,
        bands: {},
        caps: {},
        postponed: "0",
        handedOver: [],
      },
    ];
  });
}

function ratesOf(lines: readonly FactLine[]): RateTable {
  const rates = lines.flatMap((line) => (line.kind === "rate" ? [line.fact] : []));
  const said = new Map<string, string>();
  const quoted = rates.flatMap((one) =>
    "currency" in one ? [{ day: one.on, currency: one.currency, rate: one.rate }] : [],
  );
  const pairs = rates.flatMap((one) =>
    "from" in one ? [{ day: one.on, from: one.from, to: one.to, rate: one.rate }] : [],
  );
  for (const { on, name, rate } of rates.map(rateNamed)) {
    const known = said.get(`${on} ${name}`);
    if (known !== undefined && decimalsDiffer(known, rate))
      throw new Refusal(
        "invalid_input",
        `There are two rates of ${name} for ${on}, ${known} and ${rate}: leave out one of them.`,
      );
    if (name === "EUR" && decimalsDiffer(rate, "1"))
      throw new Refusal(
        "invalid_input",
        `The rate of EUR for ${on} is ${rate}: rates are units for one euro, so its own is 1.`,
      );
    said.set(`${on} ${name}`, rate);
  }
  return new RateTable(pairs.length > 0 && quoted.length === 0 ? "stated" : "ecb", quoted, pairs);
}

function rateNamed(one: Extract<FactLine, { kind: "rate" }>["fact"]) {
  return { on: one.on, rate: one.rate, name: "currency" in one ? one.currency : `${one.from} to ${one.to}` };
}

function decimalsDiffer(one: string, other: string): boolean {
  return compare(decimal(one), decimal(other)) !== 0;
}

/** The first month in which something is due that does not wait for facts: a fee, a guarantee, a sub-partner who joined. */
function firstDue(plan: PlanDocument, facts: Facts): Month | undefined {
  const days = plan.components.flatMap((one): Day[] => {
    if (one.model === "flat_fee" || one.model === "minimum_guarantee") {
      const booked = one.model === "flat_fee" ? one.booked?.from : undefined;
      return [one.from ?? booked ?? []].flat();
    }
    if (one.model !== "sub_partner" || one.pays.mode !== "per_referral" || one.pays.needs !== "joined") return [];
    return facts.tree.flatMap((edge) => (edge.from > BEGINNING ? [edge.from] : []));
  });
  const [first] = days.map(monthOf).sort();
  return first;
}

function monthsOf(facts: Facts, options: EvaluateOptions): { from: Month; to: Month } {
  if (options.month !== undefined) return { from: options.month, to: options.until ?? options.month };
  const months = [
    ...[...facts.customers, ...facts.elsewhere].flatMap((one) => one.entries.map((entry) => monthOf(entry.day))),
    ...facts.traffic.map((entry) => monthOf(entry.day)),
  ];
  // Numbers of earlier months are told to be looked back at; alone they say which months are meant.
  if (months.length === 0)
    months.push(...facts.stated.map((one) => one.month), ...facts.earned.map((one) => one.month));
  else {
    const newest = months.toSorted().at(-1) ?? "";
    months.push(...facts.earned.map((one) => one.month).filter((month) => month > newest));
  }
  const sorted = months.sort();
  if (options.from !== undefined && options.from < (sorted[0] ?? "9999")) sorted.unshift(options.from);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined)
    throw new Refusal("invalid_input", "The facts file holds no fact of any month: give one, or --month.");
  if (options.until !== undefined && options.until < first)
    throw new Refusal(
      "invalid_input",
      `The facts begin in ${first.slice(0, 7)}: no month lies before ${options.until.slice(0, 7)}.`,
    );
  return { from: first, to: options.until ?? last };
}

function termsOf(plan: PlanDocument): Terms {
  const validity = { version: 1, validFrom: "0001-01-01", validTo: null, customers: "move" as const };
  return { agreementVersionId: "plan", ...validity, plan, planHash: hashPlan(plan) };
}

function evaluatedLine(plan: PlanDocument, line: CalculatedLine, language: PlanLanguage): EvaluatedLine {
  const { currency: code, amountMinor, subjectKind, subjectId: subject, earnedOn } = line;
  const component = plan.components.find((one) => one.code === line.component);
  const rendered = { currency: code, amountMinor, subjectKind, subject, earnedOn, component };
  const released = line.heldUntil !== UNTIL_RELEASED;
  return {
    component: line.component,
    model: line.working.model,
    subject: line.subjectId,
    month: line.month.slice(0, 7),
    earnedOn: line.earnedOn,
    amount: plainAmount(line.amountMinor, line.currency),
    exact: line.working.rounding.before,
    currency: line.currency,
    payableFrom: released ? (line.heldUntil ?? line.earnedOn) : null,
    heldBy: released ? null : (line.working.hold.reason ?? "event"),
    rate: line.working.rate,
    tier: line.working.tier,
    working: line.working,
    explanation: workingAsText(renderWorking(line.working, rendered, language)),
  };
}

function evaluatedMonths(
  plan: PlanDocument,
  months: { readonly from: Month; readonly to: Month },
  lines: readonly CalculatedLine[],
  calculated: Calculated,
): EvaluatedMonth[] {
  let balance = ZERO;
  return monthsBetween(months.from, months.to).map((month) => {
    const own = lines.filter((line) => line.month === month);
    const payable = lines.filter((line) => monthOf(payableDay(line)) === month);
    balance = add(balance, total(payable, plan.currency));
    const paid = isPaid(plan, balance) ? balance : ZERO;
    balance = subtract(balance, paid);
    return {
      month: month.slice(0, 7),
      amount: sum(own, plan.currency),
      payable: sum(payable, plan.currency),
      paid: amountText(paid, plan.currency),
      balance: amountText(balance, plan.currency),
      components: Object.fromEntries(
        [...Map.groupBy(own, (line) => line.component)].map(([code, some]) => [code, sum(some, plan.currency)]),
      ),
      figures: figuresOf(calculated, month),
    };
  });
}

function figuresOf(calculated: Calculated, month: Month): EvaluatedMonth["figures"] {
  const own = calculated.figures.filter((one) => one.month === month);
  return Object.fromEntries(
    [...Map.groupBy(own, (one) => one.component)].map(([code, some]) => [
      code,
      Object.fromEntries(some.map((one) => [one.name, one.value])),
    ]),
  );
}

function payableDay(line: CalculatedLine): Day {
  return line.heldUntil === null || line.heldUntil < line.earnedOn ? line.earnedOn : line.heldUntil;
}

function isPaid(plan: PlanDocument, balance: Decimal): boolean {
  if (balance.units <= 0n) return false;
  const { minimum, bound } = plan.payout ?? {};
  if (minimum === undefined) return true;
  return compare(balance, decimal(minimum)) >= (bound === "more_than" ? 1 : 0);
}

function total(lines: readonly CalculatedLine[], code: string): Decimal {
  const minor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  return toDecimal({ minor, currency: currency(code) });
}

function sum(lines: readonly CalculatedLine[], code: string): string {
  return plainAmount(
    lines.reduce((all, line) => all + line.amountMinor, 0n),
    code,
  );
}

function amountText(value: Decimal, code: string): string {
  const places = toDecimal({ minor: 1n, currency: currency(code) }).scale;
  return plainAmount(value.units * 10n ** BigInt(Math.max(places - value.scale, 0)), code);
}

/** `120.00`: with all decimals of the currency, without its name. */
function plainAmount(minor: bigint, code: string): string {
  return formatMoney({ minor, currency: currency(code) }).split(" ")[0] ?? "";
}
