import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Digits that a JSON number keeps exactly on its way through any program. */
const EXACT_DIGITS = 15;
const PLAIN = /^-?\d+(\.\d{1,12})?$/;

/**
 * The document with numbers written as text wherever the schema asks for text: `amount: 120` is `"120"`, `rate: 0.3` is `"0.3"`. A number of
 * more than fifteen digits stays as it is, and is refused: it may have lost some.
 * @param issues what the schema said of the document
 * @returns null when there is nothing to write otherwise
 */
export function numbersAsText(document: unknown, issues: readonly Issue[]): unknown {
  const places = issues.flatMap((issue) => wantingText(issue, []));
  const copy: unknown = structuredClone(document);
  let changed = false;
  for (const path of places) changed = replaceAt(copy, path) || changed;
  return changed ? copy : null;
}

/** Where text was expected, in whichever branch of a union. */
function wantingText(issue: Issue, above: readonly PropertyKey[]): PropertyKey[][] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") return issue.errors.flat().flatMap((one) => wantingText(one, path));
  return issue.code === "invalid_type" && issue.expected === "string" ? [path] : [];
}

function replaceAt(document: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((node, part) => (isHolder(node) ? node[part] : undefined), document);
  if (last === undefined || !isHolder(holder)) return false;
  const text = exactText(holder[last]);
  if (text === undefined) return false;
  holder[last] = text;
  return true;
}

function isHolder(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

function exactText(value: unknown): string | undefined {
  if (typeof value !== "number") return undefined;
  const text = String(value);
  return PLAIN.test(text) && text.replace(/\D/g, "").length <= EXACT_DIGITS ? text : undefined;
}
