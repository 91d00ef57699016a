import type { Evaluation } from "../../src/commissions/evaluate.ts";
import { add, type Decimal, decimal, divide, formatDecimal, roundTo } from "../../src/kernel/decimal.ts";
import type { Expectation } from "./read-cases.ts";

type Line = Evaluation["lines"][number];

const OF_MONTH = ["amount", "payable", "paid", "balance"] as const;

/**
 * What an expectation reads from an evaluation:
 * `total`, `pending`; `amount`, `payable`, `paid`, `balance` of a month; `<component>`, its amount of the month; `<component>.<figure>`;
 * `<component>.lines`, how many lines pay something; `.exact`, `.rate`, `.tier`, `.payable_from`, `.held_by` of a line; `.step.<code>`,
 * the value of a step of its working; `.input.<name>`, a fact that it names; `.carried`, the base carried into the next month; `.fenced.<customer>`.
 */
export function readingOf(evaluation: Evaluation, asked: Expectation): string {
  const value = rawReading(evaluation, asked);
  if (!isNumber(value)) return value;
  let number: Decimal = decimal(value);
  if (asked.per !== undefined) number = divide(number, decimal(String(asked.per)), 12);
  if (asked.plus !== undefined) number = add(number, decimal(String(asked.plus)));
  if (asked.places !== undefined) number = roundTo(number, asked.places, "half_up");
  return formatDecimal(number);
}

function rawReading(evaluation: Evaluation, asked: Expectation): string {
  const { read } = asked;
  if (read === "total" || read === "pending") return evaluation[read];
  const month = evaluation.months.find((one) => one.month === (asked.month ?? evaluation.to));
  if (month === undefined) throw new Error(`there is no month ${asked.month}`);
  const ofMonth = OF_MONTH.find((one) => one === read);
  if (ofMonth !== undefined) return month[ofMonth];
  const [component = "", name, ...rest] = read.split(".");
  if (name === undefined) return month.components[component] ?? "0";
  const carried = evaluation.carry.find((one) => one.component === component);
  if (name === "carried") return carried?.base ?? "0";
  if (name === "fenced") return fencedOf(carried?.state, rest.join("."));
  const lines = evaluation.lines.filter((one) => one.component === component && isMeant(one, asked, month.month));
  if (name === "lines") return String(lines.filter((one) => Number(one.amount) !== 0).length);
  const figure = month.figures[component]?.[name];
  return figure ?? ofLine(lines, name, rest.join("."), read);
}

function isMeant(line: Line, asked: Expectation, month: string): boolean {
  return line.month === month && (asked.subject === undefined || line.subject === asked.subject);
}

function ofLine(lines: readonly Line[], name: string, rest: string, read: string): string {
  const [line] = lines;
  if (line === undefined) throw new Error(`${read}: there is no such line, and no such figure`);
  switch (name) {
    case "amount":
    case "exact":
    case "rate":
    case "tier":
      return String(line[name] ?? "none");
    case "payable_from":
      return line.payableFrom ?? "held";
    case "held_by":
      return line.heldBy ?? "nothing";
    case "step":
      return stepOf(line, rest);
    case "input":
      return String(line.working.inputs.findLast((input) => input.name === rest)?.value ?? "none");
    default:
      throw new Error(`${read} can be read from nothing`);
  }
}

function stepOf(line: Line, code: string): string {
  const values = line.working.steps.find((step) => step.code === code)?.values;
  return String(values?.value ?? values?.reached ?? "none");
}

function fencedOf(state: unknown, customer: string): string {
  const groups = (state as { groups?: Record<string, { fenced?: Record<string, string> }> })?.groups ?? {};
  return groups[""]?.fenced?.[customer] ?? "0";
}

export function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** As numbers where both are numbers, else letter by letter; a yes is anything but zero. */
export function isSame(found: string, wanted: string | number | boolean): boolean {
  if (typeof wanted === "boolean") return isNumber(found) && (Number(found) !== 0) === wanted;
  const text = String(wanted);
  if (!isNumber(found) || !isNumber(text)) return found === text;
  return formatDecimal(decimal(found)) === formatDecimal(decimal(text));
}
