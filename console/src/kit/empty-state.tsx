import { type Icon, IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./states.module.css";

export interface EmptyStateProps {
  readonly title: string;
  /** What to do first, in one or two sentences. */
  readonly text?: string;
  readonly icon?: Icon;
  readonly action?: ReactNode;
}

/** Nothing is here (yet): says why, and what to do first. */
export function EmptyState({ title, text, icon: Shown = IconInbox, action }: EmptyStateProps) {
  return (
    <div className={css.state}>
      <div className={css.icon}>
        <Shown size={20} stroke={1.6} aria-hidden="true" />
      </div>
      <p className={css.title}>{title}</p>
      {text === undefined ? null : <p className={css.text}>{text}</p>}
      {action === undefined ? null : <div className={css.actions}>{action}</div>}
    </div>
  );
}
