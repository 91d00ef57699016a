import type { ReactNode } from "react";
import css from "./plain-table.module.css";

export interface PlainColumn<T> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: "start" | "end";
  /** The last row of the table. */
  readonly foot?: ReactNode;
}

interface PlainTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly columns: readonly PlainColumn<T>[];
  readonly empty?: ReactNode;
}

/** A small table of known length: inside a card, a drawer, a report. Lists without an end are ListPanel. */
export function PlainTable<T>({ label, rows, rowId, columns, empty }: PlainTableProps<T>) {
  if (rows.length === 0 && empty !== undefined) return empty;
  const hasFoot = columns.some((column) => column.foot !== undefined);
  const side = (column: PlainColumn<T>) => (column.align === "end" ? css.end : "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section className={css.frame} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={side(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)}>
              {columns.map((column) => (
                <td key={column.id} className={side(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {hasFoot ? (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.id} className={side(column)}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}
