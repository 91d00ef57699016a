import type { ReactNode } from "react";
import { AgoText } from "./date-text.tsx";
import css from "./timeline.module.css";
import { type Tone, toneStyle } from "./tone.ts";

export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  readonly what: ReactNode;
  readonly who?: string;
  readonly why?: string;
  readonly tone?: Tone;
}

/** What happened to a record, newest first: what, who, when, why. */
export function Timeline({ entries, label }: { readonly entries: readonly TimelineEntry[]; readonly label: string }) {
  return (
    <ol className={css.list} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={css.entry} style={entry.tone === undefined ? undefined : toneStyle(entry.tone)}>
          <div className={css.what}>{entry.what}</div>
          <div className={css.when}>
            {entry.who === undefined ? null : `${entry.who} · `}
            <AgoText at={entry.at} />
          </div>
          {entry.why === undefined ? null : <div className={css.why}>{entry.why}</div>}
        </li>
      ))}
    </ol>
  );
}
