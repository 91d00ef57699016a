import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TreeRow } from "./tree-rows.ts";
import css from "./tree-table.module.css";

export interface TreeColumn<T> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: "start" | "end";
}

interface TreeTableProps<T> {
  readonly label: string;
  /** In the order in which they are shown: parents before what is below them. */
  readonly rows: readonly TreeRow<T>[];
  /** The first is the name: it is indented. */
  readonly columns: readonly TreeColumn<T>[];
  readonly nameOf: (row: T) => string;
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}

/**
 * A table whose rows stand below each other: ↑ ↓ from row to row, → opens, ← closes or goes to the one above. On a telephone a row is a card.
 */
export function TreeTable<T>({ label, rows, columns, nameOf, closed, onToggle }: TreeTableProps<T>) {
  const [focused, setFocused] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const current = rows.some((row) => row.id === focused) ? focused : rows[0]?.id;
  const go = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setFocused(row.id);
    (body.current?.children[index] as HTMLElement | undefined)?.focus();
  };
  const onKey = (event: KeyboardEvent, row: TreeRow<T>, index: number) => {
    if (event.target !== event.currentTarget) return;
    const move = moveOf(event.key, row, index, rows, closed.has(row.id));
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (move === "toggle") onToggle(row.id);
    else go(move);
  };
  return (
    <div className={css.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a treegrid is a table whose rows take the focus (ARIA APG) */}
      <table className={css.table} role="treegrid" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.align === "end" ? css.end : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <tr
              key={row.id}
              aria-level={row.level}
              aria-expanded={row.hasBelow ? !closed.has(row.id) : undefined}
              tabIndex={row.id === current ? 0 : -1}
              style={{ "--level": row.level } as CSSProperties}
              onFocus={() => setFocused(row.id)}
              onKeyDown={(event) => onKey(event, row, index)}
            >
              {columns.map((column, at) => (
                <td key={column.id} className={column.align === "end" ? css.end : undefined}>
                  {at === 0 ? (
                    <div className={css.name}>
                      <Toggle row={row} name={nameOf(row.item)} closed={closed} onToggle={onToggle} />
                      {column.cell(row.item)}
                    </div>
                  ) : (
                    <>
                      <span className={css.label}>{column.label}</span>
                      {column.cell(row.item)}
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a key leads: to another row, or it opens or closes this one. */
function moveOf<T>(
  key: string,
  row: TreeRow<T>,
  index: number,
  rows: readonly TreeRow<T>[],
  isClosed: boolean,
): number | "toggle" | null {
  switch (key) {
    case "ArrowDown":
      return index + 1;
    case "ArrowUp":
      return index - 1;
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "ArrowRight":
      if (!row.hasBelow) return index;
      return isClosed ? "toggle" : index + 1;
    case "ArrowLeft":
      return row.hasBelow && !isClosed ? "toggle" : rows.findIndex((other) => other.id === row.parentId);
    default:
      return null;
  }
}

interface ToggleProps<T> {
  readonly row: TreeRow<T>;
  readonly name: string;
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}

function Toggle<T>({ row, name, closed, onToggle }: ToggleProps<T>) {
  const { t } = useTranslation("kit");
  if (!row.hasBelow) return <span className={css.toggle} aria-hidden="true" />;
  const isClosed = closed.has(row.id);
  const Shown = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <ActionIcon
      className={css.toggle}
      aria-label={t(isClosed ? "tree.open" : "tree.close", { name })}
      onClick={() => onToggle(row.id)}
    >
      <Shown size={14} />
    </ActionIcon>
  );
}
