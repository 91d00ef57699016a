import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type Header,
  type Row,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "../link.tsx";
import type { Column } from "./list-declaration.ts";
import { nextSort } from "./list-query.ts";
import css from "./table.module.css";

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
});
type Features = typeof features;

export interface DataTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly columns: readonly Column<T>[];
  readonly open?: ((row: T) => string) | undefined;
  readonly onOpen: (row: T) => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void;
  /** Null when the list has no bulk actions: then there are no boxes to tick. */
  readonly selected: Readonly<Record<string, true>> | null;
  readonly onSelected: (selected: Record<string, true>) => void;
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
  readonly onEnd: () => void;
  readonly placeholder?: ReactNode;
}

const ROW_PX = 34;
const CHECK_PX = 44;
/** The first column gives way to this width before the table scrolls sideways, unless somebody set its width. */
const FIRST_LEAST_PX = 170;

function useDataTable<T>(props: DataTableProps<T>) {
  const columns = useMemo(
    () =>
      props.columns.map((column, place) => ({
        id: column.id,
        header: column.label,
        size: column.width ?? (place === 0 ? 240 : 160),
        minSize: 60,
        cell: ({ row }: { row: { original: T } }) => column.cell(row.original),
      })),
    [props.columns],
  );
  const visibility = useMemo(
    () =>
      Object.fromEntries(
        props.columns.map((column) => [column.id, !(props.hidden[column.id] ?? column.hidden ?? false)]),
      ),
    [props.columns, props.hidden],
  );
  const selection = (props.selected ?? {}) as Record<string, true>;
  return useTable({
    features,
    columns,
    // the table never writes into its rows
    data: props.rows as T[] as never[],
    getRowId: (row) => props.rowId(row as T),
    enableRowSelection: props.selected !== null,
    columnResizeMode: "onChange",
    state: {
      columnVisibility: visibility,
      columnSizing: props.widths as Record<string, number>,
      rowSelection: selection,
    },
    onColumnSizingChange: (next) =>
      props.onWidths(typeof next === "function" ? next(props.widths as Record<string, number>) : next),
    onRowSelectionChange: (next) => props.onSelected(typeof next === "function" ? next(selection) : next),
  });
}

/** The table of every list: real `<table>` markup, sticky head, only the rows in sight in the document. */
export function DataTable<T>(props: DataTableProps<T>) {
  const scroll = useRef<HTMLDivElement>(null);
  const table = useDataTable(props);
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { onEnd } = props;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd();
  }, [lastShown, rows.length, onEnd]);
  useActiveRow(props.activeId, rows, virtual.scrollToIndex, scroll);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const span = headers.length + (props.selected === null ? 0 : 1);
  const first = headers[0];
  const firstIsFree = first !== undefined && props.widths[first.column.id] === undefined;
  const spare = firstIsFree ? Math.max(0, first.getSize() - FIRST_LEAST_PX) : 0;
  const least = table.getTotalSize() - spare + (props.selected === null ? 0 : CHECK_PX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section ref={scroll} className={css.scroll} tabIndex={0} aria-label={props.label}>
      <table className={css.table} style={{ minWidth: least }} aria-rowcount={rows.length + 1}>
        <colgroup>
          {props.selected === null ? null : <col style={{ width: CHECK_PX }} />}
          {headers.map((header, index) => (
            <col key={header.id} style={index === 0 && firstIsFree ? {} : { width: header.getSize() }} />
          ))}
        </colgroup>
        <Head table={table} list={props} />
        <tbody>
          <Filler height={before} span={span} />
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <BodyRow key={row.id} row={row as never} index={item.index} list={props} />
            );
          })}
          <Filler height={after} span={span} />
        </tbody>
      </table>
      {props.placeholder}
    </section>
  );
}

interface HeadProps<T> {
  readonly table: ReturnType<typeof useDataTable<T>>;
  readonly list: DataTableProps<T>;
}

