import { type Tone, toneOf, toneStyle } from "./tone.ts";
import css from "./values.module.css";

interface StatusBadgeProps {
  /** The API's word: "active", "on_hold". */
  readonly state: string;
  /** The person's word, from the catalogue. */
  readonly label: string;
  readonly tones?: Readonly<Record<string, Tone>>;
  /** Without a ground, for dense lists. */
  readonly plain?: boolean;
}

/** A state: a dot, a word, and one of five tones that mean the same everywhere. */
export function StatusBadge({ state, label, tones, plain }: StatusBadgeProps) {
  return (
    <span
      className={`${css.badge} ${plain === true ? css.plain : ""}`}
      style={toneStyle(toneOf(state, tones))}
      data-state={state}
    >
      {label}
    </span>
  );
}
