import { type ReferenceExpression, type SelectQueryBuilder, sql } from "kysely";
import { type CursorValue, decodeCursor, encodeCursor, invalidCursor } from "../kernel/cursor.ts";

/** An order that an index supports. All columns go the same way; the last one is unique; none of them is ever null. */
export interface KeysetOrder {
  /** Name of the order in the cursor, e.g. `created`. */
  readonly name: string;
  /** Columns as they stand in the query, e.g. `partner.created_at`, `partner.partner_id`. */
  readonly columns: readonly string[];
  readonly direction: "asc" | "desc";
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly nextCursor: string | null;
}

/** A page as the API answers it. */
export function wirePage<T>(page: Page<T>): { data: T[]; nextCursor: string | null } {
  return { data: [...page.rows], nextCursor: page.nextCursor };
}

/**
 * Reads one page: rows after the cursor in this order, and the cursor of the next page or null at the end. The query must select the order's
 * columns under their own names.
 * @throws Refusal `invalid_input` for a cursor of another list or order
 */
// biome-ignore lint/suspicious/noExplicitAny: works over any table of the query builder
export async function keysetPage<DB, TB extends keyof DB, O extends Record<string, any>>(
  query: SelectQueryBuilder<DB, TB, O>,
  order: KeysetOrder,
  page: PageRequest,
): Promise<Page<O>> {
  let ordered = query.limit(page.limit + 1);
  for (const column of order.columns) {
    ordered = ordered.orderBy(sql.ref(column), order.direction);
  }
  if (page.cursor !== undefined) {
    const values = decodeCursor(order.name, order.columns.length, page.cursor);
    const columns = sql.join(order.columns.map((column) => sql.ref(column)));
    const operator = sql.raw(order.direction === "asc" ? ">" : "<");
    ordered = ordered.where(
      sql<boolean>`(${columns}) ${operator} (${sql.join(values)})` as ReferenceExpression<DB, TB> as never,
    );
  }
  const rows = await run(() => ordered.execute(), page.cursor !== undefined);
  if (rows.length <= page.limit) return { rows, nextCursor: null };
  const kept = rows.slice(0, page.limit);
  return {
    rows: kept,
    nextCursor: encodeCursor(
      order.name,
      order.columns.map((column) => cursorValue(kept.at(-1), column)),
    ),
  };
}

function cursorValue(row: Record<string, unknown> | undefined, column: string): CursorValue {
  const value = row?.[column.slice(column.lastIndexOf(".") + 1)];
  if (value === undefined || value === null) throw new Error(`The order's column ${column} is not selected, or null`);
  return value as CursorValue;
}

async function run<T>(read: () => Promise<T>, hasCursor: boolean): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // Class 22 is "data exception": the cursor's text is not a value of the column's type.
    const code = (error as { code?: unknown }).code;
    if (hasCursor && typeof code === "string" && code.startsWith("22")) throw invalidCursor();
    throw error;
  }
}
