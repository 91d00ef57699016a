import type { Component, ExplainedValue, ExplainedWorking, Working, WorkingStep } from "@tributary/contract";
import { compare, decimal } from "../../kernel/decimal.ts";
import { currency, formatMoney, toMinorExact } from "../../kernel/money.ts";
import type { Day } from "../../kernel/period.ts";
import { UNTIL_RELEASED } from "./finish.ts";
import { lostRules } from "./lost-rules.ts";
import { STEP_WORDS } from "./words/index.ts";
import { componentInWords, nameInWords } from "./words/names.ts";
import { type Language, WORDS, type Words } from "./working-words.ts";
import { dayInWords, paidBy, writtenValue } from "./written-value.ts";

/** What of the line is not in the working. */
export interface RenderedLine {
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly subjectKind: "customer" | "event" | "period" | "partner";
  /** `2026-03` for a period, the customer's reference for a customer, the sub-partner's name. */
  readonly subject: string;
  readonly earnedOn: Day;
  /** The component of the signed terms, where it is known: its other rules are shown as those that lost. */
  readonly component?: Component | undefined;
  /** How the reader may name customers and partners that steps speak of by their ids; as they are when left out. */
  readonly naming?: Naming;
}

export interface Naming {
  readonly customer: (id: string) => string;
  readonly partner: (id: string) => string;
}

const AS_THEY_ARE: Naming = { customer: (id) => id, partner: (id) => id };

interface Reader {
  readonly words: Words;
  readonly language: Language;
  readonly currency: string;
  readonly naming: Naming;
}

/** The one renderer of a working: the why drawer, the portal and the command line show what it says. */
export function renderWorking(working: Working, line: RenderedLine, language: Language): ExplainedWorking {
  const words = WORDS[language];
  const reader: Reader = { words, language, currency: line.currency, naming: line.naming ?? AS_THEY_ARE };
  const { component } = line;
  const subject = line.subjectKind === "period" ? dayInWords(line.subject, language) : line.subject;
  return {
    title: `${componentInWords(working.model, working.component, language)}, ${words.subject[line.subjectKind](subject)}`,
    result: { kind: "money", money: { minor: String(line.amountMinor), currency: line.currency } },
    rule: {
      name: STEP_WORDS[language][`model_${working.model}`] ?? working.model,
      ...(working.clause === undefined ? {} : { text: words.clause(working.clause) }),
    },
    ...rateOf(working, line, words),
    inputs: [
      ...working.inputs.map((input) => inputOf(input, language)),
      ...working.conversions.map((one) => conversionOf(one, reader)),
    ],
    steps: [...working.steps.map((step) => stepOf(step, reader)), ...holdOf(working, reader)],
    ...roundingOf(working, words),
    alternatives: [
      ...working.alternatives.map((one) => ({
        name: one.values.condition === undefined ? one.rule : nameInWords(one.values.condition, language),
        reason: words.missed(one.reason, one.values),
      })),
      ...(component === undefined
        ? []
        : lostRules({ component, working, earnedOn: line.earnedOn, currency: line.currency, language })),
    ],
  };
}

/** The rate or amount that applied to everything, and the tier it belongs to. */
function rateOf(working: Working, line: RenderedLine, words: Words): Pick<ExplainedWorking, "rate"> {
  const { rate, tier } = working;
  if (rate === null) return {};
  const kind = line.component === undefined ? kindOfModel(working.model) : paidBy(line.component).kind;
  return {
    rate: {
      name: kind === "share" ? words.rate : words.amountEach,
      value: writtenValue(rate, kind, line.currency),
      ...(tier === null ? {} : { tier }),
    },
  };
}

/** Where the terms are not at hand: models that are shares by their nature. */
function kindOfModel(model: string): "share" | "amount" | "number" {
  if (["revenue_share", "theoretical", "spread_share", "commission_share", "client_rebate"].includes(model))
    return "share";
  return "number";
}

/** Some steps alone, e.g. why a customer does not qualify. */
export function renderSteps(
  steps: readonly WorkingStep[],
  unit: string,
  language: Language,
): ExplainedWorking["steps"] {
  const reader: Reader = { words: WORDS[language], language, currency: unit, naming: AS_THEY_ARE };
  return steps.map((step) => stepOf(step, reader));
}

/** A step as a line of text. */
export function stepAsText(step: ExplainedWorking["steps"][number]): string {
  const result = valueText(step.result);
  return `${step.name}${step.arithmetic === undefined ? "" : `: ${step.arithmetic}`}${result === "" ? "" : ` = ${result}`}`;
}

