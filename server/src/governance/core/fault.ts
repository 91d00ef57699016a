import { DATA_FIELDS, type DataCheck, type DataRuleDefinition, SEVERITY_WEIGHTS } from "@tributary/contract";
import { type FieldValue, fieldsOf, holds, isEmpty, type Values } from "./conditions.ts";
import { isOfPattern, patternProblem } from "./pattern.ts";

const MOST_SHOWN = 200;
const EMAIL = /^[^\s@"<>(),;:]+@[^\s@.]+(\.[^\s@.]+)+$/u;
/** Digits with what people write between them, and a country's code in front. */
const PHONE = /^\+?[0-9][0-9 ()./-]{5,24}$/;

/** What a rule asks of the world besides the record. */
export interface Around {
  readonly now: Date;
  /** whether another record has the same value, for rules of uniqueness */
  readonly isShared: boolean;
}

/** What is wrong with a record by a check: the value that stands there, `undefined` when nothing is. */
export function faultOf(check: DataCheck, values: Values, around: Around): string | undefined {
  const value = values[check.field] ?? null;
  const wrong = isWrong(check, value, values, around);
  return wrong ? shown(value) : undefined;
}

function isWrong(check: DataCheck, value: FieldValue, values: Values, around: Around): boolean {
  switch (check.kind) {
    case "completeness":
      return isEmpty(value) || value === 0;
    case "format":
      // What is empty is a matter of completeness.
      return !isEmpty(value) && !hasFormat(check, String(value).trim());
    case "freshness":
      return !isEmpty(value) && holds({ field: check.field, olderThanDays: check.days }, values, around.now);
    case "uniqueness":
      return !isEmpty(value) && around.isShared;
    case "cross_field":
      return !holds(check.must, values, around.now);
  }
}

function hasFormat(check: Extract<DataCheck, { kind: "format" }>, value: string): boolean {
  switch (check.format) {
    case "email":
      return value.length <= 254 && EMAIL.test(value);
    case "url": {
      const url = URL.parse(value);
      return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes(".") && url.username === "";
    }
    case "phone":
      return PHONE.test(value) && value.replaceAll(/\D/g, "").length >= 7;
    case "country":
      return /^[A-Z]{2}$/.test(value);
    case "pattern":
      return isOfPattern(value, check.pattern ?? "");
  }
}

function shown(value: FieldValue): string {
  const text = value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
  return text.slice(0, MOST_SHOWN);
}

/** For whom a rule holds: the record itself, or the partner of a contact. */
export function concerns(definition: DataRuleDefinition, about: Values): boolean {
  const { kinds, statuses, regions, countries } = definition.for;
  const fits = (wanted: readonly string[], field: string) =>
    wanted.length === 0 || wanted.includes(String(about[field] ?? ""));
  return fits(kinds, "kind") && fits(statuses, "status") && fits(regions, "region") && fits(countries, "country");
}

export function weightOf(definition: DataRuleDefinition): number {
  return definition.weight ?? SEVERITY_WEIGHTS[definition.severity];
}

export interface RuleProblem {
  readonly field: string;
  readonly value: string;
  readonly message: string;
}

/** Why a rule cannot be taken; `undefined` when it can. */
export function ruleProblem(definition: DataRuleDefinition): RuleProblem | undefined {
  const { check, record } = definition;
  const fields: readonly string[] = DATA_FIELDS[record];
  const named = [check.field, ...(check.kind === "cross_field" ? fieldsOf(check.must) : [])];
  const unknown = named.find((field) => !fields.includes(field));
  if (unknown !== undefined)
    return { field: "check.field", value: unknown, message: `is no field of a ${record}: ${fields.join(", ")}` };
  if (check.kind !== "format" || check.format !== "pattern") return undefined;
  const problem = check.pattern === undefined ? "is needed" : patternProblem(check.pattern);
  return problem === undefined ? undefined : { field: "check.pattern", value: check.pattern ?? "", message: problem };
}
