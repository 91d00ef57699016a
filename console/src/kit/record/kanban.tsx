import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  rectIntersection,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Tone, toneStyle } from "../tone.ts";
import css from "./kanban.module.css";

export interface KanbanColumn<T> {
  readonly id: string;
  readonly label: string;
  /** Beside the label: how many, and what they are worth. */
  readonly note?: ReactNode;
  readonly items: readonly T[];
  /** A place to drop on that holds nothing itself: an end of the way. */
  readonly end?: Tone;
}

interface KanbanProps<T> {
  readonly label: string;
  readonly columns: readonly KanbanColumn<T>[];
  readonly itemId: (item: T) => string;
  readonly itemName: (item: T) => string;
  readonly card: (item: T) => ReactNode;
  /** Without it nothing can be moved. */
  readonly onMove?: (item: T, column: string) => void;
  readonly empty: string;
}

/** Cards in columns, moved by the mouse, by touch, or by the keyboard: Space takes a card up, arrows carry it from column to column, Space puts it down. */
export function Kanban<T>({ label, columns, itemId, itemName, card, onMove, empty }: KanbanProps<T>) {
  const [held, setHeld] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNextColumn }),
  );
  const all = useMemo(
    () => new Map(columns.flatMap((column) => column.items.map((one) => [itemId(one), one]))),
    [columns, itemId],
  );
  const accessibility = useWords(columns, (id) => itemName(all.get(id) as T));
  const end = ({ active, over }: DragEndEvent) => {
    setHeld(null);
    const item = all.get(String(active.id));
    const from = columns.find((column) => column.items.some((one) => itemId(one) === active.id));
    if (item !== undefined && over !== null && String(over.id) !== from?.id) onMove?.(item, String(over.id));
  };
  const lifted = held === null ? undefined : all.get(held);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={underPointer}
      accessibility={accessibility}
      onDragStart={({ active }) => setHeld(String(active.id))}
      onDragCancel={() => setHeld(null)}
      onDragEnd={end}
    >
      <section className={css.board} aria-label={label}>
        {columns.map((column) => (
          <Column key={column.id} column={column} empty={empty}>
            {column.items.map((item) => (
              <Draggable key={itemId(item)} id={itemId(item)} locked={onMove === undefined}>
                {card(item)}
              </Draggable>
            ))}
          </Column>
        ))}
      </section>
      <DragOverlay dropAnimation={null}>
        {lifted === undefined ? null : <div className={`${css.card} ${css.lifted}`}>{card(lifted)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

/** What the pointer is over; the keyboard has no pointer and takes what the card covers most. Corners would not do: a short column is always nearer than a long one. */
const underPointer: CollisionDetection = (asked) => {
  const found = pointerWithin(asked);
  return found.length > 0 ? found : rectIntersection(asked);
};

/** The arrows carry a card to the middle of the next column on that side. */
const toNextColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = event.code === KeyboardCode.Right ? 1 : event.code === KeyboardCode.Left ? -1 : 0;
  const rect = context.collisionRect;
  if (step === 0 || rect === null) return undefined;
  event.preventDefault();
  const middle = rect.left + rect.width / 2;
  const places = [...context.droppableRects.values()].sort((a, b) => a.left - b.left || a.top - b.top);
  const centers = places.map((place) => place.left + place.width / 2);
  const next =
    step > 0 ? centers.findIndex((one) => one > middle + 8) : centers.findLastIndex((one) => one < middle - 8);
  const place = places[next];
  if (place === undefined) return undefined;
  return {
    x: currentCoordinates.x + (centers[next] ?? middle) - middle,
    y: currentCoordinates.y + place.top + 20 - rect.top,
  };
};

function useWords<T>(columns: readonly KanbanColumn<T>[], nameOf: (id: string) => string) {
  const { t } = useTranslation("kit");
  const column = (id: unknown) => columns.find((one) => one.id === String(id))?.label ?? "";
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("kanban.lifted", { name: nameOf(String(active.id)) }),
    onDragOver: ({ active, over }) =>
      over === null ? undefined : t("kanban.over", { name: nameOf(String(active.id)), column: column(over.id) }),
    onDragEnd: ({ active, over }) =>
      over === null
        ? t("kanban.cancelled")
        : t("kanban.dropped", { name: nameOf(String(active.id)), column: column(over.id) }),
    onDragCancel: () => t("kanban.cancelled"),
  };
  return { announcements, screenReaderInstructions: { draggable: t("kanban.how") } };
}

interface ColumnProps<T> {
  readonly column: KanbanColumn<T>;
  readonly children: readonly ReactNode[];
  readonly empty: string;
}

function Column<T>({ column, children, empty }: ColumnProps<T>) {
  const { setNodeRef, isOver } = useDroppable({ id: column.id });
  const state = `${css.column} ${isOver ? css.over : ""} ${column.end === undefined ? "" : css.end}`;
  return (
    <section
      ref={setNodeRef}
      className={state}
      aria-label={column.label}
      style={column.end ? toneStyle(column.end) : undefined}
    >
      <header className={css.head}>
        <h2>{column.label}</h2>
        <span>{column.note}</span>
      </header>
      {column.end === undefined && children.length === 0 ? <p className={css.empty}>{empty}</p> : null}
      <div className={css.cards}>{children}</div>
    </section>
  );
}

function Draggable({
  id,
  locked,
  children,
}: {
  readonly id: string;
  readonly locked: boolean;
  readonly children: ReactNode;
}) {
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id,
    disabled: locked,
    // A card holds links: it is no button itself.
    attributes: { role: "group" },
  });
  return (
    <div
      ref={setNodeRef}
      className={css.card}
      data-moving={isDragging}
      {...(locked ? {} : { ...attributes, ...listeners })}
    >
      {children}
    </div>
  );
}
