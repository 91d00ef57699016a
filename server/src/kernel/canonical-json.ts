/**
 * One text for one value: object keys sorted by UTF-16 code units, no white space, as in RFC 8785. Used wherever a hash over data has to come
 * out the same on every machine. Bigints and dates become text, `undefined` properties are left out.
 * @throws TypeError for a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return `"${value}"`;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return listJson(value);
  const fields = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

function listJson(values: readonly unknown[]): string {
  let text = "";
  for (let index = 0; index < values.length; index += 1)
    text += `${index === 0 ? "" : ","}${canonicalJson(values[index])}`;
  return `[${text}]`;
}