/** The same as lines of text. */
export function workingAsText(explained: ExplainedWorking): string[] {
  return [
    `${explained.title}: ${valueText(explained.result)}`,
    ...explained.inputs.map((input) => `  ${input.name}: ${valueText(input.value)}`),
    ...explained.steps.map((step) => `  ${stepAsText(step)}`),
    ...(explained.rounding === undefined
      ? []
      : [`  ${explained.rounding.rule}: ${explained.rounding.before} → ${explained.rounding.after}`]),
    ...explained.alternatives.map((one) => `  (${one.name}: ${one.reason})`),
  ];
}

function inputOf(input: Working["inputs"][number], language: Language): ExplainedWorking["inputs"][number] {
  const name = nameInWords(input.name, language);
  if (input.day !== undefined) return { name, value: { kind: "day", value: input.day } };
  return { name, value: amountValue(input.value, input.currency) };
}

function conversionOf(
  one: Working["conversions"][number],
  { words, language }: Reader,
): ExplainedWorking["inputs"][number] {
  const value = `${one.amount} ${one.from} × ${one.rate} = ${one.converted} ${one.to}`;
  const source = words.rateOf(one.source, dayInWords(one.published, language), dayInWords(one.asked, language));
  return { name: nameInWords(one.name, language), value: { kind: "text", value: `${value} (${source})` } };
}

/** What holds from the beginning (a status, a country) has no day. */
function dayValue(day: string | undefined): ExplainedValue {
  return day === undefined || day <= "0001-01-01" ? { kind: "text", value: "" } : { kind: "day", value: day };
}

/** Steps that are no sentence with numbers but a condition and how it came out. */
function stepOf(step: WorkingStep, reader: Reader): ExplainedWorking["steps"][number] {
  const { words, language } = reader;
  const { values } = step;
  const condition = nameInWords(values.condition ?? "", language);
  switch (step.code) {
    case "condition_met":
      return { name: condition, ...comparison(values), result: dayValue(values.day), held: true };
    case "condition_missed":
      return {
        name: condition,
        ...comparison(values),
        result: { kind: "text", value: words.missed(values.reason ?? "", values) },
        held: false,
      };
    case "qualified":
      return { name: words.qualified, result: { kind: "day", value: values.day ?? "" }, held: true };
    case "clawed_back":
      return {
        name: words.clawedBack(nameInWords(values.kind ?? "", language)),
        result: values.value === undefined ? { kind: "day", value: values.day ?? "" } : resultOf(values),
        held: false,
      };
    case "amount":
      return { name: words.amount, result: amountValue(values.amount ?? "0", values.currency ?? reader.currency) };
    case "no_longer_earned":
      return { name: words.noLongerEarned, result: amountValue("0", reader.currency), held: false };
    case "gate_metric":
      // The comparison says what it came to.
      return { ...sentenceStep(step, reader), result: { kind: "text", value: "" } };
    default:
      return sentenceStep(step, reader);
  }
}

/** A step whose sentence is a template and whose numbers stand in its values. */
function sentenceStep({ code, values }: WorkingStep, reader: Reader): ExplainedWorking["steps"][number] {
  const sentences = STEP_WORDS[reader.language];
  const template = sentences[`${code}_${values.overflow}`] ?? sentences[code] ?? nameInWords(code, reader.language);
  const name = template.replace(/\{(\w+)\}/g, (_, key: string) => placed(key, values[key] ?? "", reader));
  return {
    name,
    ...(values.arithmetic === undefined || values.arithmetic === "" ? {} : { arithmetic: values.arithmetic }),
    result: resultOf(values),
    ...(values.held === undefined ? {} : { held: values.held === "true" }),
  };
}

/** What stands in a sentence: people by their names, days and codes in words, numbers as they are. */
function placed(key: string, value: string, { language, naming }: Reader): string {
  if (key === "customer") return naming.customer(value);
  if (key === "partner") return naming.partner(value);
  if (key === "order") return value;
  return dayInWords(nameInWords(value, language), language);
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
  const asked = /^[≥>≤<≠=]/.test(values.asked) ? values.asked : `≥ ${values.asked}`;
  return { arithmetic: `${values.found} ${asked}` };
}

/** When it is payable, or what it waits for: an amount that waits has no day. */
function holdOf({ hold }: Working, { words }: Reader): ExplainedWorking["steps"] {
  if (hold.until === null && hold.reason === undefined) return [];
  if (hold.until === null || hold.until === UNTIL_RELEASED) {
    const name = words.waitsFor[hold.reason ?? "event"] ?? words.waitsFor.event ?? "";
    return [{ name, result: { kind: "text", value: "" }, held: false }];
  }
  return [
    {
      name: words.payableFrom(hold.days, hold.from, hold.business === true),
      result: { kind: "day", value: hold.until },
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

function valueText(value: ExplainedValue): string {
  if (value.kind === "decimal") return value.unit === undefined ? value.value : `${value.value} ${value.unit}`;
  if (value.kind !== "money") return value.value;
  return formatMoney({ minor: BigInt(value.money.minor), currency: currency(value.money.currency) });
}
