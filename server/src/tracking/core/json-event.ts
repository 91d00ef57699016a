import type { EventProblem } from "./event-fields.ts";

/** An event sent as a JSON object, flattened to the pairs that the parser reads. */
export interface FlatEvent {
  readonly pairs: readonly (readonly [string, string])[];
  readonly problems: readonly EventProblem[];
}

/**
 * Flattens an event object: texts, numbers and truth values are taken as they are, `{ "minor": "1234", "currency": "EUR" }` as an
 * amount; `dimensions`, `quantities` and `measures` name by name.
 */
export function flattenEvent(value: unknown): FlatEvent {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const shown = JSON.stringify(value) ?? "nothing";
    return {
      pairs: [],
      problems: [wrong("event", shown, "this is not an event", "an event is a JSON object with type, customerId …")],
    };
  }
  const pairs: (readonly [string, string])[] = [];
  const problems: EventProblem[] = [];
  for (const [name, item] of Object.entries(value)) flattenItem(name, item, pairs, problems);
  return { pairs, problems };
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["dimensions", "dim_"],
  ["quantities", "qty_"],
  ["measures", "amount_"],
]);

function flattenItem(
  name: string,
  item: unknown,
  pairs: (readonly [string, string])[],
  problems: EventProblem[],
): void {
  if (typeof item === "string") pairs.push([name, item]);
  else if (typeof item === "boolean") pairs.push([name, String(item)]);
  else if (typeof item === "number") flattenNumber(name, item, pairs, problems);
  else if (item === null || item === undefined) return;
  else if (isMinorAmount(item)) flattenMinor(name, item, pairs, problems);
  else if (!Array.isArray(item) && PREFIXES.has(name.toLowerCase())) {
    const prefix = PREFIXES.get(name.toLowerCase());
    for (const [inner, innerItem] of Object.entries(item)) {
      if (typeof innerItem === "object" && innerItem !== null && !isMinorAmount(innerItem))
        problems.push(nested(`${name}.${inner}`, innerItem));
      else flattenItem(`${prefix}${inner}`, innerItem, pairs, problems);
    }
  } else problems.push(nested(name, item));
}

/** A JSON number has lost its cents already when it has more digits than a double keeps. */
function flattenNumber(
  name: string,
  item: number,
  pairs: (readonly [string, string])[],
  problems: EventProblem[],
): void {
  const text = String(item);
  if (/^-?\d+(?:\.\d+)?$/.test(text) && text.replace(/[-.]/g, "").length <= 15) pairs.push([name, text]);
  else
    problems.push(
      wrong(name, text, "this JSON number may have lost digits on the way", `send it as text: "${name}": "…"`),
    );
}

interface MinorAmount {
  readonly minor: unknown;
  readonly currency: unknown;
}

function isMinorAmount(item: unknown): item is MinorAmount {
  return typeof item === "object" && item !== null && "minor" in item && "currency" in item;
}

/** Minor units are only told apart from whole ones by the currency's places, which the parser knows: they are marked. */
function flattenMinor(
  name: string,
  item: MinorAmount,
  pairs: (readonly [string, string])[],
  problems: EventProblem[],
): void {
  const { minor, currency } = item;
  if (
    typeof currency === "string" &&
    (typeof minor === "string" || Number.isSafeInteger(minor)) &&
    /^-?\d{1,19}$/.test(String(minor))
  ) {
    pairs.push([name, `${minor}${MINOR_MARK}`], ["currency", currency]);
  } else
    problems.push(
      wrong(
        name,
        JSON.stringify(item),
        "this is not an amount",
        'send { "minor": "1234", "currency": "EUR" } or "12.34"',
      ),
    );
}

/** Ends an amount that is in minor units already; not a character that a source can mean. */
export const MINOR_MARK = "\u2007minor";

function nested(name: string, item: unknown): EventProblem {
  return wrong(
    name,
    JSON.stringify(item),
    "a list or an object cannot stand here",
    "send a text or a number; describing values go into dimensions",
  );
}

function wrong(field: string, value: string, message: string, hint: string): EventProblem {
  return { code: "invalid_input", field: field.slice(0, 100), value: value.slice(0, 100), message, hint };
}
