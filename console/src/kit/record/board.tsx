import { IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Go } from "../link.tsx";
import { type Tone, toneStyle } from "../tone.ts";
import css from "./board.module.css";

/** A wide column and a narrow one beside it; under each other where there is no room. */
export function Board({ main, side }: { readonly main: ReactNode; readonly side: ReactNode }) {
  return (
    <div className={css.board}>
      <div className={css.column}>{main}</div>
      <div className={css.column}>{side}</div>
    </div>
  );
}

export interface WorkItem {
  readonly id: string;
  readonly what: ReactNode;
  /** Figures and since when. */
  readonly note?: ReactNode;
  readonly tone: Tone;
  /** Where it is dealt with. */
  readonly to: string;
}

/** What deserves a look, the most urgent first; each leads to where it is dealt with. */
export function WorkList({ items, label }: { readonly items: readonly WorkItem[]; readonly label: string }) {
  return (
    <ul className={css.work} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} style={toneStyle(item.tone)}>
          <Go to={item.to} quiet underline="never" className={css.item ?? ""}>
            <span className={css.text}>
              <b>{item.what}</b>
              {item.note === undefined ? null : <small>{item.note}</small>}
            </span>
            <IconChevronRight size={14} aria-hidden="true" />
          </Go>
        </li>
      ))}
    </ul>
  );
}
