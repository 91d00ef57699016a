import type { ReactNode } from "react";
import { DateText } from "../date-text.tsx";
import css from "./difference.module.css";

export interface ThreadEntry {
  readonly id: string;
  readonly title: string;
  readonly who: ReactNode;
  readonly at: string;
  readonly badge?: ReactNode;
  /** Written by the other side of the table. */
  readonly other: boolean;
  readonly message?: string;
  readonly content?: ReactNode;
}

/** A conversation of two sides, oldest first. */
export function Thread({ entries, label }: { readonly entries: readonly ThreadEntry[]; readonly label: string }) {
  return (
    <ol className={css.thread} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={`${css.entry} ${entry.other ? css.other : ""}`}>
          <div className={css.entryHead}>
            <b>{entry.title}</b>
            <span>{entry.who}</span>
            <span>
              <DateText at={entry.at} />
            </span>
            {entry.badge}
          </div>
          {entry.message ? <p className={css.message}>{entry.message}</p> : null}
          {entry.content}
        </li>
      ))}
    </ol>
  );
}
