import type { Estimate, EstimateFunnel, PlanDocument, PlanLanguage } from "@tributary/contract";
import {
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  roundTo,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import type { Month } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { funnelFacts } from "../core/funnel-facts.ts";
import { choicesOf, slidersOf } from "../core/funnel-sliders.ts";
import { RateTable } from "../core/rates.ts";
import { isTiered, sortedBands } from "../core/tiers.ts";
import { componentInWords, nameInWords } from "../core/words/names.ts";
import { paidBy, writtenValue } from "../core/written-value.ts";
import { type EvaluatedLine, type Evaluation, evaluateFacts } from "../evaluate.ts";

/** More people than this a month make an answer slow; nobody learns more from them. */
const MOST_REGISTRATIONS = 5000;
const MOST_DEPOSITORS = 2000;

/**
 * What a plan would pay for the same funnel month after month: the plan's own calculation over people that the funnel makes up. Sliders that are not
 * given stand where they begin.
 * @param first month that is estimated, `2026-03-01`
 * @throws Refusal `invalid_input` when the funnel is larger than an estimate can be
 */
export function estimate(plan: PlanDocument, funnel: EstimateFunnel, first: Month, language: PlanLanguage): Estimate {
  const sliders = slidersOf(plan, language).map((slider) => {
    const value = funnel.numbers[slider.id] ?? slider.value;
    return { ...slider, value: Math.min(Math.max(value, slider.min), slider.max) };
  });
  const choices = choicesOf(plan, language).map((one) => ({
    ...one,
    values: [...one.values],
    value: funnel.choices[one.name] ?? one.values[0] ?? "",
  }));
  const made = funnelFacts(
    plan,
    {
      numbers: Object.fromEntries(sliders.map((one) => [one.id, one.value])),
      choices: Object.fromEntries(choices.filter((one) => one.value !== "").map((one) => [one.name, one.value])),
    },
    first,
    funnel.months,
  );
  const [month] = made.months;
  if ((month?.registrations ?? 0) > MOST_REGISTRATIONS || (month?.ftds ?? 0) > MOST_DEPOSITORS)
    throw new Refusal(
      "invalid_input",
      `An estimate takes up to ${MOST_REGISTRATIONS} registrations and ${MOST_DEPOSITORS} first deposits a month.`,
    );
  const last = made.months.at(-1)?.month ?? first;
  const evaluation = evaluateFacts(plan, made.facts, new RateTable("none", [], []), [], {
    month: first,
    until: last,
    language,
  });
  return {
    currency: plan.currency,
    total: String(minorOf(evaluation.total)),
    perDepositor: perDepositor(
      evaluation,
      made.months.reduce((sum, one) => sum + one.ftds, 0),
    ),
    months: made.months.map(({ month: at, ...counts }) => {
      const found = evaluation.months.find((one) => one.month === at.slice(0, 7));
      const components = Object.entries(found?.components ?? {}).map(([code, amount]) => [
        code,
        String(minorOf(amount)),
      ]);
      return {
        month: at.slice(0, 7),
        amount: String(minorOf(found?.amount ?? "0")),
        components: Object.fromEntries(components),
        ...counts,
      };
    }),
    components: plan.components.map((component) => ({
      code: component.code,
      name: componentInWords(component.model, component.code, language),
      total: sumOf(evaluation, component.code),
      ...standingOf(plan, component, evaluation, language),
    })),
    sliders,
    choices,
  };
}

/** `64.80` with all decimals of its currency, as the evaluation writes amounts. */
function minorOf(amount: string): bigint {
  return BigInt(amount.replace(".", ""));
}

function perDepositor(evaluation: Evaluation, ftds: number): string | null {
  if (ftds === 0) return null;
  const each = divide({ units: minorOf(evaluation.total), scale: 0 }, decimal(ftds), 8);
  return formatDecimal(roundTo(each, 0, "half_up"));
}

function sumOf(evaluation: Evaluation, code: string): string {
  return String(evaluation.months.reduce((sum, one) => sum + minorOf(one.components[code] ?? "0"), 0n));
}

/** The tier that the last month reached, and how far the next one is. */
function standingOf(
  plan: PlanDocument,
  component: PlanDocument["components"][number],
  evaluation: Evaluation,
  language: PlanLanguage,
): Pick<Estimate["components"][number], "rate" | "tier" | "next"> {
  const lines = evaluation.lines.filter((one) => one.component === component.code);
  const line = lines.at(-1);
  const { value, kind } = paidBy(component);
  const rate = line?.rate === null || line === undefined ? null : writtenValue(line.rate, kind, plan.currency);
  const tier = line?.tier ?? null;
  if (value === null || !isTiered(value)) return { rate, tier, next: null };
  const read = reading(line);
  const reached = read?.reached ?? ZERO;
  const next = sortedBands(value).find(
    (band) => compare(decimal(band.from), reached) > ((band.bounds ?? value.bounds) === "at_least" ? 0 : -1),
  );
  if (next === undefined || read === undefined) return { rate, tier, next: null };
  return {
    rate,
    tier,
    next: {
      from: next.from,
      missing: formatDecimal(subtract(decimal(next.from), reached)),
      metric: nameInWords(read.metric, language),
      value: typeof next.value === "string" ? writtenValue(next.value, kind, plan.currency) : null,
    },
  };
}

function reading(line: EvaluatedLine | undefined): { readonly metric: string; readonly reached: Decimal } | undefined {
  const step = line?.working.steps.findLast((one) => one.code === "tier_reached" || one.code === "metric");
  const reached = step?.values.reached ?? step?.values.value;
  if (step === undefined || reached === undefined) return undefined;
  return { metric: step.values.metric ?? "", reached: decimal(reached) };
}
