import type { DialectCall, DialectOutcome, Pair } from "./contracts.ts";

/**
 * What a call says, as pairs: its query, and its form or JSON object. Of JSON texts, numbers and truth values are taken; objects within
 * (`metadata`) name by name under `metadata.name`, a level deep; lists are left out.
 */
export function bodyPairs(call: DialectCall): readonly Pair[] {
  if (call.body.kind === "form") return [...call.query, ...call.body.pairs];
  if (call.body.kind === "json") return [...call.query, ...objectPairs(call.body.value)];
  return call.query;
}

export function objectPairs(value: unknown, prefix = ""): readonly Pair[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]): readonly Pair[] => {
    if (typeof item === "string") return [[`${prefix}${name}`, item]];
    if (typeof item === "number" || typeof item === "boolean") return [[`${prefix}${name}`, plainNumber(item)]];
    return prefix === "" ? objectPairs(item, `${name}.`) : [];
  });
}

/** `1e21` is written out where it can be; the parser refuses what is left of it. */
function plainNumber(item: number | boolean): string {
  return typeof item === "number" && Number.isSafeInteger(item) ? item.toFixed(0) : String(item);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The last value of a name in exactly this case; undefined when there is none or it is empty. */
export function lastValue(pairs: readonly Pair[], name: string): string | undefined {
  const value = pairs.findLast(([sent]) => sent === name)?.[1].trim();
  return value === undefined || value === "" ? undefined : value;
}

/** Under which ids the first line of a call is known here. */
export function firstLine(outcome: DialectOutcome): { readonly receipt: string; readonly externalId: string | null } {
  const [line] = outcome.lines;
  return { receipt: line?.receipt ?? outcome.receipt ?? "", externalId: line?.externalId ?? null };
}
