import type { DataCondition, FieldCondition } from "@tributary/contract";

/** What can be asked of a field, in the order in which it is offered. */
export const OPERATORS: readonly string[] = [
  ...["is", "isNot", "empty", "filled", "contains", "startsWith"],
  ...["atLeast", "atMost", "olderThanDays", "withinDays"],
];

export interface Line {
  readonly field: string;
  /** one of {@link OPERATORS} */
  readonly operator: string;
  /** As it is typed; lists are divided by commas. */
  readonly value: string;
}

export interface Lines {
  readonly mode: "all" | "any";
  readonly lines: readonly Line[];
}

const NUMBERS: ReadonlySet<string> = new Set(["atLeast", "atMost", "olderThanDays", "withinDays"]);
export const takesNothing = (operator: string): boolean => operator === "empty" || operator === "filled";

/** The condition that a JSON text holds, as lines; undefined where it says more than lines can. */
export function linesOf(text: string): Lines | undefined {
  let condition: DataCondition;
  try {
    condition = JSON.parse(text) as DataCondition;
  } catch {
    return undefined;
  }
  const mode = "any" in condition ? "any" : "all";
  const parts = "any" in condition ? condition.any : "all" in condition ? condition.all : [condition];
  const lines = parts.map(lineOf);
  return lines.every((line) => line !== undefined) ? { mode, lines } : undefined;
}

function lineOf(condition: DataCondition): Line | undefined {
  if (!("field" in condition)) return undefined;
  const { field, ...asked } = condition as FieldCondition;
  const [[name, value] = [], ...more] = Object.entries(asked);
  if (name === undefined || more.length > 0) return undefined;
  if (name === "empty") return { field, operator: value === true ? "empty" : "filled", value: "" };
  return { field, operator: name, value: Array.isArray(value) ? value.join(", ") : String(value) };
}

/** Lines as the JSON text that the API takes. */
export function textOfLines({ mode, lines }: Lines): string {
  const conditions = lines.map(conditionOf);
  return JSON.stringify(conditions.length === 1 ? conditions[0] : { [mode]: conditions }, null, 2);
}

function conditionOf({ field, operator, value }: Line): unknown {
  if (takesNothing(operator)) return { field, empty: operator === "empty" };
  if (NUMBERS.has(operator)) return { field, [operator]: value.trim() === "" ? null : Number(value.replace(",", ".")) };
  if (operator !== "is" && operator !== "isNot") return { field, [operator]: value };
  const parts = value.split(",").map((one) => one.trim());
  return { field, [operator]: parts.filter((one) => one !== "") };
}