function Head<T>({ table, list }: HeadProps<T>) {
  const { t } = useTranslation("kit");
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <thead>
      <tr>
        {list.selected === null ? null : (
          <th className={css.check}>
            <Checkbox
              aria-label={t("list.selectAll")}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={(event) => table.toggleAllRowsSelected(event.currentTarget.checked)}
            />
          </th>
        )}
        {headers.map((header) => (
          <HeadCell
            key={header.id}
            header={header as never}
            column={list.columns.find((one) => one.id === header.column.id)}
            list={list}
          />
        ))}
      </tr>
    </thead>
  );
}

/** j and k move the active row; it is brought into sight and gets the focus, so that it is read out. */
function useActiveRow(
  activeId: string | null,
  rows: readonly { readonly id: string }[],
  scrollTo: (index: number) => void,
  scroll: React.RefObject<HTMLDivElement | null>,
): void {
  const index = activeId === null ? -1 : rows.findIndex((row) => row.id === activeId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the active row moves the focus, not a new page of rows
  useEffect(() => {
    if (index < 0) return;
    scrollTo(index);
    requestAnimationFrame(() => {
      const element = scroll.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`);
      if (element?.contains(document.activeElement) !== true) element?.focus({ preventScroll: true });
    });
  }, [activeId]);
}

function Filler({ height, span }: { readonly height: number; readonly span: number }) {
  if (height <= 0) return null;
  return (
    <tr className={css.filler}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

interface HeadCellProps<T> {
  readonly header: Header<Features, never, unknown>;
  readonly column: Column<T> | undefined;
  readonly list: DataTableProps<T>;
}

function HeadCell<T>({ header, column, list }: HeadCellProps<T>) {
  const sort = column?.sort;
  const direction =
    sort === undefined
      ? undefined
      : list.sort === sort
        ? "ascending"
        : list.sort === `-${sort}`
          ? "descending"
          : undefined;
  const Arrow = direction === "descending" ? IconArrowDown : IconArrowUp;
  const resizing = header.column.getIsResizing();
  return (
    <th scope="col" aria-sort={direction} className={column?.align === "end" ? css.end : ""}>
      <div className={css.head}>
        {sort === undefined ? (
          <span title={column?.label}>{column?.label}</span>
        ) : (
          <button
            type="button"
            className={`${css.sort} ${direction === undefined ? "" : css.sorted}`}
            onClick={() => list.onSort(nextSort(list.sort, sort))}
          >
            <span title={column?.label}>{column?.label}</span>
            {direction === undefined ? null : <Arrow size={12} aria-hidden="true" />}
          </button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: widths are a convenience of the mouse; nothing is hidden by them */}
      <span
        className={`${css.grip} ${resizing ? css.resizing : ""}`}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}

interface BodyRowProps<T> {
  readonly row: Row<Features, never>;
  readonly index: number;
  readonly list: DataTableProps<T>;
}

function BodyRow<T>({ row, index, list }: BodyRowProps<T>) {
  const { t } = useTranslation("kit");
  const record = row.original as T;
  const opens = list.open !== undefined;
  const selected = row.getIsSelected();
  const onClick = (event: MouseEvent) => {
    list.onActive(row.id);
    const onControl = (event.target as HTMLElement).closest("a, button, input, label") !== null;
    if (opens && !onControl && window.getSelection()?.isCollapsed !== false) list.onOpen(record);
  };
  return (
    <tr
      className={`${css.row} ${opens ? css.opens : ""}`}
      tabIndex={-1}
      data-index={index}
      data-active={list.activeId === row.id}
      data-selected={selected}
      aria-rowindex={index + 2}
      onClick={onClick}
    >
      {list.selected === null ? null : (
        <td className={css.check}>
          <Checkbox aria-label={t("list.select")} checked={selected} onChange={row.getToggleSelectedHandler()} />
        </td>
      )}
      {row.getVisibleCells().map((cell, place) => {
        const column = list.columns.find((one) => one.id === cell.column.id);
        const content = column?.cell(record);
        const linked = place === 0 && list.open !== undefined;
        return (
          <td key={cell.id} className={column?.align === "end" ? css.end : ""}>
            {linked && list.open !== undefined ? (
              <Go to={list.open(record)} quiet fw={500}>
                {content}
              </Go>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
