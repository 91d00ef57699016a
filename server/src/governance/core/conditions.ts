import type { DataCondition, FieldCondition } from "@tributary/contract";

/** What stands in a field; instants and days as ISO text. */
export type FieldValue = string | number | boolean | null | readonly string[];
export type Values = Readonly<Record<string, FieldValue>>;

const DAY = 86_400_000;

/** Whether a condition holds for the values of a record. Plain data in, a word out: nothing of it is run as code. */
export function holds(condition: DataCondition, values: Values, now: Date): boolean {
  if ("all" in condition) return condition.all.every((one) => holds(one, values, now));
  if ("any" in condition) return condition.any.some((one) => holds(one, values, now));
  if ("not" in condition) return !holds(condition.not, values, now);
  return fieldHolds(condition, values[condition.field] ?? null, now);
}

/** The fields that a condition names. */
export function fieldsOf(condition: DataCondition): readonly string[] {
  if ("all" in condition) return condition.all.flatMap(fieldsOf);
  if ("any" in condition) return condition.any.flatMap(fieldsOf);
  if ("not" in condition) return fieldsOf(condition.not);
  return [condition.field];
}

export function isEmpty(value: FieldValue): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

function fieldHolds(condition: FieldCondition, value: FieldValue, now: Date): boolean {
  if (condition.empty !== undefined && condition.empty !== isEmpty(value)) return false;
  if (condition.is !== undefined && !isOneOf(value, condition.is)) return false;
  if (condition.isNot !== undefined && isOneOf(value, condition.isNot)) return false;
  if (condition.startsWith !== undefined && !texts(value).some((text) => text.startsWith(low(condition.startsWith))))
    return false;
  if (condition.contains !== undefined && !texts(value).some((text) => text.includes(low(condition.contains))))
    return false;
  return sizeHolds(condition, value) && ageHolds(condition, value, now);
}

/** A list is as large as it has members. */
function sizeHolds({ atLeast, atMost }: FieldCondition, value: FieldValue): boolean {
  if (atLeast === undefined && atMost === undefined) return true;
  const size = Array.isArray(value) ? value.length : isEmpty(value) ? Number.NaN : Number(value);
  if (Number.isNaN(size)) return false;
  return (atLeast === undefined || size >= atLeast) && (atMost === undefined || size <= atMost);
}

function ageHolds({ olderThanDays, withinDays }: FieldCondition, value: FieldValue, now: Date): boolean {
  if (olderThanDays === undefined && withinDays === undefined) return true;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return false;
  const days = (now.getTime() - at) / DAY;
  if (olderThanDays !== undefined && days <= olderThanDays) return false;
  return withinDays === undefined || Math.abs(days) <= withinDays;
}

function isOneOf(value: FieldValue, wanted: readonly (string | number | boolean)[]): boolean {
  const found = texts(value);
  return wanted.some((one) => found.includes(low(String(one))));
}

function texts(value: FieldValue): readonly string[] {
  if (value === null) return [];
  return (Array.isArray(value) ? value : [String(value)]).map((one) => low(String(one)));
}

function low(text: string | undefined): string {
  return (text ?? "").trim().toLowerCase();
}
