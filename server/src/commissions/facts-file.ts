import {
  FactCarry,
  FactCustomer,
  FactEarned,
  FactEvent,
  type FactLine,
  FactMeasure,
  FactMetric,
  FactMilestone,
  FactPartner,
  FactPayout,
  FactRate,
} from "@tributary/contract";
import type { z } from "zod";
import { type Complaint, Refusal } from "../kernel/refusal.ts";
import { isRawMessage, sayIn, schemaWords } from "../plans/index.ts";

type Kind = FactLine["kind"];

const SCHEMAS: Readonly<Record<Kind, z.ZodType>> = {
  event: FactEvent,
  measure: FactMeasure,
  milestone: FactMilestone,
  customer: FactCustomer,
  partner: FactPartner,
  earned: FactEarned,
  metric: FactMetric,
  rate: FactRate,
  payout: FactPayout,
  carry: FactCarry,
};

/** What tells the kinds of lines apart, in this order. */
const MARKS: readonly (readonly [string, Kind])[] = [
  ["type", "event"],
  ["measure", "measure"],
  ["milestone", "milestone"],
  ["earned", "earned"],
  ["metric", "metric"],
  ["rate", "rate"],
  ["payout", "payout"],
  ["carryIn", "carry"],
  ["customer", "customer"],
  ["partner", "partner"],
];

/**
 * Reads a facts file. Every line that is wrong is named with its number, what is wrong and the way out; nothing is calculated then.
 * @throws Refusal `invalid_input`
 */
export function readFactLines(text: string): FactLine[] {
  const lines: FactLine[] = [];
  const complaints: Complaint[] = [];
  linesOf(text).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#") || trimmed.startsWith("//")) return;
    const read = readLine(trimmed, `line ${index + 1}`);
    if ("kind" in read) lines.push({ ...read, line: index + 1 });
    else complaints.push(...read);
  });
  if (complaints.length === 0) return lines;
  const shown = complaints
    .slice(0, 3)
    .map((one) => `${one.field}: ${one.message}${one.hint === undefined ? "" : ` (${one.hint})`}`);
  throw new Refusal("invalid_input", `The facts cannot be read. ${shown.join("; ")}`, complaints.slice(0, 50));
}

/** A file that is one JSON list is read as if each of its entries stood on a line. */
function linesOf(text: string): string[] {
  if (!text.trimStart().startsWith("[")) return text.split(/\r?\n/);
  try {
    return (JSON.parse(text) as unknown[]).map((one) => JSON.stringify(one));
  } catch {
    return text.split(/\r?\n/);
  }
}

function readLine(line: string, place: string): FactLine | Complaint[] {
  const value = line.slice(0, 80);
  const json = parseJson(line);
  if (typeof json === "string")
    return [{ field: place, value, message: json, hint: `such a line is written like ${LIKE.event}` }];
  const names = snakeCase(json);
  if (names === null)
    return [{ field: place, value, message: "says a field twice: names in camelCase and in snake_case are the same" }];
  const kind = MARKS.find(([mark]) => mark in names)?.[1];
  if (kind === undefined) {
    const hint =
      "a line needs one of type, milestone, measure, metric, rate, earned, payout, customer, partner; see docs/reference/plan-language.md";
    return [{ field: place, value, message: "says nothing that a fact is known by", hint }];
  }
  // What was earned on a day was earned in its month.
  if (kind === "earned" && typeof names.on === "string") names.month ??= names.on.slice(0, 7);
  const parsed = SCHEMAS[kind].safeParse(names);
  if (parsed.success) return { kind, fact: parsed.data } as FactLine;
  return parsed.error.issues.slice(0, 5).map((issue) => ({
    field: `${place}, ${issue.path.join(".") || kind}`,
    value,
    message: messageOf(issue, names),
    hint: `such a line is written like ${LIKE[kind]}`,
  }));
}

/** What a line of each kind looks like, for who wrote it otherwise. */
const LIKE: Readonly<Record<Kind, string>> = {
  event: '{"type":"deposit","customer":"c1","on":"2026-03-02","amount":"50.00","currency":"EUR"}',
  measure: '{"customer":"c1","on":"2026-03-02","measure":"ngr","amount":"120.00","currency":"EUR"}',
  milestone: '{"customer":"c1","on":"2026-03-02","milestone":"kyc_passed"}',
  customer: '{"customer":"c1","country":"DE"}',
  partner: '{"partner":"sub","parent":"self","from":"2026-01-01","active":true}',
  earned: '{"partner":"sub","earned":"2000.00","month":"2026-03"}',
  metric: '{"metric":"active_members","value":"6","month":"2026-03"}',
  rate: '{"on":"2026-03-02","currency":"USD","rate":"1.2"}',
  payout: '{"payout":"2026-03","on":"2026-04-20"}',
  carry: '{"carryIn":"-500.00","component":"share"}',
};

