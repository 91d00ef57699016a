/**
 * Query strings and forms (application/x-www-form-urlencoded), read by hand: the click path runs through here, and
 * URLSearchParams neither says that an encoding is broken nor is cheap.
 */

/** The text of one percent-encoded piece, `+` being a blank; `undefined` when the encoding is broken or is not UTF-8. */
export function decodeStrict(raw: string): string | undefined {
  if (raw.search(/[%+]/) < 0) return raw;
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/**
 * The same for requests that must be answered whatever they hold: bytes that are not UTF-8 become U+FFFD and a `%` that
 * encodes nothing stays what it is.
 */
export function decodeLenient(raw: string): string {
  return decodeStrict(raw) ?? decodeBytes(raw.replaceAll("+", " "));
}

const utf8 = new TextDecoder();

function decodeBytes(raw: string): string {
  return raw.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = new Uint8Array(run.length / 3);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16);
    return utf8.decode(bytes);
  });
}

/**
 * Calls back for every pair of a query, undecoded, in order. Pairs without a name are passed over.
 * @param from where the query starts in the text (behind the `?`)
 */
export function eachPair(text: string, from: number, found: (name: string, value: string) => void): void {
  let start = from;
  while (start < text.length) {
    let end = text.indexOf("&", start);
    if (end < 0) end = text.length;
    let equals = text.indexOf("=", start);
    if (equals < 0 || equals > end) equals = end;
    if (equals > start) found(text.slice(start, equals), equals < end ? text.slice(equals + 1, end) : "");
    start = end + 1;
  }
}

/** All pairs, decoded strictly. `broken` names the first piece whose encoding cannot be read. */
export function readPairs(text: string): {
  readonly pairs: readonly (readonly [string, string])[];
  readonly broken?: string;
} {
  const pairs: [string, string][] = [];
  let broken: string | undefined;
  eachPair(text, 0, (rawName, rawValue) => {
    const name = decodeStrict(rawName);
    const value = decodeStrict(rawValue);
    if (name === undefined || value === undefined) broken ??= name ?? rawName;
    else pairs.push([name, value]);
  });
  return broken === undefined ? { pairs } : { pairs, broken };
}
