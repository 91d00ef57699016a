import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./plain-table.module.css";

export interface PlainColumn<T> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: "start" | "end";
  /** The last row of the table. */
  readonly foot?: ReactNode;
  /** Its name for sorting; without it the head is plain. */
  readonly sort?: string;
}

interface PlainTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly columns: readonly PlainColumn<T>[];
  readonly empty?: ReactNode;
  /** Many columns: less room between them, and the first one stays in sight when the others are scrolled. */
  readonly dense?: boolean;
  /** "clicks" or "-clicks"; a head that is pressed asks for its own order, the larger first. */
  readonly sorted?: string;
  readonly onSort?: (sort: string) => void;
}

/** A small table of known length: inside a card, a drawer, a report. Lists without an end are ListPanel. */
export function PlainTable<T>({ label, rows, rowId, columns, empty, dense, sorted, onSort }: PlainTableProps<T>) {
  if (rows.length === 0 && empty !== undefined)
    return typeof empty === "string" ? <p className={css.none}>{empty}</p> : empty;
  const hasFoot = columns.some((column) => column.foot !== undefined);
  const side = (column: PlainColumn<T>) => (column.align === "end" ? css.end : "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section className={css.frame} tabIndex={0} aria-label={label}>
      <table className={`${css.table} ${dense === true ? css.dense : ""}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} className={side(column)} sorted={sorted} onSort={onSort} />
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

interface HeadCellProps<T> extends Pick<PlainTableProps<T>, "sorted" | "onSort"> {
  readonly column: PlainColumn<T>;
  readonly className: string | undefined;
}

function HeadCell<T>({ column, className, sorted, onSort }: HeadCellProps<T>) {
  const { sort } = column;
  if (sort === undefined || onSort === undefined) {
    return (
      <th scope="col" className={className}>
        {column.label}
      </th>
    );
  }
  const direction = sorted === `-${sort}` ? "descending" : sorted === sort ? "ascending" : undefined;
  const Arrow = direction === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" className={className} aria-sort={direction}>
      <button
        type="button"
        className={css.sort}
        data-sorted={direction !== undefined}
        onClick={() => onSort(direction === "descending" ? sort : `-${sort}`)}
      >
        {column.label}
        {direction === undefined ? null : <Arrow size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}
