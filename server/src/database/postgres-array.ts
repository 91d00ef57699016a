/**
 * Reads PostgreSQL's text form of a one-dimensional array of plain values (numbers, dates): `{1,2,NULL}`.
 * Not for text arrays, whose elements may be quoted; the driver reads those itself.
 */
export function array<T>(text: string, element: (value: string) => T): (T | null)[] {
  const inside = text.slice(text.indexOf("{") + 1, -1);
  if (inside === "") return [];
  return inside.split(",").map((value) => (value === "NULL" ? null : element(value)));
}
