import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { Go } from "../link.tsx";
import type { Column } from "./list-declaration.ts";
import css from "./table.module.css";

interface CardListProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly columns: readonly Column<T>[];
  readonly open?: ((row: T) => string) | undefined;
  readonly onOpen: (row: T) => void;
  readonly onEnd: () => void;
  readonly placeholder?: ReactNode;
}

const CARD_PX = 60;

/** The same list on a telephone: two lines per record, chosen by the columns' `phone`. */
export function CardList<T>({ label, rows, rowId, columns, open, onOpen, onEnd, placeholder }: CardListProps<T>) {
  const scroll = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => CARD_PX,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 15) onEnd();
  }, [lastShown, rows.length, onEnd]);
  const title = columns.find((column) => column.phone === "title") ?? columns[0];
  const value = columns.find((column) => column.phone === "value");
  const lines = columns.filter((column) => column.phone === "line");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section ref={scroll} className={css.scroll} tabIndex={0} aria-label={label}>
      <ul className={css.cards} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const first = title?.cell(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the card's first line is a link
            <li
              key={rowId(row)}
              className={css.card}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onOpen(row)}
            >
              <div className={css.cardFirst}>
                <span>
                  {open === undefined ? (
                    first
                  ) : (
                    <Go to={open(row)} quiet>
                      {first}
                    </Go>
                  )}
                </span>
                <span>{value?.cell(row)}</span>
              </div>
              <div className={css.cardSecond}>
                {lines.map((column) => (
                  <span key={column.id}>{column.cell(row)}</span>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      {placeholder}
    </section>
  );
}