function messageOf(issue: z.core.$ZodIssue, line: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0] ?? "");
  const value = line[name];
  if (issue.code === "unrecognized_keys") return `there is no field ${issue.keys.join(", ")} in such a line`;
  if (name !== "" && value === undefined) return "is missing";
  if (name === "on" || name === "from" || name === "until") return dayWords(value);
  if (name === "month" || name === "payout") return `${String(value)} is no month: write one like 2026-03`;
  if (issue.code === "invalid_union") return unionWords(issue, name, value);
  return schemaWords(issue, name, value, sayIn("en"));
}

function dayWords(value: unknown): string {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return `the day ${value} does not exist`;
  return `${String(value)} is no day: write one like 2026-03-02`;
}

/** Of the forms that a value may have the one with words of its own, else what stands there. */
function unionWords(issue: z.core.$ZodIssueInvalidUnion, name: string, value: unknown): string {
  const branches = issue.errors.flat();
  const own =
    branches.find((one) => !isRawMessage(one.message)) ?? branches.find((one) => one.code === "unrecognized_keys");
  if (own?.code === "unrecognized_keys") return `there is no field ${own.keys.join(", ")} in such a line`;
  if (own !== undefined) return `${String(value)}: ${own.message}`;
  return name === "" ? "is not written as such a line is" : `${JSON.stringify(value)} cannot stand here`;
}

/** The object of a line, or what is wrong with it and where. */
function parseJson(line: string): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `is no JSON: ${jsonCause(line)}`;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const twice = saidTwice(line, value);
    return twice === undefined ? (value as Record<string, unknown>) : `says ${twice} twice`;
  }
  return `is no JSON object but ${Array.isArray(value) ? "a list" : `only ${JSON.stringify(value)}`}: a fact stands in { … }`;
}

/** A name that stands twice in an object: JSON would take the last one without a word. */
function saidTwice(line: string, value: object): string | undefined {
  const names = [...line.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
  if (names.length === namesIn(value)) return undefined;
  const texts = names.map(([text]) => text.replace(/\s*:$/, ""));
  return texts.find((text, index) => texts.indexOf(text) !== index);
}

function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const children = Object.values(value).reduce((sum: number, one) => sum + namesIn(one), 0);
  return children + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** The first character with which the line can no longer become JSON; its length where it only ends too early. */
function brokenAt(line: string): number {
  let [fits, broken] = [0, line.length + 1];
  while (broken - fits > 1) {
    const middle = (fits + broken) >> 1;
    if (canGoOn(line.slice(0, middle))) fits = middle;
    else broken = middle;
  }
  return fits;
}

function canGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /end of JSON|Unterminated/.test(message) || Number(/position (\d+)/.exec(message)?.[1]) >= start.length;
  }
}

/** Where reading stopped, and the usual reason for what stands there. */
function jsonCause(line: string): string {
  const position = brokenAt(line);
  const at = line.slice(position, position + 12);
  if (position >= line.length) return `it ends after ${line.length} characters, before a } or a quote is closed`;
  const before = line.slice(0, position).trimEnd().at(-1);
  if (at.startsWith("'")) return `at character ${position + 1}: write "double quotes"`;
  if (at.startsWith("}") && before === ",") return `at character ${position + 1}: the comma before } is one too many`;
  if (/^[A-Za-z_]/.test(at)) return `at character ${position + 1} (${at}): names and texts stand in "double quotes"`;
  if (at.startsWith('"')) return `at character ${position + 1} (${at}): a comma or a colon is missing before it`;
  return `at character ${position + 1} (${at}) something else was expected`;
}

/** `netLoss`, `net_loss` and `GGR` as the plan writes them; null: two of the names are one. */
function snakeCase(json: Record<string, unknown>): Record<string, unknown> | null {
  const names = Object.entries(json).map(([name, value]) => [snakeName(name), value] as const);
  const found = Object.fromEntries(names);
  return Object.keys(found).length === names.length ? found : null;
}

function snakeName(name: string): string {
  if (name === "carryIn" || name === "carry_in") return "carryIn";
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
