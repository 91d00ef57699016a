import { Refusal } from "./refusal.ts";

/** A value that a page can be continued after. Travels as text; PostgreSQL reads it back by the column's type. */
export type CursorValue = string | number | bigint | Date;

/**
 * Where a keyset page ended, as opaque text for the caller.
 * @param order name of the sort order: a cursor of one order means nothing in another
 */
export function encodeCursor(order: string, values: readonly CursorValue[]): string {
  const texts = values.map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  return Buffer.from(JSON.stringify([order, ...texts])).toString("base64url");
}

/**
 * Reads {@link encodeCursor}.
 * @param count how many values the order has
 * @throws Refusal `invalid_input` for anything that this order did not hand out
 */
export function decodeCursor(order: string, count: number, cursor: string): string[] {
  const parts = parse(cursor);
  const valid = Array.isArray(parts) && parts.length === count + 1 && parts.every((part) => typeof part === "string");
  if (!valid || parts[0] !== order) throw invalidCursor();
  return parts.slice(1);
}

export function invalidCursor(): Refusal {
  return new Refusal("invalid_input", "The cursor does not belong to this list and order.", [
    {
      field: "cursor",
      message: "unknown cursor",
      hint: "Use nextCursor of the page before, with the same filters and order.",
    },
  ]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
