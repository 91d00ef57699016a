const PLAIN = /^[^"\\{},\s]+$/;

/**
 * An array parameter in PostgreSQL's text form, for large sets: the driver's own way costs several times as much. Give it with a
 * cast (`${arrayLiteral(names)}::text[]`). Numbers and instants need no quoting; a text does unless it is plain.
 */
export function arrayLiteral(values: readonly (string | bigint | number | boolean | Date | null)[]): string {
  let text = "{";
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ",";
    text += element(values[index] ?? null);
  }
  return `${text}}`;
}

function element(value: string | bigint | number | boolean | Date | null): string {
  if (value === null) return "NULL";
  if (typeof value === "string") {
    if (PLAIN.test(value) && !isNull(value)) return value;
    return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  }
  return value instanceof Date ? value.toISOString() : String(value);
}

/** The word NULL without quotes is not a text. */
function isNull(value: string): boolean {
  return value.length === 4 && value.toUpperCase() === "NULL";
}
