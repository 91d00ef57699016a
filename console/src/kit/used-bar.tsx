import type { ReactNode } from "react";
import { type Tone, toneStyle } from "./tone.ts";
import css from "./used-bar.module.css";

interface UsedBarProps {
  /** What is measured, read out with the share. */
  readonly label: string;
  /** In per cent; more than a hundred is drawn as full. */
  readonly share: number;
  readonly tone: Tone;
  /** `31 of 40`. */
  readonly said: ReactNode;
  readonly note?: ReactNode;
}

/** How much of a limit is used. */
export function UsedBar({ label, share, tone, said, note }: UsedBarProps) {
  const filled = Math.min(Math.max(share, 0), 100);
  return (
    <div className={css.used} style={toneStyle(tone)}>
      <div className={css.words}>
        <span>{said}</span>
        <span>{note}</span>
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ inlineSize: `${filled}%` }} />
      </div>
    </div>
  );
}
