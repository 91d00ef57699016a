import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./workbench.module.css";

interface WorkbenchProps {
  /** Switches and actions above both columns. */
  readonly bar: ReactNode;
  readonly children: ReactNode;
  /** Stands beside on a desk and below on a telephone, and stays in sight. */
  readonly aside: ReactNode;
  readonly asideLabel: string;
}

/** Something that is worked on, and what the program says about it meanwhile. */
export function Workbench({ bar, children, aside, asideLabel }: WorkbenchProps) {
  return (
    <div className={css.bench}>
      <div className={css.bar}>{bar}</div>
      <div className={css.columns}>
        <div className={css.main}>{children}</div>
        <aside className={css.aside} aria-label={asideLabel}>
          {aside}
        </aside>
      </div>
    </div>
  );
}

interface BlockProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Where in the document this is; what is asked for there is scrolled to and marked. */
  readonly path?: string;
  readonly inner?: boolean;
}

/** A part of a document with its fields; inner ones stand in outer ones. */
export function Block({ title, children, actions, path, inner }: BlockProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot carry buttons beside its legend
    <div
      role="group"
      aria-label={typeof title === "string" ? title : undefined}
      className={`${css.block} ${inner === true ? css.inner : ""}`}
      data-path={path}
    >
      <div className={css.blockHead}>
        <div className={css.blockTitle}>{title}</div>
        {actions}
      </div>
      <div className={css.blockBody}>{children}</div>
    </div>
  );
}

interface SlotProps {
  readonly children: ReactNode;
  readonly path: string;
  /** Takes the whole width. */
  readonly wide?: boolean;
  /** Takes the field out of the document. */
  readonly remove?: { readonly label: string; readonly run: () => void } | undefined;
}

/** One field of a block: its input, and how to take it out again. */
export function Slot({ children, path, wide, remove }: SlotProps) {
  return (
    <div className={`${css.slot} ${wide === true ? css.wide : ""}`} data-path={path}>
      <div className={css.slotInput}>{children}</div>
      {remove === undefined ? null : (
        <ActionIcon
          aria-label={remove.label}
          title={remove.label}
          onClick={remove.run}
          size={24}
          className={css.slotRemove ?? ""}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}

/** Fields side by side as far as they fit. */
export function Slots({ children }: { readonly children: ReactNode }) {
  return <div className={css.slots}>{children}</div>;
}

/** Rows of a table in a document: each a line of inputs. */
export function Lines({ children }: { readonly children: ReactNode }) {
  return <div className={css.lines}>{children}</div>;
}

export function Line({ children, path }: { readonly children: ReactNode; readonly path: string }) {
  return (
    <div className={css.line} data-path={path}>
      {children}
    </div>
  );
}
