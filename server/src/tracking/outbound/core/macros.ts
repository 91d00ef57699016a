import type { MacroValues } from "../contracts.ts";

const MACRO = /\{([A-Za-z0-9_]+)\}/g;

/** Names in braces that are none of the known macros, each once, in order. `{"json": …}` is not a name in braces. */
export function unknownMacros(template: string, known: ReadonlySet<string>): readonly string[] {
  const names = [...template.matchAll(MACRO)].map((match) => match[1] ?? "");
  return [...new Set(names.filter((name) => !known.has(name)))];
}

/**
 * The address with every macro filled in, percent-encoded so that a value can never end its place: no `&`, `#`, `/` or `?` of a
 * value is one of the URL. In the path a value of dots only becomes empty, because `..` would climb out of the folder.
 */
export function fillUrl(template: string, values: MacroValues): string {
  const queryAt = template.search(/[?#]/);
  const path = queryAt < 0 ? template : template.slice(0, queryAt);
  const rest = queryAt < 0 ? "" : template.slice(queryAt);
  const inPath = fill(path, values, (value) => (/^\.+$/.test(value) ? "" : percentEncode(value)));
  return inPath + fill(rest, values, percentEncode);
}

/** The kinds of body that are told apart by their first character, since encoding differs. */
export type BodyKind = "application/json" | "application/x-www-form-urlencoded";

export function bodyKind(template: string): BodyKind {
  return /^\s*[{[]/.test(template) ? "application/json" : "application/x-www-form-urlencoded";
}

/** The body with every macro filled in: inside JSON as the inside of a JSON string, else percent-encoded. */
export function fillBody(template: string, values: MacroValues): string {
  return bodyKind(template) === "application/json"
    ? fill(template, values, (value) => JSON.stringify(value.toWellFormed()).slice(1, -1))
    : fill(template, values, percentEncode);
}

function fill(template: string, values: MacroValues, encode: (value: string) => string): string {
  return template.replace(MACRO, (_whole, name: string) => encode(values[name] ?? ""));
}

function percentEncode(value: string): string {
  // encodeURIComponent leaves ! ' ( ) * as they are; some receivers do not. A lone surrogate would throw.
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `***4711`: enough for a partner to tell two customers apart in a dispute, not enough to find the person. */
export function maskCustomer(ref: string): string {
  const letters = [...ref];
  const shown = letters.length >= 8 ? 4 : letters.length >= 4 ? 2 : 0;
  return `***${shown === 0 ? "" : letters.slice(-shown).join("")}`;
}
