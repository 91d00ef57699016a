import { type Icon, IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./states.module.css";

export interface EmptyStateProps {
  readonly title: string;
  /** What to do first, in one or two sentences. */
  readonly text?: string;
  readonly icon?: Icon;
  readonly action?: ReactNode;
  /** It is all that the page says: its title is the page's. */
  readonly isPage?: boolean;
}

/** Nothing is here (yet): says why, and what to do first. */
export function EmptyState({ title, text, icon: Shown = IconInbox, action, isPage }: EmptyStateProps) {
  const Title = isPage === true ? "h1" : "p";
  return (
    <div className={css.state}>
      <div className={css.icon}>
        <Shown size={20} stroke={1.6} aria-hidden="true" />
      </div>
      <Title className={css.title}>{title}</Title>
      {text === undefined ? null : <p className={css.text}>{text}</p>}
      {action === undefined ? null : <div className={css.actions}>{action}</div>}
    </div>
  );
}
