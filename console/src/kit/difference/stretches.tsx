import type { ReactNode } from "react";
import { type Tone, toneStyle } from "../tone.ts";
import css from "./difference.module.css";

export interface Stretch {
  readonly id: string;
  readonly days: ReactNode;
  readonly title: string;
  readonly text?: string;
  readonly tone: Tone;
}

/** Stretches of days one under the other: what applies when, and why. */
export function Stretches({ stretches, label }: { readonly stretches: readonly Stretch[]; readonly label: string }) {
  return (
    <ol className={css.bars} aria-label={label}>
      {stretches.map((one) => (
        <li key={one.id} style={toneStyle(one.tone)}>
          <div>{one.days}</div>
          <div>
            <b>{one.title}</b> {one.text}
          </div>
        </li>
      ))}
    </ol>
  );
}
