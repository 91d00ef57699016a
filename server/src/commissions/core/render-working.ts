import type { ExplainedValue, ExplainedWorking, Working, WorkingStep } from "@tributary/contract";
import { compare, decimal, formatDecimal, multiply } from "../../kernel/decimal.ts";
import { currency, formatMoney, toMinorExact } from "../../kernel/money.ts";
import { STEP_WORDS } from "./words/index.ts";
import { type Language, WORDS, type Words } from "./working-words.ts";

/** What of the line is not in the working. */
export interface RenderedLine {
  readonly currency: string;
  readonly amountMinor: bigint;
  /** `2026-03` for a period, the customer's reference for a customer. */
  readonly subject: string;
}

/** The one renderer of a working: the why drawer, the portal and the command line show what it says. */
export function renderWorking(working: Working, line: RenderedLine, language: Language): ExplainedWorking {
  const words = WORDS[language];
  return {
    title: words.title(working.component, line.subject),
    result: { kind: "money", money: { minor: String(line.amountMinor), currency: line.currency } },
    rule: {
      name: STEP_WORDS[language][`model_${working.model}`] ?? words.models[working.model] ?? working.model,
      ...(working.clause === undefined ? {} : { text: working.clause }),
    },
    ...(working.rate === null ? {} : { rate: { name: words.rate, value: percent(working.rate) } }),
    inputs: [
      ...working.inputs.map((input) => inputOf(input, words, language)),
      ...working.conversions.map((one) => conversionOf(one, words)),
    ],
    steps: [...working.steps.map((step) => stepOf(step, line, words, language)), ...holdOf(working, words)],
    ...roundingOf(working, words),
    alternatives: working.alternatives.map((one) => ({
      name: words.conditions[one.values.condition ?? ""] ?? one.rule,
      reason: words.missed(one.reason, one.values),
    })),
  };
}

/** Some steps alone, e.g. why a customer does not qualify. */
export function renderSteps(
  steps: readonly WorkingStep[],
  unit: string,
  language: Language,
): ExplainedWorking["steps"] {
  const line = { currency: unit, amountMinor: 0n, subject: "" };
  return steps.map((step) => stepOf(step, line, WORDS[language], language));
}

/** The same as lines of text. */
export function workingAsText(explained: ExplainedWorking): string[] {
  return [
    `${explained.title}: ${valueText(explained.result)}`,
    ...explained.inputs.map((input) => `  ${input.name}: ${valueText(input.value)}`),
    ...explained.steps.map(
      (step) =>
        `  ${step.name}${step.arithmetic === undefined ? "" : `: ${step.arithmetic}`} = ${valueText(step.result)}`,
    ),
    ...(explained.rounding === undefined
      ? []
      : [`  ${explained.rounding.rule}: ${explained.rounding.before} → ${explained.rounding.after}`]),
    ...explained.alternatives.map((one) => `  (${one.name}: ${one.reason})`),
  ];
}

function inputOf(
  input: Working["inputs"][number],
  words: Words,
  language: Language,
): ExplainedWorking["inputs"][number] {
  const known = STEP_WORDS[language][input.name];
  // A sentence with places to fill is no name.
  const name = words.conditions[input.name] ?? (known === undefined || known.includes("{") ? input.name : known);
  if (input.day !== undefined) return { name, value: { kind: "day", value: input.day } };
  return { name, value: amountValue(input.value, input.currency) };
}

function conversionOf(one: Working["conversions"][number], words: Words): ExplainedWorking["inputs"][number] {
  const value = `${one.amount} ${one.from} × ${one.rate} = ${one.converted} ${one.to}`;
  const source = words.rateOf(one.source, one.published, one.asked);
  return { name: words.conditions[one.name] ?? one.name, value: { kind: "text", value: `${value} (${source})` } };
}

function stepOf(
  step: WorkingStep,
  line: RenderedLine,
  words: Words,
  language: Language,
): ExplainedWorking["steps"][number] {
  const { values } = step;
  const unit = values.currency ?? line.currency;
  const condition = words.conditions[values.condition ?? ""] ?? values.condition ?? "";
  switch (step.code) {
    case "condition_met":
      return {
        name: condition,
        ...comparison(values),
        result: { kind: "day", value: values.day ?? "" },
        held: true,
      };
    case "condition_missed":
      return {
        name: condition,
        ...comparison(values),
        result: { kind: "text", value: words.missed(values.reason ?? "", values) },
        held: false,
      };
    case "qualified":
      return { name: words.qualified, result: { kind: "day", value: values.day ?? "" }, held: true };
    case "not_qualified":
      return { name: words.notQualified, result: { kind: "text", value: "" }, held: false };
    case "clawed_back":
      return {
        name: words.clawedBack(values.kind ?? ""),
        result: { kind: "day", value: values.day ?? "" },
        held: false,
      };
    case "amount":
      return { name: words.amount, result: amountValue(values.amount ?? "0", unit) };
    case "term":
      return {
        name: `${values.sign === "-" ? "−" : "+"} ${values.measure}`,
        result: amountValue(values.value ?? "0", unit),
      };
    case "base":
      return { name: words.base(values.name ?? ""), result: amountValue(values.value ?? "0", unit) };
    case "carry_in":
      return { name: words.carryIn, result: amountValue(values.value ?? "0", unit) };
    case "base_after_carry":
      return { name: words.baseAfterCarry, result: amountValue(values.value ?? "0", unit) };
    case "negative":
      return {
        name: values.carried === "full" ? words.negativeCarried : words.negativeDropped,
        result: amountValue(values.value ?? "0", unit),
      };
    case "share":
      return {
        name: words.share,
        arithmetic: `${values.base} × ${percent(values.rate ?? "0")}`,
        result: { kind: "decimal", value: values.value ?? "0", unit },
      };
    case "no_longer_earned":
      return { name: words.noLongerEarned, result: amountValue("0", unit), held: false };
    default:
      return genericStep(step, language);
  }
}

/** A step whose sentence is a template and whose numbers stand in its values. */
function genericStep({ code, values }: WorkingStep, language: Language): ExplainedWorking["steps"][number] {
  const template = STEP_WORDS[language][code] ?? code;
  const name = template.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
  return {
    name,
    ...(values.arithmetic === undefined || values.arithmetic === "" ? {} : { arithmetic: values.arithmetic }),
    result: resultOf(values),
    ...(values.held === undefined ? {} : { held: values.held === "true" }),
  };
}

function resultOf(values: Readonly<Record<string, string>>): ExplainedValue {
  if (values.value !== undefined && /^-?\d+(\.\d+)?$/.test(values.value)) {
    if (values.currency !== undefined) return amountValue(values.value, values.currency);
    return { kind: "decimal", value: values.value, ...(values.unit === undefined ? {} : { unit: values.unit }) };
  }
  return { kind: "text", value: values.value ?? "" };
}

/** `25 ≥ 20.00` for an amount; a milestone is there or not. */
function comparison(values: Readonly<Record<string, string>>): { readonly arithmetic?: string } {
  if (values.asked === undefined || /^[a-z]/.test(values.asked)) return {};
  return { arithmetic: `${values.found} ≥ ${values.asked}` };
}

function holdOf(working: Working, words: Words): ExplainedWorking["steps"] {
  if (working.hold.until === null) return [];
  return [
    {
      name: words.payableFrom(working.hold.days, working.hold.from),
      result: { kind: "day", value: working.hold.until },
    },
  ];
}

function roundingOf(working: Working, words: Words): Pick<ExplainedWorking, "rounding"> {
  const { before, after, mode } = working.rounding;
  return compare(decimal(before), decimal(after)) === 0
    ? {}
    : { rounding: { rule: words.rounding[mode] ?? mode, before, after } };
}

/** Money where the amount has whole minor units, else the exact decimal with its unit. */
function amountValue(value: string, unit: string | undefined): ExplainedValue {
  if (unit === undefined) return { kind: "decimal", value };
  const minor = toMinorExact(decimal(value), currency(unit));
  return minor === undefined
    ? { kind: "decimal", value, unit }
    : { kind: "money", money: { minor: String(minor), currency: unit } };
}

function percent(rate: string): string {
  return `${formatDecimal(multiply(decimal(rate), decimal("100")))} %`;
}

function valueText(value: ExplainedValue): string {
  if (value.kind === "decimal") return value.unit === undefined ? value.value : `${value.value} ${value.unit}`;
  if (value.kind !== "money") return value.value;
  return formatMoney({ minor: BigInt(value.money.minor), currency: currency(value.money.currency) });
}
